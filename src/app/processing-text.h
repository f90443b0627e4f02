/* What processing does to a record, and what its samples then are, in words. */
#pragma once

#include "app/signal-view.h"

/* "cm/s²"; borrowed. */
const char *sae_unit_text (SeismicUnit unit);
/* "Mean removed · Band-pass 0.5–20 Hz, order 4, zero-phase"; "" if nothing is done. In
 * the order in which it is done. Free with g_free. */
char *sae_processing_text (const SaeTreatment *treatment);
