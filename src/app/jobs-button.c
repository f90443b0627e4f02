#include "app/jobs-button.h"

#include "app/job-row.h"
#include <glib/gi18n.h>

struct _SaeJobsButton {
  AdwBin parent_instance;

  /* Template widgets */
  GtkMenuButton *button;
  GtkSpinner *spinner;
  GtkImage *warning;
  GtkLabel *count;
  GtkListBox *list;

  /* Owned */
  SaeSession *session;
};

G_DEFINE_FINAL_TYPE (SaeJobsButton, sae_jobs_button, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static guint
count_jobs (GListModel *jobs, SaeJobState state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    n += sae_job_get_state (job) == state;
  }
  return n;
}

static void
update (SaeJobsButton *self)
{
  GListModel *jobs = sae_session_get_jobs (self->session);
  guint n_running = count_jobs (jobs, SAE_JOB_RUNNING);
  guint n_failed = count_jobs (jobs, SAE_JOB_FAILED);
  gboolean is_open =
      gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (self->button)));
  g_autofree char *count = g_strdup_printf ("%u", n_running);
  g_autofree char *running = g_strdup_printf (
      ngettext ("%u running job", "%u running jobs", n_running), n_running);
  g_autofree char *failed =
      g_strdup_printf (ngettext ("%u failed job", "%u failed jobs", n_failed), n_failed);
  const char *label = n_running > 0 ? running : failed;

  /* What went well needs no button. */
  gtk_widget_set_visible (GTK_WIDGET (self), n_running > 0 || n_failed > 0 || is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), n_running == 0 && n_failed > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_running > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), n_running > 0);
  gtk_spinner_set_spinning (self->spinner, n_running > 0);
  gtk_label_set_label (self->count, count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
make_row (gpointer job, gpointer session)
{
  SaeDownload *download = sae_session_get_download (session);
  gboolean is_its = download && sae_download_get_job (download) == job;

  return sae_job_row_new (job, is_its ? download : NULL);
}

static void
on_closed (SaeJobsButton *self)
{
  if (!self->session)
    return;
  sae_session_clear_ended_jobs (self->session);
  update (self);
}

/* The keys that a popover keeps from the window go to it, so that one leaves the page
 * while the jobs are looked at. */
static gboolean
on_key (SaeJobsButton *self, guint value, guint code, GdkModifierType state,
        GtkEventControllerKey *controller)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return (state & (GDK_ALT_MASK | GDK_CONTROL_MASK)) &&
         gtk_event_controller_key_forward (controller, GTK_WIDGET (root));
}

static void
on_jobs_changed (SaeJobsButton *self, guint position, guint n_removed, guint n_added)
{
  GListModel *jobs = sae_session_get_jobs (self->session);

  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    g_signal_connect_object (job, "notify::state", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  }
  update (self);
}

static void
set_session (SaeJobsButton *self, SaeSession *session)
{
  GListModel *jobs;

  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  jobs = sae_session_get_jobs (session);
  gtk_list_box_bind_model (self->list, jobs, make_row, session, NULL);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_jobs_changed), self,
                           G_CONNECT_SWAPPED);
  on_jobs_changed (self, 0, 0, g_list_model_get_n_items (jobs));
}

static void
sae_jobs_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_JOBS_BUTTON (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_jobs_button_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SAE_JOBS_BUTTON (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_jobs_button_dispose (GObject *object)
{
  g_clear_object (&SAE_JOBS_BUTTON (object)->session);
  G_OBJECT_CLASS (sae_jobs_button_parent_class)->dispose (object);
}

static void
sae_jobs_button_class_init (SaeJobsButtonClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_jobs_button_get_property;
  object_class->set_property = sae_jobs_button_set_property;
  object_class->dispose = sae_jobs_button_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, SaeJobsButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, SaeJobsButton, warning);
  gtk_widget_class_bind_template_child (widget_class, SaeJobsButton, count);
  gtk_widget_class_bind_template_child (widget_class, SaeJobsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
sae_jobs_button_init (SaeJobsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
