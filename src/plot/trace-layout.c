#include "plot/trace-layout.h"

#include "plot/axis.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#define STRIP_PART 0.3 /* of the height of a panel with its residual */
#define LABEL_CHARS 8  /* of an amplitude label; longer ones are told from an offset */
#define WIDEST_LABEL                                                                     \
  "\xe2\x88\x92"                                                                         \
  "0000.0"
#define MIN_AREA 8.0 /* px; below, nothing is drawn */
#define MARGIN 0.06  /* of an amplitude range, above and below */

#define ROBUST_PART 0.001   /* of the samples at either end */
#define ROBUST_SAMPLES 8192 /* looked at, at least, where there are more */

static double
rate_of (const PlotTraces *traces)
{
  return isfinite (traces->rate_hz) && traces->rate_hz > 0 ? traces->rate_hz : 1.0;
}

void
plot_trace_layout_view (const PlotTraces *traces, double *begin_s, double *end_s)
{
  double rate = rate_of (traces);
  *begin_s = traces->view_begin_s;
  *end_s = traces->view_end_s;
  if (isfinite (*begin_s) && isfinite (*end_s) && *begin_s < *end_s)
    return;
  *begin_s = 0;
  *end_s = traces->n_samples > 1 ? (double)(traces->n_samples - 1) / rate : 0;
  if (*end_s <= 0) { /* a second's worth around the only sample */
    *begin_s = -0.5 / fmin (rate, 1e9);
    *end_s = -*begin_s;
  }
}

static size_t
panel_count (const PlotTraces *traces)
{
  return MIN (traces->n_components, PLOT_TRACE_MAX);
}

static bool
has_reconstruction (const PlotTraces *traces)
{
  for (size_t i = 0; i < panel_count (traces); i++)
    if (traces->reconstruction[i])
      return true;
  return false;
}

PlotSeries
plot_trace_layout_series (const PlotTraces *traces, size_t i)
{
  return (PlotSeries){.values = traces->values[i],
                      .n = traces->values[i] ? traces->n_samples : 0,
                      .pyramid = traces->pyramids[i]};
}

/* The samples in view, first … end − 1. */
static void
samples_in_view (const PlotTraces *traces, const PlotTraceLayout *layout, size_t *first,
                 size_t *end)
{
  double rate = rate_of (traces), n = (double)traces->n_samples;
  double begin = floor (layout->view_begin_s * rate);
  double last = ceil (layout->view_end_s * rate);
  *first = (size_t)CLAMP (begin, 0.0, n);
  *end = (size_t)CLAMP (last + 1, 0.0, n);
}

static void
set_heading (PlotTraceLayout *layout, const PlotTraces *traces, const PlotStyle *style)
{
  layout->heading = (PlotHeading){.title = traces->title, .subtitle = traces->subtitle};
  if (!layout->with_residual)
    return;
  layout->entries[0] = (PlotLegendEntry){.label = traces->original_label,
                                         .color = style->original,
                                         .kind = PLOT_LEGEND_LINE};
  layout->entries[1] = (PlotLegendEntry){.label = traces->reconstruction_label,
                                         .color = style->reconstruction,
                                         .kind = PLOT_LEGEND_LINE};
  layout->entries[2] = (PlotLegendEntry){.label = traces->residual_label,
                                         .color = style->residual,
                                         .kind = PLOT_LEGEND_LINE};
  layout->heading.entries = layout->entries;
  layout->heading.n_entries = G_N_ELEMENTS (layout->entries);
}

