/* How long the main loop is kept from its work while the sample is trained on, with the
 * training page on the screen: what its turns take of the processor and by the clock, and
 * how late a timer of 5 ms comes. */
#include "app/training-page.h"

#include "app/training-settings.h"
#include "support/turns.h"
#include "support/widgets.h"

enum { PERIOD_MS = 5, SECONDS = 20 };

typedef struct {
  GArray *late_ms; /* double */
  gint64 before_us;
} Watch;

static gboolean
tick (gpointer data)
{
  Watch *watch = data;
  gint64 now_us = g_get_monotonic_time ();
  double late_ms = (double)(now_us - watch->before_us) / 1e3 - PERIOD_MS;

  if (watch->before_us > 0)
    g_array_append_val (watch->late_ms, late_ms);
  watch->before_us = now_us;
  return G_SOURCE_CONTINUE;
}

static void
report (const char *name, const char *what, GArray *ms)
{
  guint over = 0;

  g_array_sort (ms, turns_compare);
  for (guint i = 0; i < ms->len; i++)
    over += g_array_index (ms, double, i) > 50;
  g_print ("%-9s %-22s %5u: median %.2f ms, 99 %% %.1f ms, longest %.1f ms; %u over "
           "50 ms\n",
           name, what, ms->len, turns_quantile (ms, 0.5), turns_quantile (ms, 0.99),
           turns_quantile (ms, 1), over);
}

static void
measure (const char *name, double seconds)
{
  Watch watch = {.late_ms = g_array_new (FALSE, FALSE, sizeof (double))};
  Turns turns;
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
  guint source = g_timeout_add (PERIOD_MS, tick, &watch);

  turns_begin (&turns);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  turns_end (&turns);
  g_source_remove (source);
  report (name, "a turn's own work", turns.cpu_ms);
  report (name, "a turn by the clock", turns.wall_ms);
  report (name, "a tick late", watch.late_ms);
  turns_clear (&turns);
  g_array_unref (watch.late_ms);
}

static void
on_failed (SaeSession *session, SaeJob *job, const GError *error)
{
  g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  SaeSession *session;
  GtkWindow *window;
  SaeTrainingPage *page;
  AnalysisTrainingSettings settings;
  g_autofree char *home = g_dir_make_tmp ("sae-latency-XXXXXX", NULL);

  /* Before anything asks for the user's folders. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  session = sae_session_new ();
  g_signal_connect (session, "failed", G_CALLBACK (on_failed), NULL);
  window = GTK_WINDOW (gtk_window_new ());
  page = g_object_new (SAE_TYPE_TRAINING_PAGE, "session", session, NULL);
  gtk_window_set_child (window, GTK_WIDGET (page));
  gtk_window_set_default_size (window, 1280, 740);
  gtk_window_present (window);
  sae_tasks_open_sample (session);
  wait_until (sae_session_get_folder (session));
  widget_test_drain ();
  measure ("at rest", 3);
  settings = sae_training_settings_get (
      widget_test_find (GTK_WIDGET (page), SAE_TYPE_TRAINING_SETTINGS));
  settings.trainer.n_epochs = 100000;
  sae_tasks_train (session, &settings);
  wait_until (sae_loss_history_get_view (sae_session_get_losses (session)).n_batches > 0);
  measure ("training", SECONDS);
  g_print ("%zu batches, %.0f samples/s\n",
           sae_loss_history_get_view (sae_session_get_losses (session)).n_batches,
           sae_loss_history_get_view (sae_session_get_losses (session))
               .latest.samples_per_second);
  sae_tasks_cancel_all (session);
  gtk_window_destroy (window);
  g_object_unref (session);
  tiny_library_remove (home);
  return 0;
}
