#include "analysis/trustworthiness.h"
#include "analysis/error.h"
#include "support/random-matrix.h"
#include "support/wave-points.h"

#include <string.h>

/* The first two columns as the layout. */
static AnalysisMatrix
first_two (const AnalysisMatrix *x)
{
  AnalysisMatrix layout;
  analysis_matrix_init (&layout, x->rows, 2);
  for (size_t i = 0; i < x->rows; i++)
    memcpy (layout.data + 2 * i, x->data + x->columns * i, 2 * sizeof (float));
  return layout;
}

/* scikit-learn 1.2.1: sklearn.manifold.trustworthiness (x, x[:, :2], n_neighbors=k) in
 * double of these points. */
static void
test_peer (void)
{
  g_auto (AnalysisMatrix) x = wave_points (120);
  g_auto (AnalysisMatrix) layout = first_two (&x);
  static const struct {
    size_t k;
    double trust;
  } expected[] = {{1, 0.7661016949152543},
                  {5, 0.8344940476190477},
                  {12, 0.8306787082649152},
                  {59, 0.7697011117186077}};
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    double trust = -1;
    g_assert_true (
        analysis_trustworthiness (&x, &layout, expected[i].k, 0, &trust, NULL));
    g_assert_cmpfloat_with_epsilon (trust, expected[i].trust, 1e-12);
    g_assert_true (
        analysis_trustworthiness (&x, &layout, expected[i].k, 500, &trust, NULL));
    g_assert_cmpfloat_with_epsilon (trust, expected[i].trust, 1e-12);
  }
}

/* A layout that is the data turned and enlarged is wholly trustworthy; a part of the rows
 * tells about as much as all; equal rows have ranks too. */
static void
test_laws (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (600, 2, 1);
  g_auto (AnalysisMatrix) turned = {0};
  analysis_matrix_init (&turned, 600, 2);
  for (size_t i = 0; i < 600; i++) {
    turned.data[2 * i] = -8 * x.data[2 * i + 1];
    turned.data[2 * i + 1] = 8 * x.data[2 * i];
  }
  double trust = -1, part = -1;
  g_assert_true (analysis_trustworthiness (&x, &turned, 12, 0, &trust, NULL));
  g_assert_cmpfloat (trust, ==, 1);

  g_auto (AnalysisMatrix) wide = random_matrix (600, 5, 2);
  g_auto (AnalysisMatrix) layout = first_two (&wide);
  g_assert_true (analysis_trustworthiness (&wide, &layout, 12, 0, &trust, NULL));
  g_assert_true (analysis_trustworthiness (&wide, &layout, 12, 200, &part, NULL));
  g_assert_cmpfloat (trust, <, 0.9);
  g_assert_cmpfloat_with_epsilon (part, trust, 0.02);

  memset (wide.data, 0, 600 * 5 * sizeof (float));
  memset (layout.data, 0, 600 * 2 * sizeof (float));
  g_assert_true (analysis_trustworthiness (&wide, &layout, 12, 0, &trust, NULL));
  g_assert_cmpfloat (trust, ==, 1);
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (10, 3, 1);
  g_auto (AnalysisMatrix) layout = random_matrix (10, 2, 1);
  const AnalysisMatrix shorter = {9, 2, layout.data};
  g_autoptr (GError) error = NULL;
  double trust = -1;
  g_assert_false (analysis_trustworthiness (&x, &layout, 5, 0, &trust, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  g_clear_error (&error);
  g_assert_false (analysis_trustworthiness (&x, &shorter, 3, 0, &trust, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH);
  g_clear_error (&error);
  x.data[7] = NAN;
  g_assert_false (analysis_trustworthiness (&x, &layout, 3, 0, &trust, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_cmpfloat (trust, ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/trustworthiness/peer", test_peer);
  g_test_add_func ("/analysis/trustworthiness/laws", test_laws);
  g_test_add_func ("/analysis/trustworthiness/errors", test_errors);
  return g_test_run ();
}
