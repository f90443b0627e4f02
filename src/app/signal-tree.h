/* Signals under their events: the model of the list at the side of the Signals page. */
#pragma once

#include "session/signal-item.h"
#include <gtk/gtk.h>

/* events: of SaeEventItem; signals: of SaeSignalItem. A new tree whose roots are events
 * and whose leaves are signals, all expanded. With search ("" for all) only signals that
 * hold every word of it in their own or their event's text; events without any are left
 * out. It does not follow later changes of events and signals. */
GtkTreeListModel *sae_signal_tree_new (GListModel *events, GListModel *signals,
                                       const char *search);
/* The row of the signal of that id, or GTK_INVALID_LIST_POSITION. */
guint sae_signal_tree_find (GtkTreeListModel *tree, const char *signal_id);
/* The first signal's row of the event, likewise. */
guint sae_signal_tree_find_event (GtkTreeListModel *tree, const char *event_id);
/* The next row below (step 1) or above (−1) position that is a signal, likewise. */
guint sae_signal_tree_next (GtkTreeListModel *tree, guint position, int step);
/* The signal in that row; NULL if it is an event's or none. A new reference. */
SaeSignalItem *sae_signal_tree_get_signal (GtkTreeListModel *tree, guint position);
