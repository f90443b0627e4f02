#include "plot/map-marks.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle area = {10, 10, 400, 300};

typedef struct {
  PlotMapView view;
  PlotMapEvents events;
} Drawing;

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *drawing = data;
  plot_map_marks_draw (cr, &drawing->view, &drawing->events, style);
}

static void
test_radius (void)
{
  g_assert_cmpfloat_with_epsilon (plot_map_marks_radius (5), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (plot_map_marks_radius (6), 7.5, 1e-12);
  g_assert_cmpfloat (plot_map_marks_radius (-3), >=, 2);
  g_assert_cmpfloat (plot_map_marks_radius (1e9), <=, 30);
  g_assert_cmpfloat (plot_map_marks_radius (NAN), >, 0);
  g_assert_cmpint (plot_map_marks_shape (1), ==, PLOT_SHAPE_TRIANGLE);
  g_assert_cmpint (plot_map_marks_shape (250), ==, PLOT_SHAPE_SQUARE);
}

/* Events all on one place: the smallest is on top, unless another is selected. */
static void
test_pick_order (void)
{
  const double lonlat[] = {-122, 38, -122, 38, -122, 38, -122, 38, NAN, 38};
  const double magnitude[] = {7, 4, 9, 4, 1};
  uint8_t selected[] = {0, 0, 0, 0, 0};
  PlotMapView view = plot_map_view (area, -122, 38, 0.01);
  PlotMapEvents events = {5, lonlat, magnitude, NULL, selected};
  double x, y;
  plot_map_view_to_px (&view, -122, 38, &x, &y);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, y, 0), ==, 3);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x + 8, y, 8), ==, 0);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x + 20, y, 8), ==, 2);
  selected[2] = 1;
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, y, 0), ==, 2);
  events.selected = NULL;
  events.magnitude = NULL; /* all alike: the last one */
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, y, 0), ==, 3);
}

/* On no mark: the nearest within the radius, and none beyond or outside the area. */
static void
test_pick_radius (void)
{
  const double lonlat[] = {-122.2, 38, -121.8, 38, -117.99, 38};
  const double magnitude[] = {5, 5, 5};
  PlotMapView view = plot_map_view (area, -122, 38, 0.01);
  PlotMapEvents events = {3, lonlat, magnitude, NULL, NULL};
  double x, y;
  plot_map_view_to_px (&view, -122.2, 38, &x, &y);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x + 12, y, 8), ==, 0);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x + 19, y, 30), ==, 1);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, y + 15, 8), ==, SIZE_MAX);
  plot_map_view_to_px (&view, -117.99, 38, &x, &y);
  g_assert_cmpfloat (x, >, area.x + area.width);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, y, 50), ==, SIZE_MAX);
}

/* Near the antimeridian, events of the other side are found where they are drawn. */
static void
test_antimeridian (void)
{
  const double lonlat[] = {-179.5, -20};
  PlotMapView view = plot_map_view (area, 179.5, -20, 0.01);
  PlotMapEvents events = {1, lonlat, NULL, NULL, NULL};
  double x = area.x + area.width / 2 + 1 / plot_map_view_resolution (&view);
  g_assert_cmpuint (plot_map_marks_pick (&view, &events, x, area.y + area.height / 2, 2),
                    ==, 0);
}

static Drawing
random_drawing (size_t n, double *lonlat, double *magnitude, uint8_t *category,
                uint8_t *selected)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (size_t i = 0; i < n; i++) {
    lonlat[2 * i] = g_rand_double_range (random, -124.5, -119.5);
    lonlat[2 * i + 1] = g_rand_double_range (random, 36, 40);
    magnitude[i] = g_rand_double_range (random, 2, 8);
    category[i] = (uint8_t)g_rand_int_range (random, 0, 3);
    selected[i] = i % 50 == 0;
  }
  return (Drawing){plot_map_view (area, -122, 38, 0.01),
                   {n, lonlat, magnitude, category, selected}};
}

/* Many events go another way than few: the same picture, but for half a pixel. */
static void
test_two_ways (void)
{
  enum { N = 301 };
  double lonlat[2 * N], magnitude[N];
  uint8_t category[N], selected[N];
  Drawing drawing = random_drawing (N, lonlat, magnitude, category, selected);
  PlotStyle style = plot_style_export ();
  for (int scale = 1; scale <= 2; scale++) {
    style.scale = scale;
    cairo_surface_t *many = image_draw (420, 320, area, draw, &drawing, &style);
    drawing.events.n = N - 1;
    cairo_surface_t *few = image_draw (420, 320, area, draw, &drawing, &style);
    drawing.events.n = N;
    g_assert_cmpuint (image_count_ink (few, 0, 0, 1000, 1000), >, 10000);
    g_assert_cmpfloat (image_difference (many, few, 100), <, 0.02);
    cairo_surface_destroy (many);
    cairo_surface_destroy (few);
  }
}

static void
test_clipped (void)
{
  enum { N = 2000 };
  g_autofree double *lonlat = g_new (double, 2 * N), *magnitude = g_new (double, N);
  g_autofree uint8_t *category = g_new (uint8_t, N), *selected = g_new (uint8_t, N);
  Drawing drawing = random_drawing (N, lonlat, magnitude, category, selected);
  PlotStyle style = plot_style_window (true, false);
  for (size_t n = 200; n <= N; n *= 10)
    for (int scale = 1; scale <= 2; scale++) {
      style.scale = scale;
      drawing.events.n = n;
      cairo_surface_t *image = image_draw (420, 320, area, draw, &drawing, &style);
      g_assert_cmpuint (image_count_ink (image, 0, 0, 1000, 1000), >, 1000);
      g_assert_cmpuint (image_count_outside (image, area, scale), ==, 0);
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/map-marks/radius", test_radius);
  g_test_add_func ("/plot/map-marks/pick-order", test_pick_order);
  g_test_add_func ("/plot/map-marks/pick-radius", test_pick_radius);
  g_test_add_func ("/plot/map-marks/antimeridian", test_antimeridian);
  g_test_add_func ("/plot/map-marks/two-ways", test_two_ways);
  g_test_add_func ("/plot/map-marks/clipped", test_clipped);
  return g_test_run ();
}
