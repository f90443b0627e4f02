#include "nn/upsample.h"

#include "nn/gemm.h"
#include <string.h>

void
nn_upsample_forward (nn_real *y, const nn_real *x, const size_t *lengths,
                     size_t n_signals, size_t n_channels)
{
  size_t row_size = n_channels * sizeof *y;
  for (size_t b = 0; b < n_signals; b++) {
    memset (y, 0, row_size);
    y += n_channels;
    x += n_channels;
    for (size_t t = 0; t < lengths[b]; t++) {
      memcpy (y, x, row_size);
      memcpy (y + n_channels, x, row_size);
      y += 2 * n_channels;
      x += n_channels;
    }
  }
  memset (y, 0, row_size);
}

NN_MULTIVERSION static void
add_pairs (nn_real *restrict dx, const nn_real *restrict dy, size_t n_pairs,
           size_t n_channels)
{
  for (size_t t = 0; t < n_pairs; t++) {
    const nn_real *even = dy + 2 * t * n_channels, *odd = even + n_channels;
    for (size_t c = 0; c < n_channels; c++)
      dx[t * n_channels + c] = even[c] + odd[c];
  }
}

void
nn_upsample_backward (nn_real *dx, const nn_real *dy, const size_t *lengths,
                      size_t n_signals, size_t n_channels)
{
  for (size_t b = 0; b < n_signals; b++) {
    memset (dx, 0, n_channels * sizeof *dx);
    add_pairs (dx + n_channels, dy + n_channels, lengths[b], n_channels);
    dx += (lengths[b] + 1) * n_channels;
    dy += (2 * lengths[b] + 1) * n_channels;
  }
  memset (dx, 0, n_channels * sizeof *dx);
}
