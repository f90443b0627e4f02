/* QuakeML 1.2 → events (FDSN fdsnws-event; https://quake.ethz.ch/quakeml). */
#pragma once

#include "seismic/event.h"
#include "seismic/progress.h"

/* events: a new GPtrArray of SeismicEvent. skipped (may be NULL): a new GPtrArray of
 * SeismicSkip, events left out (no id). No events at all is no failure. Fails with
 * SEISMIC_ERROR_FORMAT when the bytes are no well-formed QuakeML. No network, no
 * entities. */
bool seismic_quakeml_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                           GPtrArray **skipped, GError **error);
/* TRUE if the bytes look like an XML document with a quakeml root. */
bool seismic_quakeml_probe (const uint8_t *bytes, size_t n_bytes);
