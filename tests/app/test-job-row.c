#include "app/job-row.h"

#include "support/widgets.h"

static gint go_on; /* atomic: the job may end */

static gboolean
work (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  sae_job_report (job, 0.5, "file-7", 90);
  while (!g_atomic_int_get (&go_on) && !sae_job_is_cancelled (job))
    g_usleep (500);
  if (sae_job_is_cancelled (job)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    return FALSE;
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static SaeJob *
start_kind (SaeJobKind kind)
{
  g_atomic_int_set (&go_on, 0);
  return sae_job_start (kind, work, NULL, NULL, NULL, NULL, NULL);
}

static SaeJob *
start (void)
{
  return start_kind (SAE_JOB_IMPORT);
}

static void
test_shows_progress_and_failure (void)
{
  g_autoptr (SaeJob) job = start ();
  GtkWidget *row = g_object_ref_sink (sae_job_row_new (job, NULL));
  GtkProgressBar *bar = widget_test_find (row, GTK_TYPE_PROGRESS_BAR);

  assert_shows (row, "Taking in files");
  wait_until (sae_job_get_fraction (job) == 0.5);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (bar), ==, 0.5);
  assert_shows (row, "90\u202fs left");
  g_atomic_int_set (&go_on, 1);
  wait_until (sae_job_get_state (job) == SAE_JOB_FAILED);
  assert_shows (row, "The disk is full.");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_finalize_object (row);
}

static GtkButton *
find_button (GtkWidget *row, const char *id)
{
  return GTK_BUTTON (gtk_widget_get_template_child (row, SAE_TYPE_JOB_ROW, id));
}

/* A training waits by its job, a download by itself, an import not at all. */
static void
test_pauses (void)
{
  g_autoptr (SaeJob) import = start ();
  g_autoptr (SaeJob) training = start_kind (SAE_JOB_TRAIN);
  g_autoptr (SaeJob) job = start_kind (SAE_JOB_DOWNLOAD);
  g_autoptr (SaeDownload) download = sae_download_new ("ncedc");
  GtkWidget *rows[] = {g_object_ref_sink (sae_job_row_new (import, NULL)),
                       g_object_ref_sink (sae_job_row_new (training, NULL)),
                       g_object_ref_sink (sae_job_row_new (job, download))};

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_button (rows[0], "pause"))));
  for (int i = 1; i < 3; i++) {
    GtkButton *pause = find_button (rows[i], "pause");

    g_assert_true (gtk_widget_get_visible (GTK_WIDGET (pause)));
    g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (pause)), ==, "Pause");
    g_signal_emit_by_name (pause, "clicked");
    assert_shows (rows[i], "Paused");
    g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (pause)), ==, "Resume");
  }
  g_assert_true (sae_job_get_paused (training));
  g_assert_true (sae_download_get_paused (download));
  sae_job_set_paused (training, FALSE); /* from elsewhere */
  g_assert_false (widget_test_shows (rows[1], "Paused"));
  g_atomic_int_set (&go_on, 1);
  wait_until (sae_job_get_state (import) == SAE_JOB_FAILED &&
              sae_job_get_state (training) == SAE_JOB_FAILED &&
              sae_job_get_state (job) == SAE_JOB_FAILED);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_button (rows[1], "pause"))));
  for (int i = 0; i < 3; i++)
    g_assert_finalize_object (rows[i]);
}

static void
test_cancels (void)
{
  g_autoptr (SaeJob) job = start ();
  GtkWidget *row = g_object_ref_sink (sae_job_row_new (job, NULL));
  GtkButton *button = find_button (row, "cancel");

  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (button)));
  wait_until (sae_job_get_state (job) == SAE_JOB_CANCELLED);
  assert_shows (row, "Cancelled");
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/job-row/progress-and-failure", test_shows_progress_and_failure);
  g_test_add_func ("/app/job-row/pauses", test_pauses);
  g_test_add_func ("/app/job-row/cancels", test_cancels);
  return g_test_run ();
}
