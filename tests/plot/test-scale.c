#include "plot/scale.h"

#include <float.h>
#include <glib.h>
#include <math.h>

static void
test_px (void)
{
  static const struct {
    bool logarithmic;
    double data_0, data_1, px_0, px_1, value, px;
  } cases[] = {
      {false, 0, 10, 100, 200, 0, 100},   {false, 0, 10, 100, 200, 10, 200},
      {false, 0, 10, 100, 200, 2.5, 125}, {false, -5, 5, 300, 100, 0, 200},
      {false, -5, 5, 300, 100, 10, 0},    {false, 1e9, 1e9 + 4, 0, 4, 1e9 + 1, 1},
      {true, 1, 100, 0, 200, 10, 100},    {true, 0.01, 10, 300, 0, 0.1, 200},
      {true, 1, 100, 0, 200, 1000, 300},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotScale scale = (cases[i].logarithmic ? plot_scale_log : plot_scale_linear) (
        cases[i].data_0, cases[i].data_1, cases[i].px_0, cases[i].px_1);
    double px = plot_scale_px (&scale, cases[i].value);
    g_assert_cmpfloat_with_epsilon (px, cases[i].px, 1e-9);
    g_assert_cmpfloat_with_epsilon (plot_scale_value (&scale, px), cases[i].value,
                                    1e-9 * fabs (cases[i].value) + 1e-12);
  }
}

static void
test_limits (void)
{
  PlotScale scale = plot_scale_linear (0, 1, 0, 100);
  g_assert_cmpfloat (plot_scale_px (&scale, 1e300), <=, 16000);
  g_assert_cmpfloat (plot_scale_px (&scale, -INFINITY), >=, -16000);
  g_assert_true (isnan (plot_scale_px (&scale, NAN)));
  g_assert_cmpfloat_with_epsilon (plot_scale_slope (&scale), 100, 1e-12);
  PlotScale log = plot_scale_log (1, 10, 0, 100);
  g_assert_true (isnan (plot_scale_px (&log, 0)));
  g_assert_true (isnan (plot_scale_px (&log, -1)));
}

/* Whatever comes in, a scale maps numbers to numbers. */
static void
test_senseless (void)
{
  static const double ends[][2] = {{3, 3},   {0, 0},         {NAN, 1},
                                   {1, NAN}, {-INFINITY, 2}, {-4, -2}};
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++) {
    PlotScale linear = plot_scale_linear (ends[i][0], ends[i][1], 0, 10);
    PlotScale log = plot_scale_log (ends[i][0], ends[i][1], 0, 10);
    g_assert_true (isfinite (plot_scale_px (&linear, 1)));
    g_assert_true (isfinite (plot_scale_px (&log, 1)));
  }
}

static void
test_widen (void)
{
  static const struct {
    double min, max, margin, low, high;
  } cases[] = {
      {0, 10, 0.1, -1, 11},
      {-5, -1, 0.25, -6, 0},
      {0, 0, 0.1, -1, 1},    /* constant zero */
      {5, 5, 0.1, 4.5, 5.5}, /* constant */
      {-200, -200, 0.1, -220, -180},
      {INFINITY, -INFINITY, 0.1, 0, 1}, /* no data */
      {NAN, NAN, 0.1, 0, 1},
      {1, 1 + DBL_EPSILON, 0.1, 0.9, 1.1},            /* constant up to rounding */
      {8388600, 8388602, 0.05, 8388599.9, 8388602.1}, /* small motion on an offset */
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    double min = cases[i].min, max = cases[i].max;
    plot_scale_widen (&min, &max, cases[i].margin);
    g_assert_cmpfloat_with_epsilon (min, cases[i].low, 1e-6);
    g_assert_cmpfloat_with_epsilon (max, cases[i].high, 1e-6);
  }
  double min = -DBL_MAX, max = DBL_MAX;
  plot_scale_widen (&min, &max, 0.1);
  g_assert_true (isfinite (max - min) && min < max);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scale/px", test_px);
  g_test_add_func ("/plot/scale/limits", test_limits);
  g_test_add_func ("/plot/scale/senseless", test_senseless);
  g_test_add_func ("/plot/scale/widen", test_widen);
  return g_test_run ();
}
