/* Coastlines, borders of countries and of the US states, as paths of a view.
 *
 * The bytes are data/map.bin, which data/make-map.py makes from Natural Earth and the US
 * Census Bureau's cartographic boundaries (both in the public domain) and whose format it
 * tells. They are taken as hostile. */
#pragma once

#include "plot/map-view.h"
#include <cairo.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  PLOT_MAP_LAND, /* rings; as lines: the coast */
  PLOT_MAP_BORDER,
  PLOT_MAP_STATE,
  PLOT_MAP_KIND_COUNT
} PlotMapKind;

typedef struct _PlotMapLines PlotMapLines;

/* Reads n bytes, which are not kept. Not such a map: PLOT_ERROR_MAP, NULL. Once made the
 * lines do not change; any number of threads may use them. */
PlotMapLines *plot_map_lines_new (const uint8_t *bytes, size_t n, GError **error);
void plot_map_lines_free (PlotMapLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotMapLines, plot_map_lines_free)

/* How many lines and, if not NULL, points there are of a kind. */
size_t plot_map_lines_count (const PlotMapLines *lines, PlotMapKind kind,
                             size_t *n_points);
/* TRUE on land (lakes are land, the Caspian Sea is not). */
bool plot_map_lines_is_land (const PlotMapLines *lines, double longitude,
                             double latitude);

/* Adds the land to cr's path, to be filled by the winding rule, or the lines of a kind,
 * to be stroked; both cut off a few px outside of the view's area. Detail below half a
 * device pixel is left out; pixels: device pixels a px. */
void plot_map_lines_add_land (cairo_t *cr, const PlotMapLines *lines,
                              const PlotMapView *view, double pixels);
void plot_map_lines_add (cairo_t *cr, const PlotMapLines *lines, PlotMapKind kind,
                         const PlotMapView *view, double pixels);

/* Adds a line of n points (longitude, latitude) to cr's path, each point joined to the
 * nearest of the next one's places; a line may run around the Earth. */
void plot_map_add_polyline (cairo_t *cr, const PlotMapView *view, const double *lonlat,
                            size_t n, bool closed);
