#include "seismic/download.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "support/fdsn-stub.h"
#include "support/library.h"

#include <math.h>
#include <string.h>

typedef struct {
  FdsnStub *stub;
  SeismicLibrary *library;
  SeismicDownloadSettings settings;
  GPtrArray *told; /* char *: a line an event that ended */
  guint n_told;
  guint stop_at; /* the call of progress that says stop, 0: none */
  int paused;
} Fixture;

/* A stub of that many events, and a library that knows them all. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  FdsnStubSettings stub = fdsn_stub_default ();
  stub.n_events = GPOINTER_TO_SIZE (data);
  fixture->stub = fdsn_stub_new (&stub, &error);
  g_assert_no_error (error);
  fixture->library = test_new_library ();
  fixture->settings = seismic_download_default ();
  fixture->settings.limits.back_off_seconds = 0.01;
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  seismic_fdsn_url_server (fdsn_stub_get_base (fixture->stub), &fixture->settings.server,
                           &error);
  g_assert_no_error (error);

  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_auto (SeismicEventQuery) query = {0};
  seismic_event_query_init (&query);
  seismic_fdsn_events (http, &fixture->settings.server, &query, NULL, NULL, NULL, &events,
                       NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, stub.n_events);
  for (guint i = 0; i < events->len; i++)
    g_assert_true (seismic_library_put_event (fixture->library, events->pdata[i], NULL));
  fdsn_stub_forget_log (fixture->stub);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_remove_library (fixture->library);
  fdsn_stub_free (fixture->stub);
  g_ptr_array_unref (fixture->told);
}

static void
add_rule (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;
  fdsn_stub_add_rule (fixture->stub, rule, &error);
  g_assert_no_error (error);
}

static void
set_without (Fixture *fixture, const char *settings)
{
  g_autoptr (GError) error = NULL;
  fdsn_stub_set (fixture->stub, settings, &error);
  g_assert_no_error (error);
}

static bool
on_progress (const SeismicDownloadProgress *progress, void *user_data)
{
  static const char *const names[] = {"waiting", "running", "done", "no data", "failed"};
  Fixture *fixture = user_data;
  g_assert_cmpuint (progress->n_done + progress->n_no_data + progress->n_failed, <=,
                    progress->n_events);
  g_assert_true ((progress->reason != NULL) ==
                 (progress->state == SEISMIC_DOWNLOAD_FAILED));
  if (progress->state > SEISMIC_DOWNLOAD_RUNNING)
    g_ptr_array_add (fixture->told, g_strdup_printf ("%s %s", progress->event_id,
                                                     names[progress->state]));
  return ++fixture->n_told != fixture->stop_at;
}

static void
download (Fixture *fixture, SeismicDownloadReport *report)
{
  g_autoptr (GError) error = NULL;
  g_ptr_array_set_size (fixture->told, 0);
  seismic_download_report_clear (report);
  bool done =
      seismic_download (seismic_library_get_folder (fixture->library), &fixture->settings,
                        NULL, &fixture->paused, on_progress, fixture, report, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpuint (fixture->told->len, ==,
                    report->n_done + report->n_no_data + report->failed->len);
}

static guint
count_parts (Fixture *fixture)
{
  g_autofree char *path =
      g_build_filename (seismic_library_get_folder (fixture->library), "waveforms", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += *name == '.';
  return n;
}

static SeismicDownloadNote *
get_note (Fixture *fixture, const char *event, GHashTable **notes)
{
  g_autoptr (GError) error = NULL;
  *notes = seismic_library_list_downloads (fixture->library, &error);
  g_assert_no_error (error);
  return g_hash_table_lookup (*notes, event);
}

/* All of it, then nothing more; with signals, distances and provenance. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GHashTable) notes = NULL;
  download (fixture, &report);
  g_assert_cmpuint (report.n_events, ==, 6);
  g_assert_cmpuint (report.n_done, ==, 6);
  g_assert_cmpuint (report.n_signals, ==, 18);
  g_assert_cmpuint (report.failed->len, ==, 0);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "eventdata", true), ==, 6);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "/station/", false), ==, 1);

  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, NULL);
  g_assert_cmpuint (signals->len, ==, 18);
  uint64_t n_bytes = 0;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_assert_true (info->distance_km > 0.0);
    test_assert_readable (fixture->library, info->id);
  }
  const SeismicDownloadNote *note = get_note (fixture, "72000002", &notes);
  g_assert_cmpint (note->state, ==, SEISMIC_DOWNLOAD_DONE);
  g_assert_cmpstr (note->server, ==, fdsn_stub_get_base (fixture->stub));
  g_assert_nonnull (strstr (note->url, "eventid=72000002"));
  g_assert_true (g_str_has_prefix (note->url, note->server));
  GHashTableIter iter;
  gpointer each;
  g_hash_table_iter_init (&iter, notes);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    n_bytes += ((SeismicDownloadNote *)each)->n_bytes;
  g_assert_cmpuint (n_bytes, ==, report.n_bytes);
  g_autoptr (GPtrArray) faults =
      seismic_library_check (fixture->library, NULL, NULL, NULL);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (count_parts (fixture), ==, 0);

  fdsn_stub_forget_log (fixture->stub);
  download (fixture, &report);
  g_assert_cmpuint (report.n_already, ==, 6);
  g_assert_cmpuint (report.n_done, ==, 0);
  fixture->settings.retry_failed = true;
  download (fixture, &report);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);
}

/* "No data" is an answer that stands, until it is asked for again or elsewhere. */
static void
test_no_data (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  set_without (fixture, "without=72000001,72000002");
  download (fixture, &report);
  g_assert_cmpuint (report.n_no_data, ==, 2);
  g_assert_cmpuint (report.n_done, ==, 1);
  g_assert_cmpuint (report.failed->len, ==, 0);
  fdsn_stub_forget_log (fixture->stub);
  download (fixture, &report);
  g_assert_cmpuint (report.n_already, ==, 3);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);

  set_without (fixture, "without=");
  fixture->settings.retry_failed = true;
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 2);
  g_assert_cmpuint (report.n_already, ==, 1);
}

