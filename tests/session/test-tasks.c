/* The whole job without a screen, on a small synthetic library in a temporary folder. */
#include "session/tasks.h"

#include "analysis/error.h"
#include "seismic/synthesis.h"
#include "session/event-item.h"
#include "support/main-loop.h"
#include <glib/gstdio.h>

static char
    *data_folder; /* stands for the program's installed data: data_folder/sample */

typedef struct {
  SaeSession *session;
  gboolean idle, failed, imported, trained;
  GError *error;
  size_t n_trained_epochs, n_imported, n_skipped;
  gboolean stopped;
} Fixture;

static void
note_failed (SaeSession *session, SaeJob *job, const GError *error, Fixture *fixture)
{
  fixture->failed = TRUE;
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
note_imported (SaeSession *session, const SeismicImportReport *report, Fixture *fixture)
{
  fixture->imported = TRUE;
  fixture->n_imported = report->n_files;
  fixture->n_skipped = report->skipped->len;
}

static void
note_trained (SaeSession *session, const AnalysisTrainingSummary *summary,
              Fixture *fixture)
{
  fixture->trained = TRUE;
  fixture->stopped = summary->stopped;
  fixture->n_trained_epochs = summary->history->len;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = sae_session_new ();
  g_signal_connect (fixture->session, "failed", G_CALLBACK (note_failed), fixture);
  g_signal_connect (fixture->session, "imported", G_CALLBACK (note_imported), fixture);
  g_signal_connect (fixture->session, "trained", G_CALLBACK (note_trained), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_clear_error (&fixture->error);
  g_assert_finalize_object (fixture->session);
}

/* Waits until the job, borrowed from the session, has ended. */
static void
wait_for_job (SaeJob *job)
{
  gint64 end = g_get_monotonic_time () + 100 * G_USEC_PER_SEC;
  g_autoptr (SaeJob) alive = g_object_ref (job);

  while (sae_job_get_state (job) == SAE_JOB_RUNNING) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  drain_main_loop ();
}

static guint
n_signals (Fixture *fixture)
{
  return g_list_model_get_n_items (sae_session_get_signals (fixture->session));
}

static AnalysisTrainingSettings
tiny_training (size_t n_epochs)
{
  AnalysisTrainingSettings settings = analysis_training_default ();

  settings.network.widths[0] = settings.network.widths[1] = 4;
  settings.network.widths[2] = settings.network.hidden = 6;
  settings.trainer.n_epochs = n_epochs;
  settings.trainer.learning_rate = 3e-3;
  settings.dataset.rate_hz = 10;
  settings.dataset.batch_size = 4;
  settings.dataset.validation_fraction = .3;
  return settings;
}

static void
test_open_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (data_folder, "nowhere", NULL);

  wait_for_job (sae_tasks_open_library (fixture->session, folder));
  g_assert_true (fixture->failed);
  g_assert_null (sae_session_get_folder (fixture->session));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (data_folder, "created", NULL);

  wait_for_job (sae_tasks_create_library (fixture->session, folder));
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (sae_session_get_folder (fixture->session), ==, folder);
  g_assert_cmpuint (n_signals (fixture), ==, 0);
}

/* The sample is copied once to the user's data and then opened from there. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 2; i++) {
    wait_for_job (sae_tasks_open_sample (fixture->session));
    g_assert_no_error (fixture->error);
    g_assert_true (sae_session_get_is_sample (fixture->session));
    g_assert_cmpuint (n_signals (fixture), ==, 12);
    g_assert_true (g_str_has_prefix (sae_session_get_folder (fixture->session),
                                     g_get_user_data_dir ()));
  }
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *waveforms =
      g_build_filename (data_folder, "sample", "waveforms", NULL);
  const char *paths[] = {waveforms, NULL};
  size_t n_first;

  wait_for_job (sae_tasks_import (fixture->session, paths));
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->imported);
  g_assert_cmpuint (fixture->n_imported, >, 0);
  g_assert_cmpuint (n_signals (fixture), ==, 12);
  n_first = g_list_model_get_n_items (sae_session_get_events (fixture->session));

  fixture->imported = FALSE;
  wait_for_job (sae_tasks_import (fixture->session, paths)); /* again: all are there */
  g_assert_true (fixture->imported);
  g_assert_cmpuint (fixture->n_imported, ==, 0);
  g_assert_cmpuint (n_signals (fixture), ==, 12);
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_events (fixture->session)),
                    ==, n_first);
}

static void
test_import_library_opens_it (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sample = g_build_filename (data_folder, "sample", NULL);
  const char *paths[] = {sample, NULL};

  wait_for_job (sae_tasks_import (fixture->session, paths));
  g_assert_cmpstr (sae_session_get_folder (fixture->session), ==, sample);
  g_assert_false (fixture->imported);
}

static void
note_read (SaeJob *job, gpointer owner)
{
  SeismicSignal *signal = sae_job_steal_result (job);

  g_assert_nonnull (signal);
  g_assert_cmpuint (signal->n_samples, >, 100);
  seismic_signal_free (signal);
}

static void
note_reconstructed (SaeJob *job, gpointer owner)
{
  AnalysisReconstruction *reconstruction = sae_job_steal_result (job);

  g_assert_nonnull (reconstruction);
  g_assert_cmpuint (reconstruction->original.n_samples, >, 100);
  g_assert_cmpfloat (reconstruction->original.rate_hz, ==, 10);
  sae_reconstruction_free (reconstruction);
}

