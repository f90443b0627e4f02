#include "nn/rows.h"
#include "nn/gemm.h"

#include <string.h>

size_t
nn_rows_count (const size_t *lengths, size_t n_signals)
{
  size_t n = n_signals + 1;
  for (size_t b = 0; b < n_signals; b++)
    n += lengths[b];
  return n;
}

static void
clear (nn_real *values, size_t n)
{
  memset (values, 0, n * sizeof *values);
}

static void
copy (nn_real *to, const nn_real *from, size_t n)
{
  memcpy (to, from, n * sizeof *to);
}

void
nn_rows_gather (nn_real *rows, const nn_real *padded, const size_t *lengths,
                size_t n_signals, size_t max_length, size_t n_channels)
{
  nn_rows_set_gaps (rows, NULL, lengths, n_signals, n_channels);
  for (size_t b = 0, row = 1; b < n_signals; row += lengths[b++] + 1)
    copy (rows + row * n_channels, padded + b * max_length * n_channels,
          lengths[b] * n_channels);
}

void
nn_rows_scatter (nn_real *padded, const nn_real *rows, const size_t *lengths,
                 size_t n_signals, size_t max_length, size_t n_channels)
{
  for (size_t b = 0, row = 1; b < n_signals; row += lengths[b++] + 1) {
    nn_real *signal = padded + b * max_length * n_channels;
    copy (signal, rows + row * n_channels, lengths[b] * n_channels);
    clear (signal + lengths[b] * n_channels, (max_length - lengths[b]) * n_channels);
  }
}

void
nn_rows_set_gaps (nn_real *rows, const nn_real *before, const size_t *lengths,
                  size_t n_signals, size_t n_channels)
{
  size_t row = 0;
  for (size_t b = 0; b < n_signals; row += lengths[b++] + 1) {
    if (before)
      copy (rows + row * n_channels, before + b * n_channels, n_channels);
    else
      clear (rows + row * n_channels, n_channels);
  }
  clear (rows + row * n_channels, n_channels);
}

void
nn_rows_get_gaps (nn_real *before, const nn_real *rows, const size_t *lengths,
                  size_t n_signals, size_t n_channels)
{
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1)
    copy (before + b * n_channels, rows + row * n_channels, n_channels);
}

void
nn_rows_get_last (nn_real *last, size_t stride, const nn_real *rows,
                  const size_t *lengths, size_t n_signals, size_t n_channels)
{
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1)
    copy (last + b * stride, rows + (row + lengths[b]) * n_channels, n_channels);
}

void
nn_rows_get_mean (nn_real *mean, size_t stride, const nn_real *rows,
                  const size_t *lengths, size_t n_signals, size_t n_channels)
{
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1) {
    nn_real *to = mean + b * stride;
    memset (to, 0, n_channels * sizeof *to);
    nn_add_column_sums (to, rows + (row + 1) * n_channels, n_channels, lengths[b],
                        n_channels);
    for (size_t c = 0; c < n_channels; c++)
      to[c] /= (nn_real)lengths[b];
  }
}

void
nn_rows_add_last (nn_real *rows, const nn_real *last, const size_t *lengths,
                  size_t n_signals, size_t n_channels)
{
  for (size_t b = 0, row = 0; b < n_signals; row += lengths[b++] + 1) {
    nn_real *to = rows + (row + lengths[b]) * n_channels;
    for (size_t c = 0; c < n_channels; c++)
      to[c] += last[b * n_channels + c];
  }
}
