#include "nn/batchnorm.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <math.h>

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))
#define EPSILON 1e-5
#define MOMENTUM 0.1

/* Channels are worked on in blocks of so many: their sums live in registers, and a block
 * is what a thread can take. */
enum { BLOCK = 16, LANES = 8, VECTORS = BLOCK / LANES };

typedef double Wide __attribute__ ((vector_size (LANES * sizeof (double))));
typedef nn_real Narrow __attribute__ ((vector_size (LANES * sizeof (nn_real)),
                                       aligned (sizeof (nn_real)), may_alias));

static size_t
count_samples (const size_t *lengths, size_t n_signals)
{
  return nn_rows_count (lengths, n_signals) - n_signals - 1;
}

/* sums, products (BLOCK) += Σ (a − a0) and Σ (a − a0)(b − b0) over n_rows rows of stride
 * numbers, for the BLOCK channels at a and b. */
ALWAYS_INLINE void
add_block (double *sums, double *products, const nn_real *a, const double *a0,
           const nn_real *b, const double *b0, size_t n_rows, size_t stride)
{
  Wide sum[VECTORS], product[VECTORS], a_origin[VECTORS], b_origin[VECTORS];
  for (size_t v = 0; v < VECTORS; v++) {
    for (size_t j = 0; j < LANES; j++) {
      sum[v][j] = sums[v * LANES + j];
      product[v][j] = products[v * LANES + j];
      a_origin[v][j] = a0[v * LANES + j];
      b_origin[v][j] = b0[v * LANES + j];
    }
  }
  for (size_t row = 0; row < n_rows; row++) {
    const Narrow *as = (const Narrow *)(a + row * stride);
    const Narrow *bs = (const Narrow *)(b + row * stride);
    for (size_t v = 0; v < VECTORS; v++) {
      Wide p = __builtin_convertvector(as[v], Wide) - a_origin[v];
      Wide q = __builtin_convertvector(bs[v], Wide) - b_origin[v];
      sum[v] += p;
      product[v] += p * q;
    }
  }
  for (size_t v = 0; v < VECTORS; v++) {
    for (size_t j = 0; j < LANES; j++) {
      sums[v * LANES + j] = sum[v][j];
      products[v * LANES + j] = product[v][j];
    }
  }
}

/* The same for the last, fewer than BLOCK channels. */
ALWAYS_INLINE void
add_rest (double *sums, double *products, const nn_real *a, const double *a0,
          const nn_real *b, const double *b0, size_t n_rows, size_t stride, size_t width)
{
  for (size_t row = 0; row < n_rows; row++) {
    for (size_t j = 0; j < width; j++) {
      double p = (double)a[row * stride + j] - a0[j];
      sums[j] += p;
      products[j] += p * ((double)b[row * stride + j] - b0[j]);
    }
  }
}

/* The sums of a block of width channels over all samples, both overwritten. */
NN_MULTIVERSION static void
sum_block (double *sums, double *products, const nn_real *a, const double *a0,
           const nn_real *b, const double *b0, const size_t *lengths, size_t n_signals,
           size_t stride, size_t width)
{
  for (size_t j = 0; j < width; j++)
    sums[j] = products[j] = 0;
  for (size_t s = 0, row = 1; s < n_signals; row += lengths[s++] + 1) {
    const nn_real *from = a + row * stride, *other = b + row * stride;
    if (width == BLOCK)
      add_block (sums, products, from, a0, other, b0, lengths[s], stride);
    else
      add_rest (sums, products, from, a0, other, b0, lengths[s], stride, width);
  }
}

/* What is subtracted is the mean and not its multiple: a channel that hardly varies keeps
 * its digits. */

/* y = slope · (x − origin) + shift, row by row. */
NN_MULTIVERSION static void
normalize_rows (nn_real *y, const nn_real *x, const nn_real *origin, const nn_real *slope,
                const nn_real *shift, size_t n_rows, size_t n)
{
  for (size_t row = 0; row < n_rows; row++, y += n, x += n) {
    for (size_t j = 0; j < n; j++)
      y[j] = slope[j] * (x[j] - origin[j]) + shift[j];
  }
}

