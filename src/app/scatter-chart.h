/* SaeScatterChart: the projection as points to hover, to click, to encircle and to walk
 * through with the arrow keys.
 *
 * With the pan tool dragging pans; with the others, or with Shift or Alt held, it draws
 * an outline: a rectangle, or a free one with the lasso. Hovering never selects: it draws
 * a ring at once, and after a dwell of 125 ms tells "dwelt".
 *
 * Properties:
 *   current   uint   read-write: the point in hand, SAE_SCATTER_NONE for none; follows
 *                    clicks and keys
 *   tool      int    read-write: SaeScatterTool
 * Signals; mode is a SaeSelectMode: Shift adds, Alt subtracts
 *   "clicked" (guint point, int mode)
 *   "outlined" (const guint8 *mask, int mode): (n) of the points inside, 0 or 1; valid
 *                    during the emission
 *   "dwelt" (guint point): SAE_SCATTER_NONE: the pointer has left it */
#pragma once

#include "app/chart.h"
#include "app/coloring.h"
#include "plot/embedding-plot.h"
#include "session/selection.h"

#define SAE_TYPE_SCATTER_CHART (sae_scatter_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeScatterChart, sae_scatter_chart, SAE, SCATTER_CHART, SaeChart)

#define SAE_SCATTER_NONE G_MAXUINT

typedef enum { SAE_SCATTER_PAN, SAE_SCATTER_RECTANGLE, SAE_SCATTER_LASSO } SaeScatterTool;

/* Shows the points xy (n, 2), copied; all are shown, in no state and one colour, and none
 * is in hand. n 0: nothing. */
void sae_scatter_chart_show (SaeScatterChart *self, const float *xy, guint n,
                             const char *x_label, const char *y_label);
/* The same n points stand elsewhere; view, colours, states and the one in hand stay. */
void sae_scatter_chart_move (SaeScatterChart *self, const float *xy, const char *x_label,
                             const char *y_label);
/* Copied, n entries. */
void sae_scatter_chart_set_coloring (SaeScatterChart *self, const SaeColoring *coloring);
/* states (n) of SAE_POINT_*, copied. */
void sae_scatter_chart_set_states (SaeScatterChart *self, const guint8 *states);
/* Points of `size` times their usual radius; opacity 0: by how many there are. */
void sae_scatter_chart_set_marks (SaeScatterChart *self, double size, double opacity);

guint sae_scatter_chart_get_current (SaeScatterChart *self);
void sae_scatter_chart_set_current (SaeScatterChart *self, guint current);
/* Shows all points, or the selected ones as large as fits. */
void sae_scatter_chart_show_all (SaeScatterChart *self);
void sae_scatter_chart_zoom_to_selection (SaeScatterChart *self);
/* Where a point stands, px; FALSE when it is not in view. */
gboolean sae_scatter_chart_locate (SaeScatterChart *self, guint point, double *x,
                                   double *y);
/* What is shown, as a figure: borrowed, until the chart changes. */
const PlotEmbedding *sae_scatter_chart_get_plot (SaeScatterChart *self);
/* The same to be exported: with a legend, without the one in hand. */
PlotEmbedding sae_scatter_chart_get_figure (SaeScatterChart *self);
