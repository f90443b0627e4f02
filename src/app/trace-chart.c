#include "app/trace-chart-private.h"

#include "plot/trace-marks.h"
#include <glib/gi18n.h>
#include <math.h>

/* Zoomed in as far as this many samples. */
#define MIN_SAMPLES 8
#define AMPLITUDE_ZOOM_MAX 1e6

G_DEFINE_FINAL_TYPE (SaeTraceChart, sae_trace_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_PHASE, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { CURSOR_MOVED, VIEW_CHANGED, SELECTION_CHANGED, PICKED, UNPICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

static double
duration_s (SaeTraceChart *self)
{
  double duration = self->wave ? sae_wave_duration_s (self->wave) : 0;

  return duration > 0 ? duration : 1;
}

const PlotTraceLayout *
sae_trace_chart_layout (SaeTraceChart *self)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (self));

  if (!self->layout_valid || rect.width != self->layout_rect.width ||
      rect.height != self->layout_rect.height) {
    PlotStyle style = sae_chart_get_style (SAE_CHART (self));

    plot_trace_layout (&self->layout, rect, &self->traces, &style);
    self->layout_rect = rect;
    self->layout_valid = TRUE;
  }
  return &self->layout;
}

void
sae_trace_chart_changed (SaeTraceChart *self)
{
  self->layout_valid = FALSE;
  sae_chart_redraw (SAE_CHART (self));
}

/* Redrawn for a new style too: the layout follows it. */
static void
sae_trace_chart_draw_back (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                           const PlotStyle *style)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);

  self->layout_valid = FALSE;
  plot_trace_plot_draw_axes (cr, sae_trace_chart_layout (self), &self->traces, style);
}

static void
sae_trace_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                      const PlotStyle *style)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);

  plot_trace_plot_draw_lines (cr, sae_trace_chart_layout (self), &self->traces, style);
}

static void
sae_trace_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                             const PlotStyle *style, const char *title,
                             const char *subtitle)
{
  PlotTraces traces = SAE_TRACE_CHART (chart)->traces;

  traces.title = title;
  traces.subtitle = subtitle;
  plot_trace_plot_draw (cr, rect, &traces, style);
}

static void
draw_selection (SaeTraceChart *self, cairo_t *cr, const PlotTraceLayout *layout,
                const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  PlotColor color = style->reconstruction; /* the accent */
  double left = CLAMP (plot_scale_px (&layout->x, self->select_begin_s), area.x,
                       area.x + area.width);
  double right =
      CLAMP (plot_scale_px (&layout->x, self->select_end_s), area.x, area.x + area.width);

  if (!(left < right))
    return;
  color.alpha = 0.14;
  plot_set_source (cr, color);
  cairo_rectangle (cr, left, area.y, right - left, area.height);
  cairo_fill (cr);
  color.alpha = 0.6;
  plot_set_source (cr, color);
  cairo_rectangle (cr, plot_line_snap (style, left), area.y, 1, area.height);
  cairo_rectangle (cr, plot_line_snap (style, right) - 1, area.y, 1, area.height);
  cairo_fill (cr);
}

static void
sae_trace_chart_draw_front (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                            const PlotStyle *style)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);

  if (self->select_begin_s < self->select_end_s)
    draw_selection (self, cr, layout, style);
  plot_trace_marks_draw (cr, layout, &self->traces, style);
  if (self->drag == SAE_DRAG_PICK) {
    PlotTraces pending = self->traces;

    pending.marks = &self->pending;
    pending.n_marks = 1;
    plot_trace_marks_draw (cr, layout, &pending, style);
  }
}

double
sae_trace_chart_time_at (SaeTraceChart *self, double x)
{
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);

  return layout->area.width > 0 ? plot_scale_value (&layout->x, x)
                                : self->traces.view_begin_s;
}

double
sae_trace_chart_cursor_s (SaeTraceChart *self)
{
  return self->cursor == SAE_NO_CURSOR ? NAN
                                       : (double)self->cursor / self->traces.rate_hz;
}

