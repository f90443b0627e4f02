/* The kernels one by one at the original study's size, each against the bound that a
 * large product of BLAS sets on this machine in the same run. Prints a line each:
 * threads, median time, GFLOP/s and their share of the bound. */
#include "nn/conv1d.h"
#include "nn/gemm.h"
#include "nn/linear.h"
#include "nn/lstm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { N_SIGNALS = 4, LENGTH = 2000, N_REPEATS = 7, WIDEST = 1024, BIG = 2048 };

/* Arrays large enough for every kernel. */
typedef struct {
  size_t lengths[N_SIGNALS], n_rows;
  size_t n_in, n_out;
  nn_real *x, *y, *dx, *dy, *c, *gates, *dgates, *weights, *recurrent, *gradient,
      *gradient2, *bias, *dbias, *dbias2, *scratch, *dc;
  NnLstmPlace *places;
} Arrays;

static nn_real *
filled (size_t n)
{
  nn_real *values = g_new (nn_real, n);
  for (size_t i = 0; i < n; i++)
    values[i] = (nn_real)((double)(i * 2654435761u % 1000) / 1e4 - 0.05);
  return values;
}

static void
run_gemm (Arrays *a)
{
  nn_gemm (a->y, BIG, a->x, BIG, false, a->dx, BIG, false, BIG, BIG, BIG, 0);
}

static void
run_conv_forward (Arrays *a)
{
  nn_conv1d_forward (a->y, a->scratch, a->x, a->weights, a->bias, a->lengths, N_SIGNALS,
                     a->n_in, a->n_out);
}

static void
run_conv_backward (Arrays *a)
{
  nn_conv1d_backward (a->dx, a->gradient, a->dbias, a->scratch, a->dy, a->x, a->weights,
                      a->lengths, N_SIGNALS, a->n_in, a->n_out);
}

static void
run_linear_forward (Arrays *a)
{
  nn_linear_forward (a->y, a->x, a->weights, a->bias, a->n_rows, a->n_in, a->n_out);
}

static void
run_linear_backward (Arrays *a)
{
  nn_linear_backward (a->dx, a->gradient, a->dbias, a->dy, a->x, a->weights, a->n_rows,
                      a->n_in, a->n_out);
}

static void
lstm_forward (Arrays *a, nn_real *gates)
{
  nn_rows_set_gaps (a->y, NULL, a->lengths, N_SIGNALS, a->n_out);
  nn_rows_set_gaps (a->c, NULL, a->lengths, N_SIGNALS, a->n_out);
  nn_lstm_forward (a->y, a->c, gates, a->scratch, a->places, a->x, a->weights,
                   a->recurrent, a->bias, a->bias, a->lengths, N_SIGNALS, a->n_in,
                   a->n_out, NULL);
}

static void
lstm_backward (Arrays *a, nn_real *gates)
{
  memcpy (a->dy, a->x, a->n_rows * a->n_out * sizeof *a->dy);
  memset (a->dc, 0, N_SIGNALS * a->n_out * sizeof *a->dc);
  nn_lstm_backward (a->dx, a->gradient, a->gradient2, a->dbias, a->dbias2, a->dy, a->dc,
                    gates, a->scratch, a->places, a->x, a->y, a->c, a->weights,
                    a->recurrent, a->bias, a->bias, a->lengths, N_SIGNALS, a->n_in,
                    a->n_out, NULL);
}

static void
run_lstm_encode (Arrays *a)
{
  lstm_forward (a, NULL);
}

static void
run_lstm_forward (Arrays *a)
{
  lstm_forward (a, a->gates);
}

/* Backward uses up the gates, so forward goes before it. */
static void
run_lstm (Arrays *a)
{
  lstm_forward (a, a->gates);
  lstm_backward (a, a->gates);
}

