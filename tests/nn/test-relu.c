#include "nn/relu.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

static void
test_values (void)
{
  nn_real x[] = {-2, -0.5f, 0, 0.5f, 3}, y[5], expected[] = {0, 0, 0, 0.5f, 3};
  nn_relu_forward (y, x, 5);
  g_assert_cmpmem (y, sizeof y, expected, sizeof expected);
  nn_relu_forward (x, x, 5);
  g_assert_cmpmem (x, sizeof x, expected, sizeof expected);

  nn_real dy[] = {1, 2, 3, 4, 5}, dexpected[] = {0, 0, 0, 4, 5};
  nn_relu_backward (dy, dy, y, 5);
  g_assert_cmpmem (dy, sizeof dy, dexpected, sizeof dexpected);
}

static void
test_not_a_number (void)
{
  nn_real x[] = {(nn_real)NAN};
  nn_relu_forward (x, x, 1);
  g_assert_true (isnan (x[0]));
}

enum { N = 37 };

typedef struct {
  nn_real *x, *weights, y[N];
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_relu_forward (f->y, f->x, N);
  return test_weighted_sum (f->y, f->weights, N);
}

static void
test_gradient (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *x = test_random (&rng, N), *weights = test_random (&rng, N);
  Fixture f = {.x = x, .weights = weights};
  nn_real dx[N];
  loss (&f);
  nn_relu_backward (dx, weights, f.y, N);
  test_check_gradient ("x", x, dx, N, loss, &f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/relu/values", test_values);
  g_test_add_func ("/nn/relu/not-a-number", test_not_a_number);
  g_test_add_func ("/nn/relu/gradient", test_gradient);
  return g_test_run ();
}
