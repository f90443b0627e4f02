/* The options of train: a training's settings, by themselves or from a preset, and how it
 * is run. */
#pragma once

#include "analysis/training.h"
#include "cli/command.h"

typedef struct {
  char *library; /* the folder; owned */
  /* As asked. With resume, what was not asked is not yet known: cli_train_options_resume.
   */
  AnalysisTrainingSettings settings;
  bool *given; /* by analysis_settings () number: asked for by an option; owned */
  bool resume, dry_run, json;
  char *run; /* as asked, NULL: not; owned */
  size_t threads;
} CliTrainOptions;

void cli_train_options_clear (CliTrainOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTrainOptions, cli_train_options_clear)

/* FALSE after a line on standard error: the command then returns CLI_USAGE. options is
 * overwritten. */
bool cli_train_options_parse (const CliCommand *self, char **arguments,
                              CliTrainOptions *options);
/* Takes what was not asked from recorded. FALSE, likewise, when something was asked that
 * contradicts it. */
bool cli_train_options_resume (const CliCommand *self, CliTrainOptions *options,
                               const AnalysisTrainingSettings *recorded);
