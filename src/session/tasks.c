/* The verbs that train, read and reconstruct. */
#include "session/tasks.h"

#include "analysis/run-file.h"
#include "session/session-private.h"

typedef struct {
  char *folder;
  AnalysisTrainingSettings settings;
  SaeLossHistory *losses;
  SaeLiveSignal *live;
  SaeJob *job; /* borrowed, set by the thread */
} Training;

static void
training_free (gpointer data)
{
  Training *training = data;

  g_free (training->folder);
  g_object_unref (training->losses);
  g_object_unref (training->live);
  g_free (training);
}

typedef struct {
  char *folder; /* of the library that was trained on */
  AnalysisTrainingSummary summary;
  GPtrArray *runs; /* as they are after it */
} Trained;

static void
trained_free (gpointer data)
{
  Trained *trained = data;

  g_free (trained->folder);
  analysis_training_summary_clear (&trained->summary);
  g_clear_pointer (&trained->runs, g_ptr_array_unref);
  g_free (trained);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trained, trained_free)

static bool
reading_in_thread (const SeismicProgress *progress, void *data)
{
  SaeJob *job = ((Training *)data)->job;

  sae_job_progress (progress, job);
  return sae_job_go_on (job);
}

static bool
training_in_thread (const NnProgress *progress, void *data)
{
  Training *training = data;
  double epochs = (double)progress->epoch;

  if (progress->epoch_ended)
    epochs += 1;
  else
    epochs += (double)progress->batch / (double)MAX (progress->n_batches, 1);
  sae_loss_history_post (training->losses, progress);
  sae_job_report (training->job, epochs / (double)MAX (progress->n_epochs, 1), NULL,
                  progress->seconds_left);
  return sae_job_go_on (training->job);
}

static gboolean
train_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Training *training = input;
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (training->folder, false, error);
  g_autoptr (Trained) trained = g_new0 (Trained, 1);
  AnalysisOnlooker onlooker = sae_live_signal_onlooker (training->live);

  training->job = job;
  if (!training->settings.resume && !training->settings.run) {
    g_autofree char *name = analysis_run_new_name (training->folder, NULL);

    training->settings.run = g_intern_string (name);
  }
  if (!library || !analysis_train_live (library, &training->settings, reading_in_thread,
                                        training_in_thread, training, &onlooker,
                                        &trained->summary, error))
    return FALSE;
  trained->folder = g_strdup (training->folder);
  trained->runs = analysis_run_list (training->folder);
  *result = g_steal_pointer (&trained);
  return TRUE;
}

/* After a training that failed: it may have left a run nevertheless. */
static void
give_up (SaeSession *session)
{
  if (sae_loss_history_get_view (sae_session_get_losses (session)).latest.n_batches == 0)
    sae_session_restore_losses (session);
  if (sae_session_get_folder (session))
    sae_tasks_change_run (session, SAE_RUN_REFRESH, NULL, NULL);
}

static void
train_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  g_autoptr (Trained) trained = sae_job_steal_result (job);

  if (trained && g_strcmp0 (trained->folder, sae_session_get_folder (session)) == 0) {
    sae_session_take_runs (session, g_steal_pointer (&trained->runs));
    sae_session_job_ended (session, job);
    sae_session_model_changed (session);
    g_signal_emit_by_name (session, "trained", &trained->summary);
    return;
  }
  sae_session_job_ended (session, job);
  give_up (session);
}

SaeJob *
sae_tasks_train (SaeSession *session, const AnalysisTrainingSettings *settings)
{
  Training *training;
  SaeJob *job;

  g_return_val_if_fail (sae_session_get_folder (session), NULL);
  if (sae_session_get_training (session))
    return NULL;
  training = g_new0 (Training, 1);
  training->folder = g_strdup (sae_session_get_folder (session));
  training->settings = *settings;
  training->losses = g_object_ref (sae_session_get_losses (session));
  training->live = g_object_ref (sae_session_get_live (session));
  if (settings->resume)
    sae_loss_history_resume (training->losses, settings->trainer.n_epochs);
  else
    sae_loss_history_reset (training->losses, settings->trainer.n_epochs);
  job = sae_job_start (SAE_JOB_TRAIN, train_in_thread, training, training_free,
                       trained_free, train_done, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job);
  return job;
}

typedef struct {
  char *folder, *signal_id;
} SignalRequest;

static void
signal_request_free (gpointer data)
{
  SignalRequest *request = data;

  g_free (request->folder);
  g_free (request->signal_id);
  g_free (request);
}

static gboolean
read_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  SignalRequest *request = input;
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (request->folder, false, error);

  *result =
      library ? seismic_library_read_signal (library, request->signal_id, error) : NULL;
  return *result != NULL;
}

static void
signal_free (gpointer signal)
{
  seismic_signal_free (signal);
}

void
sae_reconstruction_free (gpointer data)
{
  analysis_reconstruction_clear (data);
  g_free (data);
}

static gboolean
reconstruct_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  SignalRequest *request = input;
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (request->folder, false, error);
  g_autoptr (AnalysisModel) model = library ? analysis_model_load (library, error) : NULL;
  g_autofree AnalysisReconstruction *reconstruction = g_new0 (AnalysisReconstruction, 1);

  if (!model || !analysis_model_reconstruct (model, library, request->signal_id,
                                             reconstruction, error))
    return FALSE;
  *result = g_steal_pointer (&reconstruction);
  return TRUE;
}

static SaeJob *
start_signal_job (SaeSession *session, const char *signal_id, SaeJobFunc function,
                  GDestroyNotify result_free, SaeJobDone done, GObject *owner)
{
  SignalRequest *request;

  g_return_val_if_fail (sae_session_get_folder (session), NULL);
  request = g_new (SignalRequest, 1);
  request->folder = g_strdup (sae_session_get_folder (session));
  request->signal_id = g_strdup (signal_id);
  return sae_job_start (SAE_JOB_SIGNAL, function, request, signal_request_free,
                        result_free, done, owner);
}

SaeJob *
sae_tasks_read_signal (SaeSession *session, const char *signal_id, SaeJobDone done,
                       GObject *owner)
{
  return start_signal_job (session, signal_id, read_in_thread, signal_free, done, owner);
}

SaeJob *
sae_tasks_reconstruct (SaeSession *session, const char *signal_id, SaeJobDone done,
                       GObject *owner)
{
  return start_signal_job (session, signal_id, reconstruct_in_thread,
                           sae_reconstruction_free, done, owner);
}
