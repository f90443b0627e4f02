#include "analysis/pca.h"
#include "analysis/error.h"
#include "support/wave-points.h"

#include <math.h>
#include <stdint.h>

static AnalysisMatrix
random_matrix (size_t n, size_t d, uint32_t seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  AnalysisMatrix x;
  analysis_matrix_init (&x, n, d);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < d; j++)
      x.data[i * d + j] =
          (float)(g_rand_double_range (rand, -1, 1) * (1 + (double)(d - j)) + 100);
  return x;
}

/* x' = c x − s y, y' = s x + c y for d pairs, stride apart. */
static void
rotate (double *x, double *y, size_t d, size_t stride, double c, double s)
{
  for (size_t k = 0; k < d; k++) {
    const double a = x[k * stride], b = y[k * stride];
    x[k * stride] = c * a - s * b;
    y[k * stride] = s * a + c * b;
  }
}

/* Cyclic Jacobi rotations of a symmetric matrix (d, d): the naive twin of LAPACK. */
static void
jacobi (double *a, double *v, size_t d)
{
  for (size_t i = 0; i < d * d; i++)
    v[i] = i % (d + 1) == 0;
  for (size_t sweep = 0; sweep < 60; sweep++)
    for (size_t p = 0; p < d; p++)
      for (size_t q = p + 1; q < d; q++) {
        const double angle = 0.5 * atan2 (2 * a[p * d + q], a[q * d + q] - a[p * d + p]);
        rotate (a + p, a + q, d, d, cos (angle), sin (angle));
        rotate (a + p * d, a + q * d, d, 1, cos (angle), sin (angle));
        rotate (v + p, v + q, d, d, cos (angle), sin (angle));
      }
}

/* centred (n, d) and covariance (d, d) of x; returns the total variance. */
static double
naive_covariance (const AnalysisMatrix *x, double *centred, double *covariance)
{
  const size_t n = x->rows, d = x->columns;
  for (size_t j = 0; j < d; j++) {
    double mean = 0;
    for (size_t i = 0; i < n; i++)
      mean += x->data[i * d + j];
    for (size_t i = 0; i < n; i++)
      centred[i * d + j] = x->data[i * d + j] - mean / (double)n;
  }
  double total = 0;
  for (size_t p = 0; p < d; p++)
    for (size_t q = 0; q < d; q++) {
      covariance[p * d + q] = 0;
      for (size_t i = 0; i < n; i++)
        covariance[p * d + q] +=
            centred[i * d + p] * centred[i * d + q] / (double)(n - 1);
      total += p == q ? covariance[p * d + q] : 0;
    }
  return total;
}

/* Scores (n, d) and shares (d) of all components. */
static void
naive_pca (const AnalysisMatrix *x, double *scores, double *explained)
{
  const size_t n = x->rows, d = x->columns;
  g_autofree double *a = g_new (double, n *d);
  g_autofree double *covariance = g_new (double, d *d);
  g_autofree double *vectors = g_new (double, d *d);
  const double total = naive_covariance (x, a, covariance);
  jacobi (covariance, vectors, d);
  for (size_t c = 0; c < d; c++) {
    size_t best = 0;
    for (size_t j = 0; j < d; j++)
      if (covariance[j * d + j] > covariance[best * d + best])
        best = j;
    explained[c] = covariance[best * d + best] / total;
    covariance[best * d + best] = -INFINITY;
    double loading = 0;
    for (size_t j = 0; j < d; j++)
      if (fabs (vectors[j * d + best]) > fabs (loading))
        loading = vectors[j * d + best];
    for (size_t i = 0; i < n; i++) {
      scores[i * d + c] = 0;
      for (size_t j = 0; j < d; j++)
        scores[i * d + c] +=
            a[i * d + j] * vectors[j * d + best] * (loading < 0 ? -1 : 1);
    }
  }
}

