/* SaeReconstructionPane: original against reconstruction of one signal, with its error in
 * numbers. Property "session", set once. */
#pragma once

#include "app/chart.h"
#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_RECONSTRUCTION_PANE (sae_reconstruction_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeReconstructionPane, sae_reconstruction_pane, SAE,
                      RECONSTRUCTION_PANE, AdwBin)

/* NULL for none. Shows it anew if it is the same: the model may be another. */
void sae_reconstruction_pane_show (SaeReconstructionPane *self, SaeSignalItem *item);
/* What is shown, to be drawn elsewhere: borrowed; NULL while there is nothing. */
SaeChart *sae_reconstruction_pane_get_chart (SaeReconstructionPane *self);
