#include "app/training-page.h"

#include "analysis/preset.h"
#include "analysis/run.h"
#include "app/training-settings.h"
#include "support/turns.h"
#include "support/widgets.h"

static void
test_trains (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeTrainingPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_PAGE, "session", session, NULL));
  GtkWidget *widget = GTK_WIDGET (page);
  GtkWidget *form = widget_test_find (widget, SAE_TYPE_TRAINING_SETTINGS);
  AnalysisTrainingSettings settings = widget_test_settings ();
  guint n_epochs;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  gtk_widget_activate_action (widget, "training.start", NULL);
  g_assert_null (sae_session_get_training (session)); /* nothing to train on */
  widget_test_open (session, tiny.folder);
  sae_training_settings_set (SAE_TRAINING_SETTINGS (form), &settings);
  gtk_widget_activate_action (widget, "training.toggle", NULL);
  g_assert_nonnull (sae_session_get_training (session));
  g_assert_false (gtk_widget_get_sensitive (form));
  gtk_widget_activate_action (widget, "training.start", NULL); /* one at a time */
  wait_until (!sae_session_get_training (session));
  g_assert_true (gtk_widget_get_sensitive (form));
  g_assert_true (sae_session_get_has_model (session));
  assert_shows (page, "1 epoch in");
  settings.trainer.n_epochs = 10000;
  sae_training_settings_set (SAE_TRAINING_SETTINGS (form), &settings);
  gtk_widget_activate_action (widget, "training.toggle", NULL);
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_epochs > 0);
  gtk_widget_activate_action (widget, "training.toggle", NULL);
  g_assert_true (sae_job_get_paused (sae_session_get_training (session)));
  gtk_widget_activate_action (widget, "training.toggle", NULL);
  g_assert_false (sae_job_get_paused (sae_session_get_training (session)));
  gtk_widget_activate_action (widget, "training.stop", NULL);
  gtk_widget_activate_action (widget, "training.toggle", NULL); /* it is stopping */
  wait_until (!sae_session_get_training (session));
  assert_shows (page, "Stopped after");
  n_epochs = sae_session_get_run (session)->history->len;
  gtk_widget_activate_action (widget, "training.toggle", NULL); /* and goes on */
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_epochs >
              n_epochs);
  gtk_widget_activate_action (widget, "training.stop", NULL);
  wait_until (!sae_session_get_training (session));
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

static void
count (gpointer unused, gpointer counter)
{
  ++*(int *)counter;
}

/* Not a step of a training is the main loop's: it comes to its end while the loop stands
 * still, and what it told meanwhile is one piece of work for the loop. */
static void
test_needs_no_main_loop (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeTrainingPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_TRAINING_PAGE, "session", session, NULL));
  SaeLossHistory *losses = sae_session_get_losses (session);
  AnalysisTrainingSettings settings = widget_test_settings ();
  size_t n_done = 0;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  int n_changes = 0;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  widget_test_open (session, tiny.folder);
  settings.trainer.n_epochs = 30;
  sae_tasks_train (session, &settings);
  g_signal_connect (losses, "changed", G_CALLBACK (count), &n_changes);
  while (n_done < 30) {
    g_autoptr (AnalysisRun) run = analysis_run_get (tiny.folder, NULL, NULL);

    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_usleep (1000);
    n_done = run ? run->history->len : 0;
  }
  g_assert_cmpuint (sae_loss_history_get_view (losses).n_epochs, ==, 0);
  wait_until (!sae_session_get_training (session));
  wait_until (sae_loss_history_get_view (losses).n_epochs == 30);
  g_assert_cmpint (n_changes, ==, 1);
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* What the main loop does at a time while the sample is trained on before one's eyes is
 * never so much that the window would stand still. */
static void
test_never_stalls (void)
{
  SaeSession *session = sae_session_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *page = g_object_new (SAE_TYPE_TRAINING_PAGE, "session", session, NULL);
  SaeLossHistory *losses = sae_session_get_losses (session);
  size_t n;
  AnalysisTrainingSettings settings = analysis_presets (&n)[0].settings;
  Turns turns;

  gtk_window_set_child (window, page);
  gtk_window_set_default_size (window, 1280, 740);
  gtk_window_present (window);
  sae_tasks_open_sample (session);
  wait_until (sae_session_get_folder (session));
  sae_tasks_train (session, &settings);
  wait_until (sae_loss_history_get_view (losses).n_batches > 0);
  widget_test_drain ();
  turns_begin (&turns);
  wait_until (sae_loss_history_get_view (losses).n_epochs >= 2 &&
              sae_live_signal_get_view (sae_session_get_live (session)));
  turns_end (&turns);
  g_test_message ("%u turns, the longest of %.1f ms", turns.cpu_ms->len,
                  turns_quantile (turns.cpu_ms, 1));
  g_assert_cmpuint (turns.cpu_ms->len, >, 50);
  g_assert_cmpfloat (turns_quantile (turns.cpu_ms, 1), <, TURNS_LONGEST_MS);
  turns_clear (&turns);
  gtk_window_destroy (window);
  sae_tasks_cancel_all (session);
  widget_test_drain ();
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("sae-training-XXXXXX", NULL);
  int result;

  /* Isolated folders would lack what tells a picture's format. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-page/trains", test_trains);
  g_test_add_func ("/app/training-page/needs-no-main-loop", test_needs_no_main_loop);
  g_test_add_func ("/app/training-page/never-stalls", test_never_stalls);
  result = g_test_run ();
  tiny_library_remove (home);
  return result;
}
