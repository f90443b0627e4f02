/* The verbs of a library's runs. */
#include "session/tasks.h"

#include "analysis/run-file.h"
#include "session/session-private.h"

typedef struct {
  SaeRunVerb verb;
  char *folder, *name, *new_name;
  char *ticket;    /* of what was deleted */
  GPtrArray *runs; /* as they are after it */
} Change;

static void
change_clear (gpointer data)
{
  Change *change = data;

  g_free (change->folder);
  g_free (change->name);
  g_free (change->new_name);
  g_free (change->ticket);
  g_clear_pointer (&change->runs, g_ptr_array_unref);
}

/* Counted: the job's input is its result too. */
static void
change_release (gpointer change)
{
  g_atomic_rc_box_release_full (change, change_clear);
}

static gboolean
do_change (Change *change, GError **error)
{
  const char *folder = change->folder, *name = change->name;

  switch (change->verb) {
  case SAE_RUN_USE:
    return analysis_run_use (folder, name, error);
  case SAE_RUN_RENAME:
    return analysis_run_rename (folder, name, change->new_name, error);
  case SAE_RUN_DUPLICATE: {
    g_autofree char *copy = analysis_run_new_name (folder, change->new_name);

    return analysis_run_duplicate (folder, name, copy, error);
  }
  case SAE_RUN_DELETE:
    return analysis_run_delete (folder, name, &change->ticket, error);
  case SAE_RUN_RESTORE:
    return analysis_run_restore (folder, name, NULL, error);
  case SAE_RUN_REFRESH:
  default:
    return TRUE;
  }
}

static gboolean
change_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Change *change = input;

  if (!do_change (change, error))
    return FALSE;
  change->runs = analysis_run_list (change->folder);
  *result = g_atomic_rc_box_acquire (change);
  return TRUE;
}

static void
change_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Change *change = sae_job_steal_result (job);

  if (change && g_strcmp0 (change->folder, sae_session_get_folder (session)) == 0) {
    const AnalysisRun *before = sae_session_get_run (session);
    g_autofree char *used = before ? g_strdup (before->name) : NULL;
    const AnalysisRun *run;

    sae_session_take_runs (session, g_steal_pointer (&change->runs));
    run = sae_session_get_run (session);
    /* A new name is no new model. */
    if (change->verb != SAE_RUN_RENAME && g_strcmp0 (used, run ? run->name : NULL) != 0)
      sae_session_model_changed (session);
    if (change->ticket)
      g_signal_emit_by_name (session, "run-deleted", change->name, change->ticket);
  }
  g_clear_pointer (&change, change_release);
  sae_session_job_ended (session, job);
}

SaeJob *
sae_tasks_change_run (SaeSession *session, SaeRunVerb verb, const char *name,
                      const char *new_name)
{
  Change *change;
  SaeJob *job;

  g_return_val_if_fail (sae_session_get_folder (session), NULL);
  change = g_atomic_rc_box_new0 (Change);
  change->verb = verb;
  change->folder = g_strdup (sae_session_get_folder (session));
  change->name = g_strdup (name);
  change->new_name = g_strdup (new_name);
  job = sae_job_start (SAE_JOB_RUN, change_in_thread, change, change_release,
                       change_release, change_done, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job);
  return job;
}