/* Depends on no sample: the axes stay where they are while one zooms. */
static void
lay_out (PlotTraceLayout *layout, PlotText *text, PlotRectangle rect,
         const PlotTraces *traces, const PlotStyle *style)
{
  memset (layout, 0, sizeof *layout);
  layout->rect = rect;
  layout->n_panels = panel_count (traces);
  layout->with_residual = has_reconstruction (traces);
  plot_trace_layout_view (traces, &layout->view_begin_s, &layout->view_end_s);
  set_heading (layout, traces, style);
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  bool has_labels = false;
  for (size_t i = 0; i < layout->n_panels; i++)
    has_labels = has_labels || (traces->labels[i] && traces->labels[i][0]);
  layout->label_height = has_labels ? line + 2 : line / 2;
  layout->heading_max = rect.height / 3;

  double title = traces->unit ? line + 4 : 0;
  double left =
      title + plot_axis_y_width (plot_text_width (text, PLOT_FACE_LABEL, WIDEST_LABEL));
  /* Half of a label that stands under the last sample. */
  double right = ceil (plot_text_width (text, PLOT_FACE_LABEL, "00:00:00") / 2);
  double top =
      plot_legend_height (text, &layout->heading, rect.width, layout->heading_max);
  double bottom = plot_axis_x_height (text, true);
  double x0 = plot_line_snap (style, rect.x + left);
  double y0 = plot_line_snap (style, rect.y + top + layout->label_height);
  double x1 = plot_line_snap (style, rect.x + rect.width - right);
  double y1 = plot_line_snap (style, rect.y + rect.height - bottom);
  layout->area = (PlotRectangle){x0, y0, fmax (x1 - x0, 0), fmax (y1 - y0, 0)};
}

/* The area of panel i, with its residual's strip below. */
static void
place_panel (PlotTracePanel *panel, const PlotTraceLayout *layout, size_t i,
             const PlotStyle *style)
{
  PlotRectangle area = layout->area;
  double n = (double)layout->n_panels;
  double between = PLOT_TRACE_PANEL_GAP + layout->label_height;
  double each = (area.height - (n - 1) * between) / n;
  double top = plot_line_snap (style, area.y + (double)i * (each + between));
  double bottom =
      plot_line_snap (style, area.y + (double)i * (each + between) + fmax (each, 0));
  double strip = 0, gap = 0;
  if (layout->with_residual && each > 3 * PLOT_TRACE_STRIP_GAP) {
    gap = PLOT_TRACE_STRIP_GAP;
    strip = floor ((each - gap) * STRIP_PART);
  }
  panel->area =
      (PlotRectangle){area.x, top, area.width, fmax (bottom - top - strip - gap, 0)};
  panel->strip = (PlotRectangle){area.x, bottom - strip, area.width, strip};
}

static PlotScale
upward_scale (PlotRectangle area, double min, double max)
{
  return plot_scale_linear (min, max, area.y + area.height, area.y);
}

/* Moves the k-th smallest of values (n > k) to place k, those before it being no larger:
 * C. A. R. Hoare (1961), Algorithm 65: Find. */
