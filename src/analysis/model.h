/* A trained autoencoder with all that is needed to use it on signals. */
#pragma once

#include "analysis/dataset.h"
#include "nn/checkpoint.h"
#include "seismic/processing.h"

/* What a model's file says of its signals and its training beside the checkpoint: string
 * metadata beside the tensors. */
typedef struct {
  double rate_hz;        /* "rate_hz": the common rate, 0: each signal's own */
  AnalysisWindow window; /* "window", "window_length_s", "window_lead_s" */
  const char *signals;   /* "signals": which were trained on, interned; NULL: all */
  /* "validation_events" (with C escapes, one a line): sorted ids, NULL-terminated,
   * owned */
  char **validation_events;
  /* "batch_size", "validation_fraction": to go on with; 0: not known. */
  size_t batch_size;
  double validation_fraction;
  int64_t start_ns;                /* "started": when; SEISMIC_TIME_UNSET: not known */
  size_t n_training, n_validation; /* "n_training", …: signals of the latest training; 0:
                                      not known */
} AnalysisModelNotes;

/* ANALYSIS_ERROR_MISMATCH for a network that is not for three components. */
bool analysis_model_check_channels (const NnConfig *network, GError **error);
/* Of a checkpoint's metadata, which need not hold anything; *notes is overwritten.
 * ANALYSIS_ERROR_MISMATCH for a rate, a window or a query that is none. */
bool analysis_model_notes_read (GHashTable *metadata, AnalysisModelNotes *notes,
                                GError **error);
void analysis_model_notes_clear (AnalysisModelNotes *notes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisModelNotes, analysis_model_notes_clear)

typedef struct {
  NnCheckpoint *checkpoint; /* owned */
  char *run;                /* what it is called (run-file.h); owned */
  AnalysisModelNotes notes;
} AnalysisModel;

/* Takes ownership of checkpoint, whose metadata need not hold anything; copies
 * validation_events (sorted, NULL-terminated). A run ANALYSIS_RUN_DEFAULT. */
AnalysisModel *analysis_model_new (NnCheckpoint *checkpoint, double rate_hz,
                                   const char *const *validation_events);
/* The model of that run; NULL: of the library's current one.
 *
 * ANALYSIS_ERROR_NO_MODEL when there is none; ANALYSIS_ERROR_MISMATCH when it is not for
 * three components or its metadata make no sense; NN_ERROR_* and G_IO_ERROR_* else.
 * Weights saved elsewhere, without normalisation and rate, are taken with mean 0, scale
 * 1, each signal's own rate, nothing held out. */
AnalysisModel *analysis_model_load_run (SeismicLibrary *library, const char *run,
                                        GError **error);
/* The same of the current one. */
AnalysisModel *analysis_model_load (SeismicLibrary *library, GError **error);
/* Writes the run's file: temporary file, fsync, rename. G_IO_ERROR_*. */
bool analysis_model_save (const AnalysisModel *model, SeismicLibrary *library,
                          GError **error);
void analysis_model_free (AnalysisModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisModel, analysis_model_free)

/* How a signal is prepared for the model. */
AnalysisPreparation analysis_model_preparation (const AnalysisModel *model);
/* *processing, overwritten: a signal as the model is given it, resampled to its rate, as
 * first differences, normalised; the whole of it, where the model sees a window. */
void analysis_model_processing (const AnalysisModel *model,
                                SeismicProcessing *processing);

/* FALSE and ANALYSIS_ERROR_MISMATCH for a signal of so few samples that pooling leaves
 * nothing of it. */
bool analysis_model_check_length (const AnalysisModel *model, size_t n_samples,
                                  GError **error);

/* Original and reconstruction in first differences of counts, at the model's rate. A
 * model that pools cuts the last few samples off: the reconstruction is constant from
 * n_reconstructed on, and the error is that of the samples before. */
typedef struct {
  AnalysisSeries original;
  float *reconstruction;   /* (3, T), owned */
  size_t n_reconstructed;  /* ≤ T */
  double normalized_error; /* mean |x − y| of the normalised samples */
  bool in_validation;      /* its event was held out of the training */
} AnalysisReconstruction;

void analysis_reconstruction_clear (AnalysisReconstruction *reconstruction);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisReconstruction, analysis_reconstruction_clear)

/* Overwrites reconstruction. ANALYSIS_ERROR_NUMERIC when the model's answer is not
 * finite; the errors of seismic_library_read_signal and analysis_preprocess. */
bool analysis_model_reconstruct (AnalysisModel *model, SeismicLibrary *library,
                                 const char *signal_id,
                                 AnalysisReconstruction *reconstruction, GError **error);
/* The same of a series that was read before: reconstruction holds it as its original, of
 * a length that analysis_model_check_length takes; the rest is overwritten. */
bool analysis_model_reconstruct_series (AnalysisModel *model, const char *signal_id,
                                        AnalysisReconstruction *reconstruction,
                                        GError **error);
