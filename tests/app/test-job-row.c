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
start (void)
{
  g_atomic_int_set (&go_on, 0);
  return sae_job_start (SAE_JOB_IMPORT, work, NULL, NULL, NULL, NULL, NULL);
}

static void
test_shows_progress_and_failure (void)
{
  g_autoptr (SaeJob) job = start ();
  GtkWidget *row = g_object_ref_sink (sae_job_row_new (job));
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

static void
test_cancels (void)
{
  g_autoptr (SaeJob) job = start ();
  GtkWidget *row = g_object_ref_sink (sae_job_row_new (job));
  GtkButton *button = widget_test_find (row, GTK_TYPE_BUTTON);

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
  g_test_add_func ("/app/job-row/cancels", test_cancels);
  return g_test_run ();
}
