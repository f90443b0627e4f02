/* SaeViewSettings: the settings of the views of a signal, in the popover of a button that
 * is there where the view has any. Signal "changed" (). */
#pragma once

#include "app/section-chart.h"
#include "app/spectrogram-chart.h"
#include <adwaita.h>

#define SAE_TYPE_VIEW_SETTINGS (sae_view_settings_get_type ())
G_DECLARE_FINAL_TYPE (SaeViewSettings, sae_view_settings, SAE, VIEW_SETTINGS, AdwBin)

/* "waveform", "spectrogram", "spectrum", "motion", "section". */
void sae_view_settings_set_view (SaeViewSettings *self, const char *view);
void sae_view_settings_get_spectrogram (SaeViewSettings *self,
                                        SaeSpectrogramSettings *settings);
/* Konno and Ohmachi's bandwidth; 0: not smoothed. */
double sae_view_settings_get_smoothing (SaeViewSettings *self);
void sae_view_settings_get_section (SaeViewSettings *self, SaeSectionSettings *settings);
