#include "app/explore-view.h"

#include "app/scatter-legend.h"
#include "support/explore.h"
#include <string.h>

static guint
shown_state (SaeScatterChart *chart, guint point)
{
  return sae_scatter_chart_get_plot (chart)->state[point];
}

/* Chart, selection and session follow each other. */
static void
test_both_ways (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  SaeScatterChart *chart;
  SaeSelection *selection;
  const guint8 mask[] = {0, 1, 1, 0};

  explore_fixture_init (&fixture, 2, 2);
  selection = sae_session_get_selection (fixture.session);
  view = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session, NULL));
  chart = sae_explore_view_get_chart (view);
  assert_shows (view, "4 signals");
  g_signal_emit_by_name (chart, "outlined", mask, SAE_SELECT_REPLACE);
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 2);
  g_assert_cmpuint (shown_state (chart, 1), ==, SAE_POINT_SELECTED);
  assert_shows (view, "2 selected");
  g_signal_emit_by_name (chart, "clicked", 3, SAE_SELECT_ADD);
  g_signal_emit_by_name (chart, "clicked", 1, SAE_SELECT_SUBTRACT);
  g_assert_cmpuint (shown_state (chart, 3), ==, SAE_POINT_SELECTED);
  g_assert_cmpuint (shown_state (chart, 1), ==, 0);
  sae_selection_hide (selection);
  assert_shows (view, "2 hidden");
  sae_scatter_chart_set_current (chart, 1);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (fixture.session)),
                   ==, explore_fixture_id (&fixture, 1));
  sae_session_set_selected (
      fixture.session,
      sae_session_find_signal (fixture.session, explore_fixture_id (&fixture, 0)));
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 0);
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
}

/* What the legend hides is hidden in the plot, and no step of the selection. */
static void
test_legend (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  SaeScatterChart *chart;
  GtkToggleButton *button;

  explore_fixture_init (&fixture, 2, 2);
  view =
      g_object_ref_sink (g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session,
                                       "color-by", SAE_COLOR_STATION, NULL));
  chart = sae_explore_view_get_chart (view);
  button =
      widget_test_find (widget_test_find (GTK_WIDGET (view), SAE_TYPE_SCATTER_LEGEND),
                        GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (button, FALSE);
  assert_shows (view, "2 hidden");
  g_assert_cmpuint (shown_state (chart, 0) + shown_state (chart, 1), ==,
                    SAE_POINT_HIDDEN);
  g_assert_false (sae_selection_can_undo (sae_session_get_selection (fixture.session)));
  g_object_set (view, "color-by", SAE_COLOR_MAGNITUDE, NULL);
  g_assert_nonnull (sae_scatter_chart_get_plot (chart)->value);
  g_assert_cmpuint (shown_state (chart, 0) + shown_state (chart, 1), ==, 0);
  /* The errors are measured when they are asked for. */
  g_assert_null (sae_session_get_errors (fixture.session));
  g_object_set (view, "color-by", SAE_COLOR_ERROR, NULL);
  wait_until (sae_session_get_errors (fixture.session) != NULL);
  g_assert_cmpfloat (sae_scatter_chart_get_plot (chart)->value[2], ==,
                     sae_session_get_errors (fixture.session)[2]);
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
}

/* Layouts arrive in the chart; those once found come back at once. */
static void
test_layout (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  SaeScatterChart *chart;
  SaeLayout *layout;
  SaeLayoutSettings settings;
  g_autofree float *before = NULL;

  explore_fixture_init (&fixture, 2, 4);
  layout = sae_session_get_layout (fixture.session);
  view = g_object_ref_sink (
      g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session, NULL));
  chart = sae_explore_view_get_chart (view);
  before = g_memdup2 (sae_scatter_chart_get_plot (chart)->xy, 16 * sizeof (float));
  settings = sae_explore_view_get_settings (view, SAE_LAYOUT_TSNE);
  g_assert_cmpfloat (settings.perplexity, ==, 30);
  settings.n_iterations = 50;
  sae_tasks_lay_out (fixture.session, &settings);
  wait_until (sae_layout_get_method (layout) == SAE_LAYOUT_TSNE &&
              sae_layout_get_iteration (layout) == 50);
  g_assert_cmpint (
      memcmp (before, sae_scatter_chart_get_plot (chart)->xy, 16 * sizeof (float)), !=,
      0);
  g_assert_cmpstr (sae_scatter_chart_get_plot (chart)->x_label, ==, "t-SNE 1");
  sae_explore_view_lay_out (view); /* the drop-down stands at PCA */
  g_assert_cmpmem (before, 16 * sizeof (float), sae_scatter_chart_get_plot (chart)->xy,
                   16 * sizeof (float));
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
}

