#include "app/loss-chart.h"

#include "support/widgets.h"

static void
count (int *n)
{
  ++*n;
}

static void
test_history (void)
{
  SaeLossChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_LOSS_CHART, NULL));
  SaeLossHistory *history = sae_loss_history_new ();
  g_autoptr (SaeLossHistory) got = NULL;
  int n = 0;

  g_signal_connect_swapped (chart, "notify::history", G_CALLBACK (count), &n);
  sae_loss_chart_set_history (chart, history);
  sae_loss_chart_set_history (chart, history);
  g_assert_cmpint (n, ==, 1);
  g_object_get (chart, "history", &got, NULL);
  g_assert_true (got == history);
  g_clear_object (&got);
  sae_loss_history_reset (history, 3);
  sae_loss_chart_set_history (chart, NULL);
  g_assert_finalize_object (history);
  g_assert_finalize_object (chart);
}

/* Drawn on a screen, before and after the first numbers. */
static void
test_draws (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SaeLossChart *chart = g_object_new (SAE_TYPE_LOSS_CHART, NULL);
  g_autoptr (SaeLossHistory) history = sae_loss_history_new ();
  NnProgress progress = {.n_epochs = 2, .batch = 1, .n_batches = 1, .batch_loss = 0.5};

  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_set_default_size (window, 400, 300);
  gtk_window_present (window);
  sae_loss_chart_set_history (chart, history);
  sae_loss_history_reset (history, 2);
  widget_test_drain ();
  sae_loss_history_post (history, &progress);
  progress.epoch_ended = true;
  progress.last_epoch = (NnEpoch){0.5, 0.6, 1};
  sae_loss_history_post (history, &progress);
  wait_until (sae_loss_history_get_view (history).n_epochs == 1);
  widget_test_drain ();
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/loss-chart/history", test_history);
  g_test_add_func ("/app/loss-chart/draws", test_draws);
  return g_test_run ();
}
