#include "app/signal-pane.h"

#include "support/widgets.h"
#include <glib/gstdio.h>

static SaeSignalItem *
signal_at (SaeSession *session, guint position)
{
  SaeSignalItem *item =
      g_list_model_get_item (sae_session_get_signals (session), position);

  g_object_unref (item);
  return item;
}

static const char *
state_of (gpointer pane)
{
  return gtk_stack_get_visible_child_name (widget_test_find (pane, GTK_TYPE_STACK));
}

static void
test_shows_selected (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeSignalPane *pane = g_object_ref_sink (g_object_new (SAE_TYPE_SIGNAL_PANE, NULL));
  g_autofree char *path = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 2);
  g_object_set (pane, "session", session, NULL);
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  widget_test_open (session, tiny.folder);
  sae_session_set_selected (session, signal_at (session, 0));
  sae_session_set_selected (session, signal_at (session, 1)); /* the first is given up */
  wait_until (g_str_equal (state_of (pane), "signal"));
  assert_shows (pane, sae_signal_item_get_instrument (signal_at (session, 1)));
  assert_shows (pane, "samples");
  sae_session_set_selected (session, NULL);
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  path = tiny_library_record_path (&tiny, "ev0", "S0");
  g_assert_cmpint (g_remove (path), ==, 0);
  sae_session_set_selected (session, sae_session_find_signal (session, "ev0/XX.S0..HN"));
  wait_until (g_str_equal (state_of (pane), "failure"));
  g_assert_finalize_object (pane);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

static void
test_facts (void)
{
  double samples[3 * 4] = {1, 1, 1, 1, 10, 10, 10, 50, 0, 0, 0, -8};
  const SeismicSignal signal = {.instrument = "HN",
                                .components = "ENZ",
                                .rate_hz = 2,
                                .n_samples = 4,
                                .samples = samples};
  g_autofree char *facts = sae_signal_pane_facts (&signal);

  /* The second component's mean is 20. */
  g_assert_cmpstr (facts, ==,
                   "Start 1970-01-01\u00a000:00:00.00\u00a0UTC  ·  2.00\u202fHz  ·  "
                   "4\u00a0samples, 2.0\u202fs  ·  Peak 30.0\u00a0counts on HNN");
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-pane/shows-selected", test_shows_selected);
  g_test_add_func ("/app/signal-pane/facts", test_facts);
  return g_test_run ();
}
