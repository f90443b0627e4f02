#include "nn/maxpool.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

/* torch.nn.MaxPool1d(2) on 1, 3, 2, 2, 5: 3, 2; its derivative goes to 3 and the earlier
 * 2. */
static void
test_values (void)
{
  const nn_real x[] = {0, 1, 3, 2, 2, 5, 0};
  nn_real y[] = {7, 7, 7, 7}, dx[] = {7, 7, 7, 7, 7, 7, 7};
  const nn_real dy[] = {0, 10, 20, 0}, expected[] = {0, 3, 2, 0};
  const nn_real derivative[] = {0, 0, 10, 20, 0, 0, 0};
  size_t length = 5;
  nn_maxpool_forward (y, x, &length, 1, 1);
  g_assert_cmpmem (y, sizeof y, expected, sizeof expected);
  nn_maxpool_backward (dx, dy, x, &length, 1, 1);
  g_assert_cmpmem (dx, sizeof dx, derivative, sizeof derivative);
}

static void
test_not_a_number (void)
{
  const nn_real x[] = {0, (nn_real)NAN, 3, 3, (nn_real)NAN, 0};
  nn_real y[4];
  size_t length = 4;
  nn_maxpool_forward (y, x, &length, 1, 1);
  g_assert_true (isnan (y[1]) && isnan (y[2]));
}

typedef struct {
  const TestLengths *lengths;
  size_t n_channels, n_out;
  nn_real *x, *y, *weights;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_maxpool_forward (f->y, f->x, f->lengths->lengths, f->lengths->n_signals,
                      f->n_channels);
  return test_weighted_sum (f->y, f->weights, f->n_out);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t C)
{
  size_t halves[6], n = lengths->n_signals;
  for (size_t b = 0; b < n; b++)
    halves[b] = lengths->lengths[b] / 2;
  size_t n_in = nn_rows_count (lengths->lengths, n) * C;
  size_t n_out = nn_rows_count (halves, n) * C;
  g_autofree nn_real *x = test_random (rng, n_in), *weights = test_random (rng, n_out);
  g_autofree nn_real *y = test_filled (7, n_out), *dx = test_filled (7, n_in);
  nn_rows_set_gaps (x, NULL, lengths->lengths, n, C);
  nn_rows_set_gaps (weights, NULL, halves, n, C);
  Fixture f = {lengths, C, n_out, x, y, weights};
  loss (&f);
  size_t row = 1, out = 1;
  for (size_t b = 0; b < n; b++) {
    for (size_t t = 0; t < halves[b]; t++) {
      for (size_t c = 0; c < C; c++)
        g_assert_cmpfloat (y[(out + t) * C + c], ==,
                           MAX (x[(row + 2 * t) * C + c], x[(row + 2 * t + 1) * C + c]));
    }
    g_assert_cmpfloat (y[(out - 1) * C], ==, 0);
    row += lengths->lengths[b] + 1;
    out += halves[b] + 1;
  }
  g_assert_cmpfloat (y[(out - 1) * C], ==, 0);
  nn_maxpool_backward (dx, weights, x, lengths->lengths, n, C);
  test_check_gradient ("x", x, dx, n_in, loss, &f);
}

static void
test_gradient (void)
{
  const TestLengths lengths[] = {
      {1, {2}}, {1, {3}}, {3, {2, 3, 2}}, {4, {9, 2, 6, 5}}, {2, {31, 64}}};
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++) {
    check (&rng, &lengths[i], 1);
    check (&rng, &lengths[i], 2 + nn_rng_below (&rng, 20));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/maxpool/values", test_values);
  g_test_add_func ("/nn/maxpool/not-a-number", test_not_a_number);
  g_test_add_func ("/nn/maxpool/gradient", test_gradient);
  return g_test_run ();
}
