/* What is being drawn on a map with the pointer: a box, or a circle around its beginning.
 */
#pragma once

#include "plot/style.h"
#include <gtk/gtk.h>

typedef struct {
  gboolean active, circular;
  double x0, y0, x1, y1; /* px of the widget: where the drag began, where it is */
} SaeMapChartRubber;

/* px; a circle's radius. */
double sae_map_chart_rubber_length (const SaeMapChartRubber *rubber);
void sae_map_chart_rubber_draw (const SaeMapChartRubber *rubber, GtkSnapshot *snapshot,
                                const PlotStyle *style);
