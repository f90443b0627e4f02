#include "nn/upsample.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <string.h>

/* One call, seen by all threads, which share out the samples of each signal. */
typedef struct {
  nn_real *to;
  const nn_real *from;
  const size_t *lengths;
  size_t n_signals, n_channels;
} Call;

static void
forward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t n = c->n_channels, row = 1, to = 1;
  for (size_t b = 0; b < c->n_signals; b++) {
    size_t first, end;
    nn_parallel_share (&first, &end, c->lengths[b], 1, thread, n_threads);
    for (size_t t = first; t < end; t++) {
      const nn_real *x = c->from + (row + t) * n;
      nn_real *y = c->to + (to + 2 * t) * n;
      memcpy (y, x, n * sizeof *y);
      memcpy (y + n, x, n * sizeof *y);
    }
    if (thread == 0)
      memset (c->to + (to - 1) * n, 0, n * sizeof *c->to);
    row += c->lengths[b] + 1;
    to += 2 * c->lengths[b] + 1;
  }
  if (thread == 0)
    memset (c->to + (to - 1) * n, 0, n * sizeof *c->to);
}

void
nn_upsample_forward (nn_real *y, const nn_real *x, const size_t *lengths,
                     size_t n_signals, size_t n_channels)
{
  Call call = {.to = y,
               .from = x,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels};
  nn_parallel_run_long (forward_share, &call,
                        (double)(nn_rows_count (lengths, n_signals) * n_channels) / 4);
}

NN_MULTIVERSION static void
add_pairs (nn_real *restrict dx, const nn_real *restrict dy, size_t n_rows, size_t n)
{
  for (size_t row = 0; row < n_rows; row++) {
    for (size_t j = 0; j < n; j++)
      dx[row * n + j] = dy[2 * row * n + j] + dy[(2 * row + 1) * n + j];
  }
}

static void
backward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t n = c->n_channels, row = 1, from = 1;
  for (size_t b = 0; b < c->n_signals; b++) {
    size_t first, end;
    nn_parallel_share (&first, &end, c->lengths[b], 1, thread, n_threads);
    add_pairs (c->to + (row + first) * n, c->from + (from + 2 * first) * n, end - first,
               n);
    if (thread == 0)
      memset (c->to + (row - 1) * n, 0, n * sizeof *c->to);
    row += c->lengths[b] + 1;
    from += 2 * c->lengths[b] + 1;
  }
  if (thread == 0)
    memset (c->to + (row - 1) * n, 0, n * sizeof *c->to);
}

void
nn_upsample_backward (nn_real *dx, const nn_real *dy, const size_t *lengths,
                      size_t n_signals, size_t n_channels)
{
  Call call = {.to = dx,
               .from = dy,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels};
  nn_parallel_run_long (backward_share, &call,
                        (double)(nn_rows_count (lengths, n_signals) * n_channels) / 4);
}
