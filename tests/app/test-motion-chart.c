#include "app/motion-chart.h"

#include "app/chart.h"
#include "support/image-compare.h"
#include "support/shown.h"
#include "support/widgets.h"

static void
test_shows (void)
{
  SaeMotionChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_MOTION_CHART, NULL));
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  SaeShown *shown = shown_test_new (1000);
  cairo_surface_t *empty = shown_test_draw (chart), *image;

  sae_motion_chart_show (chart, shown->wave, 1, 2);
  image = shown_test_draw (chart);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 800, 600), >,
                    image_count_ink (empty, 0, 0, 800, 600) + 1000);
  cairo_surface_destroy (empty);
  cairo_surface_destroy (image);
  /* The cursor stays within the window, wherever another chart's is. */
  sae_motion_chart_set_cursor (chart, 0.5);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  sae_motion_chart_set_cursor (chart, 1.5);
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "00:00:01.50"));
  for (int i = 0; i < 300; i++)
    class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "00:00:02.00"));
  for (int i = 0; i < 300; i++)
    class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "00:00:01.00"));
  sae_motion_chart_show (chart, NULL, 0, 0);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  shown_test_free (shown);
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/motion-chart/shows", test_shows);
  return g_test_run ();
}
