#include "seismic/download.h"
#include "seismic/download-received.h"
#include "seismic/error.h"
#include "seismic/library-file.h"
#include "seismic/time.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define PART_PREFIX ".part-"
#define PAUSE_US 50000
#define SPEED_PERIOD_S 1.0
/* So many failures on end that could pass, and the rest is not tried. */
#define MAX_FAILURES_ON_END 25
#define MAX_STATION_FAILURES_ON_END 3

typedef struct {
  /* Borrowed */
  const SeismicDownloadSettings *settings;
  const int *paused;
  SeismicDownloadProgressFunc progress;
  void *user_data;
  SeismicDownloadReport *report;

  /* Owned */
  SeismicLibrary *library; /* under library_lock: one writer at a time */
  char *waveforms;
  GPtrArray *events;
  SeismicHttpGate *gate;
  GCancellable *cancellable; /* of this download: the user's, or its own end */
  int lock_fd;

  GMutex library_lock;
  GHashTable *asked_stations; /* under library_lock */
  guint n_station_failures;   /* on end; under library_lock */

  GMutex lock; /* all below, the report, and the calls of progress */
  GError *error;
  guint next;
  guint n_failures;                              /* on end */
  uint64_t n_running[SEISMIC_DOWNLOAD_MAX_JOBS]; /* bytes of the event at hand */
  gint64 started_us, speed_us;
  uint64_t speed_bytes; /* in all at speed_us */
  double bytes_per_second;
} Download;

/* One connection, and the event it is busy with. */
typedef struct {
  Download *download;
  SeismicHttp *http;
  unsigned index;
  const SeismicEvent *event;
} Worker;

SeismicDownloadSettings
seismic_download_default (void)
{
  size_t n_servers = 0;
  SeismicDownloadSettings settings = {.server = *seismic_fdsn_url_servers (&n_servers),
                                      .n_jobs = 3,
                                      .limits = seismic_http_limits_default ()};
  settings.limits.max_bytes = SEISMIC_FILE_MAX_BYTES; /* more is of no use to a library */
  return settings;
}

void
seismic_download_report_clear (SeismicDownloadReport *report)
{
  g_clear_pointer (&report->failed, g_ptr_array_unref);
  *report = (SeismicDownloadReport){0};
}

/* Ends the download; the first reason counts. Takes error. */
static void
fail (Download *download, GError *error)
{
  g_mutex_lock (&download->lock);
  if (download->error == NULL)
    download->error = error;
  else
    g_error_free (error);
  g_mutex_unlock (&download->lock);
  g_cancellable_cancel (download->cancellable);
}

static void
measure_speed (Download *download, uint64_t n_bytes)
{
  gint64 now_us = g_get_monotonic_time ();
  double seconds = (double)(now_us - download->speed_us) / G_USEC_PER_SEC;
  if (seconds < SPEED_PERIOD_S)
    return;
  double speed = (double)(n_bytes - MIN (n_bytes, download->speed_bytes)) / seconds;
  download->bytes_per_second = isnan (download->bytes_per_second)
                                   ? speed
                                   : 0.6 * download->bytes_per_second + 0.4 * speed;
  download->speed_us = now_us;
  download->speed_bytes = n_bytes;
}

/* Fills in what concerns all, and tells. With the lock held. */
static bool
tell (Download *download, SeismicDownloadProgress *told)
{
  const SeismicDownloadReport *report = download->report;
  told->n_done = report->n_done;
  told->n_no_data = report->n_no_data;
  told->n_failed = report->failed->len;
  told->n_events = download->events->len;
  told->n_bytes_all = report->n_bytes;
  for (size_t i = 0; i < SEISMIC_DOWNLOAD_MAX_JOBS; i++)
    told->n_bytes_all += download->n_running[i];
  measure_speed (download, told->n_bytes_all);
  told->bytes_per_second = download->bytes_per_second;
  size_t n_ended = told->n_done + told->n_no_data + told->n_failed;
  double seconds = (double)(g_get_monotonic_time () - download->started_us) / 1e6;
  told->seconds_left =
      n_ended > 0 ? seconds / (double)n_ended * (double)(told->n_events - n_ended) : NAN;
  return download->progress == NULL || download->progress (told, download->user_data);
}

