/* SaeSignalTable: the signals of a session as rows that can be searched, sorted, grouped
 * by event and chosen, each with a tiny picture. The session's selected signal is a
 * chosen row; any number of others may be chosen with it.
 *
 * Properties: "session" (set once), "by-event" (boolean), "sort" (string, a column's
 * name,
 * "" for the library's order), "descending" (boolean): read-write, notified.
 * Signal: "chosen-changed". */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_SIGNAL_TABLE (sae_signal_table_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalTable, sae_signal_table, SAE, SIGNAL_TABLE, AdwBin)

/* Selects the next (1) or previous (−1) signal, if there is one. */
void sae_signal_table_go (SaeSignalTable *self, int step);
/* Selects the event's first signal; what is searched for is forgotten. */
void sae_signal_table_show_event (SaeSignalTable *self, const char *event_id);
/* A new array of new references to SaeSignalItem: the chosen signals, and those of chosen
 * events, in the order of the rows, each once. */
GPtrArray *sae_signal_table_dup_chosen (SaeSignalTable *self);
/* The keys go to where a tag is written. */
void sae_signal_table_begin_tag (SaeSignalTable *self);
/* What takes the keys: the rows, not their header; borrowed. */
GtkWidget *sae_signal_table_get_focus (SaeSignalTable *self);
/* The rows as they stand; borrowed. */
GtkSelectionModel *sae_signal_table_get_rows (SaeSignalTable *self);
/* Is from now on as the settings have it, and they as it is: order, grouping, columns.
 * Once, after the session. */
void sae_signal_table_remember (SaeSignalTable *self, GSettings *settings);
