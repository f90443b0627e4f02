/* A mixture of Gaussians with diagonal covariances by expectation and maximisation:
 * Dempster, Laird and Rubin (1977), doi 10.1111/j.2517-6161.1977.tb01600.x. From the
 * clusters of k-means. Seeded, the same for any number of threads. */
#pragma once

#include "analysis/kmeans.h"

/* Added to every variance, as a share of the mean variance of x's columns, so that no
 * component falls together on one row. */
#define ANALYSIS_MIXTURE_FLOOR 1e-6

typedef struct {
  uint32_t *cluster;     /* (n): the most probable component; 0 is the largest; owned */
  float *probability;    /* (n): of that component; owned */
  double log_likelihood; /* mean over rows, natural logarithm */
  double bic; /* Bayesian information criterion (Schwarz 1978): less is better */
} AnalysisMixture;

void analysis_mixture_clear (AnalysisMixture *mixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisMixture, analysis_mixture_clear)

/* mixture: new, of x (n, d) with settings->n_clusters components. Errors and progress as
 * analysis_kmeans (). */
bool analysis_mixture (AnalysisMixture *mixture, const AnalysisMatrix *x,
                       const AnalysisKmeansSettings *settings,
                       SeismicProgressFunc progress, void *user_data, GError **error);
