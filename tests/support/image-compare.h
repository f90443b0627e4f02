/* Image surfaces for tests of drawing: making them, looking for ink, comparing two. */
#pragma once

#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

typedef void (*ImageDrawFunc) (cairo_t *cr, PlotRectangle rect, const void *data,
                               const PlotStyle *style);

/* A transparent ARGB32 image of width × height px at style->scale, with the figure drawn
 * into rect. Free with cairo_surface_destroy. */
cairo_surface_t *image_draw (int width, int height, PlotRectangle rect,
                             ImageDrawFunc draw, const void *data,
                             const PlotStyle *style);

/* Pixels that are not transparent within x0 … x1 − 1, y0 … y1 − 1 (cut to the image). */
size_t image_count_ink (cairo_surface_t *image, int x0, int y0, int x1, int y1);
/* The same outside rect (in px, at `scale` pixels a px). */
size_t image_count_outside (cairo_surface_t *image, PlotRectangle rect, double scale);
/* Pixels within the box whose colour is `color` up to `tolerance` (0 … 255) a channel,
 * mixed OVER nothing. Only pixels at least half covered count. */
size_t image_count_color (cairo_surface_t *image, PlotColor color, int tolerance, int x0,
                          int y0, int x1, int y1);
/* First and last row of column x with such a pixel between y0 and y1. FALSE if none. */
bool image_column_extent (cairo_surface_t *image, PlotColor color, int tolerance, int x,
                          int y0, int y1, int *first, int *last);
/* Share (0 … 1) of pixels that differ by more than tolerance in any channel; 1 if the
 * sizes differ. */
double image_difference (cairo_surface_t *a, cairo_surface_t *b, int tolerance);

/* Fails unless the image looks like tests/fixtures/pictures/NAME.png: cells of 8 × 8
 * pixels are compared by their mean colour, so that the rasteriser of letters and lines
 * may differ, and nothing that anybody would see may. A picture that differs is written
 * beside the test's program. With SAE_NEW_PICTURES set to a folder, images are written
 * there instead of compared. */
void image_assert_reference (cairo_surface_t *image, const char *name);
/* The style of reference pictures: an export's, in a font that every test machine has. */
PlotStyle image_reference_style (void);
