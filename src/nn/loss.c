#include "nn/loss.h"

#include "nn/rows.h"
#include <math.h>

double
nn_loss_l1 (const nn_real *y, const nn_real *x, const size_t *lengths, size_t n_signals,
            size_t n_channels)
{
  double loss = 0;
  for (size_t b = 0, row = 1; b < n_signals; row += lengths[b++] + 1) {
    size_t first = row * n_channels, n = lengths[b] * n_channels;
    double sum = 0;
    for (size_t i = first; i < first + n; i++)
      sum += fabs ((double)y[i] - (double)x[i]);
    loss += sum / (double)lengths[b];
  }
  return loss / (double)n_signals;
}

void
nn_loss_l1_backward (nn_real *dy, const nn_real *y, const nn_real *x,
                     const size_t *lengths, size_t n_signals, size_t n_channels)
{
  for (size_t b = 0, row = 1; b < n_signals; row += lengths[b++] + 1) {
    size_t first = row * n_channels, n = lengths[b] * n_channels;
    nn_real weight = (nn_real)(1 / ((double)n_signals * (double)lengths[b]));
    for (size_t i = first; i < first + n; i++)
      dy[i] = weight * (nn_real)((y[i] > x[i]) - (y[i] < x[i]));
  }
  nn_rows_set_gaps (dy, NULL, lengths, n_signals, n_channels);
}
