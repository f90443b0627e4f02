#include "app/job-row.h"

#include "app/error-text.h"
#include "app/format.h"
#include <glib/gi18n.h>

struct _SaeJobRow {
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title, *detail;
  GtkProgressBar *bar;
  GtkButton *pause, *cancel;

  /* Owned */
  SaeJob *job;
  SaeDownload *download; /* whose job it is, or NULL */
};

G_DEFINE_FINAL_TYPE (SaeJobRow, sae_job_row, ADW_TYPE_BIN)

static const char *
title_of (SaeJobKind kind)
{
  switch (kind) {
  case SAE_JOB_READ:
    return _ ("Opening the library");
  case SAE_JOB_IMPORT:
    return _ ("Taking in files");
  case SAE_JOB_SAMPLE:
    return _ ("Opening the sample");
  case SAE_JOB_TRAIN:
    return _ ("Training");
  case SAE_JOB_PROJECT:
    return _ ("Computing the projection");
  case SAE_JOB_LAYOUT:
    return _ ("Placing the points");
  case SAE_JOB_MEASURE:
    return _ ("Measuring the reconstructions");
  case SAE_JOB_CLASSIFY:
    return _ ("Classifying");
  case SAE_JOB_CLUSTER:
    return _ ("Finding clusters");
  case SAE_JOB_QUERY:
    return _ ("Searching the data center");
  case SAE_JOB_DOWNLOAD:
    return _ ("Downloading records");
  case SAE_JOB_JUDGE:
    return _ ("Looking at the quality of signals");
  case SAE_JOB_RUN:
    return _ ("Changing a run");
  case SAE_JOB_EXPORT:
    return _ ("Exporting signals");
  case SAE_JOB_SIGNAL:
  default:
    return _ ("Reading a signal");
  }
}

static gboolean
is_paused (SaeJobRow *self)
{
  return self->download ? sae_download_get_paused (self->download)
                        : sae_job_get_paused (self->job);
}

static char *
running_detail (SaeJobRow *self)
{
  SaeJob *job = self->job;
  const char *item = sae_job_get_item (job);
  double seconds = sae_job_get_seconds_left (job);
  g_autofree char *duration = NULL;

  if (is_paused (self))
    return g_strdup (_ ("Paused"));
  if (seconds < 0)
    return g_strdup (item ? item : "");
  duration = sae_format_duration (seconds);
  /* Translators: a duration, such as "4 min" */
  return g_strdup_printf (_ ("%s left"), duration);
}

static char *
detail_of (SaeJobRow *self)
{
  SaeJob *job = self->job;
  const GError *error = sae_job_get_error (job);

  switch (sae_job_get_state (job)) {
  case SAE_JOB_RUNNING:
    return running_detail (self);
  case SAE_JOB_FAILED:
    return error ? sae_error_text (error) : g_strdup (_ ("Failed"));
  case SAE_JOB_CANCELLED:
    return g_strdup (_ ("Cancelled"));
  case SAE_JOB_DONE:
  default:
    return g_strdup (_ ("Done"));
  }
}

/* Only a training and a download can wait. */
static void
update_pause (SaeJobRow *self, gboolean running)
{
  const char *verb = is_paused (self) ? _ ("Resume") : _ ("Pause");

  gtk_widget_set_visible (
      GTK_WIDGET (self->pause),
      running && (self->download || sae_job_get_kind (self->job) == SAE_JOB_TRAIN));
  gtk_widget_set_sensitive (GTK_WIDGET (self->pause), !sae_job_is_cancelled (self->job));
  gtk_button_set_icon_name (self->pause, is_paused (self)
                                             ? "media-playback-start-symbolic"
                                             : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, verb, -1);
}

static void
update (SaeJobRow *self)
{
  gboolean running = sae_job_get_state (self->job) == SAE_JOB_RUNNING;
  double fraction = sae_job_get_fraction (self->job);
  g_autofree char *detail = detail_of (self);

  gtk_label_set_label (self->title, title_of (sae_job_get_kind (self->job)));
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), running);
  update_pause (self, running);
  if (fraction < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void
on_pause (SaeJobRow *self)
{
  if (self->download)
    sae_download_set_paused (self->download, !is_paused (self));
  else
    sae_job_set_paused (self->job, !is_paused (self));
}

static void
on_cancel (SaeJobRow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), FALSE);
  sae_job_cancel (self->job);
  update (self);
}

GtkWidget *
sae_job_row_new (SaeJob *job, SaeDownload *download)
{
  SaeJobRow *self = g_object_new (SAE_TYPE_JOB_ROW, NULL);

  self->job = g_object_ref (job);
  if (download) {
    self->download = g_object_ref (download);
    g_signal_connect_object (download, "notify::paused", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  }
  g_signal_connect_object (job, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

static void
sae_job_row_dispose (GObject *object)
{
  g_clear_object (&SAE_JOB_ROW (object)->job);
  g_clear_object (&SAE_JOB_ROW (object)->download);
  G_OBJECT_CLASS (sae_job_row_parent_class)->dispose (object);
}

static void
sae_job_row_class_init (SaeJobRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_job_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeJobRow, title);
  gtk_widget_class_bind_template_child (widget_class, SaeJobRow, detail);
  gtk_widget_class_bind_template_child (widget_class, SaeJobRow, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeJobRow, pause);
  gtk_widget_class_bind_template_child (widget_class, SaeJobRow, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_pause);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
sae_job_row_init (SaeJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
