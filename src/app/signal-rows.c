#include "app/signal-rows.h"

#include "app/signal-columns.h"
#include "session/marks.h"

struct _SaeSignalRows {
  GObject parent_instance;

  /* Owned */
  SaeSession *session;
  GtkMultiSelection *selection;
  SaeSignalFilter *filter;
  SaeSignalTree *tree;
  guint rebuild_source; /* 0 when none is pending */

  GtkColumnView *view; /* borrowed; NULL once it is gone */
  gboolean by_event;
  gboolean is_choosing;  /* by itself, not by the user */
  gboolean is_following; /* another page */
  gboolean is_marking;   /* the other pages follow */
};

G_DEFINE_FINAL_TYPE (SaeSignalRows, sae_signal_rows, G_TYPE_OBJECT)

enum { CHOSEN_CHANGED, REVEAL, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkSelectionModel *
get_model (SaeSignalRows *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

/* Every chosen row is an event's or a signal's; what is chosen with its event counts
 * once.
 */
GPtrArray *
sae_signal_rows_dup_chosen (SaeSignalRows *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (get_model (self));
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    sae_signal_tree_append_signals (self->tree, position, all);
  for (guint i = 0; i < all->len; i++)
    if (g_hash_table_add (seen, all->pdata[i]))
      g_ptr_array_add (chosen, g_object_ref (all->pdata[i]));
  return chosen;
}

static void
reveal (SaeSignalRows *self, guint position)
{
  if (position != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[REVEAL], 0, position);
}

/* Chooses that row alone. */
static void
choose (SaeSignalRows *self, guint position)
{
  GtkSelectionModel *rows = get_model (self);

  if (position == GTK_INVALID_LIST_POSITION) {
    gtk_selection_model_unselect_all (rows);
    return;
  }
  gtk_selection_model_select_item (rows, position, TRUE);
  reveal (self, position);
}

static guint
find_selected (SaeSignalRows *self)
{
  SaeSignalItem *selected = sae_session_get_selected (self->session);

  return selected ? sae_signal_tree_find (self->tree, sae_signal_item_get_id (selected))
                  : GTK_INVALID_LIST_POSITION;
}

/* The session's selection may come from another page. */
static void
on_session_selected (SaeSignalRows *self)
{
  SaeSignalItem *selected = sae_session_get_selected (self->session);
  g_autoptr (GPtrArray) chosen = NULL;

  if (self->is_choosing)
    return;
  chosen = sae_signal_rows_dup_chosen (self);
  self->is_following = TRUE;
  if (!selected || !g_ptr_array_find (chosen, selected, NULL))
    choose (self, find_selected (self));
  self->is_following = FALSE;
}

/* One alone is the one in hand: to look through the rows marks nothing. */
static void
mark (SaeSignalRows *self, GPtrArray *chosen)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (self->is_following || chosen->len < 2)
    return;
  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (ids, (char *)sae_signal_item_get_id (chosen->pdata[i]));
  g_ptr_array_add (ids, NULL);
  self->is_marking = TRUE;
  sae_marks_set_signals (sae_session_get_marks (self->session),
                         (const char *const *)ids->pdata);
  self->is_marking = FALSE;
}

/* One of the chosen signals is shown: the one that was, or the first. */
static void
on_row_selected (SaeSignalRows *self)
{
  SaeSignalItem *selected = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  if (self->is_choosing)
    return;
  selected = sae_session_get_selected (self->session);
  chosen = sae_signal_rows_dup_chosen (self);
  self->is_choosing = TRUE;
  if (chosen->len > 0 && !g_ptr_array_find (chosen, selected, NULL))
    sae_session_set_selected (self->session, chosen->pdata[0]);
  self->is_choosing = FALSE;
  mark (self, chosen);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

static void
select_first (SaeSignalRows *self)
{
  g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (self->tree, 0);
  guint first = item ? 0 : sae_signal_tree_next (self->tree, 0, 1);
  g_autoptr (SaeSignalItem) next = sae_signal_tree_get_signal (self->tree, first);

  if (next)
    sae_session_set_selected (self->session, next);
}

/* The rows of those signals, and no others. */
static void
choose_again (SaeSignalRows *self, GPtrArray *chosen)
{
  guint n;
  g_autoptr (GtkBitset) set = sae_signal_tree_find_rows (self->tree, chosen);
  g_autoptr (GtkBitset) all = NULL;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  all = gtk_bitset_new_range (0, n);
  gtk_selection_model_set_selection (get_model (self), set, all);
}

/* What is marked on other pages is chosen here, without marks what is in hand. */
static void
on_marks (SaeSignalRows *self, SaeMarks *marks)
{
  g_autoptr (GPtrArray) marked = g_ptr_array_new ();

  if (self->is_marking || !self->tree)
    return;
  for (const char *const *id = sae_marks_get_signals (marks); *id; id++) {
    SaeSignalItem *item = sae_session_find_signal (self->session, *id);

    if (item)
      g_ptr_array_add (marked, item);
  }
  self->is_following = TRUE;
  if (marked->len > 0)
    choose_again (self, marked);
  else
    choose (self, find_selected (self));
  self->is_following = FALSE;
}

void
sae_signal_rows_rebuild (SaeSignalRows *self)
{
  g_autoptr (SaeSignalTree) former = self->tree;
  g_autoptr (GPtrArray) chosen = former ? sae_signal_rows_dup_chosen (self) : NULL;
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  gboolean descending = FALSE;
  SaeSignalItem *selected = NULL;
  SaeSignalTreeSettings settings = {
      .events = sae_session_get_events (self->session),
      .signals = sae_session_get_signals (self->session),
      .filter = self->filter,
      .by_event = self->by_event,
      .former = former,
      .sorter = sae_signal_columns_get_sort (self->view, &descending) <
                        sae_signal_columns_get_n ()
                    ? sorter
                    : NULL};

  self->is_choosing = TRUE;
  self->tree = sae_signal_tree_new (&settings);
  gtk_multi_selection_set_model (self->selection,
                                 G_LIST_MODEL (sae_signal_tree_get_model (self->tree)));
  if (chosen)
    choose_again (self, chosen);
  self->is_choosing = FALSE;
  if (!sae_session_get_selected (self->session))
    select_first (self);
  on_session_selected (self);
  selected = sae_session_get_selected (self->session);
  if (selected)
    reveal (self, sae_signal_tree_locate (self->tree, sae_signal_item_get_id (selected)));
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

static gboolean
rebuild_when_idle (gpointer user_data)
{
  SaeSignalRows *self = user_data;

  self->rebuild_source = 0;
  sae_signal_rows_rebuild (self);
  return G_SOURCE_REMOVE;
}

void
sae_signal_rows_queue_rebuild (SaeSignalRows *self)
{
  if (!self->rebuild_source)
    self->rebuild_source = g_idle_add (rebuild_when_idle, self);
}

/* A new library changes events, signals and selection one after the other; the rows
 * follow once all are there. */
static void
on_contents_changed (SaeSignalRows *self)
{
  sae_signal_filter_forget (self->filter);
  sae_signal_rows_queue_rebuild (self);
}

SaeSignalFilter *
sae_signal_rows_get_filter (SaeSignalRows *self)
{
  return self->filter;
}

gboolean
sae_signal_rows_get_by_event (SaeSignalRows *self)
{
  return self->by_event;
}

void
sae_signal_rows_set_by_event (SaeSignalRows *self, gboolean by_event)
{
  self->by_event = by_event;
  sae_signal_rows_queue_rebuild (self);
}

guint
sae_signal_rows_get_n_signals (SaeSignalRows *self)
{
  return sae_signal_tree_get_n_signals (self->tree);
}

void
sae_signal_rows_go (SaeSignalRows *self, int step)
{
  guint position = find_selected (self);
  guint next;

  if (position == GTK_INVALID_LIST_POSITION)
    position = 0; /* what is selected is not among what was found: from the top */
  next = sae_signal_tree_next (self->tree, position, step);
  if (next != GTK_INVALID_LIST_POSITION)
    choose (self, next);
}

void
sae_signal_rows_show_event (SaeSignalRows *self, const char *event_id)
{
  guint position = sae_signal_tree_find_event (self->tree, event_id);

  if (position != GTK_INVALID_LIST_POSITION)
    choose (self, position);
}

void
sae_signal_rows_fold (SaeSignalRows *self, guint position)
{
  GListModel *rows = G_LIST_MODEL (sae_signal_tree_get_model (self->tree));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, position);

  if (row && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

SaeSignalRows *
sae_signal_rows_new (SaeSession *session, GtkMultiSelection *selection,
                     GtkColumnView *view)
{
  SaeSignalRows *self = g_object_new (SAE_TYPE_SIGNAL_ROWS, NULL);

  self->session = g_object_ref (session);
  self->selection = g_object_ref (selection);
  g_set_weak_pointer (&self->view, view);
  g_signal_connect_object (sae_session_get_events (session), "items-changed",
                           G_CALLBACK (on_contents_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (on_contents_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_session_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sae_signal_rows_queue_rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (on_row_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_marks (session), "changed",
                           G_CALLBACK (on_marks), self, G_CONNECT_SWAPPED);
  sae_signal_rows_rebuild (self);
  return self;
}

static void
sae_signal_rows_dispose (GObject *object)
{
  SaeSignalRows *self = SAE_SIGNAL_ROWS (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  self->is_choosing = TRUE;
  if (self->selection)
    gtk_multi_selection_set_model (self->selection, NULL);
  g_clear_pointer (&self->tree, sae_signal_tree_free);
  g_clear_object (&self->selection);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_signal_rows_parent_class)->dispose (object);
}

static void
sae_signal_rows_finalize (GObject *object)
{
  sae_signal_filter_free (SAE_SIGNAL_ROWS (object)->filter);
  G_OBJECT_CLASS (sae_signal_rows_parent_class)->finalize (object);
}

static void
sae_signal_rows_class_init (SaeSignalRowsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_signal_rows_dispose;
  G_OBJECT_CLASS (class)->finalize = sae_signal_rows_finalize;
  signals[CHOSEN_CHANGED] =
      g_signal_new ("chosen-changed", SAE_TYPE_SIGNAL_ROWS, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[REVEAL] = g_signal_new ("reveal", SAE_TYPE_SIGNAL_ROWS, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sae_signal_rows_init (SaeSignalRows *self)
{
  self->by_event = TRUE;
  self->filter = sae_signal_filter_new ();
}
