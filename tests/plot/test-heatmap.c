#include "plot/heatmap.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle area = {10, 10, 120, 60};

typedef struct {
  PlotHeatmap map;
  PlotScale x, y;
} Drawing;

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *d = data;
  plot_heatmap_draw (cr, rect, &d->map, &d->x, &d->y, style);
}

static cairo_surface_t *
drawn (const Drawing *drawing, double scale)
{
  PlotStyle style = plot_style_export ();
  style.scale = scale;
  return image_draw (140, 80, area, draw, drawing, &style);
}

static Drawing
drawing_of (const float *values, size_t n_x, size_t n_y)
{
  return (Drawing){.map = {.values = values,
                           .n_x = n_x,
                           .n_y = n_y,
                           .x_first = 0.5,
                           .x_step = 1,
                           .y_first = 0.5,
                           .y_step = 1,
                           .min = 0,
                           .max = 1},
                   .x = plot_scale_linear (0, (double)n_x, 10, 130),
                   .y = plot_scale_linear (0, (double)n_y, 70, 10)};
}

/* Each cell is where its numbers say, y upwards, to the pixel; NAN is a hole. */
static void
test_cells (void)
{
  const float values[] = {0, 1, NAN, 0.5f, 0, 0, 1, 1, 0.5f, 0.5f, 1, 0};
  Drawing drawing = drawing_of (values, 4, 3);
  for (double scale = 1; scale <= 2; scale += 0.5) {
    cairo_surface_t *image = drawn (&drawing, scale);
    double width = 30 * scale, height = 20 * scale;
    for (size_t i = 0; i < 4; i++)
      for (size_t j = 0; j < 3; j++) {
        float value = values[i * 3 + j];
        int x0 = (int)(10 * scale + (double)i * width);
        int y0 = (int)(70 * scale - (double)(j + 1) * height);
        size_t all = (size_t)(width * height);
        size_t ink = image_count_ink (image, x0, y0, x0 + (int)width, y0 + (int)height);
        g_assert_cmpuint (ink, ==, isnan (value) ? 0 : all);
        if (isnan (value))
          continue;
        PlotColor color = plot_palette_color (PLOT_PALETTE_VIRIDIS, value);
        g_assert_cmpuint (image_count_color (image, color, 3, x0, y0, x0 + (int)width,
                                             y0 + (int)height),
                          ==, all);
      }
    g_assert_cmpuint (image_count_outside (image, area, scale), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* One strong cell among 100 × as many as there are pixels is not lost. */
static void
test_highest (void)
{
  enum { N_X = 1200, N_Y = 600 };
  g_autofree float *values = g_new0 (float, N_X *N_Y);
  values[777 * N_Y + 333] = 1;
  Drawing drawing = drawing_of (values, N_X, N_Y);
  cairo_surface_t *image = drawn (&drawing, 1);
  PlotColor strong = plot_palette_color (PLOT_PALETTE_VIRIDIS, 1);
  g_assert_cmpuint (image_count_color (image, strong, 3, 0, 0, 140, 80), ==, 1);
  int x = 10 + 777 / 10, y = 70 - 1 - 333 / 10;
  g_assert_cmpuint (image_count_color (image, strong, 3, x, y, x + 1, y + 1), ==, 1);
  cairo_surface_destroy (image);
}

/* On a logarithmic axis each decade has a third of the height. */
static void
test_logarithmic (void)
{
  enum { N = 1000 };
  g_autofree float *values = g_new0 (float, N);
  for (size_t j = 0; j < N; j++)
    values[j] = j >= 99 ? 1 : 0; /* from 100 on */
  Drawing drawing = drawing_of (values, 1, N);
  drawing.map.y_first = 1;
  drawing.y = plot_scale_log (1, 1000, 70, 10);
  cairo_surface_t *image = drawn (&drawing, 1);
  PlotColor strong = plot_palette_color (PLOT_PALETTE_VIRIDIS, 1);
  int first, last;
  g_assert_true (image_column_extent (image, strong, 3, 50, 0, 80, &first, &last));
  g_assert_cmpint (first, ==, 10);
  g_assert_cmpfloat_with_epsilon (last, 29, 1);
  cairo_surface_destroy (image);
}

/* Cells beside the area, none at all, no range: nothing is drawn, nothing breaks. */
static void
test_nothing (void)
{
  const float values[] = {NAN, NAN};
  Drawing drawing = drawing_of (values, 2, 1);
  for (int k = 0; k < 5; k++) {
    Drawing changed = drawing;
    changed.map.n_x = k == 1 ? 0 : 2;
    changed.map.x_first = k == 2 ? 1e9 : 0.5;
    changed.map.max = k == 3 ? 0 : 1;
    changed.map.y_first = k == 4 ? NAN : 0.5;
    cairo_surface_t *image = drawn (&changed, 1);
    g_assert_cmpuint (image_count_ink (image, 0, 0, 140, 80), ==, 0);
    cairo_surface_destroy (image);
  }
}

static void
draw_key (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *d = data;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  plot_heatmap_draw_key (cr, text, &d->map, "dB", rect.x + rect.width,
                         rect.y + rect.height / 2, style);
}

/* The key is as wide as it says, and ends in the palette's ends. */
static void
test_key (void)
{
  Drawing drawing = drawing_of (NULL, 0, 0);
  drawing.map.min = -40;
  drawing.map.max = 20;
  PlotStyle style = plot_style_export ();
  PlotRectangle rect = {0, 0, 300, 30};
  cairo_surface_t *image = image_draw (300, 30, rect, draw_key, &drawing, &style);
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  double width = plot_heatmap_key_width (text, &drawing.map, "dB");
  g_assert_cmpuint (image_count_ink (image, 0, 0, (int)(300 - width) - 1, 30), ==, 0);
  g_assert_cmpuint (
      image_count_color (image, plot_palette_color (0, 0), 4, 0, 0, 300, 30), >, 4);
  g_assert_cmpuint (
      image_count_color (image, plot_palette_color (0, 1), 4, 0, 0, 300, 30), >, 4);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/heatmap/cells", test_cells);
  g_test_add_func ("/plot/heatmap/highest", test_highest);
  g_test_add_func ("/plot/heatmap/logarithmic", test_logarithmic);
  g_test_add_func ("/plot/heatmap/nothing", test_nothing);
  g_test_add_func ("/plot/heatmap/key", test_key);
  return g_test_run ();
}
