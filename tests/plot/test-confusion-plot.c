#include "plot/confusion-plot.h"

#include "support/image-compare.h"
#include <glib.h>

static const PlotRectangle rect = {8, 8, 464, 344};
static const char *const labels[] = {"earthquake", "explosion", "quarry blast"};

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_confusion_plot_draw (cr, r, data, style);
}

static PlotConfusion
confusion_of (size_t n_classes, const size_t *counts)
{
  return (PlotConfusion){.n_classes = n_classes,
                         .labels = labels,
                         .counts = counts,
                         .truth_label = "Class",
                         .told_label = "Told",
                         .palette = PLOT_PALETTE_VIRIDIS};
}

static void
test_picture (void)
{
  const size_t counts[] = {84, 5, 1, 4, 24, 2, 0, 0, 0};
  PlotConfusion plot = confusion_of (3, counts);
  plot.title = "Gaussian naive Bayes";
  plot.subtitle = "Balanced accuracy 0.87 (0.74–0.93)";
  PlotStyle style = image_reference_style ();
  cairo_surface_t *image = image_draw (480, 360, rect, draw, &plot, &style);
  image_assert_reference (image, "confusion-plot");
  cairo_surface_destroy (image);
}

/* A cell has the palette's colour of its share of the row, however large the count. */
static void
test_colors (void)
{
  const size_t counts[] = {1000000, 0, 1, 1};
  PlotConfusion plot = confusion_of (2, counts);
  PlotStyle style = plot_style_window (false, false);
  cairo_surface_t *image = image_draw (480, 360, rect, draw, &plot, &style);
  static const double shares[] = {1, 0, 0.5};
  static const size_t cells[] = {1, 1, 2};
  size_t one = 0;
  for (size_t i = 0; i < 3; i++) {
    const size_t ink = image_count_color (
        image, plot_palette_color (PLOT_PALETTE_VIRIDIS, shares[i]), 2, 0, 0, 480, 360);
    if (i == 0)
      one = ink;
    g_assert_cmpuint (ink, >, 5000);
    g_assert_cmpfloat_with_epsilon ((double)ink, (double)(cells[i] * one),
                                    0.15 * (double)one);
  }
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
}

/* No class, no count, one class, no room, too many classes: nothing outside rect. */
static void
test_degenerate (void)
{
  const size_t none[9] = {0}, one[] = {7};
  PlotStyle style = plot_style_window (true, false);
  static const PlotRectangle rects[] = {{8, 8, 464, 344}, {8, 8, 60, 30}, {8, 8, 1, 1}};
  for (size_t r = 0; r < G_N_ELEMENTS (rects); r++)
    for (size_t n = 0; n <= 3; n++) {
      PlotConfusion plot = confusion_of (n, n == 1 ? one : none);
      plot.title = "Title";
      cairo_surface_t *image = image_draw (480, 360, rects[r], draw, &plot, &style);
      g_assert_cmpuint (image_count_outside (image, rects[r], 1), ==, 0);
      if (r == 0)
        g_assert_cmpuint (image_count_ink (image, 0, 0, 480, 360), >, 50);
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/confusion-plot/picture", test_picture);
  g_test_add_func ("/plot/confusion-plot/colors", test_colors);
  g_test_add_func ("/plot/confusion-plot/degenerate", test_degenerate);
  return g_test_run ();
}