static void
test_other_server (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  set_without (fixture, "without=72000001");
  download (fixture, &report);
  g_assert_cmpuint (report.n_no_data, ==, 1);
  g_autofree char *with_slash = g_strconcat (fixture->settings.server.base, "/", NULL);
  fixture->settings.server.base = with_slash;
  g_autoptr (GPtrArray) none =
      seismic_download_plan (fixture->library, &fixture->settings, NULL, &error);
  g_assert_cmpuint (none->len, ==, 0);

  FdsnStubSettings settings = fdsn_stub_default ();
  g_autoptr (FdsnStub) other = fdsn_stub_new (&settings, &error);
  g_assert_no_error (error);
  seismic_fdsn_url_server (fdsn_stub_get_base (other), &fixture->settings.server, &error);
  g_assert_no_error (error);
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 1);
  g_assert_cmpuint (fdsn_stub_count (other, "eventdata", false), ==, 1);
}

/* One event fails, the others arrive; what may pass is asked again by itself. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *rule;
    int code;
    bool worth_retry;
  } cases[] = {
      {"match=72000002&status=500", SEISMIC_ERROR_SERVER, true},
      {"match=72000002&status=503", SEISMIC_ERROR_BUSY, true},
      {"match=72000002&fault=reset", SEISMIC_ERROR_NETWORK, true},
      {"match=72000002&fault=html", SEISMIC_ERROR_NOT_DATA, true},
      {"match=72000002&status=403", SEISMIC_ERROR_RESTRICTED, false},
      {"match=72000002&status=400&reason=bad+event", SEISMIC_ERROR_REQUEST, false},
  };
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GHashTable) notes = NULL;
    fdsn_stub_clear_rules (fixture->stub);
    add_rule (fixture, cases[i].rule);
    fixture->settings.retry_failed = i > 0;
    download (fixture, &report);
    g_test_message ("%s", cases[i].rule);
    g_assert_cmpuint (report.n_done, ==, i == 0 ? 2 : 0);
    g_assert_cmpuint (report.failed->len, ==, 1);
    const SeismicSkip *skip = report.failed->pdata[0];
    g_assert_cmpstr (skip->item, ==, "72000002");
    g_assert_error (skip->reason, SEISMIC_ERROR, cases[i].code);
    const SeismicDownloadNote *note = get_note (fixture, "72000002", &notes);
    g_assert_error (note->reason, SEISMIC_ERROR, cases[i].code);
    g_assert_cmpstr (note->reason->message, ==, skip->reason->message);
    fixture->settings.retry_failed = false;
    g_autoptr (GPtrArray) plan =
        seismic_download_plan (fixture->library, &fixture->settings, NULL, &error);
    g_assert_cmpuint (plan->len, ==, cases[i].worth_retry ? 1 : 0);
    g_assert_cmpuint (count_parts (fixture), ==, 0);
  }
  g_autoptr (GHashTable) notes = NULL;
  g_assert_nonnull (
      strstr (get_note (fixture, "72000002", &notes)->reason->message, "bad event"));
  fdsn_stub_clear_rules (fixture->stub);
  fixture->settings.retry_failed = true;
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 1);
}

/* Without gathers the stations around the epicentre are asked for, with all that is known
 * of them: none is asked about a second time. */
