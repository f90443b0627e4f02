/* Particle motion: one component against another, for each pair, all at one scale; early
 * motion is darker than late. */
#pragma once

#include "plot/palette.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>

typedef struct {
  const char *title, *subtitle; /* of exports; NULL for none */
  const char *labels[3];        /* "E", "N", "Z" or "R", "T", "Z" */
  const double *values[3];      /* (n) each; where one is NAN the line breaks */
  size_t n;
  const char *unit;
  size_t cursor; /* a ring on this sample, or SIZE_MAX */
  PlotPalette palette;
} PlotMotion;

/* Draws into rect: first against second, first against third, second against third; the
 * last in a second row where rect is tall. Of many samples no more than a few thousand
 * are drawn, each the next in turn. */
void plot_motion_draw (cairo_t *cr, PlotRectangle rect, const PlotMotion *motion,
                       const PlotStyle *style);
