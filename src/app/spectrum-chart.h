/* SaeSpectrumChart: the amplitude spectra of a signal's three components, smoothed over
 * the raw ones, computed in a thread; of the selected window, or of all. ← → move the
 * cursor. */
#pragma once

#include "app/chart.h"
#include "app/signal-view.h"

#define SAE_TYPE_SPECTRUM_CHART (sae_spectrum_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeSpectrumChart, sae_spectrum_chart, SAE, SPECTRUM_CHART, SaeChart)

/* Of the samples between begin_s and end_s after the first one. shown NULL: nothing. */
void sae_spectrum_chart_show (SaeSpectrumChart *self, const SaeShown *shown,
                              double begin_s, double end_s);
/* Konno and Ohmachi's bandwidth; 0: not smoothed. */
void sae_spectrum_chart_set_smoothing (SaeSpectrumChart *self, double bandwidth);
gboolean sae_spectrum_chart_get_busy (SaeSpectrumChart *self);
