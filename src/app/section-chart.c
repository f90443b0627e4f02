#include "app/section-chart-private.h"

#include "app/format.h"
#include "app/section.h"
#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (SaeSectionChart, sae_section_chart, SAE_TYPE_CHART)

static void
sae_section_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                               const PlotStyle *style, const char *title,
                               const char *subtitle)
{
  PlotSectionCurve curves[2];
  PlotSection plot;
  g_autofree PlotSectionRecord *records =
      sae_section_chart_fill_plot (SAE_SECTION_CHART (chart), &plot, curves);

  plot.title = title;
  plot.subtitle = subtitle;
  plot_section_draw (cr, rect, &plot, style);
}

static void
describe (SaeSectionChart *self)
{
  g_autofree char *near = NULL, *far = NULL, *text = NULL;
  size_t n = sae_section_chart_n_records (self);

  if (n == 0) {
    sae_chart_describe (SAE_CHART (self), _ ("Record section"),
                        _ ("No distance of a station is known"));
    return;
  }
  near = sae_format_number (
      sae_signal_item_get_info (sae_section_chart_record (self, 0)->item)->distance_km,
      0);
  far = sae_format_quantity (
      sae_signal_item_get_info (sae_section_chart_record (self, n - 1)->item)
          ->distance_km,
      0, _ ("km"));
  /* Translators: a number of records, two distances */
  text = g_strdup_printf (_ ("%zu records from %s to %s"), n, near, far);
  sae_chart_describe (SAE_CHART (self), _ ("Record section"), text);
}

static void
on_read (gpointer owner, gpointer result, const GError *error)
{
  SaeSectionChart *self = owner;
  gboolean is_first = sae_section_chart_n_records (self) == 0;

  g_clear_pointer (&self->done, sae_section_free);
  self->done = result;
  self->hovered = SIZE_MAX;
  if (is_first)
    sae_section_chart_reset_view (self);
  else
    sae_section_chart_find_limits (self);
  describe (self);
  sae_chart_redraw (SAE_CHART (self));
}

/* Only while it is seen. */
static void
start (SaeSectionChart *self)
{
  SaeSignalItem *item = self->session ? sae_session_get_selected (self->session) : NULL;

  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!item || self->is_stale)
    return;
  self->n_signals = g_list_model_get_n_items (sae_session_get_signals (self->session));
  sae_latest_want (self->latest,
                   sae_section_new (sae_session_get_folder (self->session),
                                    sae_session_get_signals (self->session),
                                    sae_signal_item_get_info (item)->event_id,
                                    &self->treatment, self->settings.component));
}

static void
sae_section_chart_map (GtkWidget *widget)
{
  SaeSectionChart *self = SAE_SECTION_CHART (widget);

  GTK_WIDGET_CLASS (sae_section_chart_parent_class)->map (widget);
  if (self->is_stale)
    start (self);
}

/* What is shown is of that event, of all its signals, and processed so. */
static gboolean
is_shown (SaeSectionChart *self, const SeismicSignalInfo *info,
          const SaeTreatment *treatment)
{
  SaeSignalItem *first = sae_section_chart_n_records (self) > 0
                             ? sae_section_chart_record (self, 0)->item
                             : NULL;

  return first &&
         g_str_equal (sae_signal_item_get_info (first)->event_id, info->event_id) &&
         memcmp (&self->treatment, treatment, sizeof *treatment) == 0 &&
         self->n_signals ==
             g_list_model_get_n_items (sae_session_get_signals (self->session));
}

void
sae_section_chart_show (SaeSectionChart *self, SaeSession *session,
                        const SaeTreatment *treatment)
{
  SaeSignalItem *item = session ? sae_session_get_selected (session) : NULL;
  const SeismicSignalInfo *info = item ? sae_signal_item_get_info (item) : NULL;
  SaeSignalItem *first = sae_section_chart_n_records (self) > 0
                             ? sae_section_chart_record (self, 0)->item
                             : NULL;

  g_set_object (&self->session, session);
  sae_chart_redraw (SAE_CHART (self));
  if (info && is_shown (self, info, treatment))
    return;
  if (!info ||
      (first && strcmp (sae_signal_item_get_info (first)->event_id, info->event_id))) {
    sae_latest_want (self->latest, NULL);
    g_clear_pointer (&self->done, sae_section_free);
  }
  if (info) {
    self->treatment = *treatment;
    start (self);
  }
}

void
sae_section_chart_set_settings (SaeSectionChart *self, const SaeSectionSettings *settings)
{
  gboolean other_component = settings->component != self->settings.component;
  gboolean other_zero = settings->align_on_p != self->settings.align_on_p;

  self->settings = *settings;
  if (other_zero)
    sae_section_chart_reset_view (self);
  if (other_component)
    start (self);
  sae_chart_redraw (SAE_CHART (self));
}

gboolean
sae_section_chart_get_busy (SaeSectionChart *self)
{
  return sae_latest_get_busy (self->latest);
}

static void
sae_section_chart_dispose (GObject *object)
{
  SaeSectionChart *self = SAE_SECTION_CHART (object);

  g_clear_object (&self->latest);
  g_clear_pointer (&self->done, sae_section_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sae_section_chart_parent_class)->dispose (object);
}

static void
sae_section_chart_class_init (SaeSectionChartClass *class)
{
  G_OBJECT_CLASS (class)->dispose = sae_section_chart_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_section_chart_map;
  SAE_CHART_CLASS (class)->draw_figure = sae_section_chart_draw_figure;
  sae_section_chart_class_init_input (class);
}

static void
sae_section_chart_init (SaeSectionChart *self)
{
  self->settings = (SaeSectionSettings){.gain = 1, .component = 2};
  self->hovered = SIZE_MAX;
  sae_section_chart_reset_view (self);
  self->latest = sae_latest_new (sae_section_read, sae_section_free, sae_section_free,
                                 on_read, self);
  sae_chart_describe (SAE_CHART (self), _ ("Record section"), _ ("Nothing is shown"));
}
