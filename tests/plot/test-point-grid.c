#include "plot/point-grid.h"

#include <math.h>

/* By looking at every point. */
static size_t
nearest_of_all (const float *xy, size_t n, double x, double y, double radius,
                const uint8_t *state, uint8_t without)
{
  size_t nearest = SIZE_MAX;
  double least = radius * radius;
  for (size_t i = 0; i < n; i++) {
    double dx = xy[2 * i] - x, dy = xy[2 * i + 1] - y;
    if (!(state && state[i] & without) && dx * dx + dy * dy <= least) {
      least = dx * dx + dy * dy;
      nearest = i;
    }
  }
  return nearest;
}

/* Evenly spread and heaped points, any radius, inside and outside of all. */
static void
test_as_all (void)
{
  enum { N = 700 };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  float xy[2 * N];
  uint8_t state[N];
  size_t n_found = 0;
  for (int heaped = 0; heaped < 2; heaped++) {
    for (size_t i = 0; i < N; i++) {
      double spread = heaped && i % 9 ? 0.01 : 10;
      xy[2 * i] = (float)(3 + spread * g_rand_double_range (random, -1, 1));
      xy[2 * i + 1] = (float)(-70 + 5 * spread * g_rand_double_range (random, -1, 1));
      state[i] = (uint8_t)g_rand_int_range (random, 0, 4);
    }
    xy[10] = NAN;
    xy[13] = INFINITY;
    g_autoptr (PlotPointGrid) grid = plot_point_grid_new (xy, N);
    for (int k = 0; k < 3000; k++) {
      double x = g_rand_double_range (random, -10, 16);
      double y = g_rand_double_range (random, -130, -10);
      double radius = pow (10, g_rand_double_range (random, -2, 2));
      const uint8_t *states = k % 2 ? state : NULL;
      size_t found = plot_point_grid_nearest (grid, x, y, radius, states, 2);
      g_assert_cmpuint (found, ==, nearest_of_all (xy, N, x, y, radius, states, 2));
      n_found += found != SIZE_MAX;
    }
  }
  g_assert_cmpuint (n_found, >, 1000);
  g_assert_cmpuint (n_found, <, 5500);
}

static void
test_edges (void)
{
  const float same[] = {1, 2, 1, 2, 1, 2}, none[] = {NAN, 0},
              far[] = {-3e38f, 3e38f, 3e38f, 0};
  g_autoptr (PlotPointGrid) empty = plot_point_grid_new (NULL, 0);
  g_autoptr (PlotPointGrid) one_place = plot_point_grid_new (same, 3);
  g_autoptr (PlotPointGrid) unknown = plot_point_grid_new (none, 1);
  g_autoptr (PlotPointGrid) wide = plot_point_grid_new (far, 2);
  const uint8_t state[] = {0, 1, 1};
  g_assert_cmpuint (plot_point_grid_nearest (empty, 0, 0, 1, NULL, 0), ==, SIZE_MAX);
  g_assert_cmpuint (plot_point_grid_nearest (unknown, 0, 0, 1e9, NULL, 0), ==, SIZE_MAX);
  g_assert_cmpuint (plot_point_grid_nearest (one_place, 1, 2, 0, NULL, 0), ==, 2);
  g_assert_cmpuint (plot_point_grid_nearest (one_place, 1, 2, 0, state, 1), ==, 0);
  g_assert_cmpuint (plot_point_grid_nearest (one_place, 1, 2.1, 0.05, NULL, 0), ==,
                    SIZE_MAX);
  g_assert_cmpuint (plot_point_grid_nearest (one_place, NAN, 2, 1, NULL, 0), ==,
                    SIZE_MAX);
  g_assert_cmpuint (plot_point_grid_nearest (wide, 3e38, 0, 1e36, NULL, 0), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/point-grid/as-all", test_as_all);
  g_test_add_func ("/plot/point-grid/edges", test_edges);
  return g_test_run ();
}
