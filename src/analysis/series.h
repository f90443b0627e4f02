/* One signal → its preprocessed samples, and from there into a batch. */
#pragma once

#include "analysis/window.h"
#include "nn/batch.h"

/* The common rates that may be asked for, in Hz. */
#define ANALYSIS_RATE_MIN 0.1
#define ANALYSIS_RATE_MAX 1000.0

/* One preprocessed, not yet normalised signal: first differences in counts. */
typedef struct {
  int64_t start_ns; /* of the first difference's later sample */
  double rate_hz;
  size_t n_samples; /* T ≥ 1 */
  float *samples;   /* (3, T), owned */
} AnalysisSeries;

void analysis_series_clear (AnalysisSeries *series);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisSeries, analysis_series_clear)

/* TRUE for 0 (each signal's own) and ANALYSIS_RATE_MIN … ANALYSIS_RATE_MAX. */
bool analysis_rate_is_valid (double rate_hz);

/* rate_hz 0 keeps the signal's own rate. Fails with ANALYSIS_ERROR_TOO_FEW when fewer
 * than two samples are left, SEISMIC_ERROR_NOT_FINITE for NaN, infinity or a difference
 * beyond float, SEISMIC_ERROR_TOO_LARGE when resampling would give over 2^27 samples,
 * ANALYSIS_ERROR_SETTINGS for a rate that is not valid. series is overwritten. */
bool analysis_preprocess (const SeismicSignal *signal, double rate_hz,
                          AnalysisSeries *series, GError **error);
/* How a signal becomes a series: what a model was trained with, it is used with. */
typedef struct {
  double rate_hz; /* 0: its own */
  AnalysisWindow window;
} AnalysisPreparation;

/* The window of a library's signal, preprocessed: the one way from a library into a
 * network. Fails also as seismic_library_read_signal and analysis_window_cut. */
bool analysis_series_read (SeismicLibrary *library, const char *signal_id,
                           const AnalysisPreparation *preparation, AnalysisSeries *series,
                           GError **error);
/* Writes row `row` of batch: (x − mean) / scale with mean, scale (3), and its length. The
 * batch has 3 channels, max_length ≥ T and zeroes in that row. */
void analysis_series_normalise (const AnalysisSeries *series, const double *mean,
                                const double *scale, NnBatch *batch, size_t row);
