#include "app/signals-page.h"

#include "app/signal-pane.h"
#include "app/signal-row.h"
#include "app/signal-tree.h"
#include <glib/gi18n.h>

struct _SaeSignalsPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  GtkSearchEntry *search;
  GtkStack *list_stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkLabel *count;
  SaeSignalPane *pane;

  /* Owned */
  GtkTreeListModel *tree;
  guint rebuild_source; /* 0 when none is pending */
};

G_DEFINE_FINAL_TYPE (SaeSignalsPage, sae_signals_page, SAE_TYPE_PAGE)

enum { PROP_0, PROP_SIDE_REVEALED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  GtkWidget *expander = gtk_tree_expander_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), sae_signal_row_new ());
  gtk_list_item_set_child (cell, expander);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (cell));
  GtkTreeListRow *row = gtk_list_item_get_item (cell);
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (expander, row);
  sae_signal_row_set_item (SAE_SIGNAL_ROW (gtk_tree_expander_get_child (expander)), item);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer unused)
{
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (cell)),
                                  NULL);
}

static void
reveal_row (SaeSignalsPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                position);
}

static gboolean
shows_selected (SaeSignalsPage *self, SaeSignalItem *selected)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (SaeSignalItem) shown = NULL;

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  shown = sae_signal_tree_get_signal (self->tree, position);
  return shown == selected;
}

/* The session's selection may come from another page. */
static void
on_session_selected (SaeSignalsPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeSignalItem *selected = sae_session_get_selected (session);

  if (!self->tree || (selected && shows_selected (self, selected)))
    return;
  reveal_row (self, selected ? sae_signal_tree_find (self->tree,
                                                     sae_signal_item_get_id (selected))
                             : GTK_INVALID_LIST_POSITION);
}

static void
on_row_selected (SaeSignalsPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (SaeSignalItem) item = NULL;

  if (!self->tree || position == GTK_INVALID_LIST_POSITION)
    return;
  item = sae_signal_tree_get_signal (self->tree, position);
  if (item)
    sae_session_set_selected (session, item);
}

/* Enter or a double click on an event folds it. */
static void
on_row_activated (SaeSignalsPage *self, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  if (row && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
select_first (SaeSignalsPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  guint first = sae_signal_tree_next (self->tree, 0, 1);
  g_autoptr (SaeSignalItem) item = NULL;

  if (first == GTK_INVALID_LIST_POSITION)
    return;
  item = sae_signal_tree_get_signal (self->tree, first);
  sae_session_set_selected (session, item);
}

static void
update_count (SaeSignalsPage *self, const char *search)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  guint n_all = g_list_model_get_n_items (sae_session_get_signals (session));
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->tree));
  guint n_shown = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_rows; i++) {
    g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (self->tree, i);

    n_shown += item != NULL;
  }
  if (*search)
    text = g_strdup_printf (ngettext ("%'u of %'u signal", "%'u of %'u signals", n_all),
                            n_shown, n_all);
  else
    text = g_strdup_printf (ngettext ("%'u signal", "%'u signals", n_all), n_all);
  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->list_stack,
                                    n_all > 0 && n_shown == 0 ? "nothing" : "list");
}

static void
rebuild (SaeSignalsPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_object (&self->tree);
  self->tree = sae_signal_tree_new (sae_session_get_events (session),
                                    sae_session_get_signals (session), search);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->tree));
  update_count (self, search);
  if (sae_session_get_selected (session))
    on_session_selected (self);
  else
    select_first (self);
}

static gboolean
rebuild_when_idle (gpointer user_data)
{
  SaeSignalsPage *self = user_data;

  self->rebuild_source = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

/* A new library changes events, signals and selection one after the other; the list
 * follows once all are there. */
static void
queue_rebuild (SaeSignalsPage *self)
{
  if (!self->rebuild_source)
    self->rebuild_source = g_idle_add (rebuild_when_idle, self);
}

static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (widget);
  guint position = gtk_single_selection_get_selected (self->selection);
  int step = g_str_equal (action, "signals.next") ? 1 : -1;

  if (!self->tree)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  position = sae_signal_tree_next (self->tree, position, step);
  if (position != GTK_INVALID_LIST_POSITION)
    reveal_row (self, position);
}

/* A key that means something to the pane wherever the focus is. */
static gboolean
activate_in_pane (GtkWidget *widget, GVariant *action, gpointer unused)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (widget);
  const char *name, *target;

  g_variant_get (action, "(&s&s)", &name, &target);
  return gtk_widget_activate_action (GTK_WIDGET (self->pane), name, *target ? "s" : NULL,
                                     target);
}

void
sae_signals_page_show_event (SaeSignalsPage *self, const char *event_id)
{
  guint position;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (!self->tree)
    return;
  rebuild (self);
  position = sae_signal_tree_find_event (self->tree, event_id);
  if (position != GTK_INVALID_LIST_POSITION)
    reveal_row (self, position);
}

static GtkWidget *
sae_signals_page_get_focus (SaePage *page)
{
  return GTK_WIDGET (SAE_SIGNALS_PAGE (page)->list);
}

static GListModel *
sae_signals_page_get_items (SaeSession *session)
{
  return sae_session_get_signals (session);
}

static void
sae_signals_page_session_set (SaePage *page, SaeSession *session)
{
  g_signal_connect_object (sae_session_get_events (session), "items-changed",
                           G_CALLBACK (queue_rebuild), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (queue_rebuild), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_session_selected),
                           page, G_CONNECT_SWAPPED);
  rebuild (SAE_SIGNALS_PAGE (page));
}

static void
sae_signals_page_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    g_value_set_boolean (value,
                         adw_flap_get_reveal_flap (SAE_SIGNALS_PAGE (object)->flap));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signals_page_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    adw_flap_set_reveal_flap (SAE_SIGNALS_PAGE (object)->flap,
                              g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signals_page_dispose (GObject *object)
{
  SaeSignalsPage *self = SAE_SIGNALS_PAGE (object);

  g_clear_handle_id (&self->rebuild_source, g_source_remove);
  g_clear_object (&self->tree);
  G_OBJECT_CLASS (sae_signals_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SAE_TYPE_SIGNAL_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, count);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalsPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, rebuild);
}

static void
sae_signals_page_class_init (SaeSignalsPageClass *class)
{
  static const struct {
    guint key;
    GdkModifierType state;
    const char *action, *target;
  } keys[] = {
      {GDK_KEY_f, 0, "signal.side", ""},
      {GDK_KEY_w, 0, "signal.view", "waveform"},
      {GDK_KEY_s, 0, "signal.view", "spectrogram"},
      {GDK_KEY_z, GDK_CONTROL_MASK, "signal.undo", ""},
      {GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "signal.redo", ""},
  };
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_signals_page_get_property;
  object_class->set_property = sae_signals_page_set_property;
  object_class->dispose = sae_signals_page_dispose;
  SAE_PAGE_CLASS (class)->get_focus = sae_signals_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_signals_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_signals_page_session_set;
  properties[PROP_SIDE_REVEALED] = g_param_spec_boolean (
      "side-revealed", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "signals.next", NULL, go);
  gtk_widget_class_install_action (widget_class, "signals.previous", NULL, go);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].state,
                                  activate_in_pane, "(ss)", keys[i].action,
                                  keys[i].target);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "signals.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, 0, "signals.previous",
                                       NULL);
}

static void
sae_signals_page_init (SaeSignalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
