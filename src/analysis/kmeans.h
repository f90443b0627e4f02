/* k-means: Lloyd (1982), doi 10.1109/TIT.1982.1056489, from the starts of k-means++:
 * Arthur and Vassilvitskii (2007), SODA '07, 1027–1035. The best of several starts;
 * seeded, the same for any number of threads. */
#pragma once

#include "analysis/matrix.h"
#include "seismic/progress.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  size_t n_clusters; /* k, 1 … n */
  size_t n_starts;   /* ≥ 1 */
  uint64_t seed;
} AnalysisKmeansSettings;

typedef struct {
  uint32_t *cluster;      /* (n), below k; 0 is the largest cluster; owned */
  AnalysisMatrix centers; /* (k, d): their means; owned */
  double inertia;         /* Σ of the squared distances to the own centre */
} AnalysisKmeans;

void analysis_kmeans_clear (AnalysisKmeans *kmeans);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisKmeans, analysis_kmeans_clear)

/* kmeans: new, of x (n, d). A cluster that loses its last row gets the one that is
 * farthest from its centre; with fewer different rows than clusters, some have none.
 * progress (may be NULL) is told of starts. ANALYSIS_ERROR_TOO_FEW, _NUMERIC,
 * _SETTINGS (no start), G_IO_ERROR_CANCELLED. */
bool analysis_kmeans (AnalysisKmeans *kmeans, const AnalysisMatrix *x,
                      const AnalysisKmeansSettings *settings,
                      SeismicProgressFunc progress, void *user_data, GError **error);

/* Numbers the clusters of cluster (n, below k or ANALYSIS_NO_CLUSTER) anew, the largest
 * first, of equal ones that with the first row. order (k), may be NULL, overwritten: what
 * each was called before. */
void analysis_number_clusters (uint32_t *cluster, size_t n, size_t k, uint32_t *order);
