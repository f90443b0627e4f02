#include "plot/trace-layout.h"

#include <glib.h>
#include <math.h>

#define N 40000

typedef struct {
  PlotTraces traces;
  double values[PLOT_TRACE_MAX][N];
} Record;

static const PlotRectangle rect = {5, 5, 890, 590};

/* Sines of amplitude 1, 10 and 100 around −500, 0 and 7000. */
static Record *
record_new (void)
{
  static const double middles[] = {-500, 0, 7000};
  Record *record = g_new0 (Record, 1);
  PlotTraces *traces = &record->traces;
  traces->n_components = PLOT_TRACE_MAX;
  traces->n_samples = N;
  traces->rate_hz = 100;
  for (size_t c = 0; c < PLOT_TRACE_MAX; c++) {
    for (size_t i = 0; i < N; i++)
      record->values[c][i] = middles[c] + pow (10, (double)c) * sin (0.1 * (double)i);
    traces->values[c] = record->values[c];
    traces->middles[c] = middles[c];
  }
  return record;
}

static void
lay_out (PlotTraceLayout *layout, const PlotTraces *traces)
{
  PlotStyle style = plot_style_window (false, false);
  plot_trace_layout (layout, rect, traces, &style);
}

/* The panel's amplitudes reach from min to max, with at most `margin` of the range more.
 */
static void
assert_range (const PlotTraceLayout *layout, size_t i, double min, double max,
              double margin)
{
  double pad = (max - min) * margin + (max - min) * 1e-3;
  g_assert_cmpfloat (layout->panels[i].y.data_0, <=, min + (max - min) * 1e-3);
  g_assert_cmpfloat (layout->panels[i].y.data_0, >=, min - pad);
  g_assert_cmpfloat (layout->panels[i].y.data_1, >=, max - (max - min) * 1e-3);
  g_assert_cmpfloat (layout->panels[i].y.data_1, <=, max + pad);
}

static void
test_scaling (void)
{
  g_autofree Record *record = record_new ();
  PlotTraceLayout layout;
  lay_out (&layout, &record->traces);
  assert_range (&layout, 0, -501, -499, 0.1);
  assert_range (&layout, 1, -10, 10, 0.1);
  assert_range (&layout, 2, 6900, 7100, 0.1);
  record->traces.scaling = PLOT_SCALING_COMMON;
  lay_out (&layout, &record->traces);
  assert_range (&layout, 0, -600, -400, 0.1);
  assert_range (&layout, 1, -100, 100, 0.1);
  assert_range (&layout, 2, 6900, 7100, 0.1);
  record->traces.scaling = PLOT_SCALING_FIXED;
  record->traces.fixed_limit = 30;
  lay_out (&layout, &record->traces);
  assert_range (&layout, 0, -530, -470, 0);
  assert_range (&layout, 1, -30, 30, 0);
  assert_range (&layout, 2, 6970, 7030, 0);
  record->traces.fixed_limit = NAN; /* as if each */
  lay_out (&layout, &record->traces);
  assert_range (&layout, 1, -10, 10, 0.1);
}

/* Spikes, even some of them, do not count; the motion does. */
static void
test_robust (void)
{
  g_autofree Record *record = record_new ();
  PlotTraceLayout layout;
  for (size_t i = 0; i < 30; i++)
    record->values[1][i * 1024] = i % 2 ? 1e6 : -3e6;
  lay_out (&layout, &record->traces);
  assert_range (&layout, 1, -3e6, 1e6, 0.1);
  record->traces.scaling = PLOT_SCALING_ROBUST;
  lay_out (&layout, &record->traces);
  assert_range (&layout, 0, -501, -499, 0.1);
  assert_range (&layout, 1, -10, 10, 0.1);
  assert_range (&layout, 2, 6900, 7100, 0.1);
  /* Nothing finite, one value, two; a few values in a long gap. */
  record->traces.n_samples = 100;
  for (size_t n = 0; n < 3; n++) {
    for (size_t i = 0; i < N; i++)
      record->values[1][i] = i < n ? (double)i : NAN;
    lay_out (&layout, &record->traces);
    g_assert_cmpfloat (layout.panels[1].y.data_0, <, layout.panels[1].y.data_1);
    g_assert_true (isfinite (layout.panels[1].y.data_0));
  }
  assert_range (&layout, 1, 0, 1, 0.1);
  record->traces.n_samples = N;
  lay_out (&layout, &record->traces);
  g_assert_cmpfloat (layout.panels[1].y.data_0, >=, -1);
  g_assert_cmpfloat (layout.panels[1].y.data_1, <=, 2);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;
  return (one > other) - (one < other);
}

