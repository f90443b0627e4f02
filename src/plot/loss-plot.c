#include "plot/loss-plot.h"

#include "plot/axis.h"
#include "plot/legend.h"
#include "plot/line.h"
#include "plot/scale.h"
#include "plot/scatter.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <glib.h>
#include <math.h>
#include <stdint.h>

#define LINE_WIDTH 2.0
#define MARK_RADIUS 4.0
#define BATCH_ALPHA 0.32
#define THIN_ALPHA 0.6
#define MIN_AREA 8.0

typedef struct {
  PlotRectangle area;
  PlotScale x, y;
  PlotTicks x_ticks, y_ticks;
  int exponent;
  double heading_max;
} Layout;

/* Widens min … max by the finite ones of n values, on a logarithmic axis the positive. */
static void
include_values (double *min, double *max, const double *values, size_t n, bool positive)
{
  for (size_t i = 0; i < (values ? n : 0); i++) {
    double v = values[i];
    if (!isfinite (v) || (positive && v <= 0))
      continue;
    *min = v < *min ? v : *min;
    *max = v > *max ? v : *max;
  }
}

static void
find_range (double *min, double *max, const PlotLosses *losses, bool positive)
{
  *min = INFINITY;
  *max = -INFINITY;
  include_values (min, max, losses->training, losses->n_epochs, positive);
  include_values (min, max, losses->validation, losses->n_epochs, positive);
  include_values (min, max, losses->batch_loss, losses->n_batches, positive);
  for (size_t i = 0; i < losses->n_curves; i++) {
    const PlotLossCurve *curve = &losses->curves[i];
    include_values (min, max, curve->training, curve->n_epochs, positive);
    include_values (min, max, curve->validation, curve->n_epochs, positive);
  }
}

/* A margin of 4 % of the decades; a tenth of a decade where all is one value. */
static PlotScale
fit_log (double min, double max)
{
  double margin = max > min ? pow (max / min, 0.04) : pow (10, 0.1);
  if (!isfinite (max / min))
    margin = 1;
  return plot_scale_log (min / margin, max * margin, 1, 0);
}

static PlotScale
fit_scale (const PlotLosses *losses)
{
  double min, max;
  find_range (&min, &max, losses, losses->axis == PLOT_LOSS_AXIS_LOG);
  if (losses->axis == PLOT_LOSS_AXIS_LOG && min <= max)
    return fit_log (min, max);
  if (losses->axis == PLOT_LOSS_AXIS_FITTING && min > 0 && min < max && max / min > 10 &&
      isfinite (max / min))
    return fit_log (min, max);
  bool from_zero = min >= 0 && min < max && min < 0.25 * max;
  plot_scale_widen (&min, &max, 0.06);
  return plot_scale_linear (from_zero ? 0 : min, max, 1, 0);
}

static PlotHeading
heading_of (GArray *entries_of_curves, PlotLegendEntry entries[2],
            const PlotLosses *losses, const PlotStyle *style)
{
  for (size_t i = 0; i < losses->n_curves; i++) {
    PlotLegendEntry entry = {.label = losses->curves[i].label,
                             .color = plot_style_category (style, i),
                             .kind = PLOT_LEGEND_LINE};
    g_array_append_val (entries_of_curves, entry);
  }
  if (losses->n_curves > 0)
    return (PlotHeading){losses->title, losses->subtitle,
                         (const PlotLegendEntry *)(void *)entries_of_curves->data,
                         entries_of_curves->len};
  entries[0] = (PlotLegendEntry){.label = losses->training_label,
                                 .color = style->training,
                                 .kind = PLOT_LEGEND_LINE};
  entries[1] =
      (PlotLegendEntry){.label = losses->validation ? losses->validation_label : NULL,
                        .color = style->validation,
                        .kind = PLOT_LEGEND_LINE};
  return (PlotHeading){losses->title, losses->subtitle, entries, 2};
}

static void
fit_y_ticks (Layout *layout, PlotText *text, double height)
{
  size_t n = plot_axis_y_max_labels (text, height / 1.4);
  double min = layout->y.data_0, max = layout->y.data_1;
  if (layout->y.logarithmic) {
    plot_ticks_log (&layout->y_ticks, min, max, n);
    return;
  }
  plot_ticks_linear (&layout->y_ticks, min, max, n);
  const PlotTicks *axes[] = {&layout->y_ticks};
  layout->exponent = plot_ticks_exponent (axes, 1);
  plot_ticks_label (&layout->y_ticks, layout->exponent);
}

