/* Where the stations stand: FDSN station text (fdsnws-station 1.1, format=text) →
 * stations.
 */
#pragma once

#include "seismic/progress.h"

#include <stdint.h>

typedef struct {
  char network[12], station[12];
  double latitude, longitude; /* degrees */
} SeismicStation;

/* Text of level=station or level=channel. stations: a new GPtrArray of SeismicStation
 * (free function g_free), one a network and station, of its last row in the text. skipped
 * (may be NULL): a new GPtrArray of SeismicSkip, bad rows with their line number. Fails
 * with SEISMIC_ERROR_FORMAT when the first line is no header with coordinates. */
bool seismic_station_text_read (const uint8_t *bytes, size_t n_bytes,
                                GPtrArray **stations, GPtrArray **skipped,
                                GError **error);
/* TRUE if the first line is the header of FDSN station text of any level. */
bool seismic_station_text_probe (const uint8_t *bytes, size_t n_bytes);
