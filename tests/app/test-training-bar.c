#include "app/training-bar.h"

#include "support/widgets.h"

static gboolean
shows_button (SaeTrainingBar *bar, const char *label)
{
  g_autoptr (GQueue) queue = g_queue_new ();

  g_queue_push_tail (queue, bar);
  while (!g_queue_is_empty (queue)) {
    GtkWidget *widget = g_queue_pop_head (queue);

    if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) &&
        g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
      return TRUE;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
         child = gtk_widget_get_next_sibling (child))
      g_queue_push_tail (queue, child);
  }
  return FALSE;
}

/* Which buttons there are, and what it says, from the start to the resumed end. */
static void
test_life (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeTrainingBar *bar =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_BAR, "session", session, NULL));
  AnalysisTrainingSettings settings = widget_test_settings ();
  SaeJob *job;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  widget_test_open (session, tiny.folder);
  g_assert_true (shows_button (bar, "_Start"));
  g_assert_false (gtk_widget_get_sensitive (sae_training_bar_get_button (bar)));
  sae_training_bar_set_startable (bar, TRUE);
  g_assert_true (gtk_widget_get_sensitive (sae_training_bar_get_button (bar)));
  g_assert_false (shows_button (bar, "_Resume"));

  settings.trainer.n_epochs = 100000;
  job = sae_tasks_train (session, &settings);
  g_assert_true (shows_button (bar, "_Pause"));
  g_assert_true (shows_button (bar, "S_top"));
  g_assert_false (shows_button (bar, "_Start"));
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_epochs > 0);
  assert_shows (bar, "of 100000, batch");
  assert_shows (bar, "Gradient norm");
  sae_job_set_paused (job, TRUE);
  g_assert_true (shows_button (bar, "_Resume"));
  g_assert_false (shows_button (bar, "_Pause"));
  assert_shows (bar, "Paused in epoch");
  sae_job_cancel (job);
  sae_training_bar_update (bar);
  assert_shows (bar, "Stopping");
  wait_until (!sae_session_get_training (session));
  assert_shows (bar, "Stopped after");
  assert_shows (bar, "Resume goes on");
  g_assert_true (shows_button (bar, "_Start new"));
  g_assert_true (shows_button (bar, "_Resume"));

  settings = sae_session_get_run (session)->settings;
  settings.trainer.n_epochs = sae_session_get_run (session)->history->len + 1;
  sae_tasks_train (session, &settings);
  wait_until (!sae_session_get_training (session));
  g_assert_true (shows_button (bar, "_Start"));
  g_assert_false (shows_button (bar, "_Resume"));
  g_assert_finalize_object (bar);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-bar/life", test_life);
  return g_test_run ();
}
