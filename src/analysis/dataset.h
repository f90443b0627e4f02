/* Signals of a library → preprocessed, normalised, shuffled batches.
 *
 * Preprocessing, as in the original study: [resampling to one rate], first difference,
 * (x − mean) / scale for each component, where mean is the median over signals of the
 * signal's mean and scale the square root of the median of its variance. */
#pragma once

#include "nn/batch.h"
#include "seismic/library.h"
#include "seismic/progress.h"

/* One preprocessed, not yet normalised signal: first differences in counts. */
typedef struct {
  int64_t start_ns; /* of the first difference's later sample */
  double rate_hz;
  size_t n_samples; /* T ≥ 1 */
  float *samples;   /* (3, T), owned */
} AnalysisSeries;

void analysis_series_clear (AnalysisSeries *series);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisSeries, analysis_series_clear)

/* rate_hz 0 keeps the signal's own rate. Fails with ANALYSIS_ERROR_TOO_FEW when fewer
 * than two samples are left, SEISMIC_ERROR_NOT_FINITE otherwise. */
bool analysis_preprocess (const SeismicSignal *signal, double rate_hz,
                          AnalysisSeries *series, GError **error);

typedef struct {
  double rate_hz;             /* 0: each signal's own */
  double validation_fraction; /* 0 … 0.9, of the events */
  size_t batch_size;          /* ≥ 1 */
  uint64_t seed;              /* of the split */
} AnalysisDatasetSettings;

typedef struct AnalysisDataset AnalysisDataset;

/* Reads every signal once, to find lengths and the normalisation (over the training
 * events only). Preprocessed signals are kept in memory up to 512 MiB and read again
 * beyond. The split is by event: all signals of an event are on one side; with a fraction
 * > 0 and two or more events both sides have at least one. skipped (may be NULL) receives
 * SeismicSkip for unreadable signals. Fails with ANALYSIS_ERROR_TOO_FEW without any
 * usable signal. library must outlive it. */
AnalysisDataset *analysis_dataset_new (SeismicLibrary *library,
                                       const AnalysisDatasetSettings *settings,
                                       SeismicProgressFunc progress, void *user_data,
                                       GPtrArray *skipped, GError **error);
void analysis_dataset_free (AnalysisDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisDataset, analysis_dataset_free)

/* Borrowed; valid as long as the dataset. validation is NULL when that side is empty. */
NnBatchSource *analysis_dataset_training (AnalysisDataset *dataset);
NnBatchSource *analysis_dataset_validation (AnalysisDataset *dataset);
size_t analysis_dataset_n_training (const AnalysisDataset *dataset);
size_t analysis_dataset_n_validation (const AnalysisDataset *dataset);
/* (3) each: the normalisation. */
const double *analysis_dataset_mean (const AnalysisDataset *dataset);
const double *analysis_dataset_scale (const AnalysisDataset *dataset);
/* Event ids of the validation side, sorted; NULL-terminated, borrowed. */
const char *const *analysis_dataset_validation_events (const AnalysisDataset *dataset);
