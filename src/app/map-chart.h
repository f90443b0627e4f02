/* SaeMapChart: events and stations on a map. Beside what every chart does, a click
 * selects an event (with Ctrl, adds it or takes it away), the arrow keys pan, and a drag
 * with Shift held, or with "drawing" set, draws a box, or a circle around its beginning.
 *
 * Until it is zoomed or panned, and again after 0 or a double click, the view holds all
 * events; without events, the region; without either, the Earth.
 *
 * Properties: "events" (GListModel of SaeEventItem), "selected-ids" (GStrv of event ids,
 * sorted; ids that no event has are kept), both read-write and notified only when they
 * change, so that they can be bound both ways; "drawing" (boolean), which ends by itself
 * once a box is drawn, and by Escape.
 * Signals: "event-activated" (SaeEventItem *), an event was clicked and is now selected
 * or not; "box-drawn" (double west, south, east, north), west > east across the
 * antimeridian; "circle-drawn" (double longitude, latitude, radius), in degrees: what was
 * drawn is shown already. */
#pragma once

#include "app/chart.h"
#include <gio/gio.h>

#define SAE_TYPE_MAP_CHART (sae_map_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeMapChart, sae_map_chart, SAE, MAP_CHART, SaeChart)

/* A reference is taken; NULL for none. */
void sae_map_chart_set_events (SaeMapChart *self, GListModel *events);
/* Copied; NULL for none. */
void sae_map_chart_set_selected_ids (SaeMapChart *self, const char *const *ids);
/* Borrowed until the next change; never NULL. */
const char *const *sae_map_chart_get_selected_ids (SaeMapChart *self);

/* lonlat: (n, 2) degrees, copied. */
void sae_map_chart_set_stations (SaeMapChart *self, const double *lonlat, gsize n);
/* A query's region, degrees; either may be NULL for none. box: west, south, east, north.
 * circle: longitude, latitude, least and greatest distance. */
void sae_map_chart_set_region (SaeMapChart *self, const double box[4],
                               const double circle[4]);
void sae_map_chart_set_drawing (SaeMapChart *self, gboolean drawing);
/* What is drawn: a circle, or else a box. */
void sae_map_chart_set_circular (SaeMapChart *self, gboolean circular);
gboolean sae_map_chart_get_drawing (SaeMapChart *self);
