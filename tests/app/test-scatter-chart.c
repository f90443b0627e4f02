#include "app/scatter-chart.h"

#include "support/widgets.h"
#include <math.h>

static const float xy[] = {0, 0, 10, 0, 0, 10};

static SaeScatterChart *
new_chart (void)
{
  SaeScatterChart *chart = g_object_new (SAE_TYPE_SCATTER_CHART, NULL);

  sae_scatter_chart_show (chart, xy, 3, "x", "y");
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

  g_signal_connect_swapped (chart, "notify::current", G_CALLBACK (count), &n);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, SAE_SCATTER_NONE);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 0);
  class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 2);
  class->step (SAE_CHART (chart), GTK_DIR_DOWN);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 0);
  g_assert_cmpint (n, ==, 3);
  sae_scatter_chart_set_current (chart, 0);
  g_assert_cmpint (n, ==, 3); /* no news */
  sae_scatter_chart_set_current (chart, 99);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, SAE_SCATTER_NONE);
  sae_scatter_chart_show (chart, NULL, 0, "", "");
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, SAE_SCATTER_NONE);
  g_assert_finalize_object (chart);
}

static void
note_clicked (SaeScatterChart *chart, guint point, int mode, int *clicked)
{
  *clicked = (int)point * 10 + mode;
}

static void
note_outlined (SaeScatterChart *chart, const guint8 *mask, int mode, char *text)
{
  g_snprintf (text, 8, "%u%u%u %d", mask[0], mask[1], mask[2], mode);
}

static void
note_dwelt (SaeScatterChart *chart, guint point, guint *dwelt)
{
  *dwelt = point;
}

static SaeScatterChart *
show_chart (GtkWindow **window)
{
  SaeScatterChart *chart = new_chart ();

  *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (*window, 400, 400);
  gtk_window_set_child (*window, GTK_WIDGET (chart));
  gtk_window_present (*window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (chart)) > 300);
  return chart;
}

/* A click takes the point whose place the chart tells, and none far from all; after
 * zooming in at that point it is still there. */
static void
test_click (void)
{
  GtkWindow *window;
  SaeScatterChart *chart = show_chart (&window);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  int clicked = -1;
  double x, y;

  g_signal_connect (chart, "clicked", G_CALLBACK (note_clicked), &clicked);
  g_assert_true (sae_scatter_chart_locate (chart, 1, &x, &y));
  g_assert_false (sae_scatter_chart_locate (chart, 3, &x, &y));
  class->click (SAE_CHART (chart), x - 80, y - 80);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, SAE_SCATTER_NONE);
  g_assert_cmpint (clicked, ==, -1);
  class->click (SAE_CHART (chart), x + 8, y + 8);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 1);
  g_assert_cmpint (clicked, ==, 10 + SAE_SELECT_REPLACE);
  sae_scatter_chart_set_current (chart, 0);
  class->zoom (SAE_CHART (chart), x, y, 0.25);
  widget_test_drain ();
  class->click (SAE_CHART (chart), x, y);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 1);
  class->pan (SAE_CHART (chart), 10, 0); /* 22 px off it would not be picked */
  sae_scatter_chart_set_current (chart, 0);
  class->click (SAE_CHART (chart), x + 22, y);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 1);
  /* What is hidden cannot be clicked. */
  sae_scatter_chart_set_current (chart, 0);
  sae_scatter_chart_set_states (chart, (guint8[]){0, SAE_POINT_HIDDEN, 0});
  class->click (SAE_CHART (chart), x + 10, y);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 0);
  class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 2);
  gtk_window_destroy (window);
}

