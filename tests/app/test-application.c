/* The whole job, as a user does it: open, look, train, project, choose, close. */
#include "app/application.h"

#include "app/scatter-chart.h"
#include "app/training-settings.h"
#include "app/window.h"
#include "support/widgets.h"

static SaeWindow *
window_of (SaeApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  return windows ? SAE_WINDOW (windows->data) : NULL;
}

static SaeApplication *
new_application (void)
{
  SaeApplication *application = sae_application_new ();
  g_autoptr (GError) error = NULL;

  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  return application;
}

static void
train (SaeWindow *window, size_t n_epochs)
{
  GtkWidget *form = widget_test_find (GTK_WIDGET (window), SAE_TYPE_TRAINING_SETTINGS);
  AnalysisTrainingSettings settings = widget_test_settings ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "training");
  settings.trainer.n_epochs = n_epochs;
  sae_training_settings_set (SAE_TRAINING_SETTINGS (form), &settings);
  gtk_widget_activate_action (form, "training.start", NULL);
  g_assert_nonnull (sae_session_get_training (sae_window_get_session (window)));
}

static void
check_accels (SaeApplication *application)
{
  static const char *const accels[] = {"<Control>o", "<Control><Shift>o",
                                       "<Control>n", "<Control>q",
                                       "<Control>w", "F1",
                                       "F9",         "<Alt>1",
                                       "<Alt>4",     "<Control>Page_Down"};

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++) {
    g_auto (GStrv) actions =
        gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accels[i]);

    g_assert_cmpuint (g_strv_length (actions), ==, 1);
  }
}

static void
test_whole_job (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeApplication *application = new_application ();
  g_autoptr (GFile) file = NULL;
  SaeWindow *window;
  SaeSession *session;
  SaeScatterChart *chart;

  check_accels (application);
  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  file = g_file_new_for_path (tiny.folder);
  g_application_open (G_APPLICATION (application), &file, 1, "");
  window = window_of (application);
  g_assert_nonnull (window);
  session = sae_window_get_session (window);
  wait_until (sae_session_get_selected (session) != NULL);
  widget_test_drain ();
  train (window, 1);
  wait_until (sae_session_get_has_model (session));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "explore");
  chart = widget_test_find (GTK_WIDGET (window), SAE_TYPE_SCATTER_CHART);
  gtk_widget_activate_action (GTK_WIDGET (chart), "explore.project", NULL);
  wait_until (sae_session_get_projection (session) != NULL);
  SAE_CHART_GET_CLASS (chart)->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  widget_test_drain ();
  wait_until (widget_test_shows (window, "Normalised error"));
  train (window, 10000);
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_batches > 0);
  g_object_ref (window);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_assert_null (window_of (application));
  widget_test_drain ();
  g_assert_finalize_object (window);
  g_object_unref (application); /* GTK keeps some of it till the main loop ends */
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/application/whole-job", test_whole_job);
  return g_test_run ();
}
