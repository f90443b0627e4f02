#include "app/signal-views.h"

#include "app/motion-chart.h"
#include "support/widgets.h"

static const char *
readout_of (SaeSignalViews *views)
{
  return sae_chart_get_readout (sae_signal_views_get_chart (views));
}

/* Time and cursor are one in all views. */
static void
test_linked (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeSignalView *view = sae_signal_view_new ();
  SaeSignalViews *views = g_object_ref_sink (g_object_new (SAE_TYPE_SIGNAL_VIEWS, NULL));
  SaeTraceChart *trace = sae_signal_views_get_trace (views);
  SaeSpectrogramChart *spectrogram;
  double begin_s, end_s;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  sae_signal_view_set_session (view, session);
  widget_test_open (session, tiny.folder);
  sae_session_set_selected (session, sae_session_find_signal (session, "ev0/XX.S0..HN"));
  wait_until (sae_signal_view_get_shown (view));
  sae_signal_views_show (views, view, FALSE);
  g_assert_cmpstr (sae_signal_views_get_view (views), ==, "waveform");
  sae_trace_chart_set_view (trace, 1, 3);
  sae_signal_views_set_view (views, "nonsense");
  g_assert_cmpstr (sae_signal_views_get_view (views), ==, "waveform");
  sae_signal_views_set_view (views, "spectrogram");
  spectrogram = SAE_SPECTROGRAM_CHART (sae_signal_views_get_chart (views));
  sae_spectrogram_chart_get_view (spectrogram, &begin_s, &end_s);
  g_assert_cmpfloat (begin_s, ==, 1);
  g_assert_cmpfloat (end_s, ==, 3);
  sae_spectrogram_chart_set_view (spectrogram, 2, 4);
  g_signal_emit_by_name (spectrogram, "view-changed");
  sae_trace_chart_get_view (trace, &begin_s, &end_s);
  g_assert_cmpfloat (begin_s, ==, 2);
  sae_signal_views_set_view (views, "motion");
  SAE_CHART_GET_CLASS (trace)->step (SAE_CHART (trace),
                                     GTK_DIR_RIGHT); /* to the middle */
  g_assert_nonnull (strstr (readout_of (views), ":03.00"));
  sae_session_set_selected (session, NULL);
  sae_signal_views_show (views, view, FALSE);
  g_assert_cmpstr (readout_of (views), ==, "");
  g_assert_finalize_object (views);
  g_assert_finalize_object (view);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-views/linked", test_linked);
  return g_test_run ();
}
