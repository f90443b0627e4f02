/* The three-component figure: stacked axes over one time axis in UTC; alone, or original
 * under reconstruction with the residual below each. */
#pragma once

#include "plot/trace-layout.h"
#include <cairo.h>

/* Draws into rect. Any n_samples ≥ 0: with none, the axes alone. With pyramids the cost
 * is bound by the width in pixels, through min/max per pixel column (line below 3 samples
 * a pixel). */
void plot_trace_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotTraces *traces,
                           const PlotStyle *style);

/* Its layers, from the lowest: axes, lines, and the marks of trace-marks.h. */
void plot_trace_plot_draw_axes (cairo_t *cr, const PlotTraceLayout *layout,
                                const PlotTraces *traces, const PlotStyle *style);
void plot_trace_plot_draw_lines (cairo_t *cr, const PlotTraceLayout *layout,
                                 const PlotTraces *traces, const PlotStyle *style);

/* The rectangle inside rect that holds the data. */
PlotRectangle plot_trace_plot_area (PlotRectangle rect, const PlotTraces *traces,
                                    const PlotStyle *style);