void
sae_trace_chart_set_cursor (SaeTraceChart *self, size_t cursor)
{
  g_autofree char *readout = NULL;

  if (cursor == self->cursor)
    return;
  self->cursor = cursor;
  readout = sae_trace_chart_make_readout (self);
  sae_chart_set_readout (SAE_CHART (self), readout);
  sae_chart_redraw_overlay (SAE_CHART (self));
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

void
sae_trace_chart_move_cursor (SaeTraceChart *self, double time_s)
{
  double sample = round (time_s * self->traces.rate_hz);

  if (self->traces.n_samples > 0 && isfinite (sample))
    sae_trace_chart_set_cursor (
        self, (size_t)CLAMP (sample, 0, (double)self->traces.n_samples - 1));
}

static void
view_changed (SaeTraceChart *self)
{
  sae_trace_chart_changed (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
sae_trace_chart_zoom_time (SaeTraceChart *self, double centre_s, double factor)
{
  double duration = duration_s (self);

  if (self->traces.n_samples == 0)
    return;
  sae_chart_zoom_range (&self->traces.view_begin_s, &self->traces.view_end_s, centre_s,
                        factor, 0, duration,
                        MIN (duration, MIN_SAMPLES / self->traces.rate_hz));
  view_changed (self);
}

void
sae_trace_chart_zoom_amplitude (SaeTraceChart *self, double factor)
{
  double zoom = self->traces.amplitude_zoom > 0 ? self->traces.amplitude_zoom : 1;

  if (!(factor > 0))
    return;
  self->traces.amplitude_zoom =
      CLAMP (zoom / factor, 1 / AMPLITUDE_ZOOM_MAX, AMPLITUDE_ZOOM_MAX);
  sae_trace_chart_changed (self);
}

static void
sae_trace_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);
  double length = self->traces.view_end_s - self->traces.view_begin_s;

  sae_chart_pan_range (&self->traces.view_begin_s, &self->traces.view_end_s,
                       -dx / MAX (layout->area.width, 1) * length, 0, duration_s (self));
  /* Upwards only where there is more than is seen. */
  if (self->traces.amplitude_zoom > 1)
    self->traces.amplitude_shift -= dy / MAX (layout->panels[0].area.height, 1);
  view_changed (self);
}

static void
sae_trace_chart_reset (SaeChart *chart)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);

  if (self->drag == SAE_DRAG_PICK) /* the second press of a double click */
    return;
  self->traces.view_begin_s = 0;
  self->traces.view_end_s = duration_s (self);
  self->traces.amplitude_zoom = 1;
  self->traces.amplitude_shift = 0;
  view_changed (self);
}

