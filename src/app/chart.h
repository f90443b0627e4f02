/* SaeChart: an abstract widget that shows one figure of the plot layer. Two layers: the
 * figure, drawn by Cairo only when its data, view, size or style change, and above it the
 * overlay (cursor, hover ring), drawn without Cairo at every motion of the pointer.
 *
 * The wheel, a pinch and + − zoom at the pointer, dragging pans, a double click or 0
 * shows everything, the arrow keys step. */
#pragma once

#include "plot/style.h"
#include <gtk/gtk.h>

#define SAE_TYPE_CHART (sae_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (SaeChart, sae_chart, SAE, CHART, GtkWidget)

/* x, y and rect in px of the widget. Every function but draw may be NULL. */
struct _SaeChartClass {
  GtkWidgetClass parent_class;

  void (*draw) (SaeChart *self, cairo_t *cr, PlotRectangle rect, const PlotStyle *style);
  void (*draw_overlay) (SaeChart *self, GtkSnapshot *snapshot, PlotRectangle rect,
                        const PlotStyle *style);
  /* The pointer is at (x, y), or (NAN, NAN) when it has left. */
  void (*hover) (SaeChart *self, double x, double y);
  void (*click) (SaeChart *self, double x, double y);
  /* The shown range times factor, (x, y) staying where it is. */
  void (*zoom) (SaeChart *self, double x, double y, double factor);
  /* What is under the pointer moves by (dx, dy). */
  void (*pan) (SaeChart *self, double dx, double dy);
  void (*reset) (SaeChart *self);
  void (*step) (SaeChart *self, GtkDirectionType direction);
};

/* The figure has changed. */
void sae_chart_redraw (SaeChart *self);
/* Only the overlay has. */
void sae_chart_redraw_overlay (SaeChart *self);
PlotRectangle sae_chart_get_rectangle (SaeChart *self);
/* Of the window's style, font and scale; style->font is valid as long as the chart. */
PlotStyle sae_chart_get_style (SaeChart *self);
/* What the screen reader says: what it is, and its figures in words. */
void sae_chart_describe (SaeChart *self, const char *label, const char *description);
GdkRGBA sae_chart_rgba (PlotColor color);

/* [*begin, *end] times factor around centre, its length kept within minimum and
 * high − low, inside [low, high]. */
void sae_chart_zoom_range (double *begin, double *end, double centre, double factor,
                           double low, double high, double minimum);
/* [*begin, *end] moved by delta as far as [low, high] allows. */
void sae_chart_pan_range (double *begin, double *end, double delta, double low,
                          double high);
