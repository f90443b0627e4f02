#include "plot/section-plot.h"

#include "plot/line.h"
#include <glib.h>
#include <math.h>

#define LEAST_PX 9.0 /* half a wiggle, where records crowd */
#define MOST_PX 40.0 /* and where they do not */

static bool
is_drawn (const PlotSectionRecord *record)
{
  return isfinite (record->distance_km) && record->n > 0 && record->rate_hz > 0;
}

static void
distance_range (const PlotSection *plot, double *min, double *max)
{
  *min = INFINITY;
  *max = -INFINITY;
  for (size_t i = 0; i < plot->n_records; i++)
    if (is_drawn (&plot->records[i])) {
      *min = fmin (*min, plot->records[i].distance_km);
      *max = fmax (*max, plot->records[i].distance_km);
    }
  if (!(*min <= *max)) {
    *min = 0;
    *max = 100;
  }
  double pad = fmax ((*max - *min) * 0.07, 1);
  *min -= pad;
  *max += pad;
}

/* Distance grows upwards. */
static PlotFrameRequest
request_of (const PlotSection *plot, PlotText *text)
{
  PlotFrameRequest request = {
      .heading = {.title = plot->title, .subtitle = plot->subtitle},
      .x_label = plot->time_label,
      .y_label = plot->distance_label,
      .x_min = plot->view_begin_s,
      .x_max = plot->view_end_s};
  distance_range (plot, &request.y_min, &request.y_max);
  if (plot->n_curves > 0) /* their names */
    request.row = plot_text_height (text, PLOT_FACE_BOLD);
  return request;
}

bool
plot_section_frame (PlotFrame *frame, PlotRectangle rect, const PlotSection *plot,
                    const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  PlotFrameRequest request = request_of (plot, text);
  return plot_frame_lay_out (frame, text, rect, &request, style);
}

static size_t
count_drawn (const PlotSection *plot)
{
  size_t n = 0;
  for (size_t i = 0; i < plot->n_records; i++)
    n += is_drawn (&plot->records[i]);
  return n;
}

/* Half a wiggle's height, px: about the room that a record has. */
static double
wiggle_px (const PlotFrame *frame, const PlotSection *plot)
{
  size_t n = count_drawn (plot);
  double room = frame->area.height / (double)MAX (n, 1) / 2;
  return CLAMP (room, LEAST_PX, MOST_PX) * (plot->gain > 0 ? plot->gain : 1);
}

/* Mean and largest distance from it of what is in view; FALSE if that is nothing. */
static bool
motion_of (const PlotSectionRecord *record, size_t first, size_t end, double *mean,
           double *peak)
{
  double sum = 0;
  size_t n = 0;
  for (size_t i = first; i < end; i++)
    if (isfinite (record->values[i])) {
      sum += record->values[i];
      n++;
    }
  if (n == 0)
    return false;
  *mean = sum / (double)n;
  *peak = 0;
  for (size_t i = first; i < end; i++)
    if (isfinite (record->values[i]))
      *peak = fmax (*peak, fabs (record->values[i] - *mean));
  return true;
}

static void
draw_record (cairo_t *cr, const PlotFrame *frame, const PlotSection *plot, size_t k,
             double half_px, const PlotStyle *style)
{
  const PlotSectionRecord *record = &plot->records[k];
  double n = (double)record->n, rate = record->rate_hz, mean, peak;
  double begin = (plot->view_begin_s - record->start_s) * rate;
  double end = (plot->view_end_s - record->start_s) * rate;
  size_t first = (size_t)CLAMP (floor (begin), 0, n);
  size_t last = (size_t)CLAMP (ceil (end) + 1, 0, n);
  if (!motion_of (record, first, last, &mean, &peak))
    return;
  double y = plot_scale_px (&frame->y, record->distance_km);
  double scale = peak > 0 ? peak : 1;
  PlotScale wiggle =
      plot_scale_linear (mean - scale, mean + scale, y + half_px, y - half_px);
  PlotSeries series = {.values = record->values, .n = record->n};
  plot_line_draw (cr, frame->area, &series, begin, end, &wiggle,
                  k == plot->selected ? style->reconstruction : style->record, 1.0,
                  style);
}