static void
test_dataselect (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GPtrArray) events = seismic_library_list_events (fixture->library, NULL);
  for (guint i = 0; i < events->len; i++) { /* so large that all stations are near */
    SeismicEvent *event = events->pdata[i];
    event->magnitude = 8.0;
    g_assert_true (seismic_library_put_event (fixture->library, event, NULL));
  }
  fixture->settings.server.has_gathers = false;
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 3);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "dataselect", false), ==, 3);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "fdsnws/station", false), ==, 3);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, NULL);
  g_assert_cmpuint (signals->len, ==, 9);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    g_assert_false (isnan (info->distance_km));
    g_assert_false (isnan (info->counts_per_ms2[0]));
  }
}

/* A station service that fails costs distances, not records. */
static void
test_no_stations (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  add_rule (fixture, "match=/station/&status=500&times=4");
  fixture->settings.n_jobs = 1;
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 3);
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (fixture->library, NULL);
  for (guint i = 0; i < signals->len; i++) /* the second event asked again */
    g_assert_false (isnan (((SeismicSignalInfo *)signals->pdata[i])->distance_km));
}

/* What stands in its place without a note is taken, not fetched; a part is not. */
static void
test_left_over (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GBytes) bytes = test_record_of_station ("SY", "S01", 1);
  const char *content = g_bytes_get_data (bytes, NULL);
  const size_t n_bytes = g_bytes_get_size (bytes);
  g_autofree char *waveforms =
      g_build_filename (seismic_library_get_folder (fixture->library), "waveforms", NULL);
  test_write_file (waveforms, "72000001/downloaded.mseed", content, n_bytes);
  test_write_file (waveforms, "72000002/downloaded.mseed", "no records", 10);
  test_write_file (waveforms, ".part-72000003.0", content, n_bytes / 2);
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 3);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "72000001", false), ==, 0);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "eventdata", false), ==, 2);
  g_assert_cmpuint (count_parts (fixture), ==, 0);
  test_assert_readable (fixture->library, "72000001/SY.S01..HN");
  test_assert_readable (fixture->library, "72000002/SY.S01..HN");
}

