#include "app/loss-chart.h"

#include "support/runs.h"
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

static void
post (SaeLossHistory *history, size_t epoch, size_t batch, double loss)
{
  NnProgress progress = {
      .epoch = epoch, .n_epochs = 4, .batch = batch, .n_batches = 4, .batch_loss = loss};

  sae_loss_history_post (history, &progress);
  if (batch < 4)
    return;
  progress.epoch_ended = true;
  progress.last_epoch = (NnEpoch){loss + 1, loss + 2, 1};
  sae_loss_history_post (history, &progress);
}

/* What the pointer and the arrow keys tell. */
static void
test_readout (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SaeLossChart *chart = g_object_new (SAE_TYPE_LOSS_CHART, NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  g_autoptr (SaeLossHistory) history = sae_loss_history_new ();
  g_autofree char *none = NULL, *hovered = NULL, *stepped = NULL, *left = NULL;
  gboolean logarithmic;

  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_set_default_size (window, 600, 400);
  gtk_window_present (window);
  sae_loss_chart_set_history (chart, history);
  sae_loss_history_reset (history, 4);
  for (size_t i = 0; i < 8; i++)
    post (history, i / 4, i % 4 + 1, (double)(i + 1));
  wait_until (sae_loss_history_get_view (history).n_epochs == 2);
  widget_test_drain ();
  none = sae_loss_chart_make_readout (chart);
  g_assert_cmpstr (none, ==, "");

  class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  stepped = sae_loss_chart_make_readout (chart);
  g_assert_cmpstr (stepped, ==,
                   "Epoch 1, batch 4 of 4: 4.00\n"
                   "After epoch 1: training 5.00, validation 6.00");
  class->hover (SAE_CHART (chart), 580, 200); /* right of the last batch */
  left = sae_loss_chart_make_readout (chart);
  g_assert_cmpstr (left, ==, "");
  class->hover (SAE_CHART (chart), 400, 200);
  hovered = sae_loss_chart_make_readout (chart);
  g_assert_true (g_str_has_prefix (hovered, "Epoch 2, batch 4 of 4: 8.00"));
  g_assert_true (g_str_has_suffix (hovered, "training 9.00, validation 10.0"));

  g_object_get (chart, "logarithmic", &logarithmic, NULL);
  g_assert_true (logarithmic);
  g_object_set (chart, "logarithmic", FALSE, NULL);
  widget_test_drain ();
  gtk_window_destroy (window);
}

/* Of several runs the lines at the cursor, of one its batches. */
static void
test_runs (void)
{
  SaeLossChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_LOSS_CHART, NULL));
  g_autoptr (GPtrArray) runs =
      g_ptr_array_new_with_free_func ((GDestroyNotify)analysis_run_free);
  g_autofree char *several = NULL, *longer = NULL, *one = NULL;

  g_ptr_array_add (runs, runs_make ("first", 3, 0.9, true));
  g_ptr_array_add (runs, runs_make ("second", 2, 0.5, false));
  sae_loss_chart_set_runs (chart, runs);
  SAE_CHART_GET_CLASS (chart)->step (SAE_CHART (chart), GTK_DIR_LEFT);
  longer = sae_loss_chart_make_readout (chart);
  g_assert_cmpstr (longer, ==, "After epoch 3\nfirst: 0.700");
  SAE_CHART_GET_CLASS (chart)->step (SAE_CHART (chart), GTK_DIR_LEFT);
  several = sae_loss_chart_make_readout (chart);
  g_assert_cmpstr (several, ==, "After epoch 2\nfirst: 0.800\nsecond: 0.400");
  g_ptr_array_set_size (runs, 1);
  sae_loss_chart_set_runs (chart, runs);
  SAE_CHART_GET_CLASS (chart)->step (SAE_CHART (chart), GTK_DIR_LEFT);
  one = sae_loss_chart_make_readout (chart);
  g_assert_nonnull (strstr (one, "After epoch 3: training 1.80, validation 0.700"));
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/loss-chart/history", test_history);
  g_test_add_func ("/app/loss-chart/draws", test_draws);
  g_test_add_func ("/app/loss-chart/readout", test_readout);
  g_test_add_func ("/app/loss-chart/runs", test_runs);
  return g_test_run ();
}