static gboolean
is_embedded (ExploreFixture *fixture, AnalysisEmbeddingKind kind)
{
  const SaeProjection *projection = sae_session_get_projection (fixture->session);

  return projection && projection->embedding->kind == kind;
}

/* Another embedding of the same signals: the selection and the errors stay. */
static void
test_embedding (void)
{
  ExploreFixture fixture = {0};
  SaeExploreView *view;
  SaeSelection *selection;
  GtkDropDown *drop_down;
  GtkWidget *stop;

  explore_fixture_init (&fixture, 2, 2);
  selection = sae_session_get_selection (fixture.session);
  view =
      g_object_ref_sink (g_object_new (SAE_TYPE_EXPLORE_VIEW, "session", fixture.session,
                                       "color-by", SAE_COLOR_ERROR, NULL));
  drop_down = GTK_DROP_DOWN (gtk_widget_get_template_child (
      GTK_WIDGET (view), SAE_TYPE_EXPLORE_VIEW, "embedding"));
  stop = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (view), SAE_TYPE_EXPLORE_VIEW, "stop"));
  wait_until (sae_session_get_errors (fixture.session) != NULL);
  g_assert_cmpint (sae_explore_view_get_embedding (view), ==, ANALYSIS_EMBEDDING_DEFAULT);
  assert_shows (view, "mean over time");
  sae_selection_apply_one (selection, 2, SAE_SELECT_REPLACE);
  gtk_drop_down_set_selected (drop_down, ANALYSIS_EMBEDDING_HIDDEN);
  g_assert_true (gtk_widget_get_visible (stop));
  wait_until (is_embedded (&fixture, ANALYSIS_EMBEDDING_HIDDEN));
  assert_shows (view, "final state");
  g_assert_false (gtk_widget_get_visible (stop)); /* there is nothing to stop now */
  g_assert_true (sae_selection_contains (selection, 2));
  g_assert_cmpuint (shown_state (sae_explore_view_get_chart (view), 2), ==,
                    SAE_POINT_SELECTED);
  g_assert_nonnull (sae_session_get_errors (fixture.session));
  /* What is not waited for leaves the choice as it was. */
  gtk_drop_down_set_selected (drop_down, ANALYSIS_EMBEDDING_MEAN);
  sae_tasks_stop (fixture.session, SAE_JOB_PROJECT);
  wait_until (sae_explore_view_get_embedding (view) == ANALYSIS_EMBEDDING_HIDDEN);
  g_assert_true (is_embedded (&fixture, ANALYSIS_EMBEDDING_HIDDEN));
  g_assert_finalize_object (view);
  explore_fixture_clear (&fixture);
}

static void
test_caption (void)
{
  g_autofree char *bare = sae_explore_view_caption (1, 0, 0, 0);
  g_autofree char *all = sae_explore_view_caption (50, 2, 12, 3);

  g_assert_cmpstr (bare, ==, "1 signal");
  g_assert_cmpstr (all, ==, "50 signals  ·  12 selected  ·  3 hidden  ·  2 skipped");
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/explore-view/both-ways", test_both_ways);
  g_test_add_func ("/app/explore-view/legend", test_legend);
  g_test_add_func ("/app/explore-view/layout", test_layout);
  g_test_add_func ("/app/explore-view/embedding", test_embedding);
  g_test_add_func ("/app/explore-view/caption", test_caption);
  return g_test_run ();
}
