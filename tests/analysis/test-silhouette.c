#include "analysis/silhouette.h"
#include "analysis/error.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

/* scikit-learn 1.2.1: sklearn.metrics.silhouette_score (x, labels) in double, labels
 * i mod 4 and i mod 7, and i mod 4 without the rows of the last. */
static void
test_peer (void)
{
  g_auto (AnalysisMatrix) x = wave_points (120);
  uint32_t cluster[120];
  double value = -1;
  for (uint32_t i = 0; i < 120; i++)
    cluster[i] = i % 4;
  g_assert_true (analysis_silhouette (&x, cluster, 4, 0, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, 0.4904318332146723, 1e-12);
  /* A cluster without rows changes nothing. */
  g_assert_true (analysis_silhouette (&x, cluster, 9, 120, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, 0.4904318332146723, 1e-12);

  for (uint32_t i = 3; i < 120; i += 4)
    cluster[i] = ANALYSIS_NO_CLUSTER;
  g_assert_true (analysis_silhouette (&x, cluster, 4, 0, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, 0.5018446553257893, 1e-12);

  for (uint32_t i = 0; i < 120; i++)
    cluster[i] = i % 7;
  g_assert_true (analysis_silhouette (&x, cluster, 7, 0, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, -0.07495612485915032, 1e-12);
}

/* Two pairs: for each row a = 1; b = (10 + 11) / 2 for the outer, (9 + 10) / 2 for the
 * inner ones. A row alone counts 0, equal rows in two clusters too. */
static void
test_known (void)
{
  float data[] = {0, 1, 10, 11, 50};
  const AnalysisMatrix x = {5, 1, data}, pairs = {4, 1, data};
  const uint32_t cluster[] = {0, 0, 1, 1, 2};
  const double outer = 1 - 1 / 10.5, inner = 1 - 1 / 9.5;
  double value = -1;
  g_assert_true (analysis_silhouette (&pairs, cluster, 2, 0, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, (outer + inner) / 2, 1e-12);
  g_assert_true (analysis_silhouette (&x, cluster, 3, 0, &value, NULL));
  g_assert_cmpfloat_with_epsilon (value, 2 * (outer + inner) / 5, 1e-12);
  float same[4] = {0};
  const AnalysisMatrix equal = {4, 1, same};
  g_assert_true (analysis_silhouette (&equal, cluster, 2, 0, &value, NULL));
  g_assert_cmpfloat (value, ==, 0);
}

static void
test_part (void)
{
  size_t of[900];
  uint32_t cluster[900];
  g_auto (AnalysisMatrix) x = clustered_matrix (900, 6, 3, 3, 1, of);
  for (size_t i = 0; i < 900; i++)
    cluster[i] = (uint32_t)of[i];
  double whole = -1, part = -1;
  g_assert_true (analysis_silhouette (&x, cluster, 3, 0, &whole, NULL));
  g_assert_true (analysis_silhouette (&x, cluster, 3, 200, &part, NULL));
  g_assert_cmpfloat (whole, >, 0.3);
  g_assert_cmpfloat_with_epsilon (part, whole, 0.02);
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (3, 2, 1);
  const uint32_t one[] = {1, 1, 1}, none[] = {0, UINT32_MAX, UINT32_MAX},
                 two[] = {0, 1, 1};
  g_autoptr (GError) error = NULL;
  double value = -1;
  g_assert_false (analysis_silhouette (&x, one, 2, 0, &value, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  g_assert_false (analysis_silhouette (&x, none, 2, 0, &value, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  x.data[2] = NAN;
  g_assert_false (analysis_silhouette (&x, two, 2, 0, &value, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_cmpfloat (value, ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/silhouette/peer", test_peer);
  g_test_add_func ("/analysis/silhouette/known", test_known);
  g_test_add_func ("/analysis/silhouette/part", test_part);
  g_test_add_func ("/analysis/silhouette/errors", test_errors);
  return g_test_run ();
}
