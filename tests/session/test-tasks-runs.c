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
  const AnalysisRun *run;
  size_t n_done;
  double first;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  open_library (session, tiny.folder);
  g_assert_null (sae_session_get_run (session));
  sae_tasks_train (session, &settings);
  while (view_of (session).n_epochs < 3)
    g_main_context_iteration (NULL, TRUE);
  sae_job_set_paused (sae_session_get_training (session), TRUE);
  first = view_of (session).training[0];
  close_session (session);

  session = sae_session_new ();
  open_library (session, tiny.folder);
  run = sae_session_get_run (session);
  g_assert_nonnull (run);
  g_assert_true (analysis_run_is_unfinished (run));
  n_done = run->history->len;
  g_assert_cmpuint (n_done, >=, 3);
  g_assert_cmpuint (run->settings.trainer.n_epochs, ==, 100000);
  g_assert_cmpuint (run->settings.network.hidden, ==, 4);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done);
  g_assert_cmpuint (view_of (session).n_epochs_planned, ==, 100000);
  g_assert_cmpfloat (view_of (session).training[0], ==, first);
  g_assert_cmpuint (view_of (session).n_batches, >=, n_done); /* of every epoch */
  settings = run->settings;
  settings.trainer.n_epochs = n_done + 2;
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  run = sae_session_get_run (session);
  g_assert_cmpuint (run->history->len, ==, n_done + 2);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done + 2);
  g_assert_cmpfloat (view_of (session).training[0], ==, first);
  g_assert_false (analysis_run_is_unfinished (run));

  /* One that cannot begin leaves everything as it was. */
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  g_assert_cmpuint (view_of (session).n_epochs, ==, n_done + 2);
  g_assert_nonnull (sae_session_get_run (session));
  close_session (session);
}

/* "model* model-2", the one that is used with a star. */
static void
assert_runs (SaeSession *session, const char *expected)
{
  GListModel *runs = sae_session_get_runs (session);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++) {
    g_autoptr (SaeRunItem) item = g_list_model_get_item (runs, i);
    const AnalysisRun *run = sae_run_item_get_run (item);

    g_string_append_printf (names, "%s%s%s", i ? " " : "", run->name,
                            run->is_current ? "*" : "");
  }
  g_assert_cmpstr (names->str, ==, expected);
  g_string_free (names, TRUE);
}

static void
change (SaeSession *session, SaeRunVerb verb, const char *name, const char *new_name)
{
  g_autoptr (SaeJob) job =
      g_object_ref (sae_tasks_change_run (session, verb, name, new_name));

  while (sae_job_get_state (job) == SAE_JOB_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  drain_main_loop ();
}

static void
note_ticket (SaeSession *session, const char *name, const char *ticket, char **noted)
{
  g_free (*noted);
  *noted = g_strdup_printf ("%s", ticket);
}

static void
note_failure (SaeSession *session, SaeJob *job, const GError *error, int *n)
{
  g_assert_cmpint (sae_job_get_kind (job), ==, SAE_JOB_RUN);
  ++*n;
}

/* A second training stands beside the first; the losses are those of the one in use. */
static void
test_changes (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  AnalysisTrainingSettings settings = tiny_training (1);
  g_autofree char *ticket = NULL;
  int n_failures = 0;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 4, 1);
  open_library (session, tiny.folder);
  assert_runs (session, "");
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  assert_runs (session, "model*");
  settings.trainer.n_epochs = 2;
  sae_tasks_train (session, &settings);
  wait_until_ended (session);
  assert_runs (session, "model-2* model");
  g_assert_cmpuint (view_of (session).n_epochs, ==, 2);
  g_signal_connect (session, "run-deleted", G_CALLBACK (note_ticket), &ticket);
  g_signal_connect (session, "failed", G_CALLBACK (note_failure), &n_failures);

  change (session, SAE_RUN_USE, "model", NULL);
  assert_runs (session, "model-2 model*");
  g_assert_cmpuint (view_of (session).n_epochs, ==, 1);
  g_assert_cmpuint (sae_session_get_run (session)->history->len, ==, 1);
  change (session, SAE_RUN_RENAME, "model", "Première");
  assert_runs (session, "model-2 Première*");
  change (session, SAE_RUN_RENAME, "model-2", "Première");
  assert_runs (session, "model-2 Première*");
  g_assert_cmpint (n_failures, ==, 1);
  change (session, SAE_RUN_DUPLICATE, "Première", "Première");
  assert_runs (session, "model-2 Première* Première-2");
  change (session, SAE_RUN_DELETE, "Première", NULL);
  g_assert_nonnull (ticket);
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_runs (session)), ==, 2);
  change (session, SAE_RUN_RESTORE, ticket, NULL);
  assert_runs (session, "model-2 Première* Première-2");
  g_assert_cmpint (n_failures, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_jobs (session)), ==, 2);
  close_session (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tasks-runs/goes-on", test_goes_on);
  g_test_add_func ("/tasks-runs/changes", test_changes);
  return g_test_run ();
}
