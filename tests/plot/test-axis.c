#include "plot/axis.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

#define T0 (G_GINT64_CONSTANT (1571117660) * 1000000000)

/* However narrow, labels fit side by side and there are at most six. */
static void
test_fit_time (void)
{
  PlotStyle style = plot_style_export ();
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  for (double seconds = 1e-6; seconds < 1e8; seconds *= 3.3)
    for (double width = 40; width < 2000; width *= 1.7) {
      PlotTicks ticks;
      int64_t span = (int64_t)(seconds * 1e9);
      plot_axis_fit_time (&ticks, text, T0, T0 + span, width);
      g_assert_cmpuint (ticks.n, <=, PLOT_AXIS_MAX_LABELS);
      double px = width * ticks.step / seconds;
      if (ticks.n > 1)
        g_assert_cmpfloat (plot_axis_widest_label (text, &ticks), <, px);
    }
}

static void
test_fit_x (void)
{
  PlotStyle style = plot_style_export ();
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  for (double max = 1; max < 1e6; max *= 2.7)
    for (double width = 30; width < 2000; width *= 1.7) {
      PlotTicks ticks;
      int exponent;
      plot_axis_fit_x (&ticks, text, 0, max, width, true, &exponent);
      g_assert_cmpuint (ticks.n, <=, PLOT_AXIS_MAX_LABELS);
      for (size_t i = 0; i < ticks.n; i++)
        g_assert_cmpfloat (ticks.ticks[i].value, ==, round (ticks.ticks[i].value));
      plot_axis_fit_x (&ticks, text, -max * 1e-4, max * 1e-4, width, false, &exponent);
      g_assert_cmpuint (ticks.n, <=, PLOT_AXIS_MAX_LABELS);
      if (ticks.n > 1)
        g_assert_cmpfloat (plot_axis_widest_label (text, &ticks), <,
                           width * ticks.step / (max * 2e-4));
    }
}

static const PlotRectangle area = {100, 50, 200, 100};

static void
draw_y (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotScale scale = plot_scale_linear (0, 10, rect.y + rect.height, rect.y);
  plot_axis_draw_y (cr, text, rect, &scale, data, 0, 200, style);
}

/* Grid over the whole area at the ticks and nowhere else; ticks outside; no frame. */
static void
test_draw_y (void)
{
  PlotStyle style = plot_style_window (false, false);
  style.dim = style.grid = (PlotColor){0, 0, 0, 1};
  PlotTicks ticks;
  plot_ticks_linear (&ticks, 0, 10, 3);
  plot_ticks_label (&ticks, 0);
  cairo_surface_t *image = image_draw (320, 200, area, draw_y, &ticks, &style);
  for (int y = 51; y < 149; y++) {
    bool tick = y >= 99 && y <= 100;
    size_t ink = image_count_ink (image, 100, y, 300, y + 1);
    g_assert_true (tick ? ink == 0 || ink == 200 : ink == 0);
  }
  g_assert_cmpuint (image_count_ink (image, 100, 99, 300, 101), ==, 200);
  g_assert_cmpuint (image_count_ink (image, 96, 99, 100, 101), ==, 4);
  g_assert_cmpuint (image_count_ink (image, 60, 90, 94, 110), >, 5); /* the label */
  g_assert_cmpuint (image_count_ink (image, 300, 0, 320, 200), ==, 0);
  cairo_surface_destroy (image);
}

/* Ticks closer than their labels: every label that is drawn has its own rows. */
static void
test_no_collision (void)
{
  PlotStyle style = plot_style_window (false, false);
  style.grid.alpha = 0;
  PlotTicks ticks = {.n = 30, .step = 1};
  for (size_t i = 0; i < ticks.n; i++) {
    ticks.ticks[i].value = (double)i / 3;
    g_snprintf (ticks.ticks[i].label, sizeof ticks.ticks[i].label, "8");
  }
  cairo_surface_t *image = image_draw (320, 200, area, draw_y, &ticks, &style);
  int runs = 0;
  bool inside = false;
  for (int y = 0; y < 200; y++) {
    bool ink = image_count_ink (image, 60, y, 94, y + 1) > 0;
    runs += ink && !inside;
    inside = ink;
  }
  g_assert_cmpint (runs, >=, 4);
  g_assert_cmpint (runs, <=, 9);
  cairo_surface_destroy (image);
}

static void
test_unit (void)
{
  static const struct {
    const char *unit;
    int exponent;
    const char *text;
  } cases[] = {{"counts", 0, "counts"},
               {"counts", 3, "10³ counts"},
               {NULL, -6, "×10⁻⁶"},
               {NULL, 0, ""},
               {"", 3, "×10³"}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *unit = plot_axis_unit (cases[i].unit, cases[i].exponent);
    g_assert_cmpstr (unit, ==, cases[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/axis/fit-time", test_fit_time);
  g_test_add_func ("/plot/axis/fit-x", test_fit_x);
  g_test_add_func ("/plot/axis/draw-y", test_draw_y);
  g_test_add_func ("/plot/axis/no-collision", test_no_collision);
  g_test_add_func ("/plot/axis/unit", test_unit);
  return g_test_run ();
}
