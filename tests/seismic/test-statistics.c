#include "seismic/statistics.h"

#include <glib.h>
#include <math.h>

static void
test_sine (void)
{
  const size_t n = 1000;
  double x[1000];
  SeismicStatistics s;

  for (size_t i = 0; i < n; i++)
    x[i] = 1e7 + 3.0 * sin (2 * G_PI * (double)i / 100.0);
  seismic_statistics_compute (&s, x, n, 50.0);
  g_assert_cmpfloat_with_epsilon (s.mean, 1e7, 1e-8);
  g_assert_cmpfloat_with_epsilon (s.min, 1e7 - 3.0, 1e-8);
  g_assert_cmpfloat_with_epsilon (s.max, 1e7 + 3.0, 1e-8);
  g_assert_cmpfloat_with_epsilon (s.peak, 3.0, 1e-8);
  g_assert_cmpuint (s.peak_index, ==, 25);
  g_assert_cmpfloat_with_epsilon (s.rms, 3.0 / G_SQRT2, 1e-8);
  /* The energy grows evenly, in twenty half waves: 90 % of it in 90 % of the time. */
  g_assert_cmpfloat_with_epsilon (s.duration_s, 18.0, 0.1);
}

/* A boxcar of energy in silence: 90 % of its length. */
static void
test_duration (void)
{
  double x[10000] = {0};
  SeismicStatistics s;

  for (size_t i = 0; i < 2000; i++)
    x[3000 + i] = i % 2 == 0 ? 1.0 : -1.0;
  seismic_statistics_compute (&s, x, 10000, 200.0);
  g_assert_cmpfloat_with_epsilon (s.duration_s, 9.0, 0.01);
  g_assert_cmpfloat (s.peak, ==, 1.0);
  g_assert_cmpuint (s.peak_index, ==, 3000);
  g_assert_cmpfloat_with_epsilon (s.rms, sqrt (0.2), 1e-12);
  /* An exponential decay exp (−2t/τ) of energy: τ/2 ln 19. */
  for (size_t i = 0; i < 10000; i++)
    x[i] = (i % 2 == 0 ? 1.0 : -1.0) * exp (-(double)i / 200.0 / 3.0);
  seismic_statistics_compute (&s, x, 10000, 200.0);
  g_assert_cmpfloat_with_epsilon (s.duration_s, 1.5 * log (19.0), 0.02);
}

static void
test_edges (void)
{
  const double constant[] = {-4.5, -4.5, -4.5};
  const double two[] = {1.0, -3.0};
  SeismicStatistics s = {.mean = 7};

  seismic_statistics_compute (&s, constant, 0, 100.0);
  g_assert_cmpfloat (s.mean, ==, 0.0);
  for (size_t n = 1; n <= 3; n++) {
    seismic_statistics_compute (&s, constant, n, 100.0);
    g_assert_cmpfloat (s.mean, ==, -4.5);
    g_assert_cmpfloat (s.max, ==, -4.5);
    g_assert_cmpfloat (s.peak, ==, 0.0);
    g_assert_cmpfloat (s.rms, ==, 0.0);
    g_assert_cmpfloat (s.duration_s, ==, 0.0);
  }
  seismic_statistics_compute (&s, two, 2, 100.0);
  g_assert_cmpfloat (s.mean, ==, -1.0);
  g_assert_cmpfloat (s.peak, ==, 2.0);
  g_assert_cmpuint (s.peak_index, ==, 0);
  g_assert_cmpfloat (s.duration_s, ==, 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/sine", test_sine);
  g_test_add_func ("/statistics/duration", test_duration);
  g_test_add_func ("/statistics/edges", test_edges);
  return g_test_run ();
}
