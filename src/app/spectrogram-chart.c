#include "app/spectrogram-chart.h"

#include "app/format.h"
#include "app/spectra.h"
#include "plot/spectrogram-plot.h"
#include "session/latest.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define MAX_COLUMNS 4096
#define MIN_VIEW_S 0.05
#define STEPS 200

struct _SaeSpectrogramChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave; /* for its labels and times */
  SaeRecording *recording;
  SaeSpectrograms *done; /* what is drawn, of the recording or the one before */
  SaeLatest *latest;

  SaeSpectrogramSettings settings;
  gboolean is_stale;
  double view_begin_s, view_end_s;
  double cursor_s, cursor_hz; /* NAN without one */
  size_t cursor_component;
};

G_DEFINE_FINAL_TYPE (SaeSpectrogramChart, sae_spectrogram_chart, SAE_TYPE_CHART)

enum { VIEW_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
describe (SaeSpectrogramChart *self)
{
  const SeismicSpectrogram *first = &self->done->results[0];
  g_autofree char *window = sae_format_quantity (2 * first->first_s, 2, _ ("s"));
  g_autofree char *level = sae_format_quantity (self->done->max_db, 0, _ ("dB"));
  g_autofree char *text = g_strdup_printf (
      /* Translators: a window's length, a level such as "60 dB", a unit */
      _ ("Power spectral density in windows of %s, up to %s of (%s)² a Hz"), window,
      level, self->done->unit);

  sae_chart_describe (SAE_CHART (self), _ ("Spectrogram"), text);
}

static void
on_computed (gpointer owner, gpointer result, const GError *error)
{
  SaeSpectrogramChart *self = owner;

  g_clear_pointer (&self->done, sae_spectrograms_free);
  self->done = result;
  if (self->done)
    describe (self);
  else
    sae_chart_describe (SAE_CHART (self), _ ("Spectrogram"),
                        _ ("The record is too short for one"));
  sae_chart_redraw (SAE_CHART (self));
}

/* Only while it is seen. */
static void
start (SaeSpectrogramChart *self)
{
  const SeismicSpectrogramSettings settings = {.window_s = self->settings.window_s,
                                               .overlap = self->settings.overlap,
                                               .max_columns = MAX_COLUMNS};

  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->is_stale && self->recording)
    sae_latest_want (self->latest,
                     sae_spectrograms_new (self->recording, self->wave->unit, &settings));
}

static void
sae_spectrogram_chart_map (GtkWidget *widget)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (widget);

  GTK_WIDGET_CLASS (sae_spectrogram_chart_parent_class)->map (widget);
  if (self->is_stale)
    start (self);
}

static double
duration_s (SaeSpectrogramChart *self)
{
  double duration = self->wave ? sae_wave_duration_s (self->wave) : 0;

  return duration > 0 ? duration : 1;
}

/* Component c, in its third of the height. */
static void
fill_plot (SaeSpectrogramChart *self, size_t c, const PlotStyle *style,
           PlotSpectrogram *plot)
{
  const SeismicSpectrogram *result = self->done ? &self->done->results[c] : NULL;

  *plot = (PlotSpectrogram){.label = self->wave->labels[c],
                            .start_ns = self->wave->start_ns,
                            .view_begin_s = self->view_begin_s,
                            .view_end_s = self->view_end_s,
                            .max_hz = self->wave->rate_hz / 2,
                            .logarithmic = self->settings.logarithmic,
                            .frequency_label = c == 1 ? _ ("Frequency (Hz)") : NULL,
                            .unit = _ ("dB"),
                            .left = 54,
                            .right = 30};
  plot->map.palette =
      adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
          ? PLOT_PALETTE_CIVIDIS
          : PLOT_PALETTE_VIRIDIS;
  plot->map.max = self->done ? self->done->max_db : 0;
  plot->map.min = plot->map.max - self->settings.range_db;
  if (!result)
    return;
  plot->map.values = result->db;
  plot->map.n_x = result->n_times;
  plot->map.n_y = result->n_frequencies;
  plot->map.x_first = result->first_s;
  plot->map.x_step = result->step_s > 0 ? result->step_s : 1;
  plot->map.y_step = result->step_hz;
}

static PlotRectangle
third (PlotRectangle rect, size_t c, double top)
{
  double height = (rect.height - top) / SEISMIC_N_COMPONENTS;

  return (PlotRectangle){rect.x, rect.y + top + (double)c * height, rect.width, height};
}

