/* How well a classifier tells what it has not seen: cross-validation by event.
 *
 * Scaler and classifier are fitted within each fold, on the events of the others. The
 * permutation test (Ojala and Garriga 2010, JMLR 11) does the same with the labels
 * shuffled: among the events where all signals of an event have one label, and else among
 * the signals; p = (1 + as good or better) / (1 + permutations). */
#pragma once

#include "analysis/classifier.h"
#include "analysis/labels.h"
#include "analysis/scores.h"
#include "seismic/progress.h"

typedef struct {
  AnalysisClassifierSettings classifier;
  size_t n_folds;        /* ≥ 2 */
  size_t n_permutations; /* 0: no test */
  uint64_t seed;         /* of the folds and the permutations */
} AnalysisValidationSettings;

/* The classifier's default; 5 folds, 100 permutations, seed 1. */
AnalysisValidationSettings analysis_validation_default (void);

typedef struct {
  size_t n_classes, n_signals; /* with a label */
  uint32_t *predicted;   /* (n) when held out; ANALYSIS_NO_LABEL without a label; owned */
  size_t *confusion;     /* (classes, classes): truth, prediction; owned */
  size_t *n_events;      /* (classes); owned */
  AnalysisShare *recall; /* (classes); owned */
  AnalysisShare balanced;
  double chance;        /* 1 / classes */
  double p_value;       /* NAN without a test */
  double permuted_most; /* the best balanced accuracy among the permutations, or NAN */
} AnalysisValidation;

void analysis_validation_clear (AnalysisValidation *validation);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisValidation, analysis_validation_clear)

/* validation: new, of x (labels->n, d), in which unknown numbers (not finite) count as
 * their column's mean. progress (may be NULL) is told of permutations. The errors of
 * analysis_folds (); ANALYSIS_ERROR_SETTINGS; ANALYSIS_ERROR_NUMERIC when no number of x
 * is known; G_IO_ERROR_CANCELLED. */
bool analysis_validate (const AnalysisMatrix *x, const AnalysisLabels *labels,
                        const AnalysisValidationSettings *settings,
                        SeismicProgressFunc progress, void *user_data,
                        AnalysisValidation *validation, GError **error);
