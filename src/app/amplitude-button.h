/* SaeAmplitudeButton: the scale and the unit of a signal's amplitudes, in a popover; on
 * the button what is chosen. Signals "scaling-changed" () and "unit-changed" (). */
#pragma once

#include "plot/trace-layout.h"
#include <adwaita.h>

#define SAE_TYPE_AMPLITUDE_BUTTON (sae_amplitude_button_get_type ())
G_DECLARE_FINAL_TYPE (SaeAmplitudeButton, sae_amplitude_button, SAE, AMPLITUDE_BUTTON,
                      AdwBin)

/* *limit: of PLOT_SCALING_FIXED, > 0. */
PlotScaling sae_amplitude_button_get_scaling (SaeAmplitudeButton *self, double *limit);
/* TRUE: cm/s² through the station's sensitivity, else counts. */
gboolean sae_amplitude_button_get_physical (SaeAmplitudeButton *self);
/* What the shown samples are in, whether the sensitivity is known, and half the range
 * that is shown, from which a fixed scale starts. */
void sae_amplitude_button_adapt (SaeAmplitudeButton *self, const char *unit,
                                 gboolean has_sensitivity, double limit);
