/* What trace-chart.c and trace-chart-*.c share. */
#pragma once

#include "app/trace-chart.h"
#include "plot/trace-plot.h"

#define SAE_NO_CURSOR SIZE_MAX

typedef enum {
  SAE_DRAG_NONE,
  SAE_DRAG_SELECT,
  SAE_DRAG_PICK,
  SAE_DRAG_TIME_AXIS,
  SAE_DRAG_AMPLITUDE_AXIS
} SaeTraceDrag;

struct _SaeTraceChart {
  SaeChart parent_instance;

  /* Owned */
  SaeWave *wave;     /* NULL: nothing is shown */
  GArray *marks;     /* PlotTraceMark; their labels are owned */
  PlotTraces traces; /* borrows of wave and marks */

  PlotTraceLayout layout; /* of traces, while layout_valid */
  PlotRectangle layout_rect;
  gboolean layout_valid;

  size_t cursor;                       /* sample, or SAE_NO_CURSOR */
  size_t active;                       /* the component that keys pick on */
  double select_begin_s, select_end_s; /* equal: nothing is selected */
  SaeTracePhase phase;                 /* of pick mode */
  SaeTraceDrag drag;                   /* what the running drag does */
  double drag_x, drag_y, drag_s;       /* where it began */
  PlotTraceMark pending;               /* the pick being made, while SAE_DRAG_PICK */
};

/* What is shown has changed, or where it stands. */
void sae_trace_chart_changed (SaeTraceChart *self);
const PlotTraceLayout *sae_trace_chart_layout (SaeTraceChart *self);
double sae_trace_chart_time_at (SaeTraceChart *self, double x);
double sae_trace_chart_cursor_s (SaeTraceChart *self); /* NAN without a cursor */
void sae_trace_chart_set_cursor (SaeTraceChart *self, size_t cursor);
void sae_trace_chart_move_cursor (SaeTraceChart *self, double time_s);
/* The view's ends are kept within the record. */
void sae_trace_chart_zoom_time (SaeTraceChart *self, double centre_s, double factor);
void sae_trace_chart_zoom_amplitude (SaeTraceChart *self, double factor);
void sae_trace_chart_select (SaeTraceChart *self, double begin_s, double end_s);
void sae_trace_chart_emit_picked (SaeTraceChart *self, size_t component,
                                  SaeTracePhase phase, double time_s,
                                  double uncertainty_s);
void sae_trace_chart_emit_unpicked (SaeTraceChart *self, size_t mark);

/* trace-chart-input.c */
void sae_trace_chart_class_init_input (SaeTraceChartClass *class);
/* trace-chart-overlay.c: the cursor, its values, its time. */
void sae_trace_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot,
                                   PlotRectangle rect, const PlotStyle *style);
char *sae_trace_chart_make_readout (SaeTraceChart *self);
