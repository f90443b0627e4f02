#include "plot/trace-plot.h"

#include "plot/axis.h"
#include "plot/legend.h"
#include "plot/line.h"
#include "plot/scale.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#define LINE_WIDTH 1.0
#define PANEL_GAP 8.0  /* px below a panel */
#define STRIP_GAP 5.0  /* px between a panel and its residual */
#define STRIP_PART 0.3 /* of the height of a panel with its residual */
#define LABEL_CHARS 8  /* of an amplitude label; longer ones are told from an offset */
#define WIDEST_LABEL                                                                     \
  "\xe2\x88\x92"                                                                         \
  "0000.0"
#define MIN_AREA 8.0 /* px; below, nothing is drawn */

typedef struct {
  PlotRectangle area, strip; /* strip: of the residual, height 0 for none */
  PlotScale y, residual;
  PlotTicks ticks, residual_ticks;
} Panel;

typedef struct {
  PlotRectangle rect, area; /* area: from the first panel's top to the last one's end */
  PlotHeading heading;
  PlotLegendEntry entries[3];
  double heading_max, label_height;
  size_t n_panels;
  bool with_residual;
  double view_begin_s, view_end_s;
} Layout;

static double
rate_of (const PlotTraces *traces)
{
  return isfinite (traces->rate_hz) && traces->rate_hz > 0 ? traces->rate_hz : 1.0;
}

void
plot_trace_plot_view (const PlotTraces *traces, double *begin_s, double *end_s)
{
  double rate = rate_of (traces);
  *begin_s = traces->view_begin_s;
  *end_s = traces->view_end_s;
  if (isfinite (*begin_s) && isfinite (*end_s) && *begin_s < *end_s)
    return;
  *begin_s = 0;
  *end_s = traces->n_samples > 1 ? (double)(traces->n_samples - 1) / rate : 0;
  if (*end_s <= 0) { /* a second's worth around the only sample */
    *begin_s = -0.5 / fmin (rate, 1e9);
    *end_s = -*begin_s;
  }
}

static size_t
panel_count (const PlotTraces *traces)
{
  return MIN (traces->n_components, PLOT_TRACE_MAX);
}

static bool
has_reconstruction (const PlotTraces *traces)
{
  for (size_t i = 0; i < panel_count (traces); i++)
    if (traces->reconstruction[i])
      return true;
  return false;
}

static PlotSeries
series_of (const PlotTraces *traces, const double *values, const double *minus)
{
  return (PlotSeries){
      .values = values, .minus = minus, .n = values ? traces->n_samples : 0};
}

static PlotSeries
original_of (const PlotTraces *traces, size_t i)
{
  PlotSeries series = series_of (traces, traces->values[i], NULL);
  series.pyramid = traces->pyramids[i];
  return series;
}

/* The samples in view, first … end − 1. */
static void
samples_in_view (const PlotTraces *traces, const Layout *layout, size_t *first,
                 size_t *end)
{
  double rate = rate_of (traces), n = (double)traces->n_samples;
  double begin = floor (layout->view_begin_s * rate);
  double last = ceil (layout->view_end_s * rate);
  *first = (size_t)CLAMP (begin, 0.0, n);
  *end = (size_t)CLAMP (last + 1, 0.0, n);
}

static void
set_heading (Layout *layout, const PlotTraces *traces, const PlotStyle *style)
{
  layout->heading = (PlotHeading){.title = traces->title, .subtitle = traces->subtitle};
  if (!layout->with_residual)
    return;
  layout->entries[0] = (PlotLegendEntry){.label = traces->original_label,
                                         .color = style->original,
                                         .kind = PLOT_LEGEND_LINE};
  layout->entries[1] = (PlotLegendEntry){.label = traces->reconstruction_label,
                                         .color = style->reconstruction,
                                         .kind = PLOT_LEGEND_LINE};
  layout->entries[2] = (PlotLegendEntry){.label = traces->residual_label,
                                         .color = style->residual,
                                         .kind = PLOT_LEGEND_LINE};
  layout->heading.entries = layout->entries;
  layout->heading.n_entries = G_N_ELEMENTS (layout->entries);
}

