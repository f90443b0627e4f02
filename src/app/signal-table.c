#include "app/signal-table.h"

#include "app/error-text.h"
#include "app/filter-button.h"
#include "app/note-bar.h"
#include "app/signal-columns.h"
#include "app/signal-row-menu.h"
#include "app/signal-rows.h"
#include "app/signal-table-memory.h"
#include "app/signal-table-menu.h"
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
  SaeNotes *notes;     /* NULL before there is a session */
  SaeSignalRows *rows; /* likewise */
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

GPtrArray *
sae_signal_table_dup_chosen (SaeSignalTable *self)
{
  return sae_signal_rows_dup_chosen (self->rows);
}

static void
update_count (SaeSignalTable *self, guint n_chosen)
{
  guint n_all = g_list_model_get_n_items (sae_session_get_signals (self->session));
  guint n_shown = sae_signal_rows_get_n_signals (self->rows);
  g_autofree char *shown =
      sae_signal_filter_is_active (sae_signal_rows_get_filter (self->rows))
          ? g_strdup_printf (ngettext ("%'u of %'u signal", "%'u of %'u signals", n_all),
                             n_shown, n_all)
          : g_strdup_printf (ngettext ("%'u signal", "%'u signals", n_all), n_all);
  g_autofree char *marked =
      g_strdup_printf (ngettext ("%'u chosen", "%'u chosen", n_chosen), n_chosen);
  g_autofree char *both = g_strdup_printf ("%s, %s", shown, marked);

  gtk_label_set_label (self->count, n_chosen > 1 ? both : shown);
  gtk_stack_set_visible_child_name (self->stack,
                                    n_all > 0 && n_shown == 0 ? "nothing" : "list");
}

static void
on_chosen (SaeSignalTable *self)
{
  g_autoptr (GPtrArray) chosen = sae_signal_rows_dup_chosen (self->rows);

  update_count (self, chosen->len);
  sae_note_bar_show (self->note_bar, chosen);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

static void
scroll_to (SaeSignalTable *self, guint position)
{
  gtk_widget_activate_action (sae_signal_table_get_focus (self), "list.scroll-to-item",
                              "u", position);
}

/* Enter or a double click on an event folds it. */
static void
on_row_activated (SaeSignalTable *self, guint position)
{
  sae_signal_rows_fold (self->rows, position);
}

/* Tags may be searched, filtered and sorted by. */
static void
filter_again (SaeSignalTable *self)
{
  sae_filter_button_count (self->filter_button);
  sae_filter_button_apply (self->filter_button, sae_signal_rows_get_filter (self->rows));
  sae_signal_rows_queue_rebuild (self->rows);
}

static void
on_contents_changed (SaeSignalTable *self)
{
  sae_previews_set_folder (self->previews, sae_session_get_folder (self->session));
  filter_again (self);
}

static void
on_errors (SaeSignalTable *self)
{
  if (sae_session_get_errors (self->session))
    sae_signal_columns_show (self->view, "error");
  sae_signal_rows_queue_rebuild (self->rows);
}

static void
on_sorted (SaeSignalTable *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
}

static void
on_search (SaeSignalTable *self)
{
  if (!self->rows)
    return;
  sae_signal_filter_set_words (sae_signal_rows_get_filter (self->rows),
                               gtk_editable_get_text (GTK_EDITABLE (self->search)));
  sae_signal_rows_rebuild (self->rows);
}

static void
on_filter (SaeSignalTable *self)
{
  if (!self->rows)
    return;
  sae_filter_button_apply (self->filter_button, sae_signal_rows_get_filter (self->rows));
  sae_signal_rows_rebuild (self->rows);
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
  if (self->rows)
    sae_signal_rows_go (self->rows, step);
}

void
sae_signal_table_show_event (SaeSignalTable *self, const char *event_id)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  sae_filter_button_clear (self->filter_button);
  on_search (self);
  if (self->rows)
    sae_signal_rows_show_event (self->rows, event_id);
}

void
sae_signal_table_remember (SaeSignalTable *self, GSettings *settings)
{
  g_return_if_fail (self->session);
  sae_signal_table_memory_add (self, self->view, settings);
}

static void
follow_session (SaeSignalTable *self)
{
  g_signal_connect_object (sae_session_get_signals (self->session), "items-changed",
                           G_CALLBACK (on_contents_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::errors", G_CALLBACK (on_errors), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "changed", G_CALLBACK (filter_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "failed", G_CALLBACK (on_not_saved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "chosen-changed", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "reveal", G_CALLBACK (scroll_to), self,
                           G_CONNECT_SWAPPED);
}

static void
set_session (SaeSignalTable *self, SaeSession *session)
{
  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  self->notes = g_object_ref (sae_session_get_notes (session));
  self->rows = sae_signal_rows_new (session, self->selection, self->view);
  follow_session (self);
  sae_note_bar_set_notes (self->note_bar, self->notes);
  sae_filter_button_set_signals (self->filter_button, sae_session_get_signals (session));
  sae_previews_set_folder (self->previews, sae_session_get_folder (session));
  on_chosen (self);
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
    g_value_set_boolean (value, !self->rows || sae_signal_rows_get_by_event (self->rows));
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
    if (self->rows)
      sae_signal_rows_set_by_event (self->rows, g_value_get_boolean (value));
    g_object_notify_by_pspec (object, pspec);
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

  if (self->rows)
    g_object_run_dispose (G_OBJECT (self->rows));
  if (self->view)
    sae_signal_row_menu_remove (self->view);
  G_OBJECT_CLASS (sae_signal_table_parent_class)->dispose (object);
  g_clear_object (&self->rows);
  g_clear_object (&self->previews);
  g_clear_object (&self->notes);
  g_clear_object (&self->session);
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
  self->previews = sae_previews_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_signal_columns_add (self->view, self->previews);
  sae_signal_table_menu_add (self->options, self->view);
  sae_signal_row_menu_add (self->view);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorted), self, G_CONNECT_SWAPPED);
}
