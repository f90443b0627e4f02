#include "plot/point-grid.h"

#include <math.h>

#define POINTS_A_CELL 2.0
#define MAX_SIDE 1024.0

struct _PlotPointGrid {
  const float *xy; /* (n, 2); borrowed */
  size_t n;
  double x0, y0, x_cells, y_cells; /* cell = (value − x0) × x_cells */
  size_t columns, rows;
  uint32_t *start; /* (rows × columns + 1): where each cell begins in index; owned */
  uint32_t *index; /* the finite points, cell by cell, row by row; owned */
};

static bool
is_finite (const PlotPointGrid *grid, size_t i)
{
  return isfinite (grid->xy[2 * i]) && isfinite (grid->xy[2 * i + 1]);
}

static size_t
place (double value, double origin, double cells, size_t n)
{
  double cell = floor ((value - origin) * cells);
  return cell > 0 ? (size_t)fmin (cell, (double)(n - 1)) : 0;
}

static size_t
cell_of (const PlotPointGrid *grid, size_t i)
{
  return place (grid->xy[2 * i + 1], grid->y0, grid->y_cells, grid->rows) *
             grid->columns +
         place (grid->xy[2 * i], grid->x0, grid->x_cells, grid->columns);
}

static void
measure (PlotPointGrid *grid)
{
  double min[2] = {INFINITY, INFINITY}, max[2] = {-INFINITY, -INFINITY};
  size_t n = 0;
  for (size_t i = 0; i < grid->n; i++)
    if (is_finite (grid, i)) {
      n++;
      for (size_t k = 0; k < 2; k++) {
        min[k] = fmin (min[k], grid->xy[2 * i + k]);
        max[k] = fmax (max[k], grid->xy[2 * i + k]);
      }
    }
  double side = floor (fmin (fmax (sqrt ((double)n / POINTS_A_CELL), 1), MAX_SIDE));
  grid->columns = grid->rows = (size_t)side;
  grid->x0 = n > 0 ? min[0] : 0;
  grid->y0 = n > 0 ? min[1] : 0;
  grid->x_cells = n > 0 && max[0] > min[0] ? side / (max[0] - min[0]) : 0;
  grid->y_cells = n > 0 && max[1] > min[1] ? side / (max[1] - min[1]) : 0;
}

PlotPointGrid *
plot_point_grid_new (const float *xy, size_t n)
{
  PlotPointGrid *grid = g_new0 (PlotPointGrid, 1);
  grid->xy = xy;
  grid->n = n;
  measure (grid);
  size_t n_cells = grid->columns * grid->rows;
  grid->start = g_new0 (uint32_t, n_cells + 1);
  for (size_t i = 0; i < n; i++)
    if (is_finite (grid, i))
      grid->start[cell_of (grid, i) + 1]++;
  for (size_t c = 0; c < n_cells; c++)
    grid->start[c + 1] += grid->start[c];
  grid->index = g_new (uint32_t, (size_t)grid->start[n_cells] + 1);
  g_autofree uint32_t *next = g_memdup2 (grid->start, n_cells * sizeof *next);
  for (size_t i = 0; i < n; i++)
    if (is_finite (grid, i))
      grid->index[next[cell_of (grid, i)]++] = (uint32_t)i;
  return grid;
}

void
plot_point_grid_free (PlotPointGrid *grid)
{
  if (!grid)
    return;
  g_free (grid->start);
  g_free (grid->index);
  g_free (grid);
}

size_t
plot_point_grid_nearest (const PlotPointGrid *grid, double x, double y, double radius,
                         const uint8_t *state, uint8_t without)
{
  size_t nearest = SIZE_MAX;
  if (!isfinite (x) || !isfinite (y) || !(radius >= 0))
    return nearest;
  double least = radius * radius;
  size_t first = place (x - radius, grid->x0, grid->x_cells, grid->columns);
  size_t last = place (x + radius, grid->x0, grid->x_cells, grid->columns);
  size_t top = place (y + radius, grid->y0, grid->y_cells, grid->rows);
  for (size_t row = place (y - radius, grid->y0, grid->y_cells, grid->rows); row <= top;
       row++) {
    const uint32_t *start = grid->start + row * grid->columns;
    for (uint32_t k = start[first]; k < start[last + 1]; k++) {
      size_t i = grid->index[k];
      double dx = grid->xy[2 * i] - x, dy = grid->xy[2 * i + 1] - y;
      double distance = dx * dx + dy * dy;
      bool nearer =
          distance < least || (distance <= least && (nearest == SIZE_MAX || i > nearest));
      if (nearer && !(state && state[i] & without)) {
        least = distance;
        nearest = i;
      }
    }
  }
  return nearest;
}
