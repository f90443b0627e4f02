#include "app/catalog-page.h"

#include "app/catalog-page-columns.h"
#include "app/download-bar.h"
#include "app/format.h"
#include "app/map-chart.h"
#include "app/map-events.h"
#include "app/query-panel.h"
#include "session/event-item.h"
#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeCatalogPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  SaeQueryPanel *panel;
  GtkStack *stack;
  SaeMapChart *map;
  GtkColumnView *table;
  GtkMultiSelection *selection;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkSearchEntry *filter_entry;
  GtkLabel *count;
  GtkWidget *download;
  GMenuModel *row_menu;

  /* Owned */
  GtkWidget *menu;
  GtkCustomFilter *filter;
  char *words;          /* of the filter, folded */
  GHashTable *removed;  /* ids that are hidden until they are removed for good */
  guint restore_source; /* 0 when none is pending */
  gboolean is_linking;  /* one selection follows the other */
};

G_DEFINE_FINAL_TYPE (SaeCatalogPage, sae_catalog_page, SAE_TYPE_PAGE)

enum { PROP_0, PROP_SIDE_REVEALED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static SaeEventItem *
get_row (SaeCatalogPage *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

/* Ids of the chosen rows (NULL-terminated; g_strfreev). */
static char **
get_chosen (SaeCatalogPage *self)
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

/* What a download is of: the chosen rows, all that are listed where none is. Synthetic
 * events are no data center's. */
typedef struct {
  guint n_real; /* not synthetic */
  guint n_open; /* would be asked for */
} Tally;

/* ids may be NULL, else receives those that are not synthetic. */
static Tally
tally_download (SaeCatalogPage *self, GPtrArray *ids)
{
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean all = gtk_bitset_is_empty (chosen);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  Tally tally = {0};

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeEventItem) item = NULL;

    if (!all && !gtk_bitset_contains (chosen, i))
      continue;
    item = get_row (self, i);
    if (sae_event_item_get_synthetic (item))
      continue;
    tally.n_real++;
    tally.n_open += sae_event_item_is_open (item);
    if (ids)
      g_ptr_array_add (ids, g_strdup (sae_event_item_get_event (item)->id));
  }
  return tally;
}

/* The first chosen row with signals, or NULL; the caller's. */
static SaeEventItem *
find_with_signals (SaeCatalogPage *self)
{
  g_autoptr (GtkBitset) set =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    g_autoptr (SaeEventItem) item = get_row (self, position);

    if (sae_event_item_get_n_signals (item) > 0)
      return g_steal_pointer (&item);
  }
  return NULL;
}

static void
show_records (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (SaeEventItem) item = find_with_signals (SAE_CATALOG_PAGE (widget));

  if (item)
    gtk_widget_activate_action (widget, "win.show-event", "s",
                                sae_event_item_get_event (item)->id);
}

static void
on_activate (SaeCatalogPage *self, guint position)
{
  g_autoptr (SaeEventItem) item = get_row (self, position);

  if (item && sae_event_item_get_n_signals (item) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-event", "s",
                                sae_event_item_get_event (item)->id);
}

static void
start_download (SaeCatalogPage *self, gboolean retry)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Tally tally = tally_download (self, ids);

  g_ptr_array_add (ids, NULL);
  if (sae_session_get_folder (session) && tally.n_real > 0)
    sae_tasks_download (session, sae_query_panel_get_server (self->panel),
                        (const char *const *)ids->pdata, 0, retry);
}

static void
download (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_download (SAE_CATALOG_PAGE (widget), FALSE);
}

static void
retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_download (SAE_CATALOG_PAGE (widget), TRUE);
}

