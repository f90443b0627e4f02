/* Searching and downloading without a screen, from a data center on the loopback. */
#include "session/tasks.h"

#include "seismic/error.h"
#include "session/event-item.h"
#include "support/fdsn-stub.h"
#include "support/main-loop.h"

typedef struct {
  SaeSession *session;
  FdsnStub *stub;
  SeismicEventQuery query;
  gboolean queried, downloaded;
  guint n_found, n_new;
  size_t n_done, n_no_data, n_failed, n_already;
  GError *error;
} Fixture;

static void
note_failed (SaeSession *session, SaeJob *job, const GError *error, Fixture *fixture)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
note_queried (SaeSession *session, guint n_found, guint n_new, Fixture *fixture)
{
  fixture->queried = TRUE;
  fixture->n_found = n_found;
  fixture->n_new = n_new;
}

static void
note_downloaded (SaeSession *session, const SeismicDownloadReport *report,
                 Fixture *fixture)
{
  fixture->downloaded = TRUE;
  fixture->n_done = report->n_done;
  fixture->n_no_data = report->n_no_data;
  fixture->n_failed = report->failed->len;
  fixture->n_already = report->n_already;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FdsnStubSettings settings = fdsn_stub_default ();

  settings.n_events = 6;
  settings.without = "72000002";
  fixture->stub = fdsn_stub_new (&settings, &fixture->error);
  g_assert_no_error (fixture->error);
  seismic_event_query_init (&fixture->query);
  fixture->session = sae_session_new ();
  g_signal_connect (fixture->session, "failed", G_CALLBACK (note_failed), fixture);
  g_signal_connect (fixture->session, "queried", G_CALLBACK (note_queried), fixture);
  g_signal_connect (fixture->session, "downloaded", G_CALLBACK (note_downloaded),
                    fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_clear_error (&fixture->error);
  seismic_event_query_clear (&fixture->query);
  g_assert_finalize_object (fixture->session);
  fdsn_stub_free (fixture->stub);
}

static void
add_rule (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;

  fdsn_stub_add_rule (fixture->stub, rule, &error);
  g_assert_no_error (error);
}

static void
wait_for_job (SaeJob *job)
{
  SaeJob *alive = g_object_ref (job);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (sae_job_get_state (job) == SAE_JOB_RUNNING) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
  drain_main_loop ();
  g_object_unref (alive);
}

static void
search (Fixture *fixture)
{
  SaeJob *job = sae_tasks_query (fixture->session, fdsn_stub_get_base (fixture->stub),
                                 &fixture->query);

  g_assert_true (sae_session_get_query (fixture->session) == job);
  g_assert_null (sae_tasks_query (fixture->session, "ncedc", &fixture->query));
  wait_for_job (job);
  g_assert_null (sae_session_get_query (fixture->session));
}

static SaeDownload *
start_download (Fixture *fixture, const char *const *ids, gboolean retry)
{
  SaeDownload *download;

  fixture->downloaded = FALSE;
  download = sae_tasks_download (fixture->session, fdsn_stub_get_base (fixture->stub),
                                 ids, 3, retry);
  g_assert_nonnull (download);
  g_assert_true (sae_session_get_download (fixture->session) == download);
  g_assert_null (sae_tasks_download (fixture->session, "ncedc", NULL, 3, FALSE));
  return download;
}

static guint
n_events (Fixture *fixture)
{
  return g_list_model_get_n_items (sae_session_get_events (fixture->session));
}

static guint
n_signals (Fixture *fixture)
{
  return g_list_model_get_n_items (sae_session_get_signals (fixture->session));
}

static SaeDownloadItem *
find_item (SaeDownload *download, const char *id)
{
  GListModel *items = sae_download_get_items (download);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeDownloadItem) item = g_list_model_get_item (items, i);

    if (g_str_equal (sae_download_item_get_event (item)->id, id))
      return item; /* the list's */
  }
  return NULL;
}

