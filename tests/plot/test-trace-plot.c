#include "plot/trace-plot.h"
#include "plot/trace-marks.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

#define N 20000

typedef struct {
  PlotTraces traces;
  double values[PLOT_TRACE_MAX][N], fitted[PLOT_TRACE_MAX][N];
} Record;

/* Each component a burst around its own offset; the reconstruction is its half. */
static Record *
record_new (bool with_reconstruction)
{
  static const double offsets[] = {-1234567, 0, 23860};
  static const char *const labels[] = {"BK.CMB.00.HNE", "BK.CMB.00.HNN", "BK.CMB.00.HNZ"};
  Record *record = g_new0 (Record, 1);
  PlotTraces *traces = &record->traces;
  traces->n_components = PLOT_TRACE_MAX;
  traces->n_samples = N;
  traces->rate_hz = 100;
  traces->start_ns = G_GINT64_CONSTANT (1571117622) * 1000000000;
  traces->unit = "counts";
  traces->original_label = "Original";
  traces->reconstruction_label = "Reconstruction";
  traces->residual_label = "Residual";
  for (size_t c = 0; c < PLOT_TRACE_MAX; c++) {
    for (size_t i = 0; i < N; i++) {
      double motion =
          900 * exp (-pow (((double)i - N / 3.0) / 1500, 2)) * sin (0.7 * (double)i);
      record->values[c][i] = offsets[c] + motion;
      record->fitted[c][i] = offsets[c] + motion / 2;
    }
    traces->labels[c] = labels[c];
    traces->values[c] = record->values[c];
    if (with_reconstruction)
      traces->reconstruction[c] = record->fitted[c];
  }
  return record;
}

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_trace_plot_draw (cr, rect, data, style);
}

static cairo_surface_t *
drawn (int width, int height, const PlotTraces *traces, const PlotStyle *style)
{
  PlotRectangle rect = {5, 5, width - 10, height - 10};
  return image_draw (width, height, rect, draw, traces, style);
}

/* All sizes, styles and scales: nothing outside the rectangle, whatever the data. */
static void
test_within (void)
{
  static const int sizes[][2] = {{900, 600}, {400, 300}, {1600, 900}, {120, 80},
                                 {30, 20},   {12, 400},  {400, 11},   {11, 11}};
  g_autofree Record *record = record_new (true);
  record->traces.title =
      "A title much longer than the small ones of these pictures are wide";
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int dark = 0; dark < 2; dark++) {
      PlotStyle style = plot_style_window (dark, false);
      style.scale = 1 + dark;
      int width = sizes[i][0], height = sizes[i][1];
      cairo_surface_t *image = drawn (width, height, &record->traces, &style);
      PlotRectangle rect = {5, 5, width - 10, height - 10};
      g_assert_cmpuint (image_count_outside (image, rect, style.scale), ==, 0);
      if (width >= 400 && height >= 300)
        g_assert_cmpuint (image_count_ink (image, 0, 0, 4000, 4000), >, 3000);
      cairo_surface_destroy (image);
    }
}

/* The burst is a third into the record: so is the tallest ink, in every panel. */
static void
test_time_axis (void)
{
  g_autofree Record *record = record_new (false);
  PlotStyle style = plot_style_window (false, false);
  style.record = (PlotColor){1, 0, 0, 1};
  cairo_surface_t *image = drawn (900, 600, &record->traces, &style);
  PlotRectangle area =
      plot_trace_plot_area ((PlotRectangle){5, 5, 890, 590}, &record->traces, &style);
  for (int panel = 0; panel < 3; panel++) {
    int y0 = (int)(area.y + area.height * panel / 3);
    int y1 = (int)(area.y + area.height * (panel + 1) / 3);
    int tallest = 0, at = 0, first, last;
    for (int x = 0; x < 900; x++)
      if (image_column_extent (image, style.record, 40, x, y0, y1, &first, &last) &&
          last - first > tallest) {
        tallest = last - first;
        at = x;
      }
    g_assert_cmpint (tallest, >, (int)(area.height / 3 * 0.6));
    g_assert_cmpfloat (fabs (at - (area.x + area.width / 3)), <, area.width * 0.02);
  }
  /* From the area's left edge to its right, and not a pixel column further. */
  g_assert_cmpuint (
      image_count_color (image, style.record, 40, (int)area.x, 0, (int)area.x + 1, 600),
      >=, 3);
  g_assert_cmpuint (
      image_count_color (image, style.record, 40, 0, 0, (int)area.x - 1, 600), ==, 0);
  g_assert_cmpuint (image_count_color (image, style.record, 40,
                                       (int)(area.x + area.width) + 2, 0, 900, 600),
                    ==, 0);
  cairo_surface_destroy (image);
}

