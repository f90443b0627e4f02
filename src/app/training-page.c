#include "app/training-page.h"

#include "app/live-pane.h"
#include "app/loss-chart.h"
#include "app/run-list.h"
#include "app/run-pane.h"
#include "app/training-bar.h"
#include "app/training-settings.h"
#include "session/settings.h"
#include "session/tasks.h"
#include <glib/gi18n.h>

struct _SaeTrainingPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  SaeTrainingSettings *settings;
  GtkStack *side, *chart_stack;
  SaeRunList *runs;
  SaeRunPane *run_pane;
  AdwStatusPage *invitation;
  GtkCheckButton *logarithmic;
  SaeTrainingBar *bar;

  /* Owned */
  GSettings *kept; /* NULL without a schema */
};

G_DEFINE_FINAL_TYPE (SaeTrainingPage, sae_training_page, SAE_TYPE_PAGE)

/* The runs that are looked at, or the training. */
static const char *
chart_of (SaeTrainingPage *self, SaeSession *session)
{
  SaeLossView view = sae_loss_history_get_view (sae_session_get_losses (session));
  g_autoptr (GPtrArray) runs = sae_run_list_get_chosen (self->runs);

  if (runs->len > 0 &&
      g_str_equal (gtk_stack_get_visible_child_name (self->side), "runs"))
    return "runs";
  return view.n_epochs > 0 || view.n_batches > 0 || sae_session_get_training (session)
             ? "chart"
             : "invitation";
}

static void
update_chart (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  if (!session)
    return;
  gtk_stack_set_visible_child_name (self->chart_stack, chart_of (self, session));
  adw_status_page_set_description (
      self->invitation,
      sae_session_get_has_model (session)
          ? _ ("This library has a trained model. A new one is kept beside it.")
          : _ ("Start a training to see the loss fall, epoch by epoch."));
}

static void
on_runs_chosen (SaeTrainingPage *self)
{
  g_autoptr (GPtrArray) runs = sae_run_list_get_chosen (self->runs);

  sae_run_pane_show (self->run_pane, runs);
  update_chart (self);
}

/* One that begins is looked at. */
static void
on_training (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  if (sae_session_get_training (session))
    gtk_stack_set_visible_child_name (self->side, "settings");
  gtk_widget_set_sensitive (GTK_WIDGET (self->settings),
                            sae_session_get_training (session) == NULL);
  sae_training_settings_set_folder (
      self->settings,
      sae_session_get_training (session) ? NULL : sae_session_get_folder (session));
  update_chart (self);
}

static gboolean
can_start (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));

  return session && sae_session_get_folder (session) &&
         g_list_model_get_n_items (sae_session_get_signals (session)) > 0 &&
         !sae_session_get_training (session) &&
         sae_training_settings_get_valid (self->settings);
}

static void
on_valid (SaeTrainingPage *self)
{
  sae_training_bar_set_startable (self->bar,
                                  sae_training_settings_get_valid (self->settings));
}

static void
start (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeTrainingPage *self = SAE_TRAINING_PAGE (widget);
  AnalysisTrainingSettings settings;

  if (!can_start (self))
    return;
  settings = sae_training_settings_get (self->settings);
  sae_settings_store_training (self->kept, &settings);
  sae_tasks_train (sae_page_get_session (SAE_PAGE (self)), &settings);
}

/* The running training, which is not being stopped; or NULL. */
static SaeJob *
get_job (GtkWidget *widget)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  SaeJob *job = session ? sae_session_get_training (session) : NULL;

  return job && !sae_job_is_cancelled (job) ? job : NULL;
}

static void
stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeJob *job = get_job (widget);

  if (!job)
    return;
  sae_job_cancel (job);
  sae_training_bar_update (SAE_TRAINING_PAGE (widget)->bar);
}

static void
pause_training (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeJob *job = get_job (widget);

  if (job)
    sae_job_set_paused (job, TRUE);
}

