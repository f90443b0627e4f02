#include "plot/spark.h"

#include "plot/text.h"
#include <glib.h>

#define NAME_PAD 6.0
#define GAP 3.0 /* between components */

static void
draw_row (cairo_t *cr, PlotRectangle area, const PlotSeries *series,
          const PlotStyle *style)
{
  double min, max;
  if (!plot_line_range (&min, &max, series, 0, series->n))
    return;
  plot_scale_widen (&min, &max, 0.02);
  PlotScale scale = plot_scale_linear (min, max, area.y + area.height, area.y);
  plot_line_draw (cr, area, series, 0, (double)MAX (series->n, 2) - 1, &scale,
                  style->record, 1.0, style);
}

void
plot_spark_draw (cairo_t *cr, PlotRectangle rect, const PlotSeries *series,
                 const char *const *names, size_t n, const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  double left = 0, height = rect.height / (double)MAX (n, 1);
  for (size_t i = 0; i < n; i++)
    if (names[i])
      left = MAX (left, plot_text_width (text, PLOT_FACE_LABEL, names[i]) + NAME_PAD);
  for (size_t i = 0; i < n; i++) {
    PlotRectangle area = {plot_line_snap (style, rect.x + left),
                          plot_line_snap (style, rect.y + (double)i * height + GAP / 2),
                          rect.width - left, height - GAP};
    if (!(area.width > 1) || !(area.height > 1))
      continue;
    if (names[i])
      plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, rect.x,
                      area.y + area.height / 2, names[i]);
    draw_row (cr, area, &series[i], style);
  }
}
