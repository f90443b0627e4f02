/* Pure functions on one component. n may be 0. Nothing is allocated unless said. */
#pragma once

#include <stddef.h>

/* out (n − 1) = in[i + 1] − in[i]; in (n), n ≥ 1. In double, so that int32 extremes hold.
 * out may be in. */
void seismic_filter_difference (double *out, const double *in, size_t n);

/* Samples that n at rate_hz become at new_rate_hz: those within the same duration. Both
 * rates > 0. SIZE_MAX when there are too many to count. */
size_t seismic_filter_resampled_length (size_t n, double rate_hz, double new_rate_hz);
/* Band-limited resampling with a Kaiser-windowed sinc (anti-aliasing when slower): flat
 * within 0.1 dB below 0.8 of the new Nyquist frequency, below −60 dB above it (of the old
 * one when new_rate_hz is faster). Sample 0 keeps its time; the ends are continued by
 * their first and last value, so that an offset makes no transient. Constants and an
 * equal rate are exact. out (seismic_filter_resampled_length ()), in (n), not
 * overlapping; both rates > 0. Allocates its table of coefficients. */
void seismic_filter_resample (double *out, const double *in, size_t n, double rate_hz,
                              double new_rate_hz);
