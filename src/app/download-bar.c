#include "app/download-bar.h"

#include "app/download-row.h"
#include "app/format.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeDownloadBar {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *status;
  GtkProgressBar *bar;
  GtkListView *list;
  GtkButton *pause;
  GtkWidget *cancel, *retry, *close;

  /* Owned */
  SaeSession *session;
  SaeDownload *download;
  GListStore *failed; /* of SaeDownloadItem: what earlier downloads from the same server
                         left, and this one does not ask for */
  GtkSorter *sorter;
  gboolean hidden; /* by the user */
};

G_DEFINE_FINAL_TYPE (SaeDownloadBar, sae_download_bar, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void
take (GPtrArray *parts, char *text)
{
  g_ptr_array_add (parts, text);
}

/* n_done, n_no_data and n_failed with words; what is none is left out. */
static void
add_counts (GPtrArray *parts, size_t n_done, size_t n_no_data, size_t n_failed)
{
  take (parts, g_strdup_printf (ngettext ("%zu event taken", "%zu events taken", n_done),
                                n_done));
  if (n_no_data > 0)
    take (parts, g_strdup_printf (
                     ngettext ("%zu without records", "%zu without records", n_no_data),
                     n_no_data));
  if (n_failed > 0)
    take (parts,
          g_strdup_printf (ngettext ("%zu failed", "%zu failed", n_failed), n_failed));
}

static char *
join (GPtrArray *parts, const char *separator)
{
  take (parts, NULL);
  return g_strjoinv (separator, (char **)parts->pdata);
}

char *
sae_download_bar_summary (const SeismicDownloadReport *report, gboolean stopped)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  size_t n_failed = report->failed ? report->failed->len : 0;
  g_autofree char *counts = NULL;

  if (report->n_done + report->n_no_data + n_failed + report->n_left == 0 && !stopped)
    return g_strdup (_ ("All records there are have been downloaded before"));
  add_counts (parts, report->n_done, report->n_no_data, n_failed);
  if (report->n_left > 0)
    take (parts, g_strdup_printf (ngettext ("%zu not asked for: the server failed",
                                            "%zu not asked for: the server failed",
                                            report->n_left),
                                  report->n_left));
  counts = join (parts, ", ");
  /* Translators: a download; "3 events taken, 1 failed" follows */
  return stopped ? g_strdup_printf (_ ("Stopped: %s"), counts)
                 : g_steal_pointer (&counts);
}

static char *
running_status (SaeDownload *download, const SaeDownloadTotals *totals)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  size_t n_ended = totals->n_done + totals->n_no_data + totals->n_failed;
  gboolean paused = sae_download_get_paused (download);
  g_autofree char *size = g_format_size (totals->n_bytes);

  if (paused)
    take (parts, g_strdup (_ ("Paused")));
  take (parts, g_strdup_printf (
                   ngettext ("%zu of %zu event", "%zu of %zu events", totals->n_events),
                   n_ended, totals->n_events));
  take (parts, g_steal_pointer (&size));
  if (!paused && isfinite (totals->bytes_per_second)) {
    g_autofree char *speed = g_format_size ((guint64)totals->bytes_per_second);

    /* Translators: a size a second, "1.2 MB/s" */
    take (parts, g_strdup_printf (_ ("%s/s"), speed));
  }
  if (!paused && isfinite (totals->seconds_left)) {
    g_autofree char *duration = sae_format_duration (totals->seconds_left);

    take (parts, g_strdup_printf (_ ("%s left"), duration));
  }
  return join (parts, " · ");
}

static char *
ended_status (const SaeDownloadTotals *totals, size_t n_failed)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  add_counts (parts, totals->n_done, totals->n_no_data, n_failed);
  return join (parts, ", ");
}

