/* The undirected graph of nearest neighbours. */
#pragma once

#include "analysis/neighbors.h"

/* Row i has the edges start[i] … start[i + 1] − 1, in the order of their other ends. */
typedef struct {
  size_t n;
  size_t *start;   /* (n + 1); owned */
  uint32_t *index; /* (start[n]) the other end; owned */
  float *weight;   /* (start[n]); owned */
} AnalysisGraph;

void analysis_graph_clear (AnalysisGraph *graph);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisGraph, analysis_graph_clear)

/* The weight of the edge between two rows, of the directed weights there and back, of
 * which one may be 0: no neighbour in that direction. */
typedef double (*AnalysisGraphUnion) (double there, double back);

/* graph: new, symmetric, an edge wherever one row is among the other's neighbours.
 * weight (n, k) belongs to the neighbours' places; combine must be symmetric. */
void analysis_graph_init (AnalysisGraph *graph, const AnalysisNeighbors *neighbors,
                          const float *weight, AnalysisGraphUnion combine);
