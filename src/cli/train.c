/* train: a library's model. */
#include "analysis/training.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/training-progress.h"
#include "nn/parallel.h"

#include <glib/gi18n.h>

/* The options as they were written, owned. */
typedef struct {
  char *architecture, *widths, *hidden, *layers, *epochs, *batch, *learning_rate, *rate,
      *validation, *seed, *threads;
} TrainOptions;

static void
train_options_clear (TrainOptions *options)
{
  g_free (options->architecture);
  g_free (options->widths);
  g_free (options->hidden);
  g_free (options->layers);
  g_free (options->epochs);
  g_free (options->batch);
  g_free (options->learning_rate);
  g_free (options->rate);
  g_free (options->validation);
  g_free (options->seed);
  g_free (options->threads);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrainOptions, train_options_clear)

static bool
parse_settings (const CliCommand *self, const TrainOptions *o,
                AnalysisTrainingSettings *settings, size_t *threads)
{
  return cli_option_architecture (self, o->architecture,
                                  &settings->network.architecture) &&
         cli_option_counts (self, "--widths", o->widths, 3, 1, 4096,
                            settings->network.widths) &&
         cli_option_count (self, "--hidden", o->hidden, 1, 4096,
                           &settings->network.hidden) &&
         cli_option_count (self, "--layers", o->layers, 1, 4,
                           &settings->network.n_layers) &&
         cli_option_count (self, "--epochs", o->epochs, 1, 1000000,
                           &settings->trainer.n_epochs) &&
         cli_option_count (self, "--batch", o->batch, 1, 65536,
                           &settings->dataset.batch_size) &&
         cli_option_number (self, "--learning-rate", o->learning_rate, 1e-9, 10.0,
                            &settings->trainer.learning_rate) &&
         cli_option_number (self, "--rate", o->rate, 0.0, 10000.0,
                            &settings->dataset.rate_hz) &&
         cli_option_number (self, "--validation", o->validation, 0.0, 0.9,
                            &settings->dataset.validation_fraction) &&
         cli_option_seed (self, "--seed", o->seed, &settings->seed) &&
         cli_option_count (self, "--threads", o->threads, 0, 1024, threads);
}

static bool
parse_options (const CliCommand *self, char **arguments,
               AnalysisTrainingSettings *settings, size_t *threads, char ***positional)
{
  g_auto (TrainOptions) o = {0};
  const GOptionEntry entries[] = {
      {"architecture", 0, 0, G_OPTION_ARG_STRING, &o.architecture,
       N_ ("Architecture: readme, batchnorm or pooled (readme)"), "A"},
      {"widths", 0, 0, G_OPTION_ARG_STRING, &o.widths,
       N_ ("Channels of the three convolutions (64,128,256)"), "A,B,C"},
      {"hidden", 0, 0, G_OPTION_ARG_STRING, &o.hidden,
       N_ ("Hidden width of the LSTM layers (256)"), "H"},
      {"layers", 0, 0, G_OPTION_ARG_STRING, &o.layers,
       N_ ("LSTM layers of encoder and decoder each, 1 to 4 (1)"), "L"},
      {"epochs", 0, 0, G_OPTION_ARG_STRING, &o.epochs, N_ ("Epochs (1)"), "N"},
      {"batch", 0, 0, G_OPTION_ARG_STRING, &o.batch, N_ ("Signals in a batch (4)"), "N"},
      {"learning-rate", 0, 0, G_OPTION_ARG_STRING, &o.learning_rate,
       N_ ("Learning rate (0.001)"), "R"},
      {"rate", 0, 0, G_OPTION_ARG_STRING, &o.rate,
       N_ ("Common sampling rate; 0 keeps each signal’s own (0)"), "HZ"},
      {"validation", 0, 0, G_OPTION_ARG_STRING, &o.validation,
       N_ ("Share of the events held out, up to 0.9 (0.2)"), "F"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &o.seed, N_ ("Seed of the random numbers (1)"),
       "S"},
      {"threads", 0, 0, G_OPTION_ARG_STRING, &o.threads,
       N_ ("Threads; 0 leaves one of more than two processors free (0)"), "N"},
      G_OPTION_ENTRY_NULL};

  return cli_options_parse (self, entries, arguments, 1, 1, positional) &&
         parse_settings (self, &o, settings, threads);
}

static void
print_summary (const AnalysisTrainingSummary *summary, const char *model_path)
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
  g_print (_ ("model: %s\n"), model_path);
}

int
cli_train (const CliCommand *self, char **arguments)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  size_t threads = 0;
  g_auto (GStrv) positional = NULL;
  if (!parse_options (self, arguments, &settings, &threads, &positional))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_auto (AnalysisTrainingSummary) summary = {0};
  g_autoptr (GError) error = NULL;
  CliProgress progress;
  nn_parallel_set_threads (threads);
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Training"));
  bool done = analysis_train (library, &settings, cli_progress_items,
                              cli_training_progress, &progress, &summary, &error);
  cli_progress_end (&progress);
  if (!done)
    return cli_fail (error);

  g_autofree char *model_path = seismic_library_model_path (library);
  print_summary (&summary, model_path);
  return CLI_DONE;
}
