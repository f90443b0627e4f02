/* SaeSignalPane: the selected signal of a session: its event, its three components and
 * what is done to them before they are shown. Properties "session" (set once),
 * "side" (boolean: the processing is seen), "numbers" (boolean: those of the whole record
 * are, without a selection) and "view" (string: as of SaeSignalViews). */
#pragma once

#include "app/chart.h"
#include "app/signal-view.h"
#include <adwaita.h>

#define SAE_TYPE_SIGNAL_PANE (sae_signal_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalPane, sae_signal_pane, SAE, SIGNAL_PANE, AdwBin)

/* What reads and processes for it; borrowed. */
SaeSignalView *sae_signal_pane_get_signal_view (SaeSignalPane *self);
/* What is looked at; borrowed. */
SaeChart *sae_signal_pane_get_chart (SaeSignalPane *self);
/* The selected window; FALSE, and both untouched, if there is none. */
gboolean sae_signal_pane_get_window (SaeSignalPane *self, int64_t *from_ns,
                                     int64_t *to_ns);
/* "Start … · 100 Hz · 7200 samples, 72 s · peak 1234 counts on HNE"; peak from the
 * component's mean, as records have an offset. Free with g_free. */
char *sae_signal_pane_facts (const SaeShown *shown);
/* "2 gaps, 1 overlap", by component counted once; NULL if the record is whole. Free with
 * g_free. */
char *sae_signal_pane_spans (const SaeShown *shown);
