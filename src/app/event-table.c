#include "app/event-table.h"

#include "app/event-table-columns.h"
#include "app/format.h"

struct _SaeEventTable {
  AdwBin parent_instance;

  /* Template widgets */
  GtkColumnView *table;
  GtkMultiSelection *selection;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkSearchEntry *filter_entry;
  GMenuModel *row_menu;

  /* Owned */
  GtkWidget *menu;
  GtkCustomFilter *filter;
  char *words;          /* of the filter, folded */
  GHashTable *hidden;   /* ids */
  char **selected_ids;  /* sorted */
  guint restore_source; /* 0 when none is pending */
  gboolean is_selecting;
};

G_DEFINE_FINAL_TYPE (SaeEventTable, sae_event_table, ADW_TYPE_BIN)

enum { PROP_0, PROP_EVENTS, PROP_LISTED, PROP_SELECTED_IDS, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static SaeEventItem *
get_row (SaeEventTable *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

static void
emit_changed (SaeEventTable *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Takes ids; FALSE if they are those there were. */
static gboolean
take_selected_ids (SaeEventTable *self, char **ids)
{
  g_auto (GStrv) sorted = ids;

  qsort (sorted, g_strv_length (sorted), sizeof *sorted, compare_strings);
  if (g_strv_equal ((const char *const *)sorted, (const char *const *)self->selected_ids))
    return FALSE;
  g_strfreev (self->selected_ids);
  self->selected_ids = g_steal_pointer (&sorted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_IDS]);
  return TRUE;
}

char **
sae_event_table_dup_chosen (SaeEventTable *self)
{
  g_autoptr (GtkBitset) set =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;
  GPtrArray *ids = g_ptr_array_new ();

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    g_autoptr (SaeEventItem) item = get_row (self, position);

    g_ptr_array_add (ids, g_strdup (sae_event_item_get_event (item)->id));
  }
  g_ptr_array_add (ids, NULL);
  return (char **)g_ptr_array_free (ids, FALSE);
}

/* Rows of other models, a filter's or a sorter's, lose what was chosen for a moment. */
static void
on_selected (SaeEventTable *self)
{
  if (!self->is_selecting && !self->restore_source)
    take_selected_ids (self, sae_event_table_dup_chosen (self));
  if (!self->is_selecting)
    emit_changed (self);
}

/* Chooses the rows of selected_ids. */
static void
select_rows (SaeEventTable *self, gboolean scroll)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **id = self->selected_ids; *id; id++)
    g_hash_table_add (ids, *id);
  for (guint i = 0; self->selected_ids[0] && i < n; i++) {
    g_autoptr (SaeEventItem) item = get_row (self, i);

    if (g_hash_table_contains (ids, sae_event_item_get_event (item)->id))
      gtk_bitset_add (chosen, i);
  }
  self->is_selecting = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
  self->is_selecting = FALSE;
  if (scroll && !gtk_bitset_is_empty (chosen))
    gtk_widget_activate_action (sae_event_table_get_focus (self), "list.scroll-to-item",
                                "u", gtk_bitset_get_minimum (chosen));
  emit_changed (self);
}

static gboolean
restore_when_idle (gpointer user_data)
{
  SaeEventTable *self = user_data;

  self->restore_source = 0;
  select_rows (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Other rows (a filter, what a job brought): what was chosen is chosen again. */
static void
queue_restore (SaeEventTable *self)
{
  /* Without a filter the table is being disposed of. */
  if (!self->restore_source && self->filter)
    self->restore_source = g_idle_add (restore_when_idle, self);
}

static gboolean
matches (gpointer object, gpointer user_data)
{
  SaeEventTable *self = user_data;
  const SeismicEvent *event = sae_event_item_get_event (object);
  g_autofree char *time = NULL, *text = NULL, *folded = NULL;
  g_auto (GStrv) words = NULL;

  if (g_hash_table_contains (self->hidden, event->id))
    return FALSE;
  if (!self->words || !*self->words)
    return TRUE;
  time = sae_format_time (event->time_ns, 0);
  text = g_strjoin (" ", event->id, event->place, sae_format_event_type (event->type),
                    time, NULL);
  folded = g_utf8_casefold (text, -1);
  words = g_strsplit (self->words, " ", -1);
  for (char **word = words; *word; word++)
    if (!strstr (folded, *word))
      return FALSE;
  return TRUE;
}

static void
filter_again (SaeEventTable *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  emit_changed (self);
}

static void
on_filter_changed (SaeEventTable *self)
{
  g_free (self->words);
  self->words =
      g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->filter_entry)), -1);
  filter_again (self);
}

static void
on_activate (SaeEventTable *self, guint position)
{
  g_autoptr (SaeEventItem) item = get_row (self, position);

  if (item && sae_event_item_get_n_signals (item) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-event", "s",
                                sae_event_item_get_event (item)->id);
}

static void
pop_up_menu (SaeEventTable *self, double x, double y)
{
  GtkPopover *menu = GTK_POPOVER (self->menu);

  gtk_popover_set_pointing_to (menu, &(GdkRectangle){(int)x, (int)y, 1, 1});
  gtk_popover_popup (menu);
}

