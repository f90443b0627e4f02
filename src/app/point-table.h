/* SaePointTable: points of the projection as a table, to be sorted by any column.
 *
 * Properties:
 *   current  uint  read-write: the point in hand where it has a row, else G_MAXUINT;
 *                  follows clicks and keys */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_POINT_TABLE (sae_point_table_get_type ())
G_DECLARE_FINAL_TYPE (SaePointTable, sae_point_table, SAE, POINT_TABLE, AdwBin)

#define SAE_POINT_TABLE_NONE G_MAXUINT

GtkWidget *sae_point_table_new (void);
/* points (n): numbers of the projection's rows, whose items the session has; values (n,
 * NAN unknown) stand in a last column of that title; values NULL: there is none. Copied;
 * in this order until the user sorts. */
void sae_point_table_show (SaePointTable *self, SaeSession *session, const guint *points,
                           const double *values, guint n, const char *title);
guint sae_point_table_get_n (SaePointTable *self);
guint sae_point_table_get_current (SaePointTable *self);
void sae_point_table_set_current (SaePointTable *self, guint point);
/* The point `step` rows further than the one in hand, in the order shown; the first or
 * last where none is. G_MAXUINT when empty. */
guint sae_point_table_find (SaePointTable *self, int step);
