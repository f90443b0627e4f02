#include "app/map-chart-rubber.h"

#include "app/chart.h"
#include <math.h>

double
sae_map_chart_rubber_length (const SaeMapChartRubber *rubber)
{
  return hypot (rubber->x1 - rubber->x0, rubber->y1 - rubber->y0);
}

void
sae_map_chart_rubber_draw (const SaeMapChartRubber *rubber, GtkSnapshot *snapshot,
                           const PlotStyle *style)
{
  GdkRGBA line = sae_chart_rgba (style->reconstruction), fill = line;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (
      (float)fmin (rubber->x0, rubber->x1), (float)fmin (rubber->y0, rubber->y1),
      (float)fabs (rubber->x1 - rubber->x0), (float)fabs (rubber->y1 - rubber->y0));
  GskRoundedRect outline;
  float r = 0;

  if (rubber->circular) {
    r = (float)sae_map_chart_rubber_length (rubber);
    graphene_rect_init (&rect, (float)rubber->x0 - r, (float)rubber->y0 - r, 2 * r,
                        2 * r);
  }
  fill.alpha = 0.15f;
  gsk_rounded_rect_init_from_rect (&outline, &rect, r);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){1.5f, 1.5f, 1.5f, 1.5f},
                              (GdkRGBA[4]){line, line, line, line});
}
