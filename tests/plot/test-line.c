#include "plot/line.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotColor black = {0, 0, 0, 1};

static double *
random_values (size_t n, guint32 seed, double gaps)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double *values = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    values[i] =
        g_rand_double (random) < gaps ? NAN : g_rand_double_range (random, -1000, 1000);
  return values;
}

static double
value_of (const PlotSeries *series, size_t i)
{
  return series->values[i] - (series->minus ? series->minus[i] : 0);
}

static void
take (PlotColumn *column, double v)
{
  column->min = isnan (column->min) ? v : MIN (column->min, v);
  column->max = isnan (column->max) ? v : MAX (column->max, v);
}

/* The plain twin: every piece of the full polyline, cut to the column from sample `begin`
 * to `end`, and every sample there. */
static PlotColumn
plain_column (const PlotSeries *series, double begin, double end)
{
  PlotColumn column = {NAN, NAN};
  for (size_t i = 0; i < series->n; i++) {
    double v = value_of (series, i);
    if (isfinite (v) && (double)i >= begin && (double)i <= end)
      take (&column, v);
    double next = i + 1 < series->n ? value_of (series, i + 1) : NAN;
    double from = MAX ((double)i, begin), to = MIN ((double)i + 1, end);
    if (!isfinite (v) || !isfinite (next) || from > to)
      continue;
    take (&column, v + (next - v) * (from - (double)i));
    take (&column, v + (next - v) * (to - (double)i));
  }
  return column;
}

/* samples_per_column = p / q with q a power of two, so that columns begin exactly. */
static void
assert_columns (const PlotSeries *series, int64_t first, size_t n_columns, int64_t p,
                int64_t q)
{
  g_autofree PlotColumn *columns = g_new (PlotColumn, n_columns);
  plot_line_columns (columns, n_columns, series, first, (double)p / (double)q);
  for (size_t c = 0; c < n_columns; c++) {
    int64_t k = first + (int64_t)c;
    PlotColumn plain = plain_column (series, (double)(k * p) / (double)q,
                                     (double)((k + 1) * p) / (double)q);
    g_assert_true (isnan (plain.min) == isnan (columns[c].min));
    if (!isnan (plain.min)) {
      g_assert_cmpfloat_with_epsilon (columns[c].min, plain.min, 1e-9);
      g_assert_cmpfloat_with_epsilon (columns[c].max, plain.max, 1e-9);
    }
  }
}

static void
test_columns (void)
{
  static const int64_t ratios[][2] = {{1, 1},  {1, 2},  {3, 1},    {7, 2},     {13, 4},
                                      {21, 8}, {50, 1}, {1025, 8}, {4001, 16}, {9, 16}};
  static const double gaps[] = {0, 0.02, 0.5, 1};
  for (size_t g = 0; g < G_N_ELEMENTS (gaps); g++) {
    size_t n = 1500;
    g_autofree double *values = random_values (n, 7, gaps[g]);
    g_autofree double *minus = random_values (n, 8, gaps[g] / 2);
    for (size_t r = 0; r < G_N_ELEMENTS (ratios); r++)
      for (int64_t first = -3; first <= 40; first += 11) {
        PlotSeries alone = {.values = values, .n = n};
        PlotSeries difference = {.values = values, .minus = minus, .n = n};
        assert_columns (&alone, first, 60, ratios[r][0], ratios[r][1]);
        assert_columns (&difference, first, 60, ratios[r][0], ratios[r][1]);
      }
  }
  PlotSeries empty = {.values = NULL};
  assert_columns (&empty, 0, 5, 3, 1);
}

/* A pyramid changes no column, wherever gaps and the view's edges lie. */
static void
test_columns_pyramid (void)
{
  static const double gaps[] = {0, 0.001, 0.3, 1}, widths[] = {3, 63, 64.5, 700, 5000};
  size_t n = 40007;
  for (size_t g = 0; g < G_N_ELEMENTS (gaps); g++) {
    g_autofree double *values = random_values (n, 17, gaps[g]);
    for (size_t i = 9000; i < 16500; i++)
      values[i] = NAN;
    g_autoptr (PlotPyramid) pyramid = plot_pyramid_new (values, n);
    PlotSeries plain = {.values = values, .n = n};
    PlotSeries quick = {.values = values, .n = n, .pyramid = pyramid};
    for (size_t w = 0; w < G_N_ELEMENTS (widths); w++)
      for (int64_t first = -2; first < 9; first += 5) {
        PlotColumn expected[70], columns[70];
        plot_line_columns (expected, 70, &plain, first, widths[w]);
        plot_line_columns (columns, 70, &quick, first, widths[w]);
        g_assert_cmpmem (columns, sizeof columns, expected, sizeof expected);
      }
  }
}

