#include "plot/embedding-plot.h"

#include "plot/axis.h"
#include "plot/embedding-marks.h"
#include "plot/legend.h"
#include "plot/line.h"
#include "plot/scale.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <glib.h>
#include <math.h>

#define MARGIN 0.06 /* of the data's span, around it */
#define MIN_AREA 8.0

typedef struct {
  PlotRectangle area;
  PlotScale x, y; /* of one slope */
  PlotTicks x_ticks, y_ticks;
  int x_exponent, y_exponent;
  double heading_max;
} Layout;

/* The legend's entries with the strings they borrow. */
typedef struct {
  size_t n;
  PlotLegendEntry *entries;
  char **labels;
} Legend;

static void
legend_clear (Legend *legend)
{
  for (size_t i = 0; i < legend->n; i++)
    g_free (legend->labels[i]);
  g_free (legend->labels);
  g_free (legend->entries);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Legend, legend_clear)

/* An entry for each category that has points that are shown. */
static void
add_categories (Legend *legend, const PlotEmbedding *plot, const PlotStyle *style)
{
  size_t n = plot->n_categories;
  g_autofree size_t *counts = g_new0 (size_t, n);
  for (size_t i = 0; plot->category && i < plot->n_points; i++)
    if (n > 0 && !(plot->state && plot->state[i] & PLOT_POINT_HIDDEN))
      counts[MIN (plot->category[i], n - 1)]++;
  for (size_t c = 0; c < n; c++) {
    char number[40], **label = &legend->labels[legend->n];
    if (counts[c] == 0)
      continue;
    plot_ticks_format (number, sizeof number, (double)counts[c], 0);
    if (plot->category_labels[c] && *plot->category_labels[c])
      *label = g_strdup_printf ("%s (%s)", plot->category_labels[c], number);
    legend->entries[legend->n++] =
        (PlotLegendEntry){.label = *label,
                          .color = plot_style_category (style, c),
                          .kind = PLOT_LEGEND_MARK,
                          .shape = plot_embedding_marks_shape (plot, c)};
  }
}

/* The key of colours, and what a point without a number looks like. */
static void
add_key (Legend *legend, const PlotEmbedding *plot, const PlotStyle *style)
{
  bool any_unknown = false;
  for (size_t i = 0; i < plot->n_points; i++)
    any_unknown |= isnan (plot->value[i]);
  if (any_unknown && plot->unknown_label) {
    legend->labels[0] = g_strdup (plot->unknown_label);
    legend->entries[legend->n++] =
        (PlotLegendEntry){.label = legend->labels[0],
                          .color = plot_palette_mark (plot->palette, NAN, style),
                          .kind = PLOT_LEGEND_MARK};
  }
  legend->entries[legend->n++] =
      (PlotLegendEntry){.label = plot->value_label,
                        .kind = PLOT_LEGEND_BAR,
                        .palette = plot->palette,
                        .low = plot->value_low ? plot->value_low : "",
                        .high = plot->value_high ? plot->value_high : ""};
}

static void
legend_init (Legend *legend, const PlotEmbedding *plot, const PlotStyle *style)
{
  size_t most = MAX (plot->n_categories, 2);
  legend->entries = g_new0 (PlotLegendEntry, most);
  legend->labels = g_new0 (char *, most);
  if (plot->value)
    add_key (legend, plot, style);
  else if (plot->category_labels)
    add_categories (legend, plot, style);
}

static bool
data_range (const PlotEmbedding *plot, double min[2], double max[2])
{
  min[0] = min[1] = INFINITY;
  max[0] = max[1] = -INFINITY;
  for (size_t i = 0; i < plot->n_points; i++) {
    double x = plot->xy[2 * i], y = plot->xy[2 * i + 1];
    if (!isfinite (x) || !isfinite (y))
      continue;
    min[0] = fmin (min[0], x);
    max[0] = fmax (max[0], x);
    min[1] = fmin (min[1], y);
    max[1] = fmax (max[1], y);
  }
  return min[0] <= max[0];
}

/* The range asked for; what is missing or senseless is the data's, with a margin. */
static void
shown_range (const PlotEmbedding *plot, double min[2], double max[2])
{
  const double view[2][2] = {{plot->view_x0, plot->view_x1},
                             {plot->view_y0, plot->view_y1}};
  data_range (plot, min, max);
  for (int k = 0; k < 2; k++) {
    if (isfinite (view[k][0]) && isfinite (view[k][1]) && view[k][0] < view[k][1]) {
      min[k] = view[k][0];
      max[k] = view[k][1];
    } else {
      plot_scale_widen (&min[k], &max[k], MARGIN);
    }
  }
}

/* Fills the area at one scale in both directions, the shown range in its middle. */
static void
fit_scales (Layout *layout, const double min[2], const double max[2])
{
  PlotRectangle area = layout->area;
  double per_px = fmax ((max[0] - min[0]) / area.width, (max[1] - min[1]) / area.height);
  double cx = (min[0] + max[0]) / 2, cy = (min[1] + max[1]) / 2;
  double half_x = per_px * area.width / 2, half_y = per_px * area.height / 2;
  layout->x = plot_scale_linear (cx - half_x, cx + half_x, area.x, area.x + area.width);
  layout->y = plot_scale_linear (cy - half_y, cy + half_y, area.y + area.height, area.y);
}

