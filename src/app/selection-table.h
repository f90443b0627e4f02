/* SaeSelectionTable: what a window of a signal comes to, a line a component: peak, peak
 * to peak, RMS, significant duration, the frequency of its spectrum's peak. Computed in a
 * thread. */
#pragma once

#include "app/signal-view.h"
#include <adwaita.h>

#define SAE_TYPE_SELECTION_TABLE (sae_selection_table_get_type ())
G_DECLARE_FINAL_TYPE (SaeSelectionTable, sae_selection_table, SAE, SELECTION_TABLE,
                      AdwBin)

/* Of recording's samples between begin_s and end_s after its first one, both included;
 * unit is that of its samples. Those in gaps count for nothing; a window with a gap in it
 * has no spectrum. NULL: of nothing. */
void sae_selection_table_show (SaeSelectionTable *self, SaeRecording *recording,
                               double begin_s, double end_s, const char *unit);
