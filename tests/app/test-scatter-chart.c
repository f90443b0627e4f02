#include "app/scatter-chart.h"

#include "plot/embedding-plot.h"
#include "support/widgets.h"

static const float xy[] = {0, 0, 10, 0, 0, 10};

static SaeScatterChart *
new_chart (void)
{
  static const char *const labels[] = {"earthquake", NULL};
  static const uint8_t shapes[] = {PLOT_SHAPE_CIRCLE};
  static const uint16_t category[] = {0, 0, 0};
  const SaeScatterData data = {3, xy, category, labels, shapes, "x", "y"};
  SaeScatterChart *chart = g_object_new (SAE_TYPE_SCATTER_CHART, NULL);

  sae_scatter_chart_show (chart, &data);
  return chart;
}

static void
count (int *n)
{
  ++*n;
}

static void
test_steps (void)
{
  SaeScatterChart *chart = g_object_ref_sink (new_chart ());
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  int n = 0;

  g_signal_connect_swapped (chart, "notify::selected", G_CALLBACK (count), &n);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, SAE_SCATTER_NONE);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 0);
  class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 2);
  class->step (SAE_CHART (chart), GTK_DIR_DOWN);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 0);
  g_assert_cmpint (n, ==, 3);
  sae_scatter_chart_set_selected (chart, 0);
  g_assert_cmpint (n, ==, 3); /* no news */
  sae_scatter_chart_set_selected (chart, 99);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, SAE_SCATTER_NONE);
  sae_scatter_chart_clear (chart);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, SAE_SCATTER_NONE);
  g_assert_finalize_object (chart);
}

/* A click selects the point whose place the plot's frame gives, and none far from all;
 * after zooming in at that point it is still there. */
static void
test_click (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  SaeScatterChart *chart = new_chart ();
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  PlotEmbedding plot = {.n_points = 3,
                        .xy = xy,
                        .category = (uint16_t[]){0, 0, 0},
                        .n_categories = 1,
                        .category_labels = (const char *[]){"earthquake"},
                        .x_label = "x",
                        .y_label = "y"};
  PlotEmbeddingFrame frame;
  PlotStyle style;
  double x, y;

  gtk_window_set_default_size (window, 400, 400);
  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_present (window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (chart)) > 300);
  style = sae_chart_get_style (SAE_CHART (chart));
  frame = plot_embedding_plot_frame (sae_chart_get_rectangle (SAE_CHART (chart)), &plot,
                                     &style);
  x = frame.area.x + (10 - frame.x0) / (frame.x1 - frame.x0) * frame.area.width;
  y = frame.area.y + (frame.y1 - 0) / (frame.y1 - frame.y0) * frame.area.height;
  class->click (SAE_CHART (chart), x - 80, y - 80);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, SAE_SCATTER_NONE);
  class->click (SAE_CHART (chart), x + 8, y + 8);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 1);
  sae_scatter_chart_set_selected (chart, 0);
  class->zoom (SAE_CHART (chart), x, y, 0.25);
  class->hover (SAE_CHART (chart), x, y);
  widget_test_drain ();
  class->click (SAE_CHART (chart), x, y);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 1);
  class->pan (SAE_CHART (chart), 10, 0); /* 22 px off it would not be picked */
  sae_scatter_chart_set_selected (chart, 0);
  class->click (SAE_CHART (chart), x + 22, y);
  g_assert_cmpuint (sae_scatter_chart_get_selected (chart), ==, 1);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/scatter-chart/steps", test_steps);
  g_test_add_func ("/app/scatter-chart/click", test_click);
  return g_test_run ();
}