static void
fit_y_ticks (Layout *layout, PlotText *text)
{
  size_t n = plot_axis_y_max_labels (text, layout->area.height / 1.4);
  plot_ticks_linear (&layout->y_ticks, layout->y.data_0, layout->y.data_1, n);
  const PlotTicks *axes[] = {&layout->y_ticks};
  layout->y_exponent = plot_ticks_exponent (axes, 1);
  plot_ticks_label (&layout->y_ticks, layout->y_exponent);
}

/* FALSE if rect is too small for a figure. */
static bool
lay_out (Layout *layout, PlotText *text, PlotRectangle rect, const PlotEmbedding *plot,
         const Legend *legend, const PlotStyle *style)
{
  *layout = (Layout){.heading_max = rect.height / 3};
  PlotHeading heading = {plot->title, plot->subtitle, legend->entries, legend->n};
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double top = plot_legend_height (text, &heading, rect.width, layout->heading_max);
  if (top <= 0)
    top = line / 2;
  double bottom = plot_axis_x_height (text, false) + (plot->x_label ? line + 2 : 0);
  double left = plot_axis_y_width (plot_text_width (text, PLOT_FACE_LABEL, "−00.0")) +
                (plot->y_label ? line + 4 : 0);
  double x0 = plot_line_snap (style, rect.x + left);
  double x1 = plot_line_snap (style, rect.x + rect.width - line);
  double y0 = plot_line_snap (style, rect.y + top);
  double y1 = plot_line_snap (style, rect.y + rect.height - bottom);
  if (!(x1 - x0 >= MIN_AREA) || !(y1 - y0 >= MIN_AREA))
    return false;
  layout->area = (PlotRectangle){x0, y0, x1 - x0, y1 - y0};
  double min[2], max[2];
  shown_range (plot, min, max);
  fit_scales (layout, min, max);
  fit_y_ticks (layout, text);
  plot_axis_fit_x (&layout->x_ticks, text, layout->x.data_0, layout->x.data_1,
                   layout->area.width, false, &layout->x_exponent);
  return true;
}

static void
draw_axes (cairo_t *cr, PlotText *text, const Layout *layout, PlotRectangle rect,
           const PlotEmbedding *plot, const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  plot_axis_draw_y (cr, text, area, &layout->y, &layout->y_ticks, rect.y,
                    rect.y + rect.height, style);
  plot_axis_draw_x (cr, text, area, &layout->x, &layout->x_ticks, rect.x,
                    rect.x + rect.width, style);
  if (plot->x_label) {
    g_autofree char *unit = plot_axis_unit (plot->x_label, layout->x_exponent);
    g_autofree char *label = plot_text_fit (text, PLOT_FACE_LABEL, unit, area.width);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                    area.x + area.width / 2, rect.y + rect.height - line / 2, label);
  }
  if (plot->y_label) {
    g_autofree char *unit = plot_axis_unit (plot->y_label, layout->y_exponent);
    plot_axis_draw_title_y (text, rect, area, unit, style);
  }
}

