#include "plot/axis.h"

#include "plot/line.h"
#include <math.h>

#define LABEL_GAP 14.0 /* px, least distance of labels side by side */

double
plot_axis_label_height (PlotText *text)
{
  return ceil (plot_text_height (text, PLOT_FACE_LABEL) * 0.8);
}

size_t
plot_axis_y_max_labels (PlotText *text, double length)
{
  double fits = floor (length / (plot_axis_label_height (text) * 1.4));
  return (size_t)CLAMP (fits, 1.0, (double)PLOT_AXIS_MAX_LABELS);
}

double
plot_axis_y_width (double widest)
{
  return PLOT_AXIS_TICK + PLOT_AXIS_PAD + widest;
}

double
plot_axis_widest_label (PlotText *text, const PlotTicks *ticks)
{
  double widest = 0;
  for (size_t i = 0; i < ticks->n; i++)
    widest =
        fmax (widest, plot_text_width (text, PLOT_FACE_LABEL, ticks->ticks[i].label));
  return widest;
}

double
plot_axis_x_height (PlotText *text, bool dates)
{
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  return PLOT_AXIS_TICK + 1 + line * (dates ? 2 : 1);
}

/* A device pixel's hairline, or the px of one at scale 1. */
static double
hairline (const PlotStyle *style)
{
  double scale = style->scale > 0 ? style->scale : 1;
  return fmax (1.0, round (scale)) / scale;
}

static void
horizontal (cairo_t *cr, double x, double y, double width, const PlotStyle *style)
{
  double line = hairline (style);
  cairo_rectangle (cr, x, plot_line_snap (style, y - line / 2), width, line);
}

static void
vertical (cairo_t *cr, double x, double y, double height, const PlotStyle *style)
{
  double line = hairline (style);
  cairo_rectangle (cr, plot_line_snap (style, x - line / 2), y, line, height);
}

static bool
is_within (double px, double begin, double end)
{
  return px >= begin - 0.5 && px <= end + 0.5; /* NAN is not */
}

void
plot_axis_draw_y (cairo_t *cr, PlotText *text, PlotRectangle area, const PlotScale *scale,
                  const PlotTicks *ticks, double y_min, double y_max,
                  const PlotStyle *style)
{
  double half = plot_axis_label_height (text) / 2;
  double previous = INFINITY;
  for (size_t i = 0; i < ticks->n; i++) {
    double y = plot_scale_px (scale, ticks->ticks[i].value);
    if (!is_within (y, area.y, area.y + area.height))
      continue;
    bool major = ticks->ticks[i].label[0];
    if (major && (y - half < y_min || y + half > y_max || previous - y < 2 * half))
      continue;
    if (major) {
      previous = y;
      plot_set_source (cr, style->grid);
      horizontal (cr, area.x, y, area.width, style);
      cairo_fill (cr);
    }
    double length = major ? PLOT_AXIS_TICK : PLOT_AXIS_TICK / 2;
    plot_set_source (cr, style->dim);
    horizontal (cr, area.x - length, y, length, style);
    cairo_fill (cr);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END,
                    area.x - PLOT_AXIS_TICK - PLOT_AXIS_PAD, y, ticks->ticks[i].label);
  }
}

void
plot_axis_draw_grid_x (cairo_t *cr, PlotRectangle area, const PlotScale *scale,
                       const PlotTicks *ticks, const PlotStyle *style)
{
  plot_set_source (cr, style->grid);
  for (size_t i = 0; i < ticks->n; i++) {
    double x = plot_scale_px (scale, ticks->ticks[i].value);
    if (is_within (x, area.x, area.x + area.width) && ticks->ticks[i].label[0])
      vertical (cr, x, area.y, area.height, style);
  }
  cairo_fill (cr);
}

void
plot_axis_draw_zero (cairo_t *cr, PlotRectangle area, const PlotScale *y_scale,
                     const PlotStyle *style)
{
  double y = plot_scale_px (y_scale, 0);
  if (!is_within (y, area.y, area.y + area.height))
    return;
  plot_set_source (cr, style->grid);
  horizontal (cr, area.x, y, area.width, style);
  cairo_fill (cr);
}

