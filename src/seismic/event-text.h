/* FDSN event text (fdsnws-event 1.2, format=text, 13 or 14 columns) → events. */
#pragma once

#include "seismic/event.h"
#include "seismic/progress.h"

/* As seismic_quakeml_read; a bad row is skipped with its line number. */
bool seismic_event_text_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                              GPtrArray **skipped, GError **error);
bool seismic_event_text_probe (const uint8_t *bytes, size_t n_bytes);
