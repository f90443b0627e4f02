/* SaeChart: an abstract widget that shows one figure of the plot layer, in layers. The
 * figure is drawn by Cairo, each of its layers a child with a render node of its own,
 * only when its data, view, size or style change: what lies behind (axes), the figure
 * itself, what lies in front (marks). Above them is the overlay (cursor, hover ring),
 * drawn without Cairo at every motion of the pointer.
 *
 * The wheel, a pinch and + − zoom at the pointer, dragging pans, a double click or 0
 * shows everything, the arrow keys step.
 *
 * Property "readout" (string, notifies): what is at the cursor, in words, "" without one;
 * the chart's value for the screen reader, which is told it as its description while keys
 * move the cursor. */
#pragma once

#include "plot/style.h"
#include <gtk/gtk.h>

#define SAE_TYPE_CHART (sae_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (SaeChart, sae_chart, SAE, CHART, GtkWidget)

/* x, y and rect in px of the widget. Every function but draw or draw_figure may be NULL.
 */
struct _SaeChartClass {
  GtkWidgetClass parent_class;

  /* The layers, from the lowest. */
  void (*draw_back) (SaeChart *self, cairo_t *cr, PlotRectangle rect,
                     const PlotStyle *style);
  void (*draw) (SaeChart *self, cairo_t *cr, PlotRectangle rect, const PlotStyle *style);
  void (*draw_front) (SaeChart *self, cairo_t *cr, PlotRectangle rect,
                      const PlotStyle *style);
  void (*draw_overlay) (SaeChart *self, GtkSnapshot *snapshot, PlotRectangle rect,
                        const PlotStyle *style);
  /* All of it as a figure, under title and subtitle (NULL for none): for files, and for
   * the window where there is no draw. */
  void (*draw_figure) (SaeChart *self, cairo_t *cr, PlotRectangle rect,
                       const PlotStyle *style, const char *title, const char *subtitle);
  /* The pointer is at (x, y), or (NAN, NAN) when it has left. */
  void (*hover) (SaeChart *self, double x, double y);
  void (*click) (SaeChart *self, double x, double y);
  /* The shown range times factor, (x, y) staying where it is. */
  void (*zoom) (SaeChart *self, double x, double y, double factor);
  /* Likewise the range upwards, for Control and the wheel. */
  void (*zoom_y) (SaeChart *self, double y, double factor);
  /* What is under the pointer moves by (dx, dy). */
  void (*pan) (SaeChart *self, double dx, double dy);
  /* A drag begins at (x, y) with these modifiers held. TRUE: it is no panning; drag_to is
   * told its places, and at its end drag_end, with done FALSE if it was given up. Either
   * comes only once the pointer has moved or the button is released. */
  gboolean (*drag_begin) (SaeChart *self, double x, double y, GdkModifierType state);
  void (*drag_to) (SaeChart *self, double x, double y);
  void (*drag_end) (SaeChart *self, gboolean done);
  void (*reset) (SaeChart *self);
  void (*step) (SaeChart *self, GtkDirectionType direction);
};

/* The figure has changed. */
void sae_chart_redraw (SaeChart *self);
/* Only what lies in front has. */
void sae_chart_redraw_front (SaeChart *self);
/* Only the overlay has. */
void sae_chart_redraw_overlay (SaeChart *self);
/* Those held when the running click was made. */
GdkModifierType sae_chart_get_modifiers (SaeChart *self);
PlotRectangle sae_chart_get_rectangle (SaeChart *self);
/* Of the window's style, font and scale; style->font is valid as long as the chart. */
PlotStyle sae_chart_get_style (SaeChart *self);
/* What the screen reader says: what it is, and its figures in words. */
void sae_chart_describe (SaeChart *self, const char *label, const char *description);
const char *sae_chart_get_readout (SaeChart *self);
void sae_chart_set_readout (SaeChart *self, const char *readout);
GdkRGBA sae_chart_rgba (PlotColor color);

/* Writes text on a plate of the ground's colour, for overlays: beside x (right of it, or
 * left where that goes beyond x_max), or centred at it; never left of x_min. y is the
 * line's middle. */
typedef enum { SAE_CHART_BESIDE, SAE_CHART_CENTRED } SaeChartPlace;
void sae_chart_append_text (SaeChart *self, GtkSnapshot *snapshot, const PlotStyle *style,
                            const char *text, SaeChartPlace place, double x, double y,
                            double x_min, double x_max);
/* px that text takes in such a plate. */
double sae_chart_text_width (SaeChart *self, const PlotStyle *style, const char *text);

/* [*begin, *end] times factor around centre, its length kept within minimum and
 * high − low, inside [low, high]. */
void sae_chart_zoom_range (double *begin, double *end, double centre, double factor,
                           double low, double high, double minimum);
/* [*begin, *end] moved by delta as far as [low, high] allows. */
void sae_chart_pan_range (double *begin, double *end, double delta, double low,
                          double high);
