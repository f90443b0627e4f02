/* Colours, fonts and lengths of every picture. The only place a colour is named. */
#pragma once

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
  double red, green, blue, alpha; /* 0 … 1, not premultiplied */
} PlotColor;

typedef struct {
  double x, y, width, height; /* px, the origin at the top left */
} PlotRectangle;

typedef struct {
  PlotColor background; /* alpha 0 in the window: the widget's own shows through */
  PlotColor text, dim, grid;
  PlotColor record;         /* a record's line */
  PlotColor original;       /* the original under a reconstruction (dimmed) */
  PlotColor reconstruction; /* accent */
  PlotColor residual;
  PlotColor training, validation;
  PlotColor selection;
  PlotColor arrival_p, arrival_s; /* P and S waves, read or predicted */
  PlotColor gap, overlap;         /* of records, behind their lines */
  PlotColor land, sea, border;    /* of maps; border: coastlines too */
  const char *font; /* Pango description without size: "Cantarell", "Sans"; borrowed */
  double font_points;
  double scale; /* device pixels a px: 1, 1.5, 2 */
} PlotStyle;

/* For the window, in the light or the dark style; for exported figures: light, opaque. */
PlotStyle plot_style_window (bool dark, bool high_contrast);
PlotStyle plot_style_export (void);
/* Okabe and Ito's colours (2008), index taken modulo their number, fit for the style's
 * ground. */
PlotColor plot_style_category (const PlotStyle *style, size_t index);
void plot_set_source (cairo_t *cr, PlotColor color);
