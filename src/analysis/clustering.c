#include "analysis/clustering.h"
#include "analysis/hdbscan.h"
#include "analysis/mixture.h"
#include "analysis/silhouette.h"

#include <math.h>
#include <string.h>

enum { N_STARTS = 4, MOST_CLUSTERS = 10, SILHOUETTE_ROWS = 2000 };

AnalysisClusteringSettings
analysis_clustering_default (void)
{
  return (AnalysisClusteringSettings){.min_size = 5, .seed = 1};
}

bool
analysis_clustering_from_string (const char *name, AnalysisClusteringMethod *method)
{
  static const char *const names[] = {"kmeans", "mixture", "hdbscan"};
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0) {
      *method = (AnalysisClusteringMethod)i;
      return true;
    }
  return false;
}

void
analysis_clustering_clear (AnalysisClustering *clustering)
{
  g_clear_pointer (&clustering->cluster, g_free);
}

static void
judge (AnalysisClustering *clustering, const AnalysisMatrix *x)
{
  clustering->n_none = 0;
  clustering->silhouette = NAN;
  for (size_t i = 0; i < x->rows; i++)
    clustering->n_none += clustering->cluster[i] == ANALYSIS_NO_CLUSTER;
  analysis_silhouette (x, clustering->cluster, clustering->n_clusters, SILHOUETTE_ROWS,
                       &clustering->silhouette, NULL);
}

/* With k clusters. */
static bool
divide (AnalysisClustering *clustering, const AnalysisMatrix *x, size_t k,
        const AnalysisClusteringSettings *settings, SeismicProgressFunc progress,
        void *user_data, GError **error)
{
  const AnalysisKmeansSettings own = {k, N_STARTS, settings->seed};
  *clustering = (AnalysisClustering){.n = x->rows, .n_clusters = k};
  if (settings->method == ANALYSIS_CLUSTERING_MIXTURE) {
    g_auto (AnalysisMixture) mixture = {0};
    if (!analysis_mixture (&mixture, x, &own, progress, user_data, error))
      return false;
    clustering->cluster = g_steal_pointer (&mixture.cluster);
  } else {
    g_auto (AnalysisKmeans) kmeans = {0};
    if (!analysis_kmeans (&kmeans, x, &own, progress, user_data, error))
      return false;
    clustering->cluster = g_steal_pointer (&kmeans.cluster);
  }
  judge (clustering, x);
  return true;
}

static bool
divide_best (AnalysisClustering *clustering, const AnalysisMatrix *x,
             const AnalysisClusteringSettings *settings, SeismicProgressFunc progress,
             void *user_data, GError **error)
{
  g_auto (AnalysisClustering) best = {0};
  const size_t most = MIN (MOST_CLUSTERS, MAX (x->rows, 3) - 1);
  for (size_t k = 2; k <= most; k++) {
    g_auto (AnalysisClustering) some = {0};
    if (!divide (&some, x, k, settings, progress, user_data, error))
      return false;
    if (best.cluster == NULL || some.silhouette > best.silhouette) {
      analysis_clustering_clear (&best);
      best = some;
      some.cluster = NULL;
    }
  }
  *clustering = best;
  best.cluster = NULL;
  return true;
}

bool
analysis_cluster (AnalysisClustering *clustering, const AnalysisMatrix *x,
                  const AnalysisClusteringSettings *settings,
                  SeismicProgressFunc progress, void *user_data, GError **error)
{
  if (settings->method != ANALYSIS_CLUSTERING_HDBSCAN) {
    g_auto (AnalysisClustering) found = {0};
    if (!(settings->n_clusters > 0
              ? divide (&found, x, settings->n_clusters, settings, progress, user_data,
                        error)
              : divide_best (&found, x, settings, progress, user_data, error)))
      return false;
    *clustering = found;
    found.cluster = NULL;
    return true;
  }
  const AnalysisHdbscanSettings own = {.min_size = settings->min_size};
  g_autofree uint32_t *cluster = g_new (uint32_t, x->rows + 1);
  size_t n_clusters = 0;
  if (!analysis_hdbscan (cluster, &n_clusters, x, &own, progress, user_data, error))
    return false;
  *clustering = (AnalysisClustering){
      .n = x->rows, .n_clusters = n_clusters, .cluster = g_steal_pointer (&cluster)};
  judge (clustering, x);
  return true;
}
