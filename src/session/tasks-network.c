/* The verbs that ask a data center. */
#include "session/tasks.h"

#include "seismic/fdsn.h"
#include "session/judgement.h"
#include "session/session-private.h"
#include "session/settings.h"

typedef struct {
  char *server; /* as the caller named it */
  char *folder; /* of the library, which need not exist */
  SeismicEventQuery query;
  size_t n_found, n_new;
  SaeLibraryContents *contents;
} Querying;

static void
querying_clear (gpointer data)
{
  Querying *querying = data;

  g_free (querying->server);
  g_free (querying->folder);
  seismic_event_query_clear (&querying->query);
  g_clear_pointer (&querying->contents, sae_library_contents_free);
}

/* Counted: the job's input is its result too. */
static void
querying_release (gpointer querying)
{
  g_atomic_rc_box_release_full (querying, querying_clear);
}

/* All or nothing. */
static gboolean
put_events (Querying *querying, GPtrArray *events, GError **error)
{
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (querying->folder, true, error);

  if (!library || !seismic_library_begin (library, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = g_ptr_array_index (events, i);
    g_autoptr (SeismicEvent) known = seismic_library_get_event (library, event->id, NULL);

    querying->n_new += known == NULL;
    if (!seismic_library_put_event (library, event, error)) {
      seismic_library_rollback (library);
      return FALSE;
    }
  }
  querying->n_found = events->len;
  return seismic_library_commit (library, error);
}

static gboolean
query_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Querying *querying = input;
  g_autoptr (SeismicHttpGate) gate =
      seismic_http_gate_new (SEISMIC_HTTP_REQUESTS_PER_SECOND);
  g_autoptr (SeismicHttp) http = seismic_http_new (gate, NULL);
  g_autoptr (GPtrArray) events = NULL;
  SeismicServer server;

  if (!seismic_fdsn_url_server (querying->server, &server, error) ||
      !seismic_fdsn_events (http, &server, &querying->query,
                            sae_job_get_cancellable (job), sae_job_progress, job, &events,
                            NULL, error))
    return FALSE;
  /* No library comes of a search that found nothing. */
  if (events->len > 0 || seismic_library_probe (querying->folder)) {
    if (!put_events (querying, events, error))
      return FALSE;
    querying->contents = sae_library_contents_read (querying->folder, FALSE, error);
    if (!querying->contents)
      return FALSE;
  }
  *result = g_atomic_rc_box_acquire (querying);
  return TRUE;
}

static void
query_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Querying *querying = sae_job_steal_result (job);

  sae_session_job_ended (session, job);
  /* A job cancelled in favour of another library must not bring its own back. */
  if (querying && !sae_job_is_cancelled (job)) {
    if (querying->contents)
      sae_session_show_contents (session, querying->contents);
    g_signal_emit_by_name (session, "queried", (guint)querying->n_found,
                           (guint)querying->n_new);
  }
  g_clear_pointer (&querying, querying_release);
}

SaeJob *
sae_tasks_query (SaeSession *session, const char *server, const SeismicEventQuery *query)
{
  const char *folder = sae_session_get_folder (session);
  Querying *querying;
  SaeJob *job;

  if (sae_session_get_query (session))
    return NULL;
  querying = g_atomic_rc_box_new0 (Querying);
  querying->server = g_strdup (server);
  querying->folder = folder ? g_strdup (folder) : sae_session_new_folder ();
  querying->query = *query;
  querying->query.event_type = g_strdup (query->event_type);
  job = sae_job_start (SAE_JOB_QUERY, query_in_thread, querying, querying_release,
                       querying_release, query_done, G_OBJECT (session));
  sae_session_add_job (session, job);
  g_object_unref (job); /* the list's and its own thread's */
  return job;
}

typedef struct {
  char *folder;
  char **event_ids; /* or NULL */
  unsigned n_jobs;
  gboolean retry;
  SaeDownload *download;
  SaeJob *job; /* borrowed, set by the thread */
  SeismicDownloadReport report;
  SaeLibraryContents *contents;
} Downloading;

