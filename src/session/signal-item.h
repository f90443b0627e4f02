/* SaeSignalItem: one SeismicSignalInfo as a row of a list, with what the
 * session knows of it besides. Main thread. */
#pragma once

#include "seismic/library.h"
#include <glib-object.h>

#define SAE_TYPE_SIGNAL_ITEM (sae_signal_item_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalItem, sae_signal_item, SAE, SIGNAL_ITEM, GObject)

/* info is copied. */
SaeSignalItem *sae_signal_item_new (const SeismicSignalInfo *info);
const SeismicSignalInfo *sae_signal_item_get_info (SaeSignalItem *self);
/* Property "id". */
const char *sae_signal_item_get_id (SaeSignalItem *self);
/* "NET.STA.LOC.HN"; borrowed. */
const char *sae_signal_item_get_instrument (SaeSignalItem *self);
gboolean sae_signal_item_get_synthetic (SaeSignalItem *self);
/* The normalised error of its reconstruction; NAN while it is unknown. */
double sae_signal_item_get_error (SaeSignalItem *self);
void sae_signal_item_set_error (SaeSignalItem *self, double error);
/* As it was found out meanwhile. */
void sae_signal_item_set_quality (SaeSignalItem *self, const SeismicQuality *quality);
/* The user's own tags and comment as they shall be seen; the library is not written. */
gboolean sae_signal_item_has_tag (SaeSignalItem *self, const char *tag);
void sae_signal_item_set_tag (SaeSignalItem *self, const char *tag, gboolean is_there);
void sae_signal_item_set_comment (SaeSignalItem *self, const char *comment);
/* The largest distance of any component from its mean: cm/s², or, where a sensitivity is
 * unknown (physical FALSE), counts. NAN while it is unknown. */
double sae_signal_item_get_peak (SaeSignalItem *self, gboolean *physical);
