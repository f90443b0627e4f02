#include "nn/maxpool.h"

#include "nn/gemm.h"
#include <string.h>

/* A macro, so that the loops around it become vector code. */
#define SECOND_WINS(first, second) ((second) > (first) || (second) != (second))

NN_MULTIVERSION static void
pool (nn_real *restrict y, const nn_real *restrict x, size_t n_pairs, size_t n_channels)
{
  for (size_t t = 0; t < n_pairs; t++) {
    const nn_real *even = x + 2 * t * n_channels, *odd = even + n_channels;
    nn_real *to = y + t * n_channels;
    for (size_t c = 0; c < n_channels; c++)
      to[c] = SECOND_WINS (even[c], odd[c]) ? odd[c] : even[c];
  }
}

NN_MULTIVERSION static void
spread (nn_real *restrict dx, const nn_real *restrict dy, const nn_real *restrict x,
        size_t n_pairs, size_t n_channels)
{
  for (size_t t = 0; t < n_pairs; t++) {
    const nn_real *even = x + 2 * t * n_channels, *odd = even + n_channels;
    const nn_real *from = dy + t * n_channels;
    nn_real *to = dx + 2 * t * n_channels, *to_odd = to + n_channels;
    for (size_t c = 0; c < n_channels; c++) {
      bool second = SECOND_WINS (even[c], odd[c]);
      to[c] = second ? 0 : from[c];
      to_odd[c] = second ? from[c] : 0;
    }
  }
}

void
nn_maxpool_forward (nn_real *y, const nn_real *x, const size_t *lengths, size_t n_signals,
                    size_t n_channels)
{
  for (size_t b = 0; b < n_signals; b++) {
    size_t n_pairs = lengths[b] / 2;
    memset (y, 0, n_channels * sizeof *y);
    pool (y + n_channels, x + n_channels, n_pairs, n_channels);
    y += (n_pairs + 1) * n_channels;
    x += (lengths[b] + 1) * n_channels;
  }
  memset (y, 0, n_channels * sizeof *y);
}

void
nn_maxpool_backward (nn_real *dx, const nn_real *dy, const nn_real *x,
                     const size_t *lengths, size_t n_signals, size_t n_channels)
{
  for (size_t b = 0; b < n_signals; b++) {
    size_t n_pairs = lengths[b] / 2;
    memset (dx, 0, n_channels * sizeof *dx);
    spread (dx + n_channels, dy + n_channels, x + n_channels, n_pairs, n_channels);
    if (lengths[b] % 2 == 1)
      memset (dx + lengths[b] * n_channels, 0, n_channels * sizeof *dx);
    dy += (n_pairs + 1) * n_channels;
    dx += (lengths[b] + 1) * n_channels;
    x += (lengths[b] + 1) * n_channels;
  }
  memset (dx, 0, n_channels * sizeof *dx);
}