/* A file that went missing is fetched again. */
static void
test_lost_file (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  download (fixture, &report);
  g_autofree char *path =
      seismic_library_record_path (fixture->library, "72000002", SEISMIC_DOWNLOAD_NAME);
  g_unlink (path);
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 1);
  g_assert_cmpuint (report.n_already, ==, 2);
  g_autoptr (GPtrArray) faults =
      seismic_library_check (fixture->library, NULL, NULL, NULL);
  g_assert_cmpuint (faults->len, ==, 0);
  test_assert_readable (fixture->library, "72000002/SY.S01..HN");
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char *const named[] = {"72000001", NULL}, *const unknown[] = {"1", NULL};
  g_auto (SeismicDownloadReport) report = {0};
  size_t n_already = 7;
  test_put_record (fixture->library, "72000001", "mine",
                   test_record_of_station ("SY", "S01", 1), NULL);
  g_autoptr (GPtrArray) all =
      seismic_download_plan (fixture->library, &fixture->settings, &n_already, &error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (n_already, ==, 1);
  g_assert_cmpstr (((SeismicEvent *)all->pdata[0])->id, ==, "72000003");

  fixture->settings.event_ids = named; /* the user's own records do not count then */
  g_autoptr (GPtrArray) one =
      seismic_download_plan (fixture->library, &fixture->settings, &n_already, &error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (n_already, ==, 0);
  fixture->settings.event_ids = unknown;
  g_assert_null (
      seismic_download_plan (fixture->library, &fixture->settings, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);

  fixture->settings.event_ids = NULL;
  fixture->settings.limit = 1;
  download (fixture, &report);
  g_assert_cmpuint (report.n_done, ==, 1);
  g_assert_cmpuint (report.n_events, ==, 2);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "eventdata", false), ==, 1);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "72000003", false), ==, 1);
}

/* Stopped by its progress after any call: the rest comes later, nothing twice. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  size_t n_done = 0;
  add_rule (fixture, "match=eventdata&delay=0.3");
  for (fixture->stop_at = 2; fixture->stop_at < 12; fixture->stop_at += 3) {
    fixture->n_told = 0;
    seismic_download_report_clear (&report);
    bool done = seismic_download (seismic_library_get_folder (fixture->library),
                                  &fixture->settings, NULL, NULL, on_progress, fixture,
                                  &report, &error);
    if (!done)
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    n_done += report.n_done;
    g_assert_cmpuint (count_parts (fixture), ==, 0);
  }
  fixture->stop_at = 0;
  download (fixture, &report);
  g_assert_cmpuint (n_done + report.n_done, ==, 3);
  g_assert_cmpuint (test_count_signals (fixture->library), ==, 9);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (300000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Cancelled while a body trickles in: at once, and no trace stays. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  add_rule (fixture, "match=eventdata&rate=500");
  gint64 start_us = g_get_monotonic_time ();
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (seismic_download (seismic_library_get_folder (fixture->library),
                                    &fixture->settings, cancellable, NULL, NULL, NULL,
                                    &report, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (report.n_done, ==, 0);
  g_assert_cmpuint (count_parts (fixture), ==, 0);
}

static gpointer
resume_soon (gpointer data)
{
  Fixture *fixture = data;
  g_usleep (400000);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);
  g_atomic_int_set (&fixture->paused, 0);
  return NULL;
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  fixture->paused = 1;
  GThread *thread = g_thread_new ("resume", resume_soon, fixture);
  download (fixture, &report);
  g_thread_join (thread);
  g_assert_cmpuint (report.n_done, ==, 3);
}

static gpointer
pause_late (gpointer data)
{
  Fixture *fixture = data;
  while (fdsn_stub_count (fixture->stub, "eventdata", false) < 3)
    g_usleep (1000);
  g_atomic_int_set (&fixture->paused, 1);
  return NULL;
}

/* Paused when nothing is left to wait with: it ends. */
static void
test_pause_late (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  add_rule (fixture, "match=eventdata&delay=0.3");
  GThread *thread = g_thread_new ("pause", pause_late, fixture);
  download (fixture, &report);
  g_thread_join (thread);
  g_assert_cmpuint (report.n_done, ==, 3);
  g_assert_cmpint (g_atomic_int_get (&fixture->paused), ==, 1);
}

static gpointer
download_alone (gpointer data)
{
  Fixture *fixture = data;
  g_auto (SeismicDownloadReport) report = {0};
  seismic_download (seismic_library_get_folder (fixture->library), &fixture->settings,
                    NULL, NULL, NULL, NULL, &report, NULL);
  return GSIZE_TO_POINTER (report.n_done);
}

