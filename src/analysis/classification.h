/* What the embedding tells of the signals' labels, beside what two descriptions without a
 * network tell of them: the same classifier, the same folds, the same signals. The
 * network has seen the records of its training events, but no label. */
#pragma once

#include "analysis/embedding.h"
#include "analysis/validation.h"

typedef struct {
  AnalysisLabels labels; /* of the embedding's rows, rare classes dropped; owned */
  GPtrArray *dropped;    /* char *: classes of fewer events than folds; owned */
  AnalysisValidation embedding;
  AnalysisValidation spectra; /* analysis/baselines.h; both without a permutation test */
  AnalysisValidation ratios;
  size_t
      n_ratios; /* signals with a label of which a ratio is known; 0: ratios is empty */
} AnalysisClassification;

void analysis_classification_clear (AnalysisClassification *classification);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisClassification, analysis_classification_clear)

/* classification: new; by_id as in analysis_labels_init (). progress is told of signals
 * described, then of permutations. Fails as analysis_validate (), with
 * ANALYSIS_ERROR_TOO_FEW when fewer than two classes have as many events as folds. */
bool analysis_classify (SeismicLibrary *library, const AnalysisEmbedding *embedding,
                        GHashTable *by_id, const AnalysisValidationSettings *settings,
                        SeismicProgressFunc progress, void *user_data,
                        AnalysisClassification *classification, GError **error);
