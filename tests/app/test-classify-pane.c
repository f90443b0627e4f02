#include "app/classify-pane.h"

#include "app/class-charts.h"
#include "session/notes.h"
#include "support/explore.h"
#include <math.h>
#include <string.h>

static const char *
state_of (gpointer pane)
{
  GtkWidget *chart = widget_test_find (pane, SAE_TYPE_SCORES_CHART);

  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_ancestor (chart, GTK_TYPE_STACK)));
}

static void
put_tags (SaeSession *session, const char *tag, guint first, guint end)
{
  GPtrArray *signals = sae_session_get_projection (session)->embedding->signals;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = first; i < end; i++)
    g_ptr_array_add (
        items, sae_session_find_signal (
                   session, ((SeismicSignalInfo *)g_ptr_array_index (signals, i))->id));
  sae_notes_add_tags (sae_session_get_notes (session), items, tag);
}

/* One class alone is told to be too little; two by tag give a result that goes with the
 * projection. */
static void
test_states (void)
{
  ExploreFixture fixture = {0};
  SaeClassifyPane *pane;

  explore_fixture_init (&fixture, 6, 1);
  pane = g_object_ref_sink (
      g_object_new (SAE_TYPE_CLASSIFY_PANE, "session", fixture.session, NULL));
  g_assert_cmpstr (state_of (pane), ==, "nothing");
  sae_classify_pane_start (pane);
  g_assert_cmpstr (state_of (pane), ==, "busy");
  wait_until (g_str_equal (state_of (pane), "failure"));
  put_tags (fixture.session, "a", 0, 3);
  put_tags (fixture.session, "b", 3, 6);
  gtk_drop_down_set_selected (widget_test_find (GTK_WIDGET (pane), GTK_TYPE_DROP_DOWN),
                              1);
  gtk_spin_button_set_value (widget_test_find (GTK_WIDGET (pane), GTK_TYPE_SPIN_BUTTON),
                             3);
  sae_classify_pane_start (pane);
  wait_until (g_str_equal (state_of (pane), "result"));
  assert_shows (pane, "Permutation test");
  sae_tasks_project (fixture.session, ANALYSIS_EMBEDDING_DEFAULT);
  wait_until (g_str_equal (state_of (pane), "nothing"));
  g_assert_finalize_object (pane);
  explore_fixture_clear (&fixture);
}

static void
test_verdict (void)
{
  AnalysisClassification c = {.dropped = g_ptr_array_new (), .n_ratios = 4};
  char *text;

  c.embedding = (AnalysisValidation){
      .balanced = {0.9, 0.8, 0.95}, .chance = 0.5, .p_value = NAN, .n_signals = 4};
  c.spectra.balanced.value = 0.8;
  c.ratios.balanced.value = 0.7;
  text = sae_classify_pane_verdict (&c);
  g_assert_nonnull (strstr (text, "than chance and the baselines"));
  g_assert_null (strstr (text, "Permutation"));
  g_assert_null (strstr (text, "known of"));
  g_free (text);
  c.ratios.balanced.value = 0.95;
  c.embedding.n_signals = 9;
  c.embedding.p_value = 0.01;
  g_ptr_array_add (c.dropped, (gpointer) "nuclear explosion");
  text = sae_classify_pane_verdict (&c);
  g_assert_nonnull (strstr (text, "no better than the best baseline"));
  g_assert_nonnull (strstr (text, "p = 0.010"));
  g_assert_nonnull (strstr (text, "nuclear explosion"));
  g_assert_nonnull (strstr (text, "4 of 9"));
  g_free (text);
  c.n_ratios = 0; /* then the ratio is no rival */
  text = sae_classify_pane_verdict (&c);
  g_assert_nonnull (strstr (text, "than chance and the baselines"));
  g_free (text);
  c.embedding.balanced.low = 0.4;
  text = sae_classify_pane_verdict (&c);
  g_assert_nonnull (strstr (text, "reaches chance"));
  g_free (text);
  g_ptr_array_unref (c.dropped);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/classify-pane/states", test_states);
  g_test_add_func ("/app/classify-pane/verdict", test_verdict);
  return g_test_run ();
}
