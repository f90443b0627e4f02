/* HDBSCAN: Campello, Moulavi and Sander (2013), doi 10.1007/978-3-642-37456-2_14.
 * Clusters of any shape and number, and rows that are in none. Nothing is drawn by
 * chance.
 *
 * With the core distance c_i to the (min_samples − 1)-th nearest other row, the rows are
 * joined along the minimum spanning tree of max (c_i, c_j, |x_i − x_j|). Going down from
 * the whole, a branch of fewer than min_size rows falls off its cluster and two larger
 * ones are clusters of their own; of a cluster and what it falls apart into, the more
 * stable are kept: Σ over rows of the time in it, in 1 / distance. The whole is none. */
#pragma once

#include "analysis/matrix.h"
#include "seismic/progress.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  size_t min_size;    /* ≥ 2 */
  size_t min_samples; /* ≥ 2, with the row itself; 0: as min_size. Lowered to n */
} AnalysisHdbscanSettings;

/* cluster (n), overwritten: 0 is the largest, ANALYSIS_NO_CLUSTER in none; *n_clusters:
 * how many, maybe 0. n² d operations, n × 30 bytes. progress (may be NULL) is told of
 * rows. ANALYSIS_ERROR_TOO_FEW (under 2 rows), _SETTINGS, _NUMERIC, G_IO_ERROR_CANCELLED.
 */
bool analysis_hdbscan (uint32_t *cluster, size_t *n_clusters, const AnalysisMatrix *x,
                       const AnalysisHdbscanSettings *settings,
                       SeismicProgressFunc progress, void *user_data, GError **error);
