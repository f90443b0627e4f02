/* What the two-dimensional layouts that are computed step by step have in common. */
#pragma once

#include "analysis/matrix.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  size_t iteration, n_iterations; /* done, planned */
  const AnalysisMatrix *layout;   /* (n, 2) as it is now; borrowed for the call */
} AnalysisLayoutProgress;

/* Called after each iteration in the working thread. FALSE stops there; the layout is
 * then what it has become, and may be gone on with. */
typedef bool (*AnalysisLayoutFunc) (const AnalysisLayoutProgress *progress,
                                    void *user_data);

/* Steps `most` times, no further than `planned` in all, by an iteration of self each:
 * *done counts them, layout is what they move. Returns *done. progress may be NULL. */
size_t analysis_layout_run (void (*iterate) (void *self), void *self, size_t *done,
                            size_t planned, size_t most, const AnalysisMatrix *layout,
                            AnalysisLayoutFunc progress, void *user_data);

/* layout: new (n, 2), the first two principal components of x (n, d), the first of
 * standard deviation `deviation`, and on each coordinate seeded noise of a hundredth of
 * that, so that no two rows stand in one place. ANALYSIS_ERROR_NUMERIC; n ≥ 2, d ≥ 1. */
bool analysis_layout_init (AnalysisMatrix *layout, const AnalysisMatrix *x,
                           double deviation, uint64_t seed, GError **error);
