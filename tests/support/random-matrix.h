/* Matrices for the tests of analysis. */
#pragma once

#include "analysis/matrix.h"
#include "nn/rng.h"

/* (n, d) of standard normal numbers. */
static inline AnalysisMatrix
random_matrix (size_t n, size_t d, uint64_t seed)
{
  NnRng rng;
  nn_rng_seed (&rng, seed);
  AnalysisMatrix x;
  analysis_matrix_init (&x, n, d);
  for (size_t i = 0; i < n * d; i++)
    x.data[i] = (float)nn_rng_normal (&rng);
  return x;
}

/* (n, d) in n_clusters clusters of unit deviation, their centres `spread` times as far
 * from the origin; cluster (n), may be NULL, overwritten with each row's. */
static inline AnalysisMatrix
clustered_matrix (size_t n, size_t d, size_t n_clusters, double spread, uint64_t seed,
                  size_t *cluster)
{
  NnRng rng;
  nn_rng_seed (&rng, seed);
  g_autofree double *centers = g_new (double, n_clusters *d);
  for (size_t i = 0; i < n_clusters * d; i++)
    centers[i] = spread * nn_rng_normal (&rng);
  AnalysisMatrix x;
  analysis_matrix_init (&x, n, d);
  for (size_t i = 0; i < n; i++) {
    const size_t c = nn_rng_below (&rng, n_clusters);
    if (cluster != NULL)
      cluster[i] = c;
    for (size_t j = 0; j < d; j++)
      x.data[i * d + j] = (float)(centers[c * d + j] + nn_rng_normal (&rng));
  }
  return x;
}
