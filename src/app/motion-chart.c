#include "app/motion-chart.h"

#include "app/format.h"
#include "plot/motion-plot.h"
#include "seismic/time.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define STEPS 200

struct _SaeMotionChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave;

  size_t first, n; /* the samples that are shown */
  size_t cursor;   /* one of them, or SIZE_MAX */
};

G_DEFINE_FINAL_TYPE (SaeMotionChart, sae_motion_chart, SAE_TYPE_CHART)

static void
sae_motion_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                              const PlotStyle *style, const char *title,
                              const char *subtitle)
{
  SaeMotionChart *self = SAE_MOTION_CHART (chart);
  gboolean contrast =
      adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  PlotMotion motion = {.title = title,
                       .subtitle = subtitle,
                       .n = self->n,
                       .cursor = SIZE_MAX,
                       .palette = contrast ? PLOT_PALETTE_CIVIDIS : PLOT_PALETTE_VIRIDIS};

  if (!self->wave)
    return;
  motion.unit = self->wave->unit;
  if (self->cursor != SIZE_MAX)
    motion.cursor = self->cursor - self->first;
  for (size_t c = 0; c < SAE_N_COMPONENTS; c++) {
    motion.labels[c] = sae_wave_channel (self->wave, c);
    motion.values[c] = sae_wave_values (self->wave, c) + self->first;
  }
  plot_motion_draw (cr, rect, &motion, style);
}

static void
show_readout (SaeMotionChart *self)
{
  GString *text = g_string_new (NULL);

  if (self->cursor != SIZE_MAX) {
    g_autofree char *clock = sae_format_clock (
        self->wave->start_ns + seismic_time_of_sample (self->cursor, self->wave->rate_hz),
        2);

    g_string_printf (text, _ ("%s\u00a0UTC"), clock);
    for (size_t c = 0; c < SAE_N_COMPONENTS; c++) {
      double sample = sae_wave_values (self->wave, c)[self->cursor];
      g_autofree char *value = sae_format_significant (sample, 4);

      g_string_append_printf (text, "   %s\u00a0%s", sae_wave_channel (self->wave, c),
                              value);
    }
  }
  sae_chart_set_readout (SAE_CHART (self), text->str);
  g_string_free (text, TRUE);
}

static void
set_cursor (SaeMotionChart *self, size_t cursor)
{
  if (cursor == self->cursor)
    return;
  self->cursor = cursor;
  show_readout (self);
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_motion_chart_set_cursor (SaeMotionChart *self, double time_s)
{
  double sample = self->wave ? round (time_s * self->wave->rate_hz) : NAN;

  if (sample >= (double)self->first && sample < (double)(self->first + self->n))
    set_cursor (self, (size_t)sample);
  else
    set_cursor (self, SIZE_MAX);
}

static void
sae_motion_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeMotionChart *self = SAE_MOTION_CHART (chart);
  size_t stride = MAX (1, self->n / STEPS);
  size_t cursor = self->cursor == SIZE_MAX ? self->first : self->cursor;

  if (!self->wave || self->n == 0)
    return;
  if (self->cursor != SIZE_MAX && direction == GTK_DIR_RIGHT)
    cursor = MIN (cursor + stride, self->first + self->n - 1);
  else if (direction == GTK_DIR_LEFT)
    cursor = cursor >= self->first + stride ? cursor - stride : self->first;
  set_cursor (self, cursor);
}

static void
describe (SaeMotionChart *self)
{
  g_autofree char *seconds = NULL, *text = NULL;

  if (!self->wave) {
    sae_chart_describe (SAE_CHART (self), _ ("Particle motion"), _ ("Nothing is shown"));
    return;
  }
  seconds = sae_format_quantity ((double)self->n / self->wave->rate_hz, 2, _ ("s"));
  /* Translators: a number of samples, a duration, a unit */
  text =
      g_strdup_printf (_ ("%zu samples, %s, in %s"), self->n, seconds, self->wave->unit);
  sae_chart_describe (SAE_CHART (self), _ ("Particle motion"), text);
}

void
sae_motion_chart_show (SaeMotionChart *self, SaeWave *wave, double begin_s, double end_s)
{
  g_autoptr (SaeWave) former = self->wave;

  self->wave = wave ? sae_wave_ref (wave) : NULL;
  self->first = self->n = 0;
  if (wave && wave->n_samples > 0) {
    double last = (double)wave->n_samples - 1;

    self->first = (size_t)CLAMP (ceil (begin_s * wave->rate_hz - 1e-6), 0, last);
    self->n = (size_t)CLAMP (floor (end_s * wave->rate_hz + 1e-6), 0, last) + 1;
    self->n -= MIN (self->first, self->n);
  }
  self->cursor = SIZE_MAX;
  show_readout (self);
  describe (self);
  sae_chart_redraw (SAE_CHART (self));
}

static void
sae_motion_chart_finalize (GObject *object)
{
  g_clear_pointer (&SAE_MOTION_CHART (object)->wave, sae_wave_unref);
  G_OBJECT_CLASS (sae_motion_chart_parent_class)->finalize (object);
}

static void
sae_motion_chart_class_init (SaeMotionChartClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_motion_chart_finalize;
  SAE_CHART_CLASS (class)->draw_figure = sae_motion_chart_draw_figure;
  SAE_CHART_CLASS (class)->step = sae_motion_chart_step;
}

static void
sae_motion_chart_init (SaeMotionChart *self)
{
  self->cursor = SIZE_MAX;
  describe (self);
}
