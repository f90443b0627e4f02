#include "analysis/mixture.h"
#include "analysis/error.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <string.h>

/* scikit-learn 1.2.1: GaussianMixture (k, covariance_type='diag', reg_covar=1e-6 * x.var
 * (0).mean (), tol=1e-12, n_init=5, random_state=0), its score (x) and bic (x). */
static void
test_peer (void)
{
  static const struct {
    size_t k;
    double log_likelihood, bic;
  } expected[] = {{1, -8.340260100228788, 2049.5373414827295},
                  {4, -6.711902911968724, 1816.7188438121218}};
  g_auto (AnalysisMatrix) x = wave_points (120);
  for (size_t e = 0; e < G_N_ELEMENTS (expected); e++) {
    const AnalysisKmeansSettings settings = {expected[e].k, 20, 1};
    g_auto (AnalysisMixture) mixture = {0};
    g_assert_true (analysis_mixture (&mixture, &x, &settings, NULL, NULL, NULL));
    g_assert_cmpfloat_with_epsilon (mixture.log_likelihood, expected[e].log_likelihood,
                                    1e-4);
    g_assert_cmpfloat_with_epsilon (mixture.bic, expected[e].bic, 0.03);
    for (size_t i = 0; expected[e].k == 4 && i < 120; i++) {
      g_assert_cmpuint (mixture.cluster[i], ==, i % 4);
      g_assert_cmpfloat (mixture.probability[i], >, 0.5f);
    }
  }
}

/* A narrow cloud in a wide one: k-means cuts the wide one, the mixture does not. */
static void
test_widths (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (400, 2, 3);
  for (size_t i = 0; i < 200; i++) {
    x.data[2 * i] = 10 + 0.3f * x.data[2 * i];
    x.data[2 * i + 1] *= 0.3f;
    x.data[400 + 2 * i] *= 4;
    x.data[400 + 2 * i + 1] *= 4;
  }
  const AnalysisKmeansSettings settings = {2, 5, 1};
  g_auto (AnalysisMixture) mixture = {0};
  g_assert_true (analysis_mixture (&mixture, &x, &settings, NULL, NULL, NULL));
  size_t n_right = 0;
  for (size_t i = 0; i < 400; i++)
    n_right += mixture.cluster[i] == mixture.cluster[i < 200 ? 0 : 399];
  g_assert_cmpuint (mixture.cluster[0], !=, mixture.cluster[399]);
  g_assert_cmpuint (n_right, >=, 395);
}

/* Equal rows, as many components as rows: finite. */
static void
test_edges (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (6, 3, 1);
  for (int equal = 0; equal < 2; equal++) {
    for (size_t k = 1; k <= 6; k++) {
      const AnalysisKmeansSettings settings = {k, 1, 1};
      g_auto (AnalysisMixture) mixture = {0};
      g_assert_true (analysis_mixture (&mixture, &x, &settings, NULL, NULL, NULL));
      g_assert_true (isfinite (mixture.log_likelihood));
      for (size_t i = 0; i < 6; i++) {
        g_assert_cmpuint (mixture.cluster[i], <, k);
        g_assert_cmpfloat (mixture.probability[i], <=, 1.0001f);
      }
    }
    memset (x.data, 0, 18 * sizeof (float));
  }
  const AnalysisKmeansSettings many = {7, 1, 1};
  g_auto (AnalysisMixture) mixture = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_mixture (&mixture, &x, &many, NULL, NULL, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_assert_null (mixture.cluster);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/mixture/peer", test_peer);
  g_test_add_func ("/analysis/mixture/widths", test_widths);
  g_test_add_func ("/analysis/mixture/edges", test_edges);
  return g_test_run ();
}
