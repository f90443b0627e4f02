#include "nn/loss.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

enum { C = 3 };

typedef struct {
  const NnLoss *loss;
  const TestLengths *lengths;
  const size_t *y_lengths; /* each at most that of lengths */
  nn_real *y, *x;
} Fixture;

static const NnLoss losses[] = {
    {NN_LOSS_L1, 0}, {NN_LOSS_L2, 0}, {NN_LOSS_HUBER, 0.7}, {NN_LOSS_HUBER, 1000}};

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  return nn_loss_forward (f->loss, f->y, f->y_lengths, f->x, f->lengths->lengths,
                          f->lengths->n_signals, C);
}

static double
error (const NnLoss *kind, double r)
{
  if (kind->kind == NN_LOSS_L1)
    return fabs (r);
  if (kind->kind == NN_LOSS_L2)
    return r * r;
  return fabs (r) <= kind->delta ? r * r / 2 : kind->delta * (fabs (r) - kind->delta / 2);
}

static double
loss_naively (const Fixture *f)
{
  double sum = 0;
  size_t row = 1, x_row = 1;
  for (size_t b = 0; b < f->lengths->n_signals; b++) {
    double signal = 0;
    for (size_t i = 0; i < f->y_lengths[b] * C; i++)
      signal += error (f->loss, (double)f->y[row * C + i] - (double)f->x[x_row * C + i]);
    sum += signal / (double)f->lengths->lengths[b];
    row += f->y_lengths[b] + 1;
    x_row += f->lengths->lengths[b] + 1;
  }
  return sum / (double)f->lengths->n_signals;
}

/* cut: the samples that each reconstruction is shorter. */
static void
check (NnRng *rng, const NnLoss *kind, const TestLengths *lengths, size_t cut)
{
  size_t y_lengths[6], n = lengths->n_signals;
  for (size_t b = 0; b < n; b++)
    y_lengths[b] = MAX (1, lengths->lengths[b] - MIN (cut, lengths->lengths[b]));
  size_t n_y = nn_rows_count (y_lengths, n) * C;
  g_autofree nn_real *y = test_random (rng, n_y);
  g_autofree nn_real *x = test_random (rng, nn_rows_count (lengths->lengths, n) * C);
  g_autofree nn_real *dy = test_filled (7, n_y);
  Fixture f = {kind, lengths, y_lengths, y, x};
  g_assert_cmpfloat_with_epsilon (loss (&f), loss_naively (&f), 1e-12);
  nn_loss_backward (kind, dy, y, y_lengths, x, lengths->lengths, n, C);
  test_check_gradient ("y", y, dy, n_y, loss, &f); /* gap rows: 0 */
  nn_loss_backward (kind, y, y, y_lengths, x, lengths->lengths, n, C);
  test_assert_close ("in place", y, dy, n_y, 0);
}

static void
test_twin_and_gradient (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    for (size_t j = 0; j < G_N_ELEMENTS (losses); j++) {
      check (&rng, &losses[j], &test_lengths[i], 0);
      check (&rng, &losses[j], &test_lengths[i], 2);
    }
  }
}

/* torch.nn.HuberLoss (reduction='sum', delta=0.5), MSELoss and L1Loss of residuals 0.25,
 * -2 and 0.5. */
static void
test_values (void)
{
  static const double expected[] = {2.75, 4.3125, 1.03125};
  const NnLoss kinds[] = {{NN_LOSS_L1, 0}, {NN_LOSS_L2, 0}, {NN_LOSS_HUBER, 0.5}};
  const nn_real y[] = {0, 0.25, -2, 0.5, 0}, x[] = {0, 0, 0, 0, 0};
  size_t length = 3;
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++) {
    double value = nn_loss_forward (&kinds[i], y, &length, x, &length, 1, 1);
    g_assert_cmpfloat_with_epsilon (value, expected[i] / 3, 1e-15);
  }
}

static void
test_equal_signals (void)
{
  for (size_t j = 0; j < G_N_ELEMENTS (losses); j++) {
    nn_real x[] = {0, 1, -1, 0}, dy[] = {7, 7, 7, 7};
    size_t length = 2;
    g_assert_cmpfloat (nn_loss_forward (&losses[j], x, &length, x, &length, 1, 1), ==, 0);
    nn_loss_backward (&losses[j], dy, x, &length, x, &length, 1, 1);
    for (size_t i = 0; i < 4; i++)
      g_assert_cmpfloat (dy[i], ==, 0);
  }
}

/* A NaN in the data is a NaN in the loss. */
static void
test_not_a_number (void)
{
  nn_real x[] = {0, (nn_real)NAN, 1, 0}, y[] = {0, 0, 0, 0};
  size_t length = 2;
  for (size_t j = 0; j < G_N_ELEMENTS (losses); j++)
    g_assert_true (isnan (nn_loss_forward (&losses[j], y, &length, x, &length, 1, 1)));
}

static void
test_names (void)
{
  static const char *const names[] = {"l1", "l2", "huber"};
  NnLossKind kind = (NnLossKind)99;
  g_assert_false (nn_loss_from_string ("l3", &kind));
  g_assert_cmpint (kind, ==, 99);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (nn_loss_from_string (names[i], &kind));
    g_assert_cmpuint (kind, ==, i);
    g_assert_cmpstr (nn_loss_to_string (kind), ==, names[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/loss/twin-and-gradient", test_twin_and_gradient);
  g_test_add_func ("/nn/loss/values", test_values);
  g_test_add_func ("/nn/loss/equal-signals", test_equal_signals);
  g_test_add_func ("/nn/loss/not-a-number", test_not_a_number);
  g_test_add_func ("/nn/loss/names", test_names);
  return g_test_run ();
}
