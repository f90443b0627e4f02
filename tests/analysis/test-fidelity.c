#include "analysis/fidelity.h"

#include <glib.h>
#include <math.h>

enum { N = 1000 };

static void
fill (double *x, double *y, double gain, double noise)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  for (size_t i = 0; i < N; i++) {
    x[i] = 5 + sin (0.1 * (double)i);
    y[i] = 5 + gain * (x[i] - 5) + noise * g_rand_double_range (random, -1, 1);
  }
}

/* Closed forms: of an answer that is half the original, of none, of a perfect one. */
static void
test_forms (void)
{
  double x[N], y[N];
  AnalysisFidelity f;
  fill (x, y, 0.5, 0);
  analysis_fidelity (&f, x, y, N);
  g_assert_cmpfloat_with_epsilon (f.correlation, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (f.ratio_db, 20 * log10 (2), 0.01);
  /* mean |sin| / 2 over its standard deviation: (2 / π) / 2 × √2 */
  g_assert_cmpfloat_with_epsilon (f.normalized_error, sqrt (2) / G_PI, 2e-3);
  fill (x, y, 0, 0);
  analysis_fidelity (&f, x, y, N);
  g_assert_true (isnan (f.correlation));
  g_assert_cmpfloat_with_epsilon (f.ratio_db, 0, 0.02);
  fill (x, y, -1, 0);
  analysis_fidelity (&f, x, y, N);
  g_assert_cmpfloat_with_epsilon (f.correlation, -1, 1e-9);
  analysis_fidelity (&f, x, x, N);
  g_assert_cmpfloat (f.ratio_db, ==, INFINITY);
  g_assert_cmpfloat (f.normalized_error, ==, 0);
}

/* A constant factor changes none of the numbers. */
static void
test_scale (void)
{
  double x[N], y[N];
  AnalysisFidelity one, other;
  fill (x, y, 0.8, 0.3);
  analysis_fidelity (&one, x, y, N);
  for (size_t i = 0; i < N; i++) {
    x[i] *= 1e-7;
    y[i] *= 1e-7;
  }
  analysis_fidelity (&other, x, y, N);
  g_assert_cmpfloat_with_epsilon (one.correlation, other.correlation, 1e-9);
  g_assert_cmpfloat_with_epsilon (one.ratio_db, other.ratio_db, 1e-9);
  g_assert_cmpfloat_with_epsilon (one.normalized_error, other.normalized_error, 1e-9);
  g_assert_cmpfloat (one.correlation, >, 0.9);
  g_assert_cmpfloat (one.correlation, <, 0.999);
}

static void
test_untold (void)
{
  const double flat[] = {3, 3, 3}, y[] = {1, 2, 3};
  AnalysisFidelity f;
  analysis_fidelity (&f, flat, y, 3);
  g_assert_true (isnan (f.normalized_error) && isnan (f.correlation) &&
                 isnan (f.ratio_db));
  analysis_fidelity (&f, y, flat, 3);
  g_assert_true (isnan (f.correlation));
  g_assert_cmpfloat (f.normalized_error, >, 0);
  analysis_fidelity (&f, NULL, NULL, 0);
  g_assert_true (isnan (f.ratio_db));
}

/* The sum of differences is what they are differences of, less its mean. */
static void
test_integrate (void)
{
  double x[N], y[N], differences[N - 1];
  fill (x, y, 1, 0.5);
  for (size_t i = 0; i + 1 < N; i++)
    differences[i] = y[i + 1] - y[i];
  analysis_integrate (differences, N - 1, 1);
  double mean = 0;
  for (size_t i = 1; i < N; i++)
    mean += y[i] / (N - 1);
  for (size_t i = 1; i < N; i++)
    g_assert_cmpfloat_with_epsilon (differences[i - 1], y[i] - mean, 1e-9);
  analysis_integrate (NULL, 0, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/fidelity/forms", test_forms);
  g_test_add_func ("/analysis/fidelity/scale", test_scale);
  g_test_add_func ("/analysis/fidelity/untold", test_untold);
  g_test_add_func ("/analysis/fidelity/integrate", test_integrate);
  return g_test_run ();
}