void
sae_trace_chart_select (SaeTraceChart *self, double begin_s, double end_s)
{
  double duration = duration_s (self);

  begin_s = CLAMP (begin_s, 0, duration);
  end_s = CLAMP (end_s, 0, duration);
  if (begin_s == self->select_begin_s && end_s == self->select_end_s)
    return;
  self->select_begin_s = begin_s;
  self->select_end_s = end_s;
  sae_chart_redraw_front (SAE_CHART (self));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
sae_trace_chart_emit_picked (SaeTraceChart *self, size_t component, SaeTracePhase phase,
                             double time_s, double uncertainty_s)
{
  g_signal_emit (self, signals[PICKED], 0, (guint)component, (int)phase, time_s,
                 uncertainty_s);
}

void
sae_trace_chart_emit_unpicked (SaeTraceChart *self, size_t mark)
{
  g_signal_emit (self, signals[UNPICKED], 0, (guint)mark);
}

/* The figure of wave, the user's choices kept. */
static void
fill_traces (SaeTraceChart *self)
{
  PlotTraces *traces = &self->traces;
  SaeWave *wave = self->wave;

  traces->n_components = SAE_N_COMPONENTS;
  traces->original_label = _ ("Original");
  traces->reconstruction_label = _ ("Reconstruction");
  traces->residual_label = _ ("Residual");
  traces->n_samples = wave ? wave->n_samples : 0;
  traces->start_ns = wave ? wave->start_ns : 0;
  traces->rate_hz = wave ? wave->rate_hz : 1;
  traces->unit = wave ? wave->unit : "";
  traces->spans = wave ? wave->spans : NULL;
  traces->n_spans = wave ? wave->n_spans : 0;
  for (size_t i = 0; i < SAE_N_COMPONENTS; i++) {
    traces->labels[i] = wave ? wave->labels[i] : "";
    traces->values[i] = wave ? sae_wave_values (wave, i) : NULL;
    traces->pyramids[i] = wave ? wave->pyramids[i] : NULL;
    traces->middles[i] = wave ? wave->means[i] : 0;
    traces->reconstruction[i] =
        wave && wave->reconstruction ? wave->reconstruction + i * wave->n_samples : NULL;
  }
}

/* Processing may move the first sample. */
static void
keep_times (SaeTraceChart *self, double moved_s, double cursor_s)
{
  double length = self->traces.view_end_s - self->traces.view_begin_s;
  double duration = duration_s (self);

  self->traces.view_begin_s += moved_s;
  self->traces.view_end_s = self->traces.view_begin_s + MIN (length, duration);
  sae_chart_pan_range (&self->traces.view_begin_s, &self->traces.view_end_s, 0, 0,
                       duration);
  self->select_begin_s += moved_s;
  self->select_end_s += moved_s;
  if (isfinite (cursor_s))
    sae_trace_chart_move_cursor (self, cursor_s + moved_s);
  view_changed (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
sae_trace_chart_set_wave (SaeTraceChart *self, SaeWave *wave, gboolean keep_view)
{
  double cursor_s = sae_trace_chart_cursor_s (self), moved_s = 0;
  g_autoptr (SaeWave) former = self->wave;
  gboolean keep = keep_view && former && wave;

  if (keep)
    moved_s = ((double)former->start_ns - (double)wave->start_ns) / 1e9;
  self->wave = wave ? sae_wave_ref (wave) : NULL;
  fill_traces (self);
  sae_trace_chart_set_cursor (self, SAE_NO_CURSOR);
  if (keep) {
    keep_times (self, moved_s, cursor_s);
    return;
  }
  self->drag = SAE_DRAG_NONE;
  sae_trace_chart_select (self, 0, 0);
  sae_trace_chart_reset (SAE_CHART (self));
}

SaeWave *
sae_trace_chart_get_wave (SaeTraceChart *self)
{
  return self->wave;
}

/* NULL stays NULL. */
static double *
copy_components (const double *values, size_t n_samples)
{
  return values ? g_memdup2 (values, sizeof (double) * SAE_N_COMPONENTS * n_samples)
                : NULL;
}

void
sae_trace_chart_show (SaeTraceChart *self, const SaeTraceInfo *info, const double *values,
                      const double *reconstruction)
{
  g_autoptr (SaeWave) wave =
      sae_wave_new (info, copy_components (values, info->n_samples),
                    copy_components (reconstruction, info->n_samples));

  sae_trace_chart_set_wave (self, wave, FALSE);
}

void
sae_trace_chart_clear (SaeTraceChart *self)
{
  sae_trace_chart_set_marks (self, NULL, 0);
  sae_trace_chart_set_wave (self, NULL, FALSE);
}

void
sae_trace_chart_set_marks (SaeTraceChart *self, const PlotTraceMark *marks, size_t n)
{
  g_array_set_size (self->marks, 0);
  for (size_t i = 0; i < n; i++) {
    PlotTraceMark mark = marks[i];

    mark.label = g_strdup (mark.label);
    g_array_append_val (self->marks, mark);
  }
  self->traces.marks = (const PlotTraceMark *)(void *)self->marks->data;
  self->traces.n_marks = n;
  sae_chart_redraw_front (SAE_CHART (self));
}

void
sae_trace_chart_set_scaling (SaeTraceChart *self, PlotScaling scaling, double limit)
{
  self->traces.scaling = scaling;
  self->traces.fixed_limit = limit;
  sae_trace_chart_changed (self);
}

double
sae_trace_chart_get_limit (SaeTraceChart *self)
{
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);
  double limit = 0;

  for (size_t i = 0; self->wave && i < layout->n_panels; i++) {
    PlotScale y = layout->panels[i].y;

    limit = MAX (limit, fabs (y.data_1 - y.data_0) / 2);
  }
  return limit;
}

void
sae_trace_chart_get_view (SaeTraceChart *self, double *begin_s, double *end_s)
{
  *begin_s = self->traces.view_begin_s;
  *end_s = self->traces.view_end_s;
}

void
sae_trace_chart_set_view (SaeTraceChart *self, double begin_s, double end_s)
{
  if (!(begin_s < end_s))
    return;
  if (end_s - begin_s > duration_s (self)) {
    begin_s = 0;
    end_s = duration_s (self);
  }
  self->traces.view_begin_s = begin_s;
  self->traces.view_end_s = end_s;
  sae_trace_chart_zoom_time (self, (begin_s + end_s) / 2, 1); /* not too close */
}

gboolean
sae_trace_chart_get_selection (SaeTraceChart *self, double *begin_s, double *end_s)
{
  if (!self->wave || !(self->select_begin_s < self->select_end_s))
    return FALSE;
  *begin_s = self->select_begin_s;
  *end_s = self->select_end_s;
  return TRUE;
}

const PlotTraces *
sae_trace_chart_get_traces (SaeTraceChart *self)
{
  return &self->traces;
}

size_t
sae_trace_chart_get_cursor (SaeTraceChart *self)
{
  return self->cursor;
}

PlotRectangle
sae_trace_chart_get_area (SaeTraceChart *self)
{
  return sae_trace_chart_layout (self)->area;
}

static void
sae_trace_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeTraceChart *self = SAE_TRACE_CHART (object);

  if (id == PROP_PHASE)
    g_value_set_int (value, (int)self->phase);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sae_trace_chart_set_property (GObject *object, guint id, const GValue *value,
                              GParamSpec *pspec)
{
  SaeTraceChart *self = SAE_TRACE_CHART (object);

  if (id != PROP_PHASE) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if ((int)self->phase == g_value_get_int (value))
    return;
  self->phase = (SaeTracePhase)g_value_get_int (value);
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), self->phase == SAE_TRACE_NO_PHASE ? NULL : "crosshair");
  g_object_notify_by_pspec (object, pspec);
}

