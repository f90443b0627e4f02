#include "plot/preview.h"

#include "support/image-compare.h"
#include <glib.h>

typedef struct {
  size_t n;
  signed char min[4], max[4];
} Line;

static const PlotColor red = {1, 0, 0, 1};

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Line *line = data;

  plot_preview_draw (cr, rect, line->min, line->max, line->n, red);
}

static cairo_surface_t *
drawn (const Line *line)
{
  PlotStyle style = plot_style_window (false, false);

  return image_draw (60, 40, (PlotRectangle){10, 10, 40, 20}, draw, line, &style);
}

/* Nothing is a line in the middle; the peaks reach the edges, and nothing goes beyond. */
static void
test_extent (void)
{
  cairo_surface_t *flat = drawn (&(Line){.n = 4});
  cairo_surface_t *full = drawn (
      &(Line){.n = 4, .min = {-127, -127, -127, -127}, .max = {127, 127, 127, 127}});
  int first, last;

  g_assert_true (image_column_extent (flat, red, 2, 30, 0, 40, &first, &last));
  g_assert_cmpint (last - first, <=, 1);
  g_assert_cmpint (ABS (first - 19), <=, 1);
  g_assert_true (image_column_extent (full, red, 2, 30, 0, 40, &first, &last));
  g_assert_cmpint (first, ==, 10);
  g_assert_cmpint (last, ==, 29);
  g_assert_cmpuint (image_count_outside (full, (PlotRectangle){10, 10, 40, 20}, 1), ==,
                    0);
  cairo_surface_destroy (flat);
  cairo_surface_destroy (full);
}

static void
test_none (void)
{
  cairo_surface_t *image = drawn (&(Line){.n = 0});

  g_assert_cmpuint (image_count_ink (image, 0, 0, 60, 40), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/preview/extent", test_extent);
  g_test_add_func ("/plot/preview/none", test_none);
  return g_test_run ();
}
