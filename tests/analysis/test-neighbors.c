#include "analysis/neighbors.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "nn/parallel.h"
#include "support/random-matrix.h"

#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  double squared;
  size_t index;
} Pair;

static int
compare_pairs (const void *a, const void *b)
{
  const Pair *x = a, *y = b;
  if (x->squared != y->squared)
    return x->squared < y->squared ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* Sorting everything: the naive twin. own: SIZE_MAX or the row left out. */
static void
check_row (const AnalysisNeighbors *found, size_t row, const float *query,
           const AnalysisMatrix *x, size_t own)
{
  g_autofree Pair *pairs = g_new (Pair, x->rows);
  size_t n = 0;
  for (size_t i = 0; i < x->rows; i++)
    if (i != own)
      pairs[n++] = (Pair){
          analysis_distance_squared (query, x->data + i * x->columns, x->columns), i};
  qsort (pairs, n, sizeof (Pair), compare_pairs);
  for (size_t i = 0; i < found->k; i++) {
    g_assert_cmpuint (found->index[row * found->k + i], ==, pairs[i].index);
    g_assert_cmpfloat (found->distance[row * found->k + i], ==,
                       (float)sqrt (pairs[i].squared));
  }
}

static void
check_all (const AnalysisMatrix *x, size_t k)
{
  g_auto (AnalysisNeighbors) found = {0};
  g_autoptr (GError) error = NULL;
  analysis_neighbors_all (x, k, NULL, NULL, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found.n, ==, x->rows);
  g_assert_cmpuint (found.k, ==, k);
  for (size_t i = 0; i < x->rows; i++)
    check_row (&found, i, x->data + i * x->columns, x, i);
}

static void
test_twin (void)
{
  static const size_t shapes[][3] = {{2, 1, 1},   {3, 4, 2},    {17, 5, 16},
                                     {65, 3, 7},  {600, 8, 12}, {1100, 20, 90},
                                     {130, 64, 1}};
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_auto (AnalysisMatrix) x = random_matrix (shapes[i][0], shapes[i][1], i);
    check_all (&x, shapes[i][2]);
  }
}

/* Where single precision cannot tell: two tight clusters far apart, a large offset, small
 * and large units. */
static void
test_precision (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (700, 6, 3);
  for (size_t i = 0; i < 700; i++)
    for (size_t j = 0; j < 6; j++)
      x.data[i * 6 + j] = 1e-4f * x.data[i * 6 + j] + (i % 2 == 0 ? 1.0f : -1.0f);
  check_all (&x, 10);
  for (size_t i = 0; i < x.rows * 6; i++)
    x.data[i] += 1000;
  check_all (&x, 10);

  g_auto (AnalysisMatrix) tiny = random_matrix (300, 4, 4);
  for (size_t i = 0; i < tiny.rows * 4; i++)
    tiny.data[i] *= 1e-36f;
  check_all (&tiny, 5);
  for (size_t i = 0; i < tiny.rows * 4; i++)
    tiny.data[i] = (float)(tiny.data[i] * 5e73);
  check_all (&tiny, 5);
}

/* On a grid nearly all distances are tied; the lower index comes first. */
static void
test_ties (void)
{
  g_auto (AnalysisMatrix) x = {0};
  analysis_matrix_init (&x, 900, 2);
  for (size_t i = 0; i < 900; i++) {
    x.data[2 * i] = (float)(i % 30);
    x.data[2 * i + 1] = (float)(i / 30);
  }
  check_all (&x, 9);
  memset (x.data, 0, 900 * 2 * sizeof (float));
  check_all (&x, 40);
}

static void
test_between (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (530, 9, 5);
  g_auto (AnalysisMatrix) queries = random_matrix (70, 9, 6);
  memcpy (queries.data, x.data + 3 * 9, 9 * sizeof (float));
  g_auto (AnalysisNeighbors) found = {0};
  g_assert_true (analysis_neighbors_of (&queries, &x, 11, NULL, NULL, &found, NULL));
  for (size_t i = 0; i < 70; i++)
    check_row (&found, i, queries.data + i * 9, &x, SIZE_MAX);
  g_assert_cmpuint (found.index[0], ==, 3); /* an equal row is a neighbour here */
  g_assert_cmpfloat (found.distance[0], ==, 0);
}

static void
test_one (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (500, 30, 7);
  for (size_t row = 0; row < 500; row += 99) {
    g_auto (AnalysisNeighbors) found = {0};
    g_assert_true (analysis_neighbors_of_row (&x, row, 20, &found, NULL));
    g_assert_cmpuint (found.n, ==, 1);
    check_row (&found, 0, x.data + row * 30, &x, row);
  }
}

static void
test_threads (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (1500, 24, 8);
  g_auto (AnalysisNeighbors) one = {0}, many = {0};
  nn_parallel_set_threads (1);
  g_assert_true (analysis_neighbors_all (&x, 15, NULL, NULL, &one, NULL));
  nn_parallel_set_threads (3);
  g_assert_true (analysis_neighbors_all (&x, 15, NULL, NULL, &many, NULL));
  nn_parallel_set_threads (0);
  g_assert_cmpmem (one.index, 1500 * 15 * sizeof (uint32_t), many.index,
                   1500 * 15 * sizeof (uint32_t));
  g_assert_cmpmem (one.distance, 1500 * 15 * sizeof (float), many.distance,
                   1500 * 15 * sizeof (float));
}

static bool
stop_at_once (const SeismicProgress *progress, void *user_data)
{
  g_assert_cmpuint (progress->total, ==, 40);
  ++*(size_t *)user_data;
  return false;
}

static void
test_errors (void)
{
  g_auto (AnalysisMatrix) x = random_matrix (40, 3, 9);
  AnalysisNeighbors found = {0};
  g_autoptr (GError) error = NULL;
  size_t calls = 0;
  g_assert_false (analysis_neighbors_all (&x, 3, stop_at_once, &calls, &found, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (calls, ==, 1);
  g_assert_null (found.index);

  static const size_t wrong[][2] = {{40, 0}, {40, 40}, {1, 1}, {0, 1}};
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    const AnalysisMatrix part = {wrong[i][0], 3, x.data};
    g_clear_error (&error);
    g_assert_false (
        analysis_neighbors_all (&part, wrong[i][1], NULL, NULL, &found, &error));
    g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW);
  }
  x.data[50] = NAN;
  g_clear_error (&error);
  g_assert_false (analysis_neighbors_all (&x, 3, NULL, NULL, &found, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_clear_error (&error);
  g_assert_false (analysis_neighbors_of_row (&x, 0, 3, &found, &error));
  g_assert_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NUMERIC);
  g_assert_null (found.index);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/neighbors/twin", test_twin);
  g_test_add_func ("/analysis/neighbors/precision", test_precision);
  g_test_add_func ("/analysis/neighbors/ties", test_ties);
  g_test_add_func ("/analysis/neighbors/between", test_between);
  g_test_add_func ("/analysis/neighbors/one", test_one);
  g_test_add_func ("/analysis/neighbors/threads", test_threads);
  g_test_add_func ("/analysis/neighbors/errors", test_errors);
  return g_test_run ();
}
