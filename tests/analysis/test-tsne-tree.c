#include "analysis/tsne-tree.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"

#include <math.h>
#include <string.h>

static double
naive (double *force, const float *y, size_t n)
{
  double z = 0;
  memset (force, 0, 2 * n * sizeof (double));
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      const double dx = (double)y[2 * i] - y[2 * j];
      const double dy = (double)y[2 * i + 1] - y[2 * j + 1];
      const double q = 1 / (1 + dx * dx + dy * dy);
      force[2 * i] += q * q * dx;
      force[2 * i + 1] += q * q * dy;
      z += i != j ? q : 0;
    }
  return z;
}

/* The root mean square of the errors is below limit, relative to that of the forces. */
static void
check (const AnalysisMatrix *y, double theta, double limit)
{
  const size_t n = y->rows;
  g_autofree float *force = g_new (float, 2 * n);
  g_autofree double *expected = g_new (double, 2 * n);
  g_autoptr (AnalysisTsneTree) tree = analysis_tsne_tree_new (n);
  const double z = analysis_tsne_tree_repulsion (tree, force, y->data, theta);
  const double expected_z = naive (expected, y->data, n);
  g_assert_cmpfloat_with_epsilon (z, expected_z, limit * expected_z + 1e-12);
  double squares = 0, errors = 0;
  for (size_t i = 0; i < 2 * n; i++) {
    squares += expected[i] * expected[i];
    errors += (force[i] - expected[i]) * (force[i] - expected[i]);
  }
  g_assert_cmpfloat (sqrt (errors), <=, limit * sqrt (squares) + 1e-12);
}

static void
test_exact (void)
{
  static const size_t sizes[] = {1, 2, 3, 16, 17, 100, 1000};
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (double scale = 1e-4; scale < 1e3; scale *= 100) {
      g_auto (AnalysisMatrix) y = random_matrix (sizes[i], 2, i);
      for (size_t j = 0; j < 2 * sizes[i]; j++)
        y.data[j] *= (float)scale;
      check (&y, 0, 2e-5);
    }
}

/* Points of a layout: clusters some tens apart. */
static void
test_approximate (void)
{
  g_auto (AnalysisMatrix) y = clustered_matrix (2000, 2, 12, 30, 1, NULL);
  check (&y, 0.5, 0.01);
  check (&y, 0.2, 0.001);
}

/* A tree of few nodes must not be an exact sum by chance: at theta 1 it is seen. */
static void
test_summarises (void)
{
  g_auto (AnalysisMatrix) y = clustered_matrix (2000, 2, 12, 30, 1, NULL);
  g_autofree float *exact = g_new (float, 4000), *rough = g_new (float, 4000);
  g_autoptr (AnalysisTsneTree) tree = analysis_tsne_tree_new (2000);
  analysis_tsne_tree_repulsion (tree, exact, y.data, 0);
  analysis_tsne_tree_repulsion (tree, rough, y.data, 1);
  g_assert_true (memcmp (exact, rough, 4000 * sizeof (float)) != 0);
}

/* All in one place, and in two with most in one. */
static void
test_crowds (void)
{
  g_auto (AnalysisMatrix) y = {0};
  analysis_matrix_init (&y, 1000, 2);
  check (&y, 0.5, 1e-5);
  y.data[2 * 17] = 3;
  check (&y, 0.5, 1e-5);
  for (size_t i = 0; i < 500; i++)
    y.data[2 * i + 1] = 1e-7f * (float)(i % 7);
  check (&y, 0, 1e-5);
}

static void
test_threads (void)
{
  g_auto (AnalysisMatrix) y = clustered_matrix (3000, 2, 5, 10, 2, NULL);
  g_autofree float *one = g_new (float, 6000), *many = g_new (float, 6000);
  g_autoptr (AnalysisTsneTree) tree = analysis_tsne_tree_new (3000);
  nn_parallel_set_threads (1);
  const double z = analysis_tsne_tree_repulsion (tree, one, y.data, 0.5);
  nn_parallel_set_threads (4);
  g_assert_cmpfloat (analysis_tsne_tree_repulsion (tree, many, y.data, 0.5), ==, z);
  nn_parallel_set_threads (0);
  g_assert_cmpmem (one, 6000 * sizeof (float), many, 6000 * sizeof (float));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/tsne-tree/exact", test_exact);
  g_test_add_func ("/analysis/tsne-tree/approximate", test_approximate);
  g_test_add_func ("/analysis/tsne-tree/summarises", test_summarises);
  g_test_add_func ("/analysis/tsne-tree/crowds", test_crowds);
  g_test_add_func ("/analysis/tsne-tree/threads", test_threads);
  return g_test_run ();
}
