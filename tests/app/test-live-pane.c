#include "app/live-pane.h"

#include "app/trace-chart.h"
#include "support/widgets.h"

static const SaeLiveView *
view_of (SaeSession *session)
{
  return sae_live_signal_get_view (sae_session_get_live (session));
}

/* Hidden at first; shows a held-out signal of a training that runs, then the one that is
 * chosen; both lines on the same axes. */
static void
test_training (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeLivePane *pane =
      g_object_ref_sink (g_object_new (SAE_TYPE_LIVE_PANE, "session", session, NULL));
  GtkDropDown *choice = widget_test_find (GTK_WIDGET (pane), GTK_TYPE_DROP_DOWN);
  SaeTraceChart *chart = widget_test_find (GTK_WIDGET (pane), SAE_TYPE_TRACE_CHART);
  AnalysisTrainingSettings settings = widget_test_settings ();
  const char *const *ids;
  const PlotTraces *traces;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 2);
  widget_test_open (session, tiny.folder);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pane)));
  settings.trainer.n_epochs = 100000;
  settings.dataset.validation_fraction = 0.5;
  sae_tasks_train (session, &settings);
  wait_until (view_of (session));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pane)));
  ids = sae_live_signal_get_ids (sae_session_get_live (session));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (choice)), ==, 4);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 0);
  g_assert_cmpstr (view_of (session)->id, ==, ids[0]);
  assert_shows (pane, "Normalised error");
  traces = sae_trace_chart_get_traces (chart);
  g_assert_cmpuint (traces->n_components, ==, 3);
  g_assert_nonnull (traces->reconstruction[0]);
  g_assert_cmpuint (traces->n_samples, ==,
                    view_of (session)->reconstruction.original.n_samples);

  gtk_drop_down_set_selected (choice, 3);
  wait_until (g_strcmp0 (view_of (session)->id, ids[3]) == 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 3);
  g_assert_finalize_object (pane);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/live-pane/training", test_training);
  return g_test_run ();
}