static bool
tell_bytes (const SeismicHttpProgress *http, void *user_data)
{
  Worker *worker = user_data;
  Download *download = worker->download;
  SeismicDownloadProgress told = {.event_id = worker->event->id,
                                  .state = SEISMIC_DOWNLOAD_RUNNING,
                                  .n_bytes = http->n_bytes,
                                  .n_total = http->n_total,
                                  .wait_seconds = http->wait_seconds};
  g_mutex_lock (&download->lock);
  download->n_running[worker->index] = http->n_bytes;
  bool go_on = tell (download, &told);
  g_mutex_unlock (&download->lock);
  if (!go_on)
    g_cancellable_cancel (download->cancellable);
  return go_on;
}

/* The reason may be gone tomorrow. */
static bool
is_passing (const GError *reason)
{
  return reason->domain == SEISMIC_ERROR &&
         (reason->code == SEISMIC_ERROR_NETWORK || reason->code == SEISMIC_ERROR_BUSY ||
          reason->code == SEISMIC_ERROR_SERVER || reason->code == SEISMIC_ERROR_NOT_DATA);
}

/* Counts how the worker's event ended, and tells. n_received: bytes of this run. */
static void
end_event (Worker *worker, const SeismicDownloadNote *note, uint64_t n_received,
           size_t n_signals)
{
  Download *download = worker->download;
  SeismicDownloadReport *report = download->report;
  SeismicDownloadProgress told = {.event_id = worker->event->id,
                                  .state = note->state,
                                  .n_bytes = note->n_bytes,
                                  .n_total = note->n_bytes,
                                  .reason = note->reason};
  g_mutex_lock (&download->lock);
  download->n_running[worker->index] = 0;
  report->n_bytes += n_received;
  report->n_signals += n_signals;
  report->n_done += note->state == SEISMIC_DOWNLOAD_DONE;
  report->n_no_data += note->state == SEISMIC_DOWNLOAD_NO_DATA;
  if (note->state == SEISMIC_DOWNLOAD_FAILED)
    g_ptr_array_add (report->failed,
                     seismic_skip_new (worker->event->id, g_error_copy (note->reason)));
  download->n_failures =
      note->reason != NULL && is_passing (note->reason) ? download->n_failures + 1 : 0;
  bool go_on = tell (download, &told);
  g_mutex_unlock (&download->lock);
  if (!go_on)
    g_cancellable_cancel (download->cancellable);
}

/* Notes a state without records. */
static bool
put_note (Worker *worker, const SeismicDownloadNote *note, GError **error)
{
  Download *download = worker->download;
  g_autoptr (GError) reason = NULL;
  g_mutex_lock (&download->library_lock);
  bool done = seismic_library_put_download (download->library, note, &reason);
  g_mutex_unlock (&download->library_lock);
  /* The event was removed meanwhile: nobody wants to know. */
  if (done || g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND))
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

static bool
end_without_records (Worker *worker, SeismicDownloadNote *note, GError *reason,
                     GError **error)
{
  note->state = reason != NULL ? SEISMIC_DOWNLOAD_FAILED : SEISMIC_DOWNLOAD_NO_DATA;
  note->worth_retry = reason != NULL && is_passing (reason);
  note->reason = reason;
  if (!put_note (worker, note, error))
    return false;
  end_event (worker, note, 0, 0);
  return true;
}

/* What an earlier download renamed but did not live to note. */
static bool
find_left_over (Worker *worker, SeismicReceived *received, SeismicDownloadNote *note)
{
  Download *download = worker->download;
  g_mutex_lock (&download->library_lock);
  g_autofree char *source = seismic_library_record_source (
      download->library, worker->event->id, SEISMIC_DOWNLOAD_NAME);
  g_mutex_unlock (&download->library_lock);
  if (source != NULL || !g_file_test (received->path, G_FILE_TEST_IS_REGULAR))
    return false;
  if (!seismic_received_load (received, NULL))
    return false;
  g_autofree char *origin = seismic_library_get_origin (received->path);
  if (origin != NULL) {
    g_free (note->url);
    note->url = g_steal_pointer (&origin);
  }
  note->n_bytes = received->n_bytes;
  return true;
}

/* The received part to its place, and what is in it. A content that cannot be read is
 * removed again. */
