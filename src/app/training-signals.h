/* SaeTrainingSignals: which of the library's signals a training learns from, and what of
 * each, as rows; how many they are is told at once. What a query says beside what is on
 * the rows stays.
 *
 * Signal: "changed" ()   by the user, or how many they are */
#pragma once

#include "analysis/dataset.h"
#include <adwaita.h>

#define SAE_TYPE_TRAINING_SIGNALS (sae_training_signals_get_type ())
G_DECLARE_FINAL_TYPE (SaeTrainingSignals, sae_training_signals, SAE, TRAINING_SIGNALS,
                      AdwBin)

/* Of SaeSignalItem; a reference is taken. */
void sae_training_signals_set_model (SaeTrainingSignals *self, GListModel *signals);
/* Only the query and the window of settings. */
void sae_training_signals_set (SaeTrainingSignals *self,
                               const AnalysisDatasetSettings *settings);
void sae_training_signals_get (SaeTrainingSignals *self,
                               AnalysisDatasetSettings *settings);
/* Every limit is a number or none, and there is a signal that fits. */
gboolean sae_training_signals_get_valid (SaeTrainingSignals *self);
