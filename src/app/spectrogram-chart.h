/* SaeSpectrogramChart: the spectrograms of a signal's three components above one another,
 * computed in a thread. The wheel zooms in time at the pointer, dragging pans; ← → move
 * the cursor in time, ↑ ↓ in frequency, Home and End to the ends.
 *
 * Signal "view-changed" () when the user has changed the shown window. */
#pragma once

#include "app/chart.h"
#include "app/signal-view.h"

typedef struct {
  double window_s;
  double overlap;  /* 0 … 0.95 */
  double range_db; /* from the highest level down, > 0 */
  gboolean logarithmic;
} SaeSpectrogramSettings;

#define SAE_TYPE_SPECTROGRAM_CHART (sae_spectrogram_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeSpectrogramChart, sae_spectrogram_chart, SAE, SPECTROGRAM_CHART,
                      SaeChart)

/* NULL: nothing is shown. */
void sae_spectrogram_chart_show (SaeSpectrogramChart *self, const SaeShown *shown);
void sae_spectrogram_chart_set_settings (SaeSpectrogramChart *self,
                                         const SaeSpectrogramSettings *settings);
/* s after the first sample. */
void sae_spectrogram_chart_set_view (SaeSpectrogramChart *self, double begin_s,
                                     double end_s);
void sae_spectrogram_chart_get_view (SaeSpectrogramChart *self, double *begin_s,
                                     double *end_s);
/* TRUE while something is being computed. */
gboolean sae_spectrogram_chart_get_busy (SaeSpectrogramChart *self);
