/* A batch of signals of different lengths, and where batches come from. */
#pragma once

#include "nn/rng.h"
#include "nn/shape.h"
#include <glib.h>

/* Owned by whoever made it; filled by an NnBatchSource. One batch may be refilled many
 * times: data and lengths are then reallocated as needed. */
typedef struct {
  size_t n_signals;  /* B */
  size_t max_length; /* T: the longest of lengths, at least 1 */
  size_t n_channels; /* C */
  size_t *lengths;   /* (B), each 1 … T */
  nn_real *data;     /* (B, T, C); zero from each signal's length on */
  size_t n_lengths_allocated, n_data_allocated;
} NnBatch;

/* Makes room for n_signals × max_length × n_channels and zeroes data and lengths. */
void nn_batch_resize (NnBatch *batch, size_t n_signals, size_t max_length,
                      size_t n_channels);
/* Frees the arrays and zeroes the struct, which itself stays the caller's. */
void nn_batch_clear (NnBatch *batch);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnBatch, nn_batch_clear)

/* Where batches come from. The functions are called from the training thread only. */
typedef struct NnBatchSource NnBatchSource;
struct NnBatchSource {
  /* Batches in one pass over the data. */
  size_t (*n_batches) (NnBatchSource *self);
  /* Begins a pass. With rng the order is shuffled anew by it (and depends on nothing
   * else, so that a resumed run sees the same order); with NULL it is the fixed order. */
  void (*begin) (NnBatchSource *self, NnRng *rng);
  /* Fills batch number index (0 … n_batches − 1) of the current pass. */
  bool (*fill) (NnBatchSource *self, size_t index, NnBatch *batch, GError **error);
};