/* Hovering never selects; it tells after a while, and at once when it is over. */
static void
test_dwell (void)
{
  GtkWindow *window;
  SaeScatterChart *chart = show_chart (&window);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  guint dwelt = 99;
  gint64 begin;
  double x, y;

  g_signal_connect (chart, "dwelt", G_CALLBACK (note_dwelt), &dwelt);
  sae_scatter_chart_locate (chart, 2, &x, &y);
  begin = g_get_monotonic_time ();
  class->hover (SAE_CHART (chart), x + 5, y);
  g_assert_cmpuint (dwelt, ==, 99);
  wait_until (dwelt == 2);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 100 * 1000);
  class->hover (SAE_CHART (chart), x + 4, y); /* still the same */
  g_assert_cmpuint (dwelt, ==, 2);
  class->hover (SAE_CHART (chart), NAN, NAN);
  g_assert_cmpuint (dwelt, ==, SAE_SCATTER_NONE);
  dwelt = 99;
  class->hover (SAE_CHART (chart), x, y);
  class->hover (SAE_CHART (chart), x - 100, y - 100); /* passed too quickly */
  g_usleep (150 * 1000);
  widget_test_drain ();
  g_assert_cmpuint (dwelt, ==, 99);
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, SAE_SCATTER_NONE);
  class->hover (SAE_CHART (chart), x, y); /* and is gone before its time */
  gtk_window_destroy (window);
}

/* A rectangle from corner to corner, a lasso around, Shift in the pan tool; given up. */
static void
test_outline (void)
{
  GtkWindow *window;
  SaeScatterChart *chart = show_chart (&window);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  SaeChart *base = SAE_CHART (chart);
  char told[8] = "";
  double x0, y0, x1, y1;

  g_signal_connect (chart, "outlined", G_CALLBACK (note_outlined), told);
  sae_scatter_chart_locate (chart, 0, &x0, &y0);
  sae_scatter_chart_locate (chart, 1, &x1, &y1);
  g_assert_false (class->drag_begin (base, x0 - 9, y0 - 9, 0)); /* it pans */
  g_assert_true (class->drag_begin (base, x0 - 9, y0 - 9, GDK_SHIFT_MASK));
  class->drag_to (base, x0 + 20, y0 + 3);
  class->drag_to (base, x1 + 9, y1 + 9);
  class->drag_end (base, TRUE);
  g_assert_cmpstr (told, ==, "110 1");
  g_object_set (chart, "tool", SAE_SCATTER_LASSO, NULL);
  g_assert_true (class->drag_begin (base, x1 - 30, y1, GDK_ALT_MASK));
  class->drag_to (base, x1, y1 - 30);
  class->drag_to (base, x1 + 30, y1);
  class->drag_to (base, x1, y1 + 20);
  widget_test_drain ();
  class->drag_end (base, TRUE);
  g_assert_cmpstr (told, ==, "010 2");
  told[0] = '\0';
  g_object_set (chart, "tool", SAE_SCATTER_RECTANGLE, NULL);
  class->drag_begin (base, x0 - 9, y0 - 9, 0);
  class->drag_to (base, x1 + 9, y1 + 9);
  class->drag_end (base, FALSE);
  class->drag_begin (base, x0 - 9, y0 - 9, 0); /* a click is no outline */
  class->drag_end (base, TRUE);
  g_assert_cmpstr (told, ==, "");
  gtk_window_destroy (window);
}

/* Moving points keeps the one in hand and the view; selected ones fill the view. */
static void
test_move (void)
{
  static const float moved[] = {5, 5, 10, 0, 0, 10};
  GtkWindow *window;
  SaeScatterChart *chart = show_chart (&window);
  double x, y;

  sae_scatter_chart_set_current (chart, 1);
  sae_scatter_chart_set_states (chart, (guint8[]){SAE_POINT_SELECTED, 0, 0});
  sae_scatter_chart_move (chart, moved, "a", "b");
  g_assert_cmpuint (sae_scatter_chart_get_current (chart), ==, 1);
  g_assert_cmpstr (sae_scatter_chart_get_plot (chart)->x_label, ==, "a");
  sae_scatter_chart_zoom_to_selection (chart);
  g_assert_true (sae_scatter_chart_locate (chart, 0, &x, &y));
  g_assert_false (sae_scatter_chart_locate (chart, 1, &x, &y));
  sae_scatter_chart_show_all (chart);
  g_assert_true (sae_scatter_chart_locate (chart, 1, &x, &y));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/scatter-chart/steps", test_steps);
  g_test_add_func ("/app/scatter-chart/click", test_click);
  g_test_add_func ("/app/scatter-chart/dwell", test_dwell);
  g_test_add_func ("/app/scatter-chart/outline", test_outline);
  g_test_add_func ("/app/scatter-chart/move", test_move);
  return g_test_run ();
}
