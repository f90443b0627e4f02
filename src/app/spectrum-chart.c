#include "app/spectrum-chart.h"

#include "app/format.h"
#include "app/spectra.h"
#include "plot/spectrum-plot.h"
#include "session/latest.h"
#include <glib/gi18n.h>
#include <math.h>

#define STEPS 200
#define DEFAULT_SMOOTHING 40

struct _SaeSpectrumChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave; /* for its labels */
  SaeRecording *recording;
  SaeSpectra *done;
  SaeLatest *latest;
  char *amplitude_label;

  double begin_s, end_s;
  double smoothing;
  double cursor_hz; /* NAN without one */
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (SaeSpectrumChart, sae_spectrum_chart, SAE_TYPE_CHART)

static double
value_at (const SaeSpectra *done, size_t c, double hz)
{
  double place = round (hz / done->step_hz);
  size_t i = 0;

  if (done->n_raw == 0)
    return NAN;
  if (!done->smooth[c])
    return done->raw[c][(size_t)CLAMP (place, 0, (double)done->n_raw - 1)];
  while (i + 1 < done->n_smooth &&
         done->frequencies_hz[i] * done->frequencies_hz[i + 1] < hz * hz)
    i++;
  return done->smooth[c][i];
}

/* Of the component that has most, where it does. */
static double
find_peak (const SaeSpectra *done, size_t *component)
{
  double peak_hz = NAN, peak = 0;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    for (size_t i = 1; i < done->n_raw; i++)
      if (done->raw[c][i] > peak) {
        peak = done->raw[c][i];
        peak_hz = (double)i * done->step_hz;
        *component = c;
      }
  return peak_hz;
}

static void
describe (SaeSpectrumChart *self)
{
  size_t component = 0;
  double peak_hz = find_peak (self->done, &component);
  g_autofree char *frequency = sae_format_significant (peak_hz, 3);
  g_autofree char *seconds = sae_format_quantity (
      (double)self->done->n_samples / self->wave->rate_hz, 2, _ ("s"));
  g_autofree char *text = NULL;

  if (isnan (peak_hz)) {
    sae_chart_describe (SAE_CHART (self), _ ("Amplitude spectrum"),
                        _ ("The window is too short for one"));
    return;
  }
  /* Translators: a duration, a frequency, a channel */
  text = g_strdup_printf (_ ("Of %s, highest at %s\u202fHz on %s"), seconds, frequency,
                          sae_wave_channel (self->wave, component));
  sae_chart_describe (SAE_CHART (self), _ ("Amplitude spectrum"), text);
}

static void
on_computed (gpointer owner, gpointer result, const GError *error)
{
  SaeSpectrumChart *self = owner;

  g_clear_pointer (&self->done, sae_spectra_free);
  self->done = result;
  if (self->done) {
    g_free (self->amplitude_label);
    /* Translators: of a Fourier spectrum; its unit is that of the samples, times s */
    self->amplitude_label = g_strdup_printf (_ ("Amplitude (%s · s)"), self->done->unit);
    describe (self);
  }
  sae_chart_redraw (SAE_CHART (self));
}

/* Only while it is seen. */
static void
start (SaeSpectrumChart *self)
{
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->is_stale && self->recording)
    sae_latest_want (self->latest,
                     sae_spectra_new (self->recording, self->wave->unit, self->begin_s,
                                      self->end_s, self->smoothing));
}

static void
sae_spectrum_chart_map (GtkWidget *widget)
{
  SaeSpectrumChart *self = SAE_SPECTRUM_CHART (widget);

  GTK_WIDGET_CLASS (sae_spectrum_chart_parent_class)->map (widget);
  if (self->is_stale)
    start (self);
}

static gboolean
fill_plot (SaeSpectrumChart *self, PlotSpectrum *plot)
{
  const SaeSpectra *done = self->done;

  if (!done || !self->wave)
    return FALSE;
  *plot = (PlotSpectrum){.n_lines = done->n_raw > 0 ? SEISMIC_N_COMPONENTS : 0,
                         .n_raw = done->n_raw,
                         .step_hz = done->step_hz,
                         .frequencies_hz = done->frequencies_hz,
                         .n_smooth = done->n_smooth,
                         .min_hz = done->n_raw > 0 ? done->min_hz : 0.1,
                         .max_hz = done->n_raw > 0 ? done->max_hz : 10,
                         .frequency_label = _ ("Frequency (Hz)"),
                         .amplitude_label = self->amplitude_label,
                         .cursor_hz = NAN};
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    plot->labels[c] = sae_wave_channel (self->wave, c);
    plot->raw[c] = done->raw[c];
    plot->smooth[c] = done->smooth[c];
  }
  return TRUE;
}

static void
sae_spectrum_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                                const PlotStyle *style, const char *title,
                                const char *subtitle)
{
  PlotSpectrum plot;

  if (!fill_plot (SAE_SPECTRUM_CHART (chart), &plot))
    return;
  plot.title = title;
  plot.subtitle = subtitle;
  plot_spectrum_draw (cr, rect, &plot, style);
}

static gboolean
get_frame (SaeSpectrumChart *self, PlotFrame *frame)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotSpectrum plot;

  return fill_plot (self, &plot) &&
         plot_spectrum_frame (frame, sae_chart_get_rectangle (SAE_CHART (self)), &plot,
                              &style);
}

