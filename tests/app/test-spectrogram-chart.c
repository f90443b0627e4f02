#include "app/spectrogram-chart.h"

#include "support/shown.h"
#include "support/image-compare.h"
#include "support/widgets.h"

static void
count (gpointer n)
{
  (*(guint *)n)++;
}

static void
test_shows (void)
{
  SaeSpectrogramChart *chart =
      g_object_ref_sink (g_object_new (SAE_TYPE_SPECTROGRAM_CHART, NULL));
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = shown_test_present (chart);
  SaeShown *shown = shown_test_new (2000);
  cairo_surface_t *image;
  double begin_s, end_s;
  guint n = 0;

  g_signal_connect_swapped (chart, "view-changed", G_CALLBACK (count), &n);
  sae_spectrogram_chart_set_view (chart, 0, 20);
  sae_spectrogram_chart_show (chart, shown);
  g_assert_true (sae_spectrogram_chart_get_busy (chart));
  wait_until (!sae_spectrogram_chart_get_busy (chart));
  image = shown_test_draw (chart);
  g_assert_cmpuint (
      image_count_color (image, plot_palette_color (0, 0.97), 40, 0, 0, 800, 600), >,
      300);
  cairo_surface_destroy (image);
  /* The cursor tells level and frequency. */
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  class->step (SAE_CHART (chart), GTK_DIR_UP);
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "HNE"));
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "dB"));
  class->zoom (SAE_CHART (chart), 400, 100, 0.5);
  sae_spectrogram_chart_get_view (chart, &begin_s, &end_s);
  g_assert_cmpfloat_with_epsilon (end_s - begin_s, 10, 0.02);
  class->reset (SAE_CHART (chart));
  g_assert_cmpuint (n, ==, 2);
  sae_spectrogram_chart_show (chart, NULL);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  shown_test_free (shown);
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

/* Nothing is computed for a chart that is not seen, until it is. */
static void
test_unseen (void)
{
  SaeSpectrogramChart *chart =
      g_object_ref_sink (g_object_new (SAE_TYPE_SPECTROGRAM_CHART, NULL));
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  SaeShown *shown = shown_test_new (1000);
  GtkWindow *window;

  sae_spectrogram_chart_show (chart, shown);
  g_assert_false (sae_spectrogram_chart_get_busy (chart));
  window = shown_test_present (chart);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  wait_until (!sae_spectrogram_chart_get_busy (chart));
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), !=, "");
  sae_spectrogram_chart_show (chart, shown);
  gtk_window_destroy (window);
  g_assert_finalize_object (chart); /* waits */
  shown_test_free (shown);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/spectrogram-chart/shows", test_shows);
  g_test_add_func ("/app/spectrogram-chart/unseen", test_unseen);
  return g_test_run ();
}