static void
sae_spectrogram_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                                   const PlotStyle *style, const char *title,
                                   const char *subtitle)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  double heading = title ? 44 : 0; /* px, of the first */

  if (!self->wave)
    return;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    PlotRectangle part = third (rect, c, heading);
    PlotSpectrogram plot;

    fill_plot (self, c, style, &plot);
    if (c == 0 && title) {
      plot.title = title;
      plot.subtitle = subtitle;
      part.y -= heading;
      part.height += heading;
    }
    plot_spectrogram_draw (cr, part, &plot, style);
  }
}

static gboolean
get_frame (SaeSpectrogramChart *self, size_t c, PlotFrame *frame)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotSpectrogram plot;

  if (!self->wave)
    return FALSE;
  fill_plot (self, c, &style, &plot);
  return plot_spectrogram_frame (
      frame, third (sae_chart_get_rectangle (SAE_CHART (self)), c, 0), &plot, &style);
}

/* The level there; NAN where there is none. */
static double
level_at (SaeSpectrogramChart *self)
{
  const SeismicSpectrogram *result =
      self->done ? &self->done->results[self->cursor_component] : NULL;
  double t, f;

  if (!result || result->n_times == 0)
    return NAN;
  t = result->step_s > 0 ? round ((self->cursor_s - result->first_s) / result->step_s)
                         : 0;
  f = round (self->cursor_hz / result->step_hz);
  if (!(t >= 0 && t < (double)result->n_times && f >= 0 &&
        f < (double)result->n_frequencies))
    return NAN;
  return (double)result->db[(size_t)t * result->n_frequencies + (size_t)f];
}

static void
set_cursor (SaeSpectrogramChart *self, double time_s, double hz)
{
  g_autofree char *text = g_strdup ("");

  self->cursor_s = time_s;
  self->cursor_hz = hz;
  if (!isnan (time_s) && self->wave) {
    g_autofree char *clock =
        sae_format_clock (self->wave->start_ns + (int64_t)llround (time_s * 1e9), 2);
    g_autofree char *frequency = sae_format_significant (hz, 3);
    g_autofree char *level = sae_format_number (level_at (self), 1);

    g_free (text);
    /* Translators: a time, a channel, a frequency, a level */
    text = g_strdup_printf (_ ("%s\u00a0UTC   %s   %s\u202fHz   %s\u202fdB"), clock,
                            sae_wave_channel (self->wave, self->cursor_component),
                            frequency, level);
  }
  sae_chart_set_readout (SAE_CHART (self), text);
  sae_chart_redraw_overlay (SAE_CHART (self));
}

static void
sae_spectrogram_chart_hover (SaeChart *chart, double x, double y)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  PlotFrame frame;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    if (get_frame (self, c, &frame) && x >= frame.area.x &&
        x <= frame.area.x + frame.area.width && y >= frame.area.y &&
        y <= frame.area.y + frame.area.height) {
      self->cursor_component = c;
      set_cursor (self, plot_scale_value (&frame.x, x), plot_scale_value (&frame.y, y));
      return;
    }
  set_cursor (self, NAN, NAN);
}

static void
sae_spectrogram_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                    PlotRectangle rect, const PlotStyle *style)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  GdkRGBA color = sae_chart_rgba (style->text);
  PlotFrame frame;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    double x, y;

    if (!get_frame (self, c, &frame))
      continue;
    x = plot_scale_px (&frame.x, self->cursor_s);
    y = plot_scale_px (&frame.y, self->cursor_hz);
    if (x >= frame.area.x && x <= frame.area.x + frame.area.width)
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (floorf ((float)x),
                                                      (float)frame.area.y, 1,
                                                      (float)frame.area.height));
    if (c == self->cursor_component && y >= frame.area.y &&
        y <= frame.area.y + frame.area.height)
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float)frame.area.x,
                                                      floorf ((float)y),
                                                      (float)frame.area.width, 1));
  }
}

static void
view_changed (SaeSpectrogramChart *self)
{
  sae_chart_redraw (SAE_CHART (self));
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
sae_spectrogram_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  PlotFrame frame;

  if (!get_frame (self, 0, &frame))
    return;
  sae_chart_zoom_range (&self->view_begin_s, &self->view_end_s,
                        plot_scale_value (&frame.x, x), factor, 0, duration_s (self),
                        MIN (MIN_VIEW_S, duration_s (self)));
  view_changed (self);
}

