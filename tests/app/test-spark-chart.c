#include "app/spark-chart.h"

#include "support/widgets.h"

static SaeWave *
new_wave (void)
{
  SaeTraceInfo info = {
      .labels = {"E", "N", "Z"}, .n_samples = 4, .rate_hz = 1, .unit = ""};

  return sae_wave_new (&info, g_new0 (double, 12), NULL);
}

/* The wave is held as long as it is shown, and drawn without a word on standard error. */
static void
test_wave (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SaeSparkChart *chart = g_object_new (SAE_TYPE_SPARK_CHART, NULL);
  g_autoptr (SaeWave) wave = new_wave ();

  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_set_default_size (window, 200, 100);
  gtk_window_present (window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (chart)) > 0);
  sae_spark_chart_set_wave (chart, wave);
  g_assert_true (sae_spark_chart_get_wave (chart) == wave);
  sae_spark_chart_set_wave (chart, wave); /* the same again */
  widget_test_drain ();
  sae_spark_chart_set_wave (chart, NULL);
  g_assert_null (sae_spark_chart_get_wave (chart));
  widget_test_drain ();
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/spark-chart/wave", test_wave);
  return g_test_run ();
}
