/* The frame of a figure of one area: heading, two axes with titles, nothing around it. */
#pragma once

#include "plot/legend.h"
#include "plot/scale.h"
#include "plot/style.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { PLOT_FRAME_LINEAR, PLOT_FRAME_LOG, PLOT_FRAME_TIME } PlotFrameAxis;

/* What a frame is asked for; borrowed. */
typedef struct {
  PlotHeading heading;
  const char *x_label, *y_label; /* titles; NULL for none. Linear ones name the unit */
  PlotFrameAxis x_axis, y_axis;  /* y_axis: not TIME */
  double x_min, x_max, y_min, y_max;
  int64_t zero_ns;    /* TIME: where x, in s, is 0 */
  bool is_equal;      /* one scale in both directions, the ranges in the middle */
  bool is_square;     /* the area is one */
  bool is_bare;       /* no labels below: another frame underneath has them */
  double row;         /* px kept free above the area, under the heading */
  double left, right; /* px from rect to the area, to stand above another; 0: as needed */
} PlotFrameRequest;

typedef struct {
  PlotRectangle rect, area;
  double heading_max;
  PlotScale x, y;
  PlotScale ticks_x; /* of TIME: s after x.data_0; else x */
  PlotTicks x_ticks, y_ticks;
  int x_exponent, y_exponent;
} PlotFrame;

/* What is kept free below the area of a bare one, px. */
double plot_frame_bare_height (PlotText *text);
/* FALSE if rect is too small for a figure. */
bool plot_frame_lay_out (PlotFrame *frame, PlotText *text, PlotRectangle rect,
                         const PlotFrameRequest *request, const PlotStyle *style);
/* Ground, heading, axes; then the data may be drawn into frame->area. */
void plot_frame_draw (cairo_t *cr, PlotText *text, const PlotFrame *frame,
                      const PlotFrameRequest *request, const PlotStyle *style);
