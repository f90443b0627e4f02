/* Principal components by the eigenvectors of the covariance matrix (LAPACK). */
#pragma once

#include "analysis/matrix.h"
#include <glib.h>
#include <stdbool.h>

/* scores: new matrix (n, k) of the centred rows of x (n, d) on the first k components, k
 * ≤ d, n ≥ 2. explained (k): each component's share of the total variance (0 when that is
 * 0). Signs are fixed: the loading of largest size is positive in each component. Fails
 * with ANALYSIS_ERROR_TOO_FEW or ANALYSIS_ERROR_NUMERIC. */
bool analysis_pca (const AnalysisMatrix *x, size_t k, AnalysisMatrix *scores,
                   double *explained, GError **error);
