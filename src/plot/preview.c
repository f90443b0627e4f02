#include "plot/preview.h"

#define FULL 127.0

void
plot_preview_draw (cairo_t *cr, PlotRectangle rect, const signed char *min,
                   const signed char *max, size_t n, PlotColor color)
{
  double middle = rect.y + rect.height / 2;
  double half = (rect.height - 1) / 2;
  double step = n > 0 ? rect.width / (double)n : 0;

  if (n == 0 || half <= 0)
    return;
  /* There along the upper edge and back along the lower: one path has no seams. */
  cairo_new_path (cr);
  for (size_t i = 0; i < n; i++)
    cairo_line_to (cr, rect.x + ((double)i + 0.5) * step,
                   middle - half * max[i] / FULL - 0.5);
  for (size_t i = n; i-- > 0;)
    cairo_line_to (cr, rect.x + ((double)i + 0.5) * step,
                   middle - half * min[i] / FULL + 0.5);
  cairo_close_path (cr);
  plot_set_source (cr, color);
  cairo_fill (cr);
}
