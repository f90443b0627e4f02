/* SaeSignalPane: the selected signal of a session: its event, its three components and
 * the few facts one wants to know. Property "session", set once. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_SIGNAL_PANE (sae_signal_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalPane, sae_signal_pane, SAE, SIGNAL_PANE, AdwBin)

/* "Start … · 100 Hz · 7200 samples, 72 s · peak 1234 counts on HNE"; peak from the
 * component's mean, as records have an offset. Free with g_free. */
char *sae_signal_pane_facts (const SeismicSignal *signal);
