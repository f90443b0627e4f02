#include "analysis/scaler.h"

#include <math.h>

/* Deviations from the mean that a row counts as at most, so that sums of squares of what
 * hardly varied in the training stay within float. */
#define LARGEST 1e6

void
analysis_scaler_clear (AnalysisScaler *scaler)
{
  g_clear_pointer (&scaler->mean, g_free);
  g_clear_pointer (&scaler->scale, g_free);
}

void
analysis_scaler_init (AnalysisScaler *scaler, const AnalysisMatrix *x, const size_t *rows,
                      size_t n_rows)
{
  const size_t d = x->columns;
  *scaler = (AnalysisScaler){d, g_new0 (double, d), g_new (double, d)};
  for (size_t j = 0; j < d; j++) {
    double n = 0, mean = 0, squares = 0; /* Welford 1962 */
    for (size_t r = 0; r < n_rows; r++) {
      const double value = x->data[rows[r] * d + j];
      if (!isfinite (value))
        continue;
      const double before = value - mean;
      mean += before / ++n;
      squares += before * (value - mean);
    }
    scaler->mean[j] = mean;
    scaler->scale[j] = squares > 0 ? sqrt (squares / n) : 1;
  }
}

void
analysis_scaler_apply (const AnalysisScaler *scaler, AnalysisMatrix *scaled,
                       const AnalysisMatrix *x, const size_t *rows, size_t n_rows)
{
  const size_t d = scaler->columns;
  analysis_matrix_init (scaled, n_rows, d);
  for (size_t r = 0; r < n_rows; r++)
    for (size_t j = 0; j < d; j++) {
      const double value = x->data[rows[r] * d + j];
      const double z = (value - scaler->mean[j]) / scaler->scale[j];
      scaled->data[r * d + j] =
          isfinite (value) ? (float)fmin (fmax (z, -LARGEST), LARGEST) : 0;
    }
}
