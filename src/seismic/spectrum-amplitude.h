/* How much of a record lies at each frequency. Any thread. */
#pragma once

#include <stddef.h>

/* amplitudes (n / 2 + 1), overwritten: the Fourier amplitude spectrum Δt |X_k| of
 * strong-motion seismology, with Δt = 1 / rate_hz and X of seismic_spectrum_forward (),
 * at the frequencies k rate_hz / n. One-sided: the frequencies from 0 to Nyquist's, not
 * doubled. Its unit is that of samples (n), n ≥ 1, times s: cm/s for cm/s². */
void seismic_spectrum_amplitude (double *amplitudes, const double *samples, size_t n,
                                 double rate_hz);

/* out (n_out), overwritten: amplitudes (n_in), of the frequencies 0, step_hz, 2 step_hz
 * …, smoothed about frequencies_hz (n_out) by the window of K. Konno and T. Ohmachi
 * (1998), Bulletin of the Seismological Society of America 88, eq. 4: the mean weighted
 * with (sin x / x)⁴, x = bandwidth · log₁₀ (f / fc). bandwidth > 0: 40 as in the paper,
 * 20 smooths more. It has the same width at every fc on a logarithmic axis. Frequency 0
 * is left out. frequencies_hz > 0, n_in ≥ 2, step_hz > 0. */
void seismic_spectrum_smooth (double *out, const double *frequencies_hz, size_t n_out,
                              const double *amplitudes, size_t n_in, double step_hz,
                              double bandwidth);

/* centres_hz (n), overwritten from the start: frequencies about which to smooth for a
 * picture, ascending from min_hz to max_hz: n of them evenly spaced on a logarithmic
 * axis, each moved to the nearest k step_hz, and only once where those lie further apart.
 * (Between two frequencies of the spectrum the window may have a zero at either, and the
 * mean would be of what is far away.) Returns how many. 0 < min_hz ≤ max_hz, n ≥ 2. */
size_t seismic_spectrum_centres (double *centres_hz, size_t n, double step_hz,
                                 double min_hz, double max_hz);

/* The frequency above 0 at which samples (n) have most amplitude, to the nearest
 * rate_hz / n; detrended and with 5 % tapered at either end beforehand. 0 for fewer than
 * 4 samples or none that differ. */
double seismic_spectrum_peak_hz (const double *samples, size_t n, double rate_hz);
