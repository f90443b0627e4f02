/* How long the algorithms take at the sizes that matter: benchmark-analysis [POINTS.npy].
 * The points, by default 10,000 × 64 in 20 clusters, may come from another program, so
 * that both work on the same. */
#include "analysis/clustering.h"
#include "analysis/neighbors.h"
#include "analysis/pca.h"
#include "analysis/trustworthiness.h"
#include "analysis/tsne.h"
#include "analysis/umap.h"
#include "support/random-matrix.h"

#include <stdio.h>
#include <string.h>

/* A .npy of version 1, float32, C order: what numpy.save writes. */
static bool
load_npy (const char *path, AnalysisMatrix *x)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  size_t rows = 0, columns = 0;
  if (!g_file_get_contents (path, &bytes, &size, NULL) || size < 10)
    return false;
  const size_t header = 10 + (uint8_t)bytes[8] + 256u * (uint8_t)bytes[9];
  const char *shape = g_strstr_len (bytes + 10, (gssize)size - 10, "'shape': (");
  if (shape == NULL || sscanf (shape, "'shape': (%zu, %zu)", &rows, &columns) != 2 ||
      size != header + rows * columns * sizeof (float))
    return false;
  analysis_matrix_init (x, rows, columns);
  memcpy (x->data, bytes + header, rows * columns * sizeof (float));
  return true;
}

static double
seconds_since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us) / 1e6;
}

static void
measure_neighbors (const AnalysisMatrix *x)
{
  g_auto (AnalysisNeighbors) found = {0};
  const gint64 start = g_get_monotonic_time ();
  g_assert_true (analysis_neighbors_all (x, 90, NULL, NULL, &found, NULL));
  g_print ("90 neighbours of all, %zu x %zu: %.2f s\n", x->rows, x->columns,
           seconds_since (start));
}

static void
measure_one (const AnalysisMatrix *x)
{
  gint64 start = 0;
  const int repeats = 21;
  for (int i = 0; i < repeats; i++) {
    if (i == 1)
      start = g_get_monotonic_time (); /* the first one is for the caches */
    g_auto (AnalysisNeighbors) found = {0};
    g_assert_true (analysis_neighbors_of_row (x, (size_t)i * 100, 10, &found, NULL));
  }
  g_print ("10 neighbours of one, %zu x %zu: %.1f ms\n", x->rows, x->columns,
           1e3 * seconds_since (start) / (repeats - 1));
}

static void
print_trustworthiness (const AnalysisMatrix *x, const AnalysisMatrix *layout)
{
  double trust = 0;
  const gint64 start = g_get_monotonic_time ();
  g_assert_true (analysis_trustworthiness (x, layout, 12, 0, &trust, NULL));
  g_print ("  trustworthiness (k = 12) %.4f, told in %.2f s\n", trust,
           seconds_since (start));
}

static void
measure_tsne (const AnalysisMatrix *x)
{
  const AnalysisTsneSettings settings = analysis_tsne_default ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (AnalysisTsne) tsne = analysis_tsne_new (x, &settings, NULL, NULL, NULL);
  g_print ("t-SNE, %zu x %zu: prepared in %.2f s, ", x->rows, x->columns,
           seconds_since (start));
  start = g_get_monotonic_time ();
  analysis_tsne_run (tsne, SIZE_MAX, NULL, NULL);
  g_print ("%zu iterations in %.2f s; KL %.4f\n", settings.n_iterations,
           seconds_since (start), analysis_tsne_get_divergence (tsne));
  print_trustworthiness (x, analysis_tsne_get_layout (tsne));
}

static void
measure_umap (const AnalysisMatrix *x)
{
  const AnalysisUmapSettings settings = analysis_umap_default ();
  gint64 start = g_get_monotonic_time ();
  g_autoptr (AnalysisUmap) umap = analysis_umap_new (x, &settings, NULL, NULL, NULL);
  g_print ("UMAP, %zu x %zu: prepared in %.2f s, ", x->rows, x->columns,
           seconds_since (start));
  start = g_get_monotonic_time ();
  const size_t n_done = analysis_umap_run (umap, SIZE_MAX, NULL, NULL);
  g_print ("%zu iterations in %.2f s\n", n_done, seconds_since (start));
  print_trustworthiness (x, analysis_umap_get_layout (umap));
}

static void
measure_clusters (const AnalysisMatrix *x)
{
  static const char *const names[] = {"k-means", "mixture", "HDBSCAN"};
  for (size_t m = 0; m < G_N_ELEMENTS (names); m++) {
    AnalysisClusteringSettings settings = analysis_clustering_default ();
    settings.method = (AnalysisClusteringMethod)m;
    settings.n_clusters = 20;
    settings.min_size = 50;
    g_auto (AnalysisClustering) found = {0};
    const gint64 start = g_get_monotonic_time ();
    g_assert_true (analysis_cluster (&found, x, &settings, NULL, NULL, NULL));
    g_print ("%s, %zu x %zu: %zu clusters in %.2f s, silhouette %.3f\n", names[m],
             x->rows, x->columns, found.n_clusters, seconds_since (start),
             found.silhouette);
  }
}

static void
measure_pca (const AnalysisMatrix *x)
{
  g_auto (AnalysisMatrix) scores = {0};
  double explained[2];
  const gint64 start = g_get_monotonic_time ();
  g_assert_true (analysis_pca (x, 2, &scores, explained, NULL));
  g_print ("PCA, %zu x %zu: %.2f s\n", x->rows, x->columns, seconds_since (start));
}

int
main (int argc, char *argv[])
{
  g_auto (AnalysisMatrix) points = {0};
  if (argc > 1 && !load_npy (argv[1], &points)) {
    g_printerr ("%s: no .npy of float32 with two dimensions\n", argv[1]);
    return 1;
  }
  if (argc == 1)
    points = clustered_matrix (10000, 64, 20, 3, 0, NULL);
  measure_neighbors (&points);
  measure_tsne (&points);
  measure_umap (&points);
  measure_clusters (&points);

  g_auto (AnalysisMatrix) large = random_matrix (50000, 256, 1);
  measure_one (&large);
  measure_pca (&large);
  return 0;
}