/* A view that moves by whole columns shows the same columns, moved. */
static void
test_aligned (void)
{
  size_t n = 5000;
  g_autofree double *values = random_values (n, 3, 0.01);
  PlotSeries series = {.values = values, .n = n};
  PlotColumn still[200], moved[200];
  const double per_column = 5000.0 / 333.0;
  plot_line_columns (still, 200, &series, 20, per_column);
  plot_line_columns (moved, 200, &series, 37, per_column);
  for (size_t c = 0; c + 17 < 200; c++) {
    g_assert_cmpfloat (still[c + 17].min, ==, moved[c].min);
    g_assert_cmpfloat (still[c + 17].max, ==, moved[c].max);
  }
}

static void
test_range (void)
{
  double values[] = {3, NAN, -2, INFINITY, 7, -INFINITY, 5, 1, 0};
  PlotSeries series = {.values = values, .n = G_N_ELEMENTS (values)};
  double min = 42, max = 43;
  g_assert_true (plot_line_range (&min, &max, &series, 0, 9));
  g_assert_cmpfloat (min, ==, -2);
  g_assert_cmpfloat (max, ==, 7);
  g_assert_true (plot_line_range (&min, &max, &series, 6, 900));
  g_assert_cmpfloat (min, ==, 0);
  g_assert_cmpfloat (max, ==, 5);
  min = 42;
  g_assert_false (plot_line_range (&min, &max, &series, 1, 2));
  g_assert_false (plot_line_range (&min, &max, &series, 9, 9));
  g_assert_false (plot_line_range (&min, &max, &series, 12, 3));
  g_assert_cmpfloat (min, ==, 42);
}

static void
test_columns_xy (void)
{
  enum { N = 4000, COLUMNS = 101 };
  g_autofree double *y = random_values (N, 5, 0.1);
  g_autofree double *x = g_new (double, N);
  for (size_t i = 0; i < N; i++)
    x[i] = (double)(i * i) / ((double)N * N); /* ever sparser */
  PlotScale scale = plot_scale_linear (0, 1, 10, 60);
  PlotColumn columns[COLUMNS];
  plot_line_columns_xy (columns, COLUMNS, x, y, N, &scale, 2.0);
  for (size_t c = 0; c < COLUMNS; c++) {
    double min = INFINITY, max = -INFINITY;
    for (size_t i = 0; i < N; i++) {
      if (floor ((plot_scale_px (&scale, x[i]) - 10) * 2) != (double)c ||
          !isfinite (y[i]))
        continue;
      if (min > max && i > 0 && isfinite (y[i - 1])) /* joined to the one before */
        min = max = y[i - 1];
      min = fmin (min, y[i]);
      max = fmax (max, y[i]);
    }
    if (min > max) {
      g_assert_true (isnan (columns[c].min));
    } else {
      g_assert_cmpfloat (columns[c].min, ==, min);
      g_assert_cmpfloat (columns[c].max, ==, max);
    }
  }
}

typedef struct {
  PlotSeries series;
  double begin, end;
  PlotScale y;
} Drawing;

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *d = data;
  plot_line_draw (cr, rect, &d->series, d->begin, d->end, &d->y, black, 1.0, style);
}

static const PlotRectangle area = {20, 10, 200, 100};

static cairo_surface_t *
drawn (const double *values, size_t n, double begin, double end, double scale)
{
  PlotStyle style = plot_style_window (false, false);
  style.scale = scale;
  Drawing drawing = {.series = {.values = values, .n = n},
                     .begin = begin,
                     .end = end,
                     .y = plot_scale_linear (-1000, 1000, area.y + area.height, area.y)};
  return image_draw (240, 120, area, draw, &drawing, &style);
}

/* Dense samples: in every pixel column the ink reaches from the samples' least to their
 * greatest, and there is none outside the area. */
