#include "analysis/umap.h"
#include "analysis/error.h"
#include "analysis/trustworthiness.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <gio/gio.h>
#include <string.h>

/* SciPy 1.10: curve_fit (lambda x, a, b: 1 / (1 + a * x ** (2 * b)), x, np.where (x < m,
 * 1, np.exp (m - x))) with x = np.linspace (0, 3, 300). */
static void
test_curve (void)
{
  static const double expected[][3] = {{0, 1.9328084, 0.79049497},
                                       {0.1, 1.57694346, 0.89506088},
                                       {0.5, 0.58303002, 1.33416699},
                                       {1, 0.11497568, 1.92923715}};
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    double a = 0, b = 0;
    analysis_umap_fit_curve (expected[i][0], &a, &b);
    g_assert_cmpfloat_with_epsilon (a, expected[i][1], 1e-5);
    g_assert_cmpfloat_with_epsilon (b, expected[i][2], 1e-5);
  }
}

/* SciPy: with d the distances of row r to its 14 nearest, sorted, and s =
 * brentq (lambda s: np.exp ((d[0] - d) / s).sum () - np.log2 (15), 1e-3, 100,
 * xtol=1e-12), np.exp ((d[0] - d) / s). */
static void
test_calibration (void)
{
  g_auto (AnalysisMatrix) x = wave_points (120);
  g_auto (AnalysisNeighbors) neighbors = {0};
  g_assert_true (analysis_neighbors_all (&x, 14, NULL, NULL, &neighbors, NULL));
  float weight[120 * 14];
  analysis_umap_calibrate (weight, &neighbors);
  static const size_t place[] = {0, 1, 2, 7, 13};
  static const double row_0[] = {1, 0.36421268, 0.30409708, 0.2005386, 0.18262373},
                      row_7[] = {1, 0.503658, 0.27014471, 0.20810759, 0.15855573};
  for (size_t i = 0; i < G_N_ELEMENTS (place); i++) {
    g_assert_cmpfloat_with_epsilon (weight[place[i]], row_0[i], 2e-6);
    g_assert_cmpfloat_with_epsilon (weight[7 * 14 + place[i]], row_7[i], 2e-6);
  }
}

/* Rows equal to the nearest have a weight of 1, whatever else there is; distances of any
 * unit give the same weights. */
static void
test_calibration_edges (void)
{
  uint32_t index[] = {1, 2, 3, 4};
  float distance[][4] = {{0, 0, 0, 0},
                         {5, 5, 5, 5},
                         {1e-18f, 2e-18f, 3e-18f, 9e-18f},
                         {1e18f, 2e18f, 3e18f, 9e18f},
                         {0, 0, 1, 2}};
  float weight[5][4];
  for (size_t i = 0; i < 5; i++) {
    const AnalysisNeighbors neighbors = {1, 4, index, distance[i]};
    analysis_umap_calibrate (weight[i], &neighbors);
    g_assert_cmpfloat (weight[i][0], ==, 1);
    for (size_t j = 1; j < 4; j++) {
      g_assert_cmpfloat (weight[i][j], >=, 0);
      g_assert_cmpfloat (weight[i][j], <=, weight[i][j - 1]);
    }
  }
  g_assert_cmpfloat (weight[0][3], ==, 1);
  g_assert_cmpfloat (weight[1][3], ==, 1);
  for (size_t j = 0; j < 4; j++)
    g_assert_cmpfloat_with_epsilon (weight[2][j], weight[3][j], 1e-4);
  g_assert_cmpfloat (weight[4][2], ==, 1); /* the nearest that is not 0 away */
}

/* Clusters stay together, and neighbours are kept better than by principal components. */
static void
test_clusters (void)
{
  size_t cluster[600];
  g_auto (AnalysisMatrix) x = clustered_matrix (600, 30, 20, 3, 1, cluster);
  const AnalysisUmapSettings settings = analysis_umap_default ();
  g_autoptr (AnalysisUmap) umap = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
  double before = 0, after = 0;
  const AnalysisMatrix *layout = analysis_umap_get_layout (umap);
  g_assert_true (analysis_trustworthiness (&x, layout, 12, 0, &before, NULL));
  g_assert_cmpuint (analysis_umap_run (umap, SIZE_MAX, NULL, NULL), ==, 500);
  g_assert_true (analysis_trustworthiness (&x, layout, 12, 0, &after, NULL));
  g_assert_cmpfloat (after, >, 0.93);
  g_assert_cmpfloat (after, >, before + 0.03);

  g_auto (AnalysisNeighbors) nearest = {0};
  g_assert_true (analysis_neighbors_all (layout, 1, NULL, NULL, &nearest, NULL));
  size_t n_same = 0;
  for (size_t i = 0; i < 600; i++)
    n_same += cluster[nearest.index[i]] == cluster[i];
  g_assert_cmpuint (n_same, >=, 594);
}

