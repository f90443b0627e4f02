#include "plot/trace-marks.h"

#include "plot/line.h"
#include <glib.h>
#include <math.h>

#define LABEL_PAD 3.0    /* px around a mark's name */
#define CAP 4.0          /* px, half the height of the ends of an uncertainty's bar */
#define MAX_NAMES 32     /* beyond, they may cover one another */
#define HATCH 6.0        /* px between the lines of an overlap */
#define LABEL_ALPHA 0.85 /* of the ground behind a name, where the figure has none */

static PlotColor
mark_color (const PlotTraceMark *mark, const PlotStyle *style)
{
  if (mark->kind == PLOT_MARK_ORIGIN)
    return style->dim;
  return mark->is_s ? style->arrival_s : style->arrival_p;
}

/* A vertical line, on whole pixels. */
static void
draw_stem (cairo_t *cr, double x, PlotRectangle area, const PlotTraceMark *mark,
           const PlotStyle *style)
{
  static const double origin[] = {2, 3}, predicted[] = {6, 4};
  double scale = style->scale > 0 ? style->scale : 1;
  double width =
      fmax (1, round (scale * (mark->kind == PLOT_MARK_PICK ? 1.5 : 1))) / scale;
  double left = plot_line_snap (style, x - width / 2);
  if (mark->kind == PLOT_MARK_ORIGIN)
    cairo_set_dash (cr, origin, G_N_ELEMENTS (origin), 0);
  else if (mark->kind == PLOT_MARK_PREDICTED)
    cairo_set_dash (cr, predicted, G_N_ELEMENTS (predicted), 0);
  else
    cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, left + width / 2, area.y);
  cairo_line_to (cr, left + width / 2, area.y + area.height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* From left to right with a cap at either end, in the middle of the panel. */
static void
draw_uncertainty (cairo_t *cr, double left, double right, PlotRectangle area)
{
  double y = area.y + area.height / 2;
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, left, y);
  cairo_line_to (cr, right, y);
  cairo_move_to (cr, left, y - CAP);
  cairo_line_to (cr, left, y + CAP);
  cairo_move_to (cr, right, y - CAP);
  cairo_line_to (cr, right, y + CAP);
  cairo_stroke (cr);
}

/* Where names stand already, so that none covers another. */
typedef struct {
  PlotRectangle names[MAX_NAMES];
  size_t n;
} Taken;

static bool
overlaps (const Taken *taken, PlotRectangle name)
{
  for (size_t i = 0; i < taken->n; i++) {
    PlotRectangle other = taken->names[i];
    if (name.x < other.x + other.width && other.x < name.x + name.width &&
        name.y < other.y + other.height && other.y < name.y + name.height)
      return true;
  }
  return false;
}

/* Right of the stem, or left of it at the panel's end. Names of picks stand at the top on
 * their colour, the others at the bottom; where there is another already, a line further
 * inwards. */
static void
draw_name (cairo_t *cr, PlotText *text, double x, PlotRectangle area,
           const PlotTraceMark *mark, Taken *taken, const PlotStyle *style)
{
  bool pick = mark->kind == PLOT_MARK_PICK;
  double width = plot_text_width (text, PLOT_FACE_LABEL, mark->label) + 2 * LABEL_PAD;
  double height = fmin (plot_text_height (text, PLOT_FACE_LABEL), area.height);
  double left = plot_line_snap (style, x + (pick ? 0 : 2));
  if (left + width > area.x + area.width)
    left = plot_line_snap (style, x - width - (pick ? 0 : 2));
  double top = plot_line_snap (style, pick ? area.y : area.y + area.height - height);
  PlotRectangle name = {left, top, width, height};
  while (overlaps (taken, name) && name.y >= area.y &&
         name.y + height <= area.y + area.height)
    name.y += pick ? height : -height;
  top = name.y;
  if (taken->n < MAX_NAMES)
    taken->names[taken->n++] = name;
  PlotColor ground = style->background;
  ground.alpha = fmax (ground.alpha, LABEL_ALPHA);
  PlotColor ink = mark_color (mark, style);
  if (pick) {
    PlotColor swapped = ink;
    ink = ground;
    ink.alpha = 1;
    ground = swapped;
  }
  plot_set_source (cr, ground);
  cairo_rectangle (cr, left, top, width, height);
  cairo_fill (cr);
  plot_text_draw (text, PLOT_FACE_LABEL, ink, PLOT_ALIGN_START, left + LABEL_PAD,
                  top + height / 2, mark->label);
}