static void
downloading_clear (gpointer data)
{
  Downloading *downloading = data;

  g_free (downloading->folder);
  g_strfreev (downloading->event_ids);
  g_object_unref (downloading->download);
  seismic_download_report_clear (&downloading->report);
  g_clear_pointer (&downloading->contents, sae_library_contents_free);
}

static void
downloading_release (gpointer downloading)
{
  g_atomic_rc_box_release_full (downloading, downloading_clear);
}

static bool
downloading_in_thread (const SeismicDownloadProgress *progress, void *data)
{
  Downloading *downloading = data;
  size_t n_ended = progress->n_done + progress->n_no_data + progress->n_failed;

  sae_download_post (downloading->download, progress);
  sae_job_report (downloading->job, (double)n_ended / (double)MAX (progress->n_events, 1),
                  progress->event_id, progress->seconds_left);
  return !sae_job_is_cancelled (downloading->job);
}

static gboolean
post_plan (Downloading *downloading, const SeismicDownloadSettings *settings,
           GError **error)
{
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (downloading->folder, false, error);
  GPtrArray *plan =
      library ? seismic_download_plan (library, settings, NULL, error) : NULL;

  if (!plan)
    return FALSE;
  sae_download_post_plan (downloading->download, plan);
  return TRUE;
}

static gboolean
download_in_thread (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  Downloading *downloading = input;
  SeismicDownloadSettings settings = seismic_download_default ();
  gboolean done;

  downloading->job = job;
  settings.event_ids = (const char *const *)downloading->event_ids;
  settings.n_jobs = CLAMP (downloading->n_jobs, 1, SEISMIC_DOWNLOAD_MAX_JOBS);
  settings.retry_failed = downloading->retry;
  if (!seismic_fdsn_url_server (sae_download_get_server (downloading->download),
                                &settings.server, error) ||
      !post_plan (downloading, &settings, error))
    return FALSE;
  done =
      seismic_download (downloading->folder, &settings, sae_job_get_cancellable (job),
                        sae_download_get_pause_flag (downloading->download),
                        downloading_in_thread, downloading, &downloading->report, error);
  /* Stopped or not, what has come is there. */
  downloading->contents =
      sae_library_contents_read (downloading->folder, FALSE, done ? error : NULL);
  *result = g_atomic_rc_box_acquire (downloading);
  return done && downloading->contents;
}

static void
download_done (SaeJob *job, gpointer user_data)
{
  SaeSession *session = user_data;
  Downloading *downloading = sae_job_steal_result (job);

  if (downloading)
    sae_download_flush (downloading->download);
  sae_session_job_ended (session, job);
  if (downloading && downloading->contents &&
      g_strcmp0 (downloading->folder, sae_session_get_folder (session)) == 0) {
    sae_session_show_contents (session, downloading->contents);
    g_signal_emit_by_name (session, "downloaded", &downloading->report);
    sae_tasks_judge (session);
  }
  g_clear_pointer (&downloading, downloading_release);
}

SaeDownload *
sae_tasks_download (SaeSession *session, const char *server, const char *const *event_ids,
                    unsigned n_jobs, gboolean retry)
{
  SaeDownload *current = sae_session_get_download (session);
  g_autoptr (SaeDownload) download = NULL;
  g_autoptr (GSettings) settings = sae_settings_new ();
  Downloading *downloading;
  SaeJob *job;

  g_return_val_if_fail (sae_session_get_folder (session), NULL);
  if (current && sae_download_is_running (current))
    return NULL;
  download = sae_download_new (server);
  downloading = g_atomic_rc_box_new0 (Downloading);
  downloading->folder = g_strdup (sae_session_get_folder (session));
  downloading->event_ids = g_strdupv ((char **)event_ids);
  downloading->n_jobs = n_jobs > 0 ? n_jobs : sae_settings_get_connections (settings);
  downloading->retry = retry;
  downloading->download = g_object_ref (download);
  job = sae_job_start (SAE_JOB_DOWNLOAD, download_in_thread, downloading,
                       downloading_release, downloading_release, download_done,
                       G_OBJECT (session));
  sae_download_set_job (download, job);
  sae_session_set_download (session, download);
  sae_session_add_job (session, job);
  g_object_unref (job);
  return download; /* the session's */
}
