#include "app/signal-pane.h"

#include "app/error-text.h"
#include "app/format.h"
#include "app/trace-chart.h"
#include "session/tasks.h"
#include <glib/gi18n.h>
#include <math.h>

struct _SaeSignalPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *title, *event, *badge, *gaps, *facts;
  SaeTraceChart *chart;
  AdwStatusPage *failure;

  /* Owned */
  SaeSession *session;
  SaeJob *reading; /* the latest; older ones are of no interest any more */
};

G_DEFINE_FINAL_TYPE (SaeSignalPane, sae_signal_pane, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* The largest distance from the component's mean, over all components. */
static double
find_peak (const SeismicSignal *signal, size_t *component)
{
  double peak = 0;

  *component = 0;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double *samples = signal->samples + c * signal->n_samples;
    double sum = 0, mean;

    for (size_t i = 0; i < signal->n_samples; i++)
      sum += samples[i];
    mean = sum / (double)MAX (signal->n_samples, 1);
    for (size_t i = 0; i < signal->n_samples; i++)
      if (fabs (samples[i] - mean) > peak) {
        peak = fabs (samples[i] - mean);
        *component = c;
      }
  }
  return peak;
}

char *
sae_signal_pane_facts (const SeismicSignal *signal)
{
  size_t component;
  double peak_counts = find_peak (signal, &component);
  g_autofree char *start = sae_format_time (signal->start_ns, 2);
  g_autofree char *rate = sae_format_significant (signal->rate_hz, 3);
  g_autofree char *n_samples = sae_format_number ((double)signal->n_samples, 0);
  g_autofree char *seconds =
      sae_format_number ((double)signal->n_samples / signal->rate_hz, 1);
  g_autofree char *peak = sae_format_significant (peak_counts, 3);
  char channel[8];

  seismic_signal_channel (signal, component, channel);
  /* Translators: start time, rate, number of samples, duration, peak value and channel of
   * a record; the odd spaces keep numbers and units together */
  return g_strdup_printf (_ ("Start %s\u00a0UTC  ·  %s\u202fHz  ·  %s\u00a0samples, "
                             "%s\u202fs  ·  Peak %s\u00a0counts on %s"),
                          start, rate, n_samples, seconds, peak, channel);
}

static void
show_signal (SaeSignalPane *self, const SeismicSignal *signal)
{
  g_autofree char *instrument = seismic_signal_instrument_id (signal);
  g_autofree char *facts = sae_signal_pane_facts (signal);
  char labels[SEISMIC_N_COMPONENTS][64];
  SaeTraceInfo info = {.n_samples = signal->n_samples,
                       .start_ns = signal->start_ns,
                       .rate_hz = signal->rate_hz,
                       .unit = _ ("counts")};

  for (size_t i = 0; i < SEISMIC_N_COMPONENTS; i++) {
    char channel[8];

    seismic_signal_channel (signal, i, channel);
    g_snprintf (labels[i], sizeof labels[i], "%s.%s.%s.%s", signal->network,
                signal->station, signal->location, channel);
    info.labels[i] = labels[i];
  }
  gtk_label_set_label (self->facts, facts);
  sae_trace_chart_show (self->chart, &info, signal->samples, NULL);
  sae_chart_describe (SAE_CHART (self->chart), instrument, facts);
  gtk_stack_set_visible_child_name (self->stack, "signal");
}

static void
on_read (SaeJob *job, gpointer user_data)
{
  SaeSignalPane *self = user_data;
  g_autoptr (SeismicSignal) signal = sae_job_steal_result (job);

  if (job != self->reading)
    return;
  if (signal) {
    show_signal (self, signal);
  } else if (sae_job_get_error (job)) {
    g_autofree char *text = sae_error_text (sae_job_get_error (job));
    g_autofree char *escaped = g_markup_escape_text (text, -1);

    adw_status_page_set_description (self->failure, escaped);
    gtk_stack_set_visible_child_name (self->stack, "failure");
  }
  g_clear_object (&self->reading);
}

static void
show_heading (SaeSignalPane *self, SaeSignalItem *item)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (item);
  g_autofree char *event = sae_format_event (&info->event);

  gtk_label_set_label (self->title, sae_signal_item_get_instrument (item));
  gtk_label_set_label (self->event, event);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), sae_signal_item_get_synthetic (item));
  gtk_widget_set_visible (GTK_WIDGET (self->gaps), info->has_gaps);
}

static void
stop_reading (SaeSignalPane *self)
{
  if (self->reading)
    sae_job_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
on_selected (SaeSignalPane *self)
{
  SaeSignalItem *item = sae_session_get_selected (self->session);

  stop_reading (self);
  if (!item) {
    sae_trace_chart_clear (self->chart);
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    return;
  }
  show_heading (self, item);
  self->reading = sae_tasks_read_signal (self->session, sae_signal_item_get_id (item),
                                         on_read, G_OBJECT (self));
}

static void
set_session (SaeSignalPane *self, SaeSession *session)
{
  if (!session || self->session)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  on_selected (self);
}

static void
sae_signal_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, SAE_SIGNAL_PANE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_pane_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (SAE_SIGNAL_PANE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_pane_dispose (GObject *object)
{
  SaeSignalPane *self = SAE_SIGNAL_PANE (object);

  if (self->reading)
    sae_job_cancel_and_wait (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_signal_pane_parent_class)->dispose (object);
}

static void
sae_signal_pane_class_init (SaeSignalPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = sae_signal_pane_get_property;
  object_class->set_property = sae_signal_pane_set_property;
  object_class->dispose = sae_signal_pane_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, SAE_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (SAE_TYPE_TRACE_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signal-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, title);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, event);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, badge);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, gaps);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, facts);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, chart);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalPane, failure);
}

static void
sae_signal_pane_init (SaeSignalPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
