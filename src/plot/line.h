/* Lines of very many samples: min/max per pixel column where samples are dense, a
 * polyline where they are not, dots where they stand apart. Values that are not finite
 * are gaps.
 *
 * Columns are those of device pixels: the origin of user space lies on a pixel boundary
 * and style->scale pixels are one px. On surfaces of paths (PDF, SVG) the envelope is one
 * polyline, since abutting rectangles would show seams there. */
#pragma once

#include "plot/pyramid.h"
#include "plot/scale.h"
#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Evenly sampled; arrays borrowed. */
typedef struct {
  const double *values; /* (n) */
  const double *minus;  /* (n) subtracted from values, or NULL */
  size_t n;
  const PlotPyramid *pyramid; /* of values (n), borrowed, or NULL; not with minus */
} PlotSeries;

typedef struct {
  double min, max; /* NAN both where the column has no finite sample */
} PlotColumn;

/* Extremes of the finite samples first … end − 1 (end at most n). FALSE if there are
 * none: *min and *max are untouched. */
bool plot_line_range (double *min, double *max, const PlotSeries *series, size_t first,
                      size_t end);

/* columns: (n_columns), overwritten: the extremes of the polyline through the samples
 * within each pixel column, neither more nor less. Column c is the absolute column k =
 * first_column + c, from k × samples_per_column to (k + 1) × samples_per_column in
 * samples, so that what it holds does not depend on where the view begins.
 * samples_per_column > 0. */
void plot_line_columns (PlotColumn *columns, size_t n_columns, const PlotSeries *series,
                        int64_t first_column, double samples_per_column);
/* The same for points (x[i], y[i]), x ascending; column c is the pixel column that begins
 * c pixels right of the scale's px_0. pixels: device pixels a px. */
void plot_line_columns_xy (PlotColumn *columns, size_t n_columns, const double *x,
                           const double *y, size_t n, const PlotScale *x_scale,
                           double pixels);

/* area's left edge is sample index `begin`, its right edge `end` (fractions welcome,
 * begin < end). Clipped to area, but for half a line's width. width in px. */
void plot_line_draw (cairo_t *cr, PlotRectangle area, const PlotSeries *series,
                     double begin, double end, const PlotScale *y_scale, PlotColor color,
                     double width, const PlotStyle *style);
/* Points (x[i], y[i]), x ascending and finite. */
void plot_line_draw_xy (cairo_t *cr, PlotRectangle area, const double *x, const double *y,
                        size_t n, const PlotScale *x_scale, const PlotScale *y_scale,
                        PlotColor color, double width, const PlotStyle *style);

/* The nearest boundary of device pixels. */
double plot_line_snap (const PlotStyle *style, double px);
