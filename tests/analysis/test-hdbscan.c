#include "analysis/hdbscan.h"
#include "analysis/error.h"
#include "analysis/silhouette.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* Two half moons and some rows far from all: shapes that no centre can tell. */
static AnalysisMatrix
moons (size_t n, uint64_t seed)
{
  AnalysisMatrix x = random_matrix (n, 2, seed);
  for (size_t i = 0; i < n; i++) {
    const double angle = G_PI * (double)(i / 2) / ((double)n / 2);
    const bool lower = i % 2 == 1;
    x.data[2 * i] =
        0.04f * x.data[2 * i] + (float)(lower ? 1 - cos (angle) : cos (angle));
    x.data[2 * i + 1] =
        0.04f * x.data[2 * i + 1] + (float)(lower ? 0.5 - sin (angle) : sin (angle));
  }
  for (size_t i = 0; i < 4; i++) {
    x.data[2 * i] = (float)(20 * cos (1.5 * (double)i));
    x.data[2 * i + 1] = (float)(20 * sin (1.5 * (double)i));
  }
  return x;
}

static void
test_moons (void)
{
  enum { N = 404 };
  g_auto (AnalysisMatrix) x = moons (N, 1);
  const AnalysisHdbscanSettings settings = {.min_size = 10};
  uint32_t cluster[N], turned[N];
  size_t n_clusters = 0;
  g_assert_true (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpuint (n_clusters, ==, 2);
  for (size_t i = 0; i < N; i++)
    if (i < 4)
      g_assert_cmpuint (cluster[i], ==, ANALYSIS_NO_CLUSTER);
    else
      g_assert_cmpuint (cluster[i], ==, cluster[4 + i % 2]);

  /* In another order, unit and number of threads: the same clusters. */
  g_auto (AnalysisMatrix) y = {0};
  analysis_matrix_init (&y, N, 2);
  for (size_t i = 0; i < N; i++)
    for (size_t j = 0; j < 2; j++)
      y.data[2 * i + j] = 1024 * x.data[2 * (N - 1 - i) + j];
  nn_parallel_set_threads (3);
  g_assert_true (analysis_hdbscan (turned, &n_clusters, &y, &settings, NULL, NULL, NULL));
  nn_parallel_set_threads (0);
  g_assert_cmpuint (n_clusters, ==, 2);
  for (size_t i = 0; i < N; i++)
    for (size_t j = 0; j < N; j += 13)
      g_assert_true ((cluster[i] == cluster[j]) ==
                     (turned[N - 1 - i] == turned[N - 1 - j]));
}

/* By hand, min_size 3, min_samples 2, on a line: 0 1 2 | 10 11 12 13 | 100. The tree's
 * gaps are 1 within, 8 between, 87 to the last. Falling off at 1 / 87 the last is in
 * none; at 1 / 8 two branches begin, of stability 3 (1 − 1/8) and 4 (1 − 1/8). */
static void
test_known (void)
{
  float data[] = {100, 0, 1, 2, 10, 11, 12, 13};
  const AnalysisMatrix x = {8, 1, data};
  const AnalysisHdbscanSettings settings = {3, 2};
  uint32_t cluster[8];
  size_t n_clusters = 0;
  g_assert_true (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpuint (n_clusters, ==, 2);
  const uint32_t expected[] = {ANALYSIS_NO_CLUSTER, 1, 1, 1, 0, 0, 0, 0};
  g_assert_cmpmem (cluster, sizeof cluster, expected, sizeof expected);

  /* Larger than both: there is nothing but the whole, which is none. */
  const AnalysisHdbscanSettings large = {5, 2};
  g_assert_true (analysis_hdbscan (cluster, &n_clusters, &x, &large, NULL, NULL, NULL));
  g_assert_cmpuint (n_clusters, ==, 0);
  for (size_t i = 0; i < 8; i++)
    g_assert_cmpuint (cluster[i], ==, ANALYSIS_NO_CLUSTER);
}

/* What falls apart late is kept whole, what falls apart early in its parts: pairs of
 * groups of four, the groups of a pair 3 apart in one case, 30 in the other. */
static void
test_stability (void)
{
  for (int far = 0; far < 2; far++) {
    float data[16];
    for (size_t i = 0; i < 16; i++)
      data[i] =
          (float)(i % 4) + (float)(i / 4 % 2) * (far ? 33 : 4.3f) + (float)(i / 8) * 500;
    const AnalysisMatrix x = {16, 1, data};
    const AnalysisHdbscanSettings settings = {3, 2};
    uint32_t cluster[16];
    size_t n_clusters = 0;
    g_assert_true (
        analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, NULL));
    g_assert_cmpuint (n_clusters, ==, far ? 4 : 2);
  }
}

/* Two rows, equal rows, clouds of equal rows. */
static void
test_edges (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (40, 2, 1);
  uint32_t cluster[40];
  size_t n_clusters = 9;
  const AnalysisHdbscanSettings settings = {.min_size = 5};
  for (size_t n = 2; n <= 40; n++) {
    const AnalysisMatrix some = {n, 2, x.data};
    g_assert_true (
        analysis_hdbscan (cluster, &n_clusters, &some, &settings, NULL, NULL, NULL));
    for (size_t i = 0; i < n; i++)
      g_assert_true (cluster[i] < n_clusters || cluster[i] == ANALYSIS_NO_CLUSTER);
  }
  for (size_t i = 0; i < 80; i++)
    x.data[i] = i / 2 < 20 ? 0 : 7;
  g_assert_true (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, NULL));
  g_assert_cmpuint (n_clusters, ==, 2);
  g_assert_cmpuint (cluster[0], ==, cluster[19]);
  g_assert_cmpuint (cluster[0], !=, cluster[20]);
  memset (x.data, 0, 80 * sizeof (float));
  g_assert_true (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, NULL));
}

static bool
stop (const SeismicProgress *progress, void *user_data)
{
  return progress->done < 64;
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (200, 2, 1);
  uint32_t cluster[200];
  size_t n_clusters = 0;
  g_autoptr (GError) error = NULL;
  const AnalysisHdbscanSettings settings = {.min_size = 5}, wrong[] = {{1, 0}, {5, 1}};
  for (size_t i = 0; i < 2; i++) {
    g_assert_false (
        analysis_hdbscan (cluster, &n_clusters, &x, &wrong[i], NULL, NULL, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS);
    g_clear_error (&error);
  }
  g_assert_false (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, stop, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  const AnalysisMatrix one = {1, 2, x.data};
  g_assert_false (
      analysis_hdbscan (cluster, &n_clusters, &one, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  x.data[5] = NAN;
  g_assert_false (
      analysis_hdbscan (cluster, &n_clusters, &x, &settings, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/hdbscan/moons", test_moons);
  g_test_add_func ("/analysis/hdbscan/known", test_known);
  g_test_add_func ("/analysis/hdbscan/stability", test_stability);
  g_test_add_func ("/analysis/hdbscan/edges", test_edges);
  g_test_add_func ("/analysis/hdbscan/errors", test_errors);
  return g_test_run ();
}
