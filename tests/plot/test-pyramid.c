#include "plot/pyramid.h"

#include <math.h>

static double *
random_values (size_t n, guint32 seed, double gaps)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double *values = g_new (double, MAX (n, 1));
  for (size_t i = 0; i < n; i++)
    values[i] = g_rand_double (random) < gaps ? (g_rand_boolean (random) ? NAN : INFINITY)
                                              : g_rand_double_range (random, -1, 1) *
                                                    pow (1.002, (double)(i % 997));
  return values;
}

/* The plain twin. */
static void
assert_range (const PlotPyramid *pyramid, const double *values, size_t first, size_t end)
{
  double min = INFINITY, max = -INFINITY, low = 42, high = 43;
  for (size_t i = first; i < end; i++)
    if (isfinite (values[i])) {
      min = MIN (min, values[i]);
      max = MAX (max, values[i]);
    }
  bool any = plot_pyramid_range (pyramid, values, first, end, &low, &high);
  g_assert_cmpint (any, ==, min <= max);
  g_assert_cmpfloat (low, ==, any ? min : 42);
  g_assert_cmpfloat (high, ==, any ? max : 43);
}

static void
test_range (void)
{
  static const size_t lengths[] = {0,   1,    63,   64,   65,   127,   128,
                                   129, 4095, 4096, 4097, 5000, 20011, 65536};
  static const double gaps[] = {0, 0.01, 0.9, 1};
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (size_t l = 0; l < G_N_ELEMENTS (lengths); l++)
    for (size_t g = 0; g < G_N_ELEMENTS (gaps); g++) {
      size_t n = lengths[l];
      g_autofree double *values = random_values (n, (guint32)(l + 1), gaps[g]);
      g_autoptr (PlotPyramid) pyramid = plot_pyramid_new (values, n);
      assert_range (pyramid, values, 0, n);
      for (int k = 0; k < 300; k++) {
        size_t first = (size_t)g_rand_int_range (random, 0, (gint32)n + 1);
        size_t end = (size_t)g_rand_int_range (random, 0, (gint32)n + 1);
        assert_range (pyramid, values, first, end);
      }
      for (size_t end = 0; end <= MIN (n, 700); end += 7) /* all boundaries of buckets */
        for (size_t first = 0; first <= end; first += 13)
          assert_range (pyramid, values, first, end);
    }
}

/* One sample above all others is found in every stretch that holds it, in no other. */
static void
test_spike (void)
{
  size_t n = 70000;
  g_autofree double *values = g_new0 (double, n);
  static const size_t places[] = {0, 63, 64, 255, 256, 16383, 16384, 65535, 69999};
  for (size_t p = 0; p < G_N_ELEMENTS (places); p++) {
    values[places[p]] = 1;
    g_autoptr (PlotPyramid) pyramid = plot_pyramid_new (values, n);
    for (size_t first = 0; first < n; first += 411)
      for (size_t end = first + 1; end <= n; end += 5003) {
        double min = -1, max = -1;
        g_assert_true (plot_pyramid_range (pyramid, values, first, end, &min, &max));
        g_assert_cmpfloat (min, ==, places[p] == first && end == first + 1 ? 1 : 0);
        g_assert_cmpfloat (max, ==, places[p] >= first && places[p] < end ? 1 : 0);
      }
    values[places[p]] = 0;
  }
}

static void
test_references (void)
{
  double values[200] = {[150] = 3};
  PlotPyramid *pyramid = plot_pyramid_new (values, 200);
  PlotPyramid *second = plot_pyramid_ref (pyramid);
  double min = 0, max = 0;
  plot_pyramid_unref (pyramid);
  g_assert_true (plot_pyramid_range (second, values, 0, 200, &min, &max));
  g_assert_cmpfloat (max, ==, 3);
  plot_pyramid_unref (second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/pyramid/range", test_range);
  g_test_add_func ("/plot/pyramid/spike", test_spike);
  g_test_add_func ("/plot/pyramid/references", test_references);
  return g_test_run ();
}
