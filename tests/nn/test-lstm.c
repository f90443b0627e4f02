#include "nn/lstm.h"
#include "nn/parallel.h"
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
  NnLstmPlace *places;
  bool keep_gates;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  nn_rows_set_gaps (f->h, f->h0, f->lengths, f->n_signals, f->H);
  nn_rows_set_gaps (f->c, f->c0, f->lengths, f->n_signals, f->H);
  nn_lstm_forward (f->h, f->c, f->keep_gates ? f->gates : NULL, f->scratch, f->places,
                   f->x, f->params[WEIGHT_IH], f->params[WEIGHT_HH], f->params[BIAS_IH],
                   f->params[BIAS_HH], f->lengths, f->n_signals, f->I, f->H, NULL);
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
                    f->keep_gates ? f->gates : NULL, f->scratch, f->places, f->x, f->h,
                    f->c, f->params[WEIGHT_IH], f->params[WEIGHT_HH], f->params[BIAS_IH],
                    f->params[BIAS_HH], f->lengths, f->n_signals, f->I, f->H, NULL);
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
      {&f.gates, n_rows * nn_lstm_gates_size (H)},
      {&f.scratch, nn_lstm_scratch_size (f.lengths, n, I, H, false)},
      {&f.h_weights, n_rows * H},
      {&f.c_weights, n * H},
      {&f.c_last, n * H},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (arrays); i++) {
    *arrays[i].values = test_random (rng, arrays[i].size);
    g_ptr_array_add (owned, *arrays[i].values);
  }
  f.places = g_new (NnLstmPlace, n * nn_parallel_get_threads ());
  g_ptr_array_add (owned, f.places);
  nn_rows_set_gaps (f.h_weights, NULL, f.lengths, n, H);
  for (size_t keep = 0; keep < 2; keep++) {
    f.keep_gates = keep;
    loss (&f);
    check_twin (&f);
    check_gradients (&f);
  }
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

/* A layer wide and long enough to be shared out and to take several segments. */
typedef struct {
  nn_real *h, *c, *dx, *dweights[N_PARAMS], *dh, *dc;
  bool done;
} Result;

enum { BIG_I = 5, BIG_H = 150 };
static const size_t big_lengths[] = {700, 1, 290};
enum { BIG_B = G_N_ELEMENTS (big_lengths) };
static const size_t big_sizes[N_PARAMS] = {4 * BIG_H * BIG_I, 4 * BIG_H *BIG_H, 4 * BIG_H,
                                           4 * BIG_H};

static bool
count_down (void *data)
{
  return (*(int *)data)-- > 0;
}

/* questions: how often the poll says to go on. */
static Result
run_big (size_t n_threads, bool keep_gates, int questions)
{
  NnRng rng;
  nn_rng_seed (&rng, 3);
  nn_parallel_set_threads (n_threads);
  size_t n_rows = nn_rows_count (big_lengths, BIG_B);
  NnPoll poll = {count_down, &questions};
  Result r = {0};
  nn_real *params[N_PARAMS];
  for (size_t p = 0; p < N_PARAMS; p++) {
    params[p] = test_random (&rng, big_sizes[p]);
    for (size_t i = 0; i < big_sizes[p]; i++)
      params[p][i] /= 10;
    r.dweights[p] = test_filled (0, big_sizes[p]);
  }
  g_autofree nn_real *x = test_random (&rng, n_rows * BIG_I);
  r.h = test_filled (0, n_rows * BIG_H);
  r.c = test_filled (0, n_rows * BIG_H);
  r.dx = test_filled (7, n_rows * BIG_I);
  r.dh = test_random (&rng, n_rows * BIG_H);
  r.dc = test_random (&rng, BIG_B * BIG_H);
  nn_rows_set_gaps (r.dh, NULL, big_lengths, BIG_B, BIG_H);
  g_autofree nn_real *gates = test_filled (0, n_rows * nn_lstm_gates_size (BIG_H));
  g_autofree nn_real *scratch = test_filled (
      0, nn_lstm_scratch_size (big_lengths, BIG_B, BIG_I, BIG_H, keep_gates));
  g_autofree NnLstmPlace *places = g_new (NnLstmPlace, BIG_B * n_threads);
  r.done = nn_lstm_forward (r.h, r.c, keep_gates ? gates : NULL, scratch, places, x,
                            params[WEIGHT_IH], params[WEIGHT_HH], params[BIAS_IH],
                            params[BIAS_HH], big_lengths, BIG_B, BIG_I, BIG_H, &poll) &&
           nn_lstm_backward (r.dx, r.dweights[WEIGHT_IH], r.dweights[WEIGHT_HH],
                             r.dweights[BIAS_IH], r.dweights[BIAS_HH], r.dh, r.dc,
                             keep_gates ? gates : NULL, scratch, places, x, r.h, r.c,
                             params[WEIGHT_IH], params[WEIGHT_HH], params[BIAS_IH],
                             params[BIAS_HH], big_lengths, BIG_B, BIG_I, BIG_H, &poll);
  for (size_t p = 0; p < N_PARAMS; p++)
    g_free (params[p]);
  return r;
}

static void
clear_result (Result *r)
{
  nn_real *arrays[] = {r->h, r->c, r->dx, r->dh, r->dc};
  for (size_t i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_free (arrays[i]);
  for (size_t p = 0; p < N_PARAMS; p++)
    g_free (r->dweights[p]);
}

static void
assert_same (const Result *a, const Result *b, double tolerance)
{
  size_t n_rows = nn_rows_count (big_lengths, BIG_B);
  test_assert_close ("h", a->h, b->h, n_rows * BIG_H, tolerance);
  test_assert_close ("dx", a->dx, b->dx, n_rows * BIG_I, tolerance);
  test_assert_close ("dc", a->dc, b->dc, BIG_B * BIG_H, tolerance);
  for (size_t p = 0; p < N_PARAMS; p++)
    test_assert_close (param_names[p], a->dweights[p], b->dweights[p], big_sizes[p],
                       tolerance);
}

static void
test_threads_and_segments (void)
{
  Result alone = run_big (1, true, 1000);
  g_assert_true (alone.done);
  for (size_t n_threads = 1; n_threads <= 4; n_threads++) {
    for (size_t keep = 0; keep < 2; keep++) {
      Result r = run_big (n_threads, keep, 1000);
      g_assert_true (r.done);
      assert_same (&r, &alone, 10 * TEST_TOLERANCE);
      clear_result (&r);
    }
  }
  clear_result (&alone);
}

/* Told to stop at any segment of either direction, all threads stop. */
static void
test_stop (void)
{
  for (int questions = 0; questions < 6; questions++) {
    for (size_t n_threads = 1; n_threads <= 3; n_threads++) {
      Result r = run_big (n_threads, true, questions);
      g_assert_false (r.done);
      clear_result (&r);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/lstm/twin-and-gradient", test_lstm);
  g_test_add_func ("/nn/lstm/threads-and-segments", test_threads_and_segments);
  g_test_add_func ("/nn/lstm/stop", test_stop);
  return g_test_run ();
}
