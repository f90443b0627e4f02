/* SaeRunPane: the loss curves of one run or several, and below them what is known of
 * each.
 */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_RUN_PANE (sae_run_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeRunPane, sae_run_pane, SAE, RUN_PANE, AdwBin)

/* runs: const AnalysisRun; copied as far as they are shown. */
void sae_run_pane_show (SaeRunPane *self, GPtrArray *runs);
