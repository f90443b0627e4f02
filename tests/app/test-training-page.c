#include "app/training-page.h"

#include "app/training-settings.h"
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
  n_epochs = sae_session_get_past (session)->history->len;
  gtk_widget_activate_action (widget, "training.toggle", NULL); /* and goes on */
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_epochs >
              n_epochs);
  gtk_widget_activate_action (widget, "training.stop", NULL);
  wait_until (!sae_session_get_training (session));
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-page/trains", test_trains);
  return g_test_run ();
}
