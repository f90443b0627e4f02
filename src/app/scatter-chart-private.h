/* What scatter-chart.c and scatter-chart-input.c share. */
#pragma once

#include "app/scatter-chart.h"

struct _SaeScatterChart {
  SaeChart parent_instance;

  /* Owned */
  PlotEmbedding plot; /* its arrays and strings are those below */
  float *xy;
  PlotPointGrid *grid; /* of xy */
  guint8 *states;
  SaeColoring coloring;
  char *x_label, *y_label;
  GArray *outline; /* double (2) in px, while one is drawn */
  guint dwell;     /* source, 0 for none */

  PlotEmbeddingFrame frame; /* of plot, while frame_valid */
  PlotRectangle frame_rect;
  gboolean frame_valid;

  SaeScatterTool tool;
  SaeSelectMode mode; /* of the outline being drawn */
  gboolean is_lasso;  /* it is a free one */
  gboolean has_dwelt; /* "dwelt" was told of the hovered point */
};

const PlotEmbeddingFrame *sae_scatter_chart_frame (SaeScatterChart *self);
/* Points, view or their look have changed: to be drawn anew. */
void sae_scatter_chart_changed (SaeScatterChart *self);
void sae_scatter_chart_emit_clicked (SaeScatterChart *self, guint point,
                                     SaeSelectMode mode);
void sae_scatter_chart_emit_outlined (SaeScatterChart *self, const guint8 *mask,
                                      SaeSelectMode mode);
void sae_scatter_chart_emit_dwelt (SaeScatterChart *self, guint point);

/* scatter-chart-input.c */
void sae_scatter_chart_class_init_input (SaeScatterChartClass *class);
/* Nothing is hovered any more. */
void sae_scatter_chart_leave (SaeScatterChart *self);
