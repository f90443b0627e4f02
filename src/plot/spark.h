/* A record in very little room: its components below each other, without axes. */
#pragma once

#include "plot/line.h"
#include "plot/style.h"
#include <cairo.h>

/* n series into rect, each as tall as fits, its name ("E"; NULL for none) before it; a
 * flat one is a line in its middle. */
void plot_spark_draw (cairo_t *cr, PlotRectangle rect, const PlotSeries *series,
                      const char *const *names, size_t n, const PlotStyle *style);
