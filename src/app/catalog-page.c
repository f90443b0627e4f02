#include "app/catalog-page.h"

#include "app/download-bar.h"
#include "app/event-removal.h"
#include "app/event-table.h"
#include "app/format.h"
#include "app/map-chart.h"
#include "app/map-events.h"
#include "app/query-panel.h"
#include "seismic/fdsn-url.h"
#include "session/event-item.h"
#include "session/marks.h"
#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeCatalogPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  SaeQueryPanel *panel;
  GtkStack *stack;
  SaeMapChart *map;
  SaeEventTable *table;
  GtkLabel *count;
  GtkWidget *download;

  /* Owned */
  SaeEventRemoval *removal;

  gboolean is_marking; /* the other pages follow */
};

G_DEFINE_FINAL_TYPE (SaeCatalogPage, sae_catalog_page, SAE_TYPE_PAGE)

/* What a download is of: the chosen rows, all that are listed where none is. Synthetic
 * events are no data center's. */
typedef struct {
  guint n_real; /* not synthetic */
  guint n_open; /* would be asked for from the data center that is chosen */
} Tally;

/* ids may be NULL, else receives those that are not synthetic. */
static Tally
tally_download (SaeCatalogPage *self, GPtrArray *ids)
{
  GtkSelectionModel *rows = sae_event_table_get_rows (self->table);
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (rows);
  gboolean all = gtk_bitset_is_empty (chosen);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  const char *id = sae_query_panel_get_server (self->panel);
  SeismicServer server;
  gboolean has_server = seismic_fdsn_url_server (id, &server, NULL);
  Tally tally = {0};

  for (guint i = 0; i < n; i++) {
    g_autoptr (SaeEventItem) item = NULL;

    if (!all && !gtk_bitset_contains (chosen, i))
      continue;
    item = g_list_model_get_item (G_LIST_MODEL (rows), i);
    if (sae_event_item_get_synthetic (item))
      continue;
    tally.n_real++;
    tally.n_open += sae_event_item_is_open (item, has_server ? server.base : id);
    if (ids)
      g_ptr_array_add (ids, g_strdup (sae_event_item_get_event (item)->id));
  }
  return tally;
}

/* The first chosen row with signals, or NULL; the caller's. */
static SaeEventItem *
find_with_signals (SaeCatalogPage *self)
{
  GtkSelectionModel *rows = sae_event_table_get_rows (self->table);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (rows);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    g_autoptr (SaeEventItem) item = g_list_model_get_item (G_LIST_MODEL (rows), position);

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
  GtkSelectionModel *rows = sae_event_table_get_rows (self->table);
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (rows));
  guint n_signals = g_list_model_get_n_items (sae_session_get_signals (session));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (rows);
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
      gtk_selection_model_get_selection (sae_event_table_get_rows (self->table));
  g_autoptr (SaeEventItem) item = find_with_signals (self);

  may_download = may_download && tally.n_real > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.show-records", item != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.download", may_download);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.retry", may_download);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.remove",
                                 !gtk_bitset_is_empty (chosen));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "catalog.undo",
                                 sae_event_removal_get_can_undo (self->removal));
}

static void
update (SaeCatalogPage *self)
{
  Tally tally;

  if (!self->removal) /* no session yet, or disposed of */
    return;
  tally = tally_download (self, NULL);
  update_actions (self, tally);
  update_count (self, tally);
}

static void
remove_chosen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_event_removal_start (SAE_CATALOG_PAGE (widget)->removal);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  sae_event_removal_undo (SAE_CATALOG_PAGE (widget)->removal);
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
  update (self); /* another data center may have what this one has not */
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
  return sae_event_table_get_focus (SAE_CATALOG_PAGE (page)->table);
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

/* The chosen events' signals are marked on the other pages, and the other way round. */
static void
on_chosen (SaeCatalogPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  self->is_marking = TRUE;
  sae_marks_set_events (sae_session_get_marks (session),
                        sae_event_table_get_selected_ids (self->table));
  self->is_marking = FALSE;
}

static void
on_marks (SaeCatalogPage *self, SaeMarks *marks)
{
  g_auto (GStrv) ids = self->is_marking ? NULL : sae_marks_dup_events (marks);

  if (ids)
    sae_event_table_set_selected_ids (self->table, (const char *const *)ids);
}

static void
sae_catalog_page_session_set (SaePage *page, SaeSession *session)
{
  SaeCatalogPage *self = SAE_CATALOG_PAGE (page);

  self->removal = sae_event_removal_new (session, self->table);
  g_object_set (self->table, "events", sae_session_get_events (session), NULL);
  g_signal_connect_object (self->removal, "notify::can-undo", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_signals (session), "items-changed",
                           G_CALLBACK (show_stations), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "queried", G_CALLBACK (on_queried), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::download", G_CALLBACK (on_download), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "notify::selected-ids", G_CALLBACK (on_chosen),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_marks (session), "changed",
                           G_CALLBACK (on_marks), self, G_CONNECT_SWAPPED);
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
sae_catalog_page_dispose (GObject *object)
{
  g_clear_object (&SAE_CATALOG_PAGE (object)->removal);
  G_OBJECT_CLASS (sae_catalog_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_QUERY_PANEL);
  g_type_ensure (SAE_TYPE_DOWNLOAD_BAR);
  g_type_ensure (SAE_TYPE_EVENT_TABLE);
  g_type_ensure (SAE_TYPE_MAP_CHART);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/catalog-page.ui");
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, flap);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, panel);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, stack);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, map);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, table);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, count);
  gtk_widget_class_bind_template_child (class, SaeCatalogPage, download);
  gtk_widget_class_bind_template_callback (class, on_box_drawn);
  gtk_widget_class_bind_template_callback (class, on_circle_drawn);
  gtk_widget_class_bind_template_callback (class, on_drawing);
  gtk_widget_class_bind_template_callback (class, on_region);
  gtk_widget_class_bind_template_callback (class, update);
}

static void
sae_catalog_page_class_init (SaeCatalogPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_catalog_page_dispose;
  widget_class->grab_focus = sae_catalog_page_grab_focus;
  SAE_PAGE_CLASS (class)->get_focus = sae_catalog_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_catalog_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_catalog_page_session_set;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "catalog.show-records", NULL,
                                   show_records);
  gtk_widget_class_install_action (widget_class, "catalog.download", NULL, download);
  gtk_widget_class_install_action (widget_class, "catalog.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "catalog.remove", NULL, remove_chosen);
  gtk_widget_class_install_action (widget_class, "catalog.undo", NULL, undo);
}

/* Wherever in the window the focus is; a text entry undoes its own first. */
static void
add_undo_key (SaeCatalogPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>z"),
                        gtk_named_action_new ("catalog.undo")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
sae_catalog_page_init (SaeCatalogPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sae_page_set_flap (SAE_PAGE (self), self->flap);
  add_undo_key (self);
}
