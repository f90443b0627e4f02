#include "analysis/trustworthiness.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "analysis/neighbors.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

typedef struct {
  const AnalysisMatrix *x;
  const AnalysisNeighbors *near; /* in the layout, of all rows */
  size_t n_asked;
  double *penalty; /* (n_asked), overwritten: Σ of r − k above 0 */
} Ranking;

/* 1 + the number of rows nearer to row i than row j is; squared (n): distances from i. */
NN_MULTIVERSION static size_t
rank_of (const double *squared, size_t n, size_t i, size_t j)
{
  const double limit = squared[j];
  size_t nearer = 0;
  for (size_t o = 0; o < j; o++)
    nearer += squared[o] <= limit;
  for (size_t o = j + 1; o < n; o++)
    nearer += squared[o] < limit;
  /* Row i itself is at distance 0 and was counted unless j stands before it there too. */
  const bool own = i < j ? squared[i] <= limit : squared[i] < limit;
  return 1 + nearer - own;
}

static void
rank_share (void *data, size_t thread, size_t n_threads)
{
  const Ranking *ranking = data;
  const size_t n = ranking->x->rows, d = ranking->x->columns, k = ranking->near->k;
  size_t first, end;
  nn_parallel_share (&first, &end, ranking->n_asked, 1, thread, n_threads);
  g_autofree double *squared = g_new (double, n);
  for (size_t asked = first; asked < end; asked++) {
    const size_t i = asked * n / ranking->n_asked;
    analysis_distances_squared (squared, ranking->x->data + i * d, ranking->x->data, n,
                                d);
    double penalty = 0;
    for (size_t j = 0; j < k; j++) {
      const size_t rank = rank_of (squared, n, i, ranking->near->index[i * k + j]);
      penalty += rank > k ? (double)(rank - k) : 0;
    }
    ranking->penalty[asked] = penalty;
  }
}

bool
analysis_trustworthiness (const AnalysisMatrix *x, const AnalysisMatrix *layout, size_t k,
                          size_t most, double *trust, GError **error)
{
  const size_t n = x->rows;
  if (layout->rows != n) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_MISMATCH,
                 "a layout of %zu points for %zu rows", layout->rows, n);
    return false;
  }
  if (k < 1 || 2 * k >= n) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "trustworthiness of %zu neighbours needs over %zu rows, there are %zu",
                 k, 2 * k, n);
    return false;
  }
  g_auto (AnalysisNeighbors) near = {0};
  if (!analysis_matrix_check_finite (x, error) ||
      !analysis_neighbors_all (layout, k, NULL, NULL, &near, error))
    return false;

  const size_t n_asked = most > 0 ? MIN (most, n) : n;
  g_autofree double *penalty = g_new (double, n_asked);
  Ranking ranking = {x, &near, n_asked, penalty};
  nn_parallel_run (rank_share, &ranking);
  double sum = 0;
  for (size_t i = 0; i < n_asked; i++)
    sum += penalty[i];
  *trust = 1 - sum * 2 / ((double)n_asked * (double)k * (double)(2 * n - 3 * k - 1));
  return true;
}
