#include "plot/frame.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle rect = {5, 5, 490, 290};

static PlotFrameRequest
plain_request (void)
{
  return (PlotFrameRequest){.x_label = "Time (s)",
                            .y_label = "Height (m)",
                            .x_min = 0,
                            .x_max = 10,
                            .y_min = -1,
                            .y_max = 1};
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotFrame frame;
  if (plot_frame_lay_out (&frame, text, r, data, style))
    plot_frame_draw (cr, text, &frame, data, style);
}

static PlotFrame
laid_out (const PlotFrameRequest *request)
{
  PlotStyle style = plot_style_window (false, false);
  g_autoptr (PlotText) text = plot_text_new (NULL, &style);
  PlotFrame frame;
  g_assert_true (plot_frame_lay_out (&frame, text, rect, request, &style));
  return frame;
}

static void
test_scales (void)
{
  PlotFrameRequest request = plain_request ();
  PlotFrame frame = laid_out (&request);
  g_assert_cmpfloat (plot_scale_px (&frame.x, 0), ==, frame.area.x);
  g_assert_cmpfloat (plot_scale_px (&frame.x, 10), ==, frame.area.x + frame.area.width);
  g_assert_cmpfloat (plot_scale_px (&frame.y, 1), ==, frame.area.y);
  g_assert_cmpfloat (plot_scale_px (&frame.y, -1), ==, frame.area.y + frame.area.height);
  request.y_axis = PLOT_FRAME_LOG;
  request.y_min = 0.01;
  request.y_max = 100;
  frame = laid_out (&request);
  g_assert_cmpfloat_with_epsilon (plot_scale_px (&frame.y, 1),
                                  frame.area.y + frame.area.height / 2, 1e-9);
  g_assert_cmpuint (frame.y_ticks.n, >=, 5);
}

/* The wanted margins, to the pixel, whatever the labels. */
static void
test_margins (void)
{
  PlotFrameRequest request = plain_request ();
  request.left = 77;
  request.right = 33;
  request.row = 20;
  PlotFrame frame = laid_out (&request);
  g_assert_cmpfloat (frame.area.x, ==, rect.x + 77);
  g_assert_cmpfloat (frame.area.x + frame.area.width, ==, rect.x + rect.width - 33);
  g_assert_cmpfloat (frame.area.y, >=, rect.y + 20);
}

static void
test_equal (void)
{
  PlotFrameRequest request = plain_request ();
  request.is_equal = true;
  PlotFrame frame = laid_out (&request);
  g_assert_cmpfloat_with_epsilon (plot_scale_slope (&frame.x),
                                  -plot_scale_slope (&frame.y), 1e-9);
  g_assert_cmpfloat (frame.x.data_0, <=, 0);
  g_assert_cmpfloat (frame.y.data_1, >=, 1);
  request = plain_request ();
  request.is_square = true;
  frame = laid_out (&request);
  g_assert_cmpfloat (frame.area.width, ==, frame.area.height);
}

/* Of times: the ticks' zero is the view's begin. */
static void
test_time (void)
{
  PlotFrameRequest request = plain_request ();
  request.x_axis = PLOT_FRAME_TIME;
  request.zero_ns = G_GINT64_CONSTANT (1571117600) * 1000000000; /* 05:33:20 */
  request.x_min = 20;
  request.x_max = 80;
  PlotFrame frame = laid_out (&request);
  g_assert_cmpuint (frame.x_ticks.n, >=, 3);
  const PlotTick *first = &frame.x_ticks.ticks[0];
  g_assert_cmpstr (first->date, ==, "2019-10-15");
  for (size_t i = 0; i < frame.x_ticks.n; i++)
    if (g_str_equal (frame.x_ticks.ticks[i].label, "05:34:00"))
      g_assert_cmpfloat_with_epsilon (
          plot_scale_px (&frame.ticks_x, frame.x_ticks.ticks[i].value),
          plot_scale_px (&frame.x, 40), 1e-6);
}

/* Nothing outside, at any size; too small a one is refused. */
static void
test_within (void)
{
  static const int sizes[][2] = {{500, 300}, {300, 120}, {150, 90},
                                 {70, 60},   {30, 400},  {20, 20}};
  PlotFrameRequest request = plain_request ();
  request.heading.title = "A title much longer than the small ones of these are wide";
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int kind = 0; kind < 3; kind++) {
      PlotStyle style = plot_style_window (kind % 2, false);
      PlotRectangle r = {5, 5, sizes[i][0] - 10, sizes[i][1] - 10};
      request.x_axis = (PlotFrameAxis)kind;
      request.x_min = kind == PLOT_FRAME_LOG ? 0.1 : 0;
      cairo_surface_t *image =
          image_draw (sizes[i][0], sizes[i][1], r, draw, &request, &style);
      if (sizes[i][0] >= 150)
        g_assert_cmpuint (image_count_outside (image, r, 1), ==, 0);
      cairo_surface_destroy (image);
    }
}

static void
test_degenerate (void)
{
  static const double ranges[][2] = {{0, 0},  {5, 5},          {NAN, 1},
                                     {3, -3}, {-1e300, 1e300}, {0, INFINITY}};
  for (size_t i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (int kind = 0; kind < 3; kind++) {
      PlotFrameRequest request = plain_request ();
      request.x_axis = (PlotFrameAxis)kind;
      request.y_axis = kind == PLOT_FRAME_TIME ? PLOT_FRAME_LINEAR : (PlotFrameAxis)kind;
      request.x_min = request.y_min = ranges[i][0];
      request.x_max = request.y_max = ranges[i][1];
      request.is_equal = i % 2;
      PlotStyle style = plot_style_window (false, false);
      cairo_surface_destroy (image_draw (500, 300, rect, draw, &request, &style));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/frame/scales", test_scales);
  g_test_add_func ("/plot/frame/margins", test_margins);
  g_test_add_func ("/plot/frame/equal", test_equal);
  g_test_add_func ("/plot/frame/time", test_time);
  g_test_add_func ("/plot/frame/within", test_within);
  g_test_add_func ("/plot/frame/degenerate", test_degenerate);
  return g_test_run ();
}
