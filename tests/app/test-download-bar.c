#include "app/download-bar.h"

#include "support/fdsn-stub.h"
#include "support/widgets.h"

static void
test_summary (void)
{
  g_auto (SeismicDownloadReport) report = {.n_done = 9, .n_no_data = 2};
  g_autofree char *text = NULL, *stopped = NULL, *nothing = NULL;

  report.failed = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  text = sae_download_bar_summary (&report, FALSE);
  g_assert_cmpstr (text, ==, "9 events taken, 2 without records");
  stopped = sae_download_bar_summary (&report, TRUE);
  g_assert_cmpstr (stopped, ==, "Stopped: 9 events taken, 2 without records");
  report.n_done = report.n_no_data = 0;
  nothing = sae_download_bar_summary (&report, FALSE);
  g_assert_cmpstr (nothing, ==, "All records there are have been downloaded before");
}

static gboolean
is_over (SaeSession *session)
{
  return !sae_download_is_running (sae_session_get_download (session));
}

static void
search (SaeSession *session, const char *base)
{
  g_auto (SeismicEventQuery) query = {0};

  seismic_event_query_init (&query);
  sae_tasks_query (session, base, &query);
  wait_until (sae_session_get_folder (session));
}

/* Paused, resumed, one failure, its retry: as the buttons do it. */
static void
test_download (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);
  SaeSession *session = sae_session_new ();
  GtkWidget *bar =
      g_object_ref_sink (g_object_new (SAE_TYPE_DOWNLOAD_BAR, "session", session, NULL));

  g_assert_no_error (error);
  search (session, fdsn_stub_get_base (stub));
  g_assert_false (gtk_widget_get_visible (bar));
  fdsn_stub_add_rule (stub, "match=72000003&status=403", &error);
  sae_tasks_download (session, fdsn_stub_get_base (stub), NULL, 3, FALSE);
  g_assert_true (gtk_widget_get_visible (bar));
  gtk_widget_activate_action (bar, "download.pause", NULL);
  assert_shows (bar, "Paused");
  assert_shows (bar, "Resume");
  gtk_widget_activate_action (bar, "download.pause", NULL);
  wait_until (is_over (session));
  widget_test_drain ();
  assert_shows (bar, "11 events taken, 1 failed");
  g_assert_true (gtk_widget_get_visible (bar));

  fdsn_stub_clear_rules (stub);
  gtk_widget_activate_action (bar, "download.retry", NULL);
  g_assert_false (is_over (session));
  wait_until (is_over (session));
  widget_test_drain ();
  g_assert_false (gtk_widget_get_visible (bar)); /* nothing is left to do */
  g_assert_finalize_object (bar);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* The detail of the row at position: what failed comes first. */
static SaeDownloadItem *
row_at (GtkWidget *bar, guint position)
{
  GtkListView *list = widget_test_find (bar, GTK_TYPE_LIST_VIEW);
  SaeDownloadItem *item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  g_object_unref (item);
  return item;
}

/* One row's retry leaves the others' failures where they are. */
static void
test_retry_one (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);
  SaeSession *session = sae_session_new ();
  GtkWidget *bar =
      g_object_ref_sink (g_object_new (SAE_TYPE_DOWNLOAD_BAR, "session", session, NULL));

  g_assert_no_error (error);
  search (session, fdsn_stub_get_base (stub));
  fdsn_stub_add_rule (stub, "match=72000003&status=403", &error);
  fdsn_stub_add_rule (stub, "match=72000005&status=403", &error);
  sae_tasks_download (session, fdsn_stub_get_base (stub), NULL, 3, FALSE);
  wait_until (is_over (session));
  widget_test_drain ();
  assert_shows (bar, "10 events taken, 2 failed");
  g_assert_cmpstr (sae_download_item_get_event (row_at (bar, 0))->id, ==, "72000005");
  g_assert_cmpstr (sae_download_item_get_event (row_at (bar, 1))->id, ==, "72000003");

  fdsn_stub_clear_rules (stub);
  gtk_widget_activate_action (bar, "download.retry-event", "s", "72000003");
  wait_until (is_over (session));
  widget_test_drain ();
  assert_shows (bar, "1 event taken, 1 failed");
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpstr (sae_download_item_get_event (row_at (bar, 0))->id, ==, "72000005");
  g_assert_cmpstr (sae_download_item_get_event (row_at (bar, 1))->id, ==, "72000003");
  gtk_widget_activate_action (bar, "download.retry", NULL);
  wait_until (is_over (session));
  widget_test_drain ();
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_cmpuint (fdsn_stub_count (stub, "eventid=72000005", false), ==, 2);
  g_assert_finalize_object (bar);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

static void
test_cancel_and_close (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);
  SaeSession *session = sae_session_new ();
  GtkWidget *bar =
      g_object_ref_sink (g_object_new (SAE_TYPE_DOWNLOAD_BAR, "session", session, NULL));

  g_assert_no_error (error);
  search (session, fdsn_stub_get_base (stub));
  fdsn_stub_add_rule (stub, "match=eventdata&delay=30", &error);
  sae_tasks_download (session, fdsn_stub_get_base (stub), NULL, 3, FALSE);
  gtk_widget_activate_action (bar, "download.cancel", NULL);
  wait_until (is_over (session));
  widget_test_drain ();
  g_assert_false (gtk_widget_get_visible (bar));

  fdsn_stub_clear_rules (stub);
  fdsn_stub_add_rule (stub, "match=72000003&status=403", &error);
  sae_tasks_download (session, fdsn_stub_get_base (stub), NULL, 3, FALSE);
  wait_until (is_over (session));
  widget_test_drain ();
  g_assert_true (gtk_widget_get_visible (bar));
  gtk_widget_activate_action (bar, "download.close", NULL);
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_finalize_object (bar);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  g_test_add_func ("/app/download-bar/summary", test_summary);
  g_test_add_func ("/app/download-bar/download", test_download);
  g_test_add_func ("/app/download-bar/retry-one", test_retry_one);
  g_test_add_func ("/app/download-bar/cancel-and-close", test_cancel_and_close);
  return g_test_run ();
}
