/* Butterworth low-, high- and band-pass filters as second-order sections.
 *
 * The analogue prototype of order N has the poles exp (iπ (2k + N − 1) / 2N), k = 1 … N
 * (S. Butterworth 1930, On the theory of filter amplifiers; Oppenheim and Schafer,
 * Discrete-time signal processing, section 7.1). It is shifted to the wanted corners,
 * ω = 2 tan (π f / rate), and brought to discrete time by the bilinear transform
 * s = 2 (1 − z⁻¹) / (1 + z⁻¹): the gain is exactly 1/√2 at a corner frequency. A
 * band-pass of order N has 2N poles, N at either corner. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SEISMIC_BUTTERWORTH_MAX_ORDER 8

typedef enum {
  SEISMIC_BUTTERWORTH_NONE, /* as it is */
  SEISMIC_BUTTERWORTH_LOWPASS,
  SEISMIC_BUTTERWORTH_HIGHPASS,
  SEISMIC_BUTTERWORTH_BANDPASS
} SeismicButterworthKind;

typedef struct {
  SeismicButterworthKind kind;
  size_t order;    /* 1 … 8 */
  double low_hz;   /* below it the high- and band-pass attenuate */
  double high_hz;  /* above it the low- and band-pass attenuate */
  bool zero_phase; /* forward and backward: no delay, the gain squared; else causal */
} SeismicButterworth;

/* Whether the filter can be made for samples at rate_hz > 0: order within 1 … 8, corners
 * above 0 and below the Nyquist frequency, low_hz < high_hz. Else FALSE with
 * SEISMIC_ERROR_SETTINGS, which names the value and its limit. */
bool seismic_butterworth_check (const SeismicButterworth *filter, double rate_hz,
                                GError **error);

/* (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²) */
typedef struct {
  double b[3];
  double a[2]; /* a1, a2 */
} SeismicSection;

typedef struct {
  size_t n; /* 0: nothing is filtered */
  SeismicSection sections[SEISMIC_BUTTERWORTH_MAX_ORDER];
} SeismicSections;

/* *sections, overwritten, of a filter that seismic_butterworth_check () accepts. */
void seismic_butterworth_design (SeismicSections *sections,
                                 const SeismicButterworth *filter, double rate_hz);

/* The filter's gain at frequency_hz (0 … rate_hz / 2), squared with zero_phase. */
double seismic_butterworth_gain (const SeismicButterworth *filter, double rate_hz,
                                 double frequency_hz);

/* Filters samples (n) in place; n may be 0. A filter of kind NONE leaves them alone.
 *
 * Zero-phase: forward, then backward, over samples continued at both ends by their odd
 * reflection (2 x₀ − xᵢ) of 3 (2 n_sections + 1) samples, less where there are fewer, and
 * begun in the steady state of its first sample: SciPy's sosfiltfilt (), number by
 * number. Causal: forward, as if the first sample had been there forever, so that an
 * offset makes no transient: SciPy's sosfilt () with zi = sosfilt_zi () · x₀. The filter
 * is one that seismic_butterworth_check () accepts. Allocates a copy. */
void seismic_butterworth_apply (double *samples, size_t n,
                                const SeismicButterworth *filter, double rate_hz);
