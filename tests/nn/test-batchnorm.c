#include "nn/batchnorm.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>
#include <string.h>

typedef struct {
  const TestLengths *lengths;
  size_t n_rows, n_channels;
  nn_real *x, *weight, *bias, *y, *weights;
  double *mean, *variance;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  const size_t *lengths = f->lengths->lengths, n = f->lengths->n_signals;
  nn_batchnorm_measure (f->mean, f->variance, f->x, lengths, n, f->n_channels);
  nn_batchnorm_forward (f->y, f->x, f->mean, f->variance, f->weight, f->bias, lengths, n,
                        f->n_channels);
  return test_weighted_sum (f->y, f->weights, f->n_rows * f->n_channels);
}

static bool
is_gap (const TestLengths *lengths, size_t row)
{
  for (size_t b = 0, gap = 0; b < lengths->n_signals; b++) {
    if (row == gap)
      return true;
    gap += lengths->lengths[b] + 1;
    if (row < gap)
      return false;
  }
  return true;
}

/* In two passes, channel by channel. */
static void
check_twin (const Fixture *f)
{
  size_t C = f->n_channels;
  g_autofree nn_real *expected = test_filled (0, f->n_rows * C);
  for (size_t c = 0; c < C; c++) {
    double n = 0, mean = 0, variance = 0;
    for (size_t row = 0; row < f->n_rows; row++) {
      if (!is_gap (f->lengths, row)) {
        mean += (double)f->x[row * C + c];
        n++;
      }
    }
    mean /= n;
    for (size_t row = 0; row < f->n_rows; row++) {
      if (!is_gap (f->lengths, row))
        variance += pow ((double)f->x[row * C + c] - mean, 2) / n;
    }
    g_assert_cmpfloat_with_epsilon (f->mean[c], mean, 1e-12 * (1 + fabs (mean)));
    g_assert_cmpfloat_with_epsilon (f->variance[c], variance, 1e-11 * (1 + variance));
    for (size_t row = 0; row < f->n_rows; row++) {
      if (!is_gap (f->lengths, row))
        expected[row * C + c] =
            (nn_real)((double)f->weight[c] * ((double)f->x[row * C + c] - mean) /
                          sqrt (variance + 1e-5) +
                      (double)f->bias[c]);
    }
  }
  test_assert_close ("y", f->y, expected, f->n_rows * C, TEST_TOLERANCE);
}

static void
check_gradients (Fixture *f)
{
  size_t C = f->n_channels, n = f->n_rows * C;
  const size_t *lengths = f->lengths->lengths, n_signals = f->lengths->n_signals;
  g_autofree nn_real *dx = test_filled (7, n);      /* overwritten */
  g_autofree nn_real *dweight = test_filled (1, C); /* accumulated */
  g_autofree nn_real *dbias = test_filled (1, C);
  g_autofree nn_real *in_place = g_memdup2 (f->weights, n * sizeof *in_place);
  g_autofree nn_real *unused = test_filled (0, 2 * C);
  nn_batchnorm_backward (dx, dweight, dbias, f->weights, f->x, f->mean, f->variance,
                         f->weight, lengths, n_signals, C);
  nn_batchnorm_backward (in_place, unused, unused + C, in_place, f->x, f->mean,
                         f->variance, f->weight, lengths, n_signals, C);
  test_assert_close ("dx in place", in_place, dx, n, 0);
  for (size_t c = 0; c < C; c++) {
    dweight[c] -= 1;
    dbias[c] -= 1;
  }
  /* One sample is its own mean: nothing depends on it but by rounding. */
  test_check_gradient_above ("x", f->x, dx, n, loss, f, 1e-3);
  test_check_gradient_above ("weight", f->weight, dweight, C, loss, f, 1e-3);
  test_check_gradient ("bias", f->bias, dbias, C, loss, f);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t n_channels, double offset)
{
  size_t n_rows = nn_rows_count (lengths->lengths, lengths->n_signals);
  size_t n = n_rows * n_channels;
  g_autofree nn_real *x = test_random (rng, n), *weights = test_random (rng, n);
  g_autofree nn_real *weight = test_random (rng, n_channels);
  g_autofree nn_real *bias = test_random (rng, n_channels);
  g_autofree nn_real *y = test_filled (-1, n);
  g_autofree double *mean = g_new (double, n_channels);
  g_autofree double *variance = g_new (double, n_channels);
  for (size_t i = 0; i < n; i++)
    x[i] += (nn_real)(offset * (double)(i % n_channels));
  nn_rows_set_gaps (x, NULL, lengths->lengths, lengths->n_signals, n_channels);
  nn_rows_set_gaps (weights, NULL, lengths->lengths, lengths->n_signals, n_channels);
  Fixture f = {lengths, n_rows, n_channels, x, weight, bias, y, weights, mean, variance};
  loss (&f);
  check_twin (&f);
  g_autofree nn_real *in_place = g_memdup2 (x, n * sizeof *x);
  nn_batchnorm_forward (in_place, in_place, mean, variance, weight, bias,
                        lengths->lengths, lengths->n_signals, n_channels);
  test_assert_close ("y in place", in_place, y, n, 0);
  check_gradients (&f);
}

