#include "nn/maxpool.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <string.h>

/* One call, seen by all threads, which share out the pairs of each signal. */
typedef struct {
  nn_real *y, *dx;
  const nn_real *x, *dy;
  const size_t *lengths;
  size_t n_signals, n_channels;
} Call;

/* n_pairs rows of y from twice as many of x. A NaN stays one. */
NN_MULTIVERSION static void
pool (nn_real *restrict y, const nn_real *restrict x, size_t n_pairs, size_t n)
{
  for (size_t pair = 0; pair < n_pairs; pair++) {
    const nn_real *a = x + 2 * pair * n, *b = a + n;
    for (size_t j = 0; j < n; j++)
      y[pair * n + j] = a[j] >= b[j] || a[j] != a[j] ? a[j] : b[j];
  }
}

NN_MULTIVERSION static void
unpool (nn_real *restrict dx, const nn_real *restrict dy, const nn_real *restrict x,
        size_t n_pairs, size_t n)
{
  for (size_t pair = 0; pair < n_pairs; pair++) {
    const nn_real *a = x + 2 * pair * n, *b = a + n;
    nn_real *da = dx + 2 * pair * n, *db = da + n;
    for (size_t j = 0; j < n; j++) {
      nn_real d = dy[pair * n + j];
      bool first = a[j] >= b[j] || a[j] != a[j];
      da[j] = first ? d : 0;
      db[j] = first ? 0 : d;
    }
  }
}

static void
forward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t n = c->n_channels;
  for (size_t b = 0, row = 1, to = 1; b < c->n_signals; b++) {
    size_t n_pairs = c->lengths[b] / 2, first, end;
    nn_parallel_share (&first, &end, n_pairs, 1, thread, n_threads);
    pool (c->y + (to + first) * n, c->x + (row + 2 * first) * n, end - first, n);
    if (thread == 0)
      memset (c->y + (to - 1) * n, 0, n * sizeof *c->y);
    row += c->lengths[b] + 1;
    to += n_pairs + 1;
    if (thread == 0 && b + 1 == c->n_signals)
      memset (c->y + (to - 1) * n, 0, n * sizeof *c->y);
  }
}

void
nn_maxpool_forward (nn_real *y, const nn_real *x, const size_t *lengths, size_t n_signals,
                    size_t n_channels)
{
  Call call = {.y = y,
               .x = x,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels};
  nn_parallel_run_long (forward_share, &call,
                        (double)(nn_rows_count (lengths, n_signals) * n_channels) / 4);
}

static void
backward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t n = c->n_channels;
  for (size_t b = 0, row = 1, from = 1; b < c->n_signals; b++) {
    size_t length = c->lengths[b], n_pairs = length / 2, first, end;
    nn_parallel_share (&first, &end, n_pairs, 1, thread, n_threads);
    unpool (c->dx + (row + 2 * first) * n, c->dy + (from + first) * n,
            c->x + (row + 2 * first) * n, end - first, n);
    if (thread == 0) {
      memset (c->dx + (row - 1) * n, 0, n * sizeof *c->dx);
      /* The sample left out, and the gap behind the signal. */
      size_t rest = row + 2 * n_pairs;
      memset (c->dx + rest * n, 0, (row + length + 1 - rest) * n * sizeof *c->dx);
    }
    row += length + 1;
    from += n_pairs + 1;
  }
}

void
nn_maxpool_backward (nn_real *dx, const nn_real *dy, const nn_real *x,
                     const size_t *lengths, size_t n_signals, size_t n_channels)
{
  Call call = {.dx = dx,
               .dy = dy,
               .x = x,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels};
  nn_parallel_run_long (backward_share, &call,
                        (double)(nn_rows_count (lengths, n_signals) * n_channels) / 4);
}