/* Depends on no sample: the axes stay where they are while one zooms. */
static void
lay_out (Layout *layout, PlotText *text, PlotRectangle rect, const PlotTraces *traces,
         const PlotStyle *style)
{
  memset (layout, 0, sizeof *layout);
  layout->rect = rect;
  layout->n_panels = panel_count (traces);
  layout->with_residual = has_reconstruction (traces);
  plot_trace_plot_view (traces, &layout->view_begin_s, &layout->view_end_s);
  set_heading (layout, traces, style);
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  bool has_labels = false;
  for (size_t i = 0; i < layout->n_panels; i++)
    has_labels = has_labels || (traces->labels[i] && traces->labels[i][0]);
  layout->label_height = has_labels ? line + 2 : line / 2;
  layout->heading_max = rect.height / 3;

  double title = traces->unit ? line + 4 : 0;
  double left =
      title + plot_axis_y_width (plot_text_width (text, PLOT_FACE_LABEL, WIDEST_LABEL));
  /* Half of a label that stands under the last sample. */
  double right = ceil (plot_text_width (text, PLOT_FACE_LABEL, "00:00:00") / 2);
  double top =
      plot_legend_height (text, &layout->heading, rect.width, layout->heading_max);
  double bottom = plot_axis_x_height (text, true);
  double x0 = plot_line_snap (style, rect.x + left);
  double y0 = plot_line_snap (style, rect.y + top + layout->label_height);
  double x1 = plot_line_snap (style, rect.x + rect.width - right);
  double y1 = plot_line_snap (style, rect.y + rect.height - bottom);
  layout->area = (PlotRectangle){x0, y0, fmax (x1 - x0, 0), fmax (y1 - y0, 0)};
}

/* The area of panel i, with its residual's strip below. */
static void
place_panel (Panel *panel, const Layout *layout, size_t i, const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  double n = (double)layout->n_panels;
  double between = PANEL_GAP + layout->label_height;
  double each = (area.height - (n - 1) * between) / n;
  double top = plot_line_snap (style, area.y + (double)i * (each + between));
  double bottom =
      plot_line_snap (style, area.y + (double)i * (each + between) + fmax (each, 0));
  double strip = 0, gap = 0;
  if (layout->with_residual && each > 3 * STRIP_GAP) {
    gap = STRIP_GAP;
    strip = floor ((each - gap) * STRIP_PART);
  }
  panel->area =
      (PlotRectangle){area.x, top, area.width, fmax (bottom - top - strip - gap, 0)};
  panel->strip = (PlotRectangle){area.x, bottom - strip, area.width, strip};
}

static PlotScale
upward_scale (PlotRectangle area, double min, double max)
{
  return plot_scale_linear (min, max, area.y + area.height, area.y);
}

static void
fit_panel (Panel *panel, PlotText *text, const Layout *layout, const PlotTraces *traces,
           size_t i)
{
  size_t first, end;
  samples_in_view (traces, layout, &first, &end);
  PlotSeries original = original_of (traces, i);
  PlotSeries fitted = series_of (traces, traces->reconstruction[i], NULL);
  double min = INFINITY, max = -INFINITY, low, high;
  if (plot_line_range (&low, &high, &original, first, end)) {
    min = low;
    max = high;
  }
  if (plot_line_range (&low, &high, &fitted, first, end)) {
    min = fmin (min, low);
    max = fmax (max, high);
  }
  bool any = min <= max;
  plot_scale_widen (&min, &max, 0.06);
  panel->y = upward_scale (panel->area, min, max);
  if (any) {
    size_t n = plot_axis_y_max_labels (text, panel->area.height);
    plot_ticks_linear (&panel->ticks, min, max, n);
    if (panel->ticks.n < 2) /* one tells no scale; drawing leaves out what collides */
      plot_ticks_linear (&panel->ticks, min, max, n + 2);
    plot_ticks_set_offset (&panel->ticks, LABEL_CHARS);
  }
}

/* The residual's axis is symmetric around zero: its height tells the error's size, its
 * place its sign. */
static void
fit_residual (Panel *panel, PlotText *text, const Layout *layout,
              const PlotTraces *traces, size_t i)
{
  size_t first, end;
  samples_in_view (traces, layout, &first, &end);
  PlotSeries series = series_of (traces, traces->values[i], traces->reconstruction[i]);
  double low, high;
  if (panel->strip.height <= 0 || !series.values || !series.minus ||
      !plot_line_range (&low, &high, &series, first, end))
    return;
  double largest = fmax (fabs (low), fabs (high));
  double limit = largest > 0 ? largest * 1.08 : 1.0;
  plot_ticks_symmetric (&panel->residual_ticks, limit);
  /* Room for the outer labels within the strip and half the gap above it. */
  double half = panel->strip.height / 2;
  double inside = half + STRIP_GAP / 2 - plot_axis_label_height (text) / 2 - 0.5;
  if (inside > half / 2)
    limit = fmax (limit, panel->residual_ticks.step * half / inside);
  panel->residual = upward_scale (panel->strip, -limit, limit);
}

