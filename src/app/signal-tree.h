/* SaeSignalTree: the rows of the table of signals: signals under their events, or alone.
 * It is made anew when what is searched for or the order changes. With more than
 * SAE_SIGNAL_TREE_OPEN signals the events are folded at first, and the rows below them
 * made when they are unfolded. Main thread. */
#pragma once

#include "app/signal-filter.h"
#include <gtk/gtk.h>

#define SAE_SIGNAL_TREE_OPEN 2000

typedef struct SaeSignalTree SaeSignalTree;

typedef struct {
  GListModel *events;            /* of SaeEventItem; borrowed */
  GListModel *signals;           /* of SaeSignalItem; borrowed */
  const SaeSignalFilter *filter; /* borrowed; events without any signal are left out */
  GtkSorter *sorter; /* of SaeSignalItem, borrowed; NULL: the order of the two lists */
  gboolean by_event; /* events are rows, their signals the rows below them */
  SaeSignalTree
      *former; /* what was folded or unfolded in it stays so; borrowed, or NULL */
} SaeSignalTreeSettings;

/* Events stand in the order of the first of their signals. It does not follow later
 * changes of events and signals. */
SaeSignalTree *sae_signal_tree_new (const SaeSignalTreeSettings *settings);
void sae_signal_tree_free (SaeSignalTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaeSignalTree, sae_signal_tree_free)

/* Of GtkTreeListRow; borrowed. */
GtkTreeListModel *sae_signal_tree_get_model (SaeSignalTree *self);
/* Signals that passed the filter, folded away or not. */
guint sae_signal_tree_get_n_signals (SaeSignalTree *self);
/* The row of the signal of that id, its event unfolded; or GTK_INVALID_LIST_POSITION. */
guint sae_signal_tree_find (SaeSignalTree *self, const char *signal_id);
/* The same, but of a signal that is folded away the row of its event. */
guint sae_signal_tree_locate (SaeSignalTree *self, const char *signal_id);
/* The first signal's row of the event, likewise. */
guint sae_signal_tree_find_event (SaeSignalTree *self, const char *event_id);
/* The next row below (step 1) or above (−1) position that is a signal, likewise: an event
 * on the way is unfolded, so that the row is to be looked at after the call. */
guint sae_signal_tree_next (SaeSignalTree *self, guint position, int step);
/* The rows of those signals (of SaeSignalItem) that are there. An event all of whose
 * signals are among them and folded away is a row instead; others are unfolded. A new
 * set. */
GtkBitset *sae_signal_tree_find_rows (SaeSignalTree *self, GPtrArray *signals);
/* The signal in that row; NULL if it is an event's or none. A new reference. */
SaeSignalItem *sae_signal_tree_get_signal (SaeSignalTree *self, guint position);
/* The signals of that row: its own, or all of its event's. Appended to array (of new
 * references). */
void sae_signal_tree_append_signals (SaeSignalTree *self, guint position,
                                     GPtrArray *array);
