#include "plot/spectrum-plot.h"

#include "plot/line.h"
#include <glib.h>
#include <math.h>

#define RAW_ALPHA 0.28
#define LINE_WIDTH 1.5
#define DECADES 6.0 /* of amplitude, at most */
#define DOT 3.0     /* px, radius */
#define DENSE_PX 0.3

PlotColor
plot_spectrum_color (const PlotStyle *style, size_t i)
{
  /* Blue, orange, and the text's own colour. */
  return i < 2 ? plot_style_category (style, i) : style->record;
}

static void
widen (double *min, double *max, double value)
{
  if (!(value > 0) || !isfinite (value))
    return;
  *min = fmin (*min, value);
  *max = fmax (*max, value);
}

/* What the lines reach between the axis' ends; the smoothed ones where there are any. */
static void
amplitude_range (const PlotSpectrum *plot, double *min, double *max)
{
  *min = INFINITY;
  *max = 0;
  for (size_t k = 0; k < MIN (plot->n_lines, PLOT_SPECTRUM_MAX); k++) {
    bool smoothed = plot->smooth[k] && plot->n_smooth > 0;
    for (size_t i = 0; smoothed && i < plot->n_smooth; i++)
      if (plot->frequencies_hz[i] >= plot->min_hz &&
          plot->frequencies_hz[i] <= plot->max_hz)
        widen (min, max, plot->smooth[k][i]);
    for (size_t i = 1; !smoothed && plot->raw[k] && i < plot->n_raw; i++)
      if ((double)i * plot->step_hz >= plot->min_hz &&
          (double)i * plot->step_hz <= plot->max_hz)
        widen (min, max, plot->raw[k][i]);
  }
  if (!(*min <= *max)) {
    *min = 0.1;
    *max = 10;
  }
  *max *= 2;
  *min = fmax (*min / 2, *max * pow (10, -DECADES));
}

static PlotFrameRequest
request_of (const PlotSpectrum *plot, PlotLegendEntry entries[PLOT_SPECTRUM_MAX],
            const PlotStyle *style)
{
  PlotFrameRequest request = {
      .heading = {.title = plot->title, .subtitle = plot->subtitle, .entries = entries},
      .x_label = plot->frequency_label,
      .y_label = plot->amplitude_label,
      .x_axis = PLOT_FRAME_LOG,
      .y_axis = PLOT_FRAME_LOG,
      .x_min = plot->min_hz,
      .x_max = plot->max_hz};
  request.heading.n_entries = MIN (plot->n_lines, PLOT_SPECTRUM_MAX);
  for (size_t k = 0; k < request.heading.n_entries; k++)
    entries[k] = (PlotLegendEntry){.label = plot->labels[k],
                                   .color = plot_spectrum_color (style, k),
                                   .kind = PLOT_LEGEND_LINE};
  amplitude_range (plot, &request.y_min, &request.y_max);
  return request;
}

bool
plot_spectrum_frame (PlotFrame *frame, PlotRectangle rect, const PlotSpectrum *plot,
                     const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  PlotLegendEntry entries[PLOT_SPECTRUM_MAX];
  PlotFrameRequest request = request_of (plot, entries, style);
  return plot_frame_lay_out (frame, text, rect, &request, style);
}

static void
draw_raw (cairo_t *cr, const PlotFrame *frame, const PlotSpectrum *plot, size_t k,
          const PlotStyle *style)
{
  if (!plot->raw[k] || plot->n_raw < 3)
    return;
  g_autofree double *hz = g_new (double, plot->n_raw);
  for (size_t i = 1; i < plot->n_raw; i++)
    hz[i] = (double)i * plot->step_hz;
  size_t first = 1;
  while (first + 1 < plot->n_raw && hz[first + 1] < plot->min_hz)
    first++;
  PlotColor color = plot_spectrum_color (style, k);
  if (plot->smooth[k] && plot->n_smooth > 0)
    color.alpha *= RAW_ALPHA;
  /* On a logarithmic axis they stand ever closer: from where they do, as columns. */
  size_t dense = first + 1;
  while (dense + 1 < plot->n_raw &&
         plot_scale_px (&frame->x, hz[dense + 1]) - plot_scale_px (&frame->x, hz[dense]) >
             DENSE_PX)
    dense++;
  plot_line_draw_xy (cr, frame->area, hz + first, plot->raw[k] + first, dense - first + 1,
                     &frame->x, &frame->y, color, 1.0, style);
  plot_line_draw_xy (cr, frame->area, hz + dense, plot->raw[k] + dense,
                     plot->n_raw - dense, &frame->x, &frame->y, color, 1.0, style);
}

static double
value_at (const PlotSpectrum *plot, size_t k, double hz)
{
  size_t i = 0;
  while (i + 1 < plot->n_smooth && plot->frequencies_hz[i + 1] <= hz)
    i++;
  return plot->smooth[k] && plot->n_smooth > 0 ? plot->smooth[k][i] : NAN;
}

static void
draw_cursor (cairo_t *cr, const PlotFrame *frame, const PlotSpectrum *plot,
             const PlotStyle *style)
{
  PlotRectangle area = frame->area;
  double x = plot_scale_px (&frame->x, plot->cursor_hz);
  if (!(x >= area.x && x <= area.x + area.width))
    return;
  plot_set_source (cr, style->dim);
  cairo_rectangle (cr, plot_line_snap (style, x), area.y, 1, area.height);
  cairo_fill (cr);
  for (size_t k = 0; k < MIN (plot->n_lines, PLOT_SPECTRUM_MAX); k++) {
    double y = plot_scale_px (&frame->y, value_at (plot, k, plot->cursor_hz));
    if (!(y >= area.y && y <= area.y + area.height))
      continue;
    plot_set_source (cr, plot_spectrum_color (style, k));
    cairo_arc (cr, x, y, DOT, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

void
plot_spectrum_draw (cairo_t *cr, PlotRectangle rect, const PlotSpectrum *plot,
                    const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotLegendEntry entries[PLOT_SPECTRUM_MAX];
  PlotFrameRequest request = request_of (plot, entries, style);
  PlotFrame frame;
  if (!plot_frame_lay_out (&frame, text, rect, &request, style))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  plot_frame_draw (cr, text, &frame, &request, style);
  for (size_t k = 0; k < MIN (plot->n_lines, PLOT_SPECTRUM_MAX); k++)
    draw_raw (cr, &frame, plot, k, style);
  for (size_t k = 0; k < MIN (plot->n_lines, PLOT_SPECTRUM_MAX); k++)
    if (plot->smooth[k])
      plot_line_draw_xy (cr, frame.area, plot->frequencies_hz, plot->smooth[k],
                         plot->n_smooth, &frame.x, &frame.y,
                         plot_spectrum_color (style, k), LINE_WIDTH, style);
  draw_cursor (cr, &frame, plot, style);
  cairo_restore (cr);
}
