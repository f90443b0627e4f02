#include "nn/lstm.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>
#include <string.h>

enum { WEIGHT_IH, WEIGHT_HH, BIAS_IH, BIAS_HH, N_PARAMS };
static const char *const param_names[N_PARAMS] = {"weight_ih", "weight_hh", "bias_ih",
                                                  "bias_hh"};

/* The loss is Σ h · h_weights + Σ final c · c_weights. */
typedef struct {
  const size_t *lengths;
  size_t n_signals, n_rows, I, H;
  size_t sizes[N_PARAMS];
  nn_real *params[N_PARAMS], *x, *h0, *c0;
  nn_real *h, *c, *gates, *scratch, *h_weights, *c_weights, *c_last;
  size_t *active;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_rows_set_gaps (f->h, f->h0, f->lengths, f->n_signals, f->H);
  nn_rows_set_gaps (f->c, f->c0, f->lengths, f->n_signals, f->H);
  nn_lstm_forward (f->h, f->c, f->gates, f->scratch, f->active, f->x,
                   f->params[WEIGHT_IH], f->params[WEIGHT_HH], f->params[BIAS_IH],
                   f->params[BIAS_HH], f->lengths, f->n_signals, f->I, f->H);
  nn_rows_get_last (f->c_last, f->H, f->c, f->lengths, f->n_signals, f->H);
  return test_weighted_sum (f->h, f->h_weights, f->n_rows * f->H) +
         test_weighted_sum (f->c_last, f->c_weights, f->n_signals * f->H);
}

/* The pre-activation of gate row j at one time. */
static double
gate (const Fixture *f, size_t j, const nn_real *x, const double *h)
{
  double sum = (double)f->params[BIAS_IH][j] + (double)f->params[BIAS_HH][j];
  for (size_t i = 0; i < f->I; i++)
    sum += (double)f->params[WEIGHT_IH][j * f->I + i] * (double)x[i];
  for (size_t i = 0; i < f->H; i++)
    sum += (double)f->params[WEIGHT_HH][j * f->H + i] * h[i];
  return sum;
}

static double
logistic (double x)
{
  return 1 / (1 + exp (-x));
}

/* The equations in plain loops, one signal after the other, by the C library. */
static void
check_twin (const Fixture *f)
{
  size_t H = f->H;
  g_autofree nn_real *expected_h = g_memdup2 (f->h, f->n_rows * H * sizeof (nn_real));
  g_autofree nn_real *expected_c = g_memdup2 (f->c, f->n_rows * H * sizeof (nn_real));
  g_autofree double *h = g_new (double, H), *c = g_new (double, H),
                    *before = g_new (double, H);
  for (size_t b = 0, row = 0; b < f->n_signals; b++, row++) {
    for (size_t j = 0; j < H; j++) {
      h[j] = (double)f->h0[b * H + j];
      c[j] = (double)f->c0[b * H + j];
    }
    for (size_t t = 0; t < f->lengths[b]; t++) {
      const nn_real *x = f->x + ++row * f->I;
      memcpy (before, h, H * sizeof *h);
      for (size_t j = 0; j < H; j++) {
        double i = logistic (gate (f, j, x, before));
        double forget = logistic (gate (f, H + j, x, before));
        double g = tanh (gate (f, 2 * H + j, x, before));
        double o = logistic (gate (f, 3 * H + j, x, before));
        c[j] = forget * c[j] + i * g;
        h[j] = o * tanh (c[j]);
        expected_h[row * H + j] = (nn_real)h[j];
        expected_c[row * H + j] = (nn_real)c[j];
      }
    }
  }
  test_assert_close ("h", f->h, expected_h, f->n_rows * H, TEST_TOLERANCE);
  test_assert_close ("c", f->c, expected_c, f->n_rows * H, TEST_TOLERANCE);
}

static void
check_gradients (Fixture *f)
{
  nn_real *d[N_PARAMS];
  size_t n_state = f->n_signals * f->H;
  for (size_t p = 0; p < N_PARAMS; p++)
    d[p] = test_filled (1, f->sizes[p]);                      /* accumulated */
  g_autofree nn_real *dx = test_filled (7, f->n_rows * f->I); /* overwritten */
  g_autofree nn_real *dh0 = test_filled (7, n_state);
  g_autofree nn_real *dh = g_memdup2 (f->h_weights, f->n_rows * f->H * sizeof *dh);
  g_autofree nn_real *dc = g_memdup2 (f->c_weights, n_state * sizeof *dc);
  loss (f);
  nn_lstm_backward (dx, d[WEIGHT_IH], d[WEIGHT_HH], d[BIAS_IH], d[BIAS_HH], dh, dc,
                    f->gates, f->scratch, f->active, f->x, f->h, f->c,
                    f->params[WEIGHT_IH], f->params[WEIGHT_HH], f->lengths, f->n_signals,
                    f->I, f->H);
  nn_rows_get_gaps (dh0, dh, f->lengths, f->n_signals, f->H);
  for (size_t p = 0; p < N_PARAMS; p++) {
    for (size_t i = 0; i < f->sizes[p]; i++)
      d[p][i] -= 1;
    test_check_gradient (param_names[p], f->params[p], d[p], f->sizes[p], loss, f);
    g_free (d[p]);
  }
  /* Also by the gap rows of x, on which nothing depends. */
  test_check_gradient ("x", f->x, dx, f->n_rows * f->I, loss, f);
  test_check_gradient ("h0", f->h0, dh0, n_state, loss, f);
  test_check_gradient ("c0", f->c0, dc, n_state, loss, f);
}

