#include "app/trace-chart.h"

#include "support/widgets.h"
#include <math.h>

static SaeTraceChart *
new_chart (const double *reconstruction)
{
  static const double values[3 * 100] = {[0] = 7, [100] = 8, [299] = -9};
  const SaeTraceInfo info = {.labels = {"X.Y.Z.HNE", "X.Y.Z.HNN", "X.Y.Z.HNZ"},
                             .n_samples = 100,
                             .rate_hz = 10,
                             .unit = "counts"};
  SaeTraceChart *chart = g_object_ref_sink (g_object_new (SAE_TYPE_TRACE_CHART, NULL));

  sae_trace_chart_show (chart, &info, values, reconstruction);
  return chart;
}

static void
test_view (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  double begin, end;

  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat (begin, ==, 0);
  g_assert_cmpfloat_with_epsilon (end, 9.9, 1e-12);
  class->zoom (SAE_CHART (chart), 100, 0, 0.5);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (end - begin, 4.95, 1e-9);
  class->reset (SAE_CHART (chart));
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (end - begin, 9.9, 1e-12);
  g_assert_finalize_object (chart);
}

static void
test_cursor (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);

  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==,
                   "00:00:00.00\u00a0UTC   HNE\u00a07.000   HNN\u00a08.000   "
                   "HNZ\u00a00.000");
  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_nonnull (
      strstr (sae_chart_get_readout (SAE_CHART (chart)), "HNZ\u00a0\u22129.000"));
  g_assert_nonnull (strstr (sae_chart_get_readout (SAE_CHART (chart)), "00:00:09.90"));
  class->hover (SAE_CHART (chart), NAN, NAN);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  g_assert_finalize_object (chart);
}

/* A step beyond the view takes the view along. */
static void
test_cursor_pans (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  double begin, end;

  class->zoom (SAE_CHART (chart), 100, 0, 0.1);
  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (end, 9.9, 1e-9);
  g_assert_finalize_object (chart);
}

static void
test_reconstruction_and_clear (void)
{
  static const double rebuilt[3 * 100] = {[0] = 5};
  SaeTraceChart *chart = new_chart (rebuilt);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);

  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_nonnull (
      strstr (sae_chart_get_readout (SAE_CHART (chart)), "HNE\u00a07.000 → 5.000"));
  sae_trace_chart_clear (chart);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  class->step (SAE_CHART (chart), GTK_DIR_LEFT); /* nothing to step on */
  class->zoom (SAE_CHART (chart), 100, 0, 0.5);
  g_assert_cmpstr (sae_chart_get_readout (SAE_CHART (chart)), ==, "");
  g_assert_finalize_object (chart);
}

static int n_draws[4];

static void (*real_back) (SaeChart *, cairo_t *, PlotRectangle, const PlotStyle *);
static void (*real_draw) (SaeChart *, cairo_t *, PlotRectangle, const PlotStyle *);
static void (*real_front) (SaeChart *, cairo_t *, PlotRectangle, const PlotStyle *);
static void (*real_overlay) (SaeChart *, GtkSnapshot *, PlotRectangle, const PlotStyle *);

static void
count_back (SaeChart *chart, cairo_t *cr, PlotRectangle rect, const PlotStyle *style)
{
  n_draws[0]++;
  real_back (chart, cr, rect, style);
}

static void
count_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect, const PlotStyle *style)
{
  n_draws[1]++;
  real_draw (chart, cr, rect, style);
}

static void
count_front (SaeChart *chart, cairo_t *cr, PlotRectangle rect, const PlotStyle *style)
{
  n_draws[2]++;
  real_front (chart, cr, rect, style);
}

static void
count_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
               const PlotStyle *style)
{
  n_draws[3]++;
  real_overlay (chart, snapshot, rect, style);
}

/* From here on every layer of every trace chart counts how often it is drawn. */
static void
count_layers (SaeChartClass *class)
{
  real_back = class->draw_back;
  real_draw = class->draw;
  real_front = class->draw_front;
  real_overlay = class->draw_overlay;
  class->draw_back = count_back;
  class->draw = count_draw;
  class->draw_front = count_front;
  class->draw_overlay = count_overlay;
}

/* A chart in a window that has been drawn. */
static GtkWindow *
present (SaeTraceChart *chart)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (window, 800, 500);
  gtk_window_set_child (window, GTK_WIDGET (chart));
  gtk_window_present (window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (chart)) > 0);
  widget_test_drain ();
  return window;
}

