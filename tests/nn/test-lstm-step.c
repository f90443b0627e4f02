#include "nn/lstm-step.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>
#include <string.h>

static double
logistic (double x)
{
  return 1 / (1 + exp (-x));
}

/* A layer's arrays for n signals, each with a sample at every second row. */
typedef struct {
  const NnLstmStep *step;
  size_t n, H, n_rows, n_blocks, gates_size;
  nn_real *h, *c, *gates, *bias, *weight, *dh, *dc;
  NnLstmPlace *places;
} Fixture;

static Fixture
make (const NnLstmStep *step, size_t n, size_t H)
{
  NnRng rng;
  nn_rng_seed (&rng, 1 + n + H);
  Fixture f = {.step = step, .n = n, .H = H, .n_rows = 2 * n + 1};
  f.n_blocks = nn_lstm_step_n_blocks (step, H);
  f.gates_size = f.n_blocks * 4 * step->lanes;
  g_assert_cmpuint (f.gates_size, <=, nn_lstm_step_gates_size (H));
  f.h = test_random (&rng, f.n_rows * H);
  f.c = test_random (&rng, f.n_rows * H);
  f.dh = test_random (&rng, f.n_rows * H);
  f.dc = test_random (&rng, n * H);
  f.gates = test_random (&rng, f.n_rows * f.gates_size);
  f.bias = test_random (&rng, f.gates_size);
  f.weight = test_random (&rng, 4 * H * H);
  for (size_t i = 0; i < 4 * H * H; i++)
    f.weight[i] /= (nn_real)sqrt ((double)H);
  f.places = g_new (NnLstmPlace, n);
  for (size_t i = 0; i < n; i++)
    f.places[i] = (NnLstmPlace){.row = 2 * i + 1, .gates = 2 * (n - 1 - i), .signal = i};
  return f;
}

