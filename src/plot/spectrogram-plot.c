#include "plot/spectrogram-plot.h"

#include "plot/axis.h"
#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define LOWEST_PART 0.002 /* of max_hz, where a logarithmic axis begins at least */
#define SILENCE_DB -290.0f
#define WIDEST_DB 80.0
#define FIT_VALUES 20000 /* looked at, of more every k-th */

static PlotFrameRequest
request_of (const PlotSpectrogram *plot, PlotText *text)
{
  double max_hz = plot->max_hz > 0 ? plot->max_hz : 1;
  double lowest = fmax (plot->map.y_step, max_hz * LOWEST_PART);
  return (PlotFrameRequest){
      .heading = {.title = plot->title, .subtitle = plot->subtitle},
      .y_label = plot->frequency_label,
      .x_axis = PLOT_FRAME_TIME,
      .y_axis = plot->logarithmic ? PLOT_FRAME_LOG : PLOT_FRAME_LINEAR,
      .x_min = plot->view_begin_s,
      .x_max = plot->view_end_s,
      .y_min = plot->logarithmic ? lowest : 0,
      .y_max = max_hz,
      .zero_ns = plot->start_ns,
      .is_bare = plot->is_bare,
      .row = plot_text_height (text, PLOT_FACE_LABEL) + 2,
      .left = plot->left,
      .right = plot->right > 0
                   ? plot->right
                   : ceil (plot_text_width (text, PLOT_FACE_LABEL, "00:00:00") / 2)};
}

bool
plot_spectrogram_frame (PlotFrame *frame, PlotRectangle rect, const PlotSpectrogram *plot,
                        const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  PlotFrameRequest request = request_of (plot, text);
  return plot_frame_lay_out (frame, text, rect, &request, style);
}

/* The seed id at the left, the key at the right, above the area. */
static void
draw_row (cairo_t *cr, PlotText *text, const PlotFrame *frame,
          const PlotSpectrogram *plot, double row, const PlotStyle *style)
{
  double right = frame->area.x + frame->area.width, y = frame->area.y - row / 2 - 1;
  const char *unit = plot->unit ? plot->unit : "";
  double key = plot_heatmap_key_width (text, &plot->map, unit);
  bool fits = plot->map.n_x > 0 && key < frame->area.width * 0.7;
  if (fits)
    plot_heatmap_draw_key (cr, text, &plot->map, unit, right, y, style);
  if (!plot->label)
    return;
  g_autofree char *label = plot_text_fit (text, PLOT_FACE_BOLD, plot->label,
                                          frame->area.width - (fits ? key + 12 : 0));
  plot_text_draw (text, PLOT_FACE_BOLD, style->text, PLOT_ALIGN_START, frame->area.x, y,
                  label);
}

void
plot_spectrogram_draw (cairo_t *cr, PlotRectangle rect, const PlotSpectrogram *plot,
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
  draw_row (cr, text, &frame, plot, request.row, style);
  plot_heatmap_draw (cr, frame.area, &plot->map, &frame.x, &frame.y, style);
  cairo_restore (cr);
}

/* Number i of the stack, and the rectangle that it has. */
static PlotSpectrogram
stack_part (PlotRectangle *part, PlotText *text, PlotRectangle rect,
            const PlotSpectrogram *plots, size_t n, size_t i)
{
  PlotHeading heading = {.title = plots[0].title, .subtitle = plots[0].subtitle};
  double top = plot_legend_height (text, &heading, rect.width, rect.height / 3);
  double times = plot_axis_x_height (text, true);
  double bare = plot_frame_bare_height (text);
  double height = (rect.height - top - (times - bare)) / (double)n;
  PlotSpectrogram plot = plots[i];
  plot.is_bare = i + 1 < n;
  *part = (PlotRectangle){rect.x, rect.y + top + (double)i * height, rect.width, height};
  if (i == 0) {
    part->y -= top;
    part->height += top;
  } else {
    plot.title = plot.subtitle = NULL;
  }
  if (i + 1 == n)
    part->height += times - bare;
  return plot;
}

void
plot_spectrogram_draw_stack (cairo_t *cr, PlotRectangle rect,
                             const PlotSpectrogram *plots, size_t n,
                             const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  for (size_t i = 0; i < n; i++) {
    PlotRectangle part;
    PlotSpectrogram plot = stack_part (&part, text, rect, plots, n, i);
    plot_spectrogram_draw (cr, part, &plot, style);
  }
}

bool
plot_spectrogram_stack_frame (PlotFrame *frame, PlotRectangle rect,
                              const PlotSpectrogram *plots, size_t n, size_t i,
                              const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  PlotRectangle part;
  PlotSpectrogram plot = stack_part (&part, text, rect, plots, n, i);
  return plot_spectrogram_frame (frame, part, &plot, style);
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

void
plot_spectrogram_fit (double *min, double *max, const float *values, size_t n)
{
  size_t step = n / FIT_VALUES + 1, kept = 0;
  g_autofree float *some = g_new (float, n / step + 1);
  float highest = -INFINITY;
  for (size_t i = 0; i < n; i++) {
    if (!(values[i] > SILENCE_DB) || !isfinite (values[i]))
      continue;
    highest = values[i] > highest ? values[i] : highest;
    if (i % step == 0)
      some[kept++] = values[i];
  }
  *min = -WIDEST_DB;
  *max = 0;
  if (!isfinite (highest))
    return;
  qsort (some, kept, sizeof *some, compare_floats);
  *max = ceil (highest / 5) * 5;
  double middle = kept > 0 ? floor (some[kept / 2] / 5) * 5 : *max;
  *min = fmin (fmax (middle, *max - WIDEST_DB), *max - 20);
}