static void
fit (Panel *panels, int *exponent, PlotText *text, const Layout *layout,
     const PlotTraces *traces, const PlotStyle *style)
{
  const PlotTicks *axes[2 * PLOT_TRACE_MAX];
  size_t n_axes = 0;
  for (size_t i = 0; i < layout->n_panels; i++) {
    memset (&panels[i], 0, sizeof panels[i]);
    place_panel (&panels[i], layout, i, style);
    fit_panel (&panels[i], text, layout, traces, i);
    fit_residual (&panels[i], text, layout, traces, i);
    axes[n_axes++] = &panels[i].ticks;
    axes[n_axes++] = &panels[i].residual_ticks;
  }
  *exponent = plot_ticks_exponent (axes, n_axes);
  for (size_t i = 0; i < layout->n_panels; i++) {
    plot_ticks_label (&panels[i].ticks, *exponent);
    plot_ticks_label (&panels[i].residual_ticks, *exponent);
  }
}

/* The label stands above its panel, where no wiggle crosses it; at the right the value
 * from which an axis with an offset counts. */
static void
draw_panel_label (PlotText *text, const Panel *panel, const Layout *layout,
                  const PlotTraces *traces, size_t i, const PlotStyle *style)
{
  double y = panel->area.y - layout->label_height / 2 - 1;
  double free_width = panel->area.width;
  if (panel->ticks.offset != 0) {
    char number[40];
    double step = panel->ticks.step;
    int decimals = step < 1 ? (int)ceil (-log10 (step) - 1e-9) : 0;
    plot_ticks_format (number, sizeof number, panel->ticks.offset, decimals);
    g_autofree char *offset = g_strdup_printf (
        "0 = %s%s%s", number, traces->unit ? " " : "", traces->unit ? traces->unit : "");
    g_autofree char *shown =
        plot_text_fit (text, PLOT_FACE_LABEL, offset, panel->area.width * 0.6);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END,
                    panel->area.x + panel->area.width, y, shown);
    free_width -= plot_text_width (text, PLOT_FACE_LABEL, shown) + 8;
  }
  if (traces->labels[i]) {
    g_autofree char *label =
        plot_text_fit (text, PLOT_FACE_BOLD, traces->labels[i], free_width);
    plot_text_draw (text, PLOT_FACE_BOLD, style->text, PLOT_ALIGN_START, panel->area.x, y,
                    label);
  }
}

static void
draw_line (cairo_t *cr, PlotRectangle area, PlotSeries series, const PlotScale *y,
           PlotColor color, const Layout *layout, const PlotTraces *traces,
           const PlotStyle *style)
{
  double rate = rate_of (traces);
  if (series.values)
    plot_line_draw (cr, area, &series, layout->view_begin_s * rate,
                    layout->view_end_s * rate, y, color, LINE_WIDTH, style);
}

static void
draw_panel (cairo_t *cr, PlotText *text, const Panel *panel, const Layout *layout,
            const PlotTraces *traces, size_t i, const PlotScale *x,
            const PlotTicks *x_ticks, const PlotStyle *style)
{
  PlotRectangle area = panel->area;
  if (area.height < 1)
    return;
  const double *fitted = traces->reconstruction[i];
  plot_axis_draw_grid_x (cr, area, x, x_ticks, style);
  double below = panel->strip.height > 0 ? STRIP_GAP / 2 : PANEL_GAP;
  plot_axis_draw_y (cr, text, area, &panel->y, &panel->ticks,
                    area.y - layout->label_height, area.y + area.height + below, style);
  draw_panel_label (text, panel, layout, traces, i, style);
  draw_line (cr, area, original_of (traces, i), &panel->y,
             layout->with_residual ? style->original : style->record, layout, traces,
             style);
  draw_line (cr, area, series_of (traces, fitted, NULL), &panel->y, style->reconstruction,
             layout, traces, style);
}

/* Labels −a, 0, a where there is room for three, else −a and a, else "±a" in the middle.
 */
