#include "analysis/kmeans.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "analysis/silhouette.h"
#include "nn/parallel.h"
#include "nn/rng.h"

#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROUNDS = 300 };

void
analysis_kmeans_clear (AnalysisKmeans *kmeans)
{
  g_clear_pointer (&kmeans->cluster, g_free);
  analysis_matrix_clear (&kmeans->centers);
}

typedef struct {
  size_t size, first; /* rows; the first of them */
  uint32_t number;
} Size;

static int
compare_sizes (const void *a, const void *b)
{
  const Size *x = a, *y = b;
  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return x->first != y->first ? (x->first < y->first ? -1 : 1)
                              : (x->number > y->number) - (x->number < y->number);
}

void
analysis_number_clusters (uint32_t *cluster, size_t n, size_t k, uint32_t *order)
{
  g_autofree Size *sizes = g_new0 (Size, k + 1);
  g_autofree uint32_t *becomes = g_new (uint32_t, k + 1);
  for (size_t c = 0; c < k; c++)
    sizes[c] = (Size){0, SIZE_MAX, (uint32_t)c};
  for (size_t i = 0; i < n; i++)
    if (cluster[i] != ANALYSIS_NO_CLUSTER) {
      Size *size = &sizes[cluster[i]];
      size->first = size->size++ == 0 ? i : size->first;
    }
  if (k > 1)
    qsort (sizes, k, sizeof (Size), compare_sizes);
  for (size_t c = 0; c < k; c++) {
    becomes[sizes[c].number] = (uint32_t)c;
    if (order != NULL)
      order[c] = sizes[c].number;
  }
  for (size_t i = 0; i < n; i++)
    if (cluster[i] != ANALYSIS_NO_CLUSTER)
      cluster[i] = becomes[cluster[i]];
}

typedef struct {
  const AnalysisMatrix *x, *centers;
  uint32_t *cluster; /* (n) the nearest centre */
  double *squared;   /* (n) its distance, squared */
  size_t first;      /* centres before it have been looked at */
} Assignment;

static void
assign_share (void *data, size_t thread, size_t n_threads)
{
  const Assignment *a = data;
  const size_t d = a->x->columns, k = a->centers->rows;
  size_t begin, end;
  nn_parallel_share (&begin, &end, a->x->rows, 16, thread, n_threads);
  for (size_t i = begin; i < end; i++)
    for (size_t c = a->first; c < k; c++) {
      const double squared =
          analysis_distance_squared (a->x->data + i * d, a->centers->data + c * d, d);
      if (c == 0 || squared < a->squared[i]) {
        a->squared[i] = squared;
        a->cluster[i] = (uint32_t)c;
      }
    }
}

static void
set_center (AnalysisMatrix *centers, size_t c, const AnalysisMatrix *x, size_t row)
{
  memcpy (centers->data + c * x->columns, x->data + row * x->columns,
          x->columns * sizeof (float));
}

/* A row drawn with probabilities as squared (n); the last with any if rounding asks. */
static size_t
draw_row (const double *squared, size_t n, NnRng *rng)
{
  double total = 0;
  for (size_t i = 0; i < n; i++)
    total += squared[i];
  double left = nn_rng_uniform (rng) * total;
  size_t row = nn_rng_below (rng, n);
  for (size_t i = 0; i < n && total > 0; i++)
    if (squared[i] > 0) {
      row = i;
      if ((left -= squared[i]) < 0)
        break;
    }
  return row;
}

static void
start (Assignment *a, AnalysisMatrix *centers, NnRng *rng)
{
  const size_t k = centers->rows;
  set_center (centers, 0, a->x, nn_rng_below (rng, a->x->rows));
  for (size_t c = 0; c < k; c++) {
    const AnalysisMatrix so_far = {c + 1, centers->columns, centers->data};
    if (c > 0)
      set_center (centers, c, a->x, draw_row (a->squared, a->x->rows, rng));
    a->centers = &so_far;
    a->first = c;
    nn_parallel_run (assign_share, a);
  }
  a->centers = centers;
  a->first = 0;
}

