#include "app/signal-table.h"

#include "app/error-text.h"
#include "app/filter-button.h"
#include "app/note-bar.h"
#include "app/signal-columns.h"
#include "app/signal-table-menu.h"
#include "app/signal-tree.h"
#include <glib/gi18n.h>

struct _SaeSignalTable {
  AdwBin parent_instance;

  /* Template widgets */
  GtkSearchEntry *search;
  SaeFilterButton *filter_button;
  GtkMenuButton *options;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkMultiSelection *selection;
  GtkLabel *count;
  SaeNoteBar *note_bar;

  /* Owned */
  SaeSession *session;
  SaePreviews *previews;
  SaeNotes *notes; /* NULL before there is a session */
  SaeSignalFilter *filter;
  SaeSignalTree *tree;  /* NULL before there is a session */
  guint rebuild_source; /* 0 when none is pending */

  gboolean by_event;
  gboolean is_choosing; /* by itself, not by the user */
};

G_DEFINE_FINAL_TYPE (SaeSignalTable, sae_signal_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_BY_EVENT, PROP_SORT, PROP_DESCENDING, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CHOSEN_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

GtkSelectionModel *
sae_signal_table_get_rows (SaeSignalTable *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

GtkWidget *
sae_signal_table_get_focus (SaeSignalTable *self)
{
  return gtk_widget_get_next_sibling (
      gtk_widget_get_first_child (GTK_WIDGET (self->view)));
}

/* Every chosen row is an event's or a signal's; what is chosen with its event counts
 * once.
 */
GPtrArray *
sae_signal_table_dup_chosen (SaeSignalTable *self)
{
  g_autoptr (GtkBitset) set =
      gtk_selection_model_get_selection (sae_signal_table_get_rows (self));
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
update_count (SaeSignalTable *self)
{
  guint n_all = g_list_model_get_n_items (sae_session_get_signals (self->session));
  guint n_shown = sae_signal_tree_get_n_signals (self->tree);
  g_autoptr (GPtrArray) chosen = sae_signal_table_dup_chosen (self);
  g_autofree char *shown =
      sae_signal_filter_is_active (self->filter)
          ? g_strdup_printf (ngettext ("%'u of %'u signal", "%'u of %'u signals", n_all),
                             n_shown, n_all)
          : g_strdup_printf (ngettext ("%'u signal", "%'u signals", n_all), n_all);
  g_autofree char *marked = NULL;
  g_autofree char *both = NULL;

  if (chosen->len > 1) {
    marked =
        g_strdup_printf (ngettext ("%'u chosen", "%'u chosen", chosen->len), chosen->len);
    both = g_strdup_printf ("%s, %s", shown, marked);
  }
  gtk_label_set_label (self->count, both ? both : shown);
  gtk_stack_set_visible_child_name (self->stack,
                                    n_all > 0 && n_shown == 0 ? "nothing" : "list");
}

/* What is chosen is other than before. */
static void
tell_chosen (SaeSignalTable *self)
{
  g_autoptr (GPtrArray) chosen = sae_signal_table_dup_chosen (self);

  update_count (self);
  sae_note_bar_show (self->note_bar, chosen);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

static void
scroll_to (SaeSignalTable *self, guint position)
{
  gtk_widget_activate_action (sae_signal_table_get_focus (self), "list.scroll-to-item",
                              "u", position);
}

/* Chooses that row alone. */
static void
choose (SaeSignalTable *self, guint position)
{
  GtkSelectionModel *rows = sae_signal_table_get_rows (self);

  if (position == GTK_INVALID_LIST_POSITION) {
    gtk_selection_model_unselect_all (rows);
    return;
  }
  gtk_selection_model_select_item (rows, position, TRUE);
  scroll_to (self, position);
}

static guint
find_selected (SaeSignalTable *self)
{
  SaeSignalItem *selected = sae_session_get_selected (self->session);

  return selected ? sae_signal_tree_find (self->tree, sae_signal_item_get_id (selected))
                  : GTK_INVALID_LIST_POSITION;
}

/* The session's selection may come from another page. */
static void
on_session_selected (SaeSignalTable *self)
{
  SaeSignalItem *selected = sae_session_get_selected (self->session);
  g_autoptr (GPtrArray) chosen = NULL;

  if (!self->tree || self->is_choosing)
    return;
  chosen = sae_signal_table_dup_chosen (self);
  if (!selected || !g_ptr_array_find (chosen, selected, NULL))
    choose (self, find_selected (self));
}

/* One of the chosen signals is shown: the one that was, or the first. */
static void
on_row_selected (SaeSignalTable *self)
{
  SaeSignalItem *selected = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  if (!self->tree || self->is_choosing)
    return;
  selected = sae_session_get_selected (self->session);
  chosen = sae_signal_table_dup_chosen (self);
  self->is_choosing = TRUE;
  if (chosen->len > 0 && !g_ptr_array_find (chosen, selected, NULL))
    sae_session_set_selected (self->session, chosen->pdata[0]);
  self->is_choosing = FALSE;
  tell_chosen (self);
}

/* Enter or a double click on an event folds it. */
static void
on_row_activated (SaeSignalTable *self, guint position)
{
  GListModel *rows = G_LIST_MODEL (sae_signal_tree_get_model (self->tree));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, position);

  if (row && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
select_first (SaeSignalTable *self)
{
  g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (self->tree, 0);
  guint first = item ? 0 : sae_signal_tree_next (self->tree, 0, 1);
  g_autoptr (SaeSignalItem) next = sae_signal_tree_get_signal (self->tree, first);

  if (next)
    sae_session_set_selected (self->session, next);
}

/* The rows of those signals; all others are not chosen. */
static void
choose_again (SaeSignalTable *self, GPtrArray *chosen)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  g_autoptr (GtkBitset) set = gtk_bitset_new_empty ();

  for (guint i = 0; i < chosen->len; i++) {
    guint position =
        sae_signal_tree_find (self->tree, sae_signal_item_get_id (chosen->pdata[i]));

    if (position != GTK_INVALID_LIST_POSITION)
      gtk_bitset_add (set, position);
  }
  gtk_selection_model_set_selection (sae_signal_table_get_rows (self), set, all);
}

static void
rebuild (SaeSignalTable *self)
{
  g_autoptr (SaeSignalTree) former = self->tree;
  g_autoptr (GPtrArray) chosen = former ? sae_signal_table_dup_chosen (self) : NULL;
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  gboolean descending = FALSE;
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
  guint position;

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
  position = find_selected (self);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
  tell_chosen (self);
}

static gboolean
rebuild_when_idle (gpointer user_data)
{
  SaeSignalTable *self = user_data;

  self->rebuild_source = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A new library changes events, signals and selection one after the other; the rows
 * follow once all are there. */
static void
queue_rebuild (SaeSignalTable *self)
{
  if (!self->rebuild_source && self->tree)
    self->rebuild_source = g_idle_add (rebuild_when_idle, self);
}

static void
on_contents_changed (SaeSignalTable *self)
{
  sae_signal_filter_forget (self->filter);
  sae_previews_set_folder (self->previews, sae_session_get_folder (self->session));
  sae_filter_button_count (self->filter_button);
  sae_filter_button_apply (self->filter_button, self->filter);
  queue_rebuild (self);
}

static void
on_errors (SaeSignalTable *self)
{
  if (sae_session_get_errors (self->session))
    sae_signal_columns_show (self->view, "error");
  queue_rebuild (self);
}

static void
on_sorted (SaeSignalTable *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
  queue_rebuild (self);
}

static void
on_search (SaeSignalTable *self)
{
  sae_signal_filter_set_words (self->filter,
                               gtk_editable_get_text (GTK_EDITABLE (self->search)));
  if (self->tree)
    rebuild (self);
}

static void
on_filter (SaeSignalTable *self)
{
  sae_filter_button_apply (self->filter_button, self->filter);
  if (self->tree)
    rebuild (self);
}

/* Tags may be searched, filtered and sorted by. */
static void
on_noted (SaeSignalTable *self)
{
  sae_filter_button_count (self->filter_button);
  sae_filter_button_apply (self->filter_button, self->filter);
  queue_rebuild (self);
}

static void
on_not_saved (SaeSignalTable *self, const GError *error)
{
  g_autofree char *text = sae_error_text (error);
  GtkWidget *overlay =
      gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

void
sae_signal_table_begin_tag (SaeSignalTable *self)
{
  sae_note_bar_begin_tag (self->note_bar);
}

void
sae_signal_table_go (SaeSignalTable *self, int step)
{
  guint position = self->tree ? find_selected (self) : GTK_INVALID_LIST_POSITION;
  guint next = GTK_INVALID_LIST_POSITION;

  if (!self->tree)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0; /* what is selected is not among what was found: from the top */
  next = sae_signal_tree_next (self->tree, position, step);
  if (next != GTK_INVALID_LIST_POSITION)
    choose (self, next);
}

void
sae_signal_table_show_event (SaeSignalTable *self, const char *event_id)
{
  guint position = GTK_INVALID_LIST_POSITION;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  sae_filter_button_clear (self->filter_button);
  if (!self->tree)
    return;
  on_search (self);
  position = sae_signal_tree_find_event (self->tree, event_id);
  if (position != GTK_INVALID_LIST_POSITION)
    choose (self, position);
}

static void
set_session (SaeSignalTable *self, SaeSession *session)
{
  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (sae_session_get_events (session), "items-changed",
                           G_CALLBACK (on_contents_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (on_contents_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_session_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::errors", G_CALLBACK (on_errors), self,
                           G_CONNECT_SWAPPED);
  self->notes = sae_notes_new (session);
  g_signal_connect_object (self->notes, "changed", G_CALLBACK (on_noted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "failed", G_CALLBACK (on_not_saved), self,
                           G_CONNECT_SWAPPED);
  sae_note_bar_set_notes (self->note_bar, self->notes);
  sae_filter_button_set_signals (self->filter_button, sae_session_get_signals (session));
  sae_previews_set_folder (self->previews, sae_session_get_folder (session));
  rebuild (self);
}

static GtkSortType
get_order (SaeSignalTable *self)
{
  gboolean descending = FALSE;

  sae_signal_columns_get_sort (self->view, &descending);
  return descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;
}

static void
sort_by (SaeSignalTable *self, guint index, GtkSortType order)
{
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (self->view), index);

  gtk_column_view_sort_by_column (self->view, column, order);
}

static void
sae_signal_table_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  SaeSignalTable *self = SAE_SIGNAL_TABLE (object);
  gboolean descending = FALSE;
  guint sort = sae_signal_columns_get_sort (self->view, &descending);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_BY_EVENT)
    g_value_set_boolean (value, self->by_event);
  else if (id == PROP_SORT)
    g_value_set_static_string (value, sort < sae_signal_columns_get_n ()
                                          ? sae_signal_columns_get_name (sort)
                                          : "");
  else if (id == PROP_DESCENDING)
    g_value_set_boolean (value, descending);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_table_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  SaeSignalTable *self = SAE_SIGNAL_TABLE (object);
  gboolean descending = FALSE;

  switch (id) {
  case PROP_SESSION:
    set_session (self, g_value_get_object (value));
    break;
  case PROP_BY_EVENT:
    self->by_event = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, pspec);
    queue_rebuild (self);
    break;
  case PROP_SORT:
    sort_by (self, sae_signal_columns_find (g_value_get_string (value)),
             get_order (self));
    break;
  case PROP_DESCENDING:
    sort_by (self, sae_signal_columns_get_sort (self->view, &descending),
             g_value_get_boolean (value) ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_signal_table_dispose (GObject *object)
{
  SaeSignalTable *self = SAE_SIGNAL_TABLE (object);
  g_autoptr (SaeSignalTree) tree = g_steal_pointer (&self->tree);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  if (self->selection)
    gtk_multi_selection_set_model (self->selection, NULL);
  G_OBJECT_CLASS (sae_signal_table_parent_class)->dispose (object);
  g_clear_object (&self->previews);
  g_clear_object (&self->notes);
  g_clear_object (&self->session);
}

static void
sae_signal_table_finalize (GObject *object)
{
  sae_signal_filter_free (SAE_SIGNAL_TABLE (object)->filter);
  G_OBJECT_CLASS (sae_signal_table_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_FILTER_BUTTON);
  g_type_ensure (SAE_TYPE_NOTE_BAR);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/signal-table.ui");
  gtk_widget_class_bind_template_child (class, SaeSignalTable, search);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, filter_button);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, options);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, note_bar);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, stack);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, scroller);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, view);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, selection);
  gtk_widget_class_bind_template_child (class, SaeSignalTable, count);
  gtk_widget_class_bind_template_callback (class, on_search);
  gtk_widget_class_bind_template_callback (class, on_filter);
  gtk_widget_class_bind_template_callback (class, on_row_selected);
  gtk_widget_class_bind_template_callback (class, on_row_activated);
}

static void
sae_signal_table_class_init (SaeSignalTableClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_signal_table_get_property;
  object_class->set_property = sae_signal_table_set_property;
  object_class->dispose = sae_signal_table_dispose;
  object_class->finalize = sae_signal_table_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION, flags);
  properties[PROP_BY_EVENT] = g_param_spec_boolean ("by-event", NULL, NULL, TRUE, flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "", flags);
  properties[PROP_DESCENDING] =
      g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHOSEN_CHANGED] =
      g_signal_new ("chosen-changed", SAE_TYPE_SIGNAL_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "table.by-event", "by-event");
  gtk_widget_class_install_property_action (widget_class, "table.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "table.descending",
                                            "descending");
}

static void
sae_signal_table_init (SaeSignalTable *self)
{
  self->by_event = TRUE;
  self->filter = sae_signal_filter_new ();
  self->previews = sae_previews_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_signal_columns_add (self->view, self->previews);
  sae_signal_table_menu_add (self->options, self->view);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorted), self, G_CONNECT_SWAPPED);
}
