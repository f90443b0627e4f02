#include "analysis/neighbors.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "nn/gemm.h"
#include "nn/parallel.h"

#include <float.h>
#include <gio/gio.h>
#include <math.h>

/* A thread's block: so many queries against so many rows stay in its cache. */
enum { BLOCK_QUERIES = 64, BLOCK_ROWS = 512, GROUP = 16 };
/* Multiply-adds between two looks at the user's wish to stop. */
#define CHUNK_WORK 4e9

/* The k nearest so far: a heap with the farthest on top. */
typedef struct {
  double squared;
  uint32_t index;
} Candidate;

typedef struct {
  const AnalysisMatrix *queries, *x;
  const AnalysisReadyRows *ready_queries, *ready_x; /* NULL where nothing is prepared */
  bool skip_own;            /* query i is row i of x and no neighbour of itself */
  size_t first, end;        /* the queries of this chunk */
  double *squared;          /* (n) from the one query, where nothing is prepared */
  AnalysisNeighbors *found; /* of all queries */
} Search;

void
analysis_neighbors_clear (AnalysisNeighbors *neighbors)
{
  g_clear_pointer (&neighbors->index, g_free);
  g_clear_pointer (&neighbors->distance, g_free);
}

static bool
is_farther (Candidate a, Candidate b)
{
  return a.squared != b.squared ? a.squared > b.squared : a.index > b.index;
}

static void
sift_down (Candidate *heap, size_t n, Candidate moved)
{
  size_t at = 0;
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= n)
      break;
    if (child + 1 < n && is_farther (heap[child + 1], heap[child]))
      child++;
    if (!is_farther (heap[child], moved))
      break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = moved;
}

static void
heap_reset (Candidate *heap, size_t k)
{
  for (size_t i = 0; i < k; i++)
    heap[i] = (Candidate){INFINITY, UINT32_MAX};
}

static void
heap_offer (Candidate *heap, size_t k, double squared, size_t index)
{
  const Candidate candidate = {squared, (uint32_t)index};
  if (is_farther (heap[0], candidate))
    sift_down (heap, k, candidate);
}

/* Empties heap into row `query` of found, nearest first. */
static void
heap_store (Candidate *heap, AnalysisNeighbors *found, size_t query)
{
  const size_t k = found->k;
  for (size_t left = k; left > 0; left--) {
    found->index[query * k + left - 1] = heap[0].index;
    found->distance[query * k + left - 1] = (float)sqrt (heap[0].squared);
    sift_down (heap, left - 1, heap[left - 1]);
  }
}

/* Offers the rows of a block whose distance may be below that of the heap's top.
 * products (n): the query's with rows first … of x. */
static inline __attribute__ ((always_inline)) void
scan (Candidate *heap, const Search *search, size_t query, const float *products,
      size_t first, size_t n)
{
  const AnalysisReadyRows *x = search->ready_x;
  const size_t d = x->rows.columns, k = search->found->k;
  const float shrink = (float)(1 - x->bound);
  const double own = (double)search->ready_queries->half_norms[query] * (1 - x->bound) -
                     FLT_MIN * (double)d;
  const float *norms = x->half_norms + first;
  const double scale = x->scale * x->scale / 2;
  double limit = heap[0].squared * scale - own;
  float edge = (float)(limit + fabs (limit) * FLT_EPSILON);
  for (size_t j = 0; j < n; j += GROUP) {
    const size_t width = MIN (GROUP, n - j);
    unsigned near = 0;
    if (width == GROUP)
      for (size_t l = 0; l < GROUP; l++)
        near |= norms[j + l] * shrink - products[j + l] <= edge;
    else
      near = 1;
    if (!near)
      continue;
    for (size_t l = 0; l < width; l++) {
      const size_t row = first + j + l;
      if (norms[j + l] * shrink - products[j + l] > edge ||
          (search->skip_own && row == query))
        continue;
      heap_offer (heap, k,
                  analysis_distance_squared (search->queries->data + query * d,
                                             search->x->data + row * d, d),
                  row);
      limit = heap[0].squared * scale - own;
      edge = (float)(limit + fabs (limit) * FLT_EPSILON);
    }
  }
}

NN_MULTIVERSION static void
scan_block (Candidate *heaps, const Search *search, size_t first_query, size_t n_queries,
            const float *products, size_t first, size_t n)
{
  for (size_t i = 0; i < n_queries; i++)
    scan (heaps + i * search->found->k, search, first_query + i, products + i * n, first,
          n);
}

/* A thread's share of the chunk's queries. */
static void
search_share (void *data, size_t thread, size_t n_threads)
{
  const Search *search = data;
  const size_t n = search->x->rows, k = search->found->k;
  size_t begin, end;
  nn_parallel_share (&begin, &end, search->end - search->first, BLOCK_QUERIES, thread,
                     n_threads);
  g_autofree float *products = g_new (float, BLOCK_QUERIES *BLOCK_ROWS);
  g_autofree Candidate *heaps = g_new (Candidate, BLOCK_QUERIES * k);
  for (size_t at = begin; at < end; at += BLOCK_QUERIES) {
    const size_t query = search->first + at, n_queries = MIN (BLOCK_QUERIES, end - at);
    heap_reset (heaps, n_queries * k);
    for (size_t row = 0; row < n; row += BLOCK_ROWS) {
      const size_t n_rows = MIN (BLOCK_ROWS, n - row);
      analysis_ready_products (products, search->ready_queries, query, n_queries,
                               search->ready_x, row, n_rows);
      scan_block (heaps, search, query, n_queries, products, row, n_rows);
    }
    for (size_t i = 0; i < n_queries; i++)
      heap_store (heaps + i * k, search->found, query + i);
  }
}