static void
run_lstm_again (Arrays *a)
{
  lstm_forward (a, NULL);
  lstm_backward (a, NULL);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Median seconds of run. */
static double
measure (void (*run) (Arrays *), Arrays *arrays)
{
  double seconds[N_REPEATS];
  run (arrays);
  for (size_t i = 0; i < N_REPEATS; i++) {
    gint64 start = g_get_monotonic_time ();
    run (arrays);
    seconds[i] = (double)(g_get_monotonic_time () - start) / 1e6;
  }
  qsort (seconds, N_REPEATS, sizeof *seconds, compare_doubles);
  return seconds[N_REPEATS / 2];
}

/* Multiply-adds a sample are factor · n_in · n_out (· 4 (n_in + n_out) n_out of an LSTM).
 */
static const struct {
  const char *name;
  void (*run) (Arrays *);
  size_t n_in, n_out;
  double factor;
  bool lstm;
} kernels[] = {
    {"conv1d forward", run_conv_forward, 3, 64, 3, false},
    {"conv1d forward", run_conv_forward, 64, 128, 3, false},
    {"conv1d forward", run_conv_forward, 128, 256, 3, false},
    {"conv1d backward", run_conv_backward, 64, 128, 6, false},
    {"conv1d backward", run_conv_backward, 128, 256, 6, false},
    {"conv1d backward", run_conv_backward, 64, 3, 6, false},
    {"linear forward", run_linear_forward, 256, 256, 1, false},
    {"linear backward", run_linear_backward, 256, 256, 2, false},
    {"lstm forward, nothing kept", run_lstm_encode, 256, 256, 1, true},
    {"lstm forward", run_lstm_forward, 256, 256, 1, true},
    {"lstm both ways", run_lstm, 256, 256, 3, true},
    {"lstm both ways, gates again", run_lstm_again, 256, 256, 4, true},
};

int
main (void)
{
  Arrays a = {0};
  for (size_t b = 0; b < N_SIGNALS; b++)
    a.lengths[b] = LENGTH;
  a.n_rows = nn_rows_count (a.lengths, N_SIGNALS);
  nn_real **large[] = {&a.x, &a.y, &a.dx, &a.dy, &a.c, &a.gates};
  nn_real **small[] = {&a.weights, &a.recurrent, &a.gradient, &a.gradient2,
                       &a.bias,    &a.dbias,     &a.dbias2,   &a.dc};
  for (size_t i = 0; i < G_N_ELEMENTS (large); i++)
    *large[i] = filled (a.n_rows * WIDEST);
  for (size_t i = 0; i < G_N_ELEMENTS (small); i++)
    *small[i] = filled (WIDEST * WIDEST);
  a.scratch = filled (nn_lstm_scratch_size (a.lengths, N_SIGNALS, 256, 256, false));
  a.places = g_new (NnLstmPlace, N_SIGNALS * 2);

  for (size_t n_threads = 1; n_threads <= 2; n_threads++) {
    nn_parallel_set_threads (n_threads);
    double bound = 2e-9 * BIG * BIG * BIG / measure (run_gemm, &a);
    g_print ("threads %zu: the bound is %.0f GFLOP/s\n", n_threads, bound);
    for (size_t i = 0; i < G_N_ELEMENTS (kernels); i++) {
      a.n_in = kernels[i].n_in;
      a.n_out = kernels[i].n_out;
      double products = kernels[i].lstm ? 4.0 * (double)((a.n_in + a.n_out) * a.n_out)
                                        : (double)(a.n_in * a.n_out);
      double seconds = measure (kernels[i].run, &a);
      double rate = 2e-9 * kernels[i].factor * products * N_SIGNALS * LENGTH / seconds;
      g_print ("threads %zu %-27s %4zu to %-4zu %8.2f ms %6.0f GFLOP/s %4.0f %%\n",
               n_threads, kernels[i].name, a.n_in, a.n_out, seconds * 1e3, rate,
               100 * rate / bound);
    }
  }
  for (size_t i = 0; i < G_N_ELEMENTS (large); i++)
    g_free (*large[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (small); i++)
    g_free (*small[i]);
  g_free (a.scratch);
  g_free (a.places);
  return 0;
}
