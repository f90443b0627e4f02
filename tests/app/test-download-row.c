#include "app/download-row.h"

#include "seismic/error.h"
#include "support/widgets.h"

static gboolean
never_ends (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  while (!sae_job_is_cancelled (job))
    g_usleep (500);
  return !g_cancellable_set_error_if_cancelled (sae_job_get_cancellable (job), error);
}

static void
test_states (void)
{
  g_autoptr (SeismicEvent) event = seismic_event_new ("72000001");
  g_autoptr (GError) reason =
      g_error_new_literal (SEISMIC_ERROR, SEISMIC_ERROR_RESTRICTED, "403");
  SaeDownload *download = sae_download_new ("ncedc");
  SaeDownloadItem *item;
  SaeJob *job =
      sae_job_start (SAE_JOB_DOWNLOAD, never_ends, NULL, NULL, NULL, NULL, NULL);
  GtkWidget *row = g_object_ref_sink (sae_download_row_new ());
  GtkWidget *retry, *bar;

  event->magnitude = 6;
  item = sae_download_item_new (event);
  sae_download_set_job (download, job);
  bar = widget_test_find (row, GTK_TYPE_PROGRESS_BAR);
  retry = widget_test_find (row, GTK_TYPE_BUTTON);
  sae_download_row_set (SAE_DOWNLOAD_ROW (row), download, item);
  assert_shows (row, "6.0 · 72000001");
  assert_shows (row, "Waiting");
  sae_download_item_update (item, SEISMIC_DOWNLOAD_RUNNING, 1000, 4000, NULL);
  assert_shows (row, "of 4.0");
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  sae_download_item_update (item, SEISMIC_DOWNLOAD_NO_DATA, 0, 0, NULL);
  assert_shows (row, "No records");
  g_assert_false (gtk_widget_get_visible (bar));
  sae_download_item_update (item, SEISMIC_DOWNLOAD_FAILED, 0, 0, reason);
  assert_shows (row, "Ask the data center for access.");
  g_assert_false (gtk_widget_get_visible (retry)); /* the download still runs */
  sae_job_cancel_and_wait (job);
  g_assert_true (gtk_widget_get_visible (retry));
  sae_download_row_set (SAE_DOWNLOAD_ROW (row), NULL, NULL);
  sae_download_item_update (item, SEISMIC_DOWNLOAD_DONE, 5, 5,
                            NULL); /* not listened to */
  widget_test_drain ();
  g_assert_finalize_object (row);
  g_assert_finalize_object (item);
  g_assert_finalize_object (download);
  g_assert_finalize_object (job);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/download-row/states", test_states);
  return g_test_run ();
}
