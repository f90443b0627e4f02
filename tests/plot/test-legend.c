#include "plot/legend.h"

#include "support/image-compare.h"
#include <glib.h>

static const PlotColor red = {1, 0, 0, 1}, blue = {0, 0, 1, 1};

static const PlotLegendEntry entries[] = {
    {.label = "Original", .color = {1, 0, 0, 1}, .kind = PLOT_LEGEND_LINE},
    {.label = NULL, .color = {0, 1, 0, 1}, .kind = PLOT_LEGEND_LINE},
    {.label = "Reconstruction",
     .color = {0, 0, 1, 1},
     .kind = PLOT_LEGEND_MARK,
     .shape = PLOT_SHAPE_SQUARE},
};

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  plot_legend_draw (cr, text, data, rect, rect.height, style);
}

static double
height (const PlotHeading *heading, double width, double max_height)
{
  PlotStyle style = plot_style_window (false, false);
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  return plot_legend_height (text, heading, width, max_height);
}

static void
test_height (void)
{
  PlotHeading none = {0};
  PlotHeading title = {.title = "Title"};
  PlotHeading both = {.title = "Title", .subtitle = "Subtitle"};
  PlotHeading all = {"Title", "Subtitle", entries, 3};
  PlotHeading legend = {NULL, NULL, entries, 3};
  g_assert_cmpfloat (height (&none, 500, 200), ==, 0);
  g_assert_cmpfloat (height (&title, 500, 200), >, 10);
  g_assert_cmpfloat (height (&both, 500, 200), >, height (&title, 500, 200));
  /* Shared with the subtitle where there is room, else in rows of its own. */
  g_assert_cmpfloat (height (&all, 500, 200), ==, height (&both, 500, 200));
  g_assert_cmpfloat (height (&all, 200, 200), >, height (&both, 200, 200));
  g_assert_cmpfloat (height (&legend, 90, 200), >, height (&legend, 500, 200));
  /* What does not fit is left out. */
  for (double max = 0; max < 120; max += 3)
    g_assert_cmpfloat (height (&all, 90, max), <=, max);
  g_assert_cmpfloat (height (&all, 90, 5), ==, 0);
}

static void
test_draw (void)
{
  PlotStyle style = plot_style_window (false, false);
  PlotHeading heading = {"Title", NULL, entries, 3};
  PlotRectangle rect = {10, 10, 400, 60};
  cairo_surface_t *image = image_draw (420, 80, rect, draw, &heading, &style);
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  g_assert_cmpuint (image_count_color (image, red, 2, 200, 0, 420, 80), >=, 30);
  g_assert_cmpuint (image_count_color (image, blue, 2, 200, 0, 420, 80), >=, 40);
  g_assert_cmpuint (image_count_ink (image, 10, 10, 60, 40), >, 30);
  cairo_surface_destroy (image);
}

/* Titles and labels too long for any width stay within it. */
static void
test_long (void)
{
  PlotStyle style = plot_style_window (true, false);
  g_autofree char *string = g_strnfill (3000, 'M');
  PlotLegendEntry entry = {.label = string,
                           .color = red,
                           .kind = PLOT_LEGEND_MARK,
                           .shape = PLOT_SHAPE_TRIANGLE};
  PlotHeading heading = {string, string, &entry, 1};
  for (double width = 1; width < 300; width += 41) {
    PlotRectangle rect = {20, 20, width, 200};
    cairo_surface_t *image = image_draw (400, 240, rect, draw, &heading, &style);
    PlotRectangle around = {rect.x - 1, rect.y, MAX (rect.width, 12) + 4, rect.height};
    g_assert_cmpuint (image_count_outside (image, around, 1), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* The key of a palette is as wide as its height allows in one row, and stays inside. */
static void
test_bar (void)
{
  PlotStyle style = plot_style_window (false, false);
  PlotLegendEntry bar = {
      .label = "Magnitude", .kind = PLOT_LEGEND_BAR, .low = "4.0", .high = "7.2"};
  PlotHeading heading = {.entries = &bar, .n_entries = 1};
  PlotRectangle rect = {10, 10, 400, 60}, narrow = {10, 10, 190, 60};
  cairo_surface_t *image = image_draw (420, 80, rect, draw, &heading, &style);
  for (int i = 0; i <= 4; i++) {
    PlotColor color = plot_palette_mark (PLOT_PALETTE_VIRIDIS, i / 4.0, &style);
    g_assert_cmpuint (image_count_color (image, color, 30, 200, 0, 420, 80), >, 20);
  }
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
  image = image_draw (420, 80, narrow, draw, &heading, &style);
  g_assert_cmpuint (image_count_outside (image, narrow, 1), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/legend/height", test_height);
  g_test_add_func ("/plot/legend/draw", test_draw);
  g_test_add_func ("/plot/legend/long", test_long);
  g_test_add_func ("/plot/legend/bar", test_bar);
  return g_test_run ();
}
