/* A library's signals → its trained model: dataset, network and trainer put together. */
#pragma once

#include "analysis/dataset.h"
#include "analysis/live.h"
#include "analysis/model.h"
#include "nn/trainer.h"

typedef struct {
  NnConfig network;
  NnTrainerConfig trainer;
  AnalysisDatasetSettings dataset;
  uint64_t seed; /* of initialisation, shuffling and split: dataset.seed follows it */
  bool resume;   /* go on with the run, from the end of its last epoch */
  /* What it is called (run-file.h): a static or an interned string, as settings are
   * copied freely; NULL: ANALYSIS_RUN_DEFAULT, and to resume the current one. One of that
   * name is replaced, if it is not resumed. */
  const char *run;
} AnalysisTrainingSettings;

/* The network of the original study's README, without dropout, which it has no layers
 * for; 1 epoch, native rate, a fifth of the events for validation, seed 1. Batch 4 and
 * learning rate 1e-3: the study's 8 and 1e-4 belong to its 48,669 records, where an epoch
 * has 6,000 steps and not a dozen. What the study ran is a preset, analysis/preset.h. */
AnalysisTrainingSettings analysis_training_default (void);

/* Those that a model was trained by, to go on with: resume is set, and run. A model whose
 * batch size is not known, as its weights come from Python, has the default's. */
AnalysisTrainingSettings analysis_training_settings_of (const AnalysisModel *model);
/* The same of what its file says. */
AnalysisTrainingSettings analysis_training_settings_from (const NnConfig *network,
                                                          const NnTrainer *trainer,
                                                          const AnalysisModelNotes *notes,
                                                          const char *run);
/* Those of a run of the library (NULL: the current one). Fails as
 * analysis_model_load_run. */
bool analysis_training_resume (SeismicLibrary *library, const char *run,
                               AnalysisTrainingSettings *settings, GError **error);

/* FALSE and ANALYSIS_ERROR_SETTINGS or NN_ERROR_CONFIG if one is out of range. */
bool analysis_training_check (const AnalysisTrainingSettings *settings, GError **error);

typedef struct {
  char *run; /* what was written, owned; NULL: nothing, as not an epoch was done and the
              * library had a model */
  size_t n_training, n_validation; /* signals */
  size_t n_left_out;               /* signals that the query did not take */
  size_t n_parameters;
  bool stopped;      /* by the user; the model so far was saved all the same, unless no
                      * epoch was done and the library has one */
  bool no_gain;      /* ended before its last epoch, when patience was over */
  bool left;         /* epochs to go on with are left */
  size_t best_epoch; /* whose model was saved, from 1; 0: that of the last step */
  GArray *history;   /* NnEpoch, owned */
  double seconds;
  GPtrArray *skipped; /* SeismicSkip, owned */
} AnalysisTrainingSummary;

void analysis_training_summary_clear (AnalysisTrainingSummary *summary);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnalysisTrainingSummary,
                                  analysis_training_summary_clear)

/* Of the training's time, at most, that is spent on keeping what was learnt so far. */
#define ANALYSIS_TRAINING_KEEP_SHARE 0.02

/* Reads, trains and writes the run's file, which makes it the library's current one. It
 * is written after every epoch, but where epochs are so short that this would take more
 * than ANALYSIS_TRAINING_KEEP_SHARE of the time, after every so many: whatever kills the
 * program, all whole epochs but these are there to be resumed. With resume the network,
 * its normalisation, the events held out and the generator's state are the model's, and
 * n_epochs counts the epochs it had; so n epochs and then m more are n + m, bit for bit,
 * while library and threads are the same. Events that are new in the library are trained
 * on. reading is told of the signals read before the first batch, progress of the
 * training; either may be NULL. summary is overwritten.
 *
 * Fails with ANALYSIS_ERROR_SETTINGS or NN_ERROR_CONFIG (a setting out of range, or no
 * epoch left), ANALYSIS_ERROR_MISMATCH (to resume with another setting, which it names),
 * ANALYSIS_ERROR_TOO_FEW, G_IO_ERROR_CANCELLED (stopped while reading),
 * NN_ERROR_NOT_FINITE (the training diverged) or an error of reading or writing. When the
 * training itself fails after at least one finished epoch, the model as it was before the
 * step that failed, or the best before it by the validation loss, is saved all the same;
 * otherwise the library keeps the model it had. The error's message ends in which. */
bool analysis_train (SeismicLibrary *library, const AnalysisTrainingSettings *settings,
                     SeismicProgressFunc reading, NnProgressFunc progress,
                     void *user_data, AnalysisTrainingSummary *summary, GError **error);

/* The same, looked at while it learns; what is learnt does not depend on it. onlooker
 * NULL: nobody looks. */
bool analysis_train_live (SeismicLibrary *library,
                          const AnalysisTrainingSettings *settings,
                          SeismicProgressFunc reading, NnProgressFunc progress,
                          void *user_data, const AnalysisOnlooker *onlooker,
                          AnalysisTrainingSummary *summary, GError **error);
