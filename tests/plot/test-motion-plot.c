#include "plot/motion-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>
#include <stdint.h>

enum { N = 1500 };

static const PlotRectangle rect = {8, 8, 704, 244};

typedef struct {
  PlotMotion plot;
  double values[3][N];
} Motion;

/* An ellipse in the plane of the first and the third that grows, thinner sideways. */
static Motion *
motion_new (void)
{
  Motion *motion = g_new0 (Motion, 1);
  for (size_t i = 0; i < N; i++) {
    double phase = (double)i * 0.05, size = (double)i / N;
    motion->values[0][i] = 30 * size * cos (phase);
    motion->values[1][i] = 5 * size * cos (phase + 1);
    motion->values[2][i] = 20 * size * sin (phase);
  }
  motion->plot =
      (PlotMotion){.labels = {"R", "T", "Z"},
                   .values = {motion->values[0], motion->values[1], motion->values[2]},
                   .n = N,
                   .unit = "cm/s",
                   .cursor = SIZE_MAX};
  return motion;
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_motion_draw (cr, r, data, style);
}

static void
test_picture (void)
{
  g_autofree Motion *motion = motion_new ();
  PlotStyle style = image_reference_style ();
  motion->plot.title = "BK.CMB.00.HN · event nc1";
  motion->plot.cursor = 1200;
  cairo_surface_t *image = image_draw (720, 260, rect, draw, &motion->plot, &style);
  image_assert_reference (image, "motion-plot");
  cairo_surface_destroy (image);
}

/* One scale: the transverse motion stays thin. Early and late have other colours. */
static void
test_scale (void)
{
  g_autofree Motion *motion = motion_new ();
  PlotStyle style = plot_style_window (false, false);
  style.text.alpha = style.dim.alpha = style.grid.alpha = 0;
  cairo_surface_t *image = image_draw (720, 260, rect, draw, &motion->plot, &style);
  int top = 260, bottom = 0, left = 720, right = 0;
  for (int y = 0; y < 260; y++)
    for (int x = 0; x < 240; x++)
      if (image_count_ink (image, x, y, x + 1, y + 1)) {
        top = MIN (top, y);
        bottom = MAX (bottom, y);
        left = MIN (left, x);
        right = MAX (right, x);
      }
  g_assert_cmpfloat_with_epsilon ((double)(right - left) / (bottom - top), 6, 0.7);
  g_assert_cmpuint (
      image_count_color (image, plot_palette_color (0, 0.02), 30, 0, 0, 720, 260), >, 5);
  g_assert_cmpuint (
      image_count_color (image, plot_palette_color (0, 0.83), 30, 0, 0, 720, 260), >, 50);
  cairo_surface_destroy (image);
}

/* In a tall rectangle the third stands below the others, which are larger for it. */
static void
test_rows (void)
{
  g_autofree Motion *motion = motion_new ();
  PlotStyle style = plot_style_window (false, false);
  const PlotRectangle tall = {0, 0, 720, 700};
  cairo_surface_t *image = image_draw (720, 700, tall, draw, &motion->plot, &style);
  g_assert_cmpuint (image_count_ink (image, 0, 360, 350, 700), >, 500);
  g_assert_cmpuint (image_count_ink (image, 380, 380, 720, 700), ==, 0);
  cairo_surface_destroy (image);
}

/* One sample of a long record that goes where no other does is drawn, wherever it is. */
static void
test_extremes (void)
{
  enum { LONG = 60000 };
  g_autofree double *values = g_new (double, 3 * LONG);
  PlotStyle style = plot_style_window (false, false);
  style.text.alpha = style.dim.alpha = style.grid.alpha = 0;
  for (size_t spike = 30011; spike < 30020; spike++) {
    PlotMotion plot = {.labels = {"R", "T", "Z"},
                       .values = {values, values + LONG, values + 2 * LONG},
                       .n = LONG,
                       .cursor = SIZE_MAX};
    size_t ink = 0;
    for (size_t i = 0; i < 3 * LONG; i++)
      values[i] = sin ((double)(i % LONG) * 0.7 + (double)(i / LONG));
    values[spike] = 40;         /* eastwards */
    values[LONG + spike] = -40; /* southwards: the lower right of the first panel */
    cairo_surface_t *image = image_draw (720, 260, rect, draw, &plot, &style);
    for (int x = 100; x < 230; x++)
      ink += image_count_ink (image, x, 0, x + 1, 260) > 0;
    g_assert_cmpuint (ink, >, 60);
    cairo_surface_destroy (image);
  }
}

static void
test_degenerate (void)
{
  g_autofree Motion *motion = motion_new ();
  PlotStyle style = plot_style_window (true, false);
  for (size_t n = 0; n < 4; n++) {
    motion->plot.n = n;
    motion->plot.cursor = n;
    cairo_surface_destroy (image_draw (720, 260, rect, draw, &motion->plot, &style));
  }
  motion->plot.n = N;
  for (size_t i = 0; i < N; i++)
    motion->values[i % 3][i] = i % 2 ? NAN : INFINITY;
  cairo_surface_destroy (image_draw (720, 260, rect, draw, &motion->plot, &style));
  cairo_surface_destroy (
      image_draw (30, 20, (PlotRectangle){0, 0, 30, 20}, draw, &motion->plot, &style));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/motion-plot/picture", test_picture);
  g_test_add_func ("/plot/motion-plot/scale", test_scale);
  g_test_add_func ("/plot/motion-plot/rows", test_rows);
  g_test_add_func ("/plot/motion-plot/extremes", test_extremes);
  g_test_add_func ("/plot/motion-plot/degenerate", test_degenerate);
  return g_test_run ();
}