/* The pointer moves over all components: the cursor alone is drawn anew. A pick, or the
 * selection: the layer in front alone. */
static void
test_layers (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  const PlotTraceMark mark = {.kind = PLOT_MARK_PICK, .label = "P", .time_s = 3};
  GtkWindow *window;
  PlotRectangle area;
  int before[4];

  count_layers (class);
  window = present (chart);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (n_draws[i], >, 0);
  memcpy (before, n_draws, sizeof before);
  area = sae_trace_chart_get_area (chart);
  for (int i = 0; i < 20; i++) {
    class->hover (SAE_CHART (chart), area.x + i * area.width / 20, area.y + i * 15);
    widget_test_drain ();
  }
  g_assert_cmpint (n_draws[3], >=, before[3] + 10);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (n_draws[i], ==, before[i]);
  sae_trace_chart_set_marks (chart, &mark, 1);
  wait_until (n_draws[2] > before[2]);
  g_assert_cmpint (n_draws[0], ==, before[0]);
  g_assert_cmpint (n_draws[1], ==, before[1]);
  class->zoom (SAE_CHART (chart), area.x, area.y, 0.5);
  wait_until (n_draws[1] > before[1]);
  g_assert_cmpint (n_draws[0], ==, before[0] + 1);
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

/* Along the axes a drag scales: what is under the pointer at its begin stays. */
static void
test_axis_drags (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = present (chart);
  PlotRectangle area = sae_trace_chart_get_area (chart);
  double begin, end, limit = sae_trace_chart_get_limit (chart), zoomed;

  g_assert_true (class->drag_begin (SAE_CHART (chart), area.x, 499, 0));
  class->drag_to (SAE_CHART (chart), area.x + 120, 499);
  class->drag_end (SAE_CHART (chart), TRUE);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat (begin, ==, 0);
  g_assert_cmpfloat_with_epsilon (end, 9.9 / 2, 1e-9);
  zoomed = sae_trace_chart_get_limit (chart);
  g_assert_true (class->drag_begin (SAE_CHART (chart), 5, 200, 0));
  class->drag_to (SAE_CHART (chart), 5, 80);
  class->drag_end (SAE_CHART (chart), TRUE);
  g_assert_cmpfloat_with_epsilon (sae_trace_chart_get_limit (chart), zoomed / 2, 1e-9);
  class->zoom_y (SAE_CHART (chart), 200, 0.5);
  class->step (SAE_CHART (chart), GTK_DIR_UP);
  class->reset (SAE_CHART (chart)); /* both */
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (end, 9.9, 1e-9);
  g_assert_cmpfloat_with_epsilon (sae_trace_chart_get_limit (chart), limit, 1e-6);
  g_assert_false (class->drag_begin (SAE_CHART (chart), area.x + 9, area.y + 9, 0));
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

static void
count_signal (SaeTraceChart *chart, int *n)
{
  ++*n;
}

/* With Shift, by the pointer and by the keys; the view goes there and back. */
static void
test_selection (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = present (chart);
  PlotRectangle area = sae_trace_chart_get_area (chart);
  double begin = -1, end = -1, px_per_s = area.width / 9.9;
  int n = 0;

  g_signal_connect (chart, "selection-changed", G_CALLBACK (count_signal), &n);
  g_assert_false (sae_trace_chart_get_selection (chart, &begin, &end));
  g_assert_cmpfloat (begin, ==, -1);
  g_assert_true (class->drag_begin (SAE_CHART (chart), area.x + 7 * px_per_s, area.y + 50,
                                    GDK_SHIFT_MASK));
  class->drag_to (SAE_CHART (chart), area.x + 4 * px_per_s, area.y + 90);
  class->drag_end (SAE_CHART (chart), TRUE);
  g_assert_true (sae_trace_chart_get_selection (chart, &begin, &end));
  g_assert_cmpfloat_with_epsilon (begin, 4, 1e-9); /* the nearest samples */
  g_assert_cmpfloat_with_epsilon (end, 7, 1e-9);
  g_assert_cmpint (n, ==, 1);
  sae_trace_chart_set_view (chart, begin, end);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (begin, 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (end, 7, 1e-9);
  sae_trace_chart_set_view (chart, -5, 100); /* no further than the record */
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (begin, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (end, 9.9, 1e-9);
  sae_trace_chart_clear (chart);
  g_assert_false (sae_trace_chart_get_selection (chart, &begin, &end));
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

typedef struct {
  int n, phase;
  guint component;
  double time_s, uncertainty_s;
} Picked;

static void
on_picked (SaeTraceChart *chart, guint component, int phase, double time_s,
           double uncertainty_s, Picked *picked)
{
  picked->n++;
  picked->component = component;
  picked->phase = phase;
  picked->time_s = time_s;
  picked->uncertainty_s = uncertainty_s;
}

/* One gesture: where it is pressed is the time, how far it is dragged the uncertainty. */
static void
test_picking (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  GtkWindow *window = present (chart);
  PlotRectangle area = sae_trace_chart_get_area (chart);
  double px_per_s = area.width / 9.9, begin, end;
  Picked picked = {0};

  g_signal_connect (chart, "picked", G_CALLBACK (on_picked), &picked);
  g_object_set (chart, "phase", SAE_TRACE_S, NULL);
  g_assert_true (class->drag_begin (SAE_CHART (chart), area.x + 5 * px_per_s,
                                    area.y + area.height / 2, 0));
  class->drag_to (SAE_CHART (chart), area.x + 5.6 * px_per_s, area.y);
  class->drag_end (SAE_CHART (chart), TRUE);
  g_assert_cmpint (picked.n, ==, 1);
  g_assert_cmpint (picked.phase, ==, SAE_TRACE_S);
  g_assert_cmpuint (picked.component, ==, 1);
  g_assert_cmpfloat_with_epsilon (picked.time_s, 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (picked.uncertainty_s, 0.6, 1e-9);
  /* A press alone is a pick without one; one given up is none, nor is a double click. */
  class->drag_begin (SAE_CHART (chart), area.x + 2 * px_per_s, area.y + 5, 0);
  class->drag_end (SAE_CHART (chart), TRUE);
  g_assert_cmpint (picked.n, ==, 2);
  g_assert_cmpuint (picked.component, ==, 0);
  g_assert_cmpfloat (picked.uncertainty_s, ==, 0);
  sae_trace_chart_set_view (chart, 1, 3);
  class->drag_begin (SAE_CHART (chart), area.x + 9, area.y + 5, 0);
  class->reset (SAE_CHART (chart));
  class->drag_end (SAE_CHART (chart), FALSE);
  g_assert_cmpint (picked.n, ==, 2);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (begin, 1, 1e-9);
  gtk_window_destroy (window);
  g_assert_finalize_object (chart);
}

/* The same record processed otherwise keeps the view, though it begins later. */
static void
test_keep_view (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  const SaeTraceInfo info = {.labels = {"X.Y.Z.HNE", "X.Y.Z.HNN", "X.Y.Z.HNZ"},
                             .n_samples = 99,
                             .start_ns = 100000000,
                             .rate_hz = 10,
                             .unit = "counts/sample",
                             .has_origin = true,
                             .origin_ns = 1100000000};
  g_autoptr (SaeWave) wave = sae_wave_new (&info, g_new0 (double, 3 * 99), NULL);
  double begin, end;

  sae_trace_chart_set_view (chart, 3, 5);
  sae_trace_chart_set_wave (chart, wave, TRUE);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (begin, 2.9, 1e-9);
  g_assert_cmpfloat_with_epsilon (end, 4.9, 1e-9);
  SAE_CHART_GET_CLASS (chart)->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_nonnull (
      strstr (sae_chart_get_readout (SAE_CHART (chart)), "origin\u00a0+2.90\u202fs"));
  sae_trace_chart_set_wave (chart, wave, FALSE);
  sae_trace_chart_get_view (chart, &begin, &end);
  g_assert_cmpfloat_with_epsilon (end - begin, 9.8, 1e-9);
  g_assert_finalize_object (chart);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/trace-chart/view", test_view);
  g_test_add_func ("/app/trace-chart/cursor", test_cursor);
  g_test_add_func ("/app/trace-chart/cursor-pans", test_cursor_pans);
  g_test_add_func ("/app/trace-chart/reconstruction", test_reconstruction_and_clear);
  g_test_add_func ("/app/trace-chart/layers", test_layers);
  g_test_add_func ("/app/trace-chart/axis-drags", test_axis_drags);
  g_test_add_func ("/app/trace-chart/selection", test_selection);
  g_test_add_func ("/app/trace-chart/picking", test_picking);
  g_test_add_func ("/app/trace-chart/keep-view", test_keep_view);
  return g_test_run ();
}
