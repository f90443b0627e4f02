/* How long the main loop is kept from its work while the sample is trained on: a timer of
 * 5 ms measures by how much it comes late, with the training page on the screen. */
#include "app/training-page.h"

#include "app/training-settings.h"
#include "support/widgets.h"

enum { PERIOD_MS = 5, SECONDS = 20 };

typedef struct {
  GArray *late; /* double, ms */
  gint64 before_us;
} Watch;

static gboolean
tick (gpointer data)
{
  Watch *watch = data;
  gint64 now_us = g_get_monotonic_time ();
  double late = (double)(now_us - watch->before_us) / 1e3 - PERIOD_MS;

  if (watch->before_us > 0)
    g_array_append_val (watch->late, late);
  watch->before_us = now_us;
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static void
report (const char *name, GArray *late)
{
  guint over = 0;

  g_array_sort (late, compare);
  for (guint i = 0; i < late->len; i++)
    over += g_array_index (late, double, i) > 50;
  g_print ("%-10s %5u ticks: median %.1f ms late, 99 %% %.1f ms, worst %.1f ms; %u over "
           "50 ms\n",
           name, late->len, g_array_index (late, double, late->len / 2),
           g_array_index (late, double, late->len * 99 / 100),
           g_array_index (late, double, late->len - 1), over);
}

static void
measure (const char *name, double seconds)
{
  Watch watch = {.late = g_array_new (FALSE, FALSE, sizeof (double))};
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
  guint source = g_timeout_add (PERIOD_MS, tick, &watch);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  report (name, watch.late);
  g_array_unref (watch.late);
}

int
main (int argc, char **argv)
{
  SaeSession *session;
  GtkWindow *window;
  SaeTrainingPage *page;
  AnalysisTrainingSettings settings;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  session = sae_session_new ();
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
  return 0;
}
