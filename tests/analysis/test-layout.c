#include "analysis/layout.h"
#include "analysis/error.h"
#include "analysis/pca.h"
#include "support/random-matrix.h"

#include <math.h>

static double
deviation_of (const AnalysisMatrix *layout, size_t column)
{
  double squares = 0;
  for (size_t i = 0; i < layout->rows; i++)
    squares += (double)layout->data[2 * i + column] * layout->data[2 * i + column];
  return sqrt (squares / (double)layout->rows);
}

/* The principal components, on their own scale, and a little noise. */
static void
test_components (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (200, 6, 1);
  for (size_t i = 0; i < 200; i++)
    x.data[6 * i] *= 5;
  g_auto (AnalysisMatrix) layout = {0}, scores = {0};
  double explained[2];
  g_assert_true (analysis_layout_init (&layout, &x, 10, 1, NULL));
  g_assert_true (analysis_pca (&x, 2, &scores, explained, NULL));
  g_assert_cmpfloat_with_epsilon (deviation_of (&layout, 0), 10, 0.1);
  const double scale = 10 / deviation_of (&scores, 0);
  double noise = 0;
  for (size_t i = 0; i < 400; i++) {
    g_assert_cmpfloat_with_epsilon (layout.data[i], scores.data[i] * scale, 0.6);
    noise += pow (layout.data[i] - scores.data[i] * scale, 2) / 400;
  }
  g_assert_cmpfloat_with_epsilon (sqrt (noise), 0.1, 0.02);
}

static void
test_seed (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (30, 3, 1);
  g_auto (AnalysisMatrix) one = {0}, again = {0}, other = {0};
  g_assert_true (analysis_layout_init (&one, &x, 1, 7, NULL));
  g_assert_true (analysis_layout_init (&again, &x, 1, 7, NULL));
  g_assert_true (analysis_layout_init (&other, &x, 1, 8, NULL));
  g_assert_cmpmem (one.data, 60 * sizeof (float), again.data, 60 * sizeof (float));
  g_assert_cmpfloat (one.data[0], !=, other.data[0]);
}

/* One column, and no variance at all: noise alone moves the rows apart. */
static void
test_degenerate (void)
{
  g_auto (AnalysisMatrix) x = {0}, layout = {0};
  analysis_matrix_init (&x, 50, 1);
  g_assert_true (analysis_layout_init (&layout, &x, 1, 1, NULL));
  for (size_t i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (deviation_of (&layout, i), 0.01, 0.004);
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (5, 2, 1);
  x.data[3] = INFINITY;
  AnalysisMatrix layout = {0};
  g_autoptr (GError) error = NULL;
  g_assert_false (analysis_layout_init (&layout, &x, 1, 1, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_null (layout.data);
}

static void
count (void *self)
{
  ++*(size_t *)self;
}

static bool
stop_at_third (const AnalysisLayoutProgress *progress, void *layout)
{
  g_assert_cmpuint (progress->n_iterations, ==, 10);
  g_assert_true (progress->layout == layout);
  return progress->iteration < 3;
}

/* So many, no more than planned, and until told to stop; it is gone on with from there.
 */
static void
test_run (void)
{
  g_auto (AnalysisMatrix) layout = {0};
  size_t n = 0, done = 0;
  g_assert_cmpuint (
      analysis_layout_run (count, &n, &done, 10, 99, &layout, stop_at_third, &layout), ==,
      3);
  g_assert_cmpuint (analysis_layout_run (count, &n, &done, 10, 0, &layout, NULL, NULL),
                    ==, 3);
  g_assert_cmpuint (analysis_layout_run (count, &n, &done, 10, 4, &layout, NULL, NULL),
                    ==, 7);
  g_assert_cmpuint (analysis_layout_run (count, &n, &done, 10, 4, &layout, NULL, NULL),
                    ==, 10);
  g_assert_cmpuint (done, ==, 10);
  g_assert_cmpuint (n, ==, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/layout/components", test_components);
  g_test_add_func ("/analysis/layout/seed", test_seed);
  g_test_add_func ("/analysis/layout/degenerate", test_degenerate);
  g_test_add_func ("/analysis/layout/errors", test_errors);
  g_test_add_func ("/analysis/layout/run", test_run);
  return g_test_run ();
}
