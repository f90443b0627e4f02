#include "app/spectrum-chart.h"

#include "plot/spectrum-plot.h"
#include "support/image-compare.h"
#include "support/shown.h"
#include "support/widgets.h"

static void
test_shows (void)
{
  SaeSpectrumChart *chart =
      g_object_ref_sink (g_object_new (SAE_TYPE_SPECTRUM_CHART, NULL));
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = shown_test_present (chart);
  SaeShown *shown = shown_test_new (1000);
  PlotStyle style = plot_style_export ();
  cairo_surface_t *image;

  sae_spectrum_chart_show (chart, shown, 0, 9.99);
  sae_spectrum_chart_set_smoothing (chart, 0);
  wait_until (!sae_spectrum_chart_get_busy (chart));
  image = shown_test_draw (chart);
  for (size_t c = 0; c < 3; c++)
    g_assert_cmpuint (
        image_count_color (image, plot_spectrum_color (&style, c), 60, 0, 0, 800, 600), >,
        25);
  cairo_surface_destroy (image);
  /* From the middle of the axis up to 5 Hz, where it is 5, 10 and 15. */
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  for (int i = 0; i < 200; i++) {
    if (strstr (sae_chart_get_readout (SAE_CHART (chart)), "HNZ\u00a015.0"))
      break;
    class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  }
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "HNE\u00a05.00"));
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "counts·s"));
  sae_spectrum_chart_show (chart, shown, 0, 0.01); /* too short */
  wait_until (!sae_spectrum_chart_get_busy (chart));
  cairo_surface_destroy (shown_test_draw (chart));
  sae_spectrum_chart_show (chart, NULL, 0, 0);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  shown_test_free (shown);
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/spectrum-chart/shows", test_shows);
  return g_test_run ();
}
