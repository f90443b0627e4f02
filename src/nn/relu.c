#include "nn/relu.h"

#include "nn/gemm.h"
#include "nn/parallel.h"

typedef struct {
  nn_real *to;
  const nn_real *from, *y;
  size_t n;
} Call;

/* Values in a share: whole cache lines. */
enum { GRAIN = 1024 };

NN_MULTIVERSION static void
rectify (nn_real *y, const nn_real *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] < 0 ? 0 : x[i];
}

NN_MULTIVERSION static void
pass (nn_real *dx, const nn_real *dy, const nn_real *y, size_t n)
{
  for (size_t i = 0; i < n; i++)
    dx[i] = y[i] > 0 ? dy[i] : 0;
}

static void
forward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t first, end;
  nn_parallel_share (&first, &end, c->n, GRAIN, thread, n_threads);
  rectify (c->to + first, c->from + first, end - first);
}

void
nn_relu_forward (nn_real *y, const nn_real *x, size_t n)
{
  Call call = {.to = y, .from = x, .n = n};
  nn_parallel_run_long (forward_share, &call, (double)n / 4);
}

static void
backward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t first, end;
  nn_parallel_share (&first, &end, c->n, GRAIN, thread, n_threads);
  pass (c->to + first, c->from + first, c->y + first, end - first);
}

void
nn_relu_backward (nn_real *dx, const nn_real *dy, const nn_real *y, size_t n)
{
  Call call = {.to = dx, .from = dy, .y = y, .n = n};
  nn_parallel_run_long (backward_share, &call, (double)n / 4);
}