static void
sae_spectrogram_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  double length = self->view_end_s - self->view_begin_s;
  PlotFrame frame;

  if (!get_frame (self, 0, &frame))
    return;
  sae_chart_pan_range (&self->view_begin_s, &self->view_end_s,
                       -dx / MAX (frame.area.width, 1) * length, 0, duration_s (self));
  view_changed (self);
}

static void
sae_spectrogram_chart_reset (SaeChart *chart)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);

  self->view_begin_s = 0;
  self->view_end_s = duration_s (self);
  view_changed (self);
}

static void
sae_spectrogram_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  double step_s = (self->view_end_s - self->view_begin_s) / STEPS;
  double max_hz, step_hz, time_s = self->cursor_s, hz = self->cursor_hz;

  if (!self->wave || !self->done)
    return;
  max_hz = self->wave->rate_hz / 2;
  step_hz = self->done->results[0].step_hz;
  if (isnan (time_s)) {
    set_cursor (self, (self->view_begin_s + self->view_end_s) / 2, max_hz / 4);
    return;
  }
  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    time_s += direction == GTK_DIR_LEFT ? -step_s : step_s;
  else
    hz += direction == GTK_DIR_UP ? step_hz : -step_hz;
  set_cursor (self, CLAMP (time_s, 0, duration_s (self)), CLAMP (hz, 0, max_hz));
}

void
sae_spectrogram_chart_set_view (SaeSpectrogramChart *self, double begin_s, double end_s)
{
  if (!(begin_s < end_s))
    return;
  self->view_begin_s = begin_s;
  self->view_end_s = end_s;
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_spectrogram_chart_get_view (SaeSpectrogramChart *self, double *begin_s, double *end_s)
{
  *begin_s = self->view_begin_s;
  *end_s = self->view_end_s;
}

void
sae_spectrogram_chart_show (SaeSpectrogramChart *self, const SaeShown *shown)
{
  g_clear_pointer (&self->wave, sae_wave_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  set_cursor (self, NAN, NAN);
  if (shown) {
    self->wave = sae_wave_ref (shown->wave);
    self->recording = sae_recording_ref (shown->recording);
    start (self);
  } else {
    sae_latest_want (self->latest, NULL);
    g_clear_pointer (&self->done, sae_spectrograms_free);
  }
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_spectrogram_chart_set_settings (SaeSpectrogramChart *self,
                                    const SaeSpectrogramSettings *settings)
{
  gboolean same = settings->window_s == self->settings.window_s &&
                  settings->overlap == self->settings.overlap;

  self->settings = *settings;
  if (!same)
    start (self);
  sae_chart_redraw (SAE_CHART (self));
}

gboolean
sae_spectrogram_chart_get_busy (SaeSpectrogramChart *self)
{
  return sae_latest_get_busy (self->latest);
}

static void
sae_spectrogram_chart_dispose (GObject *object)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (object);

  g_clear_object (&self->latest);
  g_clear_pointer (&self->done, sae_spectrograms_free);
  g_clear_pointer (&self->wave, sae_wave_unref);
  g_clear_pointer (&self->recording, sae_recording_unref);
  G_OBJECT_CLASS (sae_spectrogram_chart_parent_class)->dispose (object);
}

static void
sae_spectrogram_chart_class_init (SaeSpectrogramChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_spectrogram_chart_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_spectrogram_chart_map;
  chart_class->draw_figure = sae_spectrogram_chart_draw_figure;
  chart_class->draw_overlay = sae_spectrogram_chart_draw_overlay;
  chart_class->hover = sae_spectrogram_chart_hover;
  chart_class->zoom = sae_spectrogram_chart_zoom;
  chart_class->pan = sae_spectrogram_chart_pan;
  chart_class->reset = sae_spectrogram_chart_reset;
  chart_class->step = sae_spectrogram_chart_step;
  signals[VIEW_CHANGED] =
      g_signal_new ("view-changed", SAE_TYPE_SPECTROGRAM_CHART, G_SIGNAL_RUN_LAST, 0,
                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sae_spectrogram_chart_init (SaeSpectrogramChart *self)
{
  self->settings = (SaeSpectrogramSettings){
      .window_s = 1, .overlap = 0.9, .range_db = 80, .logarithmic = FALSE};
  self->view_end_s = 1;
  self->cursor_s = self->cursor_hz = NAN;
  self->latest = sae_latest_new (sae_spectrograms_compute, sae_spectrograms_free,
                                 sae_spectrograms_free, on_computed, self);
  sae_chart_describe (SAE_CHART (self), _ ("Spectrogram"), _ ("Nothing is shown"));
}
