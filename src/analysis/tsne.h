/* t-SNE: van der Maaten and Hinton (2008), JMLR 9; by a tree, van der Maaten (2014), JMLR
 * 15. Step by step, seeded, the same for any number of threads.
 *
 * With p_{j|i} ∝ exp (−β_i |x_i − x_j|²) over the 3 × perplexity nearest neighbours, β_i
 * such that their entropy is log (perplexity), p_ij = (p_{j|i} + p_{i|j}) / 2n and
 * q_ij = w_ij / Z, w_ij = 1 / (1 + |y_i − y_j|²), Z = Σ w, the layout y minimises
 * KL = Σ p_ij log (p_ij / q_ij) by gradient descent with momentum and gains. The start is
 * that of Kobak and Berens (2019), doi 10.1038/s41467-019-13056-x: principal components;
 * the learning rate that of Belkina et al. (2019), doi 10.1038/s41467-019-13055-y. */
#pragma once

#include "analysis/graph.h"
#include "analysis/layout.h"

typedef struct {
  double perplexity; /* at least 1 */
  size_t n_iterations;
  double exaggeration;  /* of the p_ij, at least 1, … */
  size_t n_exaggerated; /* … in so many iterations first */
  double learning_rate; /* 0: n / exaggeration / 4, at least 50 */
  double theta;         /* see analysis/tsne-tree.h, 0 … 1; 0 is exact and slow */
  uint64_t seed;        /* of the noise on the start */
} AnalysisTsneSettings;

/* Perplexity 30, 1000 iterations, the first 250 of them exaggerated by 12, theta 0.5,
 * seed 1. */
AnalysisTsneSettings analysis_tsne_default (void);

typedef struct AnalysisTsne AnalysisTsne;

/* Finds the neighbours and the start for x (n, d), which is not needed afterwards. The
 * perplexity is lowered to (n − 1) / 3 where it is more, so that a small library has a
 * layout too: see analysis_tsne_get_perplexity (). progress (may be NULL) is told of the
 * search for neighbours. Fails with ANALYSIS_ERROR_TOO_FEW (under 4 rows),
 * ANALYSIS_ERROR_SETTINGS, ANALYSIS_ERROR_NUMERIC or G_IO_ERROR_CANCELLED. One thread at
 * a time. */
AnalysisTsne *analysis_tsne_new (const AnalysisMatrix *x,
                                 const AnalysisTsneSettings *settings,
                                 SeismicProgressFunc progress, void *user_data,
                                 GError **error);
void analysis_tsne_free (AnalysisTsne *tsne);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisTsne, analysis_tsne_free)

/* Goes on by up to `most` iterations, no further than the planned ones. Returns how many
 * are done in all. progress may be NULL. */
size_t analysis_tsne_run (AnalysisTsne *tsne, size_t most, AnalysisLayoutFunc progress,
                          void *user_data);
/* (n, 2) as it is now; borrowed. */
const AnalysisMatrix *analysis_tsne_get_layout (const AnalysisTsne *tsne);
/* The perplexity used. */
double analysis_tsne_get_perplexity (const AnalysisTsne *tsne);
/* KL of the layout as it is now, not exaggerated. As much work as an iteration. */
double analysis_tsne_get_divergence (AnalysisTsne *tsne);

/* The parts, for the tests. */

/* weight (n, k): p_{j|i} of each row's neighbours. */
void analysis_tsne_calibrate (float *weight, const AnalysisNeighbors *neighbors,
                              double perplexity);
/* gradient (n, 2): ∂KL/∂y at y (n, 2), with the p_ij of graph times exaggeration. */
void analysis_tsne_gradient (float *gradient, const AnalysisGraph *graph, const float *y,
                             double exaggeration, double theta);
