/* A record the size of a word: its envelope, without axes. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>

/* Fills rect from left to right with n columns between min[i] and max[i] (−127 … 127 are
 * its lower and upper edge), each at least one px high. */
void plot_preview_draw (cairo_t *cr, PlotRectangle rect, const signed char *min,
                        const signed char *max, size_t n, PlotColor color);