/* The menu is that of the row beneath, which is then chosen if it was not. */
static void
on_secondary_press (SaeEventTable *self, int n_press, double x, double y)
{
  guint position = sae_event_table_row_at (self->table, x, y);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (model, position))
    gtk_selection_model_select_item (model, position, TRUE);
  pop_up_menu (self, x, y);
}

static gboolean
on_menu_key (GtkWidget *table, GVariant *arguments, gpointer user_data)
{
  pop_up_menu (user_data, gtk_widget_get_width (table) / 4.0, 48);
  return TRUE;
}

static void
add_menu (SaeEventTable *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut =
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_menu_key, self, NULL));

  self->menu = gtk_popover_menu_new_from_model (self->row_menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self->table));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_secondary_press), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->table), GTK_EVENT_CONTROLLER (press));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Delete|KP_Delete"),
                        gtk_named_action_new ("catalog.remove")));
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);
}

GtkSelectionModel *
sae_event_table_get_rows (SaeEventTable *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

GtkWidget *
sae_event_table_get_focus (SaeEventTable *self)
{
  return sae_event_table_get_list (self->table);
}

void
sae_event_table_set_selected_ids (SaeEventTable *self, const char *const *ids)
{
  const char *const none[] = {NULL};

  if (take_selected_ids (self, g_strdupv ((char **)(ids ? ids : none))))
    select_rows (self, TRUE);
}

const char *const *
sae_event_table_get_selected_ids (SaeEventTable *self)
{
  return (const char *const *)self->selected_ids;
}

void
sae_event_table_set_hidden (SaeEventTable *self, const char *const *ids, gboolean hidden)
{
  if (!self->filter)
    return;
  for (; *ids; ids++)
    if (hidden)
      g_hash_table_add (self->hidden, g_strdup (*ids));
    else
      g_hash_table_remove (self->hidden, *ids);
  filter_again (self);
}

static void
sae_event_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeEventTable *self = SAE_EVENT_TABLE (object);

  switch (id) {
  case PROP_EVENTS:
    g_value_set_object (value, gtk_filter_list_model_get_model (self->filtered));
    break;
  case PROP_LISTED:
    g_value_set_object (value, self->filtered);
    break;
  case PROP_SELECTED_IDS:
    g_value_set_boxed (value, self->selected_ids);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_event_table_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  SaeEventTable *self = SAE_EVENT_TABLE (object);

  switch (id) {
  case PROP_EVENTS:
    gtk_filter_list_model_set_model (self->filtered, g_value_get_object (value));
    break;
  case PROP_SELECTED_IDS:
    sae_event_table_set_selected_ids (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_event_table_dispose (GObject *object)
{
  SaeEventTable *self = SAE_EVENT_TABLE (object);

  /* The filter may outlive the table; taking its function away changes the rows. */
  g_autoptr (GtkCustomFilter) filter = g_steal_pointer (&self->filter);

  if (filter)
    gtk_custom_filter_set_filter_func (filter, NULL, NULL, NULL);
  g_clear_handle_id (&self->restore_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (sae_event_table_parent_class)->dispose (object);
}

static void
sae_event_table_finalize (GObject *object)
{
  SaeEventTable *self = SAE_EVENT_TABLE (object);

  g_free (self->words);
  g_hash_table_unref (self->hidden);
  g_strfreev (self->selected_ids);
  G_OBJECT_CLASS (sae_event_table_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/event-table.ui");
  gtk_widget_class_bind_template_child (class, SaeEventTable, table);
  gtk_widget_class_bind_template_child (class, SaeEventTable, selection);
  gtk_widget_class_bind_template_child (class, SaeEventTable, sorted);
  gtk_widget_class_bind_template_child (class, SaeEventTable, filtered);
  gtk_widget_class_bind_template_child (class, SaeEventTable, filter_entry);
  gtk_widget_class_bind_template_child (class, SaeEventTable, row_menu);
  gtk_widget_class_bind_template_callback (class, on_activate);
  gtk_widget_class_bind_template_callback (class, on_selected);
  gtk_widget_class_bind_template_callback (class, on_filter_changed);
  gtk_widget_class_bind_template_callback (class, queue_restore);
}

static void
sae_event_table_class_init (SaeEventTableClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sae_event_table_get_property;
  object_class->set_property = sae_event_table_set_property;
  object_class->dispose = sae_event_table_dispose;
  object_class->finalize = sae_event_table_finalize;
  properties[PROP_EVENTS] = g_param_spec_object ("events", NULL, NULL, G_TYPE_LIST_MODEL,
                                                 flags | G_PARAM_READWRITE);
  properties[PROP_LISTED] = g_param_spec_object ("listed", NULL, NULL, G_TYPE_LIST_MODEL,
                                                 flags | G_PARAM_READABLE);
  properties[PROP_SELECTED_IDS] = g_param_spec_boxed (
      "selected-ids", NULL, NULL, G_TYPE_STRV, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", SAE_TYPE_EVENT_TABLE, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
sae_event_table_init (SaeEventTable *self)
{
  self->selected_ids = g_new0 (char *, 1);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_event_table_add_columns (self->table);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->table));
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  gtk_filter_list_model_set_filter (self->filtered, GTK_FILTER (self->filter));
  add_menu (self);
}
