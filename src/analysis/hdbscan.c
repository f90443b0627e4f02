#include "analysis/hdbscan.h"
#include "analysis/distance.h"
#include "analysis/error.h"
#include "analysis/kmeans.h"
#include "analysis/neighbors.h"
#include "analysis/silhouette.h"
#include "nn/parallel.h"

#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>

/* Rows between two looks at the user's wish to stop. */
enum { ROWS_A_LOOK = 64 };
#define NONE UINT32_MAX

typedef struct {
  double distance;
  uint32_t a, b;
} Edge;

/* Prim's algorithm: each row's nearest of those already in the tree. */
typedef struct {
  const AnalysisMatrix *x;
  const float *core; /* (n) */
  double *distance;  /* (n) to the tree; −1 in it */
  uint32_t *nearest; /* (n) */
  size_t newest;     /* the row that came in last */
} Growth;

static void
grow_share (void *data, size_t thread, size_t n_threads)
{
  Growth *g = data;
  const size_t d = g->x->columns;
  const float *row = g->x->data + g->newest * d;
  size_t begin, end;
  nn_parallel_share (&begin, &end, g->x->rows, 16, thread, n_threads);
  for (size_t i = begin; i < end; i++) {
    if (g->distance[i] < 0)
      continue;
    const double apart = sqrt (analysis_distance_squared (row, g->x->data + i * d, d));
    const double reach = fmax (apart, fmax (g->core[i], g->core[g->newest]));
    if (reach < g->distance[i]) {
      g->distance[i] = reach;
      g->nearest[i] = (uint32_t)g->newest;
    }
  }
}

/* edges (n − 1): the minimum spanning tree of the mutual reachability. */
static bool
span (Edge *edges, const AnalysisMatrix *x, const float *core,
      SeismicProgressFunc progress, void *user_data, GError **error)
{
  const size_t n = x->rows;
  g_autofree double *distance = g_new (double, n);
  g_autofree uint32_t *nearest = g_new0 (uint32_t, n);
  Growth growth = {x, core, distance, nearest, 0};
  for (size_t i = 0; i < n; i++)
    distance[i] = INFINITY;
  distance[0] = -1;
  for (size_t e = 0; e + 1 < n; e++) {
    const SeismicProgress now = {.done = e, .total = n};
    if (e % ROWS_A_LOOK == 0 && progress != NULL && !progress (&now, user_data)) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "the search for clusters was stopped");
      return false;
    }
    nn_parallel_run_long (grow_share, &growth, (double)n * (double)x->columns / 4);
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
      if (distance[i] >= 0 && (next == SIZE_MAX || distance[i] < distance[next]))
        next = i;
    edges[e] = (Edge){distance[next], nearest[next], (uint32_t)next};
    distance[next] = -1;
    growth.newest = next;
  }
  return true;
}

static int
compare_edges (const void *a, const void *b)
{
  const Edge *x = a, *y = b;
  if (x->distance != y->distance)
    return x->distance < y->distance ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

/* Numbers below n are rows, n + e what edge number e joined. */
typedef struct {
  uint32_t left, right;
  uint32_t size;
  double distance;
} Join;

static uint32_t
find_root (uint32_t *parent, uint32_t node)
{
  while (parent[node] != node)
    node = parent[node] = parent[parent[node]];
  return node;
}

/* joins (n − 1): from the nearest to the whole. */
static void
join (Join *joins, Edge *edges, size_t n)
{
  g_autofree uint32_t *parent = g_new (uint32_t, 2 * n);
  for (uint32_t i = 0; i < 2 * n; i++)
    parent[i] = i;
  qsort (edges, n - 1, sizeof (Edge), compare_edges);
  for (size_t e = 0; e + 1 < n; e++) {
    const uint32_t left = find_root (parent, edges[e].a);
    const uint32_t right = find_root (parent, edges[e].b);
    joins[e] =
        (Join){left, right, (left < n ? 1 : joins[left - n].size), edges[e].distance};
    joins[e].size += right < n ? 1 : joins[right - n].size;
    parent[left] = parent[right] = (uint32_t)(n + e);
  }
}

typedef struct {
  uint32_t parent; /* NONE of the whole */
  double birth, stability;
  double below; /* of what is kept beneath it, or of itself */
  bool kept;    /* rather than what is beneath */
  uint32_t label;
} Branch;

typedef struct {
  const Join *joins;
  size_t n, min_size;
  double least;     /* distance that counts as none */
  GArray *branches; /* Branch, parents first */
  uint32_t *owner;  /* (n): the branch a row fell off */
} Tree;

typedef struct {
  uint32_t node, branch;
} Visit;

static size_t
size_of (const Tree *tree, uint32_t node)
{
  return node < tree->n ? 1 : tree->joins[node - tree->n].size;
}

/* All rows of node fall off branch. */
static void
fall (Tree *tree, uint32_t node, uint32_t branch)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_array_append_val (stack, node);
  while (stack->len > 0) {
    const uint32_t top = g_array_index (stack, uint32_t, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    if (top < tree->n) {
      tree->owner[top] = branch;
      continue;
    }
    const Join *j = &tree->joins[top - tree->n];
    g_array_append_val (stack, j->left);
    g_array_append_val (stack, j->right);
  }
}

/* A join, seen from above: its two sides leave the branch, go on, or are new ones. */
static void
part (Tree *tree, GArray *stack, Visit visit)
{
  const Join *j = &tree->joins[visit.node - tree->n];
  const double time = 1 / fmax (j->distance, tree->least);
  const uint32_t sides[] = {j->left, j->right};
  const bool split = size_of (tree, sides[0]) >= tree->min_size &&
                     size_of (tree, sides[1]) >= tree->min_size;
  for (int s = 0; s < 2; s++) {
    const size_t size = size_of (tree, sides[s]);
    Branch *own = &g_array_index (tree->branches, Branch, visit.branch);
    Visit next = {sides[s], visit.branch};
    if (split || size < tree->min_size)
      own->stability += (double)size * (time - own->birth);
    if (split) {
      const Branch branch = {.parent = visit.branch, .birth = time};
      next.branch = tree->branches->len;
      g_array_append_val (tree->branches, branch);
    }
    if (size < tree->min_size)
      fall (tree, sides[s], visit.branch);
    else
      g_array_append_val (stack, next);
  }
}

static void
condense (Tree *tree)
{
  const Branch whole = {.parent = NONE};
  g_array_append_val (tree->branches, whole);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Visit));
  const Visit first = {(uint32_t)(2 * tree->n - 2), 0};
  if (size_of (tree, first.node) < tree->min_size) {
    fall (tree, first.node, 0);
    return;
  }
  g_array_append_val (stack, first);
  while (stack->len > 0) {
    const Visit visit = g_array_index (stack, Visit, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    part (tree, stack, visit);
  }
}