/* dx = factor · dy + slope · (x − origin) + shift, row by row; dx may be dy. */
NN_MULTIVERSION static void
combine_rows (nn_real *dx, const nn_real *dy, const nn_real *x, const nn_real *factor,
              const nn_real *origin, const nn_real *slope, const nn_real *shift,
              size_t n_rows, size_t n)
{
  for (size_t row = 0; row < n_rows; row++, dx += n, dy += n, x += n) {
    for (size_t j = 0; j < n; j++)
      dx[j] = factor[j] * dy[j] + (slope[j] * (x[j] - origin[j]) + shift[j]);
  }
}

/* For one thread, about. */
static double
nanoseconds (const size_t *lengths, size_t n_signals, size_t n_channels)
{
  return (double)(nn_rows_count (lengths, n_signals) * n_channels) / 2;
}

static size_t
block_width (size_t first, size_t n_channels)
{
  return n_channels - first < BLOCK ? n_channels - first : BLOCK;
}

/* One call, seen by all threads, which share out blocks of channels for sums and signals'
 * samples for the rest. */
typedef struct {
  nn_real *y, *dx, *dweight, *dbias;
  double *mean, *variance;
  const nn_real *x, *dy, *weight, *bias;
  const size_t *lengths;
  size_t n_signals, n_channels;
  /* (C) rounded up to blocks: dx = factor · dy + slope · (x − origin) + shift. */
  nn_real *factor, *origin, *slope, *shift;
} Call;

/* In one pass, with the first sample as origin (Chan, Golub and LeVeque 1983, doi
 * 10.2307/2683386), so that an offset of the channel costs no digits:
 *   mean = x₀ + Σ (x − x₀) / N,   variance = Σ (x − x₀)² / N − (mean − x₀)² */
static void
measure_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  double n = (double)count_samples (c->lengths, c->n_signals);
  size_t first, end;
  nn_parallel_share (&first, &end, c->n_channels, BLOCK, thread, n_threads);
  for (; first < end; first += BLOCK) {
    size_t width = block_width (first, end);
    double origin[BLOCK], sums[BLOCK], squares[BLOCK];
    for (size_t j = 0; j < width; j++)
      origin[j] = (double)c->x[c->n_channels + first + j];
    sum_block (sums, squares, c->x + first, origin, c->x + first, origin, c->lengths,
               c->n_signals, c->n_channels, width);
    for (size_t j = 0; j < width; j++) {
      double offset = sums[j] / n, rest = squares[j] / n - offset * offset;
      c->mean[first + j] = origin[j] + offset;
      c->variance[first + j] = rest < 0 ? 0 : rest; /* a NaN stays one */
    }
  }
}

void
nn_batchnorm_measure (double *mean, double *variance, const nn_real *x,
                      const size_t *lengths, size_t n_signals, size_t n_channels)
{
  Call call = {.mean = mean,
               .variance = variance,
               .x = x,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels};
  nn_parallel_run_long (measure_share, &call,
                        nanoseconds (lengths, n_signals, n_channels));
}

/* A thread's rows of a signal that begins at *row, which moves on to the next one's. */
static void
share_rows (size_t *first, size_t *n, size_t *row, size_t length, size_t thread,
            size_t n_threads)
{
  size_t from, to;
  nn_parallel_share (&from, &to, length, 1, thread, n_threads);
  *first = *row + from;
  *n = to - from;
  *row += length + 1;
}

static void
normalize_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t row = 1, first, n;
  for (size_t b = 0; b < c->n_signals; b++) {
    share_rows (&first, &n, &row, c->lengths[b], thread, n_threads);
    normalize_rows (c->y + first * c->n_channels, c->x + first * c->n_channels, c->origin,
                    c->slope, c->shift, n, c->n_channels);
  }
}