/* A search without a library makes one; the second knows all; a failed one makes none. */
static void
test_query (Fixture *fixture, gconstpointer data)
{
  add_rule (fixture, "match=event/1&times=1&status=400&reason=No%20such%20thing");
  search (fixture);
  g_assert_error (fixture->error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_false (fixture->queried);
  g_assert_null (sae_session_get_folder (fixture->session));

  fixture->query.min_magnitude = 8.9; /* none are so large */
  search (fixture);
  g_assert_true (fixture->queried);
  g_assert_cmpuint (fixture->n_found, ==, 0);
  g_assert_null (sae_session_get_folder (fixture->session));

  fixture->query.min_magnitude = 5;
  search (fixture);
  g_assert_cmpuint (fixture->n_found, ==, 6);
  g_assert_cmpuint (fixture->n_new, ==, 6);
  g_assert_cmpuint (n_events (fixture), ==, 6);
  g_assert_true (g_str_has_prefix (sae_session_get_folder (fixture->session),
                                   g_get_user_data_dir ()));
  search (fixture);
  g_assert_cmpuint (fixture->n_found, ==, 6);
  g_assert_cmpuint (fixture->n_new, ==, 0);
  g_assert_cmpuint (n_events (fixture), ==, 6);
}

static void
test_bad_server (Fixture *fixture, gconstpointer data)
{
  SaeJob *job = sae_tasks_query (fixture->session, "file:///etc", &fixture->query);

  wait_for_job (job);
  g_assert_error (fixture->error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
}

/* Records come once; what failed comes with a retry. */
static void
test_download (Fixture *fixture, gconstpointer data)
{
  SaeDownload *download;
  g_autoptr (SaeEventItem) newest = NULL;

  search (fixture);
  add_rule (fixture, "match=72000003&status=403");
  download = start_download (fixture, NULL, FALSE);
  wait_for_job (sae_download_get_job (download));
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->downloaded);
  g_assert_cmpuint (fixture->n_done, ==, 4);
  g_assert_cmpuint (fixture->n_no_data, ==, 1);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpuint (n_signals (fixture), ==, 4 * 3);
  g_assert_cmpuint (g_list_model_get_n_items (sae_download_get_items (download)), ==, 6);
  g_assert_cmpint (sae_download_item_get_state (find_item (download, "72000001")), ==,
                   SEISMIC_DOWNLOAD_DONE);
  g_assert_cmpint (sae_download_item_get_state (find_item (download, "72000002")), ==,
                   SEISMIC_DOWNLOAD_NO_DATA);
  g_assert_error (sae_download_item_get_reason (find_item (download, "72000003")),
                  SEISMIC_ERROR, SEISMIC_ERROR_RESTRICTED);
  g_assert_cmpuint (sae_download_get_totals (download).n_done, ==, 4);
  newest = g_list_model_get_item (sae_session_get_events (fixture->session), 0);
  g_assert_cmpuint (sae_event_item_get_bytes (newest), >, 0);
  g_assert_cmpint (sae_event_item_get_state (newest), ==, SEISMIC_DOWNLOAD_DONE);
  /* 4 with records and 1 without tell what another 5 would bring. */
  g_assert_cmpuint (sae_session_estimate_download (fixture->session, 5), ==,
                    sae_download_get_totals (download).n_bytes);

  fdsn_stub_clear_rules (fixture->stub);
  fdsn_stub_forget_log (fixture->stub);
  download = start_download (fixture, (const char *const[]){"72000003", NULL}, TRUE);
  wait_for_job (sae_download_get_job (download));
  g_assert_cmpuint (fixture->n_done, ==, 1);
  g_assert_cmpuint (n_signals (fixture), ==, 5 * 3);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "72000003", false), ==, 1);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "eventdata", false), ==, 1);

  download = start_download (fixture, NULL, FALSE);
  wait_for_job (sae_download_get_job (download));
  g_assert_true (fixture->downloaded);
  g_assert_cmpuint (fixture->n_already, ==, 6);
  g_assert_cmpuint (fdsn_stub_count (fixture->stub, "eventdata", false), ==, 1);
}

static size_t
n_ended (SaeDownload *download)
{
  SaeDownloadTotals totals = sae_download_get_totals (download);

  return totals.n_done + totals.n_no_data + totals.n_failed;
}

static void
iterate (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  SaeDownload *download;

  search (fixture);
  download = start_download (fixture, NULL, FALSE);
  sae_download_set_paused (download, TRUE);
  iterate (800);
  g_assert_true (sae_download_is_running (download));
  g_assert_cmpuint (n_ended (download), <, 6);
  sae_download_set_paused (download, FALSE);
  wait_for_job (sae_download_get_job (download));
  g_assert_cmpuint (fixture->n_done, ==, 5);
}

/* Cancelling keeps what has come, shows it, and is no failure. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  SaeDownload *download;
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  search (fixture);
  add_rule (fixture, "match=72000001&delay=30");
  download = start_download (fixture, NULL, FALSE);
  while (n_ended (download) < 5 && g_get_monotonic_time () < end)
    iterate (10);
  sae_job_cancel (sae_download_get_job (download));
  wait_for_job (sae_download_get_job (download));
  g_assert_no_error (fixture->error);
  g_assert_cmpint (sae_job_get_state (sae_download_get_job (download)), ==,
                   SAE_JOB_CANCELLED);
  g_assert_true (fixture->downloaded);
  g_assert_cmpuint (fixture->n_done, ==, 4);
  g_assert_cmpuint (n_signals (fixture), ==, 4 * 3);
}

/* Another library takes the session; what ends later does not bring the first back. */
static void
test_other_library (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("sae-network-XXXXXX", NULL);
  SaeDownload *download;

  search (fixture);
  add_rule (fixture, "match=eventdata&delay=30");
  download = g_object_ref (start_download (fixture, NULL, FALSE));
  wait_for_job (sae_tasks_create_library (fixture->session, folder));
  wait_for_job (sae_download_get_job (download));
  g_object_unref (download);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (sae_session_get_folder (fixture->session), ==, folder);
  g_assert_cmpuint (n_events (fixture), ==, 0);
  g_assert_null (sae_session_get_download (fixture->session));
}

#define ADD(path, function)                                                              \
  g_test_add ("/tasks-network/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("query", test_query);
  ADD ("bad-server", test_bad_server);
  ADD ("download", test_download);
  ADD ("pause", test_pause);
  ADD ("cancel", test_cancel);
  ADD ("other-library", test_other_library);
  return g_test_run ();
}
