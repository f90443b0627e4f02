/* What is written on a three-component figure: times with their names and uncertainties
 * above the lines, gaps and overlaps below them. */
#pragma once

#include "plot/trace-layout.h"
#include <cairo.h>

/* traces->marks: the origin and predicted arrivals dashed, picks solid and on their own
 * component, with a bar as wide as their uncertainty. */
void plot_trace_marks_draw (cairo_t *cr, const PlotTraceLayout *layout,
                            const PlotTraces *traces, const PlotStyle *style);
/* traces->spans: gaps as a plain band, overlaps as a hatched one, at least a pixel wide.
 */
void plot_trace_marks_draw_spans (cairo_t *cr, const PlotTraceLayout *layout,
                                  const PlotTraces *traces, const PlotStyle *style);