/* Against sorting, for samples with many equal ones. */
static void
test_robust_percentile (void)
{
  g_autofree Record *record = record_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  PlotTraceLayout layout;
  record->traces.n_samples = 8000;
  record->traces.scaling = PLOT_SCALING_ROBUST;
  for (int round = 0; round < 5; round++) {
    g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (double));
    for (size_t i = 0; i < 8000; i++) {
      record->values[0][i] = floor (g_rand_double_range (random, 0, pow (10, round)));
      g_array_append_val (sorted, record->values[0][i]);
    }
    g_array_sort (sorted, compare_doubles);
    lay_out (&layout, &record->traces);
    double low = g_array_index (sorted, double, 8);
    double high = g_array_index (sorted, double, 8000 - 1 - 8);
    if (low < high)
      assert_range (&layout, 0, low, high, 0.07);
  }
}

static void
test_amplitude_zoom (void)
{
  g_autofree Record *record = record_new ();
  PlotTraceLayout before, after;
  lay_out (&before, &record->traces);
  record->traces.amplitude_zoom = 4;
  record->traces.amplitude_shift = 0.5;
  lay_out (&after, &record->traces);
  for (size_t i = 0; i < 3; i++) {
    PlotScale a = before.panels[i].y, b = after.panels[i].y;
    double span = (a.data_1 - a.data_0) / 4;
    g_assert_cmpfloat_with_epsilon (b.data_1 - b.data_0, span, span * 1e-9);
    /* The old middle stands half a panel higher: at the top. */
    g_assert_cmpfloat_with_epsilon (b.data_1, (a.data_0 + a.data_1) / 2, span * 1e-9);
  }
}

static void
test_view (void)
{
  g_autofree Record *record = record_new ();
  PlotTraces *traces = &record->traces;
  PlotTraceLayout layout;
  double begin, end;
  plot_trace_layout_view (traces, &begin, &end);
  g_assert_cmpfloat (begin, ==, 0);
  g_assert_cmpfloat_with_epsilon (end, (N - 1) / 100.0, 1e-9);
  traces->view_begin_s = 60;
  traces->view_end_s = 70;
  lay_out (&layout, traces);
  g_assert_cmpfloat (plot_scale_px (&layout.x, 60), ==, layout.area.x);
  g_assert_cmpfloat_with_epsilon (plot_scale_px (&layout.x, 70),
                                  layout.area.x + layout.area.width, 1e-9);
  /* One sample has a view as well, and so has none. */
  traces->view_end_s = traces->view_begin_s;
  for (traces->n_samples = 0; traces->n_samples < 3; traces->n_samples++) {
    plot_trace_layout_view (traces, &begin, &end);
    g_assert_cmpfloat (begin, <, end);
  }
}

static void
test_find (void)
{
  g_autofree Record *record = record_new ();
  PlotTraceLayout layout;
  lay_out (&layout, &record->traces);
  for (size_t i = 0; i < 3; i++) {
    PlotRectangle area = layout.panels[i].area;
    g_assert_cmpuint (plot_trace_layout_find (&layout, area.y), ==, i);
    g_assert_cmpuint (plot_trace_layout_find (&layout, area.y + area.height), ==, i);
    g_assert_cmpuint (plot_trace_layout_find (&layout, area.y + area.height + 1), ==,
                      PLOT_TRACE_ALL);
  }
  g_assert_cmpuint (plot_trace_layout_find (&layout, 0), ==, PLOT_TRACE_ALL);
  g_assert_cmpuint (plot_trace_layout_find (&layout, NAN), ==, PLOT_TRACE_ALL);
}

static void
test_small (void)
{
  g_autofree Record *record = record_new ();
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  for (double size = 0; size < 60; size += 7) {
    plot_trace_layout (&layout, (PlotRectangle){0, 0, size, size}, &record->traces,
                       &style);
    g_assert_true (layout.is_empty);
  }
  lay_out (&layout, &record->traces);
  g_assert_false (layout.is_empty);
  record->traces.n_components = 0;
  lay_out (&layout, &record->traces);
  g_assert_true (layout.is_empty);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/trace-layout/scaling", test_scaling);
  g_test_add_func ("/plot/trace-layout/robust", test_robust);
  g_test_add_func ("/plot/trace-layout/robust-percentile", test_robust_percentile);
  g_test_add_func ("/plot/trace-layout/amplitude-zoom", test_amplitude_zoom);
  g_test_add_func ("/plot/trace-layout/view", test_view);
  g_test_add_func ("/plot/trace-layout/find", test_find);
  g_test_add_func ("/plot/trace-layout/small", test_small);
  return g_test_run ();
}