static void
update_count (SaeCatalogPage *self, Tally tally)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  guint n_all = g_list_model_get_n_items (sae_session_get_events (session));
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  guint n_signals = g_list_model_get_n_items (sae_session_get_signals (session));
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n_chosen = (guint)gtk_bitset_get_size (chosen);
  g_autofree char *events = NULL, *rest = NULL, *text = NULL;

  if (n_listed < n_all)
    events = g_strdup_printf (ngettext ("%'u of %'u event", "%'u of %'u events", n_all),
                              n_listed, n_all);
  else
    events = g_strdup_printf (ngettext ("%'u event", "%'u events", n_all), n_all);
  if (n_chosen > 0)
    rest = g_strdup_printf (ngettext ("%'u chosen", "%'u chosen", n_chosen), n_chosen);
  else
    rest = g_strdup_printf (ngettext ("%'u signal", "%'u signals", n_signals), n_signals);
  /* Translators: "40 events, 120 signals" */
  text = g_strdup_printf (_ ("%s, %s"), events, rest);
  if (tally.n_open > 0) {
    g_autofree char *size =
        sae_format_size_about (sae_session_estimate_download (session, tally.n_open));
    g_autofree char *before = g_steal_pointer (&text);

    /* Translators: "40 events, 12 chosen", then the size of their records, "310 MB" */
    text = g_strdup_printf (_ ("%s, about %s to download"), before, size);
  }
  gtk_label_set_label (self->count, text);
  gtk_button_set_label (GTK_BUTTON (self->download),
                        n_chosen > 0 ? _ ("_Download chosen") : _ ("_Download all"));
}

static void
update_actions (SaeCatalogPage *self, Tally tally)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeDownload *running = session ? sae_session_get_download (session) : NULL;
  gboolean may_download = !running || !sae_download_is_running (running);
  g_autoptr (GtkBitset) chosen =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (SaeEventItem) item = find_with_signals (self);

  may_download = may_download && tally.n_real > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.show-records", item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.download", may_download);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.retry", may_download);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.remove",
                                 !gtk_bitset_is_empty (chosen));
}

static void
update (SaeCatalogPage *self)
{
  Tally tally;

  if (!sae_page_get_session (SAE_PAGE (self)))
    return;
  tally = tally_download (self, NULL);
  update_actions (self, tally);
  update_count (self, tally);
}

/* The rows are chosen: so are the map's marks. */
static void
on_selected (SaeCatalogPage *self)
{
  if (!self->is_linking && !self->restore_source) {
    g_auto (GStrv) ids = get_chosen (self);

    self->is_linking = TRUE;
    sae_map_chart_set_selected_ids (self->map, (const char *const *)ids);
    self->is_linking = FALSE;
  }
  update (self);
}

/* Chooses the rows of the map's selection, and shows the first. */
static void
follow_map (SaeCatalogPage *self, gboolean scroll)
{
  const char *const *ids = sae_map_chart_get_selected_ids (self->map);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();

  for (guint i = 0; ids[0] && i < n; i++) {
    g_autoptr (SaeEventItem) item = get_row (self, i);

    if (g_strv_contains (ids, sae_event_item_get_event (item)->id))
      gtk_bitset_add (chosen, i);
  }
  self->is_linking = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), chosen, all);
  self->is_linking = FALSE;
  if (scroll && !gtk_bitset_is_empty (chosen))
    gtk_widget_activate_action (sae_catalog_page_get_rows (self->table),
                                "list.scroll-to-item", "u",
                                gtk_bitset_get_minimum (chosen));
  update (self);
}

static void
on_map_selected (SaeCatalogPage *self)
{
  if (!self->is_linking)
    follow_map (self, TRUE);
}