/* Two downloads at once into one library: the second is refused. */
static void
test_two (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  add_rule (fixture, "match=eventdata&delay=0.5");
  GThread *thread = g_thread_new ("other", download_alone, fixture);
  while (fdsn_stub_count (fixture->stub, NULL, false) == 0)
    g_usleep (1000);
  g_assert_false (seismic_download (seismic_library_get_folder (fixture->library),
                                    &fixture->settings, NULL, NULL, NULL, NULL, &report,
                                    &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (thread)), ==, 3);
}

/* A server that is gone is not asked for every one of many events. */
static void
test_hopeless (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  add_rule (fixture, "fault=reset");
  fixture->settings.limits.n_tries = 1;
  fixture->settings.n_jobs = 5;
  download (fixture, &report);
  g_assert_cmpuint (report.failed->len, >=, 25);
  g_assert_cmpuint (report.failed->len, <, 30);
  g_assert_cmpuint (report.n_left + report.failed->len, ==, 40);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (SeismicDownloadReport) report = {0};
  g_autoptr (GError) error = NULL;
  fixture->settings.server.has_waveforms = false;
  g_assert_false (seismic_download (seismic_library_get_folder (fixture->library),
                                    &fixture->settings, NULL, NULL, NULL, NULL, &report,
                                    &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_clear_error (&error);
  fixture->settings.server.has_waveforms = true;
  seismic_download_report_clear (&report);
  g_assert_false (seismic_download ("/nonexistent/library", &fixture->settings, NULL,
                                    NULL, NULL, NULL, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);
}

/* Without an earlier download by the default, then by what came; what is complete is 0.
 */
static void
test_estimate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicDownloadReport) report = {0};
  SeismicDownloadEstimate estimate = {0};
  static const char *const unknown[] = {"1", NULL};
  seismic_download_estimate (fixture->library, &fixture->settings, &estimate, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (estimate.n_events, ==, 3);
  g_assert_cmpuint (estimate.n_bytes, ==, 3 * (uint64_t)SEISMIC_DOWNLOAD_BYTES_PER_EVENT);
  g_assert_false (estimate.is_measured);

  set_without (fixture, "without=72000002");
  fixture->settings.limit = 2; /* one with records, one without */
  download (fixture, &report);
  fixture->settings.limit = 0;
  g_assert_cmpuint (report.n_done, ==, 1);
  g_assert_cmpuint (report.n_no_data, ==, 1);
  fdsn_stub_forget_log (fixture->stub);
  seismic_download_estimate (fixture->library, &fixture->settings, &estimate, &error);
  g_assert_cmpuint (estimate.n_events, ==, 1);
  g_assert_cmpuint (estimate.n_already, ==, 2);
  g_assert_true (estimate.is_measured);
  g_assert_cmpuint (estimate.n_bytes, ==, report.n_bytes / 2);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, NULL, false), ==, 0);

  download (fixture, &report);
  seismic_download_estimate (fixture->library, &fixture->settings, &estimate, &error);
  g_assert_cmpuint (estimate.n_events, ==, 0);
  g_assert_cmpuint (estimate.n_bytes, ==, 0);
  fixture->settings.event_ids = unknown;
  g_assert_false (seismic_download_estimate (fixture->library, &fixture->settings,
                                             &estimate, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, n_events, function)                                                    \
  g_test_add ("/download/" name, Fixture, GSIZE_TO_POINTER (n_events), set_up, function, \
              tear_down)
  ADD ("all", 6, test_all);
  ADD ("no-data", 3, test_no_data);
  ADD ("other-server", 2, test_other_server);
  ADD ("failures", 3, test_failures);
  ADD ("no-stations", 3, test_no_stations);
  ADD ("dataselect", 3, test_dataselect);
  ADD ("left-over", 3, test_left_over);
  ADD ("lost-file", 3, test_lost_file);
  ADD ("plan", 3, test_plan);
  ADD ("estimate", 3, test_estimate);
  ADD ("stop", 3, test_stop);
  ADD ("cancel", 3, test_cancel);
  ADD ("pause", 3, test_pause);
  ADD ("pause-late", 3, test_pause_late);
  ADD ("two", 3, test_two);
  ADD ("hopeless", 40, test_hopeless);
  ADD ("refused", 1, test_refused);
  return g_test_run ();
}