static void
draw_residual_axis (cairo_t *cr, PlotText *text, const Panel *panel,
                    const PlotStyle *style)
{
  PlotRectangle strip = panel->strip;
  PlotTicks ticks = panel->residual_ticks;
  double label_height = plot_axis_label_height (text);
  double top = strip.y - STRIP_GAP / 2, bottom = strip.y + strip.height + STRIP_GAP / 2;
  double distance = -plot_scale_slope (&panel->residual) * ticks.step;
  bool ends = 2 * distance >= label_height &&
              strip.height / 2 - distance + STRIP_GAP / 2 >= label_height / 2;
  if (distance < label_height || !ends)
    ticks.ticks[1].label[0] = '\0';
  if (!ends)
    ticks.ticks[0].label[0] = ticks.ticks[2].label[0] = '\0';
  plot_axis_draw_y (cr, text, strip, &panel->residual, &ticks, top, bottom, style);
  if (ends || strip.height < label_height / 2)
    return;
  g_autofree char *label = g_strconcat ("±", panel->residual_ticks.ticks[2].label, NULL);
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END,
                  strip.x - PLOT_AXIS_TICK - PLOT_AXIS_PAD,
                  plot_scale_px (&panel->residual, 0), label);
}

static void
draw_residual (cairo_t *cr, PlotText *text, const Panel *panel, const Layout *layout,
               const PlotTraces *traces, size_t i, const PlotScale *x,
               const PlotTicks *x_ticks, const PlotStyle *style)
{
  if (panel->strip.height < 1 || panel->residual_ticks.n == 0)
    return;
  plot_axis_draw_grid_x (cr, panel->strip, x, x_ticks, style);
  plot_axis_draw_zero (cr, panel->strip, &panel->residual, style);
  draw_residual_axis (cr, text, panel, style);
  draw_line (cr, panel->strip,
             series_of (traces, traces->values[i], traces->reconstruction[i]),
             &panel->residual, style->residual, layout, traces, style);
}

static int64_t
time_at (const PlotTraces *traces, double seconds)
{
  double after = seconds * 1e9, ns = (double)traces->start_ns + after;
  if (fabs (after) >= 9.2e18 || fabs (ns) >= 9.2e18)
    return ns > 0 ? G_MAXINT64 / 2 : G_MININT64 / 2;
  return traces->start_ns + (int64_t)llround (after);
}

static void
draw_time_axis (cairo_t *cr, PlotText *text, const Layout *layout, const PlotScale *x,
                const PlotTicks *ticks, const PlotStyle *style)
{
  double bottom = layout->area.y + layout->area.height;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double x_min = layout->rect.x, x_max = layout->rect.x + layout->rect.width;
  PlotRectangle base = {layout->area.x, bottom, layout->area.width, 0};
  plot_axis_draw_x (cr, text, base, x, ticks, x_min, x_max, style);
  plot_axis_draw_dates (text, x, ticks, x_min, x_max,
                        bottom + PLOT_AXIS_TICK + 1 + line * 1.5, style);
}

static void
draw_figure (cairo_t *cr, PlotText *text, const Layout *layout, const PlotTraces *traces,
             const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  double begin_s = layout->view_begin_s, end_s = layout->view_end_s;
  PlotTicks ticks;
  plot_axis_fit_time (&ticks, text, time_at (traces, begin_s), time_at (traces, end_s),
                      area.width);
  PlotScale x = plot_scale_linear (0, end_s - begin_s, area.x, area.x + area.width);
  Panel panels[PLOT_TRACE_MAX];
  int exponent = 0;
  fit (panels, &exponent, text, layout, traces, style);
  for (size_t i = 0; i < layout->n_panels; i++) {
    draw_panel (cr, text, &panels[i], layout, traces, i, &x, &ticks, style);
    draw_residual (cr, text, &panels[i], layout, traces, i, &x, &ticks, style);
  }
  draw_time_axis (cr, text, layout, &x, &ticks, style);
  if (traces->unit) {
    g_autofree char *unit = plot_axis_unit (traces->unit, exponent);
    plot_axis_draw_title_y (text, layout->rect, area, unit, style);
  }
}

void
plot_trace_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotTraces *traces,
                      const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  Layout layout;
  lay_out (&layout, text, rect, traces, style);
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  if (layout.n_panels > 0 && layout.area.width >= MIN_AREA &&
      layout.area.height >= MIN_AREA) {
    plot_legend_draw (cr, text, &layout.heading, rect, layout.heading_max, style);
    draw_figure (cr, text, &layout, traces, style);
  }
  cairo_restore (cr);
}

PlotRectangle
plot_trace_plot_area (PlotRectangle rect, const PlotTraces *traces,
                      const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  Layout layout;
  lay_out (&layout, text, rect, traces, style);
  return layout.area;
}
