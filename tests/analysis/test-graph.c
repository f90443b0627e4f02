#include "analysis/graph.h"
#include "support/random-matrix.h"

#include <math.h>

static double
add (double there, double back)
{
  return there + back;
}

/* 0 → 1, 2; 1 → 0, 2; 2 → 1, 3; 3 → 2, 1 with weights 1 … 8. */
static void
test_by_hand (void)
{
  uint32_t index[] = {1, 2, 2, 0, 1, 3, 2, 1};
  const float weight[] = {1, 2, 4, 3, 5, 6, 7, 8};
  const AnalysisNeighbors neighbors = {4, 2, index, NULL};
  g_auto (AnalysisGraph) graph = {0};
  analysis_graph_init (&graph, &neighbors, weight, add);
  static const size_t start[] = {0, 2, 5, 8, 10};
  static const uint32_t other[] = {1, 2, 0, 2, 3, 0, 1, 3, 1, 2};
  static const float sums[] = {4, 2, 4, 9, 8, 2, 9, 13, 8, 13};
  g_assert_cmpuint (graph.n, ==, 4);
  g_assert_cmpmem (graph.start, sizeof start, start, sizeof start);
  g_assert_cmpmem (graph.index, graph.start[4] * sizeof (uint32_t), other, sizeof other);
  g_assert_cmpmem (graph.weight, graph.start[4] * sizeof (float), sums, sizeof sums);
}

/* Each edge is there in both directions, with one weight, and each neighbour is an edge.
 */
static void
test_symmetric (void)
{
  const size_t n = 300, k = 7;
  g_auto (AnalysisMatrix) x = random_matrix (n, 4, 1);
  g_auto (AnalysisNeighbors) neighbors = {0};
  g_assert_true (analysis_neighbors_all (&x, k, NULL, NULL, &neighbors, NULL));
  g_auto (AnalysisGraph) graph = {0};
  analysis_graph_init (&graph, &neighbors, neighbors.distance, fmax);
  g_autofree float *dense = g_new0 (float, n *n);
  for (size_t i = 0; i < n; i++)
    for (size_t e = graph.start[i]; e < graph.start[i + 1]; e++) {
      if (e > graph.start[i])
        g_assert_cmpuint (graph.index[e], >, graph.index[e - 1]);
      dense[i * n + graph.index[e]] = graph.weight[e];
    }
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < n; j++)
      g_assert_cmpfloat (dense[i * n + j], ==, dense[j * n + i]);
    for (size_t j = 0; j < k; j++)
      g_assert_cmpfloat (dense[i * n + neighbors.index[i * k + j]], ==,
                         neighbors.distance[i * k + j]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/graph/by-hand", test_by_hand);
  g_test_add_func ("/analysis/graph/symmetric", test_symmetric);
  return g_test_run ();
}