static void
draw_ring (cairo_t *cr, const Layout *layout, const PlotEmbedding *plot, size_t index,
           PlotColor color, double radius, double width)
{
  if (index >= plot->n_points)
    return;
  double x = plot_scale_px (&layout->x, plot->xy[2 * index]);
  double y = plot_scale_px (&layout->y, plot->xy[2 * index + 1]);
  if (!isfinite (x) || !isfinite (y))
    return;
  PlotRectangle area = layout->area;
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  plot_set_source (cr, color);
  cairo_set_line_width (cr, width);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* All that the layers need to know of a figure; clear after use. */
typedef struct {
  PlotText *text;
  Legend legend;
  Layout layout;
  bool fits;
} Figure;

static void
figure_init (Figure *figure, cairo_t *cr, PlotRectangle rect, const PlotEmbedding *plot,
             const PlotStyle *style)
{
  *figure = (Figure){.text = plot_text_new (cr, style)};
  legend_init (&figure->legend, plot, style);
  figure->fits =
      rect.width > 0 && rect.height > 0 &&
      lay_out (&figure->layout, figure->text, rect, plot, &figure->legend, style);
}

static void
figure_clear (Figure *figure)
{
  plot_text_free (figure->text);
  legend_clear (&figure->legend);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Figure, figure_clear)

static void
draw_back (cairo_t *cr, Figure *figure, PlotRectangle rect, const PlotEmbedding *plot,
           const PlotStyle *style)
{
  const Layout *layout = &figure->layout;
  const Legend *legend = &figure->legend;
  if (!figure->fits)
    return;
  PlotHeading heading = {plot->title, plot->subtitle, legend->entries, legend->n};
  plot_legend_draw (cr, figure->text, &heading, rect, layout->heading_max, style);
  draw_axes (cr, figure->text, layout, rect, plot, style);
}

static void
draw_points (cairo_t *cr, const Figure *figure, const PlotEmbedding *plot,
             const PlotStyle *style)
{
  const Layout *layout = &figure->layout;
  g_auto (PlotEmbeddingMarks) marks = {0};
  plot_embedding_marks_init (&marks, plot, style);
  if (figure->fits && marks.n_marks > 0)
    plot_scatter_draw (cr, layout->area, plot->n_points, plot->xy, marks.mark, &layout->x,
                       &layout->y, marks.marks, marks.n_marks, style);
}

static void
draw_rings (cairo_t *cr, const Figure *figure, const PlotEmbedding *plot,
            const PlotStyle *style)
{
  if (!figure->fits)
    return;
  if (plot->hovered != plot->selected)
    draw_ring (cr, &figure->layout, plot, plot->hovered, style->dim, 7.5, 1.5);
  draw_ring (cr, &figure->layout, plot, plot->selected, style->selection, 8.5, 2.5);
}

void
plot_embedding_plot_draw_axes (cairo_t *cr, PlotRectangle rect, const PlotEmbedding *plot,
                               const PlotStyle *style)
{
  g_auto (Figure) figure = {0};
  figure_init (&figure, cr, rect, plot, style);
  draw_back (cr, &figure, rect, plot, style);
}

void
plot_embedding_plot_draw_points (cairo_t *cr, PlotRectangle rect,
                                 const PlotEmbedding *plot, const PlotStyle *style)
{
  g_auto (Figure) figure = {0};
  figure_init (&figure, cr, rect, plot, style);
  draw_points (cr, &figure, plot, style);
}

void
plot_embedding_plot_draw_rings (cairo_t *cr, PlotRectangle rect,
                                const PlotEmbedding *plot, const PlotStyle *style)
{
  g_auto (Figure) figure = {0};
  figure_init (&figure, cr, rect, plot, style);
  draw_rings (cr, &figure, plot, style);
}

void
plot_embedding_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotEmbedding *plot,
                          const PlotStyle *style)
{
  g_auto (Figure) figure = {0};
  figure_init (&figure, cr, rect, plot, style);
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  draw_back (cr, &figure, rect, plot, style);
  draw_points (cr, &figure, plot, style);
  draw_rings (cr, &figure, plot, style);
  cairo_restore (cr);
}

PlotEmbeddingFrame
plot_embedding_plot_frame (PlotRectangle rect, const PlotEmbedding *plot,
                           const PlotStyle *style)
{
  g_auto (Figure) figure = {0};
  figure_init (&figure, NULL, rect, plot, style);
  const Layout *layout = &figure.layout;
  if (!figure.fits)
    return (PlotEmbeddingFrame){rect, 0, 1, 0, 1, true};
  return (PlotEmbeddingFrame){layout->area,     layout->x.data_0, layout->x.data_1,
                              layout->y.data_0, layout->y.data_1, false};
}

void
plot_embedding_frame_to_px (const PlotEmbeddingFrame *frame, const float point[2],
                            double *x, double *y)
{
  PlotRectangle area = frame->area;
  *x = area.x + (point[0] - frame->x0) / (frame->x1 - frame->x0) * area.width;
  *y = area.y + (frame->y1 - point[1]) / (frame->y1 - frame->y0) * area.height;
}

void
plot_embedding_frame_to_data (const PlotEmbeddingFrame *frame, double x, double y,
                              double point[2])
{
  PlotRectangle area = frame->area;
  point[0] = frame->x0 + (x - area.x) / area.width * (frame->x1 - frame->x0);
  point[1] = frame->y1 - (y - area.y) / area.height * (frame->y1 - frame->y0);
}

size_t
plot_embedding_frame_pick (const PlotEmbeddingFrame *frame, const PlotEmbedding *plot,
                           double x, double y, double radius)
{
  PlotRectangle area = frame->area;
  double at[2], px, py;
  if (frame->is_empty || !(x >= area.x - radius) || !(x <= area.x + area.width + radius))
    return SIZE_MAX;
  plot_embedding_frame_to_data (frame, x, y, at);
  g_autoptr (PlotPointGrid) own =
      plot->grid ? NULL : plot_point_grid_new (plot->xy, plot->n_points);
  size_t i = plot_point_grid_nearest (plot->grid ? plot->grid : own, at[0], at[1],
                                      radius / area.width * (frame->x1 - frame->x0),
                                      plot->state, PLOT_POINT_HIDDEN);
  if (i == SIZE_MAX)
    return i;
  plot_embedding_frame_to_px (frame, plot->xy + 2 * i, &px, &py);
  bool is_shown = px >= area.x && px <= area.x + area.width && py >= area.y &&
                  py <= area.y + area.height;
  return is_shown ? i : SIZE_MAX;
}

size_t
plot_embedding_plot_pick (PlotRectangle rect, const PlotEmbedding *plot,
                          const PlotStyle *style, double x, double y, double radius)
{
  PlotEmbeddingFrame frame = plot_embedding_plot_frame (rect, plot, style);
  return plot_embedding_frame_pick (&frame, plot, x, y, radius);
}
