#include "app/classify-pane.h"

#include "app/class-charts.h"
#include "app/error-text.h"
#include "app/format.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeClassifyPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkDropDown *label, *method;
  GtkSpinButton *folds;
  GtkProgressBar *bar;
  SaeConfusionChart *confusion;
  SaeScoresChart *scores;
  GtkLabel *verdict, *failure;

  /* Owned */
  SaeSession *session;
  SaeClassFigures figures;
  SaeJob *job; /* the running classification */
};

G_DEFINE_FINAL_TYPE (SaeClassifyPane, sae_classify_pane, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static const char *
conclusion (const AnalysisClassification *c)
{
  double own = c->embedding.balanced.value;
  double best =
      MAX (c->spectra.balanced.value, c->n_ratios > 0 ? c->ratios.balanced.value : 0);

  if (c->embedding.balanced.low <= c->embedding.chance)
    return _ ("The embedding does not tell the classes: its interval reaches chance.");
  if (own > best)
    return _ ("The embedding tells the classes better than chance and the baselines.");
  return _ ("The embedding tells the classes better than chance, but no better than the "
            "best baseline.");
}

char *
sae_classify_pane_verdict (const AnalysisClassification *c)
{
  GString *text = g_string_new (conclusion (c));
  g_autofree char *p = sae_format_significant (c->embedding.p_value, 2);

  if (!isnan (c->embedding.p_value)) {
    g_string_append_c (text, ' ');
    /* Translators: of a test by shuffling the labels */
    g_string_append_printf (text, _ ("Permutation test: p = %s."), p);
  }
  for (guint i = 0; i < c->dropped->len; i++) {
    g_string_append_c (text, ' ');
    g_string_append_printf (
        text,
        _ ("“%s” is left out: it has fewer events than there are folds, too few to say "
           "anything."),
        sae_format_event_type (g_ptr_array_index (c->dropped, i)));
  }
  if (c->n_ratios < c->embedding.n_signals) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text, _ ("The P/S ratio is known of %zu of %zu signals."),
                            c->n_ratios, c->embedding.n_signals);
  }
  g_string_append_c (text, ' ');
  g_string_append (text, _ ("Whole events are held out; the intervals count each event "
                            "once."));
  return g_string_free (text, FALSE);
}

static void
on_classification (SaeClassifyPane *self)
{
  const AnalysisClassification *classification =
      sae_session_get_classification (self->session);
  g_autofree char *text = NULL;

  sae_confusion_chart_show (self->confusion, NULL);
  sae_scores_chart_show (self->scores, NULL);
  sae_class_figures_clear (&self->figures);
  if (!classification) {
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    return;
  }
  sae_class_figures_init (&self->figures, classification);
  sae_confusion_chart_show (self->confusion, &self->figures);
  sae_scores_chart_show (self->scores, &self->figures);
  text = sae_classify_pane_verdict (classification);
  gtk_label_set_label (self->verdict, text);
  gtk_stack_set_visible_child_name (self->stack, "result");
}

static void
on_fraction (SaeClassifyPane *self, GParamSpec *pspec, SaeJob *job)
{
  if (job == self->job)
    gtk_progress_bar_set_fraction (self->bar, MAX (sae_job_get_fraction (job), 0));
}

/* The window tells of failures in passing; here the reason stays. */
static void
on_state (SaeClassifyPane *self, GParamSpec *pspec, SaeJob *job)
{
  if (job != self->job)
    return;
  if (sae_job_get_state (job) == SAE_JOB_FAILED) {
    g_autofree char *text = sae_error_text (sae_job_get_error (job));

    gtk_label_set_label (self->failure, text);
    gtk_stack_set_visible_child_name (self->stack, "failure");
  } else if (sae_job_get_state (job) == SAE_JOB_CANCELLED) {
    gtk_stack_set_visible_child_name (
        self->stack,
        sae_session_get_classification (self->session) ? "result" : "nothing");
  }
  g_clear_object (&self->job);
}

void
sae_classify_pane_start (SaeClassifyPane *self)
{
  SaeClassifySettings settings = {gtk_drop_down_get_selected (self->label) == 1,
                                  analysis_validation_default ()};

  if (!self->session || !sae_session_get_projection (self->session))
    return;
  settings.validation.classifier.method =
      (AnalysisClassifierMethod)gtk_drop_down_get_selected (self->method);
  settings.validation.n_folds = (gsize)gtk_spin_button_get_value_as_int (self->folds);
  g_set_object (&self->job, sae_tasks_classify (self->session, &settings));
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  g_signal_connect_object (self->job, "notify::fraction", G_CALLBACK (on_fraction), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
}

static void
on_cancel (SaeClassifyPane *self)
{
  if (self->job)
    sae_job_cancel (self->job);
}

static void
sae_classify_pane_get_property (GObject *object, guint id, GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_CLASSIFY_PANE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_classify_pane_set_property (GObject *object, guint id, const GValue *value,
                                GParamSpec *pspec)
{
  SaeClassifyPane *self = SAE_CLASSIFY_PANE (object);

  if (id != PROP_SESSION) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  } else if (!self->session && g_value_get_object (value)) {
    self->session = g_value_dup_object (value);
    g_signal_connect_object (self->session, "notify::classification",
                             G_CALLBACK (on_classification), self, G_CONNECT_SWAPPED);
    on_classification (self);
  }
}

static void
sae_classify_pane_dispose (GObject *object)
{
  SaeClassifyPane *self = SAE_CLASSIFY_PANE (object);

  g_clear_object (&self->job);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_classify_pane_parent_class)->dispose (object);
}

static void
sae_classify_pane_finalize (GObject *object)
{
  sae_class_figures_clear (&SAE_CLASSIFY_PANE (object)->figures);
  G_OBJECT_CLASS (sae_classify_pane_parent_class)->finalize (object);
}

static void
sae_classify_pane_class_init (SaeClassifyPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_classify_pane_get_property;
  object_class->set_property = sae_classify_pane_set_property;
  object_class->dispose = sae_classify_pane_dispose;
  object_class->finalize = sae_classify_pane_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_CONFUSION_CHART);
  g_type_ensure (SAE_TYPE_SCORES_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/classify-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, label);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, method);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, folds);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, bar);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, confusion);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, scores);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, verdict);
  gtk_widget_class_bind_template_child (widget_class, SaeClassifyPane, failure);
  gtk_widget_class_bind_template_callback (widget_class, sae_classify_pane_start);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
sae_classify_pane_init (SaeClassifyPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_selected (self->method,
                              analysis_validation_default ().classifier.method);
}
