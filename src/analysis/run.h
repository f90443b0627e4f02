/* What is known of a library's trainings (run-file.h) without loading their models, and
 * how they differ. Any thread; the folder is a library's. */
#pragma once

#include "analysis/training.h"

typedef struct {
  char *name; /* owned */
  bool is_current;
  char *damage; /* why the file cannot be read, owned: all below is then 0; else NULL */

  AnalysisTrainingSettings settings; /* to go on with: resume and run are set */
  AnalysisModelNotes notes;          /* when it began, what was held out, … */
  size_t n_parameters;
  size_t best_epoch;     /* whose model it is, from 1; 0: that of the last step */
  GArray *history;       /* NnEpoch, owned */
  GArray *epoch_batches; /* size_t, owned: as in nn/trainer.h */
  GArray *batch_losses;  /* float, owned: likewise */
  double seconds;        /* of training, over all epochs */
  uint64_t n_bytes;      /* of the file */
} AnalysisRun;

void analysis_run_free (AnalysisRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnalysisRun, analysis_run_free)

/* The run of that name; NULL: the current one. A file that cannot be read gives a run
 * with damage. NULL and ANALYSIS_ERROR_NO_MODEL if there is none. */
AnalysisRun *analysis_run_get (const char *folder, const char *name, GError **error);
/* All runs, those begun last first, then those of unknown beginning by name: a new
 * GPtrArray of AnalysisRun, never NULL. */
GPtrArray *analysis_run_list (const char *folder);

/* The loss that the run's model has: the validation's, or without any the training's, of
 * the best epoch or else the last; NAN before the first. */
double analysis_run_loss (const AnalysisRun *run);
/* It was stopped or killed before its last epoch, not by patience, and has something to
 * go on from. */
bool analysis_run_is_unfinished (const AnalysisRun *run);

/* A fact in which runs differ. */
typedef struct {
  const char *name; /* a setting's ("hidden"), static */
  char **values; /* one a run, as analysis_setting_format; "" of a damaged one. Owned */
} AnalysisRunDifference;

void analysis_run_difference_free (AnalysisRunDifference *difference);
/* The settings that are not the same in all the runs (AnalysisRun), in their order: a new
 * GPtrArray of AnalysisRunDifference, empty if all are, or for less than two. */
GPtrArray *analysis_run_compare (GPtrArray *runs);
