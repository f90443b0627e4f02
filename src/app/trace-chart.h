/* SaeTraceChart: the three components of a signal over one time axis, alone or with their
 * reconstruction. Axes, lines and marks are layers of their own; the cursor redraws none.
 *
 * The wheel, a pinch and + − zoom in time at the pointer; with Control, over the
 * amplitude axis or with ↑ ↓ in amplitude. Dragging pans, on an axis it scales. With
 * Shift it selects a window, as do Shift and ← →; Return zooms to it. A double click or 0
 * resets time and amplitude. In pick mode a press picks the phase, and dragging sideways
 * from there gives its uncertainty; 1 and 2 pick P and S at the cursor, U takes the
 * distance of the cursor for the uncertainty, Delete removes the pick beside the cursor.
 *
 * Properties:
 *   phase       int      read-write: the SaeTracePhase of pick mode
 * Signals:
 *   "cursor-moved" ()
 *   "view-changed" ()
 *   "selection-changed" ()
 *   "picked" (guint component, int phase, double time_s, double uncertainty_s)
 *   "unpicked" (guint mark): the number of the mark in the order of set_marks */
#pragma once

#include "app/chart.h"
#include "app/wave.h"

#define SAE_TYPE_TRACE_CHART (sae_trace_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeTraceChart, sae_trace_chart, SAE, TRACE_CHART, SaeChart)

typedef enum { SAE_TRACE_NO_PHASE, SAE_TRACE_P, SAE_TRACE_S } SaeTracePhase;

/* Shows wave (a new reference; NULL: nothing). keep_view: it is the same record,
 * processed otherwise; view, cursor and selection stay at their times. */
void sae_trace_chart_set_wave (SaeTraceChart *self, SaeWave *wave, gboolean keep_view);
SaeWave *sae_trace_chart_get_wave (SaeTraceChart *self);
/* The same of values (3, T) and reconstruction (3, T, or NULL), copied. */
void sae_trace_chart_show (SaeTraceChart *self, const SaeTraceInfo *info,
                           const double *values, const double *reconstruction);
void sae_trace_chart_clear (SaeTraceChart *self);
/* marks (n), copied with their labels: in place of those before. */
void sae_trace_chart_set_marks (SaeTraceChart *self, const PlotTraceMark *marks,
                                size_t n);

/* limit (> 0, in the wave's unit) counts for PLOT_SCALING_FIXED. */
void sae_trace_chart_set_scaling (SaeTraceChart *self, PlotScaling scaling, double limit);
/* Half the highest amplitude range that is shown; 0 without a wave. */
double sae_trace_chart_get_limit (SaeTraceChart *self);

/* The sample the cursor is at; SIZE_MAX without one. */
size_t sae_trace_chart_get_cursor (SaeTraceChart *self);
/* The shown window in s after the first sample. */
void sae_trace_chart_get_view (SaeTraceChart *self, double *begin_s, double *end_s);
void sae_trace_chart_set_view (SaeTraceChart *self, double begin_s, double end_s);
/* The selected window likewise; FALSE, and both untouched, if there is none. */
gboolean sae_trace_chart_get_selection (SaeTraceChart *self, double *begin_s,
                                        double *end_s);
/* What is shown, as a figure: borrowed, until the chart changes. */
const PlotTraces *sae_trace_chart_get_traces (SaeTraceChart *self);
/* The part of the widget that holds the data, px. */
PlotRectangle sae_trace_chart_get_area (SaeTraceChart *self);
/* What the keys 1 and 2 do; nothing without a cursor. */
void sae_trace_chart_pick_at_cursor (SaeTraceChart *self, SaeTracePhase phase);