static void
draw_curve (cairo_t *cr, PlotText *text, const PlotFrame *frame,
            const PlotSectionCurve *curve, const PlotStyle *style)
{
  static const double dashes[] = {6, 4};
  PlotRectangle area = frame->area;
  PlotColor color = curve->is_s ? style->arrival_s : style->arrival_p;
  bool down = false;
  double top_x = NAN;
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  plot_set_source (cr, color);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (size_t i = 0; i < curve->n; i++) {
    double x = plot_scale_px (&frame->x, curve->times_s[i]);
    double y = plot_scale_px (&frame->y, curve->distances_km[i]);
    if (isnan (x) || isnan (y)) {
      down = false;
      continue;
    }
    if (down)
      cairo_line_to (cr, x, y);
    else
      cairo_move_to (cr, x, y);
    down = true;
    if (y >= area.y && x >= area.x && x <= area.x + area.width)
      top_x = x;
  }
  cairo_stroke (cr);
  cairo_restore (cr);
  if (isfinite (top_x) && curve->label)
    plot_text_draw (text, PLOT_FACE_BOLD, color, PLOT_ALIGN_CENTER,
                    CLAMP (top_x, area.x + 6, area.x + area.width - 6),
                    area.y - plot_text_height (text, PLOT_FACE_BOLD) / 2, curve->label);
}

/* At the right end; of those that would touch, the nearer ones. */
static void
draw_labels (cairo_t *cr, PlotText *text, const PlotFrame *frame, const PlotSection *plot,
             const PlotStyle *style)
{
  PlotRectangle area = frame->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  g_autofree double *taken = g_new (double, MAX (plot->n_records, 1));
  size_t n_taken = 0;
  for (size_t k = 0; k < plot->n_records; k++) {
    const PlotSectionRecord *record = &plot->records[k];
    double y = is_drawn (record) ? plot_scale_px (&frame->y, record->distance_km) : NAN;
    bool free = record->label && y >= area.y && y <= area.y + area.height;
    for (size_t i = 0; free && i < n_taken; i++)
      free = fabs (taken[i] - y) >= line * 0.85;
    if (!free)
      continue;
    taken[n_taken++] = y;
    double width = plot_text_width (text, PLOT_FACE_LABEL, record->label) + 4;
    PlotColor ground = style->background;
    ground.alpha = 1;
    plot_set_source (cr, ground);
    cairo_rectangle (cr, area.x + area.width - width, y - line * 0.45, width + 2,
                     line * 0.9);
    cairo_fill (cr);
    plot_text_draw (text, PLOT_FACE_LABEL,
                    k == plot->selected ? style->reconstruction : style->dim,
                    PLOT_ALIGN_END, area.x + area.width - 2, y, record->label);
  }
}

void
plot_section_draw (cairo_t *cr, PlotRectangle rect, const PlotSection *plot,
                   const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotFrameRequest request = request_of (plot, text);
  PlotFrame frame;
  if (!plot_frame_lay_out (&frame, text, rect, &request, style))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  plot_frame_draw (cr, text, &frame, &request, style);
  if (plot->note && count_drawn (plot) == 0) {
    PlotRectangle area = frame.area;
    g_autofree char *note = plot_text_fit (text, PLOT_FACE_LABEL, plot->note, area.width);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                    area.x + area.width / 2, area.y + area.height / 2, note);
  }
  double half_px = wiggle_px (&frame, plot);
  for (size_t k = 0; k < plot->n_records; k++)
    if (is_drawn (&plot->records[k]) && k != plot->selected)
      draw_record (cr, &frame, plot, k, half_px, style);
  if (plot->selected < plot->n_records && is_drawn (&plot->records[plot->selected]))
    draw_record (cr, &frame, plot, plot->selected, half_px, style);
  for (size_t k = 0; k < plot->n_curves; k++)
    draw_curve (cr, text, &frame, &plot->curves[k], style);
  draw_labels (cr, text, &frame, plot, style);
  cairo_restore (cr);
}

size_t
plot_section_find (const PlotFrame *frame, const PlotSection *plot, double x, double y)
{
  PlotRectangle area = frame->area;
  size_t nearest = SIZE_MAX;
  double least = INFINITY;
  if (!(x >= area.x && x <= area.x + area.width && y >= area.y &&
        y <= area.y + area.height))
    return SIZE_MAX;
  for (size_t k = 0; k < plot->n_records; k++) {
    double away = is_drawn (&plot->records[k])
                      ? fabs (plot_scale_px (&frame->y, plot->records[k].distance_km) - y)
                      : INFINITY;
    if (away < least) {
      least = away;
      nearest = k;
    }
  }
  return nearest;
}