static void
lay_out (Layout *layout, PlotText *text, PlotRectangle rect, const PlotLosses *losses,
         const PlotHeading *heading, const PlotStyle *style)
{
  *layout = (Layout){.heading_max = rect.height / 3, .y = fit_scale (losses)};
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double top = plot_legend_height (text, heading, rect.width, layout->heading_max);
  if (top <= 0)
    top = line / 2;
  double bottom = plot_axis_x_height (text, false) + (losses->epoch_label ? line + 2 : 0);
  double y0 = plot_line_snap (style, rect.y + top);
  double y1 = plot_line_snap (style, rect.y + rect.height - bottom);
  fit_y_ticks (layout, text, y1 - y0);
  double left = plot_axis_y_width (plot_axis_widest_label (text, &layout->y_ticks)) +
                (losses->loss_label ? line + 4 : 0);
  /* Room for the values that stand after the lines' ends. */
  double right = plot_text_width (text, PLOT_FACE_BOLD, "0.0000") + 2 * MARK_RADIUS + 4;
  double x0 = plot_line_snap (style, rect.x + left);
  double x1 = plot_line_snap (style, rect.x + rect.width - right);
  layout->area = (PlotRectangle){x0, y0, fmax (x1 - x0, 0), fmax (y1 - y0, 0)};
  layout->y.px_0 = y1;
  layout->y.px_1 = y0;
  double n_epochs = (double)MAX (MAX (losses->n_epochs, losses->n_epochs_planned), 1);
  for (size_t i = 0; i < losses->n_curves; i++)
    n_epochs = fmax (n_epochs, (double)losses->curves[i].n_epochs);
  if (losses->n_batches > 0 && losses->batch_epoch[losses->n_batches - 1] > n_epochs)
    n_epochs = ceil (losses->batch_epoch[losses->n_batches - 1]);
  layout->x = plot_scale_linear (0, n_epochs, x0, x1);
  int unused;
  plot_axis_fit_x (&layout->x_ticks, text, 0, n_epochs, layout->area.width, true,
                   &unused);
}

static void
draw_axes (cairo_t *cr, PlotText *text, const Layout *layout, PlotRectangle rect,
           const PlotLosses *losses, const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  plot_axis_draw_y (cr, text, area, &layout->y, &layout->y_ticks, rect.y,
                    rect.y + rect.height, style);
  plot_axis_draw_x (cr, text, area, &layout->x, &layout->x_ticks, rect.x,
                    rect.x + rect.width, style);
  if (losses->epoch_label) {
    g_autofree char *label =
        plot_text_fit (text, PLOT_FACE_LABEL, losses->epoch_label, area.width);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER,
                    area.x + area.width / 2, rect.y + rect.height - line / 2, label);
  }
  if (losses->loss_label) {
    g_autofree char *unit = plot_axis_unit (losses->loss_label, layout->exponent);
    plot_axis_draw_title_y (text, rect, area, unit, style);
  }
}

/* Index of the last finite value, or SIZE_MAX. */
static size_t
last_finite (const double *values, size_t n)
{
  for (size_t i = values ? n : 0; i-- > 0;)
    if (isfinite (values[i]))
      return i;
  return SIZE_MAX;
}

static void
draw_curve (cairo_t *cr, const Layout *layout, const double *values, size_t n,
            PlotColor color, double width, const PlotStyle *style)
{
  if (!values || n == 0)
    return;
  g_autofree double *epochs = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    epochs[i] = (double)(i + 1);
  plot_line_draw_xy (cr, layout->area, epochs, values, n, &layout->x, &layout->y, color,
                     width, style);
}

/* The last values as a mark and a number after it; *y the number's middle. */
static bool
end_of (const Layout *layout, const double *values, size_t n, double *x, double *y)
{
  size_t last = last_finite (values, n);
  if (last == SIZE_MAX)
    return false;
  *x = plot_scale_px (&layout->x, (double)(last + 1));
  *y = plot_scale_px (&layout->y, values[last]);
  return isfinite (*x) && isfinite (*y);
}

static void
draw_end (cairo_t *cr, PlotText *text, double value, double x, double y, double label_y,
          PlotShape shape, PlotColor color, const PlotStyle *style)
{
  plot_set_source (cr, color);
  plot_scatter_path (cr, shape, x, y, MARK_RADIUS);
  cairo_fill (cr);
  char number[40];
  int decimals =
      value != 0 && isfinite (value) ? 2 - (int)floor (log10 (fabs (value))) : 2;
  plot_ticks_format (number, sizeof number, value, CLAMP (decimals, 0, 4));
  plot_text_draw (text, PLOT_FACE_BOLD, color, PLOT_ALIGN_START, x + 2 * MARK_RADIUS,
                  label_y, number);
}

