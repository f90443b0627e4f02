#include "app/trace-chart.h"

#include "app/format.h"
#include "plot/trace-plot.h"
#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_COMPONENTS 3
/* Zoomed in as far as this many samples. */
#define MIN_SAMPLES 8
#define NO_CURSOR SIZE_MAX

struct _SaeTraceChart {
  SaeChart parent_instance;

  /* Owned */
  PlotTraces traces; /* its labels, unit and arrays are those below */
  char *labels[N_COMPONENTS], *unit;
  double *values, *reconstruction; /* (3, T) */
  char *readout;

  size_t cursor; /* sample, or NO_CURSOR */
};

G_DEFINE_FINAL_TYPE (SaeTraceChart, sae_trace_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_READOUT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static double
duration_s (SaeTraceChart *self)
{
  if (self->traces.n_samples < 2)
    return 1;
  return (double)(self->traces.n_samples - 1) / self->traces.rate_hz;
}

static void
sae_trace_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                      const PlotStyle *style)
{
  plot_trace_plot_draw (cr, rect, &SAE_TRACE_CHART (chart)->traces, style);
}

static PlotRectangle
data_area (SaeTraceChart *self)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));

  return plot_trace_plot_area (sae_chart_get_rectangle (SAE_CHART (self)), &self->traces,
                               &style);
}

static double
time_at (SaeTraceChart *self, PlotRectangle area, double x)
{
  double length = self->traces.view_end_s - self->traces.view_begin_s;

  return self->traces.view_begin_s + (x - area.x) / MAX (area.width, 1) * length;
}

static void
append_value (SaeTraceChart *self, GString *text, size_t component)
{
  const double *values = self->values + component * self->traces.n_samples;
  g_autofree char *number = sae_format_significant (values[self->cursor], 4);
  const char *dot = strrchr (self->labels[component], '.');

  g_string_append_printf (text, "   %s\u00a0%s", dot ? dot + 1 : self->labels[component],
                          number);
  if (self->reconstruction) {
    const double *rebuilt = self->reconstruction + component * self->traces.n_samples;
    g_autofree char *other = sae_format_significant (rebuilt[self->cursor], 4);

    g_string_append_printf (text, " → %s", other);
  }
}

static char *
make_readout (SaeTraceChart *self)
{
  g_autofree char *clock = NULL;
  GString *text;

  if (self->cursor == NO_CURSOR)
    return g_strdup ("");
  clock = sae_format_clock (
      self->traces.start_ns + seismic_time_of_sample (self->cursor, self->traces.rate_hz),
      2);
  text = g_string_new (NULL);
  g_string_append_printf (text, _ ("%s\u00a0UTC"), clock);
  for (size_t i = 0; i < self->traces.n_components; i++)
    append_value (self, text, i);
  return g_string_free (text, FALSE);
}

static void
set_cursor (SaeTraceChart *self, size_t cursor)
{
  if (cursor == self->cursor)
    return;
  self->cursor = cursor;
  g_free (self->readout);
  self->readout = make_readout (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, self->readout, -1);
  sae_chart_redraw_overlay (SAE_CHART (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READOUT]);
}

static void
sae_trace_chart_hover (SaeChart *chart, double x, double y)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  PlotRectangle area = data_area (self);
  double sample;

  if (self->traces.n_samples == 0 || !(x >= area.x && x <= area.x + area.width) ||
      y < area.y || y > area.y + area.height) {
    set_cursor (self, NO_CURSOR);
    return;
  }
  sample = round (time_at (self, area, x) * self->traces.rate_hz);
  set_cursor (self, (size_t)CLAMP (sample, 0, (double)self->traces.n_samples - 1));
}

static void
sae_trace_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
                              const PlotStyle *style)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  PlotRectangle area = data_area (self);
  double length = self->traces.view_end_s - self->traces.view_begin_s;
  GdkRGBA color = sae_chart_rgba (style->dim);
  double x;

  if (self->cursor == NO_CURSOR || length <= 0)
    return;
  x = area.x + ((double)self->cursor / self->traces.rate_hz - self->traces.view_begin_s) /
                   length * area.width;
  if (x >= area.x && x <= area.x + area.width)
    gtk_snapshot_append_color (
        snapshot, &color,
        &GRAPHENE_RECT_INIT (floorf ((float)x), (float)area.y, 1, (float)area.height));
}

static void
sae_trace_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  PlotRectangle area = data_area (self);
  double duration = duration_s (self);

  if (self->traces.n_samples == 0)
    return;
  sae_chart_zoom_range (&self->traces.view_begin_s, &self->traces.view_end_s,
                        time_at (self, area, CLAMP (x, area.x, area.x + area.width)),
                        factor, 0, duration,
                        MIN (duration, MIN_SAMPLES / self->traces.rate_hz));
  sae_chart_redraw (chart);
}

static void
sae_trace_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  double length = self->traces.view_end_s - self->traces.view_begin_s;

  sae_chart_pan_range (&self->traces.view_begin_s, &self->traces.view_end_s,
                       -dx / MAX (data_area (self).width, 1) * length, 0,
                       duration_s (self));
  sae_chart_redraw (chart);
}

