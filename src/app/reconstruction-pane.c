#include "app/reconstruction-pane.h"

#include "app/error-text.h"
#include "app/fidelity-table.h"
#include "app/format.h"
#include "app/trace-chart.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <string.h>

struct _SaeReconstructionPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *title, *event, *badge, *error, *held_out;
  SaeTraceChart *chart;
  SaeFidelityTable *fidelity;
  GtkToggleButton *integrated;
  AdwStatusPage *failure;

  /* Owned */
  SaeSession *session;
  SaeSignalItem *item;
  SaeJob *reconstructing;        /* the latest; older ones are of no interest any more */
  AnalysisReconstruction *shown; /* of item; NULL until it is there */
};

G_DEFINE_FINAL_TYPE (SaeReconstructionPane, sae_reconstruction_pane, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

SaeChart *
sae_reconstruction_pane_get_chart (SaeReconstructionPane *self)
{
  return self->shown ? SAE_CHART (self->chart) : NULL;
}

static void
show_numbers (SaeReconstructionPane *self)
{
  const AnalysisReconstruction *reconstruction = self->shown;
  g_autofree char *number = sae_format_significant (reconstruction->normalized_error, 3);
  g_autofree char *error =
      /* Translators: a mean absolute error, in standard deviations of the training data
       */
      g_strdup_printf (_ ("Normalised error %s"), number);
  const char *side = reconstruction->in_validation ? _ ("Held out of the training")
                                                   : _ ("Part of the training");
  g_autofree char *description = g_strjoin (". ", error, side, NULL);

  gtk_label_set_label (self->error, error);
  gtk_label_set_label (self->held_out, side);
  sae_chart_describe (SAE_CHART (self->chart),
                      sae_signal_item_get_instrument (self->item), description);
}

/* values and rebuilt (3, T), of which `compared` samples have a reconstruction. */
static void
show_fidelities (SaeReconstructionPane *self, const char *const labels[], double *values,
                 double *rebuilt, size_t n, size_t compared)
{
  const char *names[SAE_N_FIDELITIES];
  AnalysisFidelity fidelities[SAE_N_FIDELITIES];

  for (size_t c = 0; c < SAE_N_FIDELITIES; c++) {
    const char *dot = strrchr (labels[c], '.');

    names[c] = dot ? dot + 1 : labels[c];
    analysis_fidelity (&fidelities[c], values + c * n, rebuilt + c * n, compared);
  }
  sae_fidelity_table_show (self->fidelity, names, fidelities);
}

/* The differences that the network knows, or their sums: the record again. */
static void
show_curves (SaeReconstructionPane *self)
{
  const SeismicSignalInfo *signal = sae_signal_item_get_info (self->item);
  const AnalysisSeries *original = &self->shown->original;
  gboolean summed = gtk_toggle_button_get_active (self->integrated);
  size_t n = original->n_samples, n_all = SEISMIC_N_COMPONENTS * n;
  g_autofree double *values = sae_wave_widen (original->samples, n_all);
  g_autofree double *rebuilt = sae_wave_widen (self->shown->reconstruction, n_all);
  char labels[SEISMIC_N_COMPONENTS][64];
  SaeTraceInfo info = {.n_samples = n,
                       .start_ns = original->start_ns,
                       .rate_hz = original->rate_hz,
                       .unit = summed ? _ ("counts")
                                      /* Translators: unit of first differences of a
                                       * record's counts */
                                      : _ ("counts/sample")};

  for (size_t i = 0; i < SEISMIC_N_COMPONENTS; i++) {
    g_snprintf (labels[i], sizeof labels[i], "%s%c",
                sae_signal_item_get_instrument (self->item), signal->components[i]);
    info.labels[i] = labels[i];
    if (summed) {
      analysis_integrate (values + i * n, n, 1);
      analysis_integrate (rebuilt + i * n, n, 1);
    }
  }
  sae_trace_chart_show (self->chart, &info, values, rebuilt);
  show_fidelities (self, info.labels, values, rebuilt, n, self->shown->n_reconstructed);
}

static void
on_integrated (SaeReconstructionPane *self)
{
  if (self->shown)
    show_curves (self);
}

static void
on_reconstructed (SaeJob *job, gpointer user_data)
{
  SaeReconstructionPane *self = user_data;
  AnalysisReconstruction *reconstruction = sae_job_steal_result (job);

  if (job == self->reconstructing) {
    if (reconstruction) {
      g_clear_pointer (&self->shown, sae_reconstruction_free);
      self->shown = g_steal_pointer (&reconstruction);
      show_curves (self);
      show_numbers (self);
      gtk_stack_set_visible_child_name (self->stack, "signal");
    } else if (sae_job_get_error (job)) {
      g_autofree char *text = sae_error_text (sae_job_get_error (job));
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->failure, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failure");
    }
    g_clear_object (&self->reconstructing);
  }
  g_clear_pointer (&reconstruction, sae_reconstruction_free);
}

static void
show_heading (SaeReconstructionPane *self)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (self->item);
  g_autofree char *event = sae_format_event (&info->event);

  gtk_label_set_label (self->title, sae_signal_item_get_instrument (self->item));
  gtk_label_set_label (self->event, event);
  gtk_widget_set_visible (GTK_WIDGET (self->badge),
                          sae_signal_item_get_synthetic (self->item));
}

void
sae_reconstruction_pane_show (SaeReconstructionPane *self, SaeSignalItem *item)
{
  if (self->reconstructing)
    sae_job_cancel (self->reconstructing);
  g_clear_object (&self->reconstructing);
  g_clear_pointer (&self->shown, sae_reconstruction_free);
  g_set_object (&self->item, item);
  if (!item) {
    sae_trace_chart_clear (self->chart);
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    return;
  }
  show_heading (self);
  self->reconstructing = sae_tasks_reconstruct (
      self->session, sae_signal_item_get_id (item), on_reconstructed, G_OBJECT (self));
}

static void
sae_reconstruction_pane_get_property (GObject *object, guint id, GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_RECONSTRUCTION_PANE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_reconstruction_pane_set_property (GObject *object, guint id, const GValue *value,
                                      GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_set_object (&SAE_RECONSTRUCTION_PANE (object)->session, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_reconstruction_pane_dispose (GObject *object)
{
  SaeReconstructionPane *self = SAE_RECONSTRUCTION_PANE (object);

  if (self->reconstructing)
    sae_job_cancel_and_wait (self->reconstructing);
  g_clear_object (&self->reconstructing);
  g_clear_pointer (&self->shown, sae_reconstruction_free);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_reconstruction_pane_parent_class)->dispose (object);
}

static void
sae_reconstruction_pane_class_init (SaeReconstructionPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_reconstruction_pane_get_property;
  object_class->set_property = sae_reconstruction_pane_set_property;
  object_class->dispose = sae_reconstruction_pane_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_TRACE_CHART);
  g_type_ensure (SAE_TYPE_FIDELITY_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, SAE_RESOURCE_PATH
                                               "/reconstruction-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, title);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, event);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, badge);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, error);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, held_out);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, chart);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, fidelity);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, integrated);
  gtk_widget_class_bind_template_callback (widget_class, on_integrated);
  gtk_widget_class_bind_template_child (widget_class, SaeReconstructionPane, failure);
}

static void
sae_reconstruction_pane_init (SaeReconstructionPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
