#include "app/explore-page.h"

#include "app/scatter-chart.h"
#include "session/notes.h"
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
act (SaeExplorePage *page, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (page), action, NULL);
}

/* Selection and tags are taken back by the same key, the later one first. */
static void
test_undo (SaeExplorePage *page, SaeSession *session)
{
  SaeSelection *selection = sae_session_get_selection (session);
  SaeSignalItem *item = sae_session_find_signal (session, "ev1/XX.S1..HN");
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  guint n_before;

  act (page, "explore.select-all");
  act (page, "explore.clear");
  n_before = sae_selection_get_n_selected (selection);
  g_ptr_array_add (items, item);
  sae_notes_add_tags (sae_session_get_notes (session), items, "odd");
  act (page, "explore.undo");
  g_assert_false (sae_signal_item_has_tag (item, "odd"));
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, n_before);
  act (page, "explore.redo");
  g_assert_true (sae_signal_item_has_tag (item, "odd"));
  act (page, "explore.undo");
  act (page, "explore.undo"); /* no tag is left to be taken off */
  g_assert_false (sae_signal_item_has_tag (item, "odd"));
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 4);
}

static void
test_states_and_selection (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeExplorePage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_EXPLORE_PAGE, "session", session, NULL));
  SaeScatterChart *chart = widget_test_find (GTK_WIDGET (page), SAE_TYPE_SCATTER_CHART);
  SaeSelection *selection = sae_session_get_selection (session);
  AnalysisTrainingSettings settings = widget_test_settings ();

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  widget_test_open (session, tiny.folder);
  g_assert_cmpstr (state_of (page), ==, "no-model");
  act (page, "explore.project");
  g_assert_cmpstr (state_of (page), ==, "no-model"); /* nothing to project with */
  act (page, "explore.invert");
  act (page, "explore.next");
  sae_tasks_train (session, &settings);
  g_assert_cmpstr (state_of (page), ==, "training");
  wait_until (g_str_equal (state_of (page), "no-projection"));
  act (page, "explore.project");
  g_assert_cmpstr (state_of (page), ==, "busy");
  wait_until (g_str_equal (state_of (page), "plot"));
  assert_shows (page, "4 signals");
  sae_scatter_chart_set_current (chart, 2);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "ev0/XX.S0..HN");
  sae_session_set_selected (session, sae_session_find_signal (session, "ev1/XX.S1..HN"));
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 1);
  act (page, "explore.select-event");
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 2);
  g_assert_true (sae_selection_contains (selection, 0));
  act (page, "explore.select-station");
  g_assert_false (sae_selection_contains (selection, 0));
  g_assert_true (sae_selection_contains (selection, 3));
  act (page, "explore.invert");
  act (page, "explore.isolate");
  g_assert_cmpuint (sae_selection_get_n_hidden (selection), ==, 2);
  act (page, "explore.undo");
  act (page, "explore.undo");
  g_assert_true (sae_selection_contains (selection, 3));
  test_undo (page, session);
  act (page, "explore.clear");
  act (page, "explore.next"); /* no table has rows: along the points */
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 2);
  act (page, "explore.select-neighbors");
  wait_until (sae_selection_get_n_selected (selection) == 4);
  act (page, "explore.measure");
  wait_until (sae_session_get_errors (session) != NULL);
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
