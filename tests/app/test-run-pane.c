#include "app/run-pane.h"

#include "app/loss-chart.h"
#include "support/runs.h"
#include "support/widgets.h"

static void
test_shows (void)
{
  SaeRunPane *pane = g_object_ref_sink (g_object_new (SAE_TYPE_RUN_PANE, NULL));
  SaeLossChart *chart = widget_test_find (GTK_WIDGET (pane), SAE_TYPE_LOSS_CHART);
  g_autoptr (GPtrArray) runs =
      g_ptr_array_new_with_free_func ((GDestroyNotify)analysis_run_free);
  g_autoptr (SaeLossHistory) history = NULL;

  sae_run_pane_show (pane, runs);
  g_ptr_array_add (runs, runs_make ("first", 3, 0.9, true));
  sae_run_pane_show (pane, runs);
  assert_shows (pane, "first");
  assert_shows (pane, "0.700");
  assert_shows (pane, "Hidden size");
  g_object_get (chart, "history", &history, NULL);
  g_assert_cmpuint (sae_loss_history_get_view (history).n_batches, ==, 6);
  g_ptr_array_add (runs, runs_make ("second", 2, 0.5, false));
  sae_run_pane_show (pane, runs);
  assert_shows (pane, "second");
  g_assert_false (widget_test_shows (pane, "Hidden size")); /* the same in both */
  g_assert_finalize_object (pane);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/run-pane/shows", test_shows);
  return g_test_run ();
}
