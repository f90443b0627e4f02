/* Synthetic strong-motion records by the stochastic method: Boore (2003), Pure appl.
 * geophys. 160, doi 10.1007/PL00012553. Earthquakes (Mw 5–7.5) along a belt of
 * California, explosions (3.5–5.5) at one test site in Nevada; network SY; events
 * "sy0001" … whose places begin with "Synthetic". Accelerometers of 24 bits and ±2 g,
 * hence 427,693 counts a m/s², with noise, an offset and drift. */
#pragma once

#include "seismic/library.h"

/* 2²³ counts at 2 × 9.80665 m/s². */
#define SEISMIC_SYNTHESIS_COUNTS_PER_MS2 427693.0
#define SEISMIC_SYNTHESIS_MAX_STATIONS 26
#define SEISMIC_SYNTHESIS_MAX_EVENTS 9999

typedef struct {
  size_t n_events;   /* 1 … 9999; about a quarter of them explosions */
  size_t n_stations; /* an event, 1 … 26 */
  double rate_hz;    /* 100; 20 … 500 */
  uint64_t seed;
} SeismicSynthesisSettings;

/* 40 events, 3 stations, 100 Hz, seed 1. */
SeismicSynthesisSettings seismic_synthesis_default (void);

/* Fills an open library with synthetic events, stations (network SY) and records, all or
 * nothing. The same settings give the same bytes of every record. Fails with
 * G_IO_ERROR_INVALID_ARGUMENT when a setting is out of range, G_IO_ERROR_EXISTS when the
 * library already holds synthetic events. */
bool seismic_synthesis_fill (SeismicLibrary *library,
                             const SeismicSynthesisSettings *settings,
                             SeismicProgressFunc progress, void *user_data,
                             GError **error);
