#include "app/training-status.h"

#include "support/widgets.h"
#include <math.h>

static void
assert_text (SaeTrainingState state, const NnProgress *progress, const AnalysisRun *run,
             const char *expected)
{
  g_autofree char *text = sae_training_state_text (state, progress, run);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_sentences (void)
{
  const NnProgress progress = {.epoch = 2, .n_epochs = 20, .batch = 3, .n_batches = 12};
  const NnProgress last = {.epoch = 19, .n_epochs = 20, .batch = 12, .n_batches = 12};
  const NnProgress none = {.n_epochs = 20};
  const NnEpoch epoch = {1, 1, 1};
  g_autoptr (GArray) history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  AnalysisRun run = {.history = history, .settings.trainer.n_epochs = 20};

  g_array_append_val (history, epoch);
  assert_text (SAE_TRAINING_NONE, &none, NULL, "");
  assert_text (SAE_TRAINING_READING, &none, NULL, "Reading the signals");
  assert_text (SAE_TRAINING_RUNNING, &progress, NULL, "Epoch 3 of 20, batch 4 of 12");
  assert_text (SAE_TRAINING_RUNNING, &last, NULL, "Epoch 20 of 20, batch 12 of 12");
  assert_text (SAE_TRAINING_PAUSED, &progress, NULL,
               "Paused in epoch 3 of 20, batch 4 of 12");
  assert_text (SAE_TRAINING_PAUSED, &none, NULL, "Paused while reading the signals");
  assert_text (SAE_TRAINING_FINISHED, &none, &run,
               "The model of this library was trained for 1 epoch.");
  assert_text (SAE_TRAINING_UNFINISHED, &none, &run,
               "Stopped after 1 of 20 epochs. Resume goes on from there; Start new "
               "trains another beside it.");
}

static void
test_figures (void)
{
  const NnProgress begun = {.n_batches = 3,
                            .batch_loss = NAN,
                            .learning_rate = NAN,
                            .gradient_norm = NAN,
                            .seconds_left = NAN};
  const NnProgress running = {.n_batches = 3,
                              .batch_loss = 0.43214,
                              .samples_per_second = 1234.4,
                              .learning_rate = 1e-3,
                              .gradient_norm = 12.345,
                              .seconds_left = 130};
  const char *const texts[] = {"0.432", "1234", "0.0010", "12.3", "2\u202fmin"};

  for (int i = 0; i < SAE_TRAINING_N_FIGURES; i++) {
    g_autofree char *none = sae_training_figure_text (i, &(NnProgress){0});
    g_autofree char *first = sae_training_figure_text (i, &begun);
    g_autofree char *text = sae_training_figure_text (i, &running);

    g_assert_cmpstr (none, ==, "–");
    g_assert_cmpstr (first, ==, "–");
    g_assert_cmpstr (text, ==, texts[i]);
    g_assert_cmpuint (strlen (sae_training_figure_name (i)), >, 3);
    g_assert_cmpuint (strlen (sae_training_figure_meaning (i)), >, 20);
  }
}

static void
test_summary (void)
{
  g_autoptr (GArray) history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  const NnEpoch epochs[] = {{2, 3, 1}, {1, 1.5, 1}, {0.5, 2.5, 1}};
  AnalysisTrainingSummary summary = {
      .n_training = 96, .n_validation = 24, .history = history, .seconds = 34};
  g_autofree char *none = sae_training_summary_text (&summary);
  g_autofree char *text = NULL, *without = NULL;
  const NnEpoch blind = {0.25, NAN, 1};

  g_assert_cmpstr (none, ==, "Stopped before the first epoch was done");
  g_array_append_vals (history, epochs, G_N_ELEMENTS (epochs));
  text = sae_training_summary_text (&summary);
  g_assert_nonnull (strstr (text, "3 epochs in 34\u202fs"));
  g_assert_nonnull (
      strstr (text, "least validation loss 1.50 in epoch 2 (training 1.00)"));
  g_array_append_val (history, blind);
  summary.stopped = true;
  without = sae_training_summary_text (&summary);
  g_assert_nonnull (strstr (without, "Stopped after 4 epochs"));
  g_assert_nonnull (strstr (without, "least training loss 0.250 in epoch 4"));
}

/* Through a training's life, on a library. */
static void
test_states (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  AnalysisTrainingSettings settings = widget_test_settings ();
  SaeJob *job;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_NONE);
  widget_test_open (session, tiny.folder);
  settings.trainer.n_epochs = 100000;
  job = sae_tasks_train (session, &settings);
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_READING);
  wait_until (sae_training_state_of (session) == SAE_TRAINING_RUNNING);
  sae_job_set_paused (job, TRUE);
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_PAUSED);
  sae_job_set_paused (job, FALSE);
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_epochs > 0);
  sae_job_cancel (job);
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_STOPPING);
  wait_until (!sae_session_get_training (session));
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_UNFINISHED);
  settings.trainer.n_epochs = 1;
  sae_tasks_train (session, &settings);
  wait_until (!sae_session_get_training (session));
  g_assert_cmpint (sae_training_state_of (session), ==, SAE_TRAINING_FINISHED);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/training-status/sentences", test_sentences);
  g_test_add_func ("/app/training-status/figures", test_figures);
  g_test_add_func ("/app/training-status/summary", test_summary);
  g_test_add_func ("/app/training-status/states", test_states);
  return g_test_run ();
}
