#include "app/jobs-button.h"

#include "session/session-private.h"
#include "support/widgets.h"

static gint go_on; /* atomic: the job may end */

static gboolean
work (SaeJob *job, gpointer input, gpointer *result, GError **error)
{
  while (!g_atomic_int_get (&go_on))
    g_usleep (500);
  if (input) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
    return FALSE;
  }
  return TRUE;
}

static void
ended (SaeJob *job, gpointer session)
{
  sae_session_job_ended (session, job);
}

static void
start (SaeSession *session, gpointer fail)
{
  g_autoptr (SaeJob) job =
      sae_job_start (SAE_JOB_PROJECT, work, fail, NULL, NULL, ended, G_OBJECT (session));

  sae_session_add_job (session, job);
}

static void
test_counts (void)
{
  SaeSession *session = sae_session_new ();
  SaeJobsButton *button =
      g_object_ref_sink (g_object_new (SAE_TYPE_JOBS_BUTTON, "session", session, NULL));
  GtkWidget *menu = widget_test_find (GTK_WIDGET (button), GTK_TYPE_MENU_BUTTON);

  g_atomic_int_set (&go_on, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  start (session, NULL);
  start (session, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (menu), ==, "2 running jobs");
  g_atomic_int_set (&go_on, 1);
  wait_until (!gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_finalize_object (button);
  g_assert_finalize_object (session);
}

/* What failed stays till it was seen. */
static void
test_failed (void)
{
  SaeSession *session = sae_session_new ();
  SaeJobsButton *button =
      g_object_ref_sink (g_object_new (SAE_TYPE_JOBS_BUTTON, "session", session, NULL));
  GtkMenuButton *menu = widget_test_find (GTK_WIDGET (button), GTK_TYPE_MENU_BUTTON);

  g_atomic_int_set (&go_on, 1);
  start (session, session);
  wait_until (
      g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (menu)), "1 failed job") == 0);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_signal_emit_by_name (gtk_menu_button_get_popover (menu), "closed");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_finalize_object (button);
  g_assert_finalize_object (session);
}

static gboolean
note (GtkWidget *widget, GVariant *unused, gpointer noted)
{
  return *(gboolean *)noted = TRUE;
}

/* From the keyboard, as GTK has no way to make up an event. */
static void
press (const char *keys)
{
  g_autofree char *command =
      g_strdup_printf ("xdotool search --sync --onlyvisible --name jobs-button "
                       "windowfocus --sync key %s",
                       keys);
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_async (command, &error);
  g_assert_no_error (error);
}

/* One leaves the page while the jobs are looked at. */
static void
test_hands_on_keys (void)
{
  SaeSession *session = sae_session_new ();
  GtkWidget *button = g_object_new (SAE_TYPE_JOBS_BUTTON, "session", session, NULL);
  GtkMenuButton *menu = widget_test_find (button, GTK_TYPE_MENU_BUTTON);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  gboolean noted = FALSE;

  if (!xdotool) {
    g_test_skip ("no xdotool");
    return;
  }
  g_atomic_int_set (&go_on, 0);
  start (session, NULL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Alt>4"),
                        gtk_callback_action_new (note, &noted, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_window_set_title (window, "jobs-button");
  gtk_window_set_child (window, button);
  gtk_window_present (window);
  widget_test_drain ();
  gtk_menu_button_popup (menu);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (menu))));
  press ("alt+4");
  wait_until (noted);
  g_atomic_int_set (&go_on, 1);
  gtk_window_destroy (window);
  sae_tasks_cancel_all (session);
  widget_test_drain ();
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/jobs-button/counts", test_counts);
  g_test_add_func ("/app/jobs-button/failed", test_failed);
  g_test_add_func ("/app/jobs-button/hands-on-keys", test_hands_on_keys);
  return g_test_run ();
}
