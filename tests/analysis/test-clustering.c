#include "analysis/clustering.h"
#include "analysis/error.h"
#include "analysis/silhouette.h"
#include "support/random-matrix.h"

#include <math.h>

/* Each method finds the four clusters that there are, and how good they are. */
static void
test_methods (void)
{
  static const char *const names[] = {"kmeans", "mixture", "hdbscan"};
  size_t truth[400];
  g_auto (AnalysisMatrix) x = clustered_matrix (400, 5, 4, 5, 7, truth);
  for (size_t m = 0; m < G_N_ELEMENTS (names); m++) {
    AnalysisClusteringSettings settings = analysis_clustering_default ();
    settings.min_size = 20;
    g_assert_true (analysis_clustering_from_string (names[m], &settings.method));
    g_auto (AnalysisClustering) found = {0};
    g_assert_true (analysis_cluster (&found, &x, &settings, NULL, NULL, NULL));
    g_assert_cmpuint (found.n, ==, 400);
    g_assert_cmpuint (found.n_clusters, ==, 4);
    g_assert_cmpfloat (found.silhouette, >, 0.5);
    g_assert_cmpuint (found.n_none, <, m == 2 ? 100 : 1);
    uint32_t named[4] = {9, 9, 9, 9};
    for (size_t i = 0; i < 400; i++) {
      if (found.cluster[i] == ANALYSIS_NO_CLUSTER)
        continue;
      if (named[truth[i]] == 9)
        named[truth[i]] = found.cluster[i];
      g_assert_cmpuint (found.cluster[i], ==, named[truth[i]]);
    }
  }
  AnalysisClusteringMethod method;
  g_assert_false (analysis_clustering_from_string ("dbscan", &method));
}

static void
test_number (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (50, 3, 1);
  AnalysisClusteringSettings settings = analysis_clustering_default ();
  settings.n_clusters = 1;
  g_auto (AnalysisClustering) one = {0}, seven = {0};
  g_assert_true (analysis_cluster (&one, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpuint (one.n_clusters, ==, 1);
  g_assert_true (isnan (one.silhouette));
  settings.n_clusters = 7;
  g_assert_true (analysis_cluster (&seven, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpuint (seven.n_clusters, ==, 7);
  g_autoptr (GError) error = NULL;
  g_auto (AnalysisClustering) none = {0};
  settings.n_clusters = 51;
  g_assert_false (analysis_cluster (&none, &x, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  settings.n_clusters = 0;
  const AnalysisMatrix single = {1, 3, x.data};
  g_assert_false (analysis_cluster (&none, &single, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_null (none.cluster);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/clustering/methods", test_methods);
  g_test_add_func ("/analysis/clustering/number", test_number);
  return g_test_run ();
}