static void
clear (Fixture *f)
{
  nn_real *arrays[] = {f->h, f->c, f->gates, f->bias, f->weight, f->dh, f->dc};
  for (size_t i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_free (arrays[i]);
  g_free (f->places);
}

static nn_real *
gate_of (const Fixture *f, const nn_real *gates, size_t i, size_t unit, size_t gate)
{
  return (nn_real *)gates + f->places[i].gates * f->gates_size +
         nn_lstm_step_gate (f->step, unit, gate);
}

static void
assert_same_gates (const Fixture *a, const Fixture *b)
{
  size_t n = 0;
  g_autofree nn_real *of_a = g_new (nn_real, a->n * a->H * 4);
  g_autofree nn_real *of_b = g_new (nn_real, a->n * a->H * 4);
  for (size_t i = 0; i < a->n; i++) {
    for (size_t unit = 0; unit < a->H; unit++) {
      for (size_t q = 0; q < 4; q++, n++) {
        of_a[n] = *gate_of (a, a->gates, i, unit, q);
        of_b[n] = *gate_of (b, b->gates, i, unit, q);
      }
    }
  }
  test_assert_close ("gates", of_a, of_b, n, TEST_TOLERANCE);
}

/* What the instruction set makes of all rows together, and of each alone. */
static void
run_forward (Fixture *f, bool together)
{
  NnLstmRows rows = {.h = f->h, .c = f->c, .gates = f->gates, .n_hidden = f->H};
  g_autofree nn_real *panels = g_new (nn_real, f->gates_size * f->H);
  nn_lstm_step_pack_forward (f->step, panels, f->weight, f->H, f->H, 0, f->n_blocks);
  for (size_t i = 0; i < (together ? 1 : f->n); i++)
    f->step->forward (&rows, f->places + i, together ? f->n : 1, panels, f->bias, 0,
                      f->n_blocks);
}

static void
check_forward (const NnLstmStep *step, size_t n, size_t H)
{
  Fixture f = make (step, n, H), alone = make (step, n, H), plain = make (step, n, H);
  run_forward (&f, true);
  run_forward (&alone, false);
  g_assert_cmpmem (f.h, f.n_rows * H * sizeof (nn_real), alone.h,
                   f.n_rows * H * sizeof (nn_real));
  for (size_t i = 0; i < n; i++) {
    size_t row = f.places[i].row;
    for (size_t u = 0; u < H; u++) {
      double a[4];
      for (size_t q = 0; q < 4; q++) {
        a[q] = (double)*gate_of (&plain, plain.gates, i, u, q) +
               (double)plain.bias[nn_lstm_step_gate (step, u, q)];
        for (size_t k = 0; k < H; k++)
          a[q] += (double)plain.weight[(q * H + u) * H + k] *
                  (double)plain.h[(row - 1) * H + k];
      }
      double before = (double)plain.c[(row - 1) * H + u];
      double c = logistic (a[1]) * before + logistic (a[0]) * tanh (a[2]);
      plain.c[row * H + u] = (nn_real)c;
      plain.h[row * H + u] = (nn_real)(logistic (a[3]) * tanh (c));
      for (size_t q = 0; q < 4; q++)
        *gate_of (&plain, plain.gates, i, u, q) =
            (nn_real)(q == 2 ? tanh (a[q]) : logistic (a[q]));
    }
  }
  test_assert_close ("h", f.h, plain.h, f.n_rows * H, TEST_TOLERANCE);
  test_assert_close ("c", f.c, plain.c, f.n_rows * H, TEST_TOLERANCE);
  assert_same_gates (&f, &plain);
  clear (&f);
  clear (&alone);
  clear (&plain);
}

static void
check_backward (const NnLstmStep *step, size_t n, size_t H)
{
  Fixture f = make (step, n, H), plain = make (step, n, H);
  NnLstmRows rows = {.h = f.h, .c = f.c, .gates = f.gates, .n_hidden = H};
  g_autofree nn_real *panels = g_new (nn_real, f.gates_size * f.n_blocks * f.step->lanes);
  nn_lstm_step_pack_backward (step, panels, f.weight, H, 0, f.n_blocks);
  step->backward (&rows, f.places, n, f.dc, f.dh, 0, f.n_blocks);
  step->backward_product (&rows, f.places, n, f.dh, panels, 0, f.n_blocks);
  for (size_t i = 0; i < n; i++) {
    size_t row = f.places[i].row;
    for (size_t u = 0; u < H; u++) {
      double gates[4], dh = (double)plain.dh[row * H + u];
      for (size_t q = 0; q < 4; q++)
        gates[q] = (double)*gate_of (&plain, plain.gates, i, u, q);
      double t = tanh ((double)plain.c[row * H + u]);
      double d = (double)plain.dc[i * H + u] + dh * gates[3] * (1 - t * t);
      double da[] = {d * gates[2] * gates[0] * (1 - gates[0]),
                     d * (double)plain.c[(row - 1) * H + u] * gates[1] * (1 - gates[1]),
                     d * gates[0] * (1 - gates[2] * gates[2]),
                     dh * t * gates[3] * (1 - gates[3])};
      for (size_t q = 0; q < 4; q++) {
        *gate_of (&plain, plain.gates, i, u, q) = (nn_real)da[q];
      }
      plain.dc[i * H + u] = (nn_real)(d * gates[1]);
    }
    for (size_t u = 0; u < H; u++) {
      double sum = (double)plain.dh[(row - 1) * H + u];
      for (size_t unit = 0; unit < H; unit++) {
        for (size_t q = 0; q < 4; q++)
          sum += (double)*gate_of (&plain, plain.gates, i, unit, q) *
                 (double)plain.weight[(q * H + unit) * H + u];
      }
      plain.dh[(row - 1) * H + u] = (nn_real)sum;
    }
  }
  assert_same_gates (&f, &plain);
  test_assert_close ("dc", f.dc, plain.dc, n * H, TEST_TOLERANCE);
  test_assert_close ("dh", f.dh, plain.dh, f.n_rows * H, TEST_TOLERANCE);
  clear (&f);
  clear (&plain);
}

static void
check_project (const NnLstmStep *step, size_t n, size_t H)
{
  Fixture f = make (step, n, H), plain = make (step, n, H);
  g_autofree nn_real *panels = g_new (nn_real, f.gates_size * H);
  nn_lstm_step_pack_forward (step, panels, f.weight, H, H, 0, f.n_blocks);
  step->project (f.gates, f.h, n, H, H, panels, 0, f.n_blocks);
  for (size_t i = 0; i < n; i++) {
    f.places[i].gates = plain.places[i].gates = i;
    for (size_t u = 0; u < H; u++) {
      for (size_t q = 0; q < 4; q++) {
        double sum = 0;
        for (size_t k = 0; k < H; k++)
          sum += (double)f.weight[(q * H + u) * H + k] * (double)f.h[i * H + k];
        *gate_of (&plain, plain.gates, i, u, q) = (nn_real)sum;
      }
    }
  }
  assert_same_gates (&f, &plain);
  clear (&f);
  clear (&plain);
}

/* Every instruction set of this machine against the equations, for every size of a group
 * of rows and for units that do not fill a block. */
static void
test_twin (void)
{
  const NnLstmStep *steps[NN_LSTM_STEP_MOST];
  const size_t n_hidden[] = {1, 5, 32, 45};
  size_t n_steps = nn_lstm_step_all (steps);
  for (size_t s = 0; s < n_steps; s++) {
    g_test_message ("%s", steps[s]->name);
    for (size_t i = 0; i < G_N_ELEMENTS (n_hidden); i++) {
      for (size_t n = 1; n <= 9; n++) {
        check_forward (steps[s], n, n_hidden[i]);
        check_backward (steps[s], n, n_hidden[i]);
        if (steps[s]->project)
          check_project (steps[s], n, n_hidden[i]);
      }
    }
  }
}

/* The bounds that nn/activation.h states, over the whole range. */
static void
test_activations (void)
{
  enum { N = 4001 };
  const NnLstmStep *steps[NN_LSTM_STEP_MOST];
  size_t n_steps = nn_lstm_step_all (steps);
  double bound = 3 * TEST_TOLERANCE / 20; /* 3e-7 in single precision */
  for (size_t s = 0; s < n_steps; s++) {
    size_t size = nn_lstm_step_n_blocks (steps[s], 1) * 4 * steps[s]->lanes;
    g_autofree nn_real *gates = test_filled (0, N * size), *bias = test_filled (0, size);
    for (size_t i = 0; i < N; i++) {
      double x = ((double)i - N / 2) / (N / 2);
      for (size_t q = 0; q < 4; q++)
        gates[i * size + nn_lstm_step_gate (steps[s], 0, q)] = (nn_real)(100 * x * x * x);
    }
    g_autofree nn_real *before = g_memdup2 (gates, N * size * sizeof *gates);
    steps[s]->activate (gates, N, 1, bias, 0, 1);
    for (size_t i = 0; i < N; i++) {
      for (size_t q = 0; q < 4; q++) {
        size_t at = i * size + nn_lstm_step_gate (steps[s], 0, q);
        double x = (double)before[at], y = (double)gates[at];
        if (q == 2)
          g_assert_cmpfloat (fabs (y - tanh (x)), <=, bound * fabs (tanh (x)));
        else
          g_assert_cmpfloat (fabs (y - logistic (x)), <=, bound);
        g_assert_true (y >= (q == 2 ? -1 : 0) && y <= 1);
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/lstm-step/twin", test_twin);
  g_test_add_func ("/nn/lstm-step/activations", test_activations);
  return g_test_run ();
}
