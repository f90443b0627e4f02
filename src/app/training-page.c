#include "app/training-page.h"

#include "app/format.h"
#include "app/loss-chart.h"
#include "app/training-settings.h"
#include "session/settings.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeTrainingPage {
  SaePage parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  SaeTrainingSettings *settings;
  GtkStack *chart_stack;
  AdwStatusPage *invitation;
  GtkRevealer *progress_revealer;
  GtkProgressBar *bar;
  GtkLabel *progress, *left, *summary;
  GtkStack *button_stack;
  GtkButton *start, *stop;

  /* Owned */
  GSettings *kept; /* NULL without a schema */
};

G_DEFINE_FINAL_TYPE (SaeTrainingPage, sae_training_page, SAE_TYPE_PAGE)

enum { PROP_0, PROP_SIDE_REVEALED, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

char *
sae_training_page_progress_text (const NnProgress *progress)
{
  g_autofree char *speed = sae_format_number (round (progress->samples_per_second), 0);
  size_t batch = MIN (progress->batch + 1, progress->n_batches);

  if (progress->n_epochs == 0 || progress->n_batches == 0)
    return g_strdup (_ ("Reading the signals"));
  /* Translators: the running epoch and batch with their totals, and a speed */
  return g_strdup_printf (
      _ ("Epoch %zu of %zu  ·  batch %zu of %zu  ·  %s\u202fsamples/s"),
      MIN (progress->epoch + 1, progress->n_epochs), progress->n_epochs, batch,
      progress->n_batches, speed);
}

/* The epoch whose validation (else training) loss is least. */
static guint
find_best_epoch (GArray *history)
{
  guint best = 0;
  double least = INFINITY;

  for (guint i = 0; i < history->len; i++) {
    const NnEpoch *epoch = &g_array_index (history, NnEpoch, i);
    double loss =
        isnan (epoch->validation_loss) ? epoch->training_loss : epoch->validation_loss;

    if (loss < least) {
      least = loss;
      best = i;
    }
  }
  return best;
}

static char *
losses_text (const AnalysisTrainingSummary *summary)
{
  guint best = find_best_epoch (summary->history);
  const NnEpoch *epoch = &g_array_index (summary->history, NnEpoch, best);
  g_autofree char *training = sae_format_significant (epoch->training_loss, 3);
  g_autofree char *validation = sae_format_significant (epoch->validation_loss, 3);

  if (isnan (epoch->validation_loss))
    return g_strdup_printf (_ ("least training loss %s in epoch %u"), training, best + 1);
  return g_strdup_printf (_ ("least validation loss %s in epoch %u (training %s)"),
                          validation, best + 1, training);
}

char *
sae_training_page_summary_text (const AnalysisTrainingSummary *summary)
{
  guint n_epochs = summary->history ? summary->history->len : 0;
  guint n_skipped = summary->skipped ? summary->skipped->len : 0;
  g_autofree char *duration = sae_format_duration (summary->seconds);
  g_autofree char *losses = NULL, *skipped = NULL;
  GString *text;

  if (n_epochs == 0)
    return g_strdup (_ ("Stopped before the first epoch was done"));
  losses = losses_text (summary);
  text = g_string_new (NULL);
  g_string_append_printf (text,
                          summary->stopped
                              ? ngettext ("Stopped after %u epoch (%s)",
                                          "Stopped after %u epochs (%s)", n_epochs)
                              : ngettext ("%u epoch in %s", "%u epochs in %s", n_epochs),
                          n_epochs, duration);
  g_string_append_printf (text, "  ·  %s  ·  ", losses);
  g_string_append_printf (text, _ ("%zu\u00a0signals to train, %zu held out"),
                          summary->n_training, summary->n_validation);
  if (n_skipped > 0) {
    skipped =
        g_strdup_printf (ngettext ("%u skipped", "%u skipped", n_skipped), n_skipped);
    g_string_append_printf (text, "  ·  %s", skipped);
  }
  return g_string_free (text, FALSE);
}

static void
update_chart (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeLossView view = sae_loss_history_get_view (sae_session_get_losses (session));
  gboolean has_losses = view.n_epochs > 0 || view.n_batches > 0;

  gtk_stack_set_visible_child_name (
      self->chart_stack,
      has_losses || sae_session_get_training (session) ? "chart" : "invitation");
  adw_status_page_set_description (
      self->invitation,
      sae_session_get_has_model (session)
          ? _ ("This library has a trained model. A new training replaces it.")
          : _ ("Start a training to see the loss fall, epoch by epoch."));
}

static void
show_progress (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeJob *job = sae_session_get_training (session);
  SaeLossView view = sae_loss_history_get_view (sae_session_get_losses (session));
  gboolean begun = view.n_batches > 0 || view.n_epochs > 0;
  g_autofree char *text = NULL, *duration = NULL, *left = NULL;
  double fraction;

  if (!job)
    return;
  text = begun ? sae_training_page_progress_text (&view.latest)
               : g_strdup (_ ("Reading the signals"));
  gtk_label_set_label (self->progress, text);
  fraction = sae_job_get_fraction (job);
  gtk_progress_bar_set_fraction (self->bar, MAX (fraction, 0));
  if (begun && sae_job_get_seconds_left (job) >= 0) {
    duration = sae_format_duration (sae_job_get_seconds_left (job));
    left = g_strdup_printf (_ ("%s left"), duration);
  }
  gtk_label_set_label (self->left, left ? left : "");
}

static void
on_losses_changed (SaeTrainingPage *self)
{
  update_chart (self);
  show_progress (self);
}

static void
on_training (SaeTrainingPage *self)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeJob *job = sae_session_get_training (session);
  gboolean had_focus = gtk_widget_has_focus (GTK_WIDGET (job ? self->start : self->stop));

