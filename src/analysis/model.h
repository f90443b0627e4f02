/* A trained autoencoder with all that is needed to use it on signals. */
#pragma once

#include "analysis/dataset.h"
#include "nn/checkpoint.h"

typedef struct {
  NnCheckpoint *checkpoint; /* owned */
  double rate_hz;           /* the common rate it was trained at, 0: each signal's own */
  char **validation_events; /* sorted ids, NULL-terminated, owned */
} AnalysisModel;

/* ANALYSIS_ERROR_NO_MODEL when the library has no model.safetensors. */
AnalysisModel *analysis_model_load (SeismicLibrary *library, GError **error);
/* Writes the library's model.safetensors: temporary file, fsync, rename. */
bool analysis_model_save (const AnalysisModel *model, SeismicLibrary *library,
                          GError **error);
void analysis_model_free (AnalysisModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisModel, analysis_model_free)

/* Original and reconstruction in first differences of counts, at the model's rate. */
typedef struct {
  AnalysisSeries original;
  float *reconstruction;   /* (3, T), owned */
  double normalized_error; /* mean |x − y| of the normalised samples: loss / 3 */
  bool in_validation;      /* its event was held out of the training */
} AnalysisReconstruction;

void analysis_reconstruction_clear (AnalysisReconstruction *reconstruction);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisReconstruction, analysis_reconstruction_clear)

bool analysis_model_reconstruct (AnalysisModel *model, SeismicLibrary *library,
                                 const char *signal_id,
                                 AnalysisReconstruction *reconstruction, GError **error);
