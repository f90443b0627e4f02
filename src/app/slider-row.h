/* SaeSliderRow: a number in a list of settings, by entry or by a slider below it.
 *
 * Properties:
 *   value                    double    read-write; notifies
 *   lower, upper, step       double    construct-only
 *   digits                   uint      after the decimal point; construct-only
 *   logarithmic              boolean   the slider's way (lower > 0); construct-only
 *   unit                     string    beside the entry, "" for none */
#pragma once

#include <adwaita.h>

#define SAE_TYPE_SLIDER_ROW (sae_slider_row_get_type ())
G_DECLARE_FINAL_TYPE (SaeSliderRow, sae_slider_row, SAE, SLIDER_ROW, AdwPreferencesRow)

double sae_slider_row_get_value (SaeSliderRow *self);
/* Kept within lower and upper. */
void sae_slider_row_set_value (SaeSliderRow *self, double value);
