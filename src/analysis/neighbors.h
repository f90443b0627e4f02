/* The exact k nearest neighbours in Euclidean distance. Distances are the exact ones,
 * summed in double; of equally distant rows the one of the lower index is nearer. The
 * result does not depend on the number of threads. */
#pragma once

#include "analysis/matrix.h"
#include "seismic/progress.h"
#include <stdint.h>

typedef struct {
  size_t n, k;
  uint32_t *index; /* (n, k): rows of the matrix, nearest first; owned */
  float *distance; /* (n, k), ascending; owned */
} AnalysisNeighbors;

void analysis_neighbors_clear (AnalysisNeighbors *neighbors);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisNeighbors, analysis_neighbors_clear)

/* neighbors: new, of each row of x (n, d) among the n − 1 others, 1 ≤ k ≤ n − 1, d ≥ 1.
 * ANALYSIS_ERROR_TOO_FEW (n or d too small for k), ANALYSIS_ERROR_NUMERIC (a value that
 * is not finite), G_IO_ERROR_CANCELLED. progress (may be NULL) is told of rows. */
bool analysis_neighbors_all (const AnalysisMatrix *x, size_t k,
                             SeismicProgressFunc progress, void *user_data,
                             AnalysisNeighbors *neighbors, GError **error);
/* The same of each row of queries (m, d) among all n of x, 1 ≤ k ≤ n. */
bool analysis_neighbors_of (const AnalysisMatrix *queries, const AnalysisMatrix *x,
                            size_t k, SeismicProgressFunc progress, void *user_data,
                            AnalysisNeighbors *neighbors, GError **error);
/* The same of row `row` of x among the others, without preparation: for one answer while
 * the user waits. */
bool analysis_neighbors_of_row (const AnalysisMatrix *x, size_t row, size_t k,
                                AnalysisNeighbors *neighbors, GError **error);
