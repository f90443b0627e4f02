/* The three-component figure: stacked axes over one time axis in UTC; alone, or original
 * under reconstruction with the residual below each. */
#pragma once

#include "plot/pyramid.h"
#include "plot/style.h"
#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#define PLOT_TRACE_MAX 3

typedef struct {
  const char *title;    /* drawn above in exports; NULL for none */
  const char *subtitle; /* second line, e.g. that it is synthetic; NULL for none */
  size_t n_components;  /* 1 … PLOT_TRACE_MAX */
  const char *labels[PLOT_TRACE_MAX];   /* seed ids */
  const double *values[PLOT_TRACE_MAX]; /* (n_samples) each, borrowed; NAN is a gap */
  const PlotPyramid *pyramids[PLOT_TRACE_MAX];  /* of values, borrowed, or NULL */
  const double *reconstruction[PLOT_TRACE_MAX]; /* likewise, or all NULL */
  size_t n_samples;
  int64_t start_ns; /* of sample 0, ns since 1970 UTC */
  double rate_hz;
  const char *unit; /* of the values: "counts" */
  const char *original_label, *reconstruction_label, *residual_label; /* legend */
  double view_begin_s, view_end_s; /* shown window in s after sample 0; equal: all */
} PlotTraces;

/* Draws into rect. Any n_samples ≥ 0: with none, the axes alone. With
 * pyramids the cost is bound by the width in pixels, through min/max per pixel column
 * (line below 3 samples a pixel). */
void plot_trace_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotTraces *traces,
                           const PlotStyle *style);

/* The shown window in s after sample 0 as the figure takes it: all when equal, with room
 * around a single sample. *begin_s < *end_s. */
void plot_trace_plot_view (const PlotTraces *traces, double *begin_s, double *end_s);

/* The rectangle inside rect that holds the data, for pointer ↔ time. */
PlotRectangle plot_trace_plot_area (PlotRectangle rect, const PlotTraces *traces,
                                    const PlotStyle *style);