static void
update (SaeDownloadBar *self)
{
  SaeDownloadTotals totals = {0};
  size_t n_failed = g_list_model_get_n_items (G_LIST_MODEL (self->failed));
  gboolean running = FALSE;
  g_autofree char *status = NULL;

  if (self->download) {
    totals = sae_download_get_totals (self->download);
    n_failed += totals.n_failed;
    running = sae_download_is_running (self->download);
    status = running ? running_status (self->download, &totals)
                     : ended_status (&totals, n_failed);
    gtk_label_set_label (self->status, status);
    gtk_button_set_label (self->pause, sae_download_get_paused (self->download)
                                           ? _ ("_Resume")
                                           : _ ("_Pause"));
  }
  gtk_progress_bar_set_fraction (
      self->bar, (double)(totals.n_done + totals.n_no_data + totals.n_failed) /
                     (double)MAX (totals.n_events, 1));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), running);
  gtk_widget_set_visible (self->cancel, running);
  gtk_widget_set_visible (self->retry, !running);
  gtk_widget_set_visible (self->close, !running);
  gtk_widget_set_visible (GTK_WIDGET (self), running || (n_failed > 0 && !self->hidden));
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/* What needs the user comes first, what is over last. */
static int
rank (SaeDownloadItem *item)
{
  switch (sae_download_item_get_state (item)) {
  case SEISMIC_DOWNLOAD_FAILED:
    return 0;
  case SEISMIC_DOWNLOAD_RUNNING:
    return 1;
  case SEISMIC_DOWNLOAD_WAITING:
    return 2;
  case SEISMIC_DOWNLOAD_NO_DATA:
    return 3;
  case SEISMIC_DOWNLOAD_DONE:
  default:
    return 4;
  }
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return rank ((SaeDownloadItem *)a) - rank ((SaeDownloadItem *)b);
}

static gboolean
has_event (GListModel *items, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeDownloadItem) item = g_list_model_get_item (items, i);

    if (g_str_equal (sae_download_item_get_event (item)->id, id))
      return TRUE;
  }
  return FALSE;
}

/* The plan is there: what it asks for is its own now. */
static void
on_plan (SaeDownloadBar *self)
{
  GListModel *items = sae_download_get_items (self->download);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->failed)); i-- > 0;) {
    g_autoptr (SaeDownloadItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->failed), i);

    if (has_event (items, sae_download_item_get_event (item)->id))
      g_list_store_remove (self->failed, i);
  }
  update (self);
}

/* Before another download takes its place. */
static void
keep_failed (SaeDownloadBar *self, SaeDownload *next)
{
  GListModel *items = self->download ? sae_download_get_items (self->download) : NULL;

  if (!next || !self->download || self->hidden ||
      !g_str_equal (sae_download_get_server (next),
                    sae_download_get_server (self->download))) {
    g_list_store_remove_all (self->failed);
    return;
  }
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeDownloadItem) item = g_list_model_get_item (items, i);

    if (sae_download_item_get_state (item) == SEISMIC_DOWNLOAD_FAILED)
      g_list_store_append (self->failed, item);
  }
}

/* This download's events and what earlier ones left, in order. */
static GtkSelectionModel *
new_rows (SaeDownloadBar *self)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkFlattenListModel *all = NULL;

  g_list_store_append (lists, sae_download_get_items (self->download));
  g_list_store_append (lists, self->failed);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (lists));
  return GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (all), g_object_ref (self->sorter)))));
}

static void
forget_download (SaeDownloadBar *self)
{
  if (!self->download)
    return;
  g_signal_handlers_disconnect_by_func (self->download, update, self);
  g_signal_handlers_disconnect_by_func (sae_download_get_items (self->download), on_plan,
                                        self);
}

static void
on_download (SaeDownloadBar *self)
{
  SaeDownload *download = sae_session_get_download (self->session);
  g_autoptr (GtkSelectionModel) rows = NULL;

  keep_failed (self, download);
  forget_download (self);
  g_set_object (&self->download, download);
  self->hidden = FALSE;
  if (download) {
    rows = new_rows (self);
    g_signal_connect_object (download, "changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (sae_download_get_items (download), "items-changed",
                             G_CALLBACK (on_plan), self, G_CONNECT_SWAPPED);
  }
  gtk_list_view_set_model (self->list, rows);
  update (self);
}

