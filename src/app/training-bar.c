#include "app/training-bar.h"

#include <glib/gi18n.h>

struct _SaeTrainingBar {
  AdwBin parent_instance;

  /* Template widgets */
  GtkProgressBar *bar;
  GtkLabel *status;
  GtkBox *figures;
  GtkButton *start, *resume, *pause, *stop;

  /* Children of figures */
  GtkLabel *values[SAE_TRAINING_N_FIGURES];

  /* Owned */
  SaeSession *session;
  char *summary; /* of the training that has ended last; NULL when there is none */
  gboolean startable;
};

G_DEFINE_FINAL_TYPE (SaeTrainingBar, sae_training_bar, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static GtkButton *
button_of (SaeTrainingBar *self, SaeTrainingState state)
{
  switch (sae_training_state_verb (state)) {
  case SAE_TRAINING_PAUSE:
    return self->pause;
  case SAE_TRAINING_RESUME:
    return self->resume;
  case SAE_TRAINING_WAIT:
    return self->stop;
  case SAE_TRAINING_START:
  default:
    return self->start;
  }
}

static void
set_class (GtkButton *button, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (button), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (button), name);
}

static void
show_buttons (SaeTrainingBar *self, SaeTrainingState state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  gboolean runs = sae_session_get_training (self->session) != NULL;
  GtkButton *button = button_of (self, state);

  gtk_widget_set_visible (GTK_WIDGET (self->start), !runs);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start), self->startable);
  gtk_button_set_label (self->start, state == SAE_TRAINING_UNFINISHED ? _ ("_Start new")
                                                                      : _ ("_Start"));
  set_class (self->start, "suggested-action", button == self->start);
  gtk_widget_set_visible (GTK_WIDGET (self->resume), button == self->resume);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), button == self->pause);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), runs);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stop), state != SAE_TRAINING_STOPPING);
  if (had_focus && !gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (GTK_WIDGET (button));
}

void
sae_training_bar_update (SaeTrainingBar *self)
{
  SaeTrainingState state;
  SaeLossView view;
  SaeJob *job;
  g_autofree char *text = NULL;

  if (!self->session)
    return;
  state = sae_training_state_of (self->session);
  view = sae_loss_history_get_view (sae_session_get_losses (self->session));
  job = sae_session_get_training (self->session);
  text =
      sae_training_state_text (state, &view.latest, sae_session_get_run (self->session));
  gtk_label_set_label (self->status, !job && self->summary ? self->summary : text);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), job != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), job != NULL);
  gtk_progress_bar_set_fraction (self->bar,
                                 job ? MAX (sae_job_get_fraction (job), 0) : 0);
  for (int i = 0; job && i < SAE_TRAINING_N_FIGURES; i++) {
    g_autofree char *figure = sae_training_figure_text (i, &view.latest);

    gtk_label_set_label (self->values[i], figure);
  }
  show_buttons (self, state);
}

static void
forget_summary (SaeTrainingBar *self)
{
  g_clear_pointer (&self->summary, g_free);
  sae_training_bar_update (self);
}

static void
on_training (SaeTrainingBar *self)
{
  SaeJob *job = sae_session_get_training (self->session);

  if (job) {
    g_clear_pointer (&self->summary, g_free);
    g_signal_connect_object (job, "notify", G_CALLBACK (sae_training_bar_update), self,
                             G_CONNECT_SWAPPED);
  }
  sae_training_bar_update (self);
}

static void
on_trained (SaeTrainingBar *self, const AnalysisTrainingSummary *summary)
{
  g_autofree char *told = sae_training_summary_text (summary);

  g_free (self->summary);
  self->summary = sae_training_state_of (self->session) == SAE_TRAINING_UNFINISHED
                      ? g_strdup_printf ("%s\n%s", told,
                                         _ ("Resume goes on from there; Start new trains "
                                            "another beside it."))
                      : g_steal_pointer (&told);
  sae_training_bar_update (self);
}

void
sae_training_bar_set_startable (SaeTrainingBar *self, gboolean startable)
{
  self->startable = startable;
  sae_training_bar_update (self);
}

GtkWidget *
sae_training_bar_get_button (SaeTrainingBar *self)
{
  return GTK_WIDGET (self->session
                         ? button_of (self, sae_training_state_of (self->session))
                         : self->start);
}

static void
set_session (SaeTrainingBar *self, SaeSession *session)
{
  if (!g_set_object (&self->session, session) || !session)
    return;
  g_signal_connect_object (session, "notify::training", G_CALLBACK (on_training), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (sae_training_bar_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (forget_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "trained", G_CALLBACK (on_trained), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sae_session_get_losses (session), "changed",
                           G_CALLBACK (sae_training_bar_update), self, G_CONNECT_SWAPPED);
  on_training (self);
}

static void
sae_training_bar_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_TRAINING_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_training_bar_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SAE_TRAINING_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_training_bar_dispose (GObject *object)
{
  SaeTrainingBar *self = SAE_TRAINING_BAR (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->summary, g_free);
  G_OBJECT_CLASS (sae_training_bar_parent_class)->dispose (object);
}

static void
sae_training_bar_class_init (SaeTrainingBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_training_bar_get_property;
  object_class->set_property = sae_training_bar_set_property;
  object_class->dispose = sae_training_bar_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/training-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, status);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, figures);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, start);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, resume);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, pause);
  gtk_widget_class_bind_template_child (widget_class, SaeTrainingBar, stop);
}

/* The value above its name. */
static GtkLabel *
add_figure (SaeTrainingBar *self, SaeTrainingFigure figure)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *value = gtk_label_new ("–");
  GtkWidget *name = gtk_label_new (sae_training_figure_name (figure));

  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (value, "heading");
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_set_tooltip_text (box, sae_training_figure_meaning (figure));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (self->figures, box);
  return GTK_LABEL (value);
}

static void
sae_training_bar_init (SaeTrainingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < SAE_TRAINING_N_FIGURES; i++)
    self->values[i] = add_figure (self, i);
}
