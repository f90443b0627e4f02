#include "nn/batch.h"

#include <string.h>

void
nn_batch_resize (NnBatch *batch, size_t n_signals, size_t max_length, size_t n_channels)
{
  size_t n_data;
  if (!g_size_checked_mul (&n_data, n_signals, max_length) ||
      !g_size_checked_mul (&n_data, n_data, n_channels))
    g_error ("a batch of %zu × %zu × %zu numbers is beyond the address space", n_signals,
             max_length, n_channels);

  if (n_signals > batch->n_lengths_allocated) {
    g_free (batch->lengths);
    batch->lengths = g_new (size_t, n_signals);
    batch->n_lengths_allocated = n_signals;
  }
  if (n_data > batch->n_data_allocated) {
    g_free (batch->data);
    batch->data = g_new (nn_real, n_data);
    batch->n_data_allocated = n_data;
  }
  memset (batch->lengths, 0, n_signals * sizeof *batch->lengths);
  memset (batch->data, 0, n_data * sizeof *batch->data);
  batch->n_signals = n_signals;
  batch->max_length = max_length;
  batch->n_channels = n_channels;
}

void
nn_batch_clear (NnBatch *batch)
{
  g_free (batch->lengths);
  g_free (batch->data);
  *batch = (NnBatch){0};
}
