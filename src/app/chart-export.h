/* What a chart shows, as a picture for a paper: light, with a title, at the size the
 * chart has in the window. */
#pragma once

#include "app/chart.h"

/* Into PNG, SVG or PDF by path's suffix; png_scale 1 or 2 times the pixels. The chart has
 * a draw_figure (). title and subtitle: NULL for none. FALSE as plot_export () fails. */
gboolean sae_chart_export (SaeChart *self, const char *path, const char *title,
                           const char *subtitle, double png_scale, GError **error);
