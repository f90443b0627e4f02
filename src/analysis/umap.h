/* UMAP: McInnes, Healy and Melville (2018), arXiv 1802.03426. Step by step, seeded, the
 * same for any number of threads.
 *
 * A row's k nearest neighbours, itself among them, at distances d_j have the weights
 * exp (−max (0, d_j − ρ) / σ), ρ being the least distance that is not 0 and σ such that
 * the weights of the others add up to log2 (k); of the two directions of a pair
 * w = a + b − ab. The layout y minimises the cross entropy between w and
 * 1 / (1 + a |y_i − y_j|^2b) by stochastic gradient descent: a pair is drawn as often as
 * its weight says, and for each pair five rows by chance push away (negative sampling).
 *
 * In an iteration each row moves by itself past where the others stood before it, which
 * is what makes the result independent of threads. The start is principal components
 * (Kobak and Linderman 2021, doi 10.1038/s41587-020-00809-z: as good as the spectral
 * one). */
#pragma once

#include "analysis/graph.h"
#include "analysis/layout.h"

typedef struct {
  size_t n_neighbors;  /* with the row itself, at least 2 */
  size_t n_iterations; /* 0: 500 up to 10,000 rows, 200 beyond */
  double min_distance; /* between points that lie close, 0 … 3, in units of the layout */
  double learning_rate;
  uint64_t seed; /* of the start's noise and the draws */
} AnalysisUmapSettings;

/* 15 neighbours, least distance 0.1, learning rate 1, seed 1. */
AnalysisUmapSettings analysis_umap_default (void);

typedef struct AnalysisUmap AnalysisUmap;

/* Finds the neighbours and the start for x (n, d), which is not needed afterwards. Where
 * there are fewer rows than neighbours, all are. progress (may be NULL) is told of the
 * search. Fails with ANALYSIS_ERROR_TOO_FEW (under 4 rows), ANALYSIS_ERROR_SETTINGS,
 * ANALYSIS_ERROR_NUMERIC or G_IO_ERROR_CANCELLED. One thread at a time. */
AnalysisUmap *analysis_umap_new (const AnalysisMatrix *x,
                                 const AnalysisUmapSettings *settings,
                                 SeismicProgressFunc progress, void *user_data,
                                 GError **error);
void analysis_umap_free (AnalysisUmap *umap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisUmap, analysis_umap_free)

/* Goes on by up to `most` iterations, no further than the planned ones. Returns how many
 * are done in all. progress may be NULL. */
size_t analysis_umap_run (AnalysisUmap *umap, size_t most, AnalysisLayoutFunc progress,
                          void *user_data);
/* (n, 2) as it is now; borrowed. */
const AnalysisMatrix *analysis_umap_get_layout (const AnalysisUmap *umap);

/* The parts, for the tests. */

/* weight (n, k): of each row's k neighbours, which do not contain the row itself. */
void analysis_umap_calibrate (float *weight, const AnalysisNeighbors *neighbors);
/* a, b: of 1 / (1 + a x^2b) nearest, in least squares over 300 points of 0 … 3, to 1
 * below min_distance and exp (min_distance − x) beyond. */
void analysis_umap_fit_curve (double min_distance, double *a, double *b);