static double
select_kth (double *values, size_t n, size_t k)
{
  size_t left = 0, right = n - 1;
  while (left < right) {
    double pivot = values[left + (right - left) / 2];
    size_t i = left, j = right;
    for (;;) {
      while (values[i] < pivot)
        i++;
      while (values[j] > pivot)
        j--;
      if (i >= j)
        break;
      double swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    /* left … j are no larger than the pivot, the others no smaller. */
    if (k <= j && j < right)
      right = j;
    else if (k > j)
      left = j + 1;
    else
      break;
  }
  return values[k];
}

/* Scatters the samples that are looked at, so that spikes at a steady distance are not
 * all met or all missed: the finaliser of G. L. Steele et al. (2014), SplitMix. */
static uint64_t
scattered (uint64_t i)
{
  i = (i ^ (i >> 30)) * 0xbf58476d1ce4e5b9u;
  i = (i ^ (i >> 27)) * 0x94d049bb133111ebu;
  return i ^ (i >> 31);
}

/* The range without the outermost samples. Of many samples one of each 2^k is looked at,
 * chosen by absolute number, so that a view that moves finds the same ones. */
static bool
robust_range (double *min, double *max, const PlotSeries *series, size_t first,
              size_t end)
{
  size_t stride = 1;
  while (end > first && (end - first) / (2 * stride) >= ROBUST_SAMPLES)
    stride *= 2;
  g_autofree double *kept = g_new (double, (end > first ? end - first : 0) / stride + 2);
  size_t n = 0;
  for (size_t block = first / stride; block * stride < end; block++) {
    size_t i = block * stride + (size_t)(scattered (block) % stride);
    if (i >= first && i < end && isfinite (series->values[i]))
      kept[n++] = series->values[i];
  }
  if (n == 0) /* all of them in gaps */
    return plot_line_range (min, max, series, first, end);
  size_t k = (size_t)(ROBUST_PART * (double)n);
  *min = select_kth (kept, n, k);
  *max = select_kth (kept, n, n - 1 - k);
  return true;
}

/* Of what is in view; FALSE where that is nothing. */
static bool
range_in_view (double *min, double *max, const PlotTraceLayout *layout,
               const PlotTraces *traces, size_t i)
{
  size_t first, end;
  samples_in_view (traces, layout, &first, &end);
  PlotSeries original = plot_trace_layout_series (traces, i);
  PlotSeries fitted = {.values = traces->reconstruction[i],
                       .n = traces->reconstruction[i] ? traces->n_samples : 0};
  double low = INFINITY, high = -INFINITY, rebuilt_low, rebuilt_high;
  end = MIN (end, MAX (original.n, fitted.n));
  bool any = traces->scaling == PLOT_SCALING_ROBUST
                 ? robust_range (&low, &high, &original, first, MIN (end, original.n))
                 : plot_line_range (&low, &high, &original, first, end);
  if (plot_line_range (&rebuilt_low, &rebuilt_high, &fitted, first, end)) {
    low = fmin (low, rebuilt_low);
    high = fmax (high, rebuilt_high);
    any = true;
  }
  *min = low;
  *max = high;
  return any;
}

/* The largest distance of any component from its middle. */
static double
common_limit (const PlotTraceLayout *layout, const PlotTraces *traces)
{
  double limit = 0, min, max;
  for (size_t i = 0; i < layout->n_panels; i++)
    if (range_in_view (&min, &max, layout, traces, i))
      limit = fmax (limit, fmax (max - traces->middles[i], traces->middles[i] - min));
  return limit;
}

/* *any: there is something to label. */
static void
amplitude_range (double *min, double *max, bool *any, const PlotTraceLayout *layout,
                 const PlotTraces *traces, size_t i)
{
  double limit = traces->scaling == PLOT_SCALING_COMMON  ? common_limit (layout, traces)
                 : traces->scaling == PLOT_SCALING_FIXED ? traces->fixed_limit
                                                         : 0;
  *any = range_in_view (min, max, layout, traces, i);
  if (limit > 0 && isfinite (limit) && isfinite (traces->middles[i])) {
    *min = traces->middles[i] - limit;
    *max = traces->middles[i] + limit;
  }
  plot_scale_widen (min, max, traces->scaling == PLOT_SCALING_FIXED ? 0 : MARGIN);
  double zoom = traces->amplitude_zoom > 0 ? traces->amplitude_zoom : 1;
  double span = (*max - *min) / zoom;
  double middle = *min + (*max - *min) / 2 - traces->amplitude_shift * span;
  if (!isfinite (span) || !isfinite (middle) || !(span > 0))
    return;
  *min = middle - span / 2;
  *max = middle + span / 2;
}

static void
fit_panel (PlotTracePanel *panel, PlotText *text, const PlotTraceLayout *layout,
           const PlotTraces *traces, size_t i)
{
  double min, max;
  bool any;
  amplitude_range (&min, &max, &any, layout, traces, i);
  panel->y = upward_scale (panel->area, min, max);
  if (any) {
    size_t n = plot_axis_y_max_labels (text, panel->area.height);
    plot_ticks_linear (&panel->ticks, min, max, n);
    if (panel->ticks.n < 2) /* one tells no scale; drawing leaves out what collides */
      plot_ticks_linear (&panel->ticks, min, max, n + 2);
    plot_ticks_set_offset (&panel->ticks, LABEL_CHARS);
  }
}

/* The residual's axis is symmetric around zero: its height tells the error's size, its
 * place its sign. */
static void
fit_residual (PlotTracePanel *panel, PlotText *text, const PlotTraceLayout *layout,
              const PlotTraces *traces, size_t i)
{
  size_t first, end;
  samples_in_view (traces, layout, &first, &end);
  PlotSeries series = {.values = traces->values[i],
                       .minus = traces->reconstruction[i],
                       .n = traces->n_samples};
  double low, high;
  if (panel->strip.height <= 0 || !series.values || !series.minus ||
      !plot_line_range (&low, &high, &series, first, end))
    return;
  double largest = fmax (fabs (low), fabs (high));
  double limit = largest > 0 ? largest * 1.08 : 1.0;
  plot_ticks_symmetric (&panel->residual_ticks, limit);
  /* Room for the outer labels within the strip and half the gap above it. */
  double half = panel->strip.height / 2;
  double inside =
      half + PLOT_TRACE_STRIP_GAP / 2 - plot_axis_label_height (text) / 2 - 0.5;
  if (inside > half / 2)
    limit = fmax (limit, panel->residual_ticks.step * half / inside);
  panel->residual = upward_scale (panel->strip, -limit, limit);
}

static void
fit (PlotTraceLayout *layout, PlotText *text, const PlotTraces *traces,
     const PlotStyle *style)
{
  const PlotTicks *axes[2 * PLOT_TRACE_MAX];
  size_t n_axes = 0;
  for (size_t i = 0; i < layout->n_panels; i++) {
    PlotTracePanel *panel = &layout->panels[i];
    place_panel (panel, layout, i, style);
    fit_panel (panel, text, layout, traces, i);
    fit_residual (panel, text, layout, traces, i);
    axes[n_axes++] = &panel->ticks;
    axes[n_axes++] = &panel->residual_ticks;
  }
  layout->exponent = plot_ticks_exponent (axes, n_axes);
  for (size_t i = 0; i < layout->n_panels; i++) {
    plot_ticks_label (&layout->panels[i].ticks, layout->exponent);
    plot_ticks_label (&layout->panels[i].residual_ticks, layout->exponent);
  }
}

static int64_t
time_at (const PlotTraces *traces, double seconds)
{
  double after = seconds * 1e9, ns = (double)traces->start_ns + after;
  if (fabs (after) >= 9.2e18 || fabs (ns) >= 9.2e18)
    return ns > 0 ? G_MAXINT64 / 2 : G_MININT64 / 2;
  return traces->start_ns + (int64_t)llround (after);
}

static void
fit_time (PlotTraceLayout *layout, PlotText *text, const PlotTraces *traces)
{
  double begin_s = layout->view_begin_s, end_s = layout->view_end_s;
  double left = layout->area.x, right = layout->area.x + layout->area.width;
  plot_axis_fit_time (&layout->ticks, text, time_at (traces, begin_s),
                      time_at (traces, end_s), layout->area.width);
  layout->ticks_x = plot_scale_linear (0, end_s - begin_s, left, right);
  layout->x = plot_scale_linear (begin_s, end_s, left, right);
}

void
plot_trace_layout (PlotTraceLayout *layout, PlotRectangle rect, const PlotTraces *traces,
                   const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  lay_out (layout, text, rect, traces, style);
  layout->is_empty = layout->n_panels == 0 || layout->area.width < MIN_AREA ||
                     layout->area.height < MIN_AREA;
  fit_time (layout, text, traces);
  fit (layout, text, traces, style);
}

size_t
plot_trace_layout_find (const PlotTraceLayout *layout, double y)
{
  for (size_t i = 0; i < layout->n_panels; i++) {
    PlotRectangle area = layout->panels[i].area, strip = layout->panels[i].strip;
    if (y >= area.y - layout->label_height &&
        y <= fmax (area.y + area.height, strip.y + strip.height))
      return i;
  }
  return PLOT_TRACE_ALL;
}
