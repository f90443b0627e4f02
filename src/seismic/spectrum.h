/* Fourier transforms of real samples. Any thread. */
#pragma once

#include <stddef.h>

/* spectrum (n / 2 + 1, 2), overwritten: real and imaginary part of
 * X_k = Σ_j samples_j exp (−2πi jk / n), k = 0 … n / 2. samples (n), n ≥ 1. */
void seismic_spectrum_forward (double *spectrum, const double *samples, size_t n);
/* The inverse, divided by n: samples (n), overwritten, of spectrum (n / 2 + 1, 2). The
 * imaginary parts of k = 0 and, for an even n, of k = n / 2 are not looked at. */
void seismic_spectrum_inverse (double *samples, const double *spectrum, size_t n);
