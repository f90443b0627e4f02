#include "nn/loss.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

enum { C = 3 };

typedef struct {
  const TestLengths *lengths;
  nn_real *y, *x;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  return nn_loss_l1 (f->y, f->x, f->lengths->lengths, f->lengths->n_signals, C);
}

static double
loss_naively (const Fixture *f)
{
  double sum = 0;
  size_t row = 1;
  for (size_t b = 0; b < f->lengths->n_signals; b++) {
    double signal = 0;
    for (size_t t = 0; t < f->lengths->lengths[b]; t++, row++) {
      for (size_t c = 0; c < C; c++)
        signal += fabs ((double)f->y[row * C + c] - (double)f->x[row * C + c]);
    }
    sum += signal / (double)f->lengths->lengths[b];
    row++;
  }
  return sum / (double)f->lengths->n_signals;
}

static void
test_twin_and_gradient (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    const TestLengths *lengths = &test_lengths[i];
    size_t n_rows = nn_rows_count (lengths->lengths, lengths->n_signals);
    g_autofree nn_real *y = test_random (&rng, n_rows * C);
    g_autofree nn_real *x = test_random (&rng, n_rows * C);
    g_autofree nn_real *dy = test_filled (7, n_rows * C);
    Fixture f = {lengths, y, x};
    g_assert_cmpfloat_with_epsilon (loss (&f), loss_naively (&f), 1e-12);
    nn_loss_l1_backward (dy, y, x, lengths->lengths, lengths->n_signals, C);
    test_check_gradient ("y", y, dy, n_rows * C, loss, &f); /* gap rows: 0 */
    nn_loss_l1_backward (y, y, x, lengths->lengths, lengths->n_signals, C);
    test_assert_close ("in place", y, dy, n_rows * C, 0);
  }
}

static void
test_equal_signals (void)
{
  nn_real x[] = {0, 1, -1, 0}, dy[] = {7, 7, 7, 7};
  size_t length = 2;
  g_assert_cmpfloat (nn_loss_l1 (x, x, &length, 1, 1), ==, 0);
  nn_loss_l1_backward (dy, x, x, &length, 1, 1);
  for (size_t i = 0; i < 4; i++)
    g_assert_cmpfloat (dy[i], ==, 0);
}

/* A NaN in the data is a NaN in the loss. */
static void
test_not_a_number (void)
{
  nn_real x[] = {0, (nn_real)NAN, 1, 0}, y[] = {0, 0, 0, 0};
  size_t length = 2;
  g_assert_true (isnan (nn_loss_l1 (y, x, &length, 1, 1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/loss/twin-and-gradient", test_twin_and_gradient);
  g_test_add_func ("/nn/loss/equal-signals", test_equal_signals);
  g_test_add_func ("/nn/loss/not-a-number", test_not_a_number);
  return g_test_run ();
}
