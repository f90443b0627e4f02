/* What a seismologist would tell earthquakes from explosions by, without a network: pure
 * functions of one signal, any thread. */
#pragma once

#include "seismic/library.h"

/* Numbers of a spectrum: so many frequencies, of the horizontals and of the vertical. */
#define ANALYSIS_SPECTRUM_FREQUENCIES 24
#define ANALYSIS_SPECTRUM_NUMBERS (2 * ANALYSIS_SPECTRUM_FREQUENCIES)
#define ANALYSIS_SPECTRUM_LOW_HZ 0.5

/* out (ANALYSIS_SPECTRUM_NUMBERS), overwritten: log10 of the Fourier amplitude spectrum,
 * smoothed after Konno and Ohmachi (1998) with b = 20, at frequencies evenly spaced on a
 * logarithmic axis from 0.5 Hz to high_hz: of √((E² + N²) / 2), then of the vertical.
 * Detrended and with 5 % tapered at either end beforehand. In counts, or in cm/s² where
 * `physical`, s. high_hz > 0.5, at most half the signal's rate. NAN where nothing is. */
void analysis_describe_spectrum (float *out, const SeismicSignal *signal, double high_hz,
                                 bool physical);

/* Octaves: 1–2, 2–4, 4–8, 8–16 Hz. */
#define ANALYSIS_RATIO_BANDS 4

/* out (ANALYSIS_RATIO_BANDS), overwritten: log10 (P / S), P and S being the root mean
 * square of all three components within the band (Butterworth, order 4, zero-phase) from
 * the arrival of the P wave on and from that of the S wave on, each over 0.8 of the time
 * between them. Explosions have more P in it, the more the higher the band: Kim, Simpson
 * and Richards (1993), doi 10.1029/93GL01267. Arrivals by seismic/travel-time.h, of the
 * event's time, depth and distance in info.
 *
 * NAN in a band that is not below 0.45 of the rate, and in all where time, depth or
 * distance are unknown or the record does not hold half of either window and half a
 * second of it. */
void analysis_describe_ratios (float *out, const SeismicSignal *signal,
                               const SeismicSignalInfo *info);
