#include "app/chart-export.h"

#include "plot/export.h"

/* px, of a chart that was never shown. */
#define DEFAULT_WIDTH 1000
#define DEFAULT_HEIGHT 640

typedef struct {
  SaeChart *chart;
  const char *title, *subtitle;
} Figure;

static void
draw_figure (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Figure *figure = data;

  SAE_CHART_GET_CLASS (figure->chart)
      ->draw_figure (figure->chart, cr, rect, style, figure->title, figure->subtitle);
}

gboolean
sae_chart_export (SaeChart *self, const char *path, const char *title,
                  const char *subtitle, double png_scale, GError **error)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  Figure figure = {self, title, subtitle};

  return plot_export (path, width > 0 ? width : DEFAULT_WIDTH,
                      height > 0 ? height : DEFAULT_HEIGHT, png_scale, draw_figure,
                      &figure, error);
}
