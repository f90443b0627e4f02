#include "plot/lasso.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static void
test_rectangle (void)
{
  const double corners[] = {1, 2, 3, 2, 3, 9, 1, 9}, line[] = {3, 2, 3, 2, 3, 9, 3, 9};
  g_assert_true (plot_lasso_contains (corners, 4, 2, 5));
  g_assert_true (plot_lasso_contains (corners, 4, 1.01, 2.01));
  g_assert_false (plot_lasso_contains (corners, 4, 0.99, 5));
  g_assert_false (plot_lasso_contains (corners, 4, 2, 9.01));
  g_assert_false (plot_lasso_contains (corners, 4, NAN, 5));
  g_assert_false (plot_lasso_contains (line, 4, 3, 5)); /* it has no inside */
}

/* The share of random points in a regular polygon is its share of the area. */
static void
test_area (void)
{
  enum { CORNERS = 7, N = 200000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree float *xy = g_new (float, 2 * N);
  g_autofree uint8_t *inside = g_new (uint8_t, N);
  double corners[2 * CORNERS];
  for (size_t i = 0; i < CORNERS; i++) {
    corners[2 * i] = cos (2 * G_PI * (double)i / CORNERS);
    corners[2 * i + 1] = sin (2 * G_PI * (double)i / CORNERS);
  }
  for (size_t i = 0; i < 2 * N; i++)
    xy[i] = (float)g_rand_double_range (random, -2, 2);
  size_t n = plot_lasso_inside (inside, xy, N, corners, CORNERS);
  double area = CORNERS / 2.0 * sin (2 * G_PI / CORNERS) / 16;
  g_assert_cmpfloat_with_epsilon ((double)n / N, area, 4 * sqrt (area / N));
  for (size_t i = 0; i < N; i++) {
    double x = xy[2 * i], y = xy[2 * i + 1];
    g_assert_cmpint (inside[i], ==, plot_lasso_contains (corners, CORNERS, x, y));
  }
}

/* Two polygons that share an edge share no point and leave none out; here the plane's
 * whole numbers lie on the edges and corners. */
static void
test_shared_edge (void)
{
  const double left[] = {0, 0, 4, 0, 2, 3, 4, 6, 0, 6},
               right[] = {4, 0, 8, 0, 8, 6, 4, 6, 2, 3};
  const double whole[] = {0, 0, 8, 0, 8, 6, 0, 6};
  for (double y = -1; y <= 7; y++)
    for (double x = -1; x <= 9; x++)
      g_assert_cmpint (plot_lasso_contains (whole, 4, x, y), ==,
                       plot_lasso_contains (left, 5, x, y) +
                           plot_lasso_contains (right, 5, x, y));
}

/* A figure of eight and a star: a loop inside is a hole. */
static void
test_crossing (void)
{
  const double eight[] = {0, 0, 2, 2, 2, 0, 0, 2};
  double star[10];
  g_assert_true (plot_lasso_contains (eight, 4, 0.3, 1));
  g_assert_true (plot_lasso_contains (eight, 4, 1.7, 1));
  g_assert_false (plot_lasso_contains (eight, 4, 1, 0.3));
  for (size_t i = 0; i < 5; i++) {
    star[2 * i] = sin (4 * G_PI * (double)i / 5);
    star[2 * i + 1] = cos (4 * G_PI * (double)i / 5);
  }
  g_assert_false (plot_lasso_contains (star, 5, 0, 0));
  g_assert_true (plot_lasso_contains (star, 5, 0, 0.8));
}

static void
test_few (void)
{
  const double corners[] = {0, 0, 1, 1};
  const float xy[] = {0.5f, 0.5f, NAN, 0};
  uint8_t inside[] = {9, 9};
  for (size_t n = 0; n <= 2; n++) {
    g_assert_cmpuint (plot_lasso_inside (inside, xy, 2, corners, n), ==, 0);
    g_assert_cmpint (inside[0] + inside[1], ==, 0);
  }
}

/* What is drawn with a ground is what is inside: of a crossing outline, too. */
static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  (void)rect;
  plot_lasso_draw (cr, data, 5, style);
}

static void
test_draw (void)
{
  double star[10];
  PlotStyle style = plot_style_window (false, false);
  for (size_t i = 0; i < 5; i++) {
    star[2 * i] = 50 + 40 * sin (4 * G_PI * (double)i / 5);
    star[2 * i + 1] = 50 - 40 * cos (4 * G_PI * (double)i / 5);
  }
  cairo_surface_t *image =
      image_draw (100, 100, (PlotRectangle){0, 0, 100, 100}, draw, star, &style);
  g_assert_cmpuint (image_count_ink (image, 48, 48, 52, 52), ==, 0);
  g_assert_cmpuint (image_count_ink (image, 48, 20, 52, 24), ==, 16);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 100, 8), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/lasso/rectangle", test_rectangle);
  g_test_add_func ("/plot/lasso/area", test_area);
  g_test_add_func ("/plot/lasso/shared-edge", test_shared_edge);
  g_test_add_func ("/plot/lasso/crossing", test_crossing);
  g_test_add_func ("/plot/lasso/few", test_few);
  g_test_add_func ("/plot/lasso/draw", test_draw);
  return g_test_run ();
}
