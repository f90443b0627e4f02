/* SaeProcessingPane: the settings of what is done to a signal before it is shown. Signal
 * "changed" () whenever what it reads as is another. */
#pragma once

#include "app/signal-view.h"
#include <adwaita.h>

#define SAE_TYPE_PROCESSING_PANE (sae_processing_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeProcessingPane, sae_processing_pane, SAE, PROCESSING_PANE,
                      AdwBin)

/* *treatment, overwritten; .processing.physical is not of this pane, and false. */
void sae_processing_pane_read (SaeProcessingPane *self, SaeTreatment *treatment);
/* Nothing is done any more; filters start anew from their defaults. */
void sae_processing_pane_reset (SaeProcessingPane *self);
/* Which switches make sense: for this signal (NULL: none is known), with a model or
 * without. What is switched on stays so. */
void sae_processing_pane_adapt (SaeProcessingPane *self, SaeSignalItem *item,
                                gboolean has_model);
