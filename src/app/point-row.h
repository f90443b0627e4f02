/* SaePointRow: a point as the row of a table. Immutable. */
#pragma once

#include "session/signal-item.h"

#define SAE_TYPE_POINT_ROW (sae_point_row_get_type ())
G_DECLARE_FINAL_TYPE (SaePointRow, sae_point_row, SAE, POINT_ROW, GObject)

SaePointRow *sae_point_row_new (guint point, SaeSignalItem *item, double value);
guint sae_point_row_get_point (SaePointRow *self);
const SeismicSignalInfo *sae_point_row_get_info (SaePointRow *self);
const char *sae_point_row_get_instrument (SaePointRow *self);
double sae_point_row_get_value (SaePointRow *self);
