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
  class->zoom (SAE_CHART (chart), 0, 0, 0.5);
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

  g_assert_cmpstr (sae_trace_chart_get_readout (chart), ==, "");
  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_LEFT);
  g_assert_cmpstr (sae_trace_chart_get_readout (chart), ==,
                   "00:00:00.00\u00a0UTC   HNE\u00a07.000   HNN\u00a08.000   "
                   "HNZ\u00a00.000");
  for (int i = 0; i < 200; i++)
    class->step (SAE_CHART (chart), GTK_DIR_RIGHT);
  g_assert_nonnull (strstr (sae_trace_chart_get_readout (chart), "HNZ\u00a0\u22129.000"));
  g_assert_nonnull (strstr (sae_trace_chart_get_readout (chart), "00:00:09.90"));
  class->hover (SAE_CHART (chart), NAN, NAN);
  g_assert_cmpstr (sae_trace_chart_get_readout (chart), ==, "");
  g_assert_finalize_object (chart);
}

/* A step beyond the view takes the view along. */
static void
test_cursor_pans (void)
{
  SaeTraceChart *chart = new_chart (NULL);
  SaeChartClass *class = SAE_CHART_GET_CLASS (chart);
  double begin, end;

  class->zoom (SAE_CHART (chart), 0, 0, 0.1);
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
      strstr (sae_trace_chart_get_readout (chart), "HNE\u00a07.000 → 5.000"));
  sae_trace_chart_clear (chart);
  g_assert_cmpstr (sae_trace_chart_get_readout (chart), ==, "");
  class->step (SAE_CHART (chart), GTK_DIR_LEFT); /* nothing to step on */
  class->zoom (SAE_CHART (chart), 0, 0, 0.5);
  g_assert_cmpstr (sae_trace_chart_get_readout (chart), ==, "");
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
  return g_test_run ();
}