void
nn_batchnorm_forward (nn_real *y, const nn_real *x, const double *mean,
                      const double *variance, const nn_real *weight, const nn_real *bias,
                      const size_t *lengths, size_t n_signals, size_t n_channels)
{
  nn_real origin[NN_WIDTH_MOST], slope[NN_WIDTH_MOST], shift[NN_WIDTH_MOST];
  for (size_t c = 0; c < n_channels; c++) {
    origin[c] = (nn_real)mean[c];
    slope[c] = (nn_real)((double)weight[c] / sqrt (variance[c] + EPSILON));
    shift[c] = bias[c];
  }
  Call call = {.y = y,
               .x = x,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels,
               .origin = origin,
               .slope = slope,
               .shift = shift};
  nn_parallel_run_long (normalize_share, &call,
                        nanoseconds (lengths, n_signals, n_channels));
  nn_rows_set_gaps (y, NULL, lengths, n_signals, n_channels);
}

/* With s = 1 / √(variance + ε), x̂ = (x − mean) s and d the derivative of the loss:
 *   dbias = Σ dy,   dweight = Σ dy x̂,
 *   dx = weight s (dy − dbias / N − x̂ dweight / N). */
static void
sum_gradients_share (const Call *c, size_t thread, size_t n_threads)
{
  static const double zero[BLOCK];
  double n = (double)count_samples (c->lengths, c->n_signals);
  size_t first, end;
  nn_parallel_share (&first, &end, c->n_channels, BLOCK, thread, n_threads);
  for (; first < end; first += BLOCK) {
    size_t width = block_width (first, end);
    double sums[BLOCK], products[BLOCK];
    sum_block (sums, products, c->dy + first, zero, c->x + first, c->mean + first,
               c->lengths, c->n_signals, c->n_channels, width);
    for (size_t j = 0; j < width; j++) {
      size_t k = first + j;
      double s = 1 / sqrt (c->variance[k] + EPSILON), scale = (double)c->weight[k] * s;
      double gradient = products[j] * s;
      c->dweight[k] += (nn_real)gradient;
      c->dbias[k] += (nn_real)sums[j];
      c->origin[k] = (nn_real)c->mean[k];
      c->factor[k] = (nn_real)scale;
      c->slope[k] = (nn_real)(-scale * s * gradient / n);
      c->shift[k] = (nn_real)(-scale * sums[j] / n);
    }
  }
}

static void
backward_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t row = 1, first, n;
  sum_gradients_share (c, thread, n_threads);
  nn_parallel_barrier ();
  for (size_t b = 0; b < c->n_signals; b++) {
    share_rows (&first, &n, &row, c->lengths[b], thread, n_threads);
    size_t at = first * c->n_channels;
    combine_rows (c->dx + at, c->dy + at, c->x + at, c->factor, c->origin, c->slope,
                  c->shift, n, c->n_channels);
  }
}

void
nn_batchnorm_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, const nn_real *dy,
                       const nn_real *x, const double *mean, const double *variance,
                       const nn_real *weight, const size_t *lengths, size_t n_signals,
                       size_t n_channels)
{
  nn_real factor[NN_WIDTH_MOST], origin[NN_WIDTH_MOST], slope[NN_WIDTH_MOST];
  nn_real shift[NN_WIDTH_MOST];
  Call call = {.dx = dx,
               .dweight = dweight,
               .dbias = dbias,
               .dy = dy,
               .x = x,
               .mean = (double *)mean,
               .variance = (double *)variance,
               .weight = weight,
               .lengths = lengths,
               .n_signals = n_signals,
               .n_channels = n_channels,
               .factor = factor,
               .origin = origin,
               .slope = slope,
               .shift = shift};
  nn_parallel_run_long (backward_share, &call,
                        nanoseconds (lengths, n_signals, n_channels));
  nn_rows_set_gaps (dx, NULL, lengths, n_signals, n_channels);
}

void
nn_batchnorm_track (nn_real *running_mean, nn_real *running_variance, const double *mean,
                    const double *variance, size_t n_samples, size_t n_channels)
{
  double n = (double)n_samples;
  for (size_t c = 0; c < n_channels; c++) {
    running_mean[c] += (nn_real)(MOMENTUM * (mean[c] - (double)running_mean[c]));
    if (n_samples > 1)
      running_variance[c] +=
          (nn_real)(MOMENTUM * (variance[c] * n / (n - 1) - (double)running_variance[c]));
  }
}
