#include "app/cluster-button.h"

#include "support/explore.h"
#include <math.h>

static gpointer
find (SaeClusterButton *button, GType type)
{
  return widget_test_find (GTK_WIDGET (button), type);
}

static void
test_summary (void)
{
  AnalysisClustering one = {.n = 9, .n_clusters = 1, .silhouette = NAN};
  AnalysisClustering some = {.n = 40, .n_clusters = 4, .n_none = 3, .silhouette = -0.126};
  g_autofree char *bare = sae_cluster_button_summary (&one);
  g_autofree char *whole = sae_cluster_button_summary (&some);

  g_assert_cmpstr (bare, ==, "1 cluster");
  g_assert_cmpstr (whole, ==, "4 clusters, silhouette −0.13, 3 signals in none");
}

/* Each method has its own parameter; what was found, or why nothing was, is told. */
static void
test_methods (void)
{
  ExploreFixture fixture = {0};
  SaeClusterButton *button;
  GtkDropDown *method;
  GtkSpinButton *count;
  GtkStack *stack;
  AnalysisClusteringSettings settings;

  explore_fixture_init (&fixture, 4, 3);
  button = g_object_ref_sink (
      g_object_new (SAE_TYPE_CLUSTER_BUTTON, "session", fixture.session, NULL));
  method = find (button, GTK_TYPE_DROP_DOWN);
  stack = GTK_STACK (gtk_widget_get_next_sibling (GTK_WIDGET (method)));
  count = widget_test_find (gtk_stack_get_child_by_name (stack, "count"),
                            GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (count)), ==, "Best");
  gtk_editable_set_text (GTK_EDITABLE (count), "3");
  gtk_spin_button_update (count);
  settings = sae_cluster_button_get_settings (button);
  g_assert_cmpuint (settings.n_clusters, ==, 3);
  g_assert_cmpint (settings.method, ==, ANALYSIS_CLUSTERING_KMEANS);
  sae_cluster_button_find (button);
  wait_until (sae_session_get_clustering (fixture.session) != NULL);
  g_assert_cmpuint (sae_session_get_clustering (fixture.session)->n_clusters, ==, 3);
  assert_shows (button, "3 clusters, silhouette");

  gtk_drop_down_set_selected (method, ANALYSIS_CLUSTERING_HDBSCAN);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "size");
  settings = sae_cluster_button_get_settings (button);
  g_assert_cmpint (settings.method, ==, ANALYSIS_CLUSTERING_HDBSCAN);
  g_assert_cmpuint (settings.min_size, ==, 5);

  gtk_drop_down_set_selected (method, ANALYSIS_CLUSTERING_MIXTURE);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "count");
  gtk_spin_button_set_value (count, 40); /* of 12 signals */
  sae_cluster_button_find (button);
  assert_shows (button, "Finding clusters…");
  wait_until (!widget_test_shows (button, "Finding clusters…"));
  g_assert_false (widget_test_shows (button, "silhouette"));
  g_assert_cmpuint (sae_session_get_clustering (fixture.session)->n_clusters, ==, 3);
  g_assert_finalize_object (button);
  explore_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/cluster-button/summary", test_summary);
  g_test_add_func ("/app/cluster-button/methods", test_methods);
  return g_test_run ();
}
