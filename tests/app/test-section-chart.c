#include "app/section-chart.h"

#include "support/image-compare.h"
#include "support/shown.h"
#include "support/widgets.h"

/* Two stations at 11 and 22 km, in northern California. */
static void
place (TinyLibrary *tiny)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = NULL;

  tiny_library_fill (tiny, 1, 2);
  event = seismic_library_get_event (tiny->library, "ev0", &error);
  event->latitude = 38;
  event->longitude = -122;
  event->depth_km = 8;
  g_assert_true (seismic_library_put_event (tiny->library, event, &error));
  g_assert_true (
      seismic_library_put_station (tiny->library, "XX", "S0", 38.1, -122, &error));
  g_assert_true (
      seismic_library_put_station (tiny->library, "XX", "S1", 38.2, -122, &error));
}

static void
test_select (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeSectionChart *chart =
      g_object_ref_sink (g_object_new (SAE_TYPE_SECTION_CHART, NULL));
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = shown_test_present (chart);
  const SaeTreatment treatment = {0};
  const SaeSectionSettings settings = {.align_on_p = TRUE, .gain = 2, .component = 0};
  cairo_surface_t *image;
  PlotStyle style = plot_style_export ();

  tiny_library_init (&tiny);
  place (&tiny);
  widget_test_open (session, tiny.folder);
  sae_session_set_selected (session, sae_session_find_signal (session, "ev0/XX.S0..HN"));
  sae_section_chart_show (chart, session, &treatment);
  wait_until (!sae_section_chart_get_busy (chart));
  image = shown_test_draw (chart);
  g_assert_cmpuint (image_count_color (image, style.arrival_p, 30, 0, 0, 800, 600), >,
                    50);
  g_assert_cmpuint (image_count_color (image, style.reconstruction, 30, 0, 0, 800, 600),
                    >, 50); /* the selected one */
  cairo_surface_destroy (image);
  /* Upwards is farther. */
  class->step (SAE_CHART (chart), GTK_DIR_UP);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S1..HN");
  class->step (SAE_CHART (chart), GTK_DIR_UP);
  class->step (SAE_CHART (chart), GTK_DIR_DOWN);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S0..HN");
  class->hover (SAE_CHART (chart), 400, 100);
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "XX.S1..HN"));
  class->click (SAE_CHART (chart), 400, 100);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S1..HN");
  /* Another signal of the event needs no reading, another component does. */
  sae_section_chart_show (chart, session, &treatment);
  g_assert_false (sae_section_chart_get_busy (chart));
  sae_section_chart_set_settings (chart, &settings);
  g_assert_true (sae_section_chart_get_busy (chart));
  wait_until (!sae_section_chart_get_busy (chart));
  cairo_surface_destroy (shown_test_draw (chart));
  sae_section_chart_show (chart, NULL, NULL);
  cairo_surface_destroy (shown_test_draw (chart));
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/section-chart/select", test_select);
  return g_test_run ();
}
