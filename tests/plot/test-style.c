#include "plot/style.h"

#include <glib.h>
#include <math.h>

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* Relative luminance (WCAG 2.1) of the colour over a grey ground. */
static double
luminance (PlotColor color, double ground)
{
  const double weight[3] = {0.2126, 0.7152, 0.0722};
  const double channel[3] = {color.red, color.green, color.blue};
  double sum = 0;
  for (int k = 0; k < 3; k++)
    sum += weight[k] * linear (channel[k] * color.alpha + ground * (1 - color.alpha));
  return sum;
}

static double
contrast (PlotColor color, double ground)
{
  double a = luminance (color, ground);
  double b = luminance ((PlotColor){ground, ground, ground, 1}, ground);
  return (fmax (a, b) + 0.05) / (fmin (a, b) + 0.05);
}

static const struct {
  bool exported, dark, high;
  double ground;
} styles[] = {{true, false, false, 1.0},
              {false, false, false, 0.98},
              {false, true, false, 0.12},
              {false, false, true, 0.98},
              {false, true, true, 0.12}};

static PlotStyle
style_at (size_t i)
{
  return styles[i].exported ? plot_style_export ()
                            : plot_style_window (styles[i].dark, styles[i].high);
}

/* 4.5 : 1 for what is read, 3 : 1 for what is looked at; the grid is lighter than both.
 */
static void
test_contrast (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (styles); i++) {
    PlotStyle style = style_at (i);
    double ground = styles[i].ground;
    g_assert_cmpfloat (contrast (style.text, ground), >=, 7.0);
    g_assert_cmpfloat (contrast (style.dim, ground), >=, 4.5);
    g_assert_cmpfloat (contrast (style.grid, ground), <, styles[i].high ? 4.0 : 1.6);
    g_assert_cmpfloat (contrast (style.grid, ground), >, 1.1);
    const PlotColor lines[] = {style.record,    style.original,  style.reconstruction,
                               style.residual,  style.training,  style.validation,
                               style.selection, style.arrival_p, style.arrival_s};
    for (size_t k = 0; k < G_N_ELEMENTS (lines); k++)
      g_assert_cmpfloat (contrast (lines[k], ground), >=, 3.0);
    for (size_t k = 0; k < 8; k++)
      g_assert_cmpfloat (contrast (plot_style_category (&style, k), ground), >=, 2.9);
  }
}

static double
distance (PlotColor a, PlotColor b)
{
  return hypot (hypot (a.red - b.red, a.green - b.green), a.blue - b.blue);
}

static void
test_categories (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (styles); i++) {
    PlotStyle style = style_at (i);
    PlotColor earthquake = plot_style_category (&style, 0);
    PlotColor explosion = plot_style_category (&style, 1);
    PlotColor other = plot_style_category (&style, 2);
    g_assert_true (earthquake.blue > earthquake.red);
    g_assert_true (explosion.red > explosion.green && explosion.green > explosion.blue);
    g_assert_true (other.red == other.green && other.green == other.blue);
    for (size_t a = 0; a < 8; a++) {
      for (size_t b = 0; b < a; b++)
        g_assert_cmpfloat (
            distance (plot_style_category (&style, a), plot_style_category (&style, b)),
            >, 0.1);
      g_assert_cmpfloat (
          distance (plot_style_category (&style, a), plot_style_category (&style, a + 8)),
          ==, 0);
    }
  }
}

/* Exported figures are light and opaque; those of the window let it shine through. */
static void
test_grounds (void)
{
  PlotStyle exported = plot_style_export ();
  g_assert_cmpfloat (exported.background.alpha, ==, 1);
  g_assert_cmpfloat (luminance (exported.background, 0), >, 0.99);
  g_assert_cmpfloat (exported.scale, ==, 1);
  for (size_t i = 1; i < G_N_ELEMENTS (styles); i++)
    g_assert_cmpfloat (style_at (i).background.alpha, ==, 0);
  PlotStyle light = plot_style_window (false, false);
  PlotStyle dark = plot_style_window (true, false);
  g_assert_cmpfloat (light.original.alpha, ==, 0.55);
  g_assert_cmpfloat (dark.original.alpha, ==, 0.55);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/style/contrast", test_contrast);
  g_test_add_func ("/plot/style/categories", test_categories);
  g_test_add_func ("/plot/style/grounds", test_grounds);
  return g_test_run ();
}
