#include "app/spectrogram-chart-private.h"

#include "app/format.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define MAX_COLUMNS 4096

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

static void
fill_component (SaeSpectrogramChart *self, size_t c, PlotSpectrogram *plot)
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

void
sae_spectrogram_chart_fill_plots (SaeSpectrogramChart *self,
                                  PlotSpectrogram plots[SEISMIC_N_COMPONENTS])
{
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    fill_component (self, c, &plots[c]);
}

static void
sae_spectrogram_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                                   const PlotStyle *style, const char *title,
                                   const char *subtitle)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  PlotSpectrogram plots[SEISMIC_N_COMPONENTS];

  if (!self->wave)
    return;
  sae_spectrogram_chart_fill_plots (self, plots);
  plots[0].title = title;
  plots[0].subtitle = subtitle;
  plot_spectrogram_draw_stack (cr, rect, plots, SEISMIC_N_COMPONENTS, style);
}

void
sae_spectrogram_chart_view_changed (SaeSpectrogramChart *self)
{
  sae_chart_redraw (SAE_CHART (self));
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
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
  sae_spectrogram_chart_set_cursor (self, NAN, NAN);
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
  G_OBJECT_CLASS (class)->dispose = sae_spectrogram_chart_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_spectrogram_chart_map;
  SAE_CHART_CLASS (class)->draw_figure = sae_spectrogram_chart_draw_figure;
  sae_spectrogram_chart_class_init_input (class);
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
