/* A trained autoencoder with all that is needed to use it on signals. */
#pragma once

#include "analysis/dataset.h"
#include "nn/checkpoint.h"
#include "seismic/processing.h"

/* In the file the rate, the validation events, a sentence on the preprocessing and what a
 * training goes on with are string metadata beside the tensors: "rate_hz" (a number),
 * "validation_events" (ids with C escapes, one a line), "preprocessing", "batch_size",
 * "validation_fraction". */
typedef struct {
  NnCheckpoint *checkpoint; /* owned */
  double rate_hz;           /* the common rate it was trained at, 0: each signal's own */
  char **validation_events; /* sorted ids, NULL-terminated, owned */
  /* What it was trained with, to go on with; 0: not known. */
  size_t batch_size;
  double validation_fraction;
} AnalysisModel;

/* Takes ownership of checkpoint, whose metadata need not hold anything; copies
 * validation_events (sorted, NULL-terminated). */
AnalysisModel *analysis_model_new (NnCheckpoint *checkpoint, double rate_hz,
                                   const char *const *validation_events);
/* ANALYSIS_ERROR_NO_MODEL when the library has no model.safetensors;
 * ANALYSIS_ERROR_MISMATCH when it is not for three components or its metadata make no
 * sense; NN_ERROR_* and G_IO_ERROR_* else. Weights saved elsewhere, without normalisation
 * and rate, are taken with mean 0, scale 1, each signal's own rate, nothing held out. */
AnalysisModel *analysis_model_load (SeismicLibrary *library, GError **error);
/* Writes the library's model.safetensors: temporary file, fsync, rename. G_IO_ERROR_*. */
bool analysis_model_save (const AnalysisModel *model, SeismicLibrary *library,
                          GError **error);
void analysis_model_free (AnalysisModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisModel, analysis_model_free)

/* *processing, overwritten: a signal as the model is given it, resampled to its rate, as
 * first differences, normalised. */
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
