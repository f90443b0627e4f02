/* SaeSectionChart: the record section of the selected signal's event: its records by
 * distance, along a time axis that is 0 at the origin time or at the P arrival; read in a
 * thread. A click, or ↑ ↓, selects a signal; the wheel zooms in time. */
#pragma once

#include "app/chart.h"
#include "app/signal-view.h"

typedef struct {
  gboolean align_on_p; /* as the travel-time model predicts it, else on the origin */
  double gain;
  size_t component; /* 0 … 2: E or R, N or T, Z */
} SaeSectionSettings;

#define SAE_TYPE_SECTION_CHART (sae_section_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeSectionChart, sae_section_chart, SAE, SECTION_CHART, SaeChart)

/* The event of the selected signal; session NULL: nothing. */
void sae_section_chart_show (SaeSectionChart *self, SaeSession *session,
                             const SaeTreatment *treatment);
void sae_section_chart_set_settings (SaeSectionChart *self,
                                     const SaeSectionSettings *settings);
gboolean sae_section_chart_get_busy (SaeSectionChart *self);