static bool
tell (SeismicProgressFunc progress, void *user_data, size_t done, size_t total,
      GError **error)
{
  const SeismicProgress now = {.done = done, .total = total};
  if (progress == NULL || progress (&now, user_data))
    return true;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "the search for neighbours was stopped");
  return false;
}

static bool
check (const AnalysisMatrix *x, size_t k, bool skip_own, GError **error)
{
  const size_t n = x->rows - (skip_own && x->rows > 0);
  if (k < 1 || k > n || x->columns < 1 || x->rows >= UINT32_MAX) {
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "%zu nearest neighbours among %zu rows of %zu numbers", k, n,
                 x->columns);
    return false;
  }
  return true;
}

static void
neighbors_init (AnalysisNeighbors *neighbors, size_t n, size_t k)
{
  *neighbors = (AnalysisNeighbors){
      .n = n,
      .k = k,
      .index = g_new0 (uint32_t, n * k),
      .distance = g_new0 (float, n *k),
  };
}

static bool
search_all (Search *search, SeismicProgressFunc progress, void *user_data, GError **error)
{
  const size_t m = search->queries->rows;
  const double work = (double)search->x->rows * (double)search->x->columns;
  const size_t blocks = (size_t)fmin (CHUNK_WORK / work / BLOCK_QUERIES, 1e6);
  const size_t chunk = MAX (blocks, nn_parallel_get_threads ()) * BLOCK_QUERIES;
  for (size_t first = 0; first < m; first += chunk) {
    if (!tell (progress, user_data, first, m, error))
      return false;
    search->first = first;
    search->end = MIN (first + chunk, m);
    nn_parallel_run (search_share, search);
  }
  return tell (progress, user_data, m, m, error);
}

bool
analysis_neighbors_all (const AnalysisMatrix *x, size_t k, SeismicProgressFunc progress,
                        void *user_data, AnalysisNeighbors *neighbors, GError **error)
{
  if (!check (x, k, true, error) || !analysis_matrix_check_finite (x, error))
    return false;
  g_auto (AnalysisReadyRows) ready = {0};
  g_auto (AnalysisNeighbors) found = {0};
  analysis_ready_rows_init (&ready, x, NULL, NULL);
  neighbors_init (&found, x->rows, k);
  Search search = {.queries = x,
                   .x = x,
                   .ready_queries = &ready,
                   .ready_x = &ready,
                   .skip_own = true,
                   .found = &found};
  if (!search_all (&search, progress, user_data, error))
    return false;
  *neighbors = found;
  found = (AnalysisNeighbors){0};
  return true;
}

bool
analysis_neighbors_of (const AnalysisMatrix *queries, const AnalysisMatrix *x, size_t k,
                       SeismicProgressFunc progress, void *user_data,
                       AnalysisNeighbors *neighbors, GError **error)
{
  g_assert (queries->columns == x->columns);
  if (!check (x, k, false, error) || !analysis_matrix_check_finite (x, error) ||
      !analysis_matrix_check_finite (queries, error))
    return false;
  g_auto (AnalysisReadyRows) ready = {0}, ready_queries = {0};
  g_auto (AnalysisNeighbors) found = {0};
  analysis_ready_rows_init (&ready, x, &ready_queries, queries);
  neighbors_init (&found, queries->rows, k);
  Search search = {.queries = queries,
                   .x = x,
                   .ready_queries = &ready_queries,
                   .ready_x = &ready,
                   .found = &found};
  if (!search_all (&search, progress, user_data, error))
    return false;
  *neighbors = found;
  found = (AnalysisNeighbors){0};
  return true;
}

/* A thread's share of the rows, for one query. */
static void
measure_share (void *data, size_t thread, size_t n_threads)
{
  const Search *search = data;
  const size_t d = search->x->columns;
  size_t first, end;
  nn_parallel_share (&first, &end, search->x->rows, GROUP, thread, n_threads);
  analysis_distances_squared (search->squared + first,
                              search->queries->data + search->first * d,
                              search->x->data + first * d, end - first, d);
}

bool
analysis_neighbors_of_row (const AnalysisMatrix *x, size_t row, size_t k,
                           AnalysisNeighbors *neighbors, GError **error)
{
  g_assert (row < x->rows);
  if (!check (x, k, true, error))
    return false;
  g_autofree double *squared = g_new (double, x->rows);
  g_autofree Candidate *heap = g_new (Candidate, k);
  Search search = {.queries = x, .x = x, .first = row, .squared = squared};
  nn_parallel_run (measure_share, &search);
  heap_reset (heap, k);
  for (size_t i = 0; i < x->rows; i++) {
    if (!isfinite (squared[i])) {
      analysis_matrix_check_finite (x, error);
      return false;
    }
    if (i != row)
      heap_offer (heap, k, squared[i], i);
  }
  neighbors_init (neighbors, 1, k);
  heap_store (heap, neighbors, 0);
  return true;
}
