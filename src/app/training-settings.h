/* SaeTrainingSettings: the few settings of a training that matter, as rows. Property
 * "valid" (boolean, read-only): all of them can be used. */
#pragma once

#include "analysis/training.h"
#include <adwaita.h>

#define SAE_TYPE_TRAINING_SETTINGS (sae_training_settings_get_type ())
G_DECLARE_FINAL_TYPE (SaeTrainingSettings, sae_training_settings, SAE, TRAINING_SETTINGS,
                      AdwBin)

void sae_training_settings_set (SaeTrainingSettings *self,
                                const AnalysisTrainingSettings *settings);
/* What is not on the screen keeps the value given to set. */
AnalysisTrainingSettings sae_training_settings_get (SaeTrainingSettings *self);
/* The library's, of SaeSignalItem, to choose from. */
void sae_training_settings_set_signals (SaeTrainingSettings *self, GListModel *signals);
/* The library's, by which a training is estimated; NULL: it is not, as one runs. */
void sae_training_settings_set_folder (SaeTrainingSettings *self, const char *folder);
gboolean sae_training_settings_get_valid (SaeTrainingSettings *self);

/* "16, 32, 32" → three widths from 1 to 4096; FALSE, widths untouched, for anything else.
 */
gboolean sae_training_settings_parse_widths (const char *text, size_t widths[3]);
/* Parameters of the network; as many as nn_autoencoder_new makes. */
size_t sae_training_settings_count_parameters (const NnConfig *config);
