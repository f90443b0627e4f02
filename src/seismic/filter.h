/* Pure functions on one component, all in double. n may be 0. Nothing is allocated unless
 * said. The Butterworth filters are in butterworth.h, rotation in rotate.h. */
#pragma once

#include <stddef.h>

/* out (n − 1) = in[i + 1] − in[i]; in (n), n ≥ 1. In double, so that int32 extremes hold.
 * out may be in. */
void seismic_filter_difference (double *out, const double *in, size_t n);

/* In place: minus the mean of samples (n), summed relative to the first one, so that a
 * constant becomes 0 exactly. */
void seismic_filter_demean (double *samples, size_t n);
/* In place: minus the least-squares line through samples (n), as SciPy's detrend ();
 * fewer than 2 are demeaned. */
void seismic_filter_detrend (double *samples, size_t n);
/* In place: the two ends of samples (n) are multiplied by a half cosine from 0 to 1 over
 * fraction (0 … 0.5) of the whole each: a Tukey window (F. J. Harris 1978, eq. 38), in
 * SciPy's words tukey (n, 2 fraction). */
void seismic_filter_taper (double *samples, size_t n, double fraction);
/* In place: the integral from the first sample on, by the trapezoidal rule over steps of
 * 1 / rate_hz s; it begins with 0 and has the unit of samples (n) times s. */
void seismic_filter_integrate (double *samples, size_t n, double rate_hz);

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