static void
check_against_naive (size_t n, size_t d, size_t k, uint32_t seed)
{
  g_auto (AnalysisMatrix) x = random_matrix (n, d, seed);
  g_autofree double *expected = g_new (double, n *d);
  g_autofree double *expected_shares = g_new (double, d);
  naive_pca (&x, expected, expected_shares);

  g_auto (AnalysisMatrix) scores = {0};
  g_autofree double *shares = g_new (double, k);
  g_autoptr (GError) error = NULL;
  analysis_pca (&x, k, &scores, shares, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scores.rows, ==, n);
  g_assert_cmpuint (scores.columns, ==, k);
  for (size_t c = 0; c < k; c++) {
    g_assert_cmpfloat_with_epsilon (shares[c], expected_shares[c], 1e-12);
    if (expected_shares[c] < 1e-12) /* beyond the rank any direction is as good */
      continue;
    for (size_t i = 0; i < n; i++)
      g_assert_cmpfloat_with_epsilon (scores.data[i * k + c], expected[i * d + c], 1e-5);
  }
}

static void
test_twin (void)
{
  check_against_naive (50, 6, 2, 1);
  check_against_naive (50, 6, 6, 2);
  check_against_naive (200, 17, 5, 3);
  check_against_naive (7, 7, 7, 4);
  check_against_naive (5, 12, 2, 5);  /* the Gram matrix */
  check_against_naive (5, 12, 12, 6); /* more components than rows */
  check_against_naive (2, 3, 3, 7);
  check_against_naive (2, 1, 1, 8);
  check_against_naive (30, 1, 1, 9);
}

/* Four points by hand: the first axis along (3, 4) / 5 with ±5, the second ±1 across. */
static void
test_known (void)
{
  float data[] = {3, 4, -3, -4, -0.8f, 0.6f, 0.8f, -0.6f};
  const AnalysisMatrix x = {4, 2, data};
  g_auto (AnalysisMatrix) scores = {0};
  double shares[2];
  g_assert_true (analysis_pca (&x, 2, &scores, shares, NULL));
  const double expected[] = {5, 0, -5, 0, 0, -1, 0, 1};
  for (size_t i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (scores.data[i], expected[i], 1e-6);
  g_assert_cmpfloat_with_epsilon (shares[0], 25.0 / 26, 1e-7);
  g_assert_cmpfloat_with_epsilon (shares[1], 1.0 / 26, 1e-7);
}

/* scikit-learn 1.2.1, PCA (2, svd_solver='full').fit_transform (x) in double, each
 * component turned so that its largest loading is positive. */
static void
test_peer (void)
{
  g_auto (AnalysisMatrix) x = wave_points (120);
  g_auto (AnalysisMatrix) scores = {0};
  double shares[2];
  g_assert_true (analysis_pca (&x, 2, &scores, shares, NULL));
  static const struct {
    size_t row;
    double scores[2];
  } expected[] = {{0, {-1.56758978, -1.95167624}},
                  {1, {-0.70950313, 2.45172608}},
                  {7, {1.86168016, -1.16220386}},
                  {119, {2.29501575, -0.08428129}}};
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++)
    for (size_t c = 0; c < 2; c++)
      g_assert_cmpfloat_with_epsilon (scores.data[2 * expected[i].row + c],
                                      expected[i].scores[c], 2e-6);
  g_assert_cmpfloat_with_epsilon (shares[0], 0.31410198, 1e-6);
  g_assert_cmpfloat_with_epsilon (shares[1], 0.29274760, 1e-6);
}

/* Scores do not move with an offset, and turn over with the data. */
static void
test_laws (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (40, 5, 11);
  g_auto (AnalysisMatrix) moved = {0};
  analysis_matrix_init (&moved, 40, 5);
  for (size_t i = 0; i < 200; i++)
    moved.data[i] = x.data[i] - 64;
  g_auto (AnalysisMatrix) a = {0}, b = {0}, c = {0};
  double shares[3];
  g_assert_true (analysis_pca (&x, 3, &a, shares, NULL));
  g_assert_true (analysis_pca (&moved, 3, &b, shares, NULL));
  for (size_t i = 0; i < 200; i++)
    moved.data[i] = -x.data[i];
  g_assert_true (analysis_pca (&moved, 3, &c, shares, NULL));
  for (size_t i = 0; i < 120; i++) {
    g_assert_cmpfloat_with_epsilon (a.data[i], b.data[i], 1e-3);
    g_assert_cmpfloat_with_epsilon (a.data[i], -c.data[i], 1e-4);
  }
}

