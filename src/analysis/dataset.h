/* Signals of a library → preprocessed, normalised batches, in the order of
 * analysis/batch-order.h.
 *
 * Preprocessing, as in the original study: [a window of it], [resampling to one rate],
 * first difference, (x − mean) / scale for each component, where mean is the median over
 * signals of the signal's mean and scale the square root of the median of its variance.
 * Resampling comes before the difference, so that a difference means the same at every
 * native rate. */
#pragma once

#include "analysis/series.h"
#include "seismic/progress.h"

/* The largest share of events that can be held out. */
#define ANALYSIS_VALIDATION_MOST 0.9
/* For prepared signals, unless said. */
#define ANALYSIS_DATASET_CACHE_BYTES ((size_t)512 << 20)

typedef struct {
  double rate_hz;             /* 0: each signal's own */
  AnalysisWindow window;      /* what of each signal */
  const char *signals;        /* which: a query of seismic/signal-query.h as text, static
                               * or interned; NULL: all */
  double validation_fraction; /* 0 … ANALYSIS_VALIDATION_MOST, of the events */
  size_t batch_size;          /* ≥ 1 */
  uint64_t seed;              /* of the split */
  size_t cache_bytes;         /* preprocessed signals kept in memory; 0: 512 MiB */
  size_t shortest;            /* samples after preprocessing that the network needs */

  /* Of a training that goes on: what was drawn and measured when it began; else NULL.
   * Borrowed until the dataset is made. */
  const char *const *validation_events; /* ids */
  const double *mean, *scale;           /* (3) each */
} AnalysisDatasetSettings;

typedef struct AnalysisDataset AnalysisDataset;

/* Reads every signal once, to find lengths and the normalisation (over the training
 * events only). Preprocessed signals are kept in memory up to cache_bytes and read again
 * beyond.
 *
 * The split is by event: all signals of an event are on one side; with a fraction > 0 and
 * two or more events both sides have at least one. An event's place in the draw depends
 * on the seed and its id alone, so the order of signals does not matter.
 *
 * A component that is flat in most signals has a median variance of 0; its scale is then
 * the median over the signals where it is not flat, and 1 where there is none: scale is
 * always finite and > 0, and a flat component normalises to zeros.
 *
 * Where the query looks at the quality, that is brought up to date first, if the library
 * can be written.
 *
 * skipped (may be NULL) receives SeismicSkip for unreadable, too short and not finite
 * signals and those without the window, not for what the query does not take. Fails with
 * ANALYSIS_ERROR_TOO_FEW without any usable signal (the message tells why), with
 * ANALYSIS_ERROR_SETTINGS, or G_IO_ERROR_CANCELLED. library must outlive the dataset,
 * which belongs to its thread. */
AnalysisDataset *analysis_dataset_new (SeismicLibrary *library,
                                       const AnalysisDatasetSettings *settings,
                                       SeismicProgressFunc progress, void *user_data,
                                       GPtrArray *skipped, GError **error);
void analysis_dataset_free (AnalysisDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisDataset, analysis_dataset_free)

/* FALSE and ANALYSIS_ERROR_SETTINGS if a number is out of range. */
bool analysis_dataset_check (const AnalysisDatasetSettings *settings, GError **error);
/* Of a set of event ids those that are held out, sorted and NULL-terminated; free with
 * g_strfreev. */
char **analysis_dataset_draw (GHashTable *events, double fraction, uint64_t seed);
/* Of the library's signals those that a query takes: a new GPtrArray of
 * SeismicSignalInfo; NULL on error. */
GPtrArray *analysis_dataset_list (SeismicLibrary *library, const char *signals,
                                  SeismicProgressFunc progress, void *user_data,
                                  size_t *n_left_out, GError **error);

/* Borrowed; valid as long as the dataset. validation is NULL when that side is empty.
 * A batch's fill fails when a signal that is not in memory can no longer be read. */
NnBatchSource *analysis_dataset_training (AnalysisDataset *dataset);
NnBatchSource *analysis_dataset_validation (AnalysisDataset *dataset);
size_t analysis_dataset_n_training (const AnalysisDataset *dataset);
size_t analysis_dataset_n_validation (const AnalysisDataset *dataset);
/* How many of the library's signals the query did not take. */
size_t analysis_dataset_n_left_out (const AnalysisDataset *dataset);
/* (3) each: the normalisation. */
const double *analysis_dataset_mean (const AnalysisDataset *dataset);
const double *analysis_dataset_scale (const AnalysisDataset *dataset);
/* Event ids of the validation side, sorted; NULL-terminated, borrowed. */
const char *const *analysis_dataset_validation_events (const AnalysisDataset *dataset);
/* Ids of the validation side's signals, sorted; NULL-terminated, to be freed with
 * g_strfreev. */
char **analysis_dataset_validation_signals (const AnalysisDataset *dataset);