static gboolean
restore_when_idle (gpointer user_data)
{
  SaeCatalogPage *self = user_data;

  self->restore_source = 0;
  follow_map (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Other rows (a filter, what a job brought): the map knows which were chosen. */
static void
queue_restore (SaeCatalogPage *self)
{
  /* Without a filter the page is being disposed of. */
  if (!self->restore_source && self->filter)
    self->restore_source = g_idle_add (restore_when_idle, self);
}

static gboolean
matches (gpointer object, gpointer user_data)
{
  SaeCatalogPage *self = user_data;
  const SeismicEvent *event = sae_event_item_get_event (object);
  g_autofree char *time = sae_format_time (event->time_ns, 0);
  g_autofree char *text = NULL, *folded = NULL;
  g_auto (GStrv) words = NULL;

  if (g_hash_table_contains (self->removed, event->id))
    return FALSE;
  if (!self->words || !*self->words)
    return TRUE;
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
on_filter_changed (SaeCatalogPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter_entry));

  g_free (self->words);
  self->words = g_utf8_casefold (text, -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

/* Events that leave the list at once, and the library when there is no way back. */
typedef struct {
  SaeCatalogPage *page; /* owned */
  char **ids;           /* owned */
  char *folder;         /* owned; of the library they are in */
  gboolean undone;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->page);
  g_strfreev (removal->ids);
  g_free (removal->folder);
  g_free (removal);
}

static void
hide (SaeCatalogPage *self, char **ids, gboolean hidden)
{
  for (char **id = ids; *id; id++)
    if (hidden)
      g_hash_table_add (self->removed, g_strdup (*id));
    else
      g_hash_table_remove (self->removed, *id);
  if (!self->filter)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
undo_removal (AdwToast *toast, Removal *removal)
{
  removal->undone = TRUE;
  hide (removal->page, removal->ids, FALSE);
}

/* Removed or not, what the library still has is listed, now or when it is found again. */
static void
on_removed (SaeJob *job, GParamSpec *pspec, SaeCatalogPage *self)
{
  hide (self, g_object_get_data (G_OBJECT (job), "removed-ids"), FALSE);
}

/* A page that is gone, or shows another library, leaves the events where they are. */
static void
finish_removal (AdwToast *toast, Removal *removal)
{
  SaeCatalogPage *self = removal->page;
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeJob *job;

  if (removal->undone)
    return;
  if (!session || !self->filter ||
      g_strcmp0 (removal->folder, sae_session_get_folder (session)) != 0) {
    hide (self, removal->ids, FALSE);
    return;
  }
  job = sae_tasks_remove_events (session, (const char *const *)removal->ids);
  g_object_set_data_full (G_OBJECT (job), "removed-ids", g_steal_pointer (&removal->ids),
                          (GDestroyNotify)g_strfreev);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (on_removed), self, 0);
}

static void
remove_chosen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (widget);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  Removal *removal = g_new0 (Removal, 1);
  g_autofree char *text = NULL;
  AdwToast *toast;
  guint n;

  removal->page = g_object_ref (self);
  removal->ids = get_chosen (self);
  removal->folder =
      g_strdup (sae_session_get_folder (sae_page_get_session (SAE_PAGE (self))));
  n = g_strv_length (removal->ids);
  text = g_strdup_printf (ngettext ("%u event removed", "%u events removed", n), n);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_removal), removal);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (finish_removal), removal,
                         removal_free, 0);
  hide (self, removal->ids, TRUE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
on_region (SaeCatalogPage *self)
{
  double box[4], circle[4];
  gboolean has_box = sae_query_panel_get_box (self->panel, box);
  gboolean has_circle = sae_query_panel_get_circle (self->panel, circle);

  sae_map_chart_set_region (self->map, has_box ? box : NULL, has_circle ? circle : NULL);
  sae_map_chart_set_circular (self->map, sae_query_panel_has_circle (self->panel));
  sae_map_chart_set_drawing (self->map, sae_query_panel_get_drawing (self->panel));
}

static void
on_box_drawn (SaeCatalogPage *self, double west, double south, double east, double north)
{
  sae_query_panel_set_box (self->panel, (const double[]){west, south, east, north});
  sae_query_panel_set_drawing (self->panel, FALSE);
}

static void
on_circle_drawn (SaeCatalogPage *self, double longitude, double latitude, double radius)
{
  sae_query_panel_set_circle (self->panel, longitude, latitude, radius);
  sae_query_panel_set_drawing (self->panel, FALSE);
}

static void
on_drawing (SaeCatalogPage *self)
{
  sae_query_panel_set_drawing (self->panel, sae_map_chart_get_drawing (self->map));
}

static void
pop_up_menu (SaeCatalogPage *self, double x, double y)
{
  GtkPopover *menu = GTK_POPOVER (self->menu);

  gtk_popover_set_pointing_to (menu, &(GdkRectangle){(int)x, (int)y, 1, 1});
  gtk_popover_popup (menu);
}

/* The menu is that of the row beneath, which is then chosen if it was not. */
static void
on_secondary_press (SaeCatalogPage *self, int n_press, double x, double y)
{
  guint position = sae_catalog_page_row_at (self->table, x, y);
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
add_menu (SaeCatalogPage *self)
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

static void
on_download (SaeCatalogPage *self)
{
  SaeDownload *current =
      sae_session_get_download (sae_page_get_session (SAE_PAGE (self)));

  if (current)
    g_signal_connect_object (sae_download_get_job (current), "notify::state",
                             G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/* A panel that lies over the events gives way to what it found. */
static void
on_queried (SaeCatalogPage *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

void
sae_catalog_page_set_server (SaeCatalogPage *self, const char *server)
{
  sae_query_panel_set_server (self->panel, server);
}

static GtkWidget *
sae_catalog_page_get_focus (SaePage *page)
{
  /* Its rows, not its header. */
  return sae_catalog_page_get_rows (SAE_CATALOG_PAGE (page)->table);
}

static GListModel *
sae_catalog_page_get_items (SaeSession *session)
{
  return sae_session_get_events (session);
}

static void
show_stations (SaeCatalogPage *self)
{
  g_autoptr (GArray) lonlat = sae_map_events_stations (
      sae_session_get_signals (sae_page_get_session (SAE_PAGE (self))));

  sae_map_chart_set_stations (self->map, (const double *)(gpointer)lonlat->data,
                              lonlat->len / 2);
}

static void
sae_catalog_page_session_set (SaePage *page, SaeSession *session)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (page);

  gtk_filter_list_model_set_model (self->filtered, sae_session_get_events (session));
  sae_map_chart_set_events (self->map, G_LIST_MODEL (self->filtered));
  g_signal_connect_object (sae_session_get_events (session), "items-changed",
                           G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (show_stations), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "queried", G_CALLBACK (on_queried), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::download", G_CALLBACK (on_download), self,
                           G_CONNECT_SWAPPED);
  show_stations (self);
  update (self);
}

/* Without events the content's button comes first, not the search beside it. */
static gboolean
sae_catalog_page_grab_focus (GtkWidget *widget)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "full") != 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  return GTK_WIDGET_CLASS (sae_catalog_page_parent_class)->grab_focus (widget);
}

static void
sae_catalog_page_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    g_value_set_boolean (value,
                         adw_flap_get_reveal_flap (SAE_CATALOG_PAGE (object)->flap));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_catalog_page_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    adw_flap_set_reveal_flap (SAE_CATALOG_PAGE (object)->flap,
                              g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_catalog_page_dispose (GObject *object)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (object);

  g_clear_handle_id (&self->restore_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->filter)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->removed, g_hash_table_unref);
  G_OBJECT_CLASS (sae_catalog_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_QUERY_PANEL);
  g_type_ensure (SAE_TYPE_DOWNLOAD_BAR);
  g_type_ensure (SAE_TYPE_MAP_CHART);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/catalog-page.ui");
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, flap);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, panel);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, stack);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, map);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, table);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, selection);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, sorted);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, filtered);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, filter_entry);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, count);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, download);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, row_menu);
  gtk_widget_class_bind_template_callback (class, on_activate);
  gtk_widget_class_bind_template_callback (class, on_selected);
  gtk_widget_class_bind_template_callback (class, on_map_selected);
  gtk_widget_class_bind_template_callback (class, on_box_drawn);
  gtk_widget_class_bind_template_callback (class, on_circle_drawn);
  gtk_widget_class_bind_template_callback (class, on_drawing);
  gtk_widget_class_bind_template_callback (class, on_region);
  gtk_widget_class_bind_template_callback (class, on_filter_changed);
  gtk_widget_class_bind_template_callback (class, queue_restore);
}

static void
sae_catalog_page_class_init (SaeCatalogPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_catalog_page_get_property;
  object_class->set_property = sae_catalog_page_set_property;
  object_class->dispose = sae_catalog_page_dispose;
  widget_class->grab_focus = sae_catalog_page_grab_focus;
  SAE_PAGE_CLASS (class)->get_focus = sae_catalog_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_catalog_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_catalog_page_session_set;
  properties[PROP_SIDE_REVEALED] = g_param_spec_boolean (
      "side-revealed", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "catalog.show-records", NULL,
                                   show_records);
  gtk_widget_class_install_action (widget_class, "catalog.download", NULL, download);
  gtk_widget_class_install_action (widget_class, "catalog.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "catalog.remove", NULL, remove_chosen);
}

static void
sae_catalog_page_init (SaeCatalogPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_catalog_page_add_columns (self->table);
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->table));
  self->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  gtk_filter_list_model_set_filter (self->filtered, GTK_FILTER (self->filter));
  add_menu (self);
}
