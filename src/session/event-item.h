/* SaeEventItem: one SeismicEvent as a row of a list. Immutable. */
#pragma once

#include "seismic/event.h"
#include <glib-object.h>

#define SAE_TYPE_EVENT_ITEM (sae_event_item_get_type ())
G_DECLARE_FINAL_TYPE (SaeEventItem, sae_event_item, SAE, EVENT_ITEM, GObject)

/* event is copied; n_signals of it are in the library; synthetic if its records are. */
SaeEventItem *sae_event_item_new (const SeismicEvent *event, guint n_signals,
                                  gboolean synthetic);
const SeismicEvent *sae_event_item_get_event (SaeEventItem *self);
guint sae_event_item_get_n_signals (SaeEventItem *self);
gboolean sae_event_item_get_synthetic (SaeEventItem *self);
