/* What a three-component figure shows, and where each part of it stands: panels, their
 * amplitude scales, the time axis, all ticks. Computed once for all layers of a drawing
 * and for finding what is under the pointer. */
#pragma once

#include "plot/legend.h"
#include "plot/line.h"
#include "plot/pyramid.h"
#include "plot/scale.h"
#include "plot/style.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <stddef.h>
#include <stdint.h>

#define PLOT_TRACE_MAX 3
#define PLOT_TRACE_ALL SIZE_MAX /* instead of a component's number */

/* How tall motion is drawn. What is in view counts. */
typedef enum {
  PLOT_SCALING_EACH,   /* each component fills its panel */
  PLOT_SCALING_COMMON, /* all as tall as the largest, each around its middle */
  PLOT_SCALING_ROBUST, /* as EACH, without the lowest and highest 0.1 % of the samples */
  PLOT_SCALING_FIXED   /* middle ± fixed_limit */
} PlotScaling;

typedef enum { PLOT_SPAN_GAP, PLOT_SPAN_OVERLAP } PlotSpanKind;

/* A stretch in which a component has no samples, or has them twice. */
typedef struct {
  PlotSpanKind kind;
  size_t component;
  double begin_s, end_s; /* after sample 0 */
} PlotTraceSpan;

typedef enum {
  PLOT_MARK_ORIGIN,    /* the event's origin time */
  PLOT_MARK_PREDICTED, /* an arrival by a model */
  PLOT_MARK_PICK       /* an arrival as read by somebody */
} PlotMarkKind;

typedef struct {
  PlotMarkKind kind;
  const char *label;    /* "P", "S", "Origin"; borrowed */
  bool is_s;            /* drawn as S waves are, else as P */
  size_t component;     /* or PLOT_TRACE_ALL */
  double time_s;        /* after sample 0 */
  double uncertainty_s; /* ±, 0 for none */
} PlotTraceMark;

/* Everything borrowed. */
typedef struct {
  const char *title;    /* drawn above in exports; NULL for none */
  const char *subtitle; /* second line, e.g. that it is synthetic; NULL for none */
  size_t n_components;  /* 1 … PLOT_TRACE_MAX */
  const char *labels[PLOT_TRACE_MAX];           /* seed ids */
  const double *values[PLOT_TRACE_MAX];         /* (n_samples) each; NAN is a gap */
  const PlotPyramid *pyramids[PLOT_TRACE_MAX];  /* of values, or NULL */
  const double *reconstruction[PLOT_TRACE_MAX]; /* likewise, or all NULL */
  size_t n_samples;
  int64_t start_ns; /* of sample 0, ns since 1970 UTC */
  double rate_hz;
  const char *unit; /* of the values: "counts" */
  const char *original_label, *reconstruction_label, *residual_label; /* legend */
  double view_begin_s, view_end_s; /* shown window in s after sample 0; equal: all */
  PlotScaling scaling;
  double middles[PLOT_TRACE_MAX]; /* of the components, for COMMON and FIXED */
  double fixed_limit;             /* > 0, in unit, for FIXED */
  double amplitude_zoom;          /* of every panel around its middle; 0 is 1 */
  double amplitude_shift;         /* upwards, in heights of a panel */
  const PlotTraceSpan *spans;     /* (n_spans) */
  size_t n_spans;
  const PlotTraceMark *marks; /* (n_marks) */
  size_t n_marks;
} PlotTraces;

typedef struct {
  PlotRectangle area, strip; /* strip: of the residual, height 0 for none */
  PlotScale y, residual;
  PlotTicks ticks, residual_ticks;
} PlotTracePanel;

/* Points into itself: not to be copied. */
typedef struct {
  PlotRectangle rect, area; /* area: from the first panel's top to the last one's end */
  PlotHeading heading;
  PlotLegendEntry entries[3];
  double heading_max, label_height;
  bool with_residual;
  bool is_empty; /* too small to draw anything */
  double view_begin_s, view_end_s;
  PlotScale x; /* s after sample 0 */
  /* Of the time axis; values are s after view_begin_s, which is at ticks_x.data_0. */
  PlotTicks ticks;
  PlotScale ticks_x;
  int exponent; /* amplitudes are labelled in units of 10^exponent */
  size_t n_panels;
  PlotTracePanel panels[PLOT_TRACE_MAX];
} PlotTraceLayout;

/* Below and above a panel and between it and its residual, px. */
#define PLOT_TRACE_PANEL_GAP 8.0
#define PLOT_TRACE_STRIP_GAP 5.0

/* The layout of traces in rect. The axes' places depend on no sample, so that they stay
 * where they are while one zooms. Valid as long as what traces borrows. */
void plot_trace_layout (PlotTraceLayout *layout, PlotRectangle rect,
                        const PlotTraces *traces, const PlotStyle *style);

/* The shown window in s after sample 0 as the figure takes it: all when equal, with room
 * around a single sample. *begin_s < *end_s. */
void plot_trace_layout_view (const PlotTraces *traces, double *begin_s, double *end_s);

/* The samples of component i; n 0 where there are none. */
PlotSeries plot_trace_layout_series (const PlotTraces *traces, size_t i);

/* The panel (its residual and its label's line included) at height y, or PLOT_TRACE_ALL
 * outside of all. */
size_t plot_trace_layout_find (const PlotTraceLayout *layout, double y);