static void
test_draw_dense (void)
{
  size_t n = 200 * 40;
  g_autofree double *values = random_values (n, 11, 0);
  for (size_t i = n / 4; i < n / 2; i++)
    values[i] = NAN;
  for (double scale = 1; scale <= 2; scale++) {
    cairo_surface_t *image = drawn (values, n, 0, (double)n, scale);
    int columns = (int)(area.width * scale), per_column = (int)n / columns;
    g_assert_cmpuint (
        image_count_outside (
            image,
            (PlotRectangle){area.x - 1, area.y - 1, area.width + 2, area.height + 2},
            scale),
        ==, 0);
    for (int c = 0; c < columns; c++) {
      PlotSeries series = {.values = values, .n = n};
      PlotColumn plain = plain_column (&series, c * per_column, (c + 1) * per_column);
      int first, last, x = (int)(area.x * scale) + c;
      bool ink = image_column_extent (image, black, 2, x, 0, 1000, &first, &last);
      g_assert_cmpint (ink, ==, isfinite (plain.min));
      if (!ink)
        continue;
      double top = (area.y + (1000 - plain.max) / 2000 * area.height) * scale;
      double bottom = (area.y + (1000 - plain.min) / 2000 * area.height) * scale;
      g_assert_cmpfloat (fabs (first - top), <=, 1.6 * scale);
      g_assert_cmpfloat (fabs (last + 1 - bottom), <=, 1.6 * scale);
    }
    cairo_surface_destroy (image);
  }
}

/* Few samples: a line through them, and its end beyond the view. */
static void
test_draw_sparse (void)
{
  double values[41];
  for (int i = 0; i < 41; i++)
    values[i] = -500 + i * 25;
  for (double scale = 1; scale <= 2; scale++) {
    cairo_surface_t *image = drawn (values, 41, 10, 30, scale);
    for (int x = 20; x < 220; x++) {
      int first, last;
      g_assert_true (image_column_extent (image, black, 2, (int)(x * scale), 0, 1000,
                                          &first, &last));
      double value = -500 + (10 + (x - 20) * 0.1) * 25;
      double y = (area.y + (1000 - value) / 2000 * area.height) * scale;
      g_assert_cmpfloat (fabs ((first + last + 1) / 2.0 - y), <=, 3.0 * scale);
    }
    cairo_surface_destroy (image);
  }
}

static void
test_draw_nothing (void)
{
  double values[300];
  for (int i = 0; i < 300; i++)
    values[i] = i % 2 ? NAN : INFINITY;
  for (int n = 0; n <= 300; n += 100) {
    cairo_surface_t *image = drawn (values, (size_t)n, 0, MAX (n, 1), 1);
    g_assert_cmpuint (image_count_ink (image, 0, 0, 240, 120), ==, 0);
    cairo_surface_destroy (image);
  }
  /* A view beside the samples, and one that is none. */
  g_autofree double *some = random_values (5000, 2, 0);
  static const double views[][2] = {{9000, 12000}, {-9000, -6000}, {5, 5},
                                    {6, 2},        {NAN, 10},      {9000, 9010}};
  for (size_t i = 0; i < G_N_ELEMENTS (views); i++) {
    cairo_surface_t *image = drawn (some, 5000, views[i][0], views[i][1], 1);
    g_assert_cmpuint (image_count_ink (image, 0, 0, 240, 120), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* A sample between gaps has no line to show it. */
static void
test_draw_single (void)
{
  double values[] = {NAN, NAN, 0, NAN, NAN};
  cairo_surface_t *image = drawn (values, 5, 0, 4, 1);
  g_assert_cmpuint (image_count_ink (image, 115, 55, 126, 66), >=, 4);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 240, 120), <, 80);
  cairo_surface_destroy (image);
}

/* A flat line is there in every column, one line thick. */
static void
test_draw_flat (void)
{
  g_autofree double *values = g_new0 (double, 100000);
  for (double scale = 1; scale <= 2; scale++) {
    cairo_surface_t *image = drawn (values, 100000, 0, 100000, scale);
    for (int x = (int)(20 * scale); x < (int)(220 * scale); x++) {
      int first, last;
      g_assert_true (image_column_extent (image, black, 2, x, 0, 1000, &first, &last));
      g_assert_cmpint (last - first + 1, ==, (int)scale);
    }
    cairo_surface_destroy (image);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/line/columns", test_columns);
  g_test_add_func ("/plot/line/columns-pyramid", test_columns_pyramid);
  g_test_add_func ("/plot/line/aligned", test_aligned);
  g_test_add_func ("/plot/line/range", test_range);
  g_test_add_func ("/plot/line/columns-xy", test_columns_xy);
  g_test_add_func ("/plot/line/draw-dense", test_draw_dense);
  g_test_add_func ("/plot/line/draw-sparse", test_draw_sparse);
  g_test_add_func ("/plot/line/draw-nothing", test_draw_nothing);
  g_test_add_func ("/plot/line/draw-single", test_draw_single);
  g_test_add_func ("/plot/line/draw-flat", test_draw_flat);
  return g_test_run ();
}