static double
mean_nearest (double min_distance)
{
  g_auto (AnalysisMatrix) x = random_matrix (300, 4, 3);
  AnalysisUmapSettings settings = analysis_umap_default ();
  settings.min_distance = min_distance;
  g_autoptr (AnalysisUmap) umap = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
  analysis_umap_run (umap, SIZE_MAX, NULL, NULL);
  g_auto (AnalysisNeighbors) nearest = {0};
  g_assert_true (analysis_neighbors_all (analysis_umap_get_layout (umap), 1, NULL, NULL,
                                         &nearest, NULL));
  double sum = 0;
  for (size_t i = 0; i < 300; i++)
    sum += nearest.distance[i];
  return sum / 300;
}

/* The least distance does what it says. */
static void
test_min_distance (void)
{
  g_assert_cmpfloat (mean_nearest (0.8), >, 2 * mean_nearest (0));
}

static bool
stop_at_seven (const AnalysisLayoutProgress *progress, void *user_data)
{
  ++*(size_t *)user_data;
  g_assert_cmpuint (progress->iteration, ==, *(size_t *)user_data);
  g_assert_cmpuint (progress->n_iterations, ==, 40);
  g_assert_cmpuint (progress->layout->rows, ==, 200);
  return progress->iteration < 7;
}

/* Stopped, gone on with in pieces, in one or many threads: the same layout. */
static void
test_steps (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (200, 6, 4);
  AnalysisUmapSettings settings = analysis_umap_default ();
  settings.n_iterations = 40;
  g_autoptr (AnalysisUmap) whole = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
  nn_parallel_set_threads (3);
  g_assert_cmpuint (analysis_umap_run (whole, SIZE_MAX, NULL, NULL), ==, 40);
  nn_parallel_set_threads (1);
  g_autoptr (AnalysisUmap) pieces = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
  size_t calls = 0;
  g_assert_cmpuint (analysis_umap_run (pieces, 30, stop_at_seven, &calls), ==, 7);
  g_assert_cmpuint (calls, ==, 7);
  g_assert_cmpuint (analysis_umap_run (pieces, 0, NULL, NULL), ==, 7);
  g_assert_cmpuint (analysis_umap_run (pieces, 5, NULL, NULL), ==, 12);
  g_assert_cmpuint (analysis_umap_run (pieces, 1000, NULL, NULL), ==, 40);
  nn_parallel_set_threads (0);
  g_assert_cmpmem (analysis_umap_get_layout (whole)->data, 400 * sizeof (float),
                   analysis_umap_get_layout (pieces)->data, 400 * sizeof (float));

  settings.seed = 2;
  g_autoptr (AnalysisUmap) other = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
  g_assert_cmpfloat (analysis_umap_get_layout (other)->data[0], !=,
                     analysis_umap_get_layout (whole)->data[0]);
}

/* Few rows, all rows equal, pairs of equal rows: finite. */
static void
test_small (void)
{
  for (size_t n = 4; n < 40; n += 5)
    for (int equal = 0; equal < 3; equal++) {
      g_auto (AnalysisMatrix) x = random_matrix (n, 3, n);
      if (equal == 1)
        memset (x.data, 0, n * 3 * sizeof (float));
      for (size_t i = 0; equal == 2 && i + 1 < n; i += 2)
        memcpy (x.data + 3 * i, x.data + 3 * i + 3, 3 * sizeof (float));
      const AnalysisUmapSettings settings = analysis_umap_default ();
      g_autoptr (AnalysisUmap) umap = analysis_umap_new (&x, &settings, NULL, NULL, NULL);
      g_assert_nonnull (umap);
      analysis_umap_run (umap, SIZE_MAX, NULL, NULL);
      for (size_t i = 0; i < 2 * n; i++)
        g_assert_true (isfinite (analysis_umap_get_layout (umap)->data[i]));
    }
}

static bool
stop_search (const SeismicProgress *progress, void *user_data)
{
  return false;
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (20, 3, 1);
  g_autoptr (GError) error = NULL;
  AnalysisUmapSettings settings = analysis_umap_default ();
  g_assert_null (analysis_umap_new (&x, &settings, stop_search, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  const AnalysisMatrix few = {3, 3, x.data};
  g_clear_error (&error);
  g_assert_null (analysis_umap_new (&few, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);

  const AnalysisUmapSettings wrong[] = {
      {.n_neighbors = 1, .learning_rate = 1},
      {.n_neighbors = 5, .learning_rate = 0},
      {.n_neighbors = 5, .learning_rate = NAN},
      {.n_neighbors = 5, .learning_rate = 1, .min_distance = -1},
      {.n_neighbors = 5, .learning_rate = 1, .min_distance = NAN},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_clear_error (&error);
    g_assert_null (analysis_umap_new (&x, &wrong[i], NULL, NULL, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
  }
  x.data[4] = NAN;
  g_clear_error (&error);
  g_assert_null (analysis_umap_new (&x, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/umap/curve", test_curve);
  g_test_add_func ("/analysis/umap/calibration", test_calibration);
  g_test_add_func ("/analysis/umap/calibration-edges", test_calibration_edges);
  g_test_add_func ("/analysis/umap/clusters", test_clusters);
  g_test_add_func ("/analysis/umap/min-distance", test_min_distance);
  g_test_add_func ("/analysis/umap/steps", test_steps);
  g_test_add_func ("/analysis/umap/small", test_small);
  g_test_add_func ("/analysis/umap/errors", test_errors);
  return g_test_run ();
}
