/* Distances between the rows of matrices: exact one by one, and fast in blocks with a
 * bound on their error. Any thread. */
#pragma once

#include "analysis/matrix.h"
#include <stdbool.h>

/* Σ_j (a_j − b_j)² of a, b (d), differences and sum in double. */
double analysis_distance_squared (const float *a, const float *b, size_t d);
/* out (n): the same from a (d) to each row of rows (n, d). */
void analysis_distances_squared (double *out, const float *a, const float *rows, size_t n,
                                 size_t d);

/* FALSE and ANALYSIS_ERROR_NUMERIC with the place of the first value that is not finite.
 */
bool analysis_matrix_check_finite (const AnalysisMatrix *x, GError **error);

/* Rows made ready for products: moved by a common point and multiplied by a common power
 * of two, so that neither an offset nor a unit costs precision. */
typedef struct {
  AnalysisMatrix rows; /* (n, d): (x − point) × scale, of size 1 at most; owned */
  float *half_norms;   /* (n): ½ |row|²; owned */
  double scale;
  double bound; /* see analysis_ready_products () */
} AnalysisReadyRows;

void analysis_ready_rows_clear (AnalysisReadyRows *ready);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisReadyRows, analysis_ready_rows_clear)

/* ready and other: new, of x (n, d) and y (m, d), with the mean of x as the point and the
 * same scale. Both NULL: x alone. All values are finite. */
void analysis_ready_rows_init (AnalysisReadyRows *ready, const AnalysisMatrix *x,
                               AnalysisReadyRows *other, const AnalysisMatrix *y);

/* out (m, n), overwritten: a·b for m rows of a from first_a and n rows of b from first_b.
 * With ha, hb the half norms,
 *   ½ |x_a − x_b|² scale² = ha + hb − a·b  ± (bound × (ha + hb) + FLT_MIN × d). */
void analysis_ready_products (float *out, const AnalysisReadyRows *a, size_t first_a,
                              size_t m, const AnalysisReadyRows *b, size_t first_b,
                              size_t n);
