/* SaeSignalRows: the rows of a session's signals in a view, and which of them are chosen.
 * What is chosen outlives another order, grouping and filter; the session's selected
 * signal is always among it. Main thread.
 *
 * Signals: "chosen-changed", other signals are chosen, or the rows were made anew;
 * "reveal" (guint position), that row is to be scrolled to. */
#pragma once

#include "app/signal-tree.h"
#include "session/session.h"

#define SAE_TYPE_SIGNAL_ROWS (sae_signal_rows_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalRows, sae_signal_rows, SAE, SIGNAL_ROWS, GObject)

/* In the order of view's columns (signal-columns.h); selection's model is set by this. */
SaeSignalRows *sae_signal_rows_new (SaeSession *session, GtkMultiSelection *selection,
                                    GtkColumnView *view);
/* Its own; after a change the rows are to be made anew. */
SaeSignalFilter *sae_signal_rows_get_filter (SaeSignalRows *self);
gboolean sae_signal_rows_get_by_event (SaeSignalRows *self);
void sae_signal_rows_set_by_event (SaeSignalRows *self, gboolean by_event);
/* Now, or with other changes when the main loop is idle. */
void sae_signal_rows_rebuild (SaeSignalRows *self);
void sae_signal_rows_queue_rebuild (SaeSignalRows *self);

/* Signals that passed the filter. */
guint sae_signal_rows_get_n_signals (SaeSignalRows *self);
/* A new array of new references to SaeSignalItem: the chosen signals, and those of chosen
 * events, in the order of the rows, each once. */
GPtrArray *sae_signal_rows_dup_chosen (SaeSignalRows *self);
/* Chooses the next (1) or previous (−1) signal alone, if there is one. */
void sae_signal_rows_go (SaeSignalRows *self, int step);
/* Chooses the event's first signal alone, if it is there. */
void sae_signal_rows_show_event (SaeSignalRows *self, const char *event_id);
/* Folds or unfolds the event in that row. */
void sae_signal_rows_fold (SaeSignalRows *self, guint position);
