#include "nn/conv1d.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>

enum { K = NN_CONV1D_KERNEL };

typedef struct {
  const size_t *lengths;
  size_t n_signals, n_rows, n_in, n_out;
  nn_real *x, *weight, *bias, *scratch, *y, *weights;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_conv1d_forward (f->y, f->scratch, f->x, f->weight, f->bias, f->lengths, f->n_signals,
                     f->n_in, f->n_out);
  return test_weighted_sum (f->y, f->weights, f->n_rows * f->n_out);
}

/* One output of one signal x (length, I) in plain loops. */
static double
convolve (const Fixture *f, const nn_real *x, size_t length, size_t t, size_t o)
{
  double sum = (double)f->bias[o];
  for (size_t k = 0; k < K; k++) {
    if (t + k < 1 || t + k - 1 >= length)
      continue;
    for (size_t c = 0; c < f->n_in; c++)
      sum += (double)f->weight[(o * f->n_in + c) * K + k] *
             (double)x[(t + k - 1) * f->n_in + c];
  }
  return sum;
}

static void
check_twin (const Fixture *f)
{
  g_autofree nn_real *expected = test_filled (0, f->n_rows * f->n_out);
  for (size_t b = 0, row = 1; b < f->n_signals; row += f->lengths[b++] + 1) {
    for (size_t t = 0; t < f->lengths[b]; t++) {
      for (size_t o = 0; o < f->n_out; o++)
        expected[(row + t) * f->n_out + o] =
            (nn_real)convolve (f, f->x + row * f->n_in, f->lengths[b], t, o);
    }
  }
  test_assert_close ("y", f->y, expected, f->n_rows * f->n_out, TEST_TOLERANCE);
}

static void
check_gradients (Fixture *f)
{
  size_t n_weight = f->n_out * f->n_in * K, n_dx = f->n_rows * f->n_in;
  g_autofree nn_real *dx = test_filled (7, n_dx);          /* overwritten */
  g_autofree nn_real *dweight = test_filled (1, n_weight); /* accumulated */
  g_autofree nn_real *dbias = test_filled (1, f->n_out);
  g_autofree nn_real *again = test_filled (1, n_weight);
  g_autofree nn_real *dbias_again = test_filled (1, f->n_out);
  nn_conv1d_backward (dx, dweight, dbias, f->scratch, f->weights, f->x, f->weight,
                      f->lengths, f->n_signals, f->n_in, f->n_out);
  nn_conv1d_backward (NULL, again, dbias_again, f->scratch, f->weights, f->x, f->weight,
                      f->lengths, f->n_signals, f->n_in, f->n_out);
  test_assert_close ("weight without dx", again, dweight, n_weight, 0);
  test_assert_close ("bias without dx", dbias_again, dbias, f->n_out, 0);

  for (size_t i = 0; i < n_weight; i++)
    dweight[i] -= 1;
  for (size_t i = 0; i < f->n_out; i++)
    dbias[i] -= 1;
  test_check_gradient ("weight", f->weight, dweight, n_weight, loss, f);
  test_check_gradient ("bias", f->bias, dbias, f->n_out, loss, f);
  size_t row = 0;
  for (size_t b = 0; b < f->n_signals; row += f->lengths[b++] + 1) {
    for (size_t c = 0; c < f->n_in; c++)
      g_assert_cmpfloat (dx[row * f->n_in + c], ==, 0);
    size_t first = (row + 1) * f->n_in;
    test_check_gradient ("x", f->x + first, dx + first, f->lengths[b] * f->n_in, loss, f);
  }
  g_assert_cmpfloat (dx[row * f->n_in], ==, 0);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t n_in, size_t n_out)
{
  size_t n_rows = nn_rows_count (lengths->lengths, lengths->n_signals);
  g_autofree nn_real *x = test_random (rng, n_rows * n_in);
  g_autofree nn_real *weight = test_random (rng, n_out * n_in * K);
  g_autofree nn_real *bias = test_random (rng, n_out);
  g_autofree nn_real *scratch = test_filled (-1, nn_conv1d_scratch_size (n_in, n_out));
  g_autofree nn_real *y = test_filled (-1, n_rows * n_out);
  g_autofree nn_real *weights = test_random (rng, n_rows * n_out);
  nn_rows_set_gaps (x, NULL, lengths->lengths, lengths->n_signals, n_in);
  nn_rows_set_gaps (weights, NULL, lengths->lengths, lengths->n_signals, n_out);
  Fixture f = {lengths->lengths,
               lengths->n_signals,
               n_rows,
               n_in,
               n_out,
               x,
               weight,
               bias,
               scratch,
               y,
               weights};
  loss (&f);
  check_twin (&f);
  check_gradients (&f);
}

static void
test_conv1d (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    check (&rng, &test_lengths[i], 1, 1);
    for (size_t trial = 0; trial < 3; trial++)
      check (&rng, &test_lengths[i], 1 + nn_rng_below (&rng, 5),
             1 + nn_rng_below (&rng, 5));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/conv1d/twin-and-gradient", test_conv1d);
  return g_test_run ();
}