static void
draw_ends (cairo_t *cr, PlotText *text, const Layout *layout, const PlotLosses *losses,
           const PlotStyle *style)
{
  double x1, y1, x2, y2, line = plot_text_height (text, PLOT_FACE_BOLD);
  size_t n = losses->n_epochs;
  bool training = end_of (layout, losses->training, n, &x1, &y1);
  bool validation = end_of (layout, losses->validation, n, &x2, &y2);
  double label_1 = training ? y1 : 0, label_2 = validation ? y2 : 0;
  if (training && validation && fabs (x1 - x2) < 50 && fabs (y1 - y2) < line) {
    double middle = (y1 + y2) / 2, half = y1 <= y2 ? line / 2 : -line / 2;
    label_1 = middle - half;
    label_2 = middle + half;
  }
  if (training)
    draw_end (cr, text, losses->training[last_finite (losses->training, n)], x1, y1,
              label_1, PLOT_SHAPE_CIRCLE, style->training, style);
  if (validation)
    draw_end (cr, text, losses->validation[last_finite (losses->validation, n)], x2, y2,
              label_2, PLOT_SHAPE_SQUARE, style->validation, style);
}

static void
draw_one (cairo_t *cr, PlotText *text, const Layout *layout, const PlotLosses *losses,
          const PlotStyle *style)
{
  PlotColor batch = style->training;
  batch.alpha *= BATCH_ALPHA;
  plot_line_draw_xy (cr, layout->area, losses->batch_epoch, losses->batch_loss,
                     losses->n_batches, &layout->x, &layout->y, batch, 1.0, style);
  draw_curve (cr, layout, losses->training, losses->n_epochs, style->training, LINE_WIDTH,
              style);
  draw_curve (cr, layout, losses->validation, losses->n_epochs, style->validation,
              LINE_WIDTH, style);
  draw_ends (cr, text, layout, losses, style);
}

/* The training's lines behind all the others. */
static void
draw_several (cairo_t *cr, const Layout *layout, const PlotLosses *losses,
              const PlotStyle *style)
{
  for (int front = 0; front < 2; front++)
    for (size_t i = 0; i < losses->n_curves; i++) {
      const PlotLossCurve *curve = &losses->curves[i];
      bool validated = last_finite (curve->validation, curve->n_epochs) != SIZE_MAX;
      PlotColor color = plot_style_category (style, i);
      const double *thick = validated ? curve->validation : curve->training;
      double x, y;
      if (!front && validated) {
        color.alpha *= THIN_ALPHA;
        draw_curve (cr, layout, curve->training, curve->n_epochs, color, 1, style);
      } else if (front) {
        draw_curve (cr, layout, thick, curve->n_epochs, color, LINE_WIDTH, style);
        if (end_of (layout, thick, curve->n_epochs, &x, &y)) {
          plot_set_source (cr, color);
          plot_scatter_path (cr, PLOT_SHAPE_CIRCLE, x, y, MARK_RADIUS);
          cairo_fill (cr);
        }
      }
    }
}

void
plot_loss_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotLosses *losses,
                     const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (PlotLegendEntry));
  PlotLegendEntry entries[2];
  PlotHeading heading = heading_of (curves, entries, losses, style);
  Layout layout;
  lay_out (&layout, text, rect, losses, &heading, style);
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  if (layout.area.width >= MIN_AREA && layout.area.height >= MIN_AREA) {
    plot_legend_draw (cr, text, &heading, rect, layout.heading_max, style);
    draw_axes (cr, text, &layout, rect, losses, style);
    if (losses->n_curves > 0)
      draw_several (cr, &layout, losses, style);
    else
      draw_one (cr, text, &layout, losses, style);
  }
  cairo_restore (cr);
}

bool
plot_loss_plot_locate (PlotLossPlace *place, PlotRectangle rect, const PlotLosses *losses,
                       const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return false;
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (PlotLegendEntry));
  PlotLegendEntry entries[2];
  PlotHeading heading = heading_of (curves, entries, losses, style);
  Layout layout;
  lay_out (&layout, text, rect, losses, &heading, style);
  if (layout.area.width < MIN_AREA || layout.area.height < MIN_AREA)
    return false;
  *place = (PlotLossPlace){layout.area, layout.x, layout.y};
  return true;
}

size_t
plot_loss_plot_nearest (const PlotLosses *losses, double epochs)
{
  size_t low = 0, high = losses->n_batches;
  if (high == 0 || isnan (epochs))
    return SIZE_MAX;
  while (low < high) { /* the first at or after it */
    size_t middle = low + (high - low) / 2;
    if (losses->batch_epoch[middle] < epochs)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == losses->n_batches || (low > 0 && epochs - losses->batch_epoch[low - 1] <
                                                  losses->batch_epoch[low] - epochs))
    low--;
  return low;
}
