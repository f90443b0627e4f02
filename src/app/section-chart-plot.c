#include "app/section-chart-private.h"
#include "app/signal-marks.h"
#include "seismic/time.h"
#include "seismic/travel-time.h"
#include <glib/gi18n.h>
#include <math.h>

#define BEFORE_S 5.0 /* of the axis' zero */

const SaeSectionRecord *
sae_section_chart_record (SaeSectionChart *self, size_t i)
{
  return self->done->records->pdata[i];
}

size_t
sae_section_chart_n_records (SaeSectionChart *self)
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
  for (size_t i = 0; i < sae_section_chart_n_records (self); i++) {
    const SaeSectionRecord *record = sae_section_chart_record (self, i);
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
  size_t n = sae_section_chart_n_records (self);
  const SeismicSignalInfo *near =
      n > 0 ? sae_signal_item_get_info (sae_section_chart_record (self, 0)->item) : NULL;
  const SeismicSignalInfo *far =
      n > 0 ? sae_signal_item_get_info (sae_section_chart_record (self, n - 1)->item)
            : NULL;
  gboolean is_for = near && !isnan (sae_signal_marks_arrival_s (near, FALSE));
  double span_km = n > 0 ? far->distance_km - near->distance_km : 0;
  double low_km = n > 0 ? MAX (near->distance_km - 0.1 * span_km - 1, 0) : 0;
  double high_km = n > 0 ? far->distance_km + 0.1 * span_km + 1 : 0;

  for (size_t i = 0; i < SAE_SECTION_CURVE; i++) {
    double distance = low_km + (high_km - low_km) * (double)i / (SAE_SECTION_CURVE - 1);
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
                                   .n = is_for ? SAE_SECTION_CURVE : 0};
}

size_t
sae_section_chart_selected (SaeSectionChart *self)
{
  SaeSignalItem *selected =
      self->session ? sae_session_get_selected (self->session) : NULL;

  for (size_t i = 0; selected && i < sae_section_chart_n_records (self); i++)
    if (g_str_equal (sae_signal_item_get_id (sae_section_chart_record (self, i)->item),
                     sae_signal_item_get_id (selected)))
      return i;
  return SIZE_MAX;
}

PlotSectionRecord *
sae_section_chart_fill_plot (SaeSectionChart *self, PlotSection *plot,
                             PlotSectionCurve curves[2])
{
  PlotSectionRecord *records =
      g_new (PlotSectionRecord, MAX (sae_section_chart_n_records (self), 1));

  fill_records (self, records);
  fill_curves (self, curves);
  *plot = (PlotSection){
      .records = records,
      .n_records = sae_section_chart_n_records (self),
      .curves = curves,
      .n_curves = 2,
      .view_begin_s = self->view_begin_s,
      .view_end_s = self->view_end_s,
      .gain = self->settings.gain,
      .time_label = self->settings.align_on_p ? _ ("Time after the predicted P (s)")
                                              : _ ("Time after the origin (s)"),
      .distance_label = _ ("Distance (km)"),
      .note = self->done ? _ ("No distance of a station is known") : NULL,
      .selected = sae_section_chart_selected (self)};
  return records;
}

void
sae_section_chart_find_limits (SaeSectionChart *self)
{
  gboolean any = FALSE;

  self->low_s = -BEFORE_S;
  self->high_s = 60;
  for (size_t i = 0; i < sae_section_chart_n_records (self); i++) {
    const SaeSectionRecord *record = sae_section_chart_record (self, i);
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

void
sae_section_chart_reset_view (SaeSectionChart *self)
{
  double last_s = 0;

  sae_section_chart_find_limits (self);
  for (size_t i = 0; i < sae_section_chart_n_records (self); i++) {
    const SeismicSignalInfo *info =
        sae_signal_item_get_info (sae_section_chart_record (self, i)->item);
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
