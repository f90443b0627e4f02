#include "app/section-chart.h"

#include "app/format.h"
#include "app/section.h"
#include "app/signal-marks.h"
#include "plot/section-plot.h"
#include "seismic/time.h"
#include "seismic/travel-time.h"
#include "session/latest.h"
#include <glib/gi18n.h>
#include <math.h>

#define N_CURVE 60
#define MIN_VIEW_S 0.1
#define BEFORE_S 5.0 /* of the axis' zero */

struct _SaeSectionChart {
  SaeChart parent_instance;

  /* Owned */
  SaeSession *session;
  SaeSection *done;
  SaeLatest *latest;

  SaeTreatment treatment;
  SaeSectionSettings settings;
  gboolean is_stale;
  guint n_signals; /* that the session had when they were read */
  double view_begin_s, view_end_s, low_s, high_s; /* of the time axis */
  double distances_km[N_CURVE], times_s[2][N_CURVE];
  size_t hovered; /* record, or SIZE_MAX */
};

G_DEFINE_FINAL_TYPE (SaeSectionChart, sae_section_chart, SAE_TYPE_CHART)

static const SaeSectionRecord *
record_at (SaeSectionChart *self, size_t i)
{
  return self->done->records->pdata[i];
}

static size_t
n_records (SaeSectionChart *self)
{
  return self->done ? self->done->records->len : 0;
}

/* Where the record's time axis is 0, ns; SEISMIC_TIME_UNSET where that is not known. */
static int64_t
zero_of (SaeSectionChart *self, const SaeSectionRecord *record)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (record->item);
  double arrival_s =
      self->settings.align_on_p ? sae_signal_marks_arrival_s (info, FALSE) : 0;

  if (info->event.time_ns == SEISMIC_TIME_UNSET || isnan (arrival_s))
    return SEISMIC_TIME_UNSET;
  return info->event.time_ns + (int64_t)llround (arrival_s * 1e9);
}

static void
fill_records (SaeSectionChart *self, PlotSectionRecord *records)
{
  for (size_t i = 0; i < n_records (self); i++) {
    const SaeSectionRecord *record = record_at (self, i);
    int64_t zero_ns = zero_of (self, record);

    records[i] = (PlotSectionRecord){
        .label = record->label,
        .distance_km = zero_ns == SEISMIC_TIME_UNSET
                           ? NAN
                           : sae_signal_item_get_info (record->item)->distance_km,
        .values = record->values,
        .n = record->n,
        .rate_hz = record->rate_hz,
        .start_s = (double)(record->start_ns - zero_ns) / 1e9};
  }
}

/* The arrivals by the model, at the depth of the event. */
static void
fill_curves (SaeSectionChart *self, PlotSectionCurve curves[2])
{
  size_t n = n_records (self);
  const SeismicSignalInfo *near =
      n > 0 ? sae_signal_item_get_info (record_at (self, 0)->item) : NULL;
  const SeismicSignalInfo *far =
      n > 0 ? sae_signal_item_get_info (record_at (self, n - 1)->item) : NULL;
  gboolean is_for = near && !isnan (sae_signal_marks_arrival_s (near, FALSE));
  double span_km = n > 0 ? far->distance_km - near->distance_km : 0;
  double low_km = n > 0 ? MAX (near->distance_km - 0.1 * span_km - 1, 0) : 0;
  double high_km = n > 0 ? far->distance_km + 0.1 * span_km + 1 : 0;

  for (size_t i = 0; i < N_CURVE; i++) {
    double distance = low_km + (high_km - low_km) * (double)i / (N_CURVE - 1);
    double depth = is_for ? near->event.depth_km : NAN;
    double p = seismic_travel_time_s (SEISMIC_PHASE_P, distance, depth);
    double s = seismic_travel_time_s (SEISMIC_PHASE_S, distance, depth);

    self->distances_km[i] = distance;
    self->times_s[0][i] = self->settings.align_on_p ? 0 * p : p;
    self->times_s[1][i] = self->settings.align_on_p ? s - p : s;
  }
  for (size_t k = 0; k < 2; k++)
    curves[k] = (PlotSectionCurve){.label = k == 0 ? "P" : "S",
                                   .is_s = k == 1,
                                   .distances_km = self->distances_km,
                                   .times_s = self->times_s[k],
                                   .n = is_for ? N_CURVE : 0};
}

static size_t
selected_record (SaeSectionChart *self)
{
  SaeSignalItem *selected =
      self->session ? sae_session_get_selected (self->session) : NULL;

  for (size_t i = 0; selected && i < n_records (self); i++)
    if (g_str_equal (sae_signal_item_get_id (record_at (self, i)->item),
                     sae_signal_item_get_id (selected)))
      return i;
  return SIZE_MAX;
}

/* What is to be drawn; records (n_records) is to be freed with g_free. */
static PlotSectionRecord *
fill_plot (SaeSectionChart *self, PlotSection *plot, PlotSectionCurve curves[2])
{
  PlotSectionRecord *records = g_new (PlotSectionRecord, MAX (n_records (self), 1));

  fill_records (self, records);
  fill_curves (self, curves);
  *plot = (PlotSection){.records = records,
                        .n_records = n_records (self),
                        .curves = curves,
                        .n_curves = 2,
                        .view_begin_s = self->view_begin_s,
                        .view_end_s = self->view_end_s,
                        .gain = self->settings.gain,
                        .time_label = self->settings.align_on_p
                                          ? _ ("Time after the predicted P (s)")
                                          : _ ("Time after the origin (s)"),
                        .distance_label = _ ("Distance (km)"),
                        .selected = selected_record (self)};
  return records;
}

