#include "app/scatter-legend.h"

#include "plot/scatter.h"
#include "support/widgets.h"

static void
count (int *n)
{
  ++*n;
}

static void
test_toggle (void)
{
  SaeScatterLegend *legend =
      g_object_ref_sink (g_object_new (SAE_TYPE_SCATTER_LEGEND, NULL));
  uint16_t category[] = {0, 2, 2, 0, 2};
  uint8_t shapes[] = {PLOT_SHAPE_CIRCLE, PLOT_SHAPE_TRIANGLE, PLOT_SHAPE_SQUARE};
  char *labels[] = {(char *)"earthquake", (char *)"explosion", (char *)"other", NULL};
  SaeColoring coloring = {.category = category, .labels = labels, .shapes = shapes};
  SaeColoring numbers = {.value = (float[]){1, 2, 3, 4, 5}};
  GtkToggleButton *button;
  int n = 0;

  g_signal_connect_swapped (legend, "toggled", G_CALLBACK (count), &n);
  sae_scatter_legend_show (legend, &coloring, 5);
  assert_shows (legend, "earthquake\n2\nother\n3\n");
  button = widget_test_find (GTK_WIDGET (legend), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (button, FALSE);
  g_assert_cmpint (n, ==, 1);
  g_assert_false (sae_scatter_legend_is_shown (legend, 0));
  g_assert_true (sae_scatter_legend_is_shown (legend, 1)); /* of no points */
  g_assert_true (sae_scatter_legend_is_shown (legend, 2));
  sae_scatter_legend_show (legend, &coloring, 5);
  g_assert_true (sae_scatter_legend_is_shown (legend, 0));
  sae_scatter_legend_show (legend, &numbers, 5);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (legend)));
  g_assert_true (sae_scatter_legend_is_shown (legend, 9));
  g_assert_finalize_object (legend);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/scatter-legend/toggle", test_toggle);
  return g_test_run ();
}