/* centers become their rows' means; those without rows the farthest rows. */
static void
move_centers (Assignment *a, AnalysisMatrix *centers)
{
  const size_t n = a->x->rows, d = a->x->columns, k = centers->rows;
  g_autofree double *sums = g_new0 (double, k *d);
  g_autofree size_t *sizes = g_new0 (size_t, k);
  for (size_t i = 0; i < n; i++) {
    double *sum = sums + a->cluster[i] * d;
    sizes[a->cluster[i]]++;
    for (size_t j = 0; j < d; j++)
      sum[j] += a->x->data[i * d + j];
  }
  for (size_t c = 0; c < k; c++) {
    size_t farthest = 0;
    for (size_t i = 0; sizes[c] == 0 && i < n; i++)
      if (a->squared[i] > a->squared[farthest])
        farthest = i;
    if (sizes[c] == 0) {
      set_center (centers, c, a->x, farthest);
      a->squared[farthest] = 0;
    }
    for (size_t j = 0; sizes[c] > 0 && j < d; j++)
      centers->data[c * d + j] = (float)(sums[c * d + j] / (double)sizes[c]);
  }
}

/* From the start to where no row moves. Returns the inertia. */
static double
descend (Assignment *a, AnalysisMatrix *centers)
{
  const size_t n = a->x->rows;
  g_autofree uint32_t *before = g_new (uint32_t, n);
  for (int round = 0; round < MAX_ROUNDS; round++) {
    memcpy (before, a->cluster, n * sizeof (uint32_t));
    move_centers (a, centers);
    nn_parallel_run (assign_share, a);
    if (memcmp (before, a->cluster, n * sizeof (uint32_t)) == 0)
      break;
  }
  double inertia = 0;
  for (size_t i = 0; i < n; i++)
    inertia += a->squared[i];
  return inertia;
}

static bool
check (const AnalysisMatrix *x, const AnalysisKmeansSettings *settings, GError **error)
{
  if (settings->n_clusters < 1 || settings->n_clusters > x->rows || x->columns < 1)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "%zu clusters of %zu rows of %zu numbers", settings->n_clusters, x->rows,
                 x->columns);
  else if (settings->n_starts < 1)
    g_set_error_literal (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                         "k-means needs a start");
  else
    return analysis_matrix_check_finite (x, error);
  return false;
}

/* Clusters and their centres, the largest first. */
static void
take (AnalysisKmeans *kmeans, const Assignment *a, const AnalysisMatrix *centers,
      double inertia)
{
  const size_t k = centers->rows, d = centers->columns, n = a->x->rows;
  g_autofree uint32_t *order = g_new (uint32_t, k);
  kmeans->inertia = inertia;
  memcpy (kmeans->cluster, a->cluster, n * sizeof (uint32_t));
  analysis_number_clusters (kmeans->cluster, n, k, order);
  for (size_t c = 0; c < k; c++)
    memcpy (kmeans->centers.data + c * d, centers->data + order[c] * d,
            d * sizeof (float));
}

bool
analysis_kmeans (AnalysisKmeans *kmeans, const AnalysisMatrix *x,
                 const AnalysisKmeansSettings *settings, SeismicProgressFunc progress,
                 void *user_data, GError **error)
{
  if (!check (x, settings, error))
    return false;
  const size_t n = x->rows, k = settings->n_clusters;
  g_auto (AnalysisKmeans) best = {.cluster = g_new (uint32_t, n), .inertia = INFINITY};
  g_auto (AnalysisMatrix) centers = {0};
  g_autofree uint32_t *cluster = g_new0 (uint32_t, n);
  g_autofree double *squared = g_new0 (double, n);
  analysis_matrix_init (&best.centers, k, x->columns);
  analysis_matrix_init (&centers, k, x->columns);
  NnRng rng;
  nn_rng_seed (&rng, settings->seed);
  for (size_t s = 0; s < settings->n_starts; s++) {
    const SeismicProgress now = {.done = s, .total = settings->n_starts};
    if (progress != NULL && !progress (&now, user_data)) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "the search for clusters was stopped");
      return false;
    }
    Assignment a = {x, &centers, cluster, squared, 0};
    start (&a, &centers, &rng);
    const double inertia = descend (&a, &centers);
    if (inertia < best.inertia)
      take (&best, &a, &centers, inertia);
  }
  *kmeans = best;
  best = (AnalysisKmeans){0};
  return true;
}
