/* What section-chart.c and section-chart-*.c share. */
#pragma once

#include "app/section-chart.h"
#include "app/section.h"
#include "plot/section-plot.h"
#include "session/latest.h"

#define SAE_SECTION_CURVE 60

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
  double distances_km[SAE_SECTION_CURVE], times_s[2][SAE_SECTION_CURVE];
  size_t hovered; /* record, or SIZE_MAX */
};

/* section-chart-plot.c: what is to be drawn. */
size_t sae_section_chart_n_records (SaeSectionChart *self);
const SaeSectionRecord *sae_section_chart_record (SaeSectionChart *self, size_t i);
/* SIZE_MAX if it is none of them. */
size_t sae_section_chart_selected (SaeSectionChart *self);
/* The records in it (n_records) are to be freed with g_free. */
PlotSectionRecord *sae_section_chart_fill_plot (SaeSectionChart *self, PlotSection *plot,
                                                PlotSectionCurve curves[2]);
/* From a little before zero to where the last of the strong motion should be over. */
void sae_section_chart_find_limits (SaeSectionChart *self);
void sae_section_chart_reset_view (SaeSectionChart *self);

/* section-chart-input.c: pointer and keys, and what they read out. */
void sae_section_chart_class_init_input (SaeSectionChartClass *class);
