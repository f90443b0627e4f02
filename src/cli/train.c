/* train: a library's model. */
#include "analysis/run-file.h"
#include "analysis/training.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/train-options.h"
#include "cli/training-progress.h"
#include "nn/parallel.h"

#include <glib/gi18n.h>

static void
print_summary (const AnalysisTrainingSummary *summary, const char *folder)
{
  guint n = summary->history->len;

  cli_print_skipped (summary->skipped);
  g_print (_ ("%zu training signals, %zu validation signals, %zu parameters\n"),
           summary->n_training, summary->n_validation, summary->n_parameters);
  if (summary->stopped)
    g_print (ngettext ("stopped after %u epoch; the model so far is kept\n",
                       "stopped after %u epochs; the model so far is kept\n", n),
             n);
  else
    g_print (ngettext ("%u epoch in %.1f s\n", "%u epochs in %.1f s\n", n), n,
             summary->seconds);
  if (summary->no_gain)
    g_print (_ ("ended early: no validation loss was below that of epoch %zu\n"),
             summary->best_epoch);
  else if (summary->best_epoch > 0 && summary->best_epoch < n)
    g_print (_ ("kept is the model of epoch %zu, whose validation loss was least\n"),
             summary->best_epoch);
  if (summary->run) {
    g_autofree char *path = analysis_run_path (folder, summary->run);
    g_print (_ ("model: %s\n"), path);
  }
  if (summary->stopped && summary->left)
    g_print (_ ("“%s train %s --resume” goes on\n"), CLI_PROGRAM, folder);
}

/* Completes the options with what the library's model was trained by. */
static int
resume (const CliCommand *self, CliTrainOptions *options, SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  AnalysisTrainingSettings recorded;
  if (!analysis_training_resume (library, options->settings.run, &recorded, &error))
    return cli_fail (error);
  return cli_train_options_resume (self, options, &recorded) ? CLI_DONE : CLI_USAGE;
}

int
cli_train (const CliCommand *self, char **arguments)
{
  g_auto (CliTrainOptions) options = {0};
  if (!cli_train_options_parse (self, arguments, &options))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (options.library, false);
  if (!library)
    return CLI_FAILED;

  int status = options.resume ? resume (self, &options, library) : CLI_DONE;
  if (status != CLI_DONE)
    return status;

  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  CliProgress progress;
  nn_parallel_set_threads (options.threads);
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Training"));
  bool done = analysis_train (library, &options.settings, cli_progress_items,
                              cli_training_progress, &progress, &summary, &error);
  cli_progress_end (&progress);
  if (!done)
    return cli_fail (error);

  print_summary (&summary, options.library);
  return CLI_DONE;
}
