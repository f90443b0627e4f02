#include "nn/expand.h"

#include "nn/gemm.h"
#include "nn/rows.h"
#include <string.h>

void
nn_expand_forward (nn_real *y, const nn_real *x, const size_t *lengths, size_t n_signals,
                   size_t n_channels)
{
  nn_rows_set_gaps (y, NULL, lengths, n_signals, n_channels);
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1) {
    const nn_real *last = x + (row + lengths[b]) * n_channels;
    for (size_t t = 1; t <= lengths[b]; t++)
      memcpy (y + (row + t) * n_channels, last, n_channels * sizeof *y);
  }
}

void
nn_expand_backward (nn_real *dx, const nn_real *dy, const size_t *lengths,
                    size_t n_signals, size_t n_channels)
{
  memset (dx, 0, nn_rows_count (lengths, n_signals) * n_channels * sizeof *dx);
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1)
    nn_add_column_sums (dx + (row + lengths[b]) * n_channels, dy + (row + 1) * n_channels,
                        n_channels, lengths[b], n_channels);
}
