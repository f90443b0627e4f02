#include "plot/scatter.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotColor blue = {0, 0, 1, 1}, red = {1, 0, 0, 1};

typedef struct {
  size_t n;
  const float *xy;
  const uint16_t *category;
  PlotMark marks[2];
} Cloud;

static const PlotRectangle area = {10, 10, 100, 100};

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Cloud *cloud = data;
  PlotScale x = plot_scale_linear (0, 100, rect.x, rect.x + rect.width);
  PlotScale y = plot_scale_linear (0, 100, rect.y + rect.height, rect.y);
  plot_scatter_draw (cr, rect, cloud->n, cloud->xy, cloud->category, &x, &y, cloud->marks,
                     2, style);
}

static cairo_surface_t *
drawn (const Cloud *cloud, double scale)
{
  PlotStyle style = plot_style_window (false, false);
  style.scale = scale;
  return image_draw (120, 120, area, draw, cloud, &style);
}

static void
test_shapes (void)
{
  /* The three have about one area. */
  for (int shape = 0; shape < PLOT_SHAPE_COUNT; shape++) {
    cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 100, 100);
    cairo_t *cr = cairo_create (image);
    plot_scatter_path (cr, (PlotShape)shape, 50, 50, 20);
    cairo_fill (cr);
    cairo_destroy (cr);
    cairo_surface_flush (image);
    double ink =
        (double)image_count_color (image, (PlotColor){0, 0, 0, 1}, 2, 0, 0, 100, 100);
    g_assert_cmpfloat (fabs (ink / (G_PI * 400) - 1), <, 0.1);
    cairo_surface_destroy (image);
  }
}

/* The higher layer lies above, whatever the order of the points and marks. */
static void
test_layers (void)
{
  for (size_t n = 10; n <= 5000; n += 4990) { /* as paths, as masks */
    g_autofree float *xy = g_new (float, 2 * n);
    g_autofree uint16_t *category = g_new0 (uint16_t, n);
    for (size_t i = 0; i < 2 * n; i++)
      xy[i] = 50;
    category[0] = 1;
    Cloud cloud = {n,
                   xy,
                   category,
                   {{PLOT_SHAPE_CIRCLE, blue, 9, 3}, {PLOT_SHAPE_CIRCLE, red, 4, 5}}};
    cairo_surface_t *image = drawn (&cloud, 1);
    g_assert_cmpuint (image_count_color (image, red, 2, 58, 58, 62, 62), ==, 16);
    g_assert_cmpuint (image_count_color (image, blue, 2, 0, 0, 120, 120), >, 100);
    cairo_surface_destroy (image);
    cloud.marks[1].layer = 1;
    image = drawn (&cloud, 1);
    g_assert_cmpuint (image_count_color (image, red, 2, 0, 0, 120, 120), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* Marks of one size are filled once and coloured each; a point of no mark is left out. */
static void
test_colors (void)
{
  for (size_t n = 10; n <= 5000; n += 4990) {
    g_autofree float *xy = g_new (float, 2 * n);
    g_autofree uint16_t *mark = g_new (uint16_t, n);
    for (size_t i = 0; i < n; i++) {
      mark[i] = i % 3 == 2 ? (i % 2 ? 2 : PLOT_SCATTER_NONE) : i % 3;
      xy[2 * i] = 20 + 30 * (float)(i % 3);
      xy[2 * i + 1] = 50;
    }
    Cloud cloud = {
        n, xy, mark, {{PLOT_SHAPE_CIRCLE, blue, 6, 0}, {PLOT_SHAPE_CIRCLE, red, 6, 0}}};
    cairo_surface_t *image = drawn (&cloud, 1);
    g_assert_cmpuint (image_count_color (image, blue, 2, 0, 0, 45, 120), >, 80);
    g_assert_cmpuint (image_count_color (image, red, 2, 45, 0, 75, 120), >, 80);
    g_assert_cmpuint (image_count_ink (image, 75, 0, 120, 120), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* Masks put into an image give what paths give, up to a quarter of a pixel. */
static void
test_masks_like_paths (void)
{
  enum { FEW = 150, MANY = 3000 };
  g_autofree float *xy = g_new (float, 2 * MANY);
  g_autofree uint16_t *category = g_new0 (uint16_t, MANY);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  for (size_t i = 0; i < MANY; i++) {
    category[i] = i % 3 == 0;
    for (size_t k = 0; k < 2; k++)
      xy[2 * i + k] =
          i < FEW ? (float)g_rand_double_range (random, -5, 105) : NAN; /* not drawn */
  }
  Cloud few = {FEW,
               xy,
               category,
               {{PLOT_SHAPE_SQUARE, blue, 4, 0}, {PLOT_SHAPE_TRIANGLE, red, 4, 0}}};
  few.marks[0].color.alpha = 0.5;
  Cloud many = few;
  many.n = MANY;
  for (double scale = 1; scale <= 2; scale++) {
    cairo_surface_t *paths = drawn (&few, scale), *masks = drawn (&many, scale);
    g_assert_cmpuint (image_count_ink (paths, 0, 0, 240, 240), >, 1000);
    g_assert_cmpfloat (image_difference (paths, masks, 80), <, 0.005);
    g_assert_cmpuint (image_count_outside (paths, area, scale), ==, 0);
    g_assert_cmpuint (image_count_outside (masks, area, scale), ==, 0);
    cairo_surface_destroy (paths);
    cairo_surface_destroy (masks);
  }
}

static void
test_count (void)
{
  const uint16_t category[] = {0, 2, 1, 2, 9};
  size_t counts[3];
  plot_scatter_count (counts, 5, category, 3);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 2);
}

static void
test_nothing (void)
{
  Cloud cloud = {0};
  cairo_surface_t *image = drawn (&cloud, 1);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 120, 120), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scatter/shapes", test_shapes);
  g_test_add_func ("/plot/scatter/layers", test_layers);
  g_test_add_func ("/plot/scatter/colors", test_colors);
  g_test_add_func ("/plot/scatter/masks-like-paths", test_masks_like_paths);
  g_test_add_func ("/plot/scatter/count", test_count);
  g_test_add_func ("/plot/scatter/nothing", test_nothing);
  return g_test_run ();
}
