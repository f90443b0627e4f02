/* The columns of the table of signals: what their cells say and how they sort. */
#pragma once

#include "session/previews.h"
#include <gtk/gtk.h>

/* The column's name in settings and actions; a literal. "record", "waveform", "distance",
 * "peak", "snr", "error", "magnitude", "time", "tags", "quality". */
const char *sae_signal_columns_get_name (guint index);
/* Its title in the user's language; a literal. */
const char *sae_signal_columns_get_title (guint index);
/* FALSE: it cannot be sorted by, or hidden. */
gboolean sae_signal_columns_can_sort (guint index);
gboolean sae_signal_columns_can_hide (guint index);
guint sae_signal_columns_get_n (void);
/* The index of the column of that name; get_n () if there is none. */
guint sae_signal_columns_find (const char *name);

/* Adds all of them to a view of GtkTreeListRow over SaeEventItem and SaeSignalItem. Their
 * sorters compare SaeSignalItem. */
void sae_signal_columns_add (GtkColumnView *view, SaePreviews *previews);
/* That column is no longer hidden. */
void sae_signal_columns_show (GtkColumnView *view, const char *name);
/* What the view is sorted by first; get_n () if by nothing. */
guint sae_signal_columns_get_sort (GtkColumnView *view, gboolean *descending);
