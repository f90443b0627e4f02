#include "nn/batchnorm.h"

#include "nn/gemm.h"
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
typedef nn_real Row __attribute__ ((vector_size (BLOCK * sizeof (nn_real)),
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
 * its digits. The coefficients hold BLOCK numbers each, of which width are used. */

/* y = slope · (x − mean) + shift for a block of width channels of all samples. */
NN_MULTIVERSION static void
normalize_block (nn_real *y, const nn_real *x, const nn_real *mean, const nn_real *slope,
                 const nn_real *shift, const size_t *lengths, size_t n_signals,
                 size_t stride, size_t width)
{
  const Row m = *(const Row *)mean, g = *(const Row *)slope, h = *(const Row *)shift;
  for (size_t s = 0, row = 1; s < n_signals; row += lengths[s++] + 1) {
    for (size_t at = row * stride; at < (row + lengths[s]) * stride; at += stride) {
      if (width == BLOCK)
        *(Row *)(y + at) = g * (*(const Row *)(x + at) - m) + h;
      else
        for (size_t j = 0; j < width; j++)
          y[at + j] = slope[j] * (x[at + j] - mean[j]) + shift[j];
    }
  }
}

/* dx = factor · dy + slope · (x − mean) + shift; dx may be dy. */
NN_MULTIVERSION static void
combine_block (nn_real *dx, const nn_real *dy, const nn_real *x, const nn_real *factor,
               const nn_real *mean, const nn_real *slope, const nn_real *shift,
               const size_t *lengths, size_t n_signals, size_t stride, size_t width)
{
  const Row f = *(const Row *)factor, m = *(const Row *)mean;
  const Row g = *(const Row *)slope, h = *(const Row *)shift;
  for (size_t s = 0, row = 1; s < n_signals; row += lengths[s++] + 1) {
    for (size_t at = row * stride; at < (row + lengths[s]) * stride; at += stride) {
      if (width == BLOCK)
        *(Row *)(dx + at) =
            f * *(const Row *)(dy + at) + (g * (*(const Row *)(x + at) - m) + h);
      else
        for (size_t j = 0; j < width; j++)
          dx[at + j] =
              factor[j] * dy[at + j] + (slope[j] * (x[at + j] - mean[j]) + shift[j]);
    }
  }
}

static size_t
block_width (size_t first, size_t n_channels)
{
  return n_channels - first < BLOCK ? n_channels - first : BLOCK;
}

/* In one pass, with the first sample as origin (Chan, Golub and LeVeque 1983, doi
 * 10.2307/2683386), so that an offset of the channel costs no digits:
 *   mean = x₀ + Σ (x − x₀) / N,   variance = Σ (x − x₀)² / N − (mean − x₀)² */
void
nn_batchnorm_measure (double *mean, double *variance, const nn_real *x,
                      const size_t *lengths, size_t n_signals, size_t n_channels)
{
  double n = (double)count_samples (lengths, n_signals);
  for (size_t first = 0; first < n_channels; first += BLOCK) {
    size_t width = block_width (first, n_channels);
    double origin[BLOCK], sums[BLOCK], squares[BLOCK];
    for (size_t j = 0; j < width; j++)
      origin[j] = (double)x[n_channels + first + j];
    sum_block (sums, squares, x + first, origin, x + first, origin, lengths, n_signals,
               n_channels, width);
    for (size_t j = 0; j < width; j++) {
      double offset = sums[j] / n, rest = squares[j] / n - offset * offset;
      mean[first + j] = origin[j] + offset;
      variance[first + j] = rest < 0 ? 0 : rest; /* a NaN stays one */
    }
  }
}

void
nn_batchnorm_forward (nn_real *y, const nn_real *x, const double *mean,
                      const double *variance, const nn_real *weight, const nn_real *bias,
                      const size_t *lengths, size_t n_signals, size_t n_channels)
{
  for (size_t first = 0; first < n_channels; first += BLOCK) {
    size_t width = block_width (first, n_channels);
    nn_real origin[BLOCK] = {0}, slope[BLOCK] = {0}, shift[BLOCK] = {0};
    for (size_t j = 0; j < width; j++) {
      size_t c = first + j;
      origin[j] = (nn_real)mean[c];
      slope[j] = (nn_real)((double)weight[c] / sqrt (variance[c] + EPSILON));
      shift[j] = bias[c];
    }
    normalize_block (y + first, x + first, origin, slope, shift, lengths, n_signals,
                     n_channels, width);
  }
  nn_rows_set_gaps (y, NULL, lengths, n_signals, n_channels);
}

/* With s = 1 / √(variance + ε), x̂ = (x − mean) s and d the derivative of the loss:
 *   dbias = Σ dy,   dweight = Σ dy x̂,
 *   dx = weight s (dy − dbias / N − x̂ dweight / N). */
void
nn_batchnorm_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, const nn_real *dy,
                       const nn_real *x, const double *mean, const double *variance,
                       const nn_real *weight, const size_t *lengths, size_t n_signals,
                       size_t n_channels)
{
  static const double zero[BLOCK];
  double n = (double)count_samples (lengths, n_signals);
  for (size_t first = 0; first < n_channels; first += BLOCK) {
    size_t width = block_width (first, n_channels);
    double sums[BLOCK], products[BLOCK];
    nn_real origin[BLOCK] = {0}, factor[BLOCK] = {0}, slope[BLOCK] = {0};
    nn_real shift[BLOCK] = {0};
    sum_block (sums, products, dy + first, zero, x + first, mean + first, lengths,
               n_signals, n_channels, width);
    for (size_t j = 0; j < width; j++) {
      size_t c = first + j;
      double s = 1 / sqrt (variance[c] + EPSILON), scale = (double)weight[c] * s;
      double gradient = products[j] * s;
      origin[j] = (nn_real)mean[c];
      dweight[c] += (nn_real)gradient;
      dbias[c] += (nn_real)sums[j];
      factor[j] = (nn_real)scale;
      slope[j] = (nn_real)(-scale * s * gradient / n);
      shift[j] = (nn_real)(-scale * sums[j] / n);
    }
    combine_block (dx + first, dy + first, x + first, factor, origin, slope, shift,
                   lengths, n_signals, n_channels, width);
  }
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