/* From a pause; else the library's training from the end of its last epoch. */
static void
resume (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  SaeJob *job = get_job (widget);

  if (job)
    sae_job_set_paused (job, FALSE);
  else if (session && !sae_session_get_training (session) &&
           sae_training_state_of (session) == SAE_TRAINING_UNFINISHED)
    sae_tasks_train (session, &sae_session_get_run (session)->settings);
}

static void
toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));
  void (*const verbs[]) (GtkWidget *, const char *, GVariant *) = {
      [SAE_TRAINING_START] = start,
      [SAE_TRAINING_PAUSE] = pause_training,
      [SAE_TRAINING_RESUME] = resume,
      [SAE_TRAINING_WAIT] = NULL,
  };
  SaeTrainingVerb verb = session
                             ? sae_training_state_verb (sae_training_state_of (session))
                             : SAE_TRAINING_WAIT;

  if (verbs[verb])
    verbs[verb](widget, action, parameter);
}

static void
toggle_axis (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkCheckButton *button = SAE_TRAINING_PAGE (widget)->logarithmic;

  gtk_check_button_set_active (button, !gtk_check_button_get_active (button));
}

static GtkWidget *
sae_training_page_get_focus (SaePage *page)
{
  return sae_training_bar_get_button (SAE_TRAINING_PAGE (page)->bar);
}

static GListModel *
sae_training_page_get_items (SaeSession *session)
{
  return sae_session_get_signals (session);
}

static void
sae_training_page_session_set (SaePage *page, SaeSession *session)
{
  SaeTrainingPage *self = SAE_TRAINING_PAGE (page);

  g_signal_connect_object (session, "notify::training", G_CALLBACK (on_training), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::has-model", G_CALLBACK (update_chart), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (on_training), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_losses (session), "changed",
                           G_CALLBACK (update_chart), self, G_CONNECT_SWAPPED);
  sae_training_settings_set_signals (self->settings, sae_session_get_signals (session));
  on_training (self);
}

static void
sae_training_page_dispose (GObject *object)
{
  g_clear_object (&SAE_TRAINING_PAGE (object)->kept);
  G_OBJECT_CLASS (sae_training_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (SAE_TYPE_LIVE_PANE);
  g_type_ensure (SAE_TYPE_LOSS_CHART);
  g_type_ensure (SAE_TYPE_RUN_LIST);
  g_type_ensure (SAE_TYPE_RUN_PANE);
  g_type_ensure (SAE_TYPE_TRAINING_BAR);
  g_type_ensure (SAE_TYPE_TRAINING_SETTINGS);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/training-page.ui");
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, flap);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, settings);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, side);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, runs);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, run_pane);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, chart_stack);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, invitation);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, logarithmic);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, bar);
  gtk_widget_class_bind_template_callback (class, on_valid);
  gtk_widget_class_bind_template_callback (class, on_runs_chosen);
  gtk_widget_class_bind_template_callback (class, update_chart);
}

static void
sae_training_page_class_init (SaeTrainingPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_training_page_dispose;
  SAE_PAGE_CLASS (class)->get_focus = sae_training_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_training_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_training_page_session_set;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "training.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "training.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "training.pause", NULL, pause_training);
  gtk_widget_class_install_action (widget_class, "training.resume", NULL, resume);
  gtk_widget_class_install_action (widget_class, "training.toggle", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "training.toggle-axis", NULL,
                                   toggle_axis);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, 0, "training.toggle-axis",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "training.toggle",
                                       NULL);
}

static void
sae_training_page_init (SaeTrainingPage *self)
{
  AnalysisTrainingSettings settings;

  gtk_widget_init_template (GTK_WIDGET (self));
  sae_page_set_flap (SAE_PAGE (self), self->flap);
  self->kept = sae_settings_new ();
  settings = sae_settings_load_training (self->kept);
  sae_training_settings_set (self->settings, &settings);
  on_valid (self);
}
