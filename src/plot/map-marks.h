/* Epicentres on a map: sized by magnitude, coloured and shaped by type. The larger ones
 * are drawn first, so that the small stay visible; selected ones last, with a ring. */
#pragma once

#include "plot/map-view.h"
#include "plot/scatter.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#define PLOT_MAP_CATEGORIES 3 /* earthquake, explosion, other */

typedef struct {
  size_t n;
  const double *lonlat;    /* (n, 2) degrees; not finite: left out */
  const double *magnitude; /* (n), NAN if unknown; NULL: all unknown */
  const uint8_t *category; /* (n), beyond the last: other; NULL: all earthquakes */
  const uint8_t *selected; /* (n), or NULL for none */
} PlotMapEvents;

/* px: half as large again for each unit of magnitude, 5 at magnitude 5. */
double plot_map_marks_radius (double magnitude);
/* Circle, triangle, square. */
PlotShape plot_map_marks_shape (size_t category);
/* One mark alone, around (x, y) px, as the events are drawn. */
void plot_map_marks_draw_one (cairo_t *cr, double x, double y, double radius,
                              size_t category, bool selected, const PlotStyle *style);

/* Clipped to the view's area. A few hundred as paths, beyond as ready-made pictures put
 * into one image: 10 000 take some 15 ms. */
void plot_map_marks_draw (cairo_t *cr, const PlotMapView *view,
                          const PlotMapEvents *events, const PlotStyle *style);
/* Of the events whose mark (x, y) px is on, the one drawn on top; on none, the one whose
 * mark begins nearest, within radius px; otherwise SIZE_MAX. */
size_t plot_map_marks_pick (const PlotMapView *view, const PlotMapEvents *events,
                            double x, double y, double radius);
