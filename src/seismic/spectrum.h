/* Fourier transforms of real samples. Any thread. */
#pragma once

#include <glib.h>
#include <stddef.h>

/* spectrum (n / 2 + 1, 2), overwritten: real and imaginary part of
 * X_k = Σ_j samples_j exp (−2πi jk / n), k = 0 … n / 2. samples (n), n ≥ 1. */
void seismic_spectrum_forward (double *spectrum, const double *samples, size_t n);
/* The inverse, divided by n: samples (n), overwritten, of spectrum (n / 2 + 1, 2). The
 * imaginary parts of k = 0 and, for an even n, of k = n / 2 are not looked at. */
void seismic_spectrum_inverse (double *samples, const double *spectrum, size_t n);

/* What seismic_spectrum_forward () of n samples prepares, kept for many of them: one
 * thread at a time. */
typedef struct SeismicSpectrumPlan SeismicSpectrumPlan;

SeismicSpectrumPlan *seismic_spectrum_plan_new (size_t n);
void seismic_spectrum_plan_free (SeismicSpectrumPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SeismicSpectrumPlan, seismic_spectrum_plan_free)

/* samples (n) → spectrum (n / 2 + 1, 2). */
void seismic_spectrum_plan_forward (SeismicSpectrumPlan *plan, double *spectrum,
                                    const double *samples);
