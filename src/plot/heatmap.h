/* A grid of numbers as colours. */
#pragma once

#include "plot/palette.h"
#include "plot/scale.h"
#include "plot/style.h"
#include "plot/text.h"
#include <cairo.h>
#include <stddef.h>

typedef struct {
  const float *values; /* (n_x, n_y): those of one x side by side; borrowed */
  size_t n_x, n_y;
  double x_first, x_step, y_first, y_step; /* the cells' middles; steps > 0 */
  double min, max;                         /* the palette's ends, min < max */
  PlotPalette palette;
} PlotHeatmap;

/* Into area, along the scales (linear or logarithmic, either way up). Where several cells
 * share a pixel the highest shows, so that nothing strong is lost; NAN is left out, as
 * is what lies beyond the cells. On surfaces of paths it is a picture of 2 pixels a px.
 */
void plot_heatmap_draw (cairo_t *cr, PlotRectangle area, const PlotHeatmap *map,
                        const PlotScale *x, const PlotScale *y, const PlotStyle *style);

/* "−40 ▒▒▒▒ 20 dB": the key's width in px, and the key with its right end at x and its
 * middle at y. unit may be "". */
double plot_heatmap_key_width (PlotText *text, const PlotHeatmap *map, const char *unit);
void plot_heatmap_draw_key (cairo_t *cr, PlotText *text, const PlotHeatmap *map,
                            const char *unit, double x, double y, const PlotStyle *style);