static bool
accept_part (Worker *worker, const char *part, SeismicReceived *received,
             const SeismicDownloadNote *note, GError **error)
{
  g_autoptr (GError) fault = NULL;
  seismic_library_set_origin (part, note->url);
  if (!seismic_received_move (received, part, worker->download->waveforms, error)) {
    g_unlink (part);
    return false;
  }
  if (seismic_received_load (received, &fault))
    return true;
  if (fault->domain == SEISMIC_ERROR)
    seismic_received_remove (received);
  g_propagate_error (error, g_steal_pointer (&fault));
  return false;
}

static bool
put_stations (SeismicLibrary *library, GPtrArray *stations, GError **error)
{
  for (guint i = 0; i < stations->len; i++) {
    if (!seismic_library_learn_station (library, stations->pdata[i], error))
      return false;
  }
  return true;
}

/* What the search for records told of stations: they need not be asked about again. */
static bool
learn_stations (Download *download, GPtrArray *stations, GError **error)
{
  g_mutex_lock (&download->library_lock);
  bool done = seismic_library_begin (download->library, error);
  if (done && !put_stations (download->library, stations, error)) {
    seismic_library_rollback (download->library);
    done = false;
  }
  done = done && seismic_library_commit (download->library, error);
  g_mutex_unlock (&download->library_lock);
  return done;
}

/* Asks the server. *has_data FALSE if it has none, or if the event failed: *reason then
 * says why. FALSE only when the download cannot go on. */
static bool
fetch (Worker *worker, SeismicReceived *received, SeismicDownloadNote *note,
       bool *has_data, GError **reason, GError **error)
{
  Download *download = worker->download;
  g_autofree char *safe_name = seismic_library_safe_name (worker->event->id);
  g_autofree char *part_name =
      g_strdup_printf (PART_PREFIX "%s.%u", safe_name, worker->index);
  g_autofree char *part = g_build_filename (download->waveforms, part_name, NULL);
  g_autoptr (GError) fault = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GPtrArray) stations = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  bool done =
      seismic_fdsn_records (worker->http, &download->settings->server, worker->event,
                            part, download->cancellable, tell_bytes, worker, has_data,
                            &stations, &reply, &url, &fault);
  if (url != NULL) {
    g_free (note->url);
    note->url = g_steal_pointer (&url);
  }
  if (done && stations != NULL && !learn_stations (download, stations, error))
    return false;
  if (done && *has_data) {
    note->n_bytes = reply.n_bytes;
    done = accept_part (worker, part, received, note, &fault);
  }
  if (done)
    return true;
  *has_data = false;
  bool is_of_event = fault->domain == SEISMIC_ERROR; /* else the disk, or cancelled */
  g_propagate_error (is_of_event ? reason : error, g_steal_pointer (&fault));
  return is_of_event;
}

/* Whom this worker shall ask about: each station is asked for once. NULL if
 * there is none, or with error set. */
static char **
claim_stations (Download *download, GPtrArray *traces, GError **error)
{
  g_autoptr (GPtrArray) claimed = g_ptr_array_new_with_free_func (g_free);
  g_mutex_lock (&download->library_lock);
  g_auto (GStrv) unknown =
      seismic_library_unknown_stations (download->library, traces, error);
  bool is_hopeless = download->n_station_failures >= MAX_STATION_FAILURES_ON_END;
  for (size_t i = 0; unknown != NULL && unknown[i] != NULL && !is_hopeless; i++) {
    if (g_hash_table_add (download->asked_stations, g_strdup (unknown[i])))
      g_ptr_array_add (claimed, g_strdup (unknown[i]));
  }
  g_mutex_unlock (&download->library_lock);
  if (claimed->len == 0)
    return NULL;
  g_ptr_array_add (claimed, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&claimed), FALSE);
}

/* Failure is not the event's; the next event asks again. */
static void
give_back_stations (Download *download, char **stations)
{
  g_mutex_lock (&download->library_lock);
  download->n_station_failures++;
  for (size_t i = 0; stations[i] != NULL; i++)
    g_hash_table_remove (download->asked_stations, stations[i]);
  g_mutex_unlock (&download->library_lock);
}

/* Coordinates and sensitivities of the stations of which the library lacks some. FALSE
 * only when the download cannot go on. */
