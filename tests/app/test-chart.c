#include "app/chart.h"

#include "support/widgets.h"

/* A chart that counts. */
#define TEST_TYPE_CHART (test_chart_get_type ())
G_DECLARE_FINAL_TYPE (TestChart, test_chart, TEST, CHART, SaeChart)

struct _TestChart {
  SaeChart parent_instance;

  int n_draws, n_overlays, n_resets, n_steps;
  double factor;
};

G_DEFINE_FINAL_TYPE (TestChart, test_chart, SAE_TYPE_CHART)

static void
test_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect, const PlotStyle *style)
{
  g_assert_cmpfloat (rect.width, >, 0);
  g_assert_nonnull (style->font);
  TEST_CHART (chart)->n_draws++;
}

static void
test_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
                         const PlotStyle *style)
{
  TEST_CHART (chart)->n_overlays++;
}

static void
test_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  TEST_CHART (chart)->factor = factor;
}

static void
test_chart_reset (SaeChart *chart)
{
  TEST_CHART (chart)->n_resets++;
}

static void
test_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  TEST_CHART (chart)->n_steps += direction == GTK_DIR_LEFT ? -1 : 1;
}

static void
test_chart_class_init (TestChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  chart_class->draw = test_chart_draw;
  chart_class->draw_overlay = test_chart_draw_overlay;
  chart_class->zoom = test_chart_zoom;
  chart_class->reset = test_chart_reset;
  chart_class->step = test_chart_step;
}

static void
test_chart_init (TestChart *self)
{
}

static void
test_zoom_range (void)
{
  double begin = 0, end = 100;

  sae_chart_zoom_range (&begin, &end, 25, 0.5, 0, 100, 1);
  g_assert_cmpfloat (begin, ==, 12.5); /* 25 stays where it is */
  g_assert_cmpfloat (end, ==, 62.5);
  sae_chart_zoom_range (&begin, &end, 12.5, 1e-6, 0, 100, 1);
  g_assert_cmpfloat (end - begin, ==, 1); /* not below the minimum */
  g_assert_cmpfloat (begin, ==, 12.5);
  sae_chart_zoom_range (&begin, &end, 13, 1e6, 0, 100, 1);
  g_assert_cmpfloat (begin, ==, 0); /* nor beyond all */
  g_assert_cmpfloat (end, ==, 100);
}

static void
test_zoom_and_back (void)
{
  double begin = 10, end = 50;

  sae_chart_zoom_range (&begin, &end, 20, 0.8, 0, 100, 1);
  sae_chart_zoom_range (&begin, &end, 20, 1.25, 0, 100, 1);
  g_assert_cmpfloat_with_epsilon (begin, 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (end, 50, 1e-9);
}

static void
test_pan_range (void)
{
  double begin = 10, end = 30;

  sae_chart_pan_range (&begin, &end, 5, 0, 100);
  g_assert_cmpfloat (begin, ==, 15);
  g_assert_cmpfloat (end, ==, 35);
  sae_chart_pan_range (&begin, &end, 500, 0, 100);
  g_assert_cmpfloat (begin, ==, 80); /* the length is kept at the edge */
  g_assert_cmpfloat (end, ==, 100);
  sae_chart_pan_range (&begin, &end, -500, 0, 100);
  g_assert_cmpfloat (begin, ==, 0);
  g_assert_cmpfloat (end, ==, 20);
}

/* Motion of the pointer redraws the overlay alone. */
static void
test_overlay_leaves_figure (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  TestChart *chart = g_object_new (TEST_TYPE_CHART, NULL);
  int n_draws, n_overlays;

  gtk_window_set_default_size (window, 300, 200);
  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_present (window);
  wait_until (chart->n_draws > 0 && chart->n_overlays > 0);
  widget_test_drain ();
  n_draws = chart->n_draws;
  n_overlays = chart->n_overlays;
  sae_chart_redraw_overlay (SAE_CHART (chart));
  wait_until (chart->n_overlays > n_overlays);
  g_assert_cmpint (chart->n_draws, ==, n_draws);
  sae_chart_redraw (SAE_CHART (chart));
  wait_until (chart->n_draws > n_draws);
  gtk_window_destroy (window);
}

static void
test_finalizes (void)
{
  GtkWidget *chart = g_object_ref_sink (g_object_new (TEST_TYPE_CHART, NULL));

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (chart)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/chart/zoom-range", test_zoom_range);
  g_test_add_func ("/app/chart/zoom-and-back", test_zoom_and_back);
  g_test_add_func ("/app/chart/pan-range", test_pan_range);
  g_test_add_func ("/app/chart/overlay-leaves-figure", test_overlay_leaves_figure);
  g_test_add_func ("/app/chart/finalizes", test_finalizes);
  return g_test_run ();
}
