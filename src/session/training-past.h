/* What a library's model says of its training: how it was trained, and how far. */
#pragma once

#include "analysis/training.h"

typedef struct {
  AnalysisTrainingSettings settings; /* to go on with: resume is set */
  GArray *history;                   /* NnEpoch, owned */
  size_t best_epoch;                 /* as in nn/trainer.h */
} SaeTrainingPast;

/* NULL when the library has no model, or none that can be read. Any thread. */
SaeTrainingPast *sae_training_past_read (SeismicLibrary *library);
/* Of a training that has just ended. */
SaeTrainingPast *sae_training_past_new (const AnalysisTrainingSettings *settings,
                                        const AnalysisTrainingSummary *summary);
void sae_training_past_free (SaeTrainingPast *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeTrainingPast, sae_training_past_free)

/* It was stopped before its last epoch, not by patience, and has something to go on from.
 * past may be NULL. */
bool sae_training_past_is_unfinished (const SaeTrainingPast *past);
