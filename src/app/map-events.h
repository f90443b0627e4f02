/* The events of a list as the arrays that a map draws. */
#pragma once

#include "plot/map-marks.h"
#include "session/event-item.h"
#include <gio/gio.h>

typedef struct {
  GPtrArray *items; /* SaeEventItem, those of the list that have a place */
  double *lonlat;   /* (items->len, 2) */
  double *magnitude;
  uint8_t *category, *selected; /* (items->len) */
} SaeMapEvents;

void sae_map_events_init (SaeMapEvents *self);
void sae_map_events_clear (SaeMapEvents *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SaeMapEvents, sae_map_events_clear)

/* Reads the list (of SaeEventItem, or NULL) anew; none is selected then. */
void sae_map_events_read (SaeMapEvents *self, GListModel *list);
/* Selects the events with these ids, and no others; returns how many there are. */
guint sae_map_events_select (SaeMapEvents *self, const char *const *ids);
const SeismicEvent *sae_map_events_get (const SaeMapEvents *self, size_t i);

/* The stations of a list of SaeSignalItem that have a place, each once: a new array of
 * double, (n, 2) degrees of longitude and latitude. */
GArray *sae_map_events_stations (GListModel *signals);
