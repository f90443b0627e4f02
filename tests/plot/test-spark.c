#include "plot/spark.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

typedef struct {
  PlotSeries series[3];
  const char *names[3];
  size_t n;
} Record;

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Record *record = data;
  plot_spark_draw (cr, rect, record->series, record->names, record->n, style);
}

/* Each component fills its row whatever its size; a flat one and one of gaps disturb
 * nobody. */
static void
test_rows (void)
{
  enum { N = 5000 };
  double wave[N], small[N], flat[N], gaps[N];
  const PlotRectangle rect = {10, 10, 280, 120};
  PlotStyle style = plot_style_window (false, false);
  for (size_t i = 0; i < N; i++) {
    wave[i] = 1e6 + 4e5 * sin ((double)i / 9);
    small[i] = 1e-6 * sin ((double)i / 9);
    flat[i] = 5;
    gaps[i] = NAN;
  }
  Record record = {
      {{.values = wave, .n = N}, {.values = small, .n = N}, {.values = flat, .n = N}},
      {"E", "N", "Z"},
      3};
  cairo_surface_t *image = image_draw (300, 140, rect, draw, &record, &style);
  /* But for half a line's width. */
  g_assert_cmpuint (image_count_outside (image, (PlotRectangle){9, 9, 282, 122}, 1), ==,
                    0);
  size_t first = image_count_ink (image, 40, 10, 290, 50);
  size_t second = image_count_ink (image, 40, 50, 290, 90);
  g_assert_cmpfloat (fabs ((double)first / (double)second - 1), <, 0.1);
  g_assert_cmpuint (first, >, 5000);
  size_t line = image_count_ink (image, 40, 90, 290, 130);
  g_assert_cmpuint (line, >=, 250);
  g_assert_cmpuint (line, <, 800);
  g_assert_cmpuint (image_count_ink (image, 10, 10, 20, 130), >, 20); /* the names */
  cairo_surface_destroy (image);

  record.series[0] = (PlotSeries){.values = gaps, .n = N};
  record.series[1] = (PlotSeries){.values = wave, .n = 1};
  record.series[2].n = 0;
  record.names[0] = record.names[1] = record.names[2] = NULL;
  image = image_draw (300, 140, rect, draw, &record, &style);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 300, 140), <, 400);
  cairo_surface_destroy (image);
  record.n = 0;
  cairo_surface_destroy (image_draw (300, 140, rect, draw, &record, &style));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/spark/rows", test_rows);
  return g_test_run ();
}
