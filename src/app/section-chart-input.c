#include "app/format.h"
#include "app/section-chart-private.h"
#include <glib/gi18n.h>
#include <math.h>

#define MIN_VIEW_S 0.1

static gboolean
get_frame (SaeSectionChart *self, PlotFrame *frame, size_t *found, double x, double y)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotSectionCurve curves[2];
  PlotSection plot;
  g_autofree PlotSectionRecord *records =
      sae_section_chart_fill_plot (self, &plot, curves);

  if (!plot_section_frame (frame, sae_chart_get_rectangle (SAE_CHART (self)), &plot,
                           &style))
    return FALSE;
  if (found)
    *found = plot_section_find (frame, &plot, x, y);
  return TRUE;
}

static void
sae_section_chart_hover (SaeChart *chart, double x, double y)
{
  SaeSectionChart *self = SAE_SECTION_CHART (chart);
  g_autofree char *text = g_strdup ("");
  PlotFrame frame;
  size_t found = SIZE_MAX;

  if (isnan (x) || !get_frame (self, &frame, &found, x, y))
    found = SIZE_MAX;
  self->hovered = found;
  if (found != SIZE_MAX) {
    SaeSignalItem *item = sae_section_chart_record (self, found)->item;
    g_autofree char *distance =
        sae_format_quantity (sae_signal_item_get_info (item)->distance_km, 1, _ ("km"));
    g_autofree char *seconds =
        sae_format_quantity (plot_scale_value (&frame.x, x), 2, _ ("s"));

    g_free (text);
    text = g_strdup_printf ("%s   %s   %s", sae_signal_item_get_instrument (item),
                            distance, seconds);
  }
  sae_chart_set_readout (chart, text);
}

static void
select_record (SaeSectionChart *self, size_t i)
{
  if (self->session && i < sae_section_chart_n_records (self))
    sae_session_set_selected (self->session, sae_section_chart_record (self, i)->item);
}

static void
sae_section_chart_click (SaeChart *chart, double x, double y)
{
  select_record (SAE_SECTION_CHART (chart), SAE_SECTION_CHART (chart)->hovered);
}

/* Distance grows upwards. */
static void
sae_section_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  SaeSectionChart *self = SAE_SECTION_CHART (chart);
  size_t selected = sae_section_chart_selected (self);

  if (sae_section_chart_n_records (self) == 0)
    return;
  if (direction == GTK_DIR_UP)
    select_record (self, selected == SIZE_MAX ? 0 : selected + 1);
  else if (direction == GTK_DIR_DOWN && selected != 0)
    select_record (self, selected == SIZE_MAX ? 0 : selected - 1);
}

static void
sae_section_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeSectionChart *self = SAE_SECTION_CHART (chart);
  PlotFrame frame;

  if (!get_frame (self, &frame, NULL, x, y))
    return;
  sae_chart_zoom_range (&self->view_begin_s, &self->view_end_s,
                        plot_scale_value (&frame.x, x), factor, self->low_s, self->high_s,
                        MIN_VIEW_S);
  sae_chart_redraw (chart);
}

static void
sae_section_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeSectionChart *self = SAE_SECTION_CHART (chart);
  double length = self->view_end_s - self->view_begin_s;
  PlotFrame frame;

  if (!get_frame (self, &frame, NULL, 0, 0))
    return;
  sae_chart_pan_range (&self->view_begin_s, &self->view_end_s,
                       -dx / MAX (frame.area.width, 1) * length, self->low_s,
                       self->high_s);
  sae_chart_redraw (chart);
}

static void
sae_section_chart_reset (SaeChart *chart)
{
  sae_section_chart_reset_view (SAE_SECTION_CHART (chart));
  sae_chart_redraw (chart);
}

void
sae_section_chart_class_init_input (SaeSectionChartClass *class)
{
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  chart_class->hover = sae_section_chart_hover;
  chart_class->click = sae_section_chart_click;
  chart_class->zoom = sae_section_chart_zoom;
  chart_class->pan = sae_section_chart_pan;
  chart_class->reset = sae_section_chart_reset;
  chart_class->step = sae_section_chart_step;
}
