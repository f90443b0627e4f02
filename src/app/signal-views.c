#include "app/signal-views.h"

#include "app/motion-chart.h"
#include "app/spectrum-chart.h"
#include <math.h>

struct _SaeSignalViews {
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  SaeTraceChart *trace;
  SaeSpectrogramChart *spectrogram;
  SaeSpectrumChart *spectrum;
  SaeMotionChart *motion;
  SaeSectionChart *section;

  /* Owned */
  SaeSignalView *view; /* NULL until something is shown */
};

G_DEFINE_FINAL_TYPE (SaeSignalViews, sae_signal_views, ADW_TYPE_BIN)

enum { PROP_0, PROP_VIEW, PROP_READOUT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SELECTION_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

SaeTraceChart *
sae_signal_views_get_trace (SaeSignalViews *self)
{
  return self->trace;
}

SaeChart *
sae_signal_views_get_chart (SaeSignalViews *self)
{
  return SAE_CHART (gtk_stack_get_visible_child (self->stack));
}

const char *
sae_signal_views_get_view (SaeSignalViews *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static void
notify_readout (SaeSignalViews *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

void
sae_signal_views_set_view (SaeSignalViews *self, const char *view)
{
  if (!gtk_stack_get_child_by_name (self->stack, view) ||
      g_strcmp0 (view, sae_signal_views_get_view (self)) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, view);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
  notify_readout (self);
}

static const SaeShown *
get_shown (SaeSignalViews *self)
{
  return self->view ? sae_signal_view_get_shown (self->view) : NULL;
}

static void
show_motion (SaeSignalViews *self)
{
  const SaeShown *shown = get_shown (self);
  double begin_s = 0, end_s = 0;

  if (shown && !sae_trace_chart_get_selection (self->trace, &begin_s, &end_s))
    sae_trace_chart_get_view (self->trace, &begin_s, &end_s);
  sae_motion_chart_show (self->motion, shown ? shown->wave : NULL, begin_s, end_s);
}

static void
show_spectrum (SaeSignalViews *self)
{
  const SaeShown *shown = get_shown (self);
  double begin_s = 0, end_s = 0;

  if (shown && !sae_trace_chart_get_selection (self->trace, &begin_s, &end_s))
    end_s = sae_wave_duration_s (shown->wave);
  sae_spectrum_chart_show (self->spectrum, shown, begin_s, end_s);
}

static void
on_selection (SaeSignalViews *self)
{
  show_spectrum (self);
  show_motion (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
on_trace_view (SaeSignalViews *self)
{
  double begin_s, end_s;

  sae_trace_chart_get_view (self->trace, &begin_s, &end_s);
  sae_spectrogram_chart_set_view (self->spectrogram, begin_s, end_s);
  if (!sae_trace_chart_get_selection (self->trace, &begin_s, &end_s))
    show_motion (self);
}

static void
on_spectrogram_view (SaeSignalViews *self)
{
  double begin_s, end_s;

  sae_spectrogram_chart_get_view (self->spectrogram, &begin_s, &end_s);
  sae_trace_chart_set_view (self->trace, begin_s, end_s);
}

static void
on_cursor (SaeSignalViews *self)
{
  size_t cursor = sae_trace_chart_get_cursor (self->trace);
  const SaeShown *shown = get_shown (self);

  if (shown && cursor != SIZE_MAX)
    sae_motion_chart_set_cursor (self->motion, (double)cursor / shown->wave->rate_hz);
}

void
sae_signal_views_show (SaeSignalViews *self, SaeSignalView *view, gboolean same_record)
{
  const SaeShown *shown;

  g_set_object (&self->view, view);
  shown = get_shown (self);
  if (shown)
    sae_trace_chart_set_wave (self->trace, shown->wave, same_record);
  else
    sae_trace_chart_clear (self->trace);
  sae_spectrogram_chart_show (self->spectrogram, shown);
  on_trace_view (self);
  show_spectrum (self);
  show_motion (self);
  sae_section_chart_show (self->section,
                          shown ? sae_signal_view_get_session (view) : NULL,
                          shown ? sae_signal_view_get_treatment (view) : NULL);
}

void
sae_signal_views_apply (SaeSignalViews *self, SaeViewSettings *settings)
{
  SaeSpectrogramSettings spectrogram;
  SaeSectionSettings section;

  sae_view_settings_get_spectrogram (settings, &spectrogram);
  sae_view_settings_get_section (settings, &section);
  sae_spectrogram_chart_set_settings (self->spectrogram, &spectrogram);
  sae_spectrum_chart_set_smoothing (self->spectrum,
                                    sae_view_settings_get_smoothing (settings));
  sae_section_chart_set_settings (self->section, &section);
}

static void
sae_signal_views_get_property (GObject *object, guint id, GValue *value,
                               GParamSpec *pspec)
{
  SaeSignalViews *self = SAE_SIGNAL_VIEWS (object);

  if (id == PROP_VIEW)
    g_value_set_string (value, sae_signal_views_get_view (self));
  else if (id == PROP_READOUT)
    g_value_set_string (value, sae_chart_get_readout (sae_signal_views_get_chart (self)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_views_set_property (GObject *object, guint id, const GValue *value,
                               GParamSpec *pspec)
{
  if (id == PROP_VIEW)
    sae_signal_views_set_view (SAE_SIGNAL_VIEWS (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_signal_views_dispose (GObject *object)
{
  g_clear_object (&SAE_SIGNAL_VIEWS (object)->view);
  G_OBJECT_CLASS (sae_signal_views_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SAE_TYPE_TRACE_CHART);
  g_type_ensure (SAE_TYPE_SPECTROGRAM_CHART);
  g_type_ensure (SAE_TYPE_SPECTRUM_CHART);
  g_type_ensure (SAE_TYPE_MOTION_CHART);
  g_type_ensure (SAE_TYPE_SECTION_CHART);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAE_RESOURCE_PATH "/signal-views.ui");
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, stack);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, trace);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, spectrogram);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, spectrum);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, motion);
  gtk_widget_class_bind_template_child (widget_class, SaeSignalViews, section);
  gtk_widget_class_bind_template_callback (widget_class, on_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_trace_view);
  gtk_widget_class_bind_template_callback (widget_class, on_spectrogram_view);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor);
  gtk_widget_class_bind_template_callback (widget_class, notify_readout);
}

static void
sae_signal_views_class_init (SaeSignalViewsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = sae_signal_views_get_property;
  object_class->set_property = sae_signal_views_set_property;
  object_class->dispose = sae_signal_views_dispose;
  properties[PROP_VIEW] = g_param_spec_string (
      "view", NULL, NULL, "waveform",
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_READOUT] = g_param_spec_string (
      "readout", NULL, NULL, "",
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  bind_template (GTK_WIDGET_CLASS (class));
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", SAE_TYPE_SIGNAL_VIEWS, G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_signal_views_init (SaeSignalViews *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
