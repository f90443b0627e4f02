#include "plot/line.h"

#include "plot/text.h"
#include <glib.h>
#include <math.h>

/* Samples a device pixel from which columns are drawn, and px between samples from which
 * each gets a dot. */
#define DENSE 3.0
#define SPARSE 5.0
/* Mean height of columns, device pixels, below which their ends are antialiased. */
#define GENTLE 20.0
/* Cairo's stroker is quadratic in the crossings of a path: short pieces keep it linear.
 */
#define PIECE 48

static inline double
sample (const PlotSeries *series, size_t i)
{
  return series->minus ? series->values[i] - series->minus[i] : series->values[i];
}

/* FALSE when there is nothing finite. */
static bool
extremes (double *min, double *max, const PlotSeries *series, size_t first, size_t end)
{
  if (!series->minus)
    return series->pyramid ? plot_pyramid_range (series->pyramid, series->values, first,
                                                 end, min, max)
                           : plot_pyramid_scan (series->values, first, end, min, max);
  double lo = INFINITY, hi = -INFINITY;
  for (size_t i = first; i < end; i++) {
    double v = sample (series, i);
    if (isfinite (v)) {
      lo = v < lo ? v : lo;
      hi = v > hi ? v : hi;
    }
  }
  if (!(lo <= hi))
    return false;
  *min = lo;
  *max = hi;
  return true;
}

bool
plot_line_range (double *min, double *max, const PlotSeries *series, size_t first,
                 size_t end)
{
  return extremes (min, max, series, first, MIN (end, series->n));
}

/* The first sample of absolute column k, within 0 … n. */
static size_t
column_begin (int64_t k, double samples_per_column, size_t n)
{
  double begin = ceil ((double)k * samples_per_column);
  return begin <= 0 ? 0 : begin >= (double)n ? n : (size_t)begin;
}

/* The polyline's value at a fraction of a sample; NAN where it does not run. */
static double
value_at (const PlotSeries *series, double position)
{
  if (!(position >= 0) || position > (double)series->n - 1)
    return NAN;
  size_t i = (size_t)position;
  double part = position - (double)i, v = sample (series, i);
  if (part == 0)
    return isfinite (v) ? v : NAN;
  double next = sample (series, i + 1);
  return isfinite (v) && isfinite (next) ? v + part * (next - v) : NAN;
}

void
plot_line_columns (PlotColumn *columns, size_t n_columns, const PlotSeries *series,
                   int64_t first_column, double samples_per_column)
{
  size_t begin = column_begin (first_column, samples_per_column, series->n);
  double left = value_at (series, (double)first_column * samples_per_column);
  for (size_t c = 0; c < n_columns; c++) {
    int64_t next = first_column + (int64_t)c + 1;
    size_t end = column_begin (next, samples_per_column, series->n);
    double right = value_at (series, (double)next * samples_per_column);
    PlotColumn column = {NAN, NAN};
    extremes (&column.min, &column.max, series, begin, end);
    /* fmin and fmax take the other where one is NAN. */
    columns[c].min = fmin (fmin (column.min, left), right);
    columns[c].max = fmax (fmax (column.max, left), right);
    begin = end;
    left = right;
  }
}

void
plot_line_columns_xy (PlotColumn *columns, size_t n_columns, const double *x,
                      const double *y, size_t n, const PlotScale *x_scale, double pixels)
{
  for (size_t c = 0; c < n_columns; c++)
    columns[c] = (PlotColumn){NAN, NAN};
  for (size_t i = 0; i < n; i++) {
    double position = floor ((plot_scale_px (x_scale, x[i]) - x_scale->px_0) * pixels);
    if (!(position >= 0) || position >= (double)n_columns || !isfinite (y[i]))
      continue;
    PlotColumn *column = &columns[(size_t)position];
    bool first = isnan (column->min);
    column->min = fmin (column->min, y[i]);
    column->max = fmax (column->max, y[i]);
    if (first && i > 0 && isfinite (y[i - 1])) {
      column->min = fmin (column->min, y[i - 1]);
      column->max = fmax (column->max, y[i - 1]);
    }
  }
}

static double
pixels_per_px (const PlotStyle *style)
{
  return style->scale > 0 ? style->scale : 1.0;
}

double
plot_line_snap (const PlotStyle *style, double px)
{
  double pixels = pixels_per_px (style);
  return round (px * pixels) / pixels;
}

