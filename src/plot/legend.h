/* What stands above a figure: title, subtitle, and at the right the legend. */
#pragma once

#include "plot/palette.h"
#include "plot/scatter.h"
#include "plot/style.h"
#include "plot/text.h"
#include <cairo.h>
#include <stddef.h>

typedef enum { PLOT_LEGEND_LINE, PLOT_LEGEND_MARK, PLOT_LEGEND_BAR } PlotLegendKind;

typedef struct {
  const char *label; /* entries with NULL or "" are left out */
  PlotColor color;
  PlotLegendKind kind;
  PlotShape shape; /* of a mark */
  /* Of a bar, the key of colours of numbers: "label  low ▒▒▒▒ high". */
  PlotPalette palette;
  const char *low, *high;
} PlotLegendEntry;

typedef struct {
  const char *title, *subtitle; /* NULL for none; borrowed, like all here */
  const PlotLegendEntry *entries;
  size_t n_entries;
} PlotHeading;

/* Height in px that the heading takes in `width` px, its distance to the figure included;
 * 0 when it is empty. At most max_height: what does not fit is left out, rows of the
 * legend first. */
double plot_legend_height (PlotText *text, const PlotHeading *heading, double width,
                           double max_height);
/* Draws it into the top of rect, the title at rect's left edge, the legend at its right
 * one. The legend shares the last line of the title where there is room. */
void plot_legend_draw (cairo_t *cr, PlotText *text, const PlotHeading *heading,
                       PlotRectangle rect, double max_height, const PlotStyle *style);
