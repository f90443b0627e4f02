#include "support/gradient-check.h"

#include <glib.h>
#include <math.h>

const TestLengths test_lengths[TEST_N_LENGTHS] = {
    {1, {1}},       {1, {9}},          {3, {1, 1, 1}},
    {3, {4, 1, 7}}, {4, {2, 6, 6, 3}}, {6, {5, 1, 2, 5, 3, 5}},
};

nn_real *
test_random (NnRng *rng, size_t n)
{
  nn_real *values = g_new (nn_real, n);
  for (size_t i = 0; i < n; i++)
    values[i] = (nn_real)nn_rng_normal (rng);
  return values;
}

nn_real *
test_filled (nn_real value, size_t n)
{
  nn_real *values = g_new (nn_real, n);
  for (size_t i = 0; i < n; i++)
    values[i] = value;
  return values;
}

double
test_weighted_sum (const nn_real *a, const nn_real *b, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += (double)a[i] * (double)b[i];
  return sum;
}

void
test_assert_close (const char *what, const nn_real *got, const nn_real *expected,
                   size_t n, double tolerance)
{
  double largest = 0;
  for (size_t i = 0; i < n; i++)
    largest = MAX (largest, fabs ((double)expected[i]));
  for (size_t i = 0; i < n; i++) {
    double difference = fabs ((double)got[i] - (double)expected[i]);
    if (!(difference <= tolerance * largest))
      g_error ("%s: value %zu of %zu is %.17g, not %.17g; the largest is %g", what, i, n,
               (double)got[i], (double)expected[i], largest);
  }
}

#ifdef NN_DOUBLE
static double
take_difference (nn_real *value, double step, TestLossFunc loss, void *user_data)
{
  nn_real kept = *value;
  *value = kept + step;
  double above = loss (user_data);
  *value = kept - step;
  double below = loss (user_data);
  *value = kept;
  return (above - below) / (2 * step);
}
#endif

void
test_check_gradient (const char *what, nn_real *values, const nn_real *gradient, size_t n,
                     TestLossFunc loss, void *user_data)
{
  test_check_gradient_above (what, values, gradient, n, loss, user_data, 0);
}

void
test_check_gradient_above (const char *what, nn_real *values, const nn_real *gradient,
                           size_t n, TestLossFunc loss, void *user_data, double least)
{
#ifdef NN_DOUBLE
  static const double steps[] = {1e-4, 1e-5, 1e-6, 1e-7};
  double largest = least;
  for (size_t i = 0; i < n; i++)
    largest = MAX (largest, fabs (gradient[i]));
  for (size_t i = 0; i < n; i++) {
    double difference = NAN;
    bool equal = false;
    for (size_t s = 0; s < G_N_ELEMENTS (steps) && !equal; s++) {
      difference = take_difference (&values[i], steps[s], loss, user_data);
      equal = fabs (difference - gradient[i]) <= 1e-6 * largest;
    }
    if (!equal)
      g_error ("%s: derivative %zu of %zu is %.12g, by differences %.12g", what, i, n,
               gradient[i], difference);
  }
#endif
}