void
plot_axis_draw_x (cairo_t *cr, PlotText *text, PlotRectangle area, const PlotScale *scale,
                  const PlotTicks *ticks, double x_min, double x_max,
                  const PlotStyle *style)
{
  double bottom = area.y + area.height;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double free_from = x_min;
  plot_axis_draw_grid_x (cr, area, scale, ticks, style);
  for (size_t i = 0; i < ticks->n; i++) {
    const PlotTick *tick = &ticks->ticks[i];
    double x = plot_scale_px (scale, tick->value);
    if (!is_within (x, area.x, area.x + area.width))
      continue;
    plot_set_source (cr, style->dim);
    vertical (cr, x, bottom, tick->label[0] ? PLOT_AXIS_TICK : PLOT_AXIS_TICK / 2, style);
    cairo_fill (cr);
    double half = plot_text_width (text, PLOT_FACE_LABEL, tick->label) / 2;
    if (!tick->label[0] || x - half < free_from || x + half > x_max)
      continue;
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER, x,
                    bottom + PLOT_AXIS_TICK + 1 + line / 2, tick->label);
    free_from = x + half + LABEL_GAP / 2;
  }
}

/* TRUE if labels this wide stand apart when step px lie between them. */
static bool
labels_fit (PlotText *text, const PlotTicks *ticks, double px_per_step)
{
  return ticks->n <= 1 || plot_axis_widest_label (text, ticks) + LABEL_GAP <= px_per_step;
}

void
plot_axis_fit_time (PlotTicks *ticks, PlotText *text, int64_t begin_ns, int64_t end_ns,
                    double width)
{
  double seconds = ((double)end_ns - (double)begin_ns) / 1e9;
  for (size_t n = PLOT_AXIS_MAX_LABELS; n >= 1; n--) {
    plot_ticks_time (ticks, begin_ns, end_ns, n);
    if (labels_fit (text, ticks, width * ticks->step / seconds))
      return;
  }
}

void
plot_axis_fit_x (PlotTicks *ticks, PlotText *text, double min, double max, double width,
                 bool integer, int *exponent)
{
  *exponent = 0;
  for (size_t n = PLOT_AXIS_MAX_LABELS; n >= 1; n--) {
    if (integer) {
      plot_ticks_integer (ticks, min, max, n);
    } else {
      plot_ticks_linear (ticks, min, max, n);
      *exponent = plot_ticks_exponent ((const PlotTicks *const[]){ticks}, 1);
      plot_ticks_label (ticks, *exponent);
    }
    if (labels_fit (text, ticks, width * ticks->step / (max - min)))
      return;
  }
}

/* Where the text of half-width `half` stands that should be centred at x. */
static double
clamp_center (double x, double half, double x_min, double x_max)
{
  return fmax (fmin (x, x_max - half), x_min + half);
}

void
plot_axis_draw_dates (PlotText *text, const PlotScale *scale, const PlotTicks *ticks,
                      double x_min, double x_max, double y, const PlotStyle *style)
{
  /* From the right, since a change of date tells more than the first date does. */
  double free_to = INFINITY;
  const PlotTick *drawn[PLOT_TICKS_MAX];
  double centers[PLOT_TICKS_MAX];
  size_t n_drawn = 0;
  double utc = plot_text_width (text, PLOT_FACE_LABEL, " UTC");
  for (size_t i = ticks->n; i-- > 0;) {
    const PlotTick *tick = &ticks->ticks[i];
    if (!tick->date[0])
      continue;
    double half = (plot_text_width (text, PLOT_FACE_LABEL, tick->date) + utc) / 2;
    double x = clamp_center (plot_scale_px (scale, tick->value), half, x_min, x_max);
    if (x + half + LABEL_GAP / 2 > free_to)
      continue;
    centers[n_drawn] = x;
    drawn[n_drawn++] = tick;
    free_to = x - half;
  }
  if (n_drawn == 0)
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END, x_max, y, "UTC");
  for (size_t i = 0; i < n_drawn; i++) {
    bool first = i == n_drawn - 1;
    g_autofree char *label = g_strconcat (drawn[i]->date, first ? " UTC" : "", NULL);
    plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_CENTER, centers[i], y,
                    label);
  }
}

void
plot_axis_draw_title_y (PlotText *text, PlotRectangle rect, PlotRectangle area,
                        const char *title, const PlotStyle *style)
{
  double bottom = rect.y + rect.height;
  g_autofree char *fitted = plot_text_fit (text, PLOT_FACE_LABEL, title, bottom - area.y);
  double half = plot_text_width (text, PLOT_FACE_LABEL, fitted) / 2;
  double middle = clamp_center (area.y + area.height / 2, half, area.y, bottom);
  plot_text_draw_upwards (text, PLOT_FACE_LABEL, style->dim,
                          rect.x + plot_text_height (text, PLOT_FACE_LABEL) / 2, middle,
                          fitted);
}

char *
plot_axis_unit (const char *unit, int exponent)
{
  char power[40];
  plot_ticks_format_power (power, sizeof power, exponent);
  if (unit && *unit)
    return power[0] ? g_strdup_printf ("%s %s", power, unit) : g_strdup (unit);
  return power[0] ? g_strdup_printf ("×%s", power) : g_strdup ("");
}
