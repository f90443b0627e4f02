/* Which part of the signals is held out when: whole events, the classes spread evenly. */
#pragma once

#include "analysis/labels.h"

/* The fold of a signal without a label. */
#define ANALYSIS_NO_FOLD UINT32_MAX

/* fold (labels->n), overwritten: 0 … n_folds − 1, the same for all signals of an event.
 * An event stands for the rarest class among its signals; the events of each class, in an
 * order drawn from the seed and their ids alone, are dealt out one by one, so that the
 * folds' numbers of events of a class differ by one at most. 2 ≤ n_folds.
 * ANALYSIS_ERROR_TOO_FEW when there are fewer than two classes or one has fewer events
 * than folds. */
bool analysis_folds (uint32_t *fold, const AnalysisLabels *labels, size_t n_folds,
                     uint64_t seed, GError **error);