/* Another library: its events failed nowhere. */
static void
on_folder (SaeDownloadBar *self)
{
  g_list_store_remove_all (self->failed);
  self->hidden = TRUE;
  update (self);
}

/* The view stays with the rows that it shows, and new failures come above them. */
static void
on_popover (SaeDownloadBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0u);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer self)
{
  gtk_list_item_set_activatable (cell, FALSE);
  gtk_list_item_set_child (cell, sae_download_row_new ());
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer self)
{
  sae_download_row_set (SAE_DOWNLOAD_ROW (gtk_list_item_get_child (cell)),
                        SAE_DOWNLOAD_BAR (self)->download, gtk_list_item_get_item (cell));
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer self)
{
  sae_download_row_set (SAE_DOWNLOAD_ROW (gtk_list_item_get_child (cell)), NULL, NULL);
}

static void
pause_or_resume (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeDownload *download = SAE_DOWNLOAD_BAR (widget)->download;

  if (download)
    sae_download_set_paused (download, !sae_download_get_paused (download));
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeDownload *download = SAE_DOWNLOAD_BAR (widget)->download;

  if (download)
    sae_job_cancel (sae_download_get_job (download));
}

static void
close_bar (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeDownloadBar *self = SAE_DOWNLOAD_BAR (widget);

  self->hidden = TRUE;
  g_list_store_remove_all (self->failed);
  update (self);
}

static void
retry_event (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeDownloadBar *self = SAE_DOWNLOAD_BAR (widget);
  const char *ids[] = {g_variant_get_string (parameter, NULL), NULL};
  g_autofree char *server =
      self->download ? g_strdup (sae_download_get_server (self->download)) : NULL;

  if (server)
    sae_tasks_download (self->session, server, ids, 0, TRUE);
}

static void
retry_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeDownloadBar *self = SAE_DOWNLOAD_BAR (widget);
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *server = NULL;

  for (guint i = 0; rows && i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (SaeDownloadItem) item = g_list_model_get_item (rows, i);

    if (sae_download_item_get_state (item) == SEISMIC_DOWNLOAD_FAILED)
      take (ids, g_strdup (sae_download_item_get_event (item)->id));
  }
  if (ids->len == 0)
    return;
  take (ids, NULL);
  server = g_strdup (sae_download_get_server (self->download));
  sae_tasks_download (self->session, server, (const char *const *)ids->pdata, 0, TRUE);
}

static void
sae_download_bar_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_DOWNLOAD_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_download_bar_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  SaeDownloadBar *self = SAE_DOWNLOAD_BAR (object);

  if (id != PROP_SESSION) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->session || !g_value_get_object (value))
    return;
  self->session = g_value_dup_object (value);
  g_signal_connect_object (self->session, "notify::download", G_CALLBACK (on_download),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::folder", G_CALLBACK (on_folder), self,
                           G_CONNECT_SWAPPED);
  on_download (self);
}

static void
sae_download_bar_dispose (GObject *object)
{
  SaeDownloadBar *self = SAE_DOWNLOAD_BAR (object);

  if (self->list)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  forget_download (self);
  g_clear_object (&self->failed);
  g_clear_object (&self->sorter);
  g_clear_object (&self->download);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_download_bar_parent_class)->dispose (object);
}

static void
sae_download_bar_class_init (SaeDownloadBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_download_bar_get_property;
  object_class->set_property = sae_download_bar_set_property;
  object_class->dispose = sae_download_bar_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/download-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, status);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, list);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, pause);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, retry);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadBar, close);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, on_popover);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
  gtk_widget_class_install_action (widget_class, "download.pause", NULL, pause_or_resume);
  gtk_widget_class_install_action (widget_class, "download.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "download.retry", NULL, retry_all);
  gtk_widget_class_install_action (widget_class, "download.retry-event", "s",
                                   retry_event);
  gtk_widget_class_install_action (widget_class, "download.close", NULL, close_bar);
}

static void
sae_download_bar_init (SaeDownloadBar *self)
{
  self->failed = g_list_store_new (SAE_TYPE_DOWNLOAD_ITEM);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_items, NULL, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
}
