#include "session/live-signal.h"

#include "support/main-loop.h"

static void
count (SaeLiveSignal *live, gpointer counter)
{
  (*(int *)counter)++;
}

static void
show (const AnalysisOnlooker *onlooker, const char *id, double epochs)
{
  AnalysisReconstruction reconstruction = {.normalized_error = epochs,
                                           .reconstruction = g_new0 (float, 3)};

  onlooker->show (id, epochs, &reconstruction, onlooker->user_data);
}

static gpointer
train_in_thread (gpointer data)
{
  const AnalysisOnlooker *onlooker = data;
  const char *const ids[] = {"a/1", "a/2", "b/1", NULL};

  onlooker->list (ids, onlooker->user_data);
  for (int i = 1; i <= 1000; i++) {
    g_autofree char *id = onlooker->choose (onlooker->user_data);

    show (onlooker, id, i);
  }
  return NULL;
}

static void
assert_choice (const AnalysisOnlooker *onlooker, const char *expected)
{
  g_autofree char *id = onlooker->choose (onlooker->user_data);

  g_assert_cmpstr (id, ==, expected);
}

/* Of what came before the main loop ran, the last counts. */
static void
test_thread (void)
{
  SaeLiveSignal *live = sae_live_signal_new ();
  AnalysisOnlooker onlooker = sae_live_signal_onlooker (live);
  int n_listed = 0, n_changed = 0;

  g_signal_connect (live, "listed", G_CALLBACK (count), &n_listed);
  g_signal_connect (live, "changed", G_CALLBACK (count), &n_changed);
  g_assert_null (sae_live_signal_get_ids (live));
  g_assert_null (sae_live_signal_get_chosen (live));
  g_assert_null (sae_live_signal_get_view (live));
  assert_choice (&onlooker, NULL);
  g_thread_join (g_thread_new ("train", train_in_thread, &onlooker));
  drain_main_loop ();
  g_assert_cmpint (n_listed, ==, 1);
  g_assert_cmpint (n_changed, ==, 1);
  g_assert_cmpuint (g_strv_length ((char **)sae_live_signal_get_ids (live)), ==, 3);
  g_assert_cmpstr (sae_live_signal_get_chosen (live), ==, "a/1");
  g_assert_cmpstr (sae_live_signal_get_view (live)->id, ==, "a/1");
  g_assert_cmpfloat (sae_live_signal_get_view (live)->epochs, ==, 1000);
  g_assert_finalize_object (live);
}

static void
test_choice (void)
{
  const char *const first[] = {"a/1", "a/2", NULL},
                    *const second[] = {"a/2", "c/1", NULL},
                    *const third[] = {"d/1", NULL}, *const none[] = {NULL};
  SaeLiveSignal *live = sae_live_signal_new ();
  AnalysisOnlooker onlooker = sae_live_signal_onlooker (live);

  sae_live_signal_choose (live, "a/2"); /* nothing is listed */
  onlooker.list (first, live);
  drain_main_loop ();
  assert_choice (&onlooker, "a/1");
  sae_live_signal_choose (live, "a/2");
  assert_choice (&onlooker, "a/2");
  sae_live_signal_choose (live, "elsewhere");
  assert_choice (&onlooker, "a/2");
  onlooker.list (second, live); /* still held out */
  drain_main_loop ();
  assert_choice (&onlooker, "a/2");
  onlooker.list (third, live);
  assert_choice (&onlooker, "d/1");
  onlooker.list (none, live);
  drain_main_loop ();
  assert_choice (&onlooker, NULL);
  show (&onlooker, "d/1", 1);
  sae_live_signal_reset (live); /* with one pending */
  drain_main_loop ();
  g_assert_null (sae_live_signal_get_view (live));
  g_assert_null (sae_live_signal_get_ids (live));
  g_assert_finalize_object (live);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live-signal/thread", test_thread);
  g_test_add_func ("/live-signal/choice", test_choice);
  return g_test_run ();
}
