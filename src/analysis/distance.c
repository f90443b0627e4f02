#include "analysis/distance.h"
#include "analysis/error.h"
#include "nn/gemm.h"

#include <float.h>
#include <math.h>

/* Partial sums side by side, so that they fill vector registers. */
enum { LANES = 16 };

static inline __attribute__ ((always_inline)) double
squared (const float *a, const float *b, size_t d)
{
  double sums[LANES] = {0};
  size_t j = 0;
  for (; j + LANES <= d; j += LANES) {
    for (size_t l = 0; l < LANES; l++) {
      const double difference = (double)a[j + l] - (double)b[j + l];
      sums[l] += difference * difference;
    }
  }
  for (size_t l = 0; j + l < d; l++) {
    const double difference = (double)a[j + l] - (double)b[j + l];
    sums[l] += difference * difference;
  }
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t l = 0; l < half; l++)
      sums[l] += sums[l + half];
  return sums[0];
}

NN_MULTIVERSION double
analysis_distance_squared (const float *a, const float *b, size_t d)
{
  return squared (a, b, d);
}

NN_MULTIVERSION void
analysis_distances_squared (double *out, const float *a, const float *rows, size_t n,
                            size_t d)
{
  for (size_t i = 0; i < n; i++)
    out[i] = squared (a, rows + i * d, d);
}

bool
analysis_matrix_check_finite (const AnalysisMatrix *x, GError **error)
{
  for (size_t i = 0; i < x->rows * x->columns; i++)
    if (!isfinite (x->data[i])) {
      g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC,
                   "value in row %zu, column %zu is not finite", i / x->columns,
                   i % x->columns);
      return false;
    }
  return true;
}

void
analysis_ready_rows_clear (AnalysisReadyRows *ready)
{
  analysis_matrix_clear (&ready->rows);
  g_clear_pointer (&ready->half_norms, g_free);
}

/* The largest size of x − point. */
static double
largest_offset (const AnalysisMatrix *x, const double *point)
{
  double largest = 0;
  for (size_t i = 0; i < x->rows; i++)
    for (size_t j = 0; j < x->columns; j++)
      largest = fmax (largest, fabs (x->data[i * x->columns + j] - point[j]));
  return largest;
}

static void
make_ready (AnalysisReadyRows *ready, const AnalysisMatrix *x, const double *point,
            double scale)
{
  const size_t n = x->rows, d = x->columns;
  analysis_matrix_init (&ready->rows, n, d);
  ready->half_norms = g_new (float, n);
  ready->scale = scale;
  /* With u the unit roundoff: d u of the product's sum (|a||b| ≤ ha + hb), 4 u of
   * rounding the moved rows, 2 u of the norms, the rest for the caller's sums. */
  ready->bound = ((double)d + 16) * (FLT_EPSILON / 2);
  for (size_t i = 0; i < n; i++) {
    double norm = 0;
    for (size_t j = 0; j < d; j++) {
      const double value = (x->data[i * d + j] - point[j]) * scale;
      ready->rows.data[i * d + j] = (float)value;
      norm += value * value;
    }
    ready->half_norms[i] = (float)(norm / 2);
  }
}

void
analysis_ready_rows_init (AnalysisReadyRows *ready, const AnalysisMatrix *x,
                          AnalysisReadyRows *other, const AnalysisMatrix *y)
{
  g_autofree double *point = g_new0 (double, x->columns);
  for (size_t i = 0; i < x->rows; i++)
    for (size_t j = 0; j < x->columns; j++)
      point[j] += x->data[i * x->columns + j] / (double)x->rows;

  double largest = largest_offset (x, point);
  if (y != NULL)
    largest = fmax (largest, largest_offset (y, point));
  int exponent = 0;
  if (largest > 0)
    frexp (largest, &exponent);
  const double scale = ldexp (1, -exponent);
  make_ready (ready, x, point, scale);
  if (y != NULL)
    make_ready (other, y, point, scale);
}

void
analysis_ready_products (float *out, const AnalysisReadyRows *a, size_t first_a, size_t m,
                         const AnalysisReadyRows *b, size_t first_b, size_t n)
{
  const size_t d = a->rows.columns;
  nn_gemm (out, n, a->rows.data + first_a * d, d, false, b->rows.data + first_b * d, d,
           true, m, n, d, 0);
}
