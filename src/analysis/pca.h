/* Principal components by the eigenvectors of the covariance matrix (LAPACK). */
#pragma once

#include "analysis/matrix.h"
#include <glib.h>
#include <stdbool.h>

/* scores: new matrix (n, k) of the centred rows of x (n, d) on the first k components,
 * 1 ≤ k ≤ d, n ≥ 2. explained (k): each component's share of the total variance (0 when
 * that is 0). A component without variance has scores of exactly 0. Signs are fixed: the
 * loading of largest size (the first of equals) is positive in each component. Sums in
 * double. Fails with ANALYSIS_ERROR_TOO_FEW (n or d too small) or ANALYSIS_ERROR_NUMERIC
 * (a value that is not finite, no convergence, both n and d over 20 000). */
bool analysis_pca (const AnalysisMatrix *x, size_t k, AnalysisMatrix *scores,
                   double *explained, GError **error);
