/* Any figure → PNG, SVG or PDF, told by the file name's suffix. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <glib.h>
#include <stdbool.h>

typedef enum {
  PLOT_ERROR_FORMAT, /* no .png, .svg or .pdf */
  PLOT_ERROR_WRITE,  /* the file cannot be written, or Cairo failed */
  PLOT_ERROR_MAP     /* the bytes of a map are damaged or of another version */
} PlotError;

#define PLOT_ERROR (plot_error_quark ())
GQuark plot_error_quark (void);

/* Draws the figure `data` into rect. */
typedef void (*PlotDrawFunc) (cairo_t *cr, PlotRectangle rect, const void *data,
                              const PlotStyle *style);

/* TRUE if path ends in a suffix that plot_export can write. */
bool plot_export_supports (const char *path);
/* width × height in px (96 a inch; PDF and SVG in points of 0.75 px); png_scale 1 or 2
 * multiplies a PNG's pixels. Drawn in plot_style_export (). Written to a temporary file
 * and renamed. */
bool plot_export (const char *path, double width, double height, double png_scale,
                  PlotDrawFunc draw, const void *data, GError **error);
/* The same as the bytes of an SVG; NULL on error. */
GBytes *plot_export_svg (double width, double height, PlotDrawFunc draw, const void *data,
                         GError **error);