/* Mean height of the columns, device pixels. */
static double
mean_height (const PlotColumn *columns, size_t n_columns, const PlotScale *y_scale,
             double pixels)
{
  double sum = 0;
  size_t n = 0;
  for (size_t c = 0; c < n_columns; c++)
    if (isfinite (columns[c].min)) {
      sum += fabs (plot_scale_px (y_scale, columns[c].min) -
                   plot_scale_px (y_scale, columns[c].max));
      n++;
    }
  return n ? sum * pixels / (double)n : 0;
}

/* One rectangle a column, its edges on device pixels: Cairo fills these about a hundred
 * times faster than it strokes the samples. A gentle curve would show stairs: there the
 * upper and lower edges stay where they are, for a fill four times as long. */
static void
fill_columns (cairo_t *cr, PlotRectangle area, const PlotColumn *columns,
              size_t n_columns, const PlotScale *y_scale, double width, double pixels)
{
  bool gentle = mean_height (columns, n_columns, y_scale, pixels) < GENTLE;
  double x0 = round (area.x * pixels);
  double thickness = fmax (1.0, round (width * pixels));
  for (size_t c = 0; c < n_columns; c++) {
    double top = plot_scale_px (y_scale, columns[c].max) * pixels - thickness / 2;
    double bottom = plot_scale_px (y_scale, columns[c].min) * pixels + thickness / 2;
    if (isnan (top) || isnan (bottom))
      continue;
    if (!gentle || bottom - top < thickness + 0.25) { /* a level line stays sharp */
      top = round (top);
      bottom = fmax (round (bottom), top + thickness);
    }
    cairo_rectangle (cr, (x0 + (double)c) / pixels, top / pixels, 1.0 / pixels,
                     (bottom - top) / pixels);
  }
  cairo_set_antialias (cr, gentle ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
}

static void
stroke_columns (cairo_t *cr, PlotRectangle area, const PlotColumn *columns,
                size_t n_columns, const PlotScale *y_scale, double pixels)
{
  bool up = false;
  for (size_t c = 0; c < n_columns; c++) {
    double x = area.x + ((double)c + 0.5) / pixels;
    double high = plot_scale_px (y_scale, columns[c].max);
    double low = plot_scale_px (y_scale, columns[c].min);
    if (isnan (high) || isnan (low)) {
      cairo_new_sub_path (cr);
      continue;
    }
    cairo_line_to (cr, x, up ? low : high);
    cairo_line_to (cr, x, up ? high : low);
    up = !up;
  }
  cairo_stroke (cr);
}

static void
draw_columns (cairo_t *cr, PlotRectangle area, const PlotColumn *columns,
              size_t n_columns, const PlotScale *y_scale, double width, double pixels)
{
  if (plot_text_is_vector (cr))
    stroke_columns (cr, area, columns, n_columns, y_scale, pixels);
  else
    fill_columns (cr, area, columns, n_columns, y_scale, width, pixels);
}

/* Clips to area and sets the pen; to be followed by cairo_restore. A colour with alpha
 * becomes a group, so that pieces do not darken each other where they meet. */
static void
begin_line (cairo_t *cr, PlotRectangle area, PlotColor color, double width, bool pieces)
{
  double pad = ceil (width / 2); /* whole px keep the clip a plain rectangle */
  cairo_save (cr);
  cairo_rectangle (cr, area.x - pad, area.y - pad, area.width + 2 * pad,
                   area.height + 2 * pad);
  cairo_clip (cr);
  if (pieces && color.alpha < 1) {
    cairo_push_group (cr);
    plot_set_source (cr, (PlotColor){color.red, color.green, color.blue, 1.0});
  } else {
    plot_set_source (cr, color);
  }
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_new_path (cr);
}

static void
end_line (cairo_t *cr, PlotColor color, bool pieces)
{
  if (pieces && color.alpha < 1) {
    cairo_pop_group_to_source (cr);
    cairo_paint_with_alpha (cr, color.alpha);
  }
  cairo_restore (cr);
}

/* A polyline fed point by point. */
typedef struct {
  cairo_t *cr;
  double radius;    /* of dots at every point, px; 0 for none */
  size_t in_piece;  /* points in Cairo's path */
  size_t in_run;    /* points since the last gap */
  double x, y;      /* the last */
  size_t piece_max; /* points a stroke */
} Pen;

static void
pen_dot (Pen *pen, double radius)
{
  cairo_new_sub_path (pen->cr);
  cairo_arc (pen->cr, pen->x, pen->y, radius, 0, 2 * G_PI);
  cairo_fill (pen->cr);
}

static void
pen_point (Pen *pen, double x, double y)
{
  if (pen->in_piece == 0 && pen->in_run > 0) {
    cairo_move_to (pen->cr, pen->x, pen->y);
    pen->in_piece = 1;
  }
  cairo_line_to (pen->cr, x, y);
  pen->x = x;
  pen->y = y;
  pen->in_run++;
  if (++pen->in_piece >= pen->piece_max) {
    cairo_stroke (pen->cr);
    pen->in_piece = 0;
  }
}

/* The end of a run; one without neighbours shows as a dot. */
static void
pen_lift (Pen *pen)
{
  if (pen->in_run == 1) {
    cairo_new_path (pen->cr);
    pen_dot (pen, fmax (pen->radius, 1.25));
  } else if (pen->in_piece > 0) {
    cairo_stroke (pen->cr);
  }
  pen->in_piece = pen->in_run = 0;
}

static Pen
pen_new (cairo_t *cr)
{
  return (Pen){.cr = cr, .piece_max = plot_text_is_vector (cr) ? SIZE_MAX : PIECE};
}

/* Samples first … end − 1 at x0 + i × step px. */
static void
draw_samples (cairo_t *cr, const PlotSeries *series, size_t first, size_t end, double x0,
              double step, const PlotScale *y_scale)
{
  Pen pen = pen_new (cr);
  for (size_t i = first; i < end; i++) {
    double v = sample (series, i);
    if (isfinite (v))
      pen_point (&pen, x0 + (double)i * step, plot_scale_px (y_scale, v));
    else
      pen_lift (&pen);
  }
  pen_lift (&pen);
  if (step < SPARSE)
    return;
  double radius = fmin (2.5, 1.2 + (step - SPARSE) * 0.1);
  for (size_t i = first; i < end; i++) {
    pen.x = x0 + (double)i * step;
    pen.y = plot_scale_px (y_scale, sample (series, i));
    if (isfinite (pen.y))
      pen_dot (&pen, radius);
  }
}

void
plot_line_draw (cairo_t *cr, PlotRectangle area, const PlotSeries *series, double begin,
                double end, const PlotScale *y_scale, PlotColor color, double width,
                const PlotStyle *style)
{
  if (!(area.width > 0) || !(area.height > 0) || series->n == 0 || !(begin < end))
    return;
  bool vector = plot_text_is_vector (cr);
  double pixels = vector ? 2.0 : pixels_per_px (style);
  double per_column = (end - begin) / (area.width * pixels);
  bool dense = per_column >= DENSE;
  begin_line (cr, area, color, width, !dense);
  if (dense) {
    size_t n_columns = (size_t)ceil (area.width * pixels) + 1;
    g_autofree PlotColumn *columns = g_new (PlotColumn, n_columns);
    double first = CLAMP (begin / per_column, -1e15, 1e15);
    plot_line_columns (columns, n_columns, series, llround (first), per_column);
    draw_columns (cr, area, columns, n_columns, y_scale, width, pixels);
  } else {
    /* One sample beyond either edge, so that the line runs on to it. */
    double last = fmin (ceil (end) + 1, (double)series->n - 1);
    double step = area.width / (end - begin);
    size_t first = begin >= 1 ? (size_t)fmin (floor (begin) - 1, (double)series->n) : 0;
    if (last >= (double)first)
      draw_samples (cr, series, first, (size_t)last + 1, area.x - begin * step, step,
                    y_scale);
  }
  end_line (cr, color, !dense);
}

void
plot_line_draw_xy (cairo_t *cr, PlotRectangle area, const double *x, const double *y,
                   size_t n, const PlotScale *x_scale, const PlotScale *y_scale,
                   PlotColor color, double width, const PlotStyle *style)
{
  if (!(area.width > 0) || !(area.height > 0) || n == 0)
    return;
  double pixels = plot_text_is_vector (cr) ? 2.0 : pixels_per_px (style);
  double span = fabs (plot_scale_px (x_scale, x[n - 1]) - plot_scale_px (x_scale, x[0]));
  bool dense = (double)n >= DENSE * fmax (span, 1.0) * pixels;
  begin_line (cr, area, color, width, !dense);
  if (dense) {
    size_t n_columns = (size_t)ceil (area.width * pixels) + 1;
    g_autofree PlotColumn *columns = g_new (PlotColumn, n_columns);
    plot_line_columns_xy (columns, n_columns, x, y, n, x_scale, pixels);
    draw_columns (cr, area, columns, n_columns, y_scale, width, pixels);
  } else {
    Pen pen = pen_new (cr);
    for (size_t i = 0; i < n; i++) {
      double px = plot_scale_px (x_scale, x[i]), py = plot_scale_px (y_scale, y[i]);
      if (isfinite (px) && isfinite (py))
        pen_point (&pen, px, py);
      else
        pen_lift (&pen);
    }
    pen_lift (&pen);
  }
  end_line (cr, color, !dense);
}