  gtk_widget_set_sensitive (GTK_WIDGET (self->settings), job == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop), TRUE);
  gtk_stack_set_visible_child_name (self->button_stack, job ? "stop" : "start");
  gtk_revealer_set_reveal_child (self->progress_revealer, job != NULL);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (job ? self->stop : self->start));
  if (job) {
    gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
    g_signal_connect_object (job, "notify::fraction", G_CALLBACK (show_progress), self,
                             G_CONNECT_SWAPPED);
  }
  update_chart (self);
  show_progress (self);
}

static void
on_trained (SaeTrainingPage *self, const AnalysisTrainingSummary *summary)
{
  g_autofree char *text = sae_training_page_summary_text (summary);

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), TRUE);
}

/* Another library: the last training's summary is not its own. */
static void
on_folder (SaeTrainingPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
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
  gtk_widget_set_sensitive (GTK_WIDGET (self->start),
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

static void
stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeTrainingPage *self = SAE_TRAINING_PAGE (widget);
  SaeSession *session = sae_page_get_session (SAE_PAGE (self));
  SaeJob *job = session ? sae_session_get_training (session) : NULL;

  if (!job)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop), FALSE);
  sae_job_cancel (job);
}

static void
toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SaeSession *session = sae_page_get_session (SAE_PAGE (widget));

  if (session && sae_session_get_training (session))
    stop (widget, action, parameter);
  else
    start (widget, action, parameter);
}

static GtkWidget *
sae_training_page_get_focus (SaePage *page)
{
  SaeTrainingPage *self = SAE_TRAINING_PAGE (page);
  gboolean running = sae_session_get_training (sae_page_get_session (page)) != NULL;

  return GTK_WIDGET (running ? self->stop : self->start);
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
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (on_folder), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "trained", G_CALLBACK (on_trained), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_losses (session), "changed",
                           G_CALLBACK (on_losses_changed), self, G_CONNECT_SWAPPED);
  on_training (self);
}

static void
sae_training_page_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    g_value_set_boolean (value,
                         adw_flap_get_reveal_flap (SAE_TRAINING_PAGE (object)->flap));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_training_page_set_property (GObject *object, guint id, const GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SIDE_REVEALED)
    adw_flap_set_reveal_flap (SAE_TRAINING_PAGE (object)->flap,
                              g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
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
  g_type_ensure (SAE_TYPE_LOSS_CHART);
  g_type_ensure (SAE_TYPE_TRAINING_SETTINGS);
  gtk_widget_class_set_template_from_resource (class,
                                               SAE_RESOURCE_PATH "/training-page.ui");
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, flap);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, settings);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, chart_stack);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, invitation);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, progress_revealer);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, bar);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, progress);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, left);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, summary);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, button_stack);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, start);
  gtk_widget_class_bind_template_child (class, SaeTrainingPage, stop);
  gtk_widget_class_bind_template_callback (class, on_valid);
}

static void
sae_training_page_class_init (SaeTrainingPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_training_page_get_property;
  object_class->set_property = sae_training_page_set_property;
  object_class->dispose = sae_training_page_dispose;
  SAE_PAGE_CLASS (class)->get_focus = sae_training_page_get_focus;
  SAE_PAGE_CLASS (class)->get_items = sae_training_page_get_items;
  SAE_PAGE_CLASS (class)->session_set = sae_training_page_session_set;
  properties[PROP_SIDE_REVEALED] = g_param_spec_boolean (
      "side-revealed", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "training.start", NULL, start);
  gtk_widget_class_install_action (widget_class, "training.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "training.toggle", NULL, toggle);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "training.toggle",
                                       NULL);
}

static void
sae_training_page_init (SaeTrainingPage *self)
{
  AnalysisTrainingSettings settings;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->kept = sae_settings_new ();
  settings = sae_settings_load_training (self->kept);
  sae_training_settings_set (self->settings, &settings);
}
