/* Points sorted into the cells of a grid, for finding the one under the pointer. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct _PlotPointGrid PlotPointGrid;

/* Of xy (n, 2), borrowed and unchanged as long as the grid; not finite points are never
 * found. About two points a cell where they are spread evenly. */
PlotPointGrid *plot_point_grid_new (const float *xy, size_t n);
void plot_point_grid_free (PlotPointGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotPointGrid, plot_point_grid_free)

/* The point nearest to (x, y) within radius, in the units of xy, or SIZE_MAX; of equally
 * near ones the last. Those i with state[i] & without are passed over; state (n) may be
 * NULL. */
size_t plot_point_grid_nearest (const PlotPointGrid *grid, double x, double y,
                                double radius, const uint8_t *state, uint8_t without);
