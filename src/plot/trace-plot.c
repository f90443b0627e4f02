#include "plot/trace-plot.h"

#include "plot/axis.h"
#include "plot/line.h"
#include "plot/trace-marks.h"
#include <glib.h>
#include <math.h>

#define LINE_WIDTH 1.0

/* The label stands above its panel, where no wiggle crosses it; at the right the value
 * from which an axis with an offset counts. */
static void
draw_panel_label (PlotText *text, const PlotTracePanel *panel,
                  const PlotTraceLayout *layout, const PlotTraces *traces, size_t i,
                  const PlotStyle *style)
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
           PlotColor color, const PlotTraceLayout *layout, const PlotTraces *traces,
           const PlotStyle *style)
{
  double rate = isfinite (traces->rate_hz) && traces->rate_hz > 0 ? traces->rate_hz : 1;
  if (series.values && area.height >= 1)
    plot_line_draw (cr, area, &series, layout->view_begin_s * rate,
                    layout->view_end_s * rate, y, color, LINE_WIDTH, style);
}

/* Labels −a, 0, a where there is room for three, else −a and a, else "±a" in the middle.
 */
static void
draw_residual_axis (cairo_t *cr, PlotText *text, const PlotTracePanel *panel,
                    const PlotStyle *style)
{
  PlotRectangle strip = panel->strip;
  PlotTicks ticks = panel->residual_ticks;
  double label_height = plot_axis_label_height (text);
  double top = strip.y - PLOT_TRACE_STRIP_GAP / 2,
         bottom = strip.y + strip.height + PLOT_TRACE_STRIP_GAP / 2;
  double distance = -plot_scale_slope (&panel->residual) * ticks.step;
  bool ends = 2 * distance >= label_height &&
              strip.height / 2 - distance + PLOT_TRACE_STRIP_GAP / 2 >= label_height / 2;
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
draw_panel_axes (cairo_t *cr, PlotText *text, const PlotTraceLayout *layout,
                 const PlotTraces *traces, size_t i, const PlotStyle *style)
{
  const PlotTracePanel *panel = &layout->panels[i];
  PlotRectangle area = panel->area;
  if (area.height < 1)
    return;
  plot_axis_draw_grid_x (cr, area, &layout->ticks_x, &layout->ticks, style);
  double below =
      panel->strip.height > 0 ? PLOT_TRACE_STRIP_GAP / 2 : PLOT_TRACE_PANEL_GAP;
  plot_axis_draw_y (cr, text, area, &panel->y, &panel->ticks,
                    area.y - layout->label_height, area.y + area.height + below, style);
  draw_panel_label (text, panel, layout, traces, i, style);
  if (panel->strip.height < 1 || panel->residual_ticks.n == 0)
    return;
  plot_axis_draw_grid_x (cr, panel->strip, &layout->ticks_x, &layout->ticks, style);
  plot_axis_draw_zero (cr, panel->strip, &panel->residual, style);
  draw_residual_axis (cr, text, panel, style);
}

static void
draw_time_axis (cairo_t *cr, PlotText *text, const PlotTraceLayout *layout,
                const PlotStyle *style)
{
  double bottom = layout->area.y + layout->area.height;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double x_min = layout->rect.x, x_max = layout->rect.x + layout->rect.width;
  PlotRectangle base = {layout->area.x, bottom, layout->area.width, 0};
  plot_axis_draw_x (cr, text, base, &layout->ticks_x, &layout->ticks, x_min, x_max,
                    style);
  plot_axis_draw_dates (text, &layout->ticks_x, &layout->ticks, x_min, x_max,
                        bottom + PLOT_AXIS_TICK + 1 + line * 1.5, style);
}

/* Clips to the figure; to be followed by cairo_restore. */
static void
clip (cairo_t *cr, const PlotTraceLayout *layout)
{
  cairo_save (cr);
  cairo_rectangle (cr, layout->rect.x, layout->rect.y, layout->rect.width,
                   layout->rect.height);
  cairo_clip (cr);
}

void
plot_trace_plot_draw_axes (cairo_t *cr, const PlotTraceLayout *layout,
                           const PlotTraces *traces, const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  clip (cr, layout);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  if (!layout->is_empty) {
    plot_legend_draw (cr, text, &layout->heading, layout->rect, layout->heading_max,
                      style);
    plot_trace_marks_draw_spans (cr, layout, traces, style);
    for (size_t i = 0; i < layout->n_panels; i++)
      draw_panel_axes (cr, text, layout, traces, i, style);
    draw_time_axis (cr, text, layout, style);
    if (traces->unit) {
      g_autofree char *unit = plot_axis_unit (traces->unit, layout->exponent);
      plot_axis_draw_title_y (text, layout->rect, layout->area, unit, style);
    }
  }
  cairo_restore (cr);
}

void
plot_trace_plot_draw_lines (cairo_t *cr, const PlotTraceLayout *layout,
                            const PlotTraces *traces, const PlotStyle *style)
{
  if (layout->is_empty)
    return;
  clip (cr, layout);
  for (size_t i = 0; i < layout->n_panels; i++) {
    const PlotTracePanel *panel = &layout->panels[i];
    PlotSeries fitted = {.values = traces->reconstruction[i], .n = traces->n_samples};
    draw_line (cr, panel->area, plot_trace_layout_series (traces, i), &panel->y,
               layout->with_residual ? style->original : style->record, layout, traces,
               style);
    if (!fitted.values)
      continue;
    draw_line (cr, panel->area, fitted, &panel->y, style->reconstruction, layout, traces,
               style);
    PlotSeries residual = {.values = traces->values[i],
                           .minus = traces->reconstruction[i],
                           .n = traces->n_samples};
    if (panel->residual_ticks.n > 0)
      draw_line (cr, panel->strip, residual, &panel->residual, style->residual, layout,
                 traces, style);
  }
  cairo_restore (cr);
}

void
plot_trace_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotTraces *traces,
                      const PlotStyle *style)
{
  if (!(rect.width > 0) || !(rect.height > 0))
    return;
  PlotTraceLayout layout;
  plot_trace_layout (&layout, rect, traces, style);
  plot_trace_plot_draw_axes (cr, &layout, traces, style);
  plot_trace_plot_draw_lines (cr, &layout, traces, style);
  plot_trace_marks_draw (cr, &layout, traces, style);
}

PlotRectangle
plot_trace_plot_area (PlotRectangle rect, const PlotTraces *traces,
                      const PlotStyle *style)
{
  PlotTraceLayout layout;
  plot_trace_layout (&layout, rect, traces, style);
  return layout.area;
}