static bool
ask_stations (Worker *worker, SeismicReceived *received, GError **error)
{
  Download *download = worker->download;
  g_autoptr (GError) fault = NULL;
  g_auto (GStrv) stations = claim_stations (download, received->traces, &fault);
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return false;
  }
  if (stations == NULL)
    return true;
  /* Of all times: the station's other events then need not ask again. */
  if (seismic_fdsn_stations (worker->http, &download->settings->server,
                             (const char *const *)stations, SEISMIC_TIME_UNSET,
                             SEISMIC_TIME_UNSET, download->cancellable,
                             &received->stations, &fault)) {
    g_mutex_lock (&download->library_lock);
    download->n_station_failures = 0;
    g_mutex_unlock (&download->library_lock);
    return true;
  }
  give_back_stations (download, stations);
  if (!g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return true;
  g_propagate_error (error, g_steal_pointer (&fault));
  return false;
}

static bool
put_all (SeismicLibrary *library, SeismicReceived *received,
         const SeismicDownloadNote *note, size_t *n_signals, GError **error)
{
  if (!seismic_received_adopt (received, library, note, error) ||
      !seismic_library_make_signals (library, n_signals, NULL, error))
    return false;
  if (received->stations != NULL && !put_stations (library, received->stations, error))
    return false;
  return seismic_library_put_download (library, note, error);
}

/* Records, signals, stations and the note: all or nothing. */
static bool
put_received (Download *download, SeismicReceived *received,
              const SeismicDownloadNote *note, size_t *n_signals, GError **error)
{
  g_mutex_lock (&download->library_lock);
  bool done = seismic_library_begin (download->library, error);
  if (done && !put_all (download->library, received, note, n_signals, error)) {
    seismic_library_rollback (download->library);
    done = false;
  }
  done = done && seismic_library_commit (download->library, error);
  g_mutex_unlock (&download->library_lock);
  return done;
}

/* The file is what cannot be taken, not the library what cannot take it. */
static bool
is_of_content (const GError *error)
{
  static const SeismicError codes[] = {SEISMIC_ERROR_NOT_MINISEED, SEISMIC_ERROR_EMPTY,
                                       SEISMIC_ERROR_UNSUPPORTED, SEISMIC_ERROR_TOO_LARGE,
                                       SEISMIC_ERROR_NOT_FOUND};
  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_error_matches (error, SEISMIC_ERROR, (int)codes[i]))
      return true;
  }
  return false;
}

static bool
keep (Worker *worker, SeismicReceived *received, SeismicDownloadNote *note,
      uint64_t n_received, GError **error)
{
  g_autoptr (GError) fault = NULL;
  size_t n_signals = 0;
  if (!ask_stations (worker, received, error))
    return false;
  note->state = SEISMIC_DOWNLOAD_DONE;
  if (put_received (worker->download, received, note, &n_signals, &fault)) {
    end_event (worker, note, n_received, n_signals);
    return true;
  }
  if (!is_of_content (fault)) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return false;
  }
  seismic_received_remove (received);
  return end_without_records (worker, note, g_steal_pointer (&fault), error);
}

static bool
run_event (Worker *worker, GError **error)
{
  Download *download = worker->download;
  const SeismicServer *server = &download->settings->server;
  g_autoptr (SeismicDownloadNote) note = seismic_download_note_new (worker->event->id);
  g_auto (SeismicReceived) received = {0};
  g_autoptr (GError) reason = NULL;
  bool has_data = false;
  received.path = seismic_library_record_path (download->library, worker->event->id,
                                               SEISMIC_DOWNLOAD_NAME);
  g_free (note->server);
  note->server = g_strdup (server->base);
  if (!tell_bytes (&(SeismicHttpProgress){0}, worker))
    return true;
  if (find_left_over (worker, &received, note))
    return keep (worker, &received, note, 0, error);
  if (!fetch (worker, &received, note, &has_data, &reason, error))
    return false;
  note->time_ns = g_get_real_time () * INT64_C (1000);
  if (has_data)
    return keep (worker, &received, note, note->n_bytes, error);
  return end_without_records (worker, note, g_steal_pointer (&reason), error);
}

static bool
has_more (Download *download)
{
  g_mutex_lock (&download->lock);
  bool more = !g_cancellable_is_cancelled (download->cancellable) &&
              download->n_failures < MAX_FAILURES_ON_END &&
              download->next < download->events->len;
  g_mutex_unlock (&download->lock);
  return more;
}

/* The next event, or NULL when there is no more to do. Waits while paused, unless there
 * is nothing to wait with. */