static void
set_cursor (SaeSpectrumChart *self, double hz)
{
  GString *text = g_string_new (NULL);

  self->cursor_hz = hz;
  if (!isnan (hz) && self->done && self->done->n_raw > 0) {
    g_autofree char *frequency = sae_format_significant (hz, 3);

    g_string_printf (text, "%s\u202f%s", frequency, _ ("Hz"));
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      g_autofree char *value = sae_format_significant (value_at (self->done, c, hz), 3);

      g_string_append_printf (text, "   %s\u00a0%s", sae_wave_channel (self->wave, c),
                              value);
    }
    g_string_append_printf (text, " %s·s", self->done->unit);
  }
  sae_chart_set_readout (SAE_CHART (self), text->str);
  sae_chart_redraw_overlay (SAE_CHART (self));
  g_string_free (text, TRUE);
}

static void
sae_spectrum_chart_hover (SaeChart *chart, double x, double y)
{
  SaeSpectrumChart *self = SAE_SPECTRUM_CHART (chart);
  PlotFrame frame;

  if (get_frame (self, &frame) && x >= frame.area.x &&
      x <= frame.area.x + frame.area.width && y >= frame.area.y &&
      y <= frame.area.y + frame.area.height)
    set_cursor (self, plot_scale_value (&frame.x, x));
  else
    set_cursor (self, NAN);
}

static void
sae_spectrum_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeSpectrumChart *self = SAE_SPECTRUM_CHART (chart);
  double factor;

  if (!self->done || self->done->n_raw == 0)
    return;
  factor = pow (self->done->max_hz / self->done->min_hz, 1.0 / STEPS);
  if (isnan (self->cursor_hz))
    set_cursor (self, sqrt (self->done->min_hz * self->done->max_hz));
  else if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    set_cursor (
        self, CLAMP (self->cursor_hz * (direction == GTK_DIR_LEFT ? 1 / factor : factor),
                     self->done->min_hz, self->done->max_hz));
}

static void
sae_spectrum_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                 PlotRectangle rect, const PlotStyle *style)
{
  SaeSpectrumChart *self = SAE_SPECTRUM_CHART (chart);
  GdkRGBA color = sae_chart_rgba (style->dim);
  PlotFrame frame;
  double x;

  if (isnan (self->cursor_hz) || !get_frame (self, &frame))
    return;
  x = plot_scale_px (&frame.x, self->cursor_hz);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (floorf ((float)x), (float)frame.area.y,
                                                  1, (float)frame.area.height));
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    GdkRGBA ink = sae_chart_rgba (plot_spectrum_color (style, c));
    double y = plot_scale_px (&frame.y, value_at (self->done, c, self->cursor_hz));

    if (y >= frame.area.y && y <= frame.area.y + frame.area.height)
      gtk_snapshot_append_color (snapshot, &ink,
                                 &GRAPHENE_RECT_INIT ((float)x - 3, (float)y - 3, 6, 6));
  }
}

void
sae_spectrum_chart_show (SaeSpectrumChart *self, const SaeShown *shown, double begin_s,
                         double end_s)
{
  g_clear_pointer (&self->wave, sae_wave_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  if (!shown) {
    sae_latest_want (self->latest, NULL);
    g_clear_pointer (&self->done, sae_spectra_free);
    set_cursor (self, NAN);
  } else {
    self->wave = sae_wave_ref (shown->wave);
    self->recording = sae_recording_ref (shown->recording);
    self->begin_s = begin_s;
    self->end_s = end_s;
    start (self);
  }
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_spectrum_chart_set_smoothing (SaeSpectrumChart *self, double bandwidth)
{
  if (bandwidth == self->smoothing)
    return;
  self->smoothing = bandwidth;
  start (self);
}

gboolean
sae_spectrum_chart_get_busy (SaeSpectrumChart *self)
{
  return sae_latest_get_busy (self->latest);
}

static void
sae_spectrum_chart_dispose (GObject *object)
{
  SaeSpectrumChart *self = SAE_SPECTRUM_CHART (object);

  g_clear_object (&self->latest);
  g_clear_pointer (&self->done, sae_spectra_free);
  g_clear_pointer (&self->wave, sae_wave_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  g_clear_pointer (&self->amplitude_label, g_free);
  G_OBJECT_CLASS (sae_spectrum_chart_parent_class)->dispose (object);
}

static void
sae_spectrum_chart_class_init (SaeSpectrumChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_spectrum_chart_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_spectrum_chart_map;
  chart_class->draw_figure = sae_spectrum_chart_draw_figure;
  chart_class->draw_overlay = sae_spectrum_chart_draw_overlay;
  chart_class->hover = sae_spectrum_chart_hover;
  chart_class->step = sae_spectrum_chart_step;
}

static void
sae_spectrum_chart_init (SaeSpectrumChart *self)
{
  self->smoothing = DEFAULT_SMOOTHING;
  self->cursor_hz = NAN;
  self->latest = sae_latest_new (sae_spectra_compute, sae_spectra_free, sae_spectra_free,
                                 on_computed, self);
  sae_chart_describe (SAE_CHART (self), _ ("Amplitude spectrum"), _ ("Nothing is shown"));
}
