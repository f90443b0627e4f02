#include "plot/raster.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle area = {10, 20, 200, 120};
static const PlotColor ink = {0, 0, 0, 1};

typedef struct {
  bool raster, stroke, clockwise;
  double scale, width;
} Drawing;

/* A star, with a hole that runs the other way round. */
static void
add_path (cairo_t *cr)
{
  for (int i = 0; i < 14; i++) {
    double r = i % 2 ? 20 : 57, a = i * G_PI / 7;
    cairo_line_to (cr, 110.3 + 1.5 * r * cos (a), 80.4 + r * sin (a));
  }
  cairo_close_path (cr);
  for (int i = 0; i < 5; i++)
    cairo_line_to (cr, 110.3 + 15 * cos (-i * 1.2566), 80.4 + 15 * sin (-i * 1.2566));
  cairo_close_path (cr);
  cairo_move_to (cr, 20, 30);
  cairo_line_to (cr, 60, 30);
  cairo_line_to (cr, 20.5, 55.5);
}

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *drawing = data;
  add_path (cr);
  if (drawing->raster) {
    g_autoptr (PlotRaster) raster = plot_raster_new (cr, rect, drawing->scale);
    if (drawing->stroke)
      plot_raster_stroke (raster, drawing->width, 1);
    else
      plot_raster_fill (raster);
    plot_raster_paint (raster, ink);
    g_assert_false (cairo_has_current_point (cr));
  } else {
    cairo_set_line_width (cr, drawing->width);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    plot_set_source (cr, ink);
    if (drawing->stroke)
      cairo_stroke (cr);
    else
      cairo_fill (cr);
  }
}

static void
compare (Drawing drawing, int tolerance)
{
  PlotStyle style = plot_style_export ();
  style.scale = drawing.scale;
  drawing.raster = true;
  cairo_surface_t *mine = image_draw (220, 160, area, draw, &drawing, &style);
  drawing.raster = false;
  cairo_surface_t *cairos = image_draw (220, 160, area, draw, &drawing, &style);
  g_assert_cmpuint (image_count_ink (mine, 0, 0, 1000, 1000), >, 500);
  g_assert_cmpfloat (image_difference (mine, cairos, tolerance), <, 0.002);
  cairo_surface_destroy (mine);
  cairo_surface_destroy (cairos);
}

/* The same picture as Cairo's, up to the difference of two antialiasings. */
static void
test_fill (void)
{
  compare ((Drawing){.scale = 1}, 20);
  compare ((Drawing){.scale = 2}, 20);
}

static void
test_stroke (void)
{
  compare ((Drawing){.stroke = true, .width = 1, .scale = 1}, 90);
  compare ((Drawing){.stroke = true, .width = 3, .scale = 1}, 70);
  compare ((Drawing){.stroke = true, .width = 1.5, .scale = 2}, 70);
}

static void
draw_wild (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  g_autoptr (PlotRaster) raster = plot_raster_new (cr, rect, 1);
  static const double points[][2] = {
      {-1e5, -1e5}, {1e5, 3}, {50, 1e5}, {90, 90}, {90, 90}};
  for (size_t i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  plot_raster_stroke (raster, 1, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cr, points[i][0], points[i][1]);
  plot_raster_fill (raster);
  plot_raster_fill (raster); /* of nothing */
  plot_raster_paint (raster, ink);
}

/* Points far outside do no harm (the sanitizer looks on), and little ink outside. */
static void
test_outside (void)
{
  PlotStyle style = plot_style_export ();
  cairo_surface_t *image = image_draw (220, 160, area, draw_wild, NULL, &style);
  PlotRectangle around = {area.x - 9, area.y - 9, area.width + 18, area.height + 18};
  g_assert_cmpuint (image_count_outside (image, around, 1), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/raster/fill", test_fill);
  g_test_add_func ("/plot/raster/stroke", test_stroke);
  g_test_add_func ("/plot/raster/outside", test_outside);
  return g_test_run ();
}
