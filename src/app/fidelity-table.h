/* SaeFidelityTable: how near a reconstruction comes to its original, a line a component:
 * normalised error, correlation, signal-to-residual ratio. */
#pragma once

#include "analysis/fidelity.h"
#include <adwaita.h>

#define SAE_TYPE_FIDELITY_TABLE (sae_fidelity_table_get_type ())
G_DECLARE_FINAL_TYPE (SaeFidelityTable, sae_fidelity_table, SAE, FIDELITY_TABLE, AdwBin)

#define SAE_N_FIDELITIES 3

/* names: of the components ("HNE"). */
void sae_fidelity_table_show (SaeFidelityTable *self,
                              const char *const names[SAE_N_FIDELITIES],
                              const AnalysisFidelity fidelities[SAE_N_FIDELITIES]);
