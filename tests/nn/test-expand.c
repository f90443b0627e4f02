#include "nn/expand.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>

typedef struct {
  const TestLengths *lengths;
  size_t n_channels, n;
  nn_real *x, *y, *weights;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_expand_forward (f->y, f->x, f->lengths->lengths, f->lengths->n_signals,
                     f->n_channels);
  return test_weighted_sum (f->y, f->weights, f->n);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t C)
{
  size_t n = nn_rows_count (lengths->lengths, lengths->n_signals) * C;
  g_autofree nn_real *x = test_random (rng, n), *weights = test_random (rng, n);
  g_autofree nn_real *y = test_filled (7, n), *dx = test_filled (7, n);
  nn_rows_set_gaps (weights, NULL, lengths->lengths, lengths->n_signals, C);
  Fixture f = {lengths, C, n, x, y, weights};
  loss (&f);
  for (size_t b = 0, row = 0; b < lengths->n_signals; row += lengths->lengths[b++] + 1) {
    size_t length = lengths->lengths[b];
    for (size_t t = 0; t <= length; t++) {
      for (size_t c = 0; c < C; c++)
        g_assert_cmpfloat (y[(row + t) * C + c], ==,
                           t > 0 ? x[(row + length) * C + c] : 0);
    }
  }
  g_assert_cmpfloat (y[n - 1], ==, 0);
  nn_expand_backward (dx, weights, lengths->lengths, lengths->n_signals, C);
  test_check_gradient ("x", x, dx, n, loss, &f);
}

static void
test_expand (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    check (&rng, &test_lengths[i], 1);
    check (&rng, &test_lengths[i], 2 + nn_rng_below (&rng, 40));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/expand/twin-and-gradient", test_expand);
  return g_test_run ();
}
