#include "plot/frame.h"

#include "plot/axis.h"
#include "plot/line.h"
#include <glib.h>
#include <math.h>

#define MIN_AREA 8.0 /* px; below, nothing is drawn */

static PlotScale
scale_of (PlotFrameAxis axis, double min, double max, double px_0, double px_1)
{
  return axis == PLOT_FRAME_LOG ? plot_scale_log (min, max, px_0, px_1)
                                : plot_scale_linear (min, max, px_0, px_1);
}

/* The ticks of y and their labels, before it is known where the area begins. */
static void
fit_y (PlotFrame *frame, PlotText *text, const PlotFrameRequest *request, double min,
       double max, double height)
{
  size_t n = plot_axis_y_max_labels (text, height / 1.3);
  if (request->y_axis == PLOT_FRAME_LOG) {
    plot_ticks_log (&frame->y_ticks, min, max, n);
    return;
  }
  plot_ticks_linear (&frame->y_ticks, min, max, n);
  if (frame->y_ticks.n < 2)
    plot_ticks_linear (&frame->y_ticks, min, max, n + 2);
  frame->y_exponent =
      plot_ticks_exponent ((const PlotTicks *const[]){&frame->y_ticks}, 1);
  plot_ticks_label (&frame->y_ticks, frame->y_exponent);
}

static int64_t
time_at (const PlotFrameRequest *request, double seconds)
{
  double ns = (double)request->zero_ns + seconds * 1e9;
  return fabs (ns) < 9e18 ? request->zero_ns + (int64_t)llround (seconds * 1e9) : 0;
}

static void
fit_x (PlotFrame *frame, PlotText *text, const PlotFrameRequest *request)
{
  PlotScale x = frame->x;
  double width = frame->area.width;
  frame->ticks_x = x;
  switch (request->x_axis) {
  case PLOT_FRAME_TIME:
    plot_axis_fit_time (&frame->x_ticks, text, time_at (request, x.data_0),
                        time_at (request, x.data_1), width);
    frame->ticks_x = plot_scale_linear (0, x.data_1 - x.data_0, x.px_0, x.px_1);
    break;
  case PLOT_FRAME_LOG:
    plot_ticks_log (&frame->x_ticks, x.data_0, x.data_1, PLOT_AXIS_MAX_LABELS);
    break;
  case PLOT_FRAME_LINEAR:
    plot_axis_fit_x (&frame->x_ticks, text, x.data_0, x.data_1, width, false,
                     &frame->x_exponent);
    break;
  }
}

/* Widens the scale that has room, so that both have the same px for a unit. */
static void
make_equal (PlotFrame *frame)
{
  PlotScale *x = &frame->x, *y = &frame->y;
  double per_px = fmax ((x->data_1 - x->data_0) / frame->area.width,
                        (y->data_1 - y->data_0) / frame->area.height);
  double middle_x = (x->data_0 + x->data_1) / 2, half_x = per_px * frame->area.width / 2;
  double middle_y = (y->data_0 + y->data_1) / 2, half_y = per_px * frame->area.height / 2;
  *x = plot_scale_linear (middle_x - half_x, middle_x + half_x, x->px_0, x->px_1);
  *y = plot_scale_linear (middle_y - half_y, middle_y + half_y, y->px_0, y->px_1);
}

double
plot_frame_bare_height (PlotText *text)
{
  return ceil (plot_text_height (text, PLOT_FACE_LABEL) / 2);
}

bool
plot_frame_lay_out (PlotFrame *frame, PlotText *text, PlotRectangle rect,
                    const PlotFrameRequest *request, const PlotStyle *style)
{
  *frame = (PlotFrame){.rect = rect, .heading_max = rect.height / 3};
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double top =
      plot_legend_height (text, &request->heading, rect.width, frame->heading_max) +
      request->row;
  double bottom = request->is_bare
                      ? plot_frame_bare_height (text)
                      : plot_axis_x_height (text, request->x_axis == PLOT_FRAME_TIME) +
                            (request->x_label ? line + 2 : 0);
  double y0 = plot_line_snap (style, rect.y + fmax (top, line / 2));
  double y1 = plot_line_snap (style, rect.y + rect.height - bottom);
  fit_y (frame, text, request, request->y_min, request->y_max, y1 - y0);
  double left = request->left > 0
                    ? request->left
                    : plot_axis_y_width (plot_axis_widest_label (text, &frame->y_ticks)) +
                          (request->y_label ? line + 4 : 0);
  double right = request->right > 0 ? request->right : line;
  double x0 = plot_line_snap (style, rect.x + left);
  double x1 = plot_line_snap (style, rect.x + rect.width - right);
  if (request->is_square) {
    double side = fmin (x1 - x0, y1 - y0);
    x1 = x0 + side;
    y1 = y0 + side;
  }
  if (!(x1 - x0 >= MIN_AREA) || !(y1 - y0 >= MIN_AREA))
    return false;
  frame->area = (PlotRectangle){x0, y0, x1 - x0, y1 - y0};
  frame->x = scale_of (request->x_axis, request->x_min, request->x_max, x0, x1);
  frame->y = scale_of (request->y_axis, request->y_min, request->y_max, y1, y0);
  if (request->is_equal) {
    make_equal (frame);
    fit_y (frame, text, request, frame->y.data_0, frame->y.data_1, y1 - y0);
  }
  fit_x (frame, text, request);
  return true;
}

/* The title with the power of ten that its axis is told in. */
static char *
title_of (const char *label, int exponent)
{
  char power[40];
  plot_ticks_format_power (power, sizeof power, exponent);
  return power[0] ? g_strdup_printf ("%s × %s", label, power) : g_strdup (label);
}

void
plot_frame_draw (cairo_t *cr, PlotText *text, const PlotFrame *frame,
                 const PlotFrameRequest *request, const PlotStyle *style)
{
  PlotRectangle rect = frame->rect, area = frame->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double x_min = rect.x, x_max = rect.x + rect.width, bottom = area.y + area.height;
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
    cairo_fill (cr);
  }
  plot_legend_draw (cr, text, &request->heading, rect, frame->heading_max, style);
  plot_axis_draw_y (cr, text, area, &frame->y, &frame->y_ticks, rect.y,
                    rect.y + rect.height, style);
  if (request->is_bare)
    plot_axis_draw_grid_x (cr, area, &frame->ticks_x, &frame->x_ticks, style);
  else
    plot_axis_draw_x (cr, text, area, &frame->ticks_x, &frame->x_ticks, x_min, x_max,
                      style);
  if (request->x_axis == PLOT_FRAME_TIME && !request->is_bare)
    plot_axis_draw_dates (text, &frame->ticks_x, &frame->x_ticks, x_min, x_max,
                          bottom + PLOT_AXIS_TICK + 1 + line * 1.5, style);
  if (request->x_label && !request->is_bare) {
    g_autofree char *title = title_of (request->x_label, frame->x_exponent);
    g_autofree char *fitted = plot_text_fit (text, PLOT_FACE_LABEL, title, rect.width);
    double lines = request->x_axis == PLOT_FRAME_TIME ? 2.5 : 1.5;
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                    area.x + area.width / 2, bottom + PLOT_AXIS_TICK + 3 + line * lines,
                    fitted);
  }
  if (request->y_label) {
    g_autofree char *title = title_of (request->y_label, frame->y_exponent);
    plot_axis_draw_title_y (text, rect, area, title, style);
  }
}
