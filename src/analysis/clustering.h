/* Clusters by any of the methods, with a silhouette. */
#pragma once

#include "analysis/matrix.h"
#include "seismic/progress.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum {
  ANALYSIS_CLUSTERING_KMEANS,
  ANALYSIS_CLUSTERING_MIXTURE,
  ANALYSIS_CLUSTERING_HDBSCAN
} AnalysisClusteringMethod;

typedef struct {
  AnalysisClusteringMethod method;
  size_t n_clusters; /* of k-means and mixture; 0: of 2 … 10 the best silhouette's */
  size_t min_size;   /* of HDBSCAN, ≥ 2 */
  uint64_t seed;
} AnalysisClusteringSettings;

/* k-means, best silhouette, at least 5 rows, seed 1. */
AnalysisClusteringSettings analysis_clustering_default (void);
/* "kmeans", "mixture", "hdbscan". FALSE if there is none of that name. */
bool analysis_clustering_from_string (const char *name, AnalysisClusteringMethod *method);

typedef struct {
  size_t n, n_clusters, n_none; /* rows; clusters; rows in none */
  uint32_t *cluster; /* (n): 0 is the largest, ANALYSIS_NO_CLUSTER in none; owned */
  double silhouette; /* over at most 2000 rows; NAN with fewer than two clusters */
} AnalysisClustering;

void analysis_clustering_clear (AnalysisClustering *clustering);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisClustering, analysis_clustering_clear)

/* clustering: new, of x (n, d). ANALYSIS_ERROR_TOO_FEW, _SETTINGS, _NUMERIC,
 * G_IO_ERROR_CANCELLED. progress may be NULL. */
bool analysis_cluster (AnalysisClustering *clustering, const AnalysisMatrix *x,
                       const AnalysisClusteringSettings *settings,
                       SeismicProgressFunc progress, void *user_data, GError **error);
