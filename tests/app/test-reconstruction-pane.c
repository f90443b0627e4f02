#include "app/reconstruction-pane.h"

#include "app/trace-chart.h"
#include "support/widgets.h"

static const char *
state_of (gpointer pane)
{
  return gtk_stack_get_visible_child_name (widget_test_find (pane, GTK_TYPE_STACK));
}

/* Presses the toggle button of that label. */
static void
click_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_TOGGLE_BUTTON (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    click_button (child, label);
}

static void
test_shows (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeReconstructionPane *pane = g_object_ref_sink (
      g_object_new (SAE_TYPE_RECONSTRUCTION_PANE, "session", session, NULL));
  AnalysisTrainingSettings settings = widget_test_settings ();
  SaeSignalItem *item;
  SaeTraceChart *chart;
  const double *values;
  double difference;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  sae_reconstruction_pane_show (pane, NULL);
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  widget_test_open (session, tiny.folder);
  item = sae_session_find_signal (session, "ev0/XX.S0..HN");
  sae_reconstruction_pane_show (pane, item);
  wait_until (g_str_equal (state_of (pane), "failure")); /* no model yet */
  sae_tasks_train (session, &settings);
  wait_until (sae_session_get_has_model (session));
  sae_reconstruction_pane_show (pane, item);
  wait_until (g_str_equal (state_of (pane), "signal"));
  assert_shows (pane, "XX.S0..HN");
  assert_shows (pane, "Normalised error");
  assert_shows (pane, "Correlation");
  /* The record's own sums, where they are asked for: another unit, another range. */
  chart = widget_test_find (GTK_WIDGET (pane), SAE_TYPE_TRACE_CHART);
  g_assert_cmpstr (sae_trace_chart_get_traces (chart)->unit, ==, "counts/sample");
  difference = sae_trace_chart_get_traces (chart)->values[0][7];
  click_button (GTK_WIDGET (pane), "Record");
  g_assert_cmpstr (sae_trace_chart_get_traces (chart)->unit, ==, "counts");
  values = sae_trace_chart_get_traces (chart)->values[0];
  g_assert_cmpfloat_with_epsilon (values[7] - values[6], difference, 1e-6);
  click_button (GTK_WIDGET (pane), "Differences");
  g_assert_cmpfloat (sae_trace_chart_get_traces (chart)->values[0][7], ==, difference);
  g_assert_finalize_object (pane);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/reconstruction-pane/shows", test_shows);
  return g_test_run ();
}
