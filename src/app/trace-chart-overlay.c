/* The cursor of a trace chart: a line over all components, a dot on each, their values
 * and the time beside it. Drawn anew at every motion, without Cairo. */
#include "app/trace-chart-private.h"

#include "app/format.h"
#include "seismic/time.h"
#include <glib/gi18n.h>
#include <math.h>

#define DOT 5.0f /* px across */

/* What the values are told with. */
#define DIGITS 4

static char *
format_clock (SaeTraceChart *self)
{
  g_autofree char *clock = sae_format_clock (
      self->traces.start_ns + seismic_time_of_sample (self->cursor, self->traces.rate_hz),
      2);

  return g_strdup_printf (_ ("%s\u00a0UTC"), clock);
}

/* "+38.20 s" from the event's origin; NULL if that is unknown. */
static char *
format_from_origin (SaeTraceChart *self)
{
  double origin_s = self->wave ? sae_wave_origin_s (self->wave) : NAN;
  double seconds = sae_trace_chart_cursor_s (self) - origin_s;
  g_autofree char *number = NULL;

  if (isnan (seconds))
    return NULL;
  number = sae_format_quantity (seconds, 2, _ ("s"));
  return g_strconcat (seconds >= 0 ? "+" : "", number, NULL);
}

static char *
format_value (SaeTraceChart *self, size_t component)
{
  const double *rebuilt = self->traces.reconstruction[component];
  double value = self->traces.values[component][self->cursor];
  g_autofree char *number = NULL, *other = NULL;

  if (isnan (value))
    /* Translators: in place of a sample's value, where a record has none */
    return g_strdup (_ ("gap"));
  number = sae_format_significant (value, DIGITS);
  if (!rebuilt)
    return g_steal_pointer (&number);
  other = sae_format_significant (rebuilt[self->cursor], DIGITS);
  return g_strdup_printf ("%s → %s", number, other);
}

char *
sae_trace_chart_make_readout (SaeTraceChart *self)
{
  g_autofree char *clock = NULL, *from_origin = NULL;
  GString *text;

  if (self->cursor == SAE_NO_CURSOR)
    return g_strdup ("");
  clock = format_clock (self);
  from_origin = format_from_origin (self);
  text = g_string_new (clock);
  if (from_origin)
    /* Translators: seconds, such as "+38.20 s", after an earthquake's origin time */
    g_string_append_printf (text, _ ("   origin\u00a0%s"), from_origin);
  for (size_t i = 0; i < self->traces.n_components; i++) {
    g_autofree char *value = format_value (self, i);

    g_string_append_printf (text, "   %s\u00a0%s", sae_wave_channel (self->wave, i),
                            value);
  }
  return g_string_free (text, FALSE);
}

static void
append_dot (GtkSnapshot *snapshot, double x, double y, const GdkRGBA *color)
{
  GskRoundedRect circle;
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT ((float)x - DOT / 2, (float)y - DOT / 2, DOT, DOT);

  gsk_rounded_rect_init_from_rect (&circle, &bounds, DOT / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* The dot, and the value in the line of the component's label, right of the label. */
static void
append_value (SaeTraceChart *self, GtkSnapshot *snapshot, const PlotTraceLayout *layout,
              size_t i, double x, const PlotStyle *style)
{
  const PlotTracePanel *panel = &layout->panels[i];
  PlotRectangle area = panel->area;
  double value = self->traces.values[i][self->cursor];
  double y = plot_scale_px (&panel->y, value);
  double label = sae_chart_text_width (SAE_CHART (self), style, self->traces.labels[i]);
  g_autofree char *text = format_value (self, i);
  GdkRGBA color = sae_chart_rgba (style->reconstruction);

  if (y >= area.y && y <= area.y + area.height)
    append_dot (snapshot, x, y, &color);
  /* The label is bold: somewhat wider than measured. */
  sae_chart_append_text (SAE_CHART (self), snapshot, style, text, SAE_CHART_BESIDE, x,
                         area.y - layout->label_height / 2 - 1, area.x + label * 1.15,
                         area.x + area.width);
}

static void
append_time (SaeTraceChart *self, GtkSnapshot *snapshot, const PlotTraceLayout *layout,
             double x, const PlotStyle *style)
{
  g_autofree char *clock = format_clock (self), *from_origin = format_from_origin (self);
  g_autofree char *text =
      from_origin ? g_strdup_printf ("%s  %s", clock, from_origin) : g_strdup (clock);
  /* In the row of the date, so as to leave the times to be read. */
  double y = layout->area.y + layout->area.height + layout->label_height * 1.8;

  sae_chart_append_text (SAE_CHART (self), snapshot, style, text, SAE_CHART_CENTRED, x, y,
                         layout->rect.x, layout->rect.x + layout->rect.width);
}

/* Which component the keys pick on. */
static void
append_active (SaeTraceChart *self, GtkSnapshot *snapshot, const PlotTraceLayout *layout,
               const PlotStyle *style)
{
  GdkRGBA color = sae_chart_rgba (style->reconstruction);
  PlotRectangle area = layout->panels[self->active].area;

  gtk_snapshot_append_color (
      snapshot, &color,
      &GRAPHENE_RECT_INIT ((float)area.x - 3, (float)area.y, 2, (float)area.height));
}

void
sae_trace_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
                              const PlotStyle *style)
{
  SaeTraceChart *self = SAE_TRACE_CHART (chart);
  const PlotTraceLayout *layout = sae_trace_chart_layout (self);
  GdkRGBA color = sae_chart_rgba (style->dim);
  double x;

  if (!self->wave || layout->is_empty)
    return;
  if (self->phase != SAE_TRACE_NO_PHASE || gtk_widget_has_focus (GTK_WIDGET (self)))
    append_active (self, snapshot, layout, style);
  x = plot_scale_px (&layout->x, sae_trace_chart_cursor_s (self));
  if (!(x >= layout->area.x - 0.5 && x <= layout->area.x + layout->area.width + 0.5))
    return;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (floorf ((float)x),
                                                  (float)layout->area.y, 1,
                                                  (float)layout->area.height));
  for (size_t i = 0; i < layout->n_panels; i++)
    append_value (self, snapshot, layout, i, x, style);
  append_time (self, snapshot, layout, x, style);
}