static void
draw_mark (cairo_t *cr, PlotText *text, const PlotTraceLayout *layout, size_t panel,
           const PlotTraceMark *mark, Taken *taken, const PlotStyle *style)
{
  PlotRectangle area = layout->panels[panel].area;
  double x = plot_scale_px (&layout->x, mark->time_s);
  double left = plot_scale_px (&layout->x, mark->time_s - mark->uncertainty_s);
  double right = plot_scale_px (&layout->x, mark->time_s + mark->uncertainty_s);
  if (!(right >= area.x) || !(left <= area.x + area.width) || area.height < 1)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, area.x - 1, area.y, area.width + 2, area.height);
  cairo_clip (cr);
  plot_set_source (cr, mark_color (mark, style));
  draw_stem (cr, x, area, mark, style);
  if (mark->uncertainty_s > 0)
    draw_uncertainty (cr, left, right, area);
  bool named = mark->component != PLOT_TRACE_ALL || panel == 0;
  if (named && mark->label && mark->label[0] && x >= area.x && x <= area.x + area.width)
    draw_name (cr, text, x, area, mark, taken, style);
  cairo_restore (cr);
}

void
plot_trace_marks_draw (cairo_t *cr, const PlotTraceLayout *layout,
                       const PlotTraces *traces, const PlotStyle *style)
{
  if (layout->is_empty || traces->n_marks == 0)
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  Taken taken = {.n = 0};
  for (size_t m = 0; m < traces->n_marks; m++)
    for (size_t i = 0; i < layout->n_panels; i++)
      if (traces->marks[m].component == PLOT_TRACE_ALL || traces->marks[m].component == i)
        draw_mark (cr, text, layout, i, &traces->marks[m], &taken, style);
}

/* Lines at 45°, where they are whatever the band's edges. */
static void
hatch (cairo_t *cr, PlotRectangle band)
{
  cairo_save (cr);
  cairo_rectangle (cr, band.x, band.y, band.width, band.height);
  cairo_clip (cr);
  double first = floor ((band.x - band.height) / HATCH) * HATCH;
  for (double x = first; x < band.x + band.width; x += HATCH) {
    cairo_move_to (cr, x, band.y + band.height);
    cairo_line_to (cr, x + band.height, band.y);
  }
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
plot_trace_marks_draw_spans (cairo_t *cr, const PlotTraceLayout *layout,
                             const PlotTraces *traces, const PlotStyle *style)
{
  double pixel = 1 / (style->scale > 0 ? style->scale : 1);
  double drawn[PLOT_TRACE_MAX][2]; /* to where, by kind: thousands may share a pixel */
  for (size_t i = 0; i < PLOT_TRACE_MAX; i++)
    drawn[i][0] = drawn[i][1] = -INFINITY;
  for (size_t s = 0; s < traces->n_spans; s++) {
    const PlotTraceSpan *span = &traces->spans[s];
    if (span->component >= layout->n_panels)
      continue;
    PlotRectangle area = layout->panels[span->component].area;
    double from = plot_scale_px (&layout->x, span->begin_s);
    double to = plot_scale_px (&layout->x, span->end_s);
    double left = plot_line_snap (style, fmax (from, area.x));
    double right =
        fmax (plot_line_snap (style, fmin (to, area.x + area.width)), left + pixel);
    double *done = &drawn[span->component][span->kind == PLOT_SPAN_OVERLAP];
    if (!(from <= area.x + area.width) || !(to >= area.x) || right <= *done)
      continue;
    *done = right;
    PlotRectangle band = {left, area.y, right - left, area.height};
    plot_set_source (cr, span->kind == PLOT_SPAN_GAP ? style->gap : style->overlap);
    if (span->kind == PLOT_SPAN_OVERLAP && band.width > HATCH) {
      hatch (cr, band);
      continue;
    }
    cairo_rectangle (cr, band.x, band.y, band.width, band.height);
    cairo_fill (cr);
  }
}
