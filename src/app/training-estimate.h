/* SaeTrainingEstimate: a row that tells what a training would be before it is begun: the
 * network's parameters, memory, and the time of an epoch and of all. Found out in a
 * thread, a moment after the last wish, while the row is on the screen. */
#pragma once

#include "analysis/estimate.h"
#include <adwaita.h>

#define SAE_TYPE_TRAINING_ESTIMATE (sae_training_estimate_get_type ())
G_DECLARE_FINAL_TYPE (SaeTrainingEstimate, sae_training_estimate, SAE, TRAINING_ESTIMATE,
                      AdwActionRow)

/* Of a training on the library in folder; folder NULL: of none, and one that is being
 * found out is given up. */
void sae_training_estimate_want (SaeTrainingEstimate *self, const char *folder,
                                 const AnalysisTrainingSettings *settings);
/* "108419 parameters · 38 MB of memory · 2 s an epoch · 42 s in all"; free with g_free.
 */
char *sae_training_estimate_text (const AnalysisEstimate *estimate, size_t n_epochs);