static void
sae_trace_chart_reset (SaeChart *chart)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);

  self->traces.view_begin_s = 0;
  self->traces.view_end_s = duration_s (self);
  sae_chart_redraw (chart);
}

/* Moves the cursor by about 1/200 of the view, and the view after it. */
static void
sae_trace_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  double length = self->traces.view_end_s - self->traces.view_begin_s;
  double stride = MAX (1, round (length * self->traces.rate_hz / 200));
  double cursor, time;

  if (self->traces.n_samples == 0 || direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    return;
  if (self->cursor == NO_CURSOR)
    cursor = round ((self->traces.view_begin_s + length / 2) * self->traces.rate_hz);
  else
    cursor = (double)self->cursor + (direction == GTK_DIR_LEFT ? -stride : stride);
  cursor = CLAMP (cursor, 0, (double)self->traces.n_samples - 1);
  set_cursor (self, (size_t)cursor);
  time = cursor / self->traces.rate_hz;
  if (time < self->traces.view_begin_s || time > self->traces.view_end_s) {
    sae_chart_pan_range (&self->traces.view_begin_s, &self->traces.view_end_s,
                         time - (self->traces.view_begin_s + length / 2), 0,
                         duration_s (self));
    sae_chart_redraw (chart);
  }
}

static void
release_traces (SaeTraceChart *self)
{
  for (size_t i = 0; i < N_COMPONENTS; i++)
    g_clear_pointer (&self->labels[i], g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->reconstruction, g_free);
  self->traces = (PlotTraces){
      .n_components = N_COMPONENTS, .labels = {"", "", ""}, .rate_hz = 1, .unit = ""};
}

/* NULL stays NULL. */
static double *
copy_components (const double *values, size_t n_samples)
{
  return values ? g_memdup2 (values, sizeof (double) * N_COMPONENTS * n_samples) : NULL;
}

void
sae_trace_chart_show (SaeTraceChart *self, const SaeTraceInfo *info, const double *values,
                      const double *reconstruction)
{
  PlotTraces *traces = &self->traces;

  release_traces (self);
  self->values = copy_components (values, info->n_samples);
  self->reconstruction = copy_components (reconstruction, info->n_samples);
  self->unit = g_strdup (info->unit);
  traces->n_samples = info->n_samples;
  traces->start_ns = info->start_ns;
  traces->rate_hz = info->rate_hz;
  traces->unit = self->unit;
  traces->original_label = _ ("Original");
  traces->reconstruction_label = _ ("Reconstruction");
  traces->residual_label = _ ("Residual");
  for (size_t i = 0; i < N_COMPONENTS; i++) {
    self->labels[i] = g_strdup (info->labels[i]);
    traces->labels[i] = self->labels[i];
    traces->values[i] = self->values + i * info->n_samples;
    traces->reconstruction[i] =
        reconstruction ? self->reconstruction + i * info->n_samples : NULL;
  }
  set_cursor (self, NO_CURSOR);
  sae_trace_chart_reset (SAE_CHART (self));
}

void
sae_trace_chart_clear (SaeTraceChart *self)
{
  release_traces (self);
  set_cursor (self, NO_CURSOR);
  sae_trace_chart_reset (SAE_CHART (self));
}

const char *
sae_trace_chart_get_readout (SaeTraceChart *self)
{
  return self->readout;
}

void
sae_trace_chart_get_view (SaeTraceChart *self, double *begin_s, double *end_s)
{
  *begin_s = self->traces.view_begin_s;
  *end_s = self->traces.view_end_s;
}

static void
sae_trace_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeTraceChart *self = SAE_TRACE_CHART (object);

  if (id == PROP_READOUT)
    g_value_set_string (value, self->readout);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_trace_chart_finalize (GObject *object)
{
  SaeTraceChart *self = SAE_TRACE_CHART (object);

  release_traces (self);
  g_free (self->readout);
  G_OBJECT_CLASS (sae_trace_chart_parent_class)->finalize (object);
}

static void
sae_trace_chart_class_init (SaeTraceChartClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  object_class->get_property = sae_trace_chart_get_property;
  object_class->finalize = sae_trace_chart_finalize;
  chart_class->draw = sae_trace_chart_draw;
  chart_class->draw_overlay = sae_trace_chart_draw_overlay;
  chart_class->hover = sae_trace_chart_hover;
  chart_class->zoom = sae_trace_chart_zoom;
  chart_class->pan = sae_trace_chart_pan;
  chart_class->reset = sae_trace_chart_reset;
  chart_class->step = sae_trace_chart_step;
  properties[PROP_READOUT] = g_param_spec_string (
      "readout", NULL, NULL, "",
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sae_trace_chart_init (SaeTraceChart *self)
{
  self->readout = g_strdup ("");
  self->cursor = NO_CURSOR;
  release_traces (self);
  self->traces.view_end_s = duration_s (self);
  sae_chart_describe (SAE_CHART (self), _ ("Signal"), _ ("Nothing is shown"));
}
