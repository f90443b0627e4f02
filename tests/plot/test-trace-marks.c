#include "plot/trace-marks.h"
#include "plot/trace-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static double zeros[1000];
static const PlotRectangle rect = {5, 5, 590, 390};

/* Ten seconds of silence. */
static PlotTraces
silence (void)
{
  PlotTraces traces = {.n_components = 3, .n_samples = 1000, .rate_hz = 100};
  for (size_t i = 0; i < 3; i++)
    traces.values[i] = zeros;
  return traces;
}

typedef void (*Layer) (cairo_t *cr, const PlotTraceLayout *layout,
                       const PlotTraces *traces, const PlotStyle *style);

static cairo_surface_t *
drawn (Layer layer, const PlotTraces *traces, PlotTraceLayout *layout,
       const PlotStyle *style)
{
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)(600 * style->scale), (int)(400 * style->scale));
  cairo_t *cr = cairo_create (image);
  cairo_scale (cr, style->scale, style->scale);
  plot_trace_layout (layout, rect, traces, style);
  layer (cr, layout, traces, style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

static size_t
ink_of (cairo_surface_t *image, PlotColor color, PlotRectangle area)
{
  return image_count_color (image, color, 24, (int)area.x, (int)area.y,
                            (int)(area.x + area.width), (int)(area.y + area.height));
}

/* A pick stands on its own component, a predicted arrival on all. */
static void
test_components (void)
{
  PlotTraces traces = silence ();
  PlotTraceMark mark = {PLOT_MARK_PICK, "S", true, 1, 5, 0.5};
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  traces.marks = &mark;
  traces.n_marks = 1;
  cairo_surface_t *image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
  size_t own = ink_of (image, style.arrival_s, layout.panels[1].area);
  g_assert_cmpuint (own, >, 100);
  g_assert_cmpuint (ink_of (image, style.arrival_s, rect), ==, own);
  g_assert_cmpuint (ink_of (image, style.arrival_p, rect), ==, 0);
  cairo_surface_destroy (image);
  mark = (PlotTraceMark){PLOT_MARK_PREDICTED, "P", false, PLOT_TRACE_ALL, 5, 0};
  image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
  for (size_t i = 0; i < 3; i++)
    g_assert_cmpuint (ink_of (image, style.arrival_p, layout.panels[i].area), >, 30);
  cairo_surface_destroy (image);
}

/* Names of times that nearly coincide stand above one another: no letter is covered. */
static void
test_names (void)
{
  PlotTraces traces = silence ();
  const PlotTraceMark marks[] = {
      {PLOT_MARK_PREDICTED, "PPPP", false, PLOT_TRACE_ALL, 5, 0},
      {PLOT_MARK_PREDICTED, "SSSS", true, PLOT_TRACE_ALL, 5.02, 0}};
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  size_t alone, together;
  traces.marks = marks;
  traces.n_marks = 1;
  cairo_surface_t *image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
  alone = ink_of (image, style.arrival_p, layout.panels[0].area);
  cairo_surface_destroy (image);
  traces.n_marks = 2;
  image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
  together = ink_of (image, style.arrival_p, layout.panels[0].area);
  g_assert_cmpuint (together, >, alone * 9 / 10);
  cairo_surface_destroy (image);
}

/* The stem is a whole pixel column at the time, the bar as wide as the uncertainty. */
static void
test_places (void)
{
  PlotTraces traces = silence ();
  PlotTraceMark mark = {PLOT_MARK_PICK, "", false, 0, 5, 1};
  PlotTraceLayout layout;
  traces.marks = &mark;
  traces.n_marks = 1;
  for (double scale = 1; scale <= 2; scale += 0.5) {
    PlotStyle style = plot_style_window (true, false);
    style.scale = scale;
    cairo_surface_t *image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
    PlotRectangle area = layout.panels[0].area;
    int x = (int)floor (plot_scale_px (&layout.x, 5) * scale), first = 0, last = 0;
    int y = (int)((area.y + area.height * 0.8) * scale), sharp = 0, blurred = 0;
    for (int k = x - 3; k <= x + 3; k++) {
      bool ink = image_count_ink (image, k, y, k + 1, y + 1) > 0;
      bool full = image_count_color (image, style.arrival_p, 3, k, y, k + 1, y + 1) > 0;
      sharp += full;
      blurred += ink && !full;
    }
    g_assert_cmpint (sharp, ==, (int)fmax (1, round (scale * 1.5)));
    g_assert_cmpint (blurred, ==, 0);
    y = (int)((area.y + area.height / 2) * scale);
    for (int k = 0; k < 600 * scale; k++)
      if (image_count_ink (image, k, y, k + 1, y + 1)) {
        first = first ? first : k;
        last = k;
      }
    g_assert_cmpfloat_with_epsilon (first / scale, plot_scale_px (&layout.x, 4), 2);
    g_assert_cmpfloat_with_epsilon (last / scale, plot_scale_px (&layout.x, 6), 2);
    cairo_surface_destroy (image);
  }
}

/* Marks outside of the view, wherever they are, leave no ink; at its edges they stay
 * within their panel. */
static void
test_outside (void)
{
  static const double times[] = {-1e9, -3, 12, 1e300, NAN, 0, 9.99, 1.0 / 0.0};
  PlotTraces traces = silence ();
  PlotTraceMark mark = {PLOT_MARK_PICK, "A long name of a pick", false, 2, 0, 0};
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  traces.marks = &mark;
  traces.n_marks = 1;
  for (size_t i = 0; i < G_N_ELEMENTS (times); i++) {
    mark.time_s = times[i];
    cairo_surface_t *image = drawn (plot_trace_marks_draw, &traces, &layout, &style);
    PlotRectangle area = layout.panels[2].area;
    area.x -= 2;
    area.width += 4;
    g_assert_cmpuint (image_count_outside (image, area, 1), ==, 0);
    if (!(times[i] >= 0 && times[i] < 10))
      g_assert_cmpuint (image_count_ink (image, 0, 0, 600, 400), ==, 0);
    else
      g_assert_cmpuint (image_count_ink (image, 0, 0, 600, 400), >, 100);
    cairo_surface_destroy (image);
  }
}

static void
test_spans (void)
{
  PlotTraceSpan spans[] = {{PLOT_SPAN_GAP, 0, 2, 4},
                           {PLOT_SPAN_OVERLAP, 1, 5, 7},
                           {PLOT_SPAN_GAP, 2, 5, 5.0001}, /* far less than a pixel */
                           {PLOT_SPAN_GAP, 7, 5, 6}};     /* no such component */
  PlotTraces traces = silence ();
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  style.gap = (PlotColor){1, 0, 0, 1};
  style.overlap = (PlotColor){0, 0, 1, 1};
  traces.spans = spans;
  traces.n_spans = G_N_ELEMENTS (spans);
  cairo_surface_t *image = drawn (plot_trace_marks_draw_spans, &traces, &layout, &style);
  PlotRectangle gap = layout.panels[0].area, overlap = layout.panels[1].area;
  size_t whole = (size_t)(gap.width * 0.2) * (size_t)gap.height;
  g_assert_cmpuint (ink_of (image, style.gap, gap), >, whole * 9 / 10);
  g_assert_cmpuint (ink_of (image, style.gap, gap), <, whole * 11 / 10 + 400);
  /* Hatched: some of it, and told apart without colour. */
  size_t hatched = ink_of (image, style.overlap, overlap);
  g_assert_cmpuint (hatched, >, whole / 20);
  g_assert_cmpuint (hatched, <, whole / 2);
  g_assert_cmpuint (ink_of (image, style.gap, layout.panels[2].area), >=,
                    (size_t)gap.height - 1);
  cairo_surface_destroy (image);
}

/* Twenty thousand gaps cost what their pixels do. */
static void
test_many_spans (void)
{
  enum { MANY = 20000 };
  g_autofree PlotTraceSpan *spans = g_new (PlotTraceSpan, MANY);
  PlotTraces traces = silence ();
  PlotStyle style = plot_style_window (false, false);
  PlotTraceLayout layout;
  for (size_t i = 0; i < MANY; i++)
    spans[i] =
        (PlotTraceSpan){PLOT_SPAN_GAP, 0, (double)i / 2000, (double)i / 2000 + 0.0001};
  style.gap = (PlotColor){1, 0, 0, 0.5};
  traces.spans = spans;
  traces.n_spans = MANY;
  cairo_surface_t *image = drawn (plot_trace_marks_draw_spans, &traces, &layout, &style);
  /* No pixel is tinted twice. */
  const uint8_t *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 600; x++)
      g_assert_cmpint (data[y * stride + 4 * x + 3], <=, 129);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/trace-marks/components", test_components);
  g_test_add_func ("/plot/trace-marks/names", test_names);
  g_test_add_func ("/plot/trace-marks/places", test_places);
  g_test_add_func ("/plot/trace-marks/outside", test_outside);
  g_test_add_func ("/plot/trace-marks/spans", test_spans);
  g_test_add_func ("/plot/trace-marks/many-spans", test_many_spans);
  return g_test_run ();
}