static const SeismicEvent *
take_event (Download *download)
{
  const SeismicEvent *event = NULL;
  while (download->paused != NULL && g_atomic_int_get (download->paused) != 0 &&
         has_more (download))
    g_usleep (PAUSE_US);
  if (!has_more (download))
    return NULL;
  g_mutex_lock (&download->lock);
  if (download->next < download->events->len) /* another worker may have been faster */
    event = download->events->pdata[download->next++];
  g_mutex_unlock (&download->lock);
  return event;
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  Download *download = worker->download;
  worker->http = seismic_http_new (download->gate, &download->settings->limits);
  while ((worker->event = take_event (download)) != NULL) {
    GError *error = NULL;
    if (!run_event (worker, &error))
      fail (download, error);
  }
  g_clear_pointer (&worker->http, seismic_http_free);
  return NULL;
}

static void
run_workers (Download *download)
{
  Worker workers[SEISMIC_DOWNLOAD_MAX_JOBS] = {{0}};
  GThread *threads[SEISMIC_DOWNLOAD_MAX_JOBS];
  guint n = CLAMP (download->settings->n_jobs, 1, SEISMIC_DOWNLOAD_MAX_JOBS);
  n = MIN (n, download->events->len);
  for (guint i = 0; i < n; i++) {
    workers[i].download = download;
    workers[i].index = i;
    threads[i] = g_thread_new ("download", run_worker, &workers[i]);
  }
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
}

/* What downloads that were cut off left half-way. */
static void
remove_parts (Download *download)
{
  g_autoptr (GDir) folder = g_dir_open (download->waveforms, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (download->waveforms, name, NULL);
    if (g_str_has_prefix (name, PART_PREFIX))
      g_unlink (path);
  }
}

static bool
prepare (Download *download, const char *folder, GError **error)
{
  const SeismicServer *server = &download->settings->server;
  if (!server->has_waveforms) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST, "%s has no records",
                 server->base);
    return false;
  }
  download->library = seismic_library_open (folder, false, error);
  if (download->library == NULL)
    return false;
  download->waveforms = g_build_filename (seismic_library_get_folder (download->library),
                                          "waveforms", NULL);
  download->lock_fd = seismic_library_lock_folder (download->waveforms, error);
  if (download->lock_fd < 0)
    return false;
  remove_parts (download);
  download->events = seismic_download_plan (download->library, download->settings,
                                            &download->report->n_already, error);
  if (download->events == NULL)
    return false;
  download->report->n_events = download->report->n_already + download->events->len;
  return true;
}

static void
on_cancelled (GCancellable *theirs, gpointer ours)
{
  g_cancellable_cancel (ours);
}

static void
download_init (Download *download)
{
  download->lock_fd = -1;
  download->gate = seismic_http_gate_new (SEISMIC_HTTP_REQUESTS_PER_SECOND);
  download->cancellable = g_cancellable_new ();
  download->asked_stations =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  download->bytes_per_second = NAN;
  download->started_us = download->speed_us = g_get_monotonic_time ();
  g_mutex_init (&download->library_lock);
  g_mutex_init (&download->lock);
}

static void
download_clear (Download *download)
{
  if (download->lock_fd >= 0)
    close (download->lock_fd);
  g_clear_pointer (&download->library, seismic_library_close);
  g_clear_pointer (&download->events, g_ptr_array_unref);
  g_clear_error (&download->error);
  g_free (download->waveforms);
  seismic_http_gate_unref (download->gate);
  g_object_unref (download->cancellable);
  g_hash_table_unref (download->asked_stations);
  g_mutex_clear (&download->library_lock);
  g_mutex_clear (&download->lock);
}

static bool
run (Download *download, GCancellable *cancellable, GError **error)
{
  gulong handler = 0;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                     download->cancellable, NULL);
  run_workers (download);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
  if (download->error == NULL)
    g_cancellable_set_error_if_cancelled (download->cancellable, &download->error);
  if (download->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&download->error));
    return false;
  }
  download->report->n_left = download->events->len - download->next;
  return true;
}

bool
seismic_download (const char *folder, const SeismicDownloadSettings *settings,
                  GCancellable *cancellable, const int *paused,
                  SeismicDownloadProgressFunc progress, void *user_data,
                  SeismicDownloadReport *report, GError **error)
{
  *report = (SeismicDownloadReport){0};
  report->failed = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  Download download = {.settings = settings,
                       .paused = paused,
                       .progress = progress,
                       .user_data = user_data,
                       .report = report};
  download_init (&download);
  bool done = prepare (&download, folder, error) && run (&download, cancellable, error);
  download_clear (&download);
  return done;
}
