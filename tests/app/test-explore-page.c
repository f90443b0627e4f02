#include "app/explore-page.h"

#include "app/scatter-chart.h"
#include "support/widgets.h"

/* The state of the page's own stack, inside that of the library. */
static const char *
state_of (gpointer page)
{
  GtkWidget *chart = widget_test_find (page, SAE_TYPE_SCATTER_CHART);

  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_ancestor (chart, GTK_TYPE_STACK)));
}

static void
test_states_and_selection (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeExplorePage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_EXPLORE_PAGE, "session", session, NULL));
  SaeScatterChart *chart = widget_test_find (GTK_WIDGET (page), SAE_TYPE_SCATTER_CHART);
  AnalysisTrainingSettings settings = widget_test_settings ();

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  widget_test_open (session, tiny.folder);
  g_assert_cmpstr (state_of (page), ==, "no-model");
  gtk_widget_activate_action (GTK_WIDGET (page), "explore.project", NULL);
  g_assert_cmpstr (state_of (page), ==, "no-model"); /* nothing to project with */
  sae_tasks_train (session, &settings);
  g_assert_cmpstr (state_of (page), ==, "training");
  wait_until (g_str_equal (state_of (page), "no-projection"));
  gtk_widget_activate_action (GTK_WIDGET (page), "explore.project", NULL);
  g_assert_cmpstr (state_of (page), ==, "busy");
  wait_until (g_str_equal (state_of (page), "plot"));
  assert_shows (page, "4 signals");
  sae_scatter_chart_set_selected (chart, 2);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S0..HN");
  sae_session_set_selected (session, sae_session_find_signal (session, "ev1/XX.S1..HN"));
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 1);
  /* A new model makes the projection void. */
  sae_tasks_train (session, &settings);
  wait_until (g_str_equal (state_of (page), "no-projection"));
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-page/states", test_states_and_selection);
  return g_test_run ();
}
