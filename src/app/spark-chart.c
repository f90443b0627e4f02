#include "app/spark-chart.h"

#include "plot/spark.h"
#include <string.h>

struct _SaeSparkChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave; /* or NULL */
};

G_DEFINE_FINAL_TYPE (SaeSparkChart, sae_spark_chart, SAE_TYPE_CHART)

static void
sae_spark_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                      const PlotStyle *style)
{
  SaeWave *wave = SAE_SPARK_CHART (chart)->wave;
  PlotSeries series[SAE_N_COMPONENTS] = {{0}};
  const char *names[SAE_N_COMPONENTS] = {NULL};

  for (gsize c = 0; wave && c < SAE_N_COMPONENTS; c++) {
    const char *channel = sae_wave_channel (wave, c);

    series[c] = (PlotSeries){.values = sae_wave_values (wave, c),
                             .n = wave->n_samples,
                             .pyramid = wave->pyramids[c]};
    names[c] = *channel ? channel + strlen (channel) - 1 : NULL;
  }
  if (wave)
    plot_spark_draw (cr, rect, series, names, SAE_N_COMPONENTS, style);
}

static void
sae_spark_chart_finalize (GObject *object)
{
  g_clear_pointer (&SAE_SPARK_CHART (object)->wave, sae_wave_unref);
  G_OBJECT_CLASS (sae_spark_chart_parent_class)->finalize (object);
}

static void
sae_spark_chart_class_init (SaeSparkChartClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sae_spark_chart_finalize;
  SAE_CHART_CLASS (class)->draw = sae_spark_chart_draw;
}

static void
sae_spark_chart_init (SaeSparkChart *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

void
sae_spark_chart_set_wave (SaeSparkChart *self, SaeWave *wave)
{
  SaeWave *next = wave ? sae_wave_ref (wave) : NULL;

  g_clear_pointer (&self->wave, sae_wave_unref);
  self->wave = next;
  sae_chart_redraw (SAE_CHART (self));
}

SaeWave *
sae_spark_chart_get_wave (SaeSparkChart *self)
{
  return self->wave;
}
