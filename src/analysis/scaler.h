/* Columns brought to mean 0 and deviation 1 by what the training rows tell. */
#pragma once

#include "analysis/matrix.h"

typedef struct {
  size_t columns;
  double *mean, *scale; /* (columns); owned */
} AnalysisScaler;

void analysis_scaler_clear (AnalysisScaler *scaler);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisScaler, analysis_scaler_clear)

/* scaler: new, of the rows of x (n, d) whose place is in rows (n_rows). Numbers that are
 * not finite are unknown and do not count; a column without a deviation has scale 1. */
void analysis_scaler_init (AnalysisScaler *scaler, const AnalysisMatrix *x,
                           const size_t *rows, size_t n_rows);
/* scaled: new (n_rows, d), those rows of x scaled; what is unknown becomes 0, the mean;
 * beyond 10⁶ deviations is as 10⁶. */
void analysis_scaler_apply (const AnalysisScaler *scaler, AnalysisMatrix *scaled,
                            const AnalysisMatrix *x, const size_t *rows, size_t n_rows);
