#include "analysis/distance.h"
#include "analysis/error.h"
#include "support/random-matrix.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void
test_exact (void)
{
  for (size_t d = 1; d < 70; d++) {
    g_auto (AnalysisMatrix) x = random_matrix (5, d, d);
    double all[5];
    analysis_distances_squared (all, x.data, x.data, 5, d);
    for (size_t i = 0; i < 5; i++) {
      double sum = 0;
      for (size_t j = 0; j < d; j++)
        sum += pow ((double)x.data[j] - x.data[i * d + j], 2);
      g_assert_cmpfloat_with_epsilon (all[i], sum, 1e-13 * sum + 1e-300);
      g_assert_cmpfloat (analysis_distance_squared (x.data, x.data + i * d, d), ==,
                         all[i]);
    }
  }
  const float far[] = {3e38f}, away[] = {-3e38f};
  g_assert_true (isfinite (analysis_distance_squared (far, away, 1)));
}

/* The products are within their bound of the exact distances, far from the origin and in
 * any unit too. */
static void
check_bound (double offset, double unit)
{
  const size_t n = 60, m = 20, d = 33;
  g_auto (AnalysisMatrix) x = random_matrix (n, d, 1);
  g_auto (AnalysisMatrix) y = random_matrix (m, d, 2);
  for (size_t i = 0; i < n * d; i++)
    x.data[i] = (float)((x.data[i] + offset) * unit);
  for (size_t i = 0; i < m * d; i++)
    y.data[i] = (float)((3 * y.data[i] + offset) * unit);
  g_auto (AnalysisReadyRows) a = {0}, b = {0};
  analysis_ready_rows_init (&a, &x, &b, &y);
  g_assert_cmpfloat (a.scale, ==, b.scale);
  g_autofree float *products = g_new (float, 10 * 7);
  analysis_ready_products (products, &a, 50, 10, &b, 13, 7);
  for (size_t i = 0; i < 10; i++)
    for (size_t j = 0; j < 7; j++) {
      const double norms = (double)a.half_norms[50 + i] + b.half_norms[13 + j];
      const double exact =
          analysis_distance_squared (x.data + (50 + i) * d, y.data + (13 + j) * d, d) *
          a.scale * a.scale / 2;
      g_assert_cmpfloat_with_epsilon (norms - products[i * 7 + j], exact,
                                      a.bound * norms + FLT_MIN * d);
      /* and the bound is of use */
      g_assert_cmpfloat (a.bound * norms, <, 1e-4 * exact);
    }
}

static void
test_products (void)
{
  check_bound (0, 1);
  check_bound (1000, 1);
  check_bound (0, 1e-30);
  check_bound (10, 1e36);
}

static void
test_constant (void)
{
  g_auto (AnalysisMatrix) x = {0};
  analysis_matrix_init (&x, 3, 2);
  g_auto (AnalysisReadyRows) ready = {0};
  analysis_ready_rows_init (&ready, &x, NULL, NULL);
  for (size_t i = 0; i < 3; i++)
    g_assert_cmpfloat (ready.half_norms[i], ==, 0);
}

static void
test_finite (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (4, 3, 1);
  g_assert_true (analysis_matrix_check_finite (&x, NULL));
  const float bad[] = {NAN, INFINITY, -INFINITY};
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    x.data[2 * 3 + 1] = bad[i];
    g_autoptr (GError) error = NULL;
    g_assert_false (analysis_matrix_check_finite (&x, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
    g_assert_nonnull (strstr (error->message, "row 2, column 1"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/distance/exact", test_exact);
  g_test_add_func ("/analysis/distance/products", test_products);
  g_test_add_func ("/analysis/distance/constant", test_constant);
  g_test_add_func ("/analysis/distance/finite", test_finite);
  return g_test_run ();
}
