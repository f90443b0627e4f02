/* SaeEventItem: one SeismicEvent as a row of a list. Immutable once it is listed. */
#pragma once

#include "seismic/download.h"
#include <glib-object.h>

#define SAE_TYPE_EVENT_ITEM (sae_event_item_get_type ())
G_DECLARE_FINAL_TYPE (SaeEventItem, sae_event_item, SAE, EVENT_ITEM, GObject)

/* event is copied; n_signals of it are in the library; synthetic if its records are. */
SaeEventItem *sae_event_item_new (const SeismicEvent *event, guint n_signals,
                                  gboolean synthetic);
const SeismicEvent *sae_event_item_get_event (SaeEventItem *self);
guint sae_event_item_get_n_signals (SaeEventItem *self);
gboolean sae_event_item_get_synthetic (SaeEventItem *self);
/* Bytes of its records on disk, and how asking for them ended: note is copied, NULL if it
 * was never asked for. */
void sae_event_item_set_records (SaeEventItem *self, guint64 n_bytes,
                                 const SeismicDownloadNote *note);
guint64 sae_event_item_get_bytes (SaeEventItem *self);
/* WAITING: never asked. */
SeismicDownloadState sae_event_item_get_state (SaeEventItem *self);
/* FALSE for what a download from the data center at that address does not ask for:
 * synthetic, complete, or what that very one does not have or refuses. */
gboolean sae_event_item_is_open (SaeEventItem *self, const char *server);
