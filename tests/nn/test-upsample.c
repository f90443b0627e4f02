#include "nn/rows.h"
#include "nn/upsample.h"
#include "support/gradient-check.h"
#include <glib.h>

typedef struct {
  const TestLengths *lengths;
  size_t n_channels, n_out;
  nn_real *x, *y, *weights;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_upsample_forward (f->y, f->x, f->lengths->lengths, f->lengths->n_signals,
                       f->n_channels);
  return test_weighted_sum (f->y, f->weights, f->n_out);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t C)
{
  size_t doubles[6], n = lengths->n_signals;
  for (size_t b = 0; b < n; b++)
    doubles[b] = lengths->lengths[b] * 2;
  size_t n_in = nn_rows_count (lengths->lengths, n) * C;
  size_t n_out = nn_rows_count (doubles, n) * C;
  g_autofree nn_real *x = test_random (rng, n_in), *weights = test_random (rng, n_out);
  g_autofree nn_real *y = test_filled (7, n_out), *dx = test_filled (7, n_in);
  nn_rows_set_gaps (x, NULL, lengths->lengths, n, C);
  nn_rows_set_gaps (weights, NULL, doubles, n, C);
  Fixture f = {lengths, C, n_out, x, y, weights};
  loss (&f);
  size_t row = 1, out = 1;
  for (size_t b = 0; b < n; b++) {
    for (size_t t = 0; t < doubles[b]; t++) {
      for (size_t c = 0; c < C; c++)
        g_assert_cmpfloat (y[(out + t) * C + c], ==, x[(row + t / 2) * C + c]);
    }
    g_assert_cmpfloat (y[(out - 1) * C], ==, 0);
    row += lengths->lengths[b] + 1;
    out += doubles[b] + 1;
  }
  g_assert_cmpfloat (y[(out - 1) * C], ==, 0);

  /* x's gap rows are not read: their derivative is 0. */
  nn_upsample_backward (dx, weights, lengths->lengths, n, C);
  test_check_gradient ("x", x, dx, n_in, loss, &f);
}

static void
test_upsample (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    check (&rng, &test_lengths[i], 1);
    check (&rng, &test_lengths[i], 2 + nn_rng_below (&rng, 20));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/upsample/twin-and-gradient", test_upsample);
  return g_test_run ();
}