static void
test_twin_and_gradient (void)
{
  /* One block of channels, less, several and a rest. */
  static const size_t n_channels[] = {1, 3, 16, 37};
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    for (size_t j = 0; j < G_N_ELEMENTS (n_channels); j++)
      check (&rng, &test_lengths[i], n_channels[j], 1);
  }
}

/* A channel far from 0 keeps the digits of its variance: 1, of x = 1e6 ± 1. */
static void
test_offset (void)
{
  enum { T = 1000 };
  nn_real x[T + 2] = {0};
  size_t length = T;
  double mean, variance;
  for (size_t t = 1; t <= T; t++)
    x[t] = (nn_real)(1e6 + (t % 2 ? 1 : -1));
  nn_batchnorm_measure (&mean, &variance, x, &length, 1, 1);
  g_assert_cmpfloat_with_epsilon (mean, 1e6, 1e-9);
  g_assert_cmpfloat_with_epsilon (variance, 1, 1e-12);
}

/* What a batch gives whatever its order, scale and offset: mean 0 and variance 1. */
static void
test_law (void)
{
  enum { T = 500, C = 20 };
  NnRng rng;
  nn_rng_seed (&rng, 3);
  const size_t lengths[] = {T / 2, T / 2 - 1};
  g_autofree nn_real *x = test_random (&rng, (T + 2) * C);
  g_autofree nn_real *one = test_filled (1, C), *zero = test_filled (0, C);
  double mean[C], variance[C];
  for (size_t i = 0; i < (T + 2) * C; i++)
    x[i] = x[i] * (nn_real)(1 + i % C) - (nn_real)(i % C);
  nn_batchnorm_measure (mean, variance, x, lengths, 2, C);
  nn_batchnorm_forward (x, x, mean, variance, one, zero, lengths, 2, C);
  nn_batchnorm_measure (mean, variance, x, lengths, 2, C);
  for (size_t c = 0; c < C; c++) {
    g_assert_cmpfloat_with_epsilon (mean[c], 0, 1e-6);
    g_assert_cmpfloat_with_epsilon (variance[c], 1, 1e-4);
  }
}

/* torch.nn.BatchNorm1d(1) on 1, 2, 4 in training mode: running_mean 0.2333…, running_var
 * 1.1333…. */
static void
test_track (void)
{
  nn_real x[] = {0, 1, 2, 4, 0}, running_mean = 0, running_variance = 1;
  size_t length = 3;
  double mean, variance;
  nn_batchnorm_measure (&mean, &variance, x, &length, 1, 1);
  nn_batchnorm_track (&running_mean, &running_variance, &mean, &variance, 3, 1);
  g_assert_cmpfloat_with_epsilon (running_mean, 0.7 / 3, 1e-7);
  g_assert_cmpfloat_with_epsilon (running_variance, 0.9 + 0.7 / 3, 1e-7);

  nn_batchnorm_track (&running_mean, &running_variance, &mean, &variance, 1, 1);
  g_assert_cmpfloat_with_epsilon (running_mean, 0.9 * 0.7 / 3 + 0.7 / 3, 1e-7);
  g_assert_cmpfloat_with_epsilon (running_variance, 0.9 + 0.7 / 3, 1e-7);
}

static void
test_not_a_number (void)
{
  nn_real x[] = {0, 1, (nn_real)NAN, 4, 0}, weight = 1, bias = 0;
  size_t length = 3;
  double mean, variance;
  nn_batchnorm_measure (&mean, &variance, x, &length, 1, 1);
  nn_batchnorm_forward (x, x, &mean, &variance, &weight, &bias, &length, 1, 1);
  g_assert_true (isnan (variance) && isnan (x[1]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/batchnorm/twin-and-gradient", test_twin_and_gradient);
  g_test_add_func ("/nn/batchnorm/offset", test_offset);
  g_test_add_func ("/nn/batchnorm/law", test_law);
  g_test_add_func ("/nn/batchnorm/track", test_track);
  g_test_add_func ("/nn/batchnorm/not-a-number", test_not_a_number);
  return g_test_run ();
}
