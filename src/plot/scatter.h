/* Points in the plane as marks of a shape and colour. */
#pragma once

#include "plot/scale.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { PLOT_SHAPE_CIRCLE, PLOT_SHAPE_TRIANGLE, PLOT_SHAPE_SQUARE } PlotShape;
#define PLOT_SHAPE_COUNT 3

typedef struct {
  PlotShape shape; /* beyond the last: modulo their number */
  PlotColor color;
  double radius;  /* px; shapes of one radius have about one area */
  unsigned layer; /* higher ones lie above */
} PlotMark;

/* Adds the shape around (x, y) to cr's path. */
void plot_scatter_path (cairo_t *cr, PlotShape shape, double x, double y, double radius);

#define PLOT_SCATTER_NONE UINT16_MAX

/* Points xy (n, 2), each with the number of its mark (n); those of PLOT_SCATTER_NONE or
 * another number beyond n_marks are left out, as are not finite ones. Both scales are
 * linear. In one layer points lie in their order. Clipped to area. Up to about 2000
 * points as paths, beyond as ready-made masks put into one image. */
void plot_scatter_draw (cairo_t *cr, PlotRectangle area, size_t n, const float *xy,
                        const uint16_t *mark, const PlotScale *x_scale,
                        const PlotScale *y_scale, const PlotMark *marks, size_t n_marks,
                        const PlotStyle *style);

/* counts: (n_marks), overwritten with the number of points of each mark. */
void plot_scatter_count (size_t *counts, size_t n, const uint16_t *mark, size_t n_marks);
