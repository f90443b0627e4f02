/* Which points lie inside of a drawn outline. */
#pragma once

#include "plot/style.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* TRUE if (x, y) is inside of the polygon of corners (n, 2), which is closed from the
 * last to the first; by the even-odd rule, so that a loop drawn inside is a hole. Points
 * on an edge belong to one of the two polygons that share it. Fewer than three corners
 * have no inside. */
bool plot_lasso_contains (const double *corners, size_t n_corners, double x, double y);

/* inside (n), overwritten: 1 for each of the points xy (n, 2) inside, 0 for the others
 * and those not finite. Returns how many are. */
size_t plot_lasso_inside (uint8_t *inside, const float *xy, size_t n,
                          const double *corners, size_t n_corners);

/* The outline while it is drawn, corners (n, 2) in px, with a light ground. */
void plot_lasso_draw (cairo_t *cr, const double *corners, size_t n_corners,
                      const PlotStyle *style);
