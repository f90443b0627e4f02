/* SaeSignalViews: the views of a signal, one of them seen: its waveform, spectrogram,
 * amplitude spectrum, particle motion, and the record section of its event. Time is
 * linked: waveform and spectrogram show the same window, spectrum and motion are of the
 * selection (else of all, and of what is in view), the cursor is one.
 *
 * Properties:
 *   view      string   read-write: "waveform", "spectrogram", "spectrum", "motion",
 *                      "section"
 *   readout   string   of the seen chart
 * Signal "selection-changed" () */
#pragma once

#include "app/trace-chart.h"
#include "app/view-settings.h"

#define SAE_TYPE_SIGNAL_VIEWS (sae_signal_views_get_type ())
G_DECLARE_FINAL_TYPE (SaeSignalViews, sae_signal_views, SAE, SIGNAL_VIEWS, AdwBin)

/* What view shows; same_record as in its signal "shown". */
void sae_signal_views_show (SaeSignalViews *self, SaeSignalView *view,
                            gboolean same_record);
void sae_signal_views_apply (SaeSignalViews *self, SaeViewSettings *settings);
SaeTraceChart *sae_signal_views_get_trace (SaeSignalViews *self);
/* The chart that is seen. */
SaeChart *sae_signal_views_get_chart (SaeSignalViews *self);
const char *sae_signal_views_get_view (SaeSignalViews *self);
void sae_signal_views_set_view (SaeSignalViews *self, const char *view);
