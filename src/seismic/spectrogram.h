/* How the spectrum of a record changes with time. Any thread. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SEISMIC_SPECTROGRAM_FLOOR_DB (-300.0f)

typedef struct {
  double window_s;    /* at least 4 samples */
  double overlap;     /* 0 … 0.99 of the window */
  size_t max_columns; /* 0: any number; else windows begin further apart if need be */
} SeismicSpectrogramSettings;

typedef struct {
  size_t n_times, n_frequencies;
  double first_s, step_s; /* of the windows' middles, after the first sample */
  double step_hz;         /* frequencies are 0, step_hz, 2 step_hz … */
  float *db;              /* (n_times, n_frequencies), owned */
} SeismicSpectrogram;

void seismic_spectrogram_clear (SeismicSpectrogram *spectrogram);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeismicSpectrogram, seismic_spectrogram_clear)

/* *spectrogram, overwritten, of samples (n): each window without its mean and times
 * Hann's (periodic), its one-sided power spectral density 2 Δt |X_k|² / Σ w² (not doubled
 * at 0 and at Nyquist's frequency; P. D. Welch 1967), as 10 log₁₀ of the unit of samples,
 * squared, a Hz; no less than SEISMIC_SPECTROGRAM_FLOOR_DB. That is SciPy's spectrogram
 * (…, window='hann'). A window longer than the record becomes the record's length. Only
 * whole windows count: what is left at the end is in none. FALSE with
 * SEISMIC_ERROR_SETTINGS for a window under 4 samples or an overlap out of range,
 * SEISMIC_ERROR_TOO_SHORT for fewer than 4 samples, SEISMIC_ERROR_TOO_LARGE for over 2^28
 * values. */
bool seismic_spectrogram_compute (SeismicSpectrogram *spectrogram, const double *samples,
                                  size_t n, double rate_hz,
                                  const SeismicSpectrogramSettings *settings,
                                  GError **error);