static void
test_whole_job (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = tiny_training (3);
  g_autoptr (SaeSignalItem) item = NULL;
  const SaeProjection *projection;
  SaeJob *job;
  const char *id;

  wait_for_job (sae_tasks_open_sample (fixture->session));
  item = g_list_model_get_item (sae_session_get_signals (fixture->session), 0);
  id = sae_signal_item_get_id (item);
  g_assert_false (sae_session_get_has_model (fixture->session));
  wait_for_job (sae_tasks_project (fixture->session, ANALYSIS_EMBEDDING_DEFAULT));
  g_assert_error (fixture->error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL);
  g_clear_error (&fixture->error);

  job = sae_tasks_train (fixture->session, &settings);
  g_assert_true (sae_session_get_training (fixture->session) == job);
  g_assert_null (sae_tasks_train (fixture->session, &settings)); /* one at a time */
  wait_for_job (job);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->trained);
  g_assert_false (fixture->stopped);
  g_assert_cmpuint (fixture->n_trained_epochs, ==, 3);
  g_assert_null (sae_session_get_training (fixture->session));
  g_assert_true (sae_session_get_has_model (fixture->session));
  g_assert_cmpuint (
      sae_loss_history_get_view (sae_session_get_losses (fixture->session)).n_epochs, ==,
      3);

  wait_for_job (sae_tasks_project (fixture->session, ANALYSIS_EMBEDDING_DEFAULT));
  g_assert_no_error (fixture->error);
  projection = sae_session_get_projection (fixture->session);
  g_assert_nonnull (projection);
  g_assert_cmpuint (projection->xy.rows, ==, n_signals (fixture));
  g_assert_cmpuint (projection->embedding->signals->len, ==, n_signals (fixture));

  job = sae_tasks_read_signal (fixture->session, id, note_read,
                               G_OBJECT (fixture->session));
  wait_for_job (job);
  g_object_unref (job);
  job = sae_tasks_reconstruct (fixture->session, id, note_reconstructed,
                               G_OBJECT (fixture->session));
  wait_for_job (job);
  g_object_unref (job);
}

static void
wait_for_batch (SaeLossHistory *losses, gpointer flag)
{
  if (sae_loss_history_get_view (losses).n_batches)
    *(gboolean *)flag = TRUE;
}

/* Stopping is no failure: what was learnt is kept. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = tiny_training (100000);
  SaeLossHistory *losses = sae_session_get_losses (fixture->session);
  gboolean running = FALSE;
  SaeJob *job;

  wait_for_job (sae_tasks_open_sample (fixture->session));
  job = sae_tasks_train (fixture->session, &settings);
  g_signal_connect (losses, "changed", G_CALLBACK (wait_for_batch), &running);
  wait_for (&running);
  sae_job_cancel (job);
  wait_for_job (job);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->trained);
  g_assert_true (fixture->stopped);
  g_assert_true (sae_session_get_has_model (fixture->session));
  g_signal_handlers_disconnect_by_func (losses, wait_for_batch, &running);
}

/* Opening another library while one trains: the former's results stay away. */
static void
test_other_library_while_training (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = tiny_training (100000);
  g_autofree char *folder = g_build_filename (data_folder, "other", NULL);
  SaeJob *training, *opening;

  wait_for_job (sae_tasks_open_sample (fixture->session));
  training = sae_tasks_train (fixture->session, &settings);
  g_object_ref (training);
  opening = sae_tasks_create_library (fixture->session, folder);
  wait_for_job (opening);
  wait_for_job (training);
  g_object_unref (training);
  g_assert_no_error (fixture->error);
  g_assert_false (fixture->trained);
  g_assert_cmpstr (sae_session_get_name (fixture->session), ==, "other");
  g_assert_false (sae_session_get_has_model (fixture->session));
  g_assert_null (sae_session_get_training (fixture->session));
}

static void
test_cancel_all (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = tiny_training (100000);

  wait_for_job (sae_tasks_open_sample (fixture->session));
  sae_tasks_train (fixture->session, &settings);
  sae_tasks_cancel_all (fixture->session);
  g_assert_null (sae_session_get_training (fixture->session));
}

static void
make_sample (void)
{
  g_autoptr (GError) error = NULL;
  SeismicSynthesisSettings settings = seismic_synthesis_default ();
  g_autofree char *folder = g_build_filename (data_folder, "sample", NULL);
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, true, &error);

  g_assert_no_error (error);
  settings.n_events = 4;
  settings.n_stations = 3;
  seismic_synthesis_fill (library, &settings, NULL, NULL, &error);
  g_assert_no_error (error);
}

#define ADD(path, function)                                                              \
  g_test_add ("/tasks/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  data_folder = g_dir_make_tmp ("sae-tasks-XXXXXX", NULL);
  g_setenv ("SAE_DATA_DIRECTORY", data_folder, TRUE);
  make_sample ();
  ADD ("open-missing", test_open_missing);
  ADD ("create", test_create);
  ADD ("sample", test_sample);
  ADD ("import", test_import);
  ADD ("import-library-opens-it", test_import_library_opens_it);
  ADD ("whole-job", test_whole_job);
  ADD ("stop", test_stop);
  ADD ("other-library-while-training", test_other_library_while_training);
  ADD ("cancel-all", test_cancel_all);
  return g_test_run ();
}
