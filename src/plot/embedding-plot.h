/* A 2-D projection as a scatter plot, coloured and shaped by category. */
#pragma once

#include "plot/scatter.h"
#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *title, *subtitle; /* NULL for none */
  size_t n_points;
  const float *xy;          /* (n_points, 2), borrowed */
  const uint16_t *category; /* (n_points), below n_categories */
  size_t n_categories;
  const char *const *category_labels; /* (n_categories) */
  const uint8_t *category_shapes;     /* (n_categories) PlotShape; NULL: by index */
  const char *x_label, *y_label;      /* with the explained variance */
  size_t selected;                    /* index, or SIZE_MAX for none */
  size_t hovered;                     /* likewise */
  double view_x0, view_x1, view_y0,
      view_y1; /* shown data range; equal: all with a margin */
} PlotEmbedding;

/* Draws into rect. Points that are not finite are left out; an index that is none counts
 * as none. Rarer categories are drawn last. Both axes have one scale (an isometric
 * picture). 50 000 points take some 20 ms. */
void plot_embedding_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotEmbedding *plot,
                               const PlotStyle *style);
/* The nearest point within radius px of (x, y), or SIZE_MAX. */
size_t plot_embedding_plot_pick (PlotRectangle rect, const PlotEmbedding *plot,
                                 const PlotStyle *style, double x, double y,
                                 double radius);

/* Where the data stand: their rectangle inside rect, and the range of x (left to right)
 * and of y (bottom to top) that its edges show once both axes have one scale. For pointer
 * ↔ data: hover rings, zoom and pan without drawing the figure anew. Where rect is too
 * small for a figure: rect and the unit square. */
typedef struct {
  PlotRectangle area;
  double x0, x1, y0, y1;
} PlotEmbeddingFrame;
PlotEmbeddingFrame plot_embedding_plot_frame (PlotRectangle rect,
                                              const PlotEmbedding *plot,
                                              const PlotStyle *style);
