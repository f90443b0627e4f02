/* Synthetic strong-motion records by the stochastic method: Boore (2003), Pure appl.
 * geophys. 160, doi 10.1007/PL00012553. */
#pragma once

#include "seismic/library.h"

typedef struct {
  size_t n_events;   /* ≥ 1; about a quarter of them explosions */
  size_t n_stations; /* an event, 1 … 26 */
  double rate_hz;    /* 100 */
  uint64_t seed;
} SeismicSynthesisSettings;

/* 40 events, 3 stations, 100 Hz, seed 1. */
SeismicSynthesisSettings seismic_synthesis_default (void);

/* Fills an open library with synthetic events, stations (network SY) and records. The
 * same settings give the same bytes of every record. */
bool seismic_synthesis_fill (SeismicLibrary *library,
                             const SeismicSynthesisSettings *settings,
                             SeismicProgressFunc progress, void *user_data,
                             GError **error);
