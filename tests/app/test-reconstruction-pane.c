#include "app/reconstruction-pane.h"

#include "support/widgets.h"

static const char *
state_of (gpointer pane)
{
  return gtk_stack_get_visible_child_name (widget_test_find (pane, GTK_TYPE_STACK));
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
