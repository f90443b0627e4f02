#include "analysis/kmeans.h"
#include "analysis/error.h"
#include "analysis/silhouette.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <gio/gio.h>
#include <string.h>

/* scikit-learn 1.2.1: KMeans (k, n_init=200, random_state=0, tol=1e-12).fit (x).inertia_,
 * the least of 200 starts. */
static void
test_peer (void)
{
  static const double inertia[] = {834.9522548600248, 565.0797290831806,
                                   296.0200866042885};
  g_auto (AnalysisMatrix) x = wave_points (120);
  for (size_t k = 2; k <= 4; k++) {
    const AnalysisKmeansSettings settings = {k, 50, 1};
    g_auto (AnalysisKmeans) kmeans = {0};
    g_assert_true (analysis_kmeans (&kmeans, &x, &settings, NULL, NULL, NULL));
    g_assert_cmpfloat (kmeans.inertia, <=, inertia[k - 2] * (1 + 1e-6));
    g_assert_cmpfloat (kmeans.inertia, >=, inertia[k - 2] * (1 - 1e-6));
    for (size_t i = 0; k == 4 && i < 120; i++)
      g_assert_cmpuint (kmeans.cluster[i], ==, i % 4);
  }
}

/* Every row is with its nearest centre, every centre the mean of its rows, the inertia
 * the sum; the largest cluster is the first; threads do not matter. */
static void
test_laws (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (300, 3, 2);
  const AnalysisKmeansSettings settings = {6, 3, 5};
  g_auto (AnalysisKmeans) a = {0}, b = {0};
  nn_parallel_set_threads (3);
  g_assert_true (analysis_kmeans (&a, &x, &settings, NULL, NULL, NULL));
  nn_parallel_set_threads (0);
  g_assert_true (analysis_kmeans (&b, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpmem (a.cluster, 300 * sizeof (uint32_t), b.cluster,
                   300 * sizeof (uint32_t));
  double inertia = 0, sums[6][3] = {{0}};
  size_t sizes[6] = {0};
  for (size_t i = 0; i < 300; i++) {
    double nearest = INFINITY, own = 0;
    for (size_t c = 0; c < 6; c++) {
      double squared = 0;
      for (size_t j = 0; j < 3; j++)
        squared += pow (x.data[3 * i + j] - a.centers.data[3 * c + j], 2);
      nearest = fmin (nearest, squared);
      own = c == a.cluster[i] ? squared : own;
    }
    g_assert_cmpfloat (own, ==, nearest);
    inertia += own;
    sizes[a.cluster[i]]++;
    for (size_t j = 0; j < 3; j++)
      sums[a.cluster[i]][j] += x.data[3 * i + j];
  }
  g_assert_cmpfloat_with_epsilon (a.inertia, inertia, 1e-6 * inertia);
  for (size_t c = 0; c < 6; c++) {
    for (size_t j = 0; j < 3; j++)
      g_assert_cmpfloat_with_epsilon (a.centers.data[3 * c + j],
                                      sums[c][j] / (double)sizes[c], 1e-5);
    if (c > 0)
      g_assert_cmpuint (sizes[c], <=, sizes[c - 1]);
  }
}

/* One cluster, as many as rows, rows that are all equal. */
static void
test_edges (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (9, 2, 1), same = {0};
  analysis_matrix_init (&same, 9, 2);
  for (size_t k = 1; k <= 9; k++) {
    const AnalysisKmeansSettings settings = {k, 2, 1};
    g_auto (AnalysisKmeans) apart = {0}, equal = {0};
    g_assert_true (analysis_kmeans (&apart, &x, &settings, NULL, NULL, NULL));
    g_assert_true (analysis_kmeans (&equal, &same, &settings, NULL, NULL, NULL));
    g_assert_cmpfloat (equal.inertia, ==, 0);
    if (k == 9)
      g_assert_cmpfloat (apart.inertia, ==, 0);
    for (size_t i = 0; i < 9; i++)
      g_assert_cmpuint (apart.cluster[i], <, k);
  }
}

static void
test_number (void)
{
  uint32_t cluster[] = {2, 0, 2, ANALYSIS_NO_CLUSTER, 1, 0}, order[4];
  analysis_number_clusters (cluster, 6, 4, order);
  const uint32_t expected[] = {0, 1, 0, ANALYSIS_NO_CLUSTER, 2, 1};
  g_assert_cmpmem (cluster, sizeof cluster, expected, sizeof expected);
  g_assert_cmpuint (order[0], ==, 2);
  g_assert_cmpuint (order[1], ==, 0);
  g_assert_cmpuint (order[2], ==, 1);
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 2;
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (9, 2, 1);
  g_auto (AnalysisKmeans) kmeans = {0};
  g_autoptr (GError) error = NULL;
  const AnalysisKmeansSettings wrong[] = {{0, 1, 1}, {10, 1, 1}, {2, 0, 1}};
  for (size_t i = 0; i < 3; i++) {
    g_assert_false (analysis_kmeans (&kmeans, &x, &wrong[i], NULL, NULL, &error));
    g_assert_error (error, ANALYSIS_ERROR,
                    (i < 2 ? (int)ANALYSIS_ERROR_TOO_FEW : (int)ANALYSIS_ERROR_SETTINGS));
    g_clear_error (&error);
  }
  const AnalysisKmeansSettings settings = {2, 3, 1};
  g_assert_false (analysis_kmeans (&kmeans, &x, &settings, stop, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  x.data[3] = NAN;
  g_assert_false (analysis_kmeans (&kmeans, &x, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_null (kmeans.cluster);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/kmeans/peer", test_peer);
  g_test_add_func ("/analysis/kmeans/laws", test_laws);
  g_test_add_func ("/analysis/kmeans/edges", test_edges);
  g_test_add_func ("/analysis/kmeans/number", test_number);
  g_test_add_func ("/analysis/kmeans/errors", test_errors);
  return g_test_run ();
}
