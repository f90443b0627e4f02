#include "plot/motion-plot.h"

#include "plot/frame.h"
#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define N_PANELS 3
#define GAP 14.0         /* px between panels */
#define TALL 0.75        /* height of the width, from where they stand in two rows */
#define N_COLORS 32      /* strokes a panel: Cairo's cost is in strokes */
#define MAX_RUNS 1500    /* a panel: of samples whose extremes alone are drawn */
#define PALETTE_END 0.85 /* its light end is lost on white */

/* x and y of the panels: a map view first. */
static const size_t pairs[N_PANELS][2] = {{0, 1}, {0, 2}, {1, 2}};

static bool
is_there (const PlotMotion *plot, size_t i)
{
  return isfinite (plot->values[0][i]) && isfinite (plot->values[1][i]) &&
         isfinite (plot->values[2][i]);
}

/* Middles of the three and the half range that holds each: one scale for all. */
static double
find_range (const PlotMotion *plot, double middles[3])
{
  double half = 0;
  for (size_t k = 0; k < 3; k++) {
    double min = INFINITY, max = -INFINITY;
    for (size_t i = 0; i < plot->n; i++)
      if (is_there (plot, i)) {
        min = fmin (min, plot->values[k][i]);
        max = fmax (max, plot->values[k][i]);
      }
    middles[k] = min <= max ? (min + max) / 2 : 0;
    half = min <= max ? fmax (half, (max - min) / 2) : half;
  }
  return half > 0 ? half * 1.06 : 1;
}

/* Of samples first … end − 1 the extremes in either direction, in their order: those of a
 * longer run would not be seen beside them. All of up to four. Returns how many. */
static size_t
find_extremes (const PlotMotion *plot, const size_t pair[2], size_t first, size_t end,
               size_t found[4])
{
  size_t n = 0;
  if (end - first <= 4) {
    for (size_t i = first; i < end; i++)
      found[n++] = i;
    return n;
  }
  size_t extremes[4] = {first, first, first, first}; /* least and most of either */
  for (size_t i = first; i < end; i++)
    for (size_t k = 0; k < 2; k++) {
      const double *values = plot->values[pair[k]];
      if (!is_there (plot, i))
        continue;
      if (!(values[i] >= values[extremes[2 * k]]))
        extremes[2 * k] = i;
      if (!(values[i] <= values[extremes[2 * k + 1]]))
        extremes[2 * k + 1] = i;
    }
  while (n < 4) {
    size_t next = SIZE_MAX;
    for (size_t k = 0; k < 4; k++)
      if ((n == 0 || extremes[k] > found[n - 1]) && extremes[k] < next)
        next = extremes[k];
    if (next == SIZE_MAX)
      break;
    found[n++] = next;
  }
  return n;
}

/* Where the pen stands after sample i. */
static void
draw_piece (cairo_t *cr, const PlotFrame *frame, const PlotMotion *plot,
            const size_t pair[2], size_t first, size_t end, size_t step)
{
  bool down = false;
  for (size_t run = first; run < end; run += step) {
    size_t found[4];
    size_t n = find_extremes (plot, pair, run, MIN (run + step, end), found);
    for (size_t k = 0; k < n; k++) {
      size_t i = found[k];
      if (!is_there (plot, i)) {
        down = false;
        continue;
      }
      double x = plot_scale_px (&frame->x, plot->values[pair[0]][i]);
      double y = plot_scale_px (&frame->y, plot->values[pair[1]][i]);
      if (down)
        cairo_line_to (cr, x, y);
      else
        cairo_move_to (cr, x, y);
      down = true;
    }
  }
  cairo_stroke (cr);
}

static void
draw_path (cairo_t *cr, const PlotFrame *frame, const PlotMotion *plot,
           const size_t pair[2], const PlotStyle *style)
{
  size_t step = plot->n / MAX_RUNS + 1;
  size_t each = ((plot->n / N_COLORS + step) / step) * step;
  bool dark = style->text.red > 0.5; /* the ground is */
  cairo_save (cr);
  cairo_rectangle (cr, frame->area.x, frame->area.y, frame->area.width,
                   frame->area.height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (size_t first = 0; first < plot->n; first += each) {
    double part = (double)first / (double)plot->n * PALETTE_END;
    plot_set_source (
        cr, plot_palette_color (plot->palette, dark ? part + 1 - PALETTE_END : part));
    draw_piece (cr, frame, plot, pair, first, MIN (first + each + step, plot->n), step);
  }
  if (plot->cursor < plot->n && is_there (plot, plot->cursor)) {
    plot_set_source (cr, style->residual);
    cairo_set_line_width (cr, 2.0);
    cairo_arc (cr, plot_scale_px (&frame->x, plot->values[pair[0]][plot->cursor]),
               plot_scale_px (&frame->y, plot->values[pair[1]][plot->cursor]), 4.5, 0,
               2 * G_PI);
    cairo_stroke (cr);
  }
  cairo_restore (cr);
}

static void
draw_panel (cairo_t *cr, PlotText *text, PlotRectangle rect, const PlotMotion *plot,
            const size_t pair[2], const double middles[3], double half,
            const PlotStyle *style)
{
  const char *unit = plot->unit ? plot->unit : "";
  g_autofree char *x_label = g_strdup_printf ("%s (%s)", plot->labels[pair[0]], unit);
  g_autofree char *y_label = g_strdup_printf ("%s (%s)", plot->labels[pair[1]], unit);
  PlotFrameRequest request = {.x_label = x_label,
                              .y_label = y_label,
                              .x_min = middles[pair[0]] - half,
                              .x_max = middles[pair[0]] + half,
                              .y_min = middles[pair[1]] - half,
                              .y_max = middles[pair[1]] + half,
                              .is_square = true};
  PlotStyle inner = *style;
  PlotFrame frame;
  inner.background.alpha = 0; /* the figure's is there already */
  if (!plot_frame_lay_out (&frame, text, rect, &request, style))
    return;
  plot_frame_draw (cr, text, &frame, &request, &inner);
  draw_path (cr, &frame, plot, pair, style);
}

void
plot_motion_draw (cairo_t *cr, PlotRectangle rect, const PlotMotion *plot,
                  const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotHeading heading = {.title = plot->title, .subtitle = plot->subtitle};
  double top = plot_legend_height (text, &heading, rect.width, rect.height / 3);
  double middles[3] = {0, 0, 0};
  double half = find_range (plot, middles);
  /* Side by side, or where it is tall enough two above one, which makes them larger. */
  size_t columns = rect.height - top > TALL * rect.width ? 2 : N_PANELS;
  size_t rows = (N_PANELS + columns - 1) / columns;
  double width = (rect.width - (double)(columns - 1) * GAP) / (double)columns;
  double height = (rect.height - top - (double)(rows - 1) * GAP) / (double)rows;
  double above =
      rows == 1 ? fmax (0, (height - width) / 2) : 0; /* squares, in the middle */
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  plot_legend_draw (cr, text, &heading, rect, rect.height / 3, style);
  for (size_t k = 0; k < N_PANELS; k++) {
    PlotRectangle part = {rect.x + (double)(k % columns) * (width + GAP),
                          rect.y + top + above + (double)(k / columns) * (height + GAP),
                          width, height - above};
    draw_panel (cr, text, part, plot, pairs[k], middles, half, style);
  }
  cairo_restore (cr);
}
