#include "app/format.h"
#include "app/spectrogram-chart-private.h"
#include <glib/gi18n.h>
#include <math.h>

#define MIN_VIEW_S 0.05
#define STEPS 200

static double
duration_s (SaeSpectrogramChart *self)
{
  double duration = self->wave ? sae_wave_duration_s (self->wave) : 0;

  return duration > 0 ? duration : 1;
}

static gboolean
get_frame (SaeSpectrogramChart *self, size_t c, PlotFrame *frame)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotSpectrogram plots[SEISMIC_N_COMPONENTS];

  if (!self->wave)
    return FALSE;
  sae_spectrogram_chart_fill_plots (self, plots);
  return plot_spectrogram_stack_frame (frame, sae_chart_get_rectangle (SAE_CHART (self)),
                                       plots, SEISMIC_N_COMPONENTS, c, &style);
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

void
sae_spectrogram_chart_set_cursor (SaeSpectrogramChart *self, double time_s, double hz)
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
      sae_spectrogram_chart_set_cursor (self, plot_scale_value (&frame.x, x),
                                        plot_scale_value (&frame.y, y));
      return;
    }
  sae_spectrogram_chart_set_cursor (self, NAN, NAN);
}

/* Light with a dark edge, to be seen on every colour of the palette. */
static void
draw_line (GtkSnapshot *snapshot, double x, double y, double width, double height)
{
  const GdkRGBA edge = {0, 0, 0, 0.6f}, line = {1, 1, 1, 0.9f};
  float left = floorf ((float)x), top = floorf ((float)y);
  float wide = (float)width, high = (float)height;
  gboolean upright = height > width;

  gtk_snapshot_append_color (
      snapshot, &edge,
      &GRAPHENE_RECT_INIT (left - (upright ? 1 : 0), top - (upright ? 0 : 1),
                           wide + (upright ? 2 : 0), high + (upright ? 0 : 2)));
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (left, top, wide, high));
}

static void
sae_spectrogram_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                    PlotRectangle rect, const PlotStyle *style)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);
  PlotFrame frame;

  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    double x, y;

    if (!get_frame (self, c, &frame))
      continue;
    x = plot_scale_px (&frame.x, self->cursor_s);
    y = plot_scale_px (&frame.y, self->cursor_hz);
    if (x >= frame.area.x && x <= frame.area.x + frame.area.width)
      draw_line (snapshot, x, frame.area.y, 1, frame.area.height);
    if (c == self->cursor_component && y >= frame.area.y &&
        y <= frame.area.y + frame.area.height)
      draw_line (snapshot, frame.area.x, y, frame.area.width, 1);
  }
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
  sae_spectrogram_chart_view_changed (self);
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
  sae_spectrogram_chart_view_changed (self);
}

static void
sae_spectrogram_chart_reset (SaeChart *chart)
{
  SaeSpectrogramChart *self = SAE_SPECTROGRAM_CHART (chart);

  self->view_begin_s = 0;
  self->view_end_s = duration_s (self);
  sae_spectrogram_chart_view_changed (self);
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
    sae_spectrogram_chart_set_cursor (self, (self->view_begin_s + self->view_end_s) / 2,
                                      max_hz / 4);
    return;
  }
  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    time_s += direction == GTK_DIR_LEFT ? -step_s : step_s;
  else
    hz += direction == GTK_DIR_UP ? step_hz : -step_hz;
  sae_spectrogram_chart_set_cursor (self, CLAMP (time_s, 0, duration_s (self)),
                                    CLAMP (hz, 0, max_hz));
}

void
sae_spectrogram_chart_class_init_input (SaeSpectrogramChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  chart_class->draw_overlay = sae_spectrogram_chart_draw_overlay;
  chart_class->hover = sae_spectrogram_chart_hover;
  chart_class->zoom = sae_spectrogram_chart_zoom;
  chart_class->pan = sae_spectrogram_chart_pan;
  chart_class->reset = sae_spectrogram_chart_reset;
  chart_class->step = sae_spectrogram_chart_step;
}
