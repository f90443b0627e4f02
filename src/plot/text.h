/* Text of a figure: measured and drawn with Pango, tabular figures, one context for a
 * whole drawing. In an SVG it stays text. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <glib.h>

typedef struct _PlotText PlotText;

typedef enum {
  PLOT_FACE_LABEL, /* ticks, legend */
  PLOT_FACE_BOLD,  /* panel labels */
  PLOT_FACE_TITLE, /* larger, bold */
} PlotFace;

typedef enum { PLOT_ALIGN_START, PLOT_ALIGN_CENTER, PLOT_ALIGN_END } PlotAlign;

/* cr and style are borrowed and outlive it. cr NULL: for measuring only, with the results
 * that a raster surface gives. Any thread, one at a time. */
PlotText *plot_text_new (cairo_t *cr, const PlotStyle *style);
void plot_text_free (PlotText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlotText, plot_text_free)

/* px, rounded up. */
double plot_text_width (PlotText *text, PlotFace face, const char *string);
double plot_text_height (PlotText *text, PlotFace face);
/* A copy that is at most max_width px wide, shortened by "…" where needed (possibly to
 * ""); one line, valid UTF-8. Free with g_free. */
char *plot_text_fit (PlotText *text, PlotFace face, const char *string, double max_width);
/* x is the text's start, centre or end; y the middle of its line, px. */
void plot_text_draw (PlotText *text, PlotFace face, PlotColor color, PlotAlign align,
                     double x, double y, const char *string);
/* Upwards, its middle at (x, y). */
void plot_text_draw_upwards (PlotText *text, PlotFace face, PlotColor color, double x,
                             double y, const char *string);

/* Cairo writes the text of an SVG as outlines. With this, text drawn on `surface` (an SVG
 * one) is appended to `elements` as <text> elements instead, to stand before the closing
 * </svg>: searchable and editable. `elements` is borrowed and outlives the surface. */
void plot_text_collect (cairo_surface_t *surface, GString *elements);
/* TRUE if cr draws on a surface of paths (PDF, SVG, PostScript), not of pixels. */
bool plot_text_is_vector (cairo_t *cr);
