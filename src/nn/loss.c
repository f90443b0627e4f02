#include "nn/loss.h"

#include "nn/gemm.h"
#include "nn/rows.h"
#include <math.h>
#include <string.h>

static const char *const names[] = {
    [NN_LOSS_L1] = "l1",
    [NN_LOSS_L2] = "l2",
    [NN_LOSS_HUBER] = "huber",
};

const char *
nn_loss_to_string (NnLossKind kind)
{
  return names[kind];
}

bool
nn_loss_from_string (const char *name, NnLossKind *kind)
{
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp (name, names[i]) == 0) {
      *kind = (NnLossKind)i;
      return true;
    }
  }
  return false;
}

/* Σ ρ over n values. */
NN_MULTIVERSION static double
sum_errors (const NnLoss *loss, const nn_real *y, const nn_real *x, size_t n)
{
  double sum = 0, delta = loss->delta;
  switch (loss->kind) {
  case NN_LOSS_L1:
    for (size_t i = 0; i < n; i++)
      sum += fabs ((double)y[i] - (double)x[i]);
    break;
  case NN_LOSS_L2:
    for (size_t i = 0; i < n; i++) {
      double r = (double)y[i] - (double)x[i];
      sum += r * r;
    }
    break;
  case NN_LOSS_HUBER:
    for (size_t i = 0; i < n; i++) {
      double r = fabs ((double)y[i] - (double)x[i]);
      sum += r <= delta ? 0.5 * r * r : delta * (r - 0.5 * delta);
    }
    break;
  }
  return sum;
}

/* dy (n) = weight · ρ′ */
NN_MULTIVERSION static void
derive (const NnLoss *loss, nn_real *dy, const nn_real *y, const nn_real *x, size_t n,
        nn_real weight)
{
  nn_real delta = (nn_real)loss->delta;
  switch (loss->kind) {
  case NN_LOSS_L1:
    for (size_t i = 0; i < n; i++)
      dy[i] = weight * (nn_real)((y[i] > x[i]) - (y[i] < x[i]));
    break;
  case NN_LOSS_L2:
    for (size_t i = 0; i < n; i++)
      dy[i] = weight * 2 * (y[i] - x[i]);
    break;
  case NN_LOSS_HUBER:
    for (size_t i = 0; i < n; i++) {
      nn_real r = y[i] - x[i];
      dy[i] = weight * (r > delta ? delta : r < -delta ? -delta : r);
    }
    break;
  }
}

double
nn_loss_forward (const NnLoss *loss, const nn_real *y, const size_t *y_lengths,
                 const nn_real *x, const size_t *lengths, size_t n_signals,
                 size_t n_channels)
{
  double total = 0;
  for (size_t b = 0; b < n_signals; b++) {
    total +=
        sum_errors (loss, y + n_channels, x + n_channels, y_lengths[b] * n_channels) /
        (double)lengths[b];
    y += (y_lengths[b] + 1) * n_channels;
    x += (lengths[b] + 1) * n_channels;
  }
  return total / (double)n_signals;
}

void
nn_loss_backward (const NnLoss *loss, nn_real *dy, const nn_real *y,
                  const size_t *y_lengths, const nn_real *x, const size_t *lengths,
                  size_t n_signals, size_t n_channels)
{
  size_t row = 1, x_row = 1;
  for (size_t b = 0; b < n_signals; b++) {
    nn_real weight = (nn_real)(1 / ((double)n_signals * (double)lengths[b]));
    derive (loss, dy + row * n_channels, y + row * n_channels, x + x_row * n_channels,
            y_lengths[b] * n_channels, weight);
    row += y_lengths[b] + 1;
    x_row += lengths[b] + 1;
  }
  nn_rows_set_gaps (dy, NULL, y_lengths, n_signals, n_channels);
}
