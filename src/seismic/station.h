/* Where the stations stand and what their counts are worth: FDSN station text
 * (fdsnws-station 1.1, format=text) or StationXML
 * (https://docs.fdsn.org/projects/stationxml) → stations and the sensitivities of their
 * channels. */
#pragma once

#include "seismic/progress.h"

#include <stdint.h>

/* A channel's sensitivity while the instrument stayed as it was. */
typedef struct {
  char location[12], channel[12]; /* "" for the blank location */
  int64_t start_ns, end_ns;       /* [start, end); SEISMIC_TIME_UNSET: open */
  double scale;                   /* counts per one of units, at frequency_hz; not 0 */
  double frequency_hz;            /* NAN if unknown */
  double azimuth; /* degrees clockwise from north where it points, NAN if unknown */
  char units[24]; /* of the ground motion, as told: "M/S**2" */
} SeismicSensitivity;

typedef struct {
  char network[12], station[12];
  double latitude, longitude; /* degrees */
  GArray *sensitivities;      /* SeismicSensitivity, in the order of the text; owned */
} SeismicStation;

SeismicStation *seismic_station_copy (const SeismicStation *station);
void seismic_station_free (SeismicStation *station);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicStation, seismic_station_free)

/* Counts per m/s² of a sensitivity of `scale` counts per one of `units` ("M/S**2",
 * "m/s^2", "CM/S**2", "nm/s/s", in any case); NAN where the units are of no acceleration,
 * as that takes more than one number. */
double seismic_station_counts_per_ms2 (double scale, const char *units);

/* Text of level=station or level=channel. stations: a new GPtrArray of SeismicStation,
 * one a network and station, with the coordinates of its last row in the text and the
 * sensitivities of all its rows that tell one. skipped (may be NULL): a new GPtrArray of
 * SeismicSkip, bad rows with their line number; a row whose sensitivity alone is bad
 * still gives its coordinates. Fails with SEISMIC_ERROR_FORMAT when the first line is no
 * header with coordinates. */
bool seismic_station_text_read (const uint8_t *bytes, size_t n_bytes,
                                GPtrArray **stations, GPtrArray **skipped,
                                GError **error);
/* TRUE if the first line is the header of FDSN station text of any level. */
bool seismic_station_text_probe (const uint8_t *bytes, size_t n_bytes);

/* The same of StationXML 1.x of any level, a row being a channel, or a station without
 * channels; the skips tell the lines where those begin. Fails with SEISMIC_ERROR_FORMAT
 * when the bytes are no well-formed StationXML. No network, no entities. */
bool seismic_station_xml_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **stations,
                               GPtrArray **skipped, GError **error);
/* TRUE if the bytes look like an XML document with StationXML's root. */
bool seismic_station_xml_probe (const uint8_t *bytes, size_t n_bytes);