static void
sae_section_chart_draw_figure (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                               const PlotStyle *style, const char *title,
                               const char *subtitle)
{
  PlotSectionCurve curves[2];
  PlotSection plot;
  g_autofree PlotSectionRecord *records =
      fill_plot (SAE_SECTION_CHART (chart), &plot, curves);

  plot.title = title;
  plot.subtitle = subtitle;
  plot_section_draw (cr, rect, &plot, style);
}

/* From a little before zero to where the last of the strong motion should be over. */
static void
find_limits (SaeSectionChart *self)
{
  gboolean any = FALSE;

  self->low_s = -BEFORE_S;
  self->high_s = 60;
  for (size_t i = 0; i < n_records (self); i++) {
    const SaeSectionRecord *record = record_at (self, i);
    int64_t zero_ns = zero_of (self, record);
    double begin_s = (double)(record->start_ns - zero_ns) / 1e9;

    if (zero_ns == SEISMIC_TIME_UNSET)
      continue;
    self->low_s = any ? MIN (self->low_s, begin_s) : begin_s;
    self->high_s = any ? MAX (self->high_s, begin_s + (double)record->n / record->rate_hz)
                       : begin_s + (double)record->n / record->rate_hz;
    any = TRUE;
  }
}

static void
reset_view (SaeSectionChart *self)
{
  double last_s = 0;

  find_limits (self);
  for (size_t i = 0; i < n_records (self); i++) {
    const SeismicSignalInfo *info = sae_signal_item_get_info (record_at (self, i)->item);
    double s = sae_signal_marks_arrival_s (info, TRUE);
    double p = self->settings.align_on_p ? sae_signal_marks_arrival_s (info, FALSE) : 0;

    if (isfinite (s - p))
      last_s = MAX (last_s, s - p);
  }
  self->view_begin_s = MAX (self->low_s, -BEFORE_S);
  self->view_end_s = last_s > 0 ? MIN (self->high_s, MAX (3 * last_s, 30)) : self->high_s;
  if (!(self->view_begin_s < self->view_end_s)) {
    self->view_begin_s = self->low_s;
    self->view_end_s = self->high_s;
  }
}

static void
describe (SaeSectionChart *self)
{
  g_autofree char *near = NULL, *far = NULL, *text = NULL;
  size_t n = n_records (self);

  if (n == 0) {
    sae_chart_describe (SAE_CHART (self), _ ("Record section"),
                        _ ("No distance of a station is known"));
    return;
  }
  near = sae_format_number (
      sae_signal_item_get_info (record_at (self, 0)->item)->distance_km, 0);
  far = sae_format_quantity (
      sae_signal_item_get_info (record_at (self, n - 1)->item)->distance_km, 0, _ ("km"));
  /* Translators: a number of records, two distances */
  text = g_strdup_printf (_ ("%zu records from %s to %s"), n, near, far);
  sae_chart_describe (SAE_CHART (self), _ ("Record section"), text);
}

static void
on_read (gpointer owner, gpointer result, const GError *error)
{
  SaeSectionChart *self = owner;
  gboolean is_first = n_records (self) == 0;

  g_clear_pointer (&self->done, sae_section_free);
  self->done = result;
  self->hovered = SIZE_MAX;
  if (is_first)
    reset_view (self);
  else
    find_limits (self);
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

static gboolean
get_frame (SaeSectionChart *self, PlotFrame *frame, size_t *found, double x, double y)
{
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotSectionCurve curves[2];
  PlotSection plot;
  g_autofree PlotSectionRecord *records = fill_plot (self, &plot, curves);

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
    SaeSignalItem *item = record_at (self, found)->item;
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
  if (self->session && i < n_records (self))
    sae_session_set_selected (self->session, record_at (self, i)->item);
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
  size_t selected = selected_record (self);

  if (n_records (self) == 0)
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
  reset_view (SAE_SECTION_CHART (chart));
  sae_chart_redraw (chart);
}

/* What is shown is of that event, of all its signals, and processed so. */
static gboolean
is_shown (SaeSectionChart *self, const SeismicSignalInfo *info,
          const SaeTreatment *treatment)
{
  SaeSignalItem *first = n_records (self) > 0 ? record_at (self, 0)->item : NULL;

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
  SaeSignalItem *first = n_records (self) > 0 ? record_at (self, 0)->item : NULL;

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
    reset_view (self);
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
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = sae_section_chart_dispose;
  GTK_WIDGET_CLASS (class)->map = sae_section_chart_map;
  chart_class->draw_figure = sae_section_chart_draw_figure;
  chart_class->hover = sae_section_chart_hover;
  chart_class->click = sae_section_chart_click;
  chart_class->zoom = sae_section_chart_zoom;
  chart_class->pan = sae_section_chart_pan;
  chart_class->reset = sae_section_chart_reset;
  chart_class->step = sae_section_chart_step;
}

static void
sae_section_chart_init (SaeSectionChart *self)
{
  self->settings = (SaeSectionSettings){.gain = 1, .component = 2};
  self->hovered = SIZE_MAX;
  self->view_begin_s = -BEFORE_S;
  self->view_end_s = 60;
  self->low_s = -BEFORE_S;
  self->high_s = 60;
  self->latest = sae_latest_new (sae_section_read, sae_section_free, sae_section_free,
                                 on_read, self);
  sae_chart_describe (SAE_CHART (self), _ ("Record section"), _ ("Nothing is shown"));
}