static void
sae_trace_chart_finalize (GObject *object)
{
  SaeTraceChart *self = SAE_TRACE_CHART (object);

  g_clear_pointer (&self->wave, sae_wave_unref);
  g_array_unref (self->marks);
  G_OBJECT_CLASS (sae_trace_chart_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  signals[CURSOR_MOVED] =
      g_signal_new ("cursor-moved", SAE_TYPE_TRACE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[VIEW_CHANGED] =
      g_signal_new ("view-changed", SAE_TYPE_TRACE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", SAE_TYPE_TRACE_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[PICKED] = g_signal_new ("picked", SAE_TYPE_TRACE_CHART, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_UINT,
                                  G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[UNPICKED] = g_signal_new ("unpicked", SAE_TYPE_TRACE_CHART, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sae_trace_chart_class_init (SaeTraceChartClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  object_class->get_property = sae_trace_chart_get_property;
  object_class->set_property = sae_trace_chart_set_property;
  object_class->finalize = sae_trace_chart_finalize;
  chart_class->draw_back = sae_trace_chart_draw_back;
  chart_class->draw = sae_trace_chart_draw;
  chart_class->draw_figure = sae_trace_chart_draw_figure;
  chart_class->draw_front = sae_trace_chart_draw_front;
  chart_class->draw_overlay = sae_trace_chart_draw_overlay;
  chart_class->pan = sae_trace_chart_pan;
  chart_class->reset = sae_trace_chart_reset;
  properties[PROP_PHASE] = g_param_spec_int (
      "phase", NULL, NULL, SAE_TRACE_NO_PHASE, SAE_TRACE_S, SAE_TRACE_NO_PHASE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  add_signals ();
  sae_trace_chart_class_init_input (class);
}

static void
free_label (gpointer mark)
{
  g_free ((char *)((PlotTraceMark *)mark)->label);
}

static void
sae_trace_chart_init (SaeTraceChart *self)
{
  self->cursor = SAE_NO_CURSOR;
  self->marks = g_array_new (FALSE, FALSE, sizeof (PlotTraceMark));
  g_array_set_clear_func (self->marks, free_label);
  fill_traces (self);
  self->traces.view_end_s = duration_s (self);
  self->traces.amplitude_zoom = 1;
  sae_chart_describe (SAE_CHART (self), _ ("Signal"), _ ("Nothing is shown"));
}
