/* SaeMotionChart: the particle motion of a signal: each component against each other, in
 * the selected window, or in what is in view. ← → move the cursor in time. */
#pragma once

#include "app/chart.h"
#include "app/wave.h"

#define SAE_TYPE_MOTION_CHART (sae_motion_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeMotionChart, sae_motion_chart, SAE, MOTION_CHART, SaeChart)

/* Of the samples between begin_s and end_s after the first one, both included. wave (a
 * new reference) NULL: nothing. */
void sae_motion_chart_show (SaeMotionChart *self, SaeWave *wave, double begin_s,
                            double end_s);
/* The ring on the sample at that time; NAN: none. */
void sae_motion_chart_set_cursor (SaeMotionChart *self, double time_s);
