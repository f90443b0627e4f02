#include "analysis/silhouette.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "nn/parallel.h"

#include <math.h>

typedef struct {
  const AnalysisMatrix *x;
  const uint32_t *cluster;
  const size_t *sizes; /* (n_clusters) */
  const size_t *rows;  /* (n_asked): those that are asked */
  size_t n_clusters, n_asked;
  double *values; /* (n_asked), overwritten */
} Silhouette;

/* sums (n_clusters): of the distances from row i to each cluster's rows. */
static double
value_of (const Silhouette *s, const double *sums, size_t i)
{
  const uint32_t own = s->cluster[i];
  if (s->sizes[own] < 2)
    return 0;
  const double inside = sums[own] / (double)(s->sizes[own] - 1);
  double outside = INFINITY;
  for (size_t c = 0; c < s->n_clusters; c++)
    if (c != own && s->sizes[c] > 0)
      outside = fmin (outside, sums[c] / (double)s->sizes[c]);
  const double larger = fmax (inside, outside);
  return larger > 0 ? (outside - inside) / larger : 0;
}

static void
silhouette_share (void *data, size_t thread, size_t n_threads)
{
  const Silhouette *s = data;
  const size_t n = s->x->rows, d = s->x->columns;
  size_t first, end;
  nn_parallel_share (&first, &end, s->n_asked, 1, thread, n_threads);
  g_autofree double *squared = g_new (double, n);
  g_autofree double *sums = g_new (double, s->n_clusters);
  for (size_t asked = first; asked < end; asked++) {
    const size_t i = s->rows[asked];
    analysis_distances_squared (squared, s->x->data + i * d, s->x->data, n, d);
    for (size_t c = 0; c < s->n_clusters; c++)
      sums[c] = 0;
    for (size_t j = 0; j < n; j++)
      if (s->cluster[j] != ANALYSIS_NO_CLUSTER)
        sums[s->cluster[j]] += sqrt (squared[j]);
    s->values[asked] = value_of (s, sums, i);
  }
}

bool
analysis_silhouette (const AnalysisMatrix *x, const uint32_t *cluster, size_t n_clusters,
                     size_t most, double *silhouette, GError **error)
{
  const size_t n = x->rows;
  g_autofree size_t *sizes = g_new0 (size_t, n_clusters + 1);
  g_autofree size_t *rows = g_new (size_t, n);
  size_t n_rows = 0, n_filled = 0;
  for (size_t i = 0; i < n; i++)
    if (cluster[i] != ANALYSIS_NO_CLUSTER) {
      n_filled += sizes[cluster[i]]++ == 0;
      rows[n_rows++] = i;
    }
  if (n_filled < 2) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "a silhouette needs 2 clusters, there are %zu", n_filled);
    return false;
  }
  if (!analysis_matrix_check_finite (x, error))
    return false;

  const size_t n_asked = most > 0 ? MIN (most, n_rows) : n_rows;
  for (size_t i = 0; i < n_asked; i++)
    rows[i] = rows[i * n_rows / n_asked];
  g_autofree double *values = g_new (double, n_asked);
  Silhouette s = {x, cluster, sizes, rows, n_clusters, n_asked, values};
  nn_parallel_run (silhouette_share, &s);
  double sum = 0;
  for (size_t i = 0; i < n_asked; i++)
    sum += values[i];
  *silhouette = sum / (double)n_asked;
  return true;
}
