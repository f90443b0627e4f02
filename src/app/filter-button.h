/* SaeFilterButton: which tags and which flags of quality a signal may have to be listed:
 * a button whose popover lists them, each with the number of signals that have it.
 *
 * Signal: "changed", other ones are asked for. */
#pragma once

#include "app/signal-filter.h"
#include <adwaita.h>

#define SAE_TYPE_FILTER_BUTTON (sae_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (SaeFilterButton, sae_filter_button, SAE, FILTER_BUTTON, AdwBin)

/* Whose tags and flags it counts when it opens: of SaeSignalItem; borrowed, as long as
 * the button lives. */
void sae_filter_button_set_signals (SaeFilterButton *self, GListModel *signals);
/* Writes what is asked for into the filter. */
void sae_filter_button_apply (SaeFilterButton *self, SaeSignalFilter *filter);
/* Nothing is asked for any more. */
void sae_filter_button_clear (SaeFilterButton *self);
/* Counts again; what nobody has any more is no longer asked for. */
void sae_filter_button_count (SaeFilterButton *self);