/* A zoomed view shows that part; the area does not move with it. */
static void
test_view (void)
{
  g_autofree Record *record = record_new (false);
  PlotStyle style = plot_style_window (true, false);
  PlotRectangle rect = {5, 5, 890, 590};
  PlotRectangle all = plot_trace_plot_area (rect, &record->traces, &style);
  record->traces.view_begin_s = 60;
  record->traces.view_end_s = 70;
  PlotRectangle part = plot_trace_plot_area (rect, &record->traces, &style);
  g_assert_cmpfloat (part.x, ==, all.x);
  g_assert_cmpfloat (part.width, ==, all.width);
  g_assert_cmpfloat (part.height, ==, all.height);
}

static void
test_reconstruction (void)
{
  g_autofree Record *record = record_new (true);
  PlotStyle style = plot_style_window (false, false);
  cairo_surface_t *image = drawn (900, 600, &record->traces, &style);
  const PlotColor colors[] = {style.original, style.reconstruction, style.residual};
  for (size_t i = 0; i < G_N_ELEMENTS (colors); i++)
    g_assert_cmpuint (image_count_color (image, colors[i], 24, 0, 30, 900, 600), >, 300);
  cairo_surface_destroy (image);
  /* Without one there is neither residual nor legend. */
  g_autofree Record *alone = record_new (false);
  image = drawn (900, 600, &alone->traces, &style);
  g_assert_cmpuint (image_count_color (image, style.residual, 24, 0, 0, 900, 600), ==, 0);
  g_assert_cmpuint (image_count_color (image, style.record, 24, 0, 0, 900, 600), >, 1000);
  cairo_surface_destroy (image);
}

/* Data that have no range, and descriptions that make no sense. */
static void
test_degenerate (void)
{
  static const double constants[] = {0, 5, -8388608, NAN, INFINITY, 1e300, -1e-300};
  PlotStyle style = plot_style_window (false, false);
  style.record = (PlotColor){1, 0, 0, 1};
  for (size_t k = 0; k < G_N_ELEMENTS (constants); k++)
    for (size_t n = 0; n <= N; n = n < 2 ? n + 1 : n * 100) {
      g_autofree Record *record = record_new (k % 2);
      PlotTraces *traces = &record->traces;
      traces->n_samples = n;
      for (size_t i = 0; i < N; i++)
        record->values[1][i] = constants[k];
      traces->values[2] = NULL;
      traces->reconstruction[0] = NULL;
      traces->labels[0] = traces->labels[1] = NULL;
      cairo_surface_t *image = drawn (400, 300, traces, &style);
      g_assert_cmpuint (image_count_outside (image, (PlotRectangle){5, 5, 390, 290}, 1),
                        ==, 0);
      g_assert_cmpuint (image_count_ink (image, 0, 0, 400, 300), >, 0);
      if (n > 0 && k % 2 == 0)
        g_assert_cmpuint (image_count_color (image, style.record, 60, 0, 0, 400, 300), >,
                          0);
      cairo_surface_destroy (image);
    }
  g_autofree Record *record = record_new (false);
  PlotTraces *traces = &record->traces;
  static const double rates[] = {0, -1, NAN, INFINITY, 1e-300, 1e300};
  for (size_t i = 0; i < G_N_ELEMENTS (rates); i++) {
    traces->rate_hz = rates[i];
    traces->start_ns = i % 2 ? G_MAXINT64 : G_MININT64;
    cairo_surface_destroy (drawn (400, 300, traces, &style));
  }
  traces->rate_hz = 100;
  traces->view_begin_s = 1e30;
  traces->view_end_s = 2e30;
  cairo_surface_destroy (drawn (400, 300, traces, &style));
  traces->n_components = 0;
  cairo_surface_destroy (drawn (400, 300, traces, &style));
}

