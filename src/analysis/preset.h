/* Settings of a training under a name, for those who do not want to choose each. */
#pragma once

#include "analysis/training.h"

typedef struct {
  const char *name; /* "classroom", "laptop", "study" */
  AnalysisTrainingSettings settings;
} AnalysisPreset;

/* All of them, *n, from the quickest.
 *
 * classroom: the sample library trains in well under a minute on two cores, to less than
 * half the validation loss of its first epoch. Not pooled: with so few records
 * that network learns no more than to answer zero, for which the loss is 3.25.
 * laptop: some hundred records of 100 Hz in some minutes.
 * study: what the original study's scripts set (github.com/paulbuiqg/signal_autoencoder,
 * scripts/config.yml, seismic_autoencoding.py and modeling.py of 2024): three pooled
 * blocks of 64, 128, 256 channels with dropout 0.5, one LSTM layer of 256, batch 8,
 * Adam 1e-4, L1, one epoch, each record's own rate. It held nothing out; a fifth of the
 * events is held out here, so that the loss can be trusted. */
const AnalysisPreset *analysis_presets (size_t *n);
/* NULL if there is none of that name. */
const AnalysisPreset *analysis_preset_find (const char *name);
/* Its settings, but for the seed, the run, and which signals are trained on and what of
 * them: these stay. */
void analysis_preset_apply (const AnalysisPreset *preset,
                            AnalysisTrainingSettings *settings);
/* The preset whose settings, but for what it does not apply, are these; NULL: none. */
const AnalysisPreset *analysis_preset_of (const AnalysisTrainingSettings *settings);
