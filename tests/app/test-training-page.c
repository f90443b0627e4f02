#include "app/training-page.h"

#include "app/training-settings.h"
#include "support/widgets.h"
#include <math.h>

static void
test_progress_text (void)
{
  const NnProgress progress = {.epoch = 2,
                               .n_epochs = 20,
                               .batch = 3,
                               .n_batches = 12,
                               .samples_per_second = 1234.4};
  const NnProgress none = {0};
  g_autofree char *text = sae_training_page_progress_text (&progress);
  g_autofree char *reading = sae_training_page_progress_text (&none);

  g_assert_cmpstr (text, ==, "Epoch 3 of 20  ·  batch 4 of 12  ·  1234\u202fsamples/s");
  g_assert_cmpstr (reading, ==, "Reading the signals");
}

static void
test_summary_text (void)
{
  g_autoptr (GArray) history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  const NnEpoch epochs[] = {{2, 3, 1}, {1, 1.5, 1}, {0.5, 2.5, 1}};
  AnalysisTrainingSummary summary = {
      .n_training = 96, .n_validation = 24, .history = history, .seconds = 34};
  g_autofree char *none = sae_training_page_summary_text (&summary);
  g_autofree char *text = NULL, *without = NULL;
  const NnEpoch blind = {0.25, NAN, 1};

  g_assert_cmpstr (none, ==, "Stopped before the first epoch was done");
  g_array_append_vals (history, epochs, G_N_ELEMENTS (epochs));
  text = sae_training_page_summary_text (&summary);
  g_assert_nonnull (strstr (text, "3 epochs in 34\u202fs"));
  g_assert_nonnull (
      strstr (text, "least validation loss 1.50 in epoch 2 (training 1.00)"));
  g_array_append_val (history, blind);
  summary.stopped = true;
  without = sae_training_page_summary_text (&summary);
  g_assert_nonnull (strstr (without, "Stopped after 4 epochs"));
  g_assert_nonnull (strstr (without, "least training loss 0.250 in epoch 4"));
}

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
  wait_until (!sae_session_get_training (session));
  assert_shows (page, "Stopped after");
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-page/progress-text", test_progress_text);
  g_test_add_func ("/app/training-page/summary-text", test_summary_text);
  g_test_add_func ("/app/training-page/trains", test_trains);
  return g_test_run ();
}
