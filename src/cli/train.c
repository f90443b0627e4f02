/* train: a library's model. */
#include "analysis/estimate.h"
#include "analysis/run-file.h"
#include "analysis/training.h"
#include "cli/json.h"
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
  if (summary->n_left_out > 0)
    g_print (ngettext ("%zu signal was not chosen\n", "%zu signals were not chosen\n",
                       summary->n_left_out),
             summary->n_left_out);
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
  if (!analysis_training_resume (library, options->run, &recorded, &error))
    return cli_fail (error);
  return cli_train_options_resume (self, options, &recorded) ? CLI_DONE : CLI_USAGE;
}

/* The name of a new run: none that there is, so that nothing is lost. */
static int
name_run (CliTrainOptions *options, SeismicLibrary *library)
{
  const char *folder = seismic_library_get_folder (library);
  if (!options->run)
    options->run = analysis_run_new_name (folder, NULL);
  else if (analysis_run_exists (folder, options->run)) {
    g_autoptr (GError) error = g_error_new (
        G_IO_ERROR, G_IO_ERROR_EXISTS,
        _ ("the library has a run “%s”; --resume goes on with it, “%s runs” renames and "
           "deletes"),
        options->run, CLI_PROGRAM);
    return cli_fail (error);
  }
  options->settings.run = g_intern_string (options->run);
  return CLI_DONE;
}

static void
print_estimate (const AnalysisEstimate *estimate, const CliTrainOptions *options)
{
  g_autofree char *memory = g_format_size (estimate->memory_bytes);
  const double all_s =
      estimate->epoch_seconds * (double)options->settings.trainer.n_epochs;
  if (options->json) {
    g_autoptr (GString) json = g_string_new (NULL);
    cli_json_open (json, NULL, '{');
    cli_json_count (json, "training_signals", estimate->n_training);
    cli_json_count (json, "validation_signals", estimate->n_validation);
    cli_json_count (json, "left_out_signals", estimate->n_left_out);
    cli_json_count (json, "unfit_signals", estimate->n_unfit);
    cli_json_count (json, "batches", estimate->n_batches);
    cli_json_count (json, "parameters", estimate->n_parameters);
    cli_json_count (json, "memory_bytes", estimate->memory_bytes);
    cli_json_number (json, "epoch_seconds", estimate->epoch_seconds);
    cli_json_count (json, "epochs", options->settings.trainer.n_epochs);
    cli_json_close (json, '}');
    cli_json_print (json);
    return;
  }
  g_print (_ ("%zu training signals and %zu validation signals; %zu are not chosen, "
              "%zu are too short or without the window\n"),
           estimate->n_training, estimate->n_validation, estimate->n_left_out,
           estimate->n_unfit);
  g_print (_ ("%zu parameters, about %s of memory\n"), estimate->n_parameters, memory);
  g_print (_ ("about %.3g s an epoch of %zu batches, %.3g s for %zu epochs\n"),
           estimate->epoch_seconds, estimate->n_batches, all_s,
           options->settings.trainer.n_epochs);
}

static int
estimate (const CliTrainOptions *options, SeismicLibrary *library)
{
  g_autoptr (GError) error = NULL;
  AnalysisEstimate found;
  CliProgress progress;
  cli_progress_init (&progress, _ ("Measuring"));
  bool done = analysis_estimate (library, &options->settings, cli_progress_items,
                                 &progress, &found, &error);
  cli_progress_end (&progress);
  if (!done)
    return cli_fail (error);
  print_estimate (&found, options);
  return CLI_DONE;
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

  int status =
      options.resume ? resume (self, &options, library) : name_run (&options, library);
  if (status != CLI_DONE)
    return status;

  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  CliProgress progress;
  nn_parallel_set_threads (options.threads);
  cli_interrupt_install ();
  if (options.dry_run)
    return estimate (&options, library);
  cli_progress_init (&progress, _ ("Training"));
  bool done = analysis_train (library, &options.settings, cli_progress_items,
                              cli_training_progress, &progress, &summary, &error);
  cli_progress_end (&progress);
  if (!done)
    return cli_fail (error);

  print_summary (&summary, options.library);
  return CLI_DONE;
}
