#include "app/download-row.h"

#include "app/error-text.h"
#include "app/format.h"
#include <glib/gi18n.h>

struct _SaeDownloadRow {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title, *detail;
  GtkProgressBar *bar;
  GtkWidget *retry;

  /* Owned */
  SaeDownload *download;
  SaeDownloadItem *item;
};

G_DEFINE_FINAL_TYPE (SaeDownloadRow, sae_download_row, ADW_TYPE_BIN)

static char *
running_text (SaeDownloadItem *item)
{
  guint64 n_total;
  guint64 n_bytes = sae_download_item_get_bytes (item, &n_total);
  g_autofree char *got = g_format_size (n_bytes);
  g_autofree char *total = g_format_size (n_total);

  if (n_total > n_bytes)
    /* Translators: two sizes, "1.2 MB of 3.4 MB" */
    return g_strdup_printf (_ ("%s of %s"), got, total);
  return g_steal_pointer (&got);
}

static char *
detail_of (SaeDownloadItem *item)
{
  switch (sae_download_item_get_state (item)) {
  case SEISMIC_DOWNLOAD_RUNNING:
    return running_text (item);
  case SEISMIC_DOWNLOAD_DONE:
    return g_format_size (sae_download_item_get_bytes (item, NULL));
  case SEISMIC_DOWNLOAD_NO_DATA:
    return g_strdup (_ ("No records at this data center"));
  case SEISMIC_DOWNLOAD_FAILED:
    return sae_download_item_get_reason (item)
               ? sae_error_text (sae_download_item_get_reason (item))
               : g_strdup (_ ("Failed"));
  case SEISMIC_DOWNLOAD_WAITING:
  default:
    return g_strdup (_ ("Waiting"));
  }
}

static void
update (SaeDownloadRow *self)
{
  g_autofree char *title = sae_format_event (sae_download_item_get_event (self->item));
  g_autofree char *detail = detail_of (self->item);
  gboolean failed = sae_download_item_get_state (self->item) == SEISMIC_DOWNLOAD_FAILED;
  gboolean running = sae_download_item_get_state (self->item) == SEISMIC_DOWNLOAD_RUNNING;
  guint64 n_total, n_bytes = sae_download_item_get_bytes (self->item, &n_total);

  gtk_label_set_label (self->title,
                       *title ? title : sae_download_item_get_event (self->item)->id);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), failed ? detail : NULL);
  gtk_progress_bar_set_fraction (self->bar, (double)n_bytes / (double)MAX (n_total, 1));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running && n_total > n_bytes);
  gtk_widget_set_visible (self->retry,
                          failed && !sae_download_is_running (self->download));
}

GtkWidget *
sae_download_row_new (void)
{
  return g_object_new (SAE_TYPE_DOWNLOAD_ROW, NULL);
}

void
sae_download_row_set (SaeDownloadRow *self, SaeDownload *download, SaeDownloadItem *item)
{
  if (self->item) {
    g_signal_handlers_disconnect_by_func (self->item, update, self);
    g_signal_handlers_disconnect_by_func (sae_download_get_job (self->download), update,
                                          self);
  }
  g_set_object (&self->download, download);
  g_set_object (&self->item, item);
  if (!item)
    return;
  g_signal_connect_object (item, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_download_get_job (download), "notify::state",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry), "s",
                                    sae_download_item_get_event (item)->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry), "download.retry-event");
  update (self);
}

static void
sae_download_row_dispose (GObject *object)
{
  g_clear_object (&SAE_DOWNLOAD_ROW (object)->item);
  g_clear_object (&SAE_DOWNLOAD_ROW (object)->download);
  G_OBJECT_CLASS (sae_download_row_parent_class)->dispose (object);
}

static void
sae_download_row_class_init (SaeDownloadRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_download_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadRow, title);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadRow, detail);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeDownloadRow, retry);
}

static void
sae_download_row_init (SaeDownloadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
