/* What the embedding is to be measured by: two descriptions of the signals without a
 * network (analysis/description.h). */
#pragma once

#include "analysis/matrix.h"
#include "seismic/library.h"
#include "seismic/progress.h"

/* Principal components of the spectra, at most. */
#define ANALYSIS_BASELINE_COMPONENTS 10

typedef struct {
  /* (n, ≤ 10): principal components of the log amplitude spectra, each number of which
   * is scaled to deviation 1; up to 0.8 of the slowest signal's Nyquist frequency, in
   * cm/s² where the sensitivities of all are known and else in counts. */
  AnalysisMatrix spectra;
  AnalysisMatrix ratios; /* (n, ANALYSIS_RATIO_BANDS): log10 (P / S), NAN unknown */
  size_t n_ratios;       /* signals of which one is known */
} AnalysisBaselines;

void analysis_baselines_clear (AnalysisBaselines *baselines);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisBaselines, analysis_baselines_clear)

/* baselines: new, of signals (SeismicSignalInfo), row by row, read from library. A signal
 * that cannot be read is unknown. ANALYSIS_ERROR_TOO_FEW (under two), of the principal
 * components, G_IO_ERROR_CANCELLED. */
bool analysis_baselines_init (AnalysisBaselines *baselines, SeismicLibrary *library,
                              const GPtrArray *signals, SeismicProgressFunc progress,
                              void *user_data, GError **error);