/* All that the figure can show, as it was looked at. */
static void
test_picture (void)
{
  static const PlotTraceSpan spans[] = {{PLOT_SPAN_GAP, 1, 120, 128},
                                        {PLOT_SPAN_OVERLAP, 2, 140, 150}};
  static const PlotTraceMark marks[] = {
      {PLOT_MARK_ORIGIN, "Origin", false, PLOT_TRACE_ALL, 20, 0},
      {PLOT_MARK_PREDICTED, "P", false, PLOT_TRACE_ALL, 45, 0},
      {PLOT_MARK_PREDICTED, "S", true, PLOT_TRACE_ALL, 60, 0},
      {PLOT_MARK_PICK, "P", false, 0, 47, 3},
      {PLOT_MARK_PICK, "S", true, 2, 63, 0}};
  g_autofree Record *record = record_new (false);
  PlotTraces *traces = &record->traces;
  for (size_t i = 12000; i < 12800; i++)
    record->values[1][i] = NAN;
  traces->title = "BK.CMB.00.HN · event nc1 · 2019-10-15 05:33:42 UTC";
  traces->spans = spans;
  traces->n_spans = G_N_ELEMENTS (spans);
  traces->marks = marks;
  traces->n_marks = G_N_ELEMENTS (marks);
  PlotStyle style = image_reference_style ();
  PlotRectangle rect = {8, 8, 624, 404};
  cairo_surface_t *image = image_draw (640, 420, rect, draw, traces, &style);
  image_assert_reference (image, "trace-plot");
  cairo_surface_destroy (image);
  g_autofree Record *both = record_new (true);
  image = image_draw (640, 420, rect, draw, &both->traces, &style);
  image_assert_reference (image, "trace-plot-reconstruction");
  cairo_surface_destroy (image);
}

/* The three layers make the figure, and each draws its part alone. */
static void
test_layers (void)
{
  static const PlotTraceMark mark = {PLOT_MARK_PICK, "P", false, 0, 100, 5};
  g_autofree Record *record = record_new (false);
  record->traces.marks = &mark;
  record->traces.n_marks = 1;
  PlotStyle style = plot_style_window (false, false);
  style.record = (PlotColor){1, 0, 0, 1};
  cairo_surface_t *whole = drawn (600, 400, &record->traces, &style);
  cairo_surface_t *layers = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, 400);
  cairo_t *cr = cairo_create (layers);
  PlotTraceLayout layout;
  plot_trace_layout (&layout, (PlotRectangle){5, 5, 590, 390}, &record->traces, &style);
  plot_trace_plot_draw_axes (cr, &layout, &record->traces, &style);
  cairo_surface_flush (layers);
  g_assert_cmpuint (image_count_color (layers, style.record, 40, 0, 0, 600, 400), ==, 0);
  g_assert_cmpuint (image_count_color (layers, style.arrival_p, 20, 0, 0, 600, 400), ==,
                    0);
  plot_trace_plot_draw_lines (cr, &layout, &record->traces, &style);
  cairo_surface_flush (layers);
  g_assert_cmpuint (image_count_color (layers, style.record, 40, 0, 0, 600, 400), >, 500);
  plot_trace_marks_draw (cr, &layout, &record->traces, &style);
  cairo_surface_flush (layers);
  g_assert_cmpuint (image_count_color (layers, style.arrival_p, 20, 0, 0, 600, 400), >,
                    50);
  g_assert_cmpfloat (image_difference (whole, layers, 0), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (layers);
  cairo_surface_destroy (whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/trace-plot/within", test_within);
  g_test_add_func ("/plot/trace-plot/time-axis", test_time_axis);
  g_test_add_func ("/plot/trace-plot/view", test_view);
  g_test_add_func ("/plot/trace-plot/reconstruction", test_reconstruction);
  g_test_add_func ("/plot/trace-plot/degenerate", test_degenerate);
  g_test_add_func ("/plot/trace-plot/picture", test_picture);
  g_test_add_func ("/plot/trace-plot/layers", test_layers);
  return g_test_run ();
}
