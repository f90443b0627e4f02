#include "nn/linear.h"
#include "support/gradient-check.h"
#include <glib.h>

typedef struct {
  size_t n_rows, n_in, n_out;
  nn_real *x, *weight, *bias, *y, *weights;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_linear_forward (f->y, f->x, f->weight, f->bias, f->n_rows, f->n_in, f->n_out);
  return test_weighted_sum (f->y, f->weights, f->n_rows * f->n_out);
}

/* y = W x + b in plain loops. */
static void
check_twin (const Fixture *f)
{
  g_autofree nn_real *expected = g_new (nn_real, f->n_rows * f->n_out);
  for (size_t row = 0; row < f->n_rows; row++) {
    for (size_t o = 0; o < f->n_out; o++) {
      double sum = (double)f->bias[o];
      for (size_t i = 0; i < f->n_in; i++)
        sum += (double)f->weight[o * f->n_in + i] * (double)f->x[row * f->n_in + i];
      expected[row * f->n_out + o] = (nn_real)sum;
    }
  }
  test_assert_close ("y", f->y, expected, f->n_rows * f->n_out, TEST_TOLERANCE);
}

static void
check (NnRng *rng, size_t n_rows, size_t n_in, size_t n_out)
{
  g_autofree nn_real *x = test_random (rng, n_rows * n_in);
  g_autofree nn_real *weight = test_random (rng, n_out * n_in);
  g_autofree nn_real *bias = test_random (rng, n_out);
  g_autofree nn_real *weights = test_random (rng, n_rows * n_out);
  g_autofree nn_real *y = test_filled (-1, n_rows * n_out);
  Fixture f = {n_rows, n_in, n_out, x, weight, bias, y, weights};
  loss (&f);
  check_twin (&f);

  g_autofree nn_real *dx = test_filled (7, n_rows * n_in);     /* overwritten */
  g_autofree nn_real *dweight = test_filled (1, n_out * n_in); /* accumulated */
  g_autofree nn_real *dbias = test_filled (1, n_out);
  nn_linear_backward (dx, dweight, dbias, weights, x, weight, n_rows, n_in, n_out);
  for (size_t i = 0; i < n_out * n_in; i++)
    dweight[i] -= 1;
  for (size_t i = 0; i < n_out; i++)
    dbias[i] -= 1;
  test_check_gradient ("x", x, dx, n_rows * n_in, loss, &f);
  test_check_gradient ("weight", weight, dweight, n_out * n_in, loss, &f);
  test_check_gradient ("bias", bias, dbias, n_out, loss, &f);
}

static void
test_linear (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  check (&rng, 1, 1, 1);
  for (size_t trial = 0; trial < 8; trial++)
    check (&rng, 1 + nn_rng_below (&rng, 9), 1 + nn_rng_below (&rng, 9),
           1 + nn_rng_below (&rng, 9));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/linear/twin-and-gradient", test_linear);
  return g_test_run ();
}
