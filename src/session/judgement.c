#include "session/judgement.h"

#include "seismic/library-quality.h"
#include "session/session-private.h"

#define FOLDER_KEY "sae-judgement-folder" /* whose library the job works on */

/* What is there already may stay when the library cannot be written, when another writes
 * for long, and when the user does not want to wait. */
static gboolean
may_stay (const GError *flaw)
{
  return g_error_matches (flaw, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
         g_error_matches (flaw, G_IO_ERROR, G_IO_ERROR_BUSY) ||
         g_error_matches (flaw, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
judge_in_thread (SaeJob *job, gpointer folder, gpointer *result, GError **error)
{
  g_autoptr (SeismicLibrary) library = seismic_library_open (folder, false, error);
  g_autoptr (GError) flaw = NULL;

  if (!library)
    return FALSE;
  if (!seismic_library_update_quality (library, sae_job_progress, job, NULL, &flaw) &&
      !may_stay (flaw)) {
    g_propagate_error (error, g_steal_pointer (&flaw));
    return FALSE;
  }
  *result = seismic_library_list_signals (library, error);
  return *result != NULL;
}

/* What came in while the job ran is its successor's; what cannot be judged is not tried
 * on and on. */
static void
on_judged (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  g_autoptr (GPtrArray) infos = sae_job_steal_result (job);
  const char *folder = g_object_get_data (G_OBJECT (job), FOLDER_KEY);
  gboolean again = infos && g_strcmp0 (folder, sae_session_get_folder (session)) == 0 &&
                   sae_session_show_quality (session, infos) > 0 &&
                   !sae_job_is_cancelled (job);

  sae_session_job_ended (session, job);
  if (again)
    sae_tasks_judge (session);
}

static gboolean
is_unjudged (GListModel *signals)
{
  for (guint i = 0; i < g_list_model_get_n_items (signals); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (signals, i);

    if (!seismic_library_is_judged (sae_signal_item_get_info (item)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_judging (GListModel *jobs)
{
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++) {
    g_autoptr (SaeJob) job = g_list_model_get_item (jobs, i);

    if (sae_job_get_kind (job) == SAE_JOB_JUDGE &&
        sae_job_get_state (job) == SAE_JOB_RUNNING)
      return TRUE;
  }
  return FALSE;
}

SaeJob *
sae_tasks_judge (SaeSession *session)
{
  SaeJob *job;

  if (!sae_session_get_folder (session) ||
      !is_unjudged (sae_session_get_signals (session)) ||
      is_judging (sae_session_get_jobs (session)))
    return NULL;
  job = sae_job_start (SAE_JOB_JUDGE, judge_in_thread,
                       g_strdup (sae_session_get_folder (session)), g_free,
                       (GDestroyNotify)g_ptr_array_unref, on_judged, G_OBJECT (session));
  g_object_set_data_full (G_OBJECT (job), FOLDER_KEY,
                          g_strdup (sae_session_get_folder (session)), g_free);
  sae_session_add_job (session, job);
  g_object_unref (job); /* the list's and its own thread's */
  return job;
}
