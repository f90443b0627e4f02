/* How far the neighbours in a layout are neighbours in the original space.
 *
 * Venna and Kaski (2001), doi 10.1007/3-540-44668-0_68: with U_k(i) those among the k
 * nearest of i in the layout that are not among its k nearest originally, and r(i, j) the
 * rank of j among the original neighbours of i (1 the nearest),
 *   T(k) = 1 − 2 / (n k (2n − 3k − 1)) Σ_i Σ_{j ∈ U_k(i)} (r(i, j) − k). */
#pragma once

#include "analysis/matrix.h"
#include <stdbool.h>

/* *trust: T of layout (n, e) for x (n, d), 1 ≤ k < n / 2, over at most `most` rows (0:
 * all), evenly spread, each ranked among all n: with n² d operations for all of them.
 * Of equally distant rows the one of the lower index is nearer. ANALYSIS_ERROR_TOO_FEW,
 * ANALYSIS_ERROR_MISMATCH (not the same rows), ANALYSIS_ERROR_NUMERIC. Any thread. */
bool analysis_trustworthiness (const AnalysisMatrix *x, const AnalysisMatrix *layout,
                               size_t k, size_t most, double *trust, GError **error);