static void
check (NnRng *rng, const TestLengths *lengths, size_t I, size_t H)
{
  size_t n = lengths->n_signals, n_rows = nn_rows_count (lengths->lengths, n);
  Fixture f = {.lengths = lengths->lengths,
               .n_signals = n,
               .n_rows = n_rows,
               .I = I,
               .H = H,
               .sizes = {4 * H * I, 4 * H * H, 4 * H, 4 * H}};
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  const struct {
    nn_real **values;
    size_t size;
  } arrays[] = {
      {&f.params[WEIGHT_IH], f.sizes[WEIGHT_IH]},
      {&f.params[WEIGHT_HH], f.sizes[WEIGHT_HH]},
      {&f.params[BIAS_IH], f.sizes[BIAS_IH]},
      {&f.params[BIAS_HH], f.sizes[BIAS_HH]},
      {&f.x, n_rows * I},
      {&f.h0, n * H},
      {&f.c0, n * H},
      {&f.h, n_rows * H},
      {&f.c, n_rows * H},
      {&f.gates, n_rows * 4 * H},
      {&f.scratch, nn_lstm_scratch_size (H)},
      {&f.h_weights, n_rows * H},
      {&f.c_weights, n * H},
      {&f.c_last, n * H},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (arrays); i++) {
    *arrays[i].values = test_random (rng, arrays[i].size);
    g_ptr_array_add (owned, *arrays[i].values);
  }
  f.active = g_new (size_t, n);
  g_ptr_array_add (owned, f.active);
  nn_rows_set_gaps (f.h_weights, NULL, f.lengths, n, H);
  loss (&f);
  check_twin (&f);
  check_gradients (&f);
}

static void
test_lstm (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    check (&rng, &test_lengths[i], 1, 1);
    for (size_t trial = 0; trial < 2; trial++)
      check (&rng, &test_lengths[i], 1 + nn_rng_below (&rng, 4),
             1 + nn_rng_below (&rng, 5));
  }
  check (&rng, &test_lengths[5], 3, 11); /* gates in more than one panel */
}

/* tanh and the logistic function over their whole range, read off a cell without
 * recurrence: with the input gate and the output gate open, c = tanh (x). */
static void
test_activations (void)
{
  enum { N = 4001 };
  size_t length = N, active;
  g_autofree nn_real *x = test_filled (0, N + 2), *h = test_filled (0, N + 2),
                     *c = test_filled (0, N + 2), *gates = test_filled (0, 4 * (N + 2)),
                     *scratch = test_filled (0, nn_lstm_scratch_size (1));
  nn_real weight_ih[4] = {0, 1, 1, 0}, weight_hh[4] = {0}, zero[4] = {0};
  for (size_t t = 0; t < N; t++) {
    double s = ((double)t - N / 2) / (N / 2);
    x[t + 1] = (nn_real)(100 * s * s * s);
  }
  nn_lstm_forward (h, c, gates, scratch, &active, x, weight_ih, weight_hh, zero, zero,
                   &length, 1, 1, 1);
  for (size_t t = 0; t < N; t++) {
    double value = (double)x[t + 1], sigmoid = (double)gates[(t + 1) * 4 + 1],
           hyperbolic = (double)gates[(t + 1) * 4 + 2];
    double relative = 3 * TEST_TOLERANCE / 20; /* 3e-7: a few units in the last place */
    g_assert_cmpfloat (fabs (hyperbolic - tanh (value)), <=,
                       relative * fabs (tanh (value)));
    g_assert_cmpfloat (fabs (sigmoid - logistic (value)), <=, relative);
    g_assert_true (sigmoid >= 0 && sigmoid <= 1 && fabs (hyperbolic) <= 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/lstm/twin-and-gradient", test_lstm);
  g_test_add_func ("/nn/lstm/activations", test_activations);
  return g_test_run ();
}