/* Labels of the branches that are kept and of all below them. Returns how many. */
static uint32_t
keep_stable (GArray *branches)
{
  for (guint b = branches->len; b-- > 1;) {
    Branch *branch = &g_array_index (branches, Branch, b);
    branch->kept = branch->stability >= branch->below;
    g_array_index (branches, Branch, branch->parent).below +=
        fmax (branch->stability, branch->below);
  }
  uint32_t n_kept = 0;
  for (guint b = 0; b < branches->len; b++) {
    Branch *branch = &g_array_index (branches, Branch, b);
    const uint32_t above =
        b > 0 ? g_array_index (branches, Branch, branch->parent).label : NONE;
    branch->label = above != NONE ? above : branch->kept ? n_kept++ : NONE;
  }
  return n_kept;
}

static bool
check (const AnalysisMatrix *x, const AnalysisHdbscanSettings *settings, GError **error)
{
  if (x->rows < 2 || x->columns < 1 || x->rows >= UINT32_MAX / 2)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_TOO_FEW,
                 "clusters of %zu rows of %zu numbers", x->rows, x->columns);
  else if (settings->min_size < 2 || settings->min_samples == 1)
    g_set_error (error, ANALYSIS_ERROR, ANALYSIS_ERROR_SETTINGS,
                 "clusters of at least %zu rows, by %zu: 2 are the least",
                 settings->min_size, settings->min_samples);
  else
    return true;
  return false;
}

bool
analysis_hdbscan (uint32_t *cluster, size_t *n_clusters, const AnalysisMatrix *x,
                  const AnalysisHdbscanSettings *settings, SeismicProgressFunc progress,
                  void *user_data, GError **error)
{
  if (!check (x, settings, error))
    return false;
  const size_t n = x->rows;
  const size_t min_samples =
      settings->min_samples > 0 ? settings->min_samples : settings->min_size;
  const size_t k = MIN (min_samples, n) - 1;
  g_auto (AnalysisNeighbors) neighbors = {0};
  if (!analysis_neighbors_all (x, k, NULL, NULL, &neighbors, error))
    return false;
  g_autofree float *core = g_new (float, n);
  g_autofree Edge *edges = g_new (Edge, n);
  g_autofree Join *joins = g_new (Join, n);
  for (size_t i = 0; i < n; i++)
    core[i] = neighbors.distance[i * k + k - 1];
  if (!span (edges, x, core, progress, user_data, error))
    return false;
  join (joins, edges, n);
  g_autoptr (GArray) branches = g_array_new (FALSE, TRUE, sizeof (Branch));
  g_autofree uint32_t *owner = g_new0 (uint32_t, n);
  const double widest = joins[n - 2].distance;
  Tree tree = {joins,    n,    settings->min_size, widest > 0 ? 1e-9 * widest : 1,
               branches, owner};
  condense (&tree);
  *n_clusters = keep_stable (branches);
  for (size_t i = 0; i < n; i++) {
    const uint32_t label = g_array_index (branches, Branch, owner[i]).label;
    cluster[i] = label == NONE ? ANALYSIS_NO_CLUSTER : label;
  }
  analysis_number_clusters (cluster, n, *n_clusters, NULL);
  return true;
}
