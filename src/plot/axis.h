/* Axes without a frame: a light grid, ticks outside, labels that never touch. */
#pragma once

#include "plot/scale.h"
#include "plot/style.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <cairo.h>

#define PLOT_AXIS_MAX_LABELS 6
#define PLOT_AXIS_TICK 4.0 /* px, length outside the area */
#define PLOT_AXIS_PAD 3.0  /* px, between tick and label */

/* px that a label needs upwards: the ink of its digits and a little air, which is less
 * than its line. */
double plot_axis_label_height (PlotText *text);
/* How many labels at most on an axis of `length` px upwards, 1 … PLOT_AXIS_MAX_LABELS. */
size_t plot_axis_y_max_labels (PlotText *text, double length);
/* px from the area to the far end of labels `widest` px wide. */
double plot_axis_y_width (double widest);
/* The widest of the labels, px. */
double plot_axis_widest_label (PlotText *text, const PlotTicks *ticks);
/* px below the area that the labels take; with the dates' line when dates. */
double plot_axis_x_height (PlotText *text, bool dates);

/* Ticks with their grid line and, at the left, their label; those whose label does not
 * fit between y_min and y_max px or would touch the one before are left out. */
void plot_axis_draw_y (cairo_t *cr, PlotText *text, PlotRectangle area,
                       const PlotScale *scale, const PlotTicks *ticks, double y_min,
                       double y_max, const PlotStyle *style);
/* The same below; labels stay between x_min and x_max px or are left out. */
void plot_axis_draw_x (cairo_t *cr, PlotText *text, PlotRectangle area,
                       const PlotScale *scale, const PlotTicks *ticks, double x_min,
                       double x_max, const PlotStyle *style);
/* Vertical grid lines alone, for the upper ones of stacked areas. */
void plot_axis_draw_grid_x (cairo_t *cr, PlotRectangle area, const PlotScale *scale,
                            const PlotTicks *ticks, const PlotStyle *style);
/* A horizontal line of the grid at data value 0, stronger than the others. */
void plot_axis_draw_zero (cairo_t *cr, PlotRectangle area, const PlotScale *y_scale,
                          const PlotStyle *style);

/* Times from begin_ns to end_ns: as many labels as stand apart on `width` px. */
void plot_axis_fit_time (PlotTicks *ticks, PlotText *text, int64_t begin_ns,
                         int64_t end_ns, double width);
/* Linear ticks (whole numbers if integer), labelled in units of 10^*exponent, which is
 * chosen. */
void plot_axis_fit_x (PlotTicks *ticks, PlotText *text, double min, double max,
                      double width, bool integer, int *exponent);
/* Below an axis of times: the dates, the first with "UTC". y is the line's middle. */
void plot_axis_draw_dates (PlotText *text, const PlotScale *scale, const PlotTicks *ticks,
                           double x_min, double x_max, double y, const PlotStyle *style);
/* The axis's title upwards at rect's left edge, beside the middle of area where it fits,
 * and else down to rect's end. */
void plot_axis_draw_title_y (PlotText *text, PlotRectangle rect, PlotRectangle area,
                             const char *title, const PlotStyle *style);
/* "counts" in units of 10³ is "10³ counts"; of nothing, "×10³". unit NULL for none. Free
 * with g_free. */
char *plot_axis_unit (const char *unit, int exponent);
