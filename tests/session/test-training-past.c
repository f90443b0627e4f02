#include "session/training-past.h"

#include "session/tasks.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <math.h>

static AnalysisTrainingSettings
tiny_training (size_t n_epochs)
{
  AnalysisTrainingSettings settings = analysis_training_default ();

  settings.network.widths[0] = settings.network.widths[1] = 4;
  settings.network.widths[2] = settings.network.hidden = 4;
  settings.trainer.n_epochs = n_epochs;
  settings.trainer.learning_rate = 3e-3;
  settings.dataset.rate_hz = 20;
  settings.dataset.validation_fraction = 0.3;
  return settings;
}

static void
test_unfinished (void)
{
  g_autoptr (GArray) history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  AnalysisTrainingSettings settings = tiny_training (4);
  AnalysisTrainingSummary summary = {.history = history, .best_epoch = 1};
  const NnEpoch epoch = {1, 1, 1};

  g_assert_false (sae_training_past_is_unfinished (NULL));
  for (guint n = 0; n < 6; n++) {
    g_autoptr (SaeTrainingPast) past = sae_training_past_new (&settings, &summary);
    g_autoptr (SaeTrainingPast) patient = sae_training_past_new (&settings, &summary);

    g_assert_true (past->settings.resume);
    g_assert_true (sae_training_past_is_unfinished (past) == (n > 0 && n < 4));
    patient->settings.trainer.patience = 2; /* comes to its end after epoch 3 */
    g_assert_true (sae_training_past_is_unfinished (patient) == (n > 0 && n < 3));
    g_array_append_val (history, epoch);
  }
}

static void
wait_until_ended (SaeSession *session)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (sae_session_get_training (session)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  drain_main_loop ();
}

static void
open_library (SaeSession *session, const char *folder)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  sae_tasks_open_library (session, folder);
  while (!sae_session_get_folder (session)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

static SaeLossView
view_of (SaeSession *session)
{
  return sae_loss_history_get_view (sae_session_get_losses (session));
}

static void
close_session (SaeSession *session)
{
  sae_tasks_cancel_all (session); /* as the window does when it closes */
  drain_main_loop ();
  g_assert_finalize_object (session);
}

/* Closed in mid-training, paused, and opened again: the epochs are there, and it goes on
 * to its end with the settings that it began with. */
static void
test_goes_on (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  AnalysisTrainingSettings settings = tiny_training (100000);
  const SaeTrainingPast *past;
  size_t n_done;
  double first;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  g_assert_null (sae_training_past_read (tiny.library));
  open_library (session, tiny.folder);
  g_assert_null (sae_session_get_past (session));
  sae_tasks_train (session, &settings);
  while (view_of (session).n_epochs < 3)
    g_main_context_iteration (NULL, TRUE);
  sae_job_set_paused (sae_session_get_training (session), TRUE);
  first = view_of (session).training[0];
  close_session (session);

  session = sae_session_new ();
  open_library (session, tiny.folder);
  past = sae_session_get_past (session);
  g_assert_nonnull (past);
  g_assert_true (sae_training_past_is_unfinished (past));
  n_done = past->history->len;
  g_assert_cmpuint (n_done, >=, 3);
  g_assert_cmpuint (past->settings.trainer.n_epochs, ==, 100000);
  g_assert_cmpuint (past->settings.network.hidden, ==, 4);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done);
  g_assert_cmpuint (view_of (session).n_epochs_planned, ==, 100000);
  g_assert_cmpfloat (view_of (session).training[0], ==, first);
  settings = past->settings;
  settings.trainer.n_epochs = n_done + 2;
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  past = sae_session_get_past (session);
  g_assert_cmpuint (past->history->len, ==, n_done + 2);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done + 2);
  g_assert_cmpfloat (view_of (session).training[0], ==, first);
  g_assert_false (sae_training_past_is_unfinished (past));

  /* One that cannot begin leaves everything as it was. */
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done + 2);
  g_assert_nonnull (sae_session_get_past (session));
  close_session (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training-past/unfinished", test_unfinished);
  g_test_add_func ("/training-past/goes-on", test_goes_on);
  return g_test_run ();
}
