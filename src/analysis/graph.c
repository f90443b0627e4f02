#include "analysis/graph.h"

#include <stdlib.h>

typedef struct {
  uint32_t other;
  float weight;
} Edge;

void
analysis_graph_clear (AnalysisGraph *graph)
{
  g_clear_pointer (&graph->start, g_free);
  g_clear_pointer (&graph->index, g_free);
  g_clear_pointer (&graph->weight, g_free);
}

static int
compare_edges (const void *a, const void *b)
{
  const Edge *x = a, *y = b;
  return (x->other > y->other) - (x->other < y->other);
}

/* edges (n, k): the neighbours of each row by index instead of by distance. */
static Edge *
sort_by_index (const AnalysisNeighbors *neighbors, const float *weight)
{
  const size_t k = neighbors->k;
  Edge *edges = g_new (Edge, neighbors->n * k);
  for (size_t i = 0; i < neighbors->n; i++) {
    for (size_t j = 0; j < k; j++)
      edges[i * k + j] = (Edge){neighbors->index[i * k + j], weight[i * k + j]};
    qsort (edges + i * k, k, sizeof (Edge), compare_edges);
  }
  return edges;
}

/* What leads to each row: those of row i are reverse[start[i]] … reverse[start[i + 1] −
 * 1], by index again, because the rows are gone through in order. */
static Edge *
turn_round (const Edge *edges, size_t n, size_t k, size_t *start)
{
  for (size_t e = 0; e < n * k; e++)
    start[edges[e].other + 1]++;
  for (size_t i = 0; i < n; i++)
    start[i + 1] += start[i];
  g_autofree size_t *next = g_memdup2 (start, n * sizeof (size_t));
  Edge *reverse = g_new (Edge, n * k);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < k; j++) {
      const Edge edge = edges[i * k + j];
      reverse[next[edge.other]++] = (Edge){(uint32_t)i, edge.weight};
    }
  return reverse;
}

void
analysis_graph_init (AnalysisGraph *graph, const AnalysisNeighbors *neighbors,
                     const float *weight, AnalysisGraphUnion combine)
{
  const size_t n = neighbors->n, k = neighbors->k;
  g_autofree Edge *there = sort_by_index (neighbors, weight);
  g_autofree size_t *start = g_new0 (size_t, n + 1);
  g_autofree Edge *back = turn_round (there, n, k, start);

  graph->n = n;
  graph->start = g_new0 (size_t, n + 1);
  graph->index = g_new (uint32_t, 2 * n * k);
  graph->weight = g_new (float, 2 * n * k);
  size_t n_edges = 0;
  for (size_t i = 0; i < n; i++) {
    const Edge *a = there + i * k, *a_end = a + k;
    const Edge *b = back + start[i], *b_end = back + start[i + 1];
    while (a < a_end || b < b_end) {
      const bool from_a = b == b_end || (a < a_end && a->other <= b->other);
      const bool from_b = a == a_end || (b < b_end && b->other <= a->other);
      graph->index[n_edges] = from_a ? a->other : b->other;
      graph->weight[n_edges++] =
          (float)combine (from_a ? a->weight : 0, from_b ? b->weight : 0);
      a += from_a;
      b += from_b;
    }
    graph->start[i + 1] = n_edges;
  }
  graph->index = g_renew (uint32_t, graph->index, n_edges);
  graph->weight = g_renew (float, graph->weight, n_edges);
}
