#include "plot/palette.h"

#include <glib.h>
#include <math.h>

static const PlotPalette palettes[] = {PLOT_PALETTE_VIRIDIS, PLOT_PALETTE_CIVIDIS};

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* CIE L*, 0 … 100. */
static double
lightness (PlotColor c)
{
  double y =
      0.2126 * linear (c.red) + 0.7152 * linear (c.green) + 0.0722 * linear (c.blue);
  return y > 0.008856 ? 116 * cbrt (y) - 16 : 903.3 * y;
}

/* Brightness grows with the number, evenly: that is what the palettes are for. */
static void
test_lightness (void)
{
  for (size_t p = 0; p < G_N_ELEMENTS (palettes); p++) {
    double first = lightness (plot_palette_color (palettes[p], 0));
    double last = lightness (plot_palette_color (palettes[p], 1));
    g_assert_cmpfloat (last - first, >, 70);
    for (int i = 1; i <= 100; i++) {
      double before = lightness (plot_palette_color (palettes[p], (i - 1) / 100.0));
      double here = lightness (plot_palette_color (palettes[p], i / 100.0));
      g_assert_cmpfloat (here, >, before);
      g_assert_cmpfloat (fabs (here - (first + (last - first) * i / 100)), <, 5);
    }
  }
}

/* Matplotlib's own values at a quarter, the middle and three quarters of viridis. */
static void
test_viridis (void)
{
  static const double expected[][4] = {
      {0.25, 0x3b, 0x52, 0x8b}, {0.5, 0x21, 0x91, 0x8c}, {0.75, 0x5e, 0xc9, 0x62}};
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    PlotColor color = plot_palette_color (PLOT_PALETTE_VIRIDIS, expected[i][0]);
    g_assert_cmpfloat_with_epsilon (color.red * 255, expected[i][1], 7);
    g_assert_cmpfloat_with_epsilon (color.green * 255, expected[i][2], 7);
    g_assert_cmpfloat_with_epsilon (color.blue * 255, expected[i][3], 7);
  }
}

static void
test_ends (void)
{
  uint32_t pixels[256];
  plot_palette_pixels (PLOT_PALETTE_VIRIDIS, pixels);
  g_assert_cmphex (pixels[0], ==, 0xff440154);
  g_assert_cmphex (pixels[255], ==, 0xfffde725);
  g_assert_cmpfloat (plot_palette_color (PLOT_PALETTE_VIRIDIS, NAN).alpha, ==, 0);
  PlotColor beyond = plot_palette_color (PLOT_PALETTE_VIRIDIS, INFINITY);
  PlotColor end = plot_palette_color (PLOT_PALETTE_VIRIDIS, 1);
  g_assert_cmpmem (&beyond, sizeof beyond, &end, sizeof end);
}

static double
brightness (PlotColor color)
{
  return 0.2126 * color.red + 0.7152 * color.green + 0.0722 * color.blue;
}

/* Marks stand out from either ground at both ends of the range. */
static void
test_marks (void)
{
  for (int dark = 0; dark < 2; dark++) {
    PlotStyle style = plot_style_window (dark, false);
    for (int p = 0; p <= PLOT_PALETTE_CIVIDIS; p++)
      for (double part = -1; part <= 2; part += 0.125) {
        PlotColor color = plot_palette_mark ((PlotPalette)p, part, &style);
        if (dark)
          g_assert_cmpfloat (brightness (color), >, 0.2);
        else
          g_assert_cmpfloat (brightness (color), <, 0.83);
      }
    g_assert_cmpfloat (plot_palette_mark (PLOT_PALETTE_VIRIDIS, NAN, &style).alpha, >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/palette/lightness", test_lightness);
  g_test_add_func ("/plot/palette/viridis", test_viridis);
  g_test_add_func ("/plot/palette/ends", test_ends);
  g_test_add_func ("/plot/palette/marks", test_marks);
  return g_test_run ();
}
