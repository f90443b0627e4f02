#include "plot/scores-plot.h"

#include "plot/axis.h"
#include "plot/legend.h"
#include "plot/line.h"
#include "plot/scatter.h"
#include <glib.h>
#include <math.h>

#define MARK_RADIUS 4.5
#define ROW_MAX 44.0
#define PAD 10.0
#define MIN_AREA 24.0

typedef struct {
  PlotRectangle area;
  PlotScale x;
  PlotTicks ticks;
  double left;  /* where labels begin */
  double row;   /* height */
  double value; /* where the numbers begin */
} Layout;

static double
labels_width (PlotText *text, const PlotScores *scores)
{
  double widest = 0;
  for (size_t i = 0; i < scores->n; i++)
    widest =
        fmax (widest, plot_text_width (text, PLOT_FACE_LABEL, scores->scores[i].label));
  return widest;
}

static bool
lay_out (Layout *layout, PlotText *text, PlotRectangle rect, const PlotHeading *heading,
         const PlotScores *scores, const PlotStyle *style)
{
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double top = plot_legend_height (text, heading, rect.width, rect.height / 3) +
               (scores->chance_label ? line : line / 2);
  double bottom = plot_axis_x_height (text, false) + (scores->value_label ? line + 2 : 0);
  double labels = fmin (labels_width (text, scores), rect.width * 0.55);
  double numbers = plot_text_width (text, PLOT_FACE_BOLD, "0.00");
  double x0 = plot_line_snap (style, rect.x + labels + PAD);
  double x1 = plot_line_snap (style, rect.x + rect.width - numbers - PAD);
  double height = fmin (rect.height - top - bottom, ROW_MAX * (double)scores->n);
  *layout = (Layout){.area = {x0, plot_line_snap (style, rect.y + top), x1 - x0, height},
                     .left = rect.x,
                     .row = height / (double)MAX (scores->n, 1),
                     .value = x1 + PAD};
  if (!(x1 - x0 >= MIN_AREA) || !(height >= MIN_AREA))
    return false;
  layout->x = plot_scale_linear (0, 1, x0, x1);
  int exponent;
  plot_axis_fit_x (&layout->ticks, text, 0, 1, layout->area.width, false, &exponent);
  return true;
}

static void
draw_chance (cairo_t *cr, PlotText *text, const Layout *layout, const PlotScores *scores,
             PlotRectangle rect, const PlotStyle *style)
{
  const double dashes[] = {4, 3};
  if (isnan (scores->chance))
    return;
  double x = plot_line_snap (style, plot_scale_px (&layout->x, scores->chance));
  cairo_save (cr);
  plot_set_source (cr, style->dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_move_to (cr, x + 0.5, layout->area.y);
  cairo_line_to (cr, x + 0.5, layout->area.y + layout->area.height);
  cairo_stroke (cr);
  cairo_restore (cr);
  if (scores->chance_label) {
    double half = plot_text_width (text, PLOT_FACE_LABEL, scores->chance_label) / 2;
    double middle = fmin (fmax (x, rect.x + half), rect.x + rect.width - half);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER, middle,
                    layout->area.y - plot_text_height (text, PLOT_FACE_LABEL) / 2,
                    scores->chance_label);
  }
}

static void
draw_row (cairo_t *cr, PlotText *text, const Layout *layout, const PlotScore *score,
          double y, const PlotStyle *style)
{
  PlotColor color = score->is_main ? style->reconstruction : style->dim;
  g_autofree char *label = plot_text_fit (text, PLOT_FACE_LABEL, score->label,
                                          layout->area.x - PAD - layout->left);
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START, layout->left, y,
                  label);
  if (isnan (score->value)) {
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, layout->value, y,
                    "–");
    return;
  }
  double low = plot_scale_px (&layout->x, score->low);
  double high = plot_scale_px (&layout->x, score->high);
  plot_set_source (cr, color);
  if (low <= high) {
    cairo_rectangle (cr, low, round (y) - 1, high - low, 2);
    cairo_rectangle (cr, low - 0.5, round (y) - 5, 1.5, 10);
    cairo_rectangle (cr, high - 1, round (y) - 5, 1.5, 10);
    cairo_fill (cr);
  }
  plot_scatter_path (cr, PLOT_SHAPE_CIRCLE, plot_scale_px (&layout->x, score->value),
                     round (y), MARK_RADIUS);
  cairo_fill (cr);
  char number[40];
  plot_ticks_format (number, sizeof number, score->value, 2);
  plot_text_draw (text, score->is_main ? PLOT_FACE_BOLD : PLOT_FACE_LABEL, color,
                  PLOT_ALIGN_START, layout->value, y, number);
}

void
plot_scores_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotScores *scores,
                       const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotHeading heading = {scores->title, scores->subtitle, NULL, 0};
  Layout layout;
  bool fits = lay_out (&layout, text, rect, &heading, scores, style);
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  plot_legend_draw (cr, text, &heading, rect, rect.height / 3, style);
  if (fits && scores->n > 0) {
    PlotRectangle area = layout.area;
    plot_axis_draw_x (cr, text, area, &layout.x, &layout.ticks, rect.x,
                      rect.x + rect.width, style);
    draw_chance (cr, text, &layout, scores, rect, style);
    for (size_t i = 0; i < scores->n; i++)
      draw_row (cr, text, &layout, &scores->scores[i],
                area.y + ((double)i + 0.5) * layout.row, style);
    if (scores->value_label) {
      /* Below the middle of the axis, as far as that keeps it whole. */
      double half = plot_text_width (text, PLOT_FACE_LABEL, scores->value_label) / 2;
      plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                      fmin (area.x + area.width / 2, rect.x + rect.width - half),
                      area.y + area.height + plot_axis_x_height (text, false) +
                          plot_text_height (text, PLOT_FACE_LABEL) / 2,
                      scores->value_label);
    }
  }
  cairo_restore (cr);
}
