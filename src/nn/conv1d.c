#include "nn/conv1d.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <string.h>

enum { K = NN_CONV1D_KERNEL };

size_t
nn_conv1d_scratch_size (size_t n_in, size_t n_out)
{
  return K * n_in * n_out;
}

/* The three rows r − 1, r, r + 1 that make output row r lie side by side in memory: they
 * are one row of K·C numbers. Every third of these windows begins K·C further on, so that
 * the windows of r = 1 + j, 4 + j, 7 + j … are a plain matrix with rows K·C apart,
 * without a copy. Three products, one for each j, make the convolution. */

/* Windows of each phase j that are multiplied in one go: what three products read and
 * write then stays in the cache between them. */
enum { CHUNK = 256 };

/* Windows of phase j among the n_rows − 2 that have three rows. */
static size_t
count_windows (size_t n_rows, size_t j)
{
  return (n_rows - 2 + K - 1 - j) / K;
}

/* One product of windows, seen by all threads. */
typedef struct {
  nn_real *y;
  const nn_real *x, *packed, *bias;
  size_t n_rows, n_in, n_out;
} Windows;

/* Windows first … end − 1 of each phase. */
static void
multiply_chunk (const Windows *w, size_t first, size_t end)
{
  size_t n_rows = w->n_rows - 1 - K * first, n_in = w->n_in, n_out = w->n_out;
  nn_real *y = w->y + (1 + K * first) * n_out;
  if (n_rows > K * (end - first))
    n_rows = K * (end - first);
  for (size_t row = 0; w->bias && row < n_rows; row++)
    memcpy (y + row * n_out, w->bias, n_out * sizeof *y);
  for (size_t j = 0; j < K; j++) {
    size_t m = count_windows (w->n_rows, j);
    m = m < end ? m : end;
    if (m > first)
      nn_gemm (y + j * n_out, K * n_out, w->x + (K * first + j) * n_in, K * n_in, false,
               w->packed, K * n_in, true, m - first, n_out, K * n_in, w->bias ? 1 : 0);
  }
}

static void
multiply_share (void *data, size_t thread, size_t n_threads)
{
  const Windows *w = data;
  size_t first, end;
  nn_parallel_share (&first, &end, count_windows (w->n_rows, 0), 16, thread, n_threads);
  for (; first < end; first += CHUNK)
    multiply_chunk (w, first, end - first < CHUNK ? end : first + CHUNK);
}

/* y (R, O) (rows 1 … R − 2) = windows of x (R, C) · packed (O, K·C)ᵀ + bias, which may be
 * NULL. */
static void
multiply_windows (nn_real *y, const nn_real *x, const nn_real *packed,
                  const nn_real *bias, size_t n_rows, size_t n_in, size_t n_out)
{
  Windows windows = {.y = y,
                     .x = x,
                     .packed = packed,
                     .bias = bias,
                     .n_rows = n_rows,
                     .n_in = n_in,
                     .n_out = n_out};
  nn_parallel_run_long (multiply_share, &windows,
                        (double)(n_rows * K * n_in * n_out) / 80);
}

void
nn_conv1d_forward (nn_real *y, nn_real *scratch, const nn_real *x, const nn_real *weight,
                   const nn_real *bias, const size_t *lengths, size_t n_signals,
                   size_t n_in, size_t n_out)
{
  /* packed (O, K, I) = weight (O, I, K) */
  for (size_t o = 0; o < n_out; o++) {
    for (size_t k = 0; k < K; k++) {
      for (size_t c = 0; c < n_in; c++)
        scratch[(o * K + k) * n_in + c] = weight[(o * n_in + c) * K + k];
    }
  }
  multiply_windows (y, x, scratch, bias, nn_rows_count (lengths, n_signals), n_in, n_out);
  nn_rows_set_gaps (y, NULL, lengths, n_signals, n_out);
}

/* With d the derivative of the loss, and 0 beyond the ends:
 *   dx[t, c] = Σ_o Σ_k weight[o, c, k] · dy[t + 1 − k, o], the forward product with the
 *              kernel turned round and the two channels exchanged;
 *   dweight[o, c, k] = Σ_t dy[t, o] · x[t + k − 1, c];   dbias[o] = Σ_t dy[t, o]. */
void
nn_conv1d_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, nn_real *scratch,
                    const nn_real *dy, const nn_real *x, const nn_real *weight,
                    const size_t *lengths, size_t n_signals, size_t n_in, size_t n_out)
{
  size_t n_rows = nn_rows_count (lengths, n_signals);
  if (dx) {
    /* turned (I, K, O) = weight (O, I, K) with k counted from the end */
    for (size_t c = 0; c < n_in; c++) {
      for (size_t k = 0; k < K; k++) {
        for (size_t o = 0; o < n_out; o++)
          scratch[(c * K + k) * n_out + o] = weight[(o * n_in + c) * K + K - 1 - k];
      }
    }
    multiply_windows (dx, dy, scratch, NULL, n_rows, n_out, n_in);
    nn_rows_set_gaps (dx, NULL, lengths, n_signals, n_in);
  }
  /* sum (O, K, I) */
  for (size_t j = 0; j < K; j++) {
    size_t m = count_windows (n_rows, j);
    if (m > 0)
      nn_gemm (scratch, K * n_in, dy + (1 + j) * n_out, K * n_out, true, x + j * n_in,
               K * n_in, false, n_out, K * n_in, m, j > 0);
  }
  for (size_t o = 0; o < n_out; o++) {
    for (size_t c = 0; c < n_in; c++) {
      for (size_t k = 0; k < K; k++)
        dweight[(o * n_in + c) * K + k] += scratch[(o * K + k) * n_in + c];
    }
  }
  nn_add_column_sums (dbias, dy, n_out, n_rows, n_out);
}
