/* A signal: the three aligned components of one instrument, and how traces become one. */
#pragma once

#include "seismic/trace.h"
#include <glib.h>

#define SEISMIC_N_COMPONENTS 3
/* The shortest common window that makes a signal. */
#define SEISMIC_SIGNAL_MIN_SECONDS 2.0

typedef struct {
  char network[12], station[12], location[12];
  char instrument[3]; /* band and instrument code: "HN" */
  char components[4]; /* the third letters in order: "ENZ", "12Z", "123" */
  int64_t start_ns;   /* of the first component's first sample */
  double rate_hz;
  size_t n_samples; /* T */
  double
      *samples; /* (3, T): all of the first component, then the second, … counts; owned */
  double counts_per_ms2[SEISMIC_N_COMPONENTS]; /* samples / this = m/s²; NAN if unknown */
  double azimuths[SEISMIC_N_COMPONENTS];       /* degrees clockwise from north where each
                                                  component points; NAN if unknown */
  bool has_gaps; /* TRUE: the longest common gapless stretch of a longer record */
} SeismicSignal;

SeismicSignal *seismic_signal_copy (const SeismicSignal *signal);
void seismic_signal_free (SeismicSignal *signal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicSignal, seismic_signal_free)

/* "NET.STA.LOC.HN"; free with g_free. */
char *seismic_signal_instrument_id (const SeismicSignal *signal);
/* The channel code of component 0 … 2 ("HNE") into code. */
void seismic_signal_channel (const SeismicSignal *signal, size_t component, char code[8]);
/* TRUE if the record was made by synthesis.c: network SY, FDSN's code for synthetics. */
bool seismic_network_is_synthetic (const char *network);

/* Traces of one instrument (same network, station, location, band+instrument code; any
 * number of segments a component, in any order) → a signal. Components are ENZ, 12Z or
 * 123; they are aligned by time on the common window, to the nearest sample. With gaps,
 * the longest common gapless stretch. Repeated segments count once. Sample type any.
 * The sensitivities and azimuths are unknown.
 * Fails with SEISMIC_ERROR_COMPONENTS, _RATES, _TOO_SHORT or _NOT_FINITE. */
SeismicSignal *seismic_signal_from_traces (GPtrArray *traces, GError **error);
/* The same signal of traces without their samples, itself without (NULL): where it begins
 * and how long it is. Whether the samples are finite, as integers are, is not told. */
SeismicSignal *seismic_signal_from_spans (GPtrArray *traces, GError **error);

/* Groups traces by instrument, keeping those whose band+instrument code is `instrument`
 * ("HN"): a new GPtrArray of GPtrArray of borrowed SeismicTrace, sorted by seed id. */
GPtrArray *seismic_signal_group (GPtrArray *traces, const char *instrument);
