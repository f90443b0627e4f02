#include "nn/dropout.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

enum { N = 20000 };

/* What is kept is scaled, the rest is 0, in the given share; also between neighbours and
 * between keys there is no more in common than by chance. */
static void
test_shares (void)
{
  static const double rates[] = {0.1, 0.5, 0.9};
  g_autofree nn_real *x = test_filled (3, N), *y = test_filled (7, N);
  g_autofree nn_real *other = test_filled (7, N);
  for (size_t r = 0; r < G_N_ELEMENTS (rates); r++) {
    double n_dropped = 0, n_pairs = 0, n_both = 0, rate = rates[r];
    nn_real kept = (nn_real)(3 / (1 - rate));
    nn_dropout_apply (y, x, 0, N, rate, 12345);
    nn_dropout_apply (other, x, 0, N, rate, 12346);
    for (size_t i = 0; i < N; i++) {
      g_assert_true (y[i] == 0 || fabs ((double)(y[i] - kept)) < 1e-5 * kept);
      n_dropped += y[i] == 0;
      n_pairs += i > 0 && y[i] == 0 && y[i - 1] == 0;
      n_both += y[i] == 0 && other[i] == 0;
    }
    /* Within five standard deviations of the binomial. */
    double spread = 5 * sqrt (N * rate * (1 - rate));
    double pairs = 5 * sqrt (2 * N * rate * rate * (1 - rate * rate));
    g_assert_cmpfloat_with_epsilon (n_dropped, N * rate, spread);
    g_assert_cmpfloat_with_epsilon (n_pairs, N * rate * rate, pairs);
    g_assert_cmpfloat_with_epsilon (n_both, N * rate * rate, pairs);
  }
}

static void
test_rate_0 (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *x = test_random (&rng, N), *y = test_filled (7, N);
  nn_dropout_apply (y, x, 0, N, 0, 99);
  g_assert_cmpmem (y, N * sizeof *y, x, N * sizeof *x);
}

/* Any part by itself is what it is in the whole. */
static void
test_parts (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *x = test_random (&rng, N), *whole = test_filled (7, N);
  nn_dropout_apply (whole, x, 0, N, 0.4, 99);
  for (size_t first = 0, n; first < N; first += n) {
    n = 1 + nn_rng_below (&rng, 3000);
    n = MIN (N - first, n);
    nn_dropout_apply (x + first, x + first, first, n, 0.4, 99);
  }
  g_assert_cmpmem (x, N * sizeof *x, whole, N * sizeof *whole);
}

typedef struct {
  nn_real *x, *weights, y[40];
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_dropout_apply (f->y, f->x, 0, 40, 0.3, 5);
  return test_weighted_sum (f->y, f->weights, 40);
}

static void
test_gradient (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *x = test_random (&rng, 40), *weights = test_random (&rng, 40);
  Fixture f = {.x = x, .weights = weights};
  nn_real dx[40];
  nn_dropout_apply (dx, weights, 0, 40, 0.3, 5);
  test_check_gradient ("x", x, dx, 40, loss, &f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/dropout/shares", test_shares);
  g_test_add_func ("/nn/dropout/rate-0", test_rate_0);
  g_test_add_func ("/nn/dropout/parts", test_parts);
  g_test_add_func ("/nn/dropout/gradient", test_gradient);
  return g_test_run ();
}