static void
test_constant (void)
{
  float data[] = {7, 1, 7, 1, 7, 1};
  AnalysisMatrix x = {3, 2, data};
  g_auto (AnalysisMatrix) scores = {0};
  double shares[] = {-1, -1};
  g_assert_true (analysis_pca (&x, 2, &scores, shares, NULL));
  for (size_t i = 0; i < 6; i++)
    g_assert_cmpfloat (scores.data[i], ==, 0);
  g_assert_cmpfloat (shares[0], ==, 0);
  g_assert_cmpfloat (shares[1], ==, 0);

  /* One column varies, one repeats it, one is constant. */
  float partly[] = {1, 1, 5, 2, 2, 5, 6, 6, 5};
  g_auto (AnalysisMatrix) line = {0};
  double three[3];
  x = (AnalysisMatrix){3, 3, partly};
  g_assert_true (analysis_pca (&x, 3, &line, three, NULL));
  g_assert_cmpfloat_with_epsilon (three[0], 1, 1e-12);
  for (size_t i = 0; i < 3; i++) {
    g_assert_cmpfloat_with_epsilon (line.data[3 * i], (partly[3 * i] - 3) * sqrt (2),
                                    1e-5);
    g_assert_cmpfloat (line.data[3 * i + 1], ==, 0);
    g_assert_cmpfloat (line.data[3 * i + 2], ==, 0);
  }
}

static void
test_wide_range (void)
{
  float data[] = {3e38f, 0, -3e38f, 1, 0, 2, 1e38f, 5};
  const AnalysisMatrix x = {4, 2, data};
  g_auto (AnalysisMatrix) scores = {0};
  double shares[2];
  g_assert_true (analysis_pca (&x, 2, &scores, shares, NULL));
  g_assert_cmpfloat_with_epsilon (shares[0], 1, 1e-12);
  g_assert_true (isfinite (shares[1]));
}

static void
test_errors (void)
{
  static const struct {
    size_t rows, columns, k;
    AnalysisError code;
  } cases[] = {
      {0, 3, 2, ANALYSIS_ERROR_TOO_FEW}, {1, 3, 2, ANALYSIS_ERROR_TOO_FEW},
      {3, 1, 2, ANALYSIS_ERROR_TOO_FEW}, {3, 0, 1, ANALYSIS_ERROR_TOO_FEW},
      {3, 3, 0, ANALYSIS_ERROR_TOO_FEW}, {3, 3, 2, ANALYSIS_ERROR_NUMERIC},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    float data[9] = {1, 2, 3, NAN, 5, 6, 7, 8, 9};
    const AnalysisMatrix x = {cases[i].rows, cases[i].columns, data};
    AnalysisMatrix scores = {0};
    double shares[3] = {-1, -1, -1};
    g_autoptr (GError) error = NULL;
    g_assert_false (analysis_pca (&x, cases[i].k, &scores, shares, &error));
    g_assert_error (error, ANALYSIS_ERROR, (int)cases[i].code);
    g_assert_null (scores.data);
    g_assert_cmpfloat (shares[0], ==, -1);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/pca/twin", test_twin);
  g_test_add_func ("/analysis/pca/known", test_known);
  g_test_add_func ("/analysis/pca/peer", test_peer);
  g_test_add_func ("/analysis/pca/laws", test_laws);
  g_test_add_func ("/analysis/pca/constant", test_constant);
  g_test_add_func ("/analysis/pca/wide-range", test_wide_range);
  g_test_add_func ("/analysis/pca/errors", test_errors);
  return g_test_run ();
}
