/* A 2-D projection as a scatter plot, coloured by category or by number. */
#pragma once

#include "plot/palette.h"
#include "plot/point-grid.h"
#include "plot/scatter.h"
#include "plot/style.h"
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a point. Where any point is selected, the others are dimmed. */
enum { PLOT_POINT_SELECTED = 1, PLOT_POINT_HIDDEN = 2 };

typedef struct {
  const char *title, *subtitle; /* NULL for none */
  size_t n_points;
  const float *xy;          /* (n_points, 2), borrowed like all here */
  const uint16_t *category; /* (n_points), below n_categories */
  size_t n_categories;
  const char *const *category_labels; /* (n_categories); NULL: no legend */
  const uint8_t *category_shapes;     /* (n_categories) PlotShape; NULL: by index */
  /* Coloured by number instead, where it is not NULL: (n_points), NAN is grey. */
  const float *value;
  double value_min, value_max; /* the palette's ends */
  PlotPalette palette;
  const char *value_label, *value_low, *value_high; /* of the key: "Magnitude" */
  const char *unknown_label;                        /* of what is NAN */
  const uint8_t *state;          /* (n_points) of PLOT_POINT_*, or NULL */
  double size;                   /* times the usual radius; 0: 1 */
  double opacity;                /* 0 … 1; 0: by the number of points */
  const char *x_label, *y_label; /* with the explained variance */
  const PlotPointGrid *grid;     /* of xy, or NULL: picking looks at every point */
  size_t selected;               /* the one in hand: an index, or SIZE_MAX for none */
  size_t hovered;                /* likewise */
  double view_x0, view_x1, view_y0,
      view_y1; /* shown data range; equal: all with a margin */
} PlotEmbedding;

/* Draws into rect. Points that are hidden or not finite are left out; an index that is
 * none counts as none. Rarer categories are drawn last and larger. Both axes have one
 * scale (an isometric picture). 50 000 points take some 10 ms. */
void plot_embedding_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotEmbedding *plot,
                               const PlotStyle *style);
/* Its layers, from the lowest: axes and heading, points, rings around the ones in hand.
 */
void plot_embedding_plot_draw_axes (cairo_t *cr, PlotRectangle rect,
                                    const PlotEmbedding *plot, const PlotStyle *style);
void plot_embedding_plot_draw_points (cairo_t *cr, PlotRectangle rect,
                                      const PlotEmbedding *plot, const PlotStyle *style);
void plot_embedding_plot_draw_rings (cairo_t *cr, PlotRectangle rect,
                                     const PlotEmbedding *plot, const PlotStyle *style);

/* The nearest shown point within radius px of (x, y), or SIZE_MAX. */
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
  bool is_empty; /* too small */
} PlotEmbeddingFrame;
PlotEmbeddingFrame plot_embedding_plot_frame (PlotRectangle rect,
                                              const PlotEmbedding *plot,
                                              const PlotStyle *style);
/* The same of a known frame, at the price of the grid alone. */
size_t plot_embedding_frame_pick (const PlotEmbeddingFrame *frame,
                                  const PlotEmbedding *plot, double x, double y,
                                  double radius);
/* From data to px, and back. */
void plot_embedding_frame_to_px (const PlotEmbeddingFrame *frame, const float point[2],
                                 double *x, double *y);
void plot_embedding_frame_to_data (const PlotEmbeddingFrame *frame, double x, double y,
                                   double point[2]);
