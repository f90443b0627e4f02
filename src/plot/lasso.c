#include "plot/lasso.h"

#include <math.h>

/* Crossings of the half line from (x, y) to the right; an edge holds its lower end but
 * not its upper one, so that a corner counts once. */
bool
plot_lasso_contains (const double *corners, size_t n_corners, double x, double y)
{
  bool inside = false;
  if (n_corners < 3)
    return false;
  const double *before = corners + 2 * (n_corners - 1);
  for (size_t i = 0; i < n_corners; i++) {
    const double *at = corners + 2 * i;
    if ((at[1] > y) != (before[1] > y)) {
      double part = (y - at[1]) / (before[1] - at[1]);
      inside ^= x < at[0] + part * (before[0] - at[0]);
    }
    before = at;
  }
  return inside;
}

size_t
plot_lasso_inside (uint8_t *inside, const float *xy, size_t n, const double *corners,
                   size_t n_corners)
{
  double min[2] = {INFINITY, INFINITY}, max[2] = {-INFINITY, -INFINITY};
  for (size_t i = 0; i < 2 * n_corners; i++) {
    min[i % 2] = fmin (min[i % 2], corners[i]);
    max[i % 2] = fmax (max[i % 2], corners[i]);
  }
  size_t n_inside = 0;
  for (size_t i = 0; i < n; i++) {
    double x = xy[2 * i], y = xy[2 * i + 1];
    /* Most points are outside of the box; NAN is in none. */
    bool near = x >= min[0] && x <= max[0] && y >= min[1] && y <= max[1];
    inside[i] = near && plot_lasso_contains (corners, n_corners, x, y);
    n_inside += inside[i];
  }
  return n_inside;
}

void
plot_lasso_draw (cairo_t *cr, const double *corners, size_t n_corners,
                 const PlotStyle *style)
{
  const double dashes[] = {5, 4};
  PlotColor ground = style->reconstruction;
  if (n_corners < 2)
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  for (size_t i = 0; i < n_corners; i++)
    cairo_line_to (cr, corners[2 * i], corners[2 * i + 1]);
  cairo_close_path (cr);
  ground.alpha = 0.12;
  plot_set_source (cr, ground);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD); /* as what is inside */
  cairo_fill_preserve (cr);
  plot_set_source (cr, style->reconstruction);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}
