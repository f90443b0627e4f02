/* benchmark: how fast this machine trains and encodes, as a line of JSON. */
#include "cli/json.h"
#include "cli/options.h"
#include "cli/output.h"
#include "nn/adam.h"
#include "nn/autoencoder.h"
#include "nn/parallel.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* What is measured: B random signals of equal length, the original study's widths. */
typedef struct {
  bool training;
  NnConfig config;
  size_t batch, length, steps, threads;
} Work;

/* The options as they were written, owned. */
typedef struct {
  char *architecture, *batch, *length, *layers, *hidden, *steps, *threads;
} BenchmarkOptions;

static void
benchmark_options_clear (BenchmarkOptions *options)
{
  g_free (options->architecture);
  g_free (options->batch);
  g_free (options->length);
  g_free (options->layers);
  g_free (options->hidden);
  g_free (options->steps);
  g_free (options->threads);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchmarkOptions, benchmark_options_clear)

static bool
parse_what (const CliCommand *self, const char *text, bool *training)
{
  *training = strcmp (text, "train") == 0;
  if (!*training && strcmp (text, "encode") != 0) {
    cli_usage_error (self, _ ("what to measure is train or encode, not “%s”"), text);
    return false;
  }
  return true;
}

static bool
parse_options (const CliCommand *self, char **arguments, Work *work)
{
  g_auto (BenchmarkOptions) o = {0};
  g_auto (GStrv) positional = NULL;
  const GOptionEntry entries[] = {
      {"architecture", 0, 0, G_OPTION_ARG_STRING, &o.architecture,
       N_ ("Architecture: readme, batchnorm or pooled (readme)"), "A"},
      {"batch", 0, 0, G_OPTION_ARG_STRING, &o.batch, N_ ("Signals in a batch (4)"), "N"},
      {"length", 0, 0, G_OPTION_ARG_STRING, &o.length, N_ ("Samples of a signal (2000)"),
       "N"},
      {"layers", 0, 0, G_OPTION_ARG_STRING, &o.layers,
       N_ ("LSTM layers of encoder and decoder each, 1 to 4 (1)"), "L"},
      {"hidden", 0, 0, G_OPTION_ARG_STRING, &o.hidden,
       N_ ("Hidden width of the LSTM layers (256)"), "H"},
      {"steps", 0, 0, G_OPTION_ARG_STRING, &o.steps,
       N_ ("Steps, after one to warm up (5)"), "N"},
      {"threads", 0, 0, G_OPTION_ARG_STRING, &o.threads,
       N_ ("Threads; 0 leaves one of more than two processors free (0)"), "N"},
      G_OPTION_ENTRY_NULL};

  return cli_options_parse (self, entries, arguments, 1, 1, &positional) &&
         parse_what (self, positional[0], &work->training) &&
         cli_option_architecture (self, o.architecture, &work->config.architecture) &&
         cli_option_count (self, "--batch", o.batch, 1, 4096, &work->batch) &&
         cli_option_count (self, "--length", o.length, nn_config_shortest (&work->config),
                           10000000, &work->length) &&
         cli_option_count (self, "--layers", o.layers, 1, 4, &work->config.n_layers) &&
         cli_option_count (self, "--hidden", o.hidden, 1, 4096, &work->config.hidden) &&
         cli_option_count (self, "--steps", o.steps, 1, 1000, &work->steps) &&
         cli_option_count (self, "--threads", o.threads, 0, 1024, &work->threads);
}

static void
run_step (const Work *work, NnAutoencoder *model, const NnBatch *batch,
          nn_real *embedding, uint64_t step)
{
  const NnLoss l1 = {.kind = NN_LOSS_L1};
  NnParams *params = nn_autoencoder_get_params (model);
  double loss;

  if (!work->training) {
    nn_autoencoder_encode (model, batch, embedding, NULL);
    return;
  }
  nn_autoencoder_backward (model, batch, &l1, step, &loss, NULL, NULL);
  nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                &(NnAdam){1e-3, 0, 1}, step);
  nn_autoencoder_track (model);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median seconds of a step. */
static double
measure (const Work *work, NnAutoencoder *model)
{
  g_auto (NnBatch) batch = {0};
  g_autofree nn_real *embedding =
      g_new (nn_real, work->batch * nn_autoencoder_embedding_size (model));
  g_autofree double *seconds = g_new (double, work->steps + 1);
  NnRng rng;

  nn_rng_seed (&rng, 1);
  nn_batch_resize (&batch, work->batch, work->length, work->config.n_channels);
  for (size_t b = 0; b < work->batch; b++)
    batch.lengths[b] = work->length;
  for (size_t i = 0; i < work->batch * work->length * work->config.n_channels; i++)
    batch.data[i] = (nn_real)nn_rng_normal (&rng);
  for (size_t step = 0; step <= work->steps; step++) {
    gint64 start = g_get_monotonic_time ();

    run_step (work, model, &batch, embedding, step + 1);
    seconds[step] = (double)(g_get_monotonic_time () - start) / 1e6;
  }
  qsort (seconds + 1, work->steps, sizeof *seconds, compare_doubles);
  return seconds[1 + work->steps / 2];
}

static void
print_result (const Work *work, double seconds)
{
  g_autoptr (GString) json = g_string_new (NULL);
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  cli_json_open (json, NULL, '{');
  cli_json_text (json, "what", work->training ? "train" : "encode");
  cli_json_text (json, "engine", "signal-autoencoder");
  cli_json_text (json, "architecture",
                 nn_architecture_to_string (work->config.architecture));
  cli_json_count (json, "batch", work->batch);
  cli_json_count (json, "length", work->length);
  cli_json_count (json, "threads", nn_parallel_get_threads ());
  cli_json_number (json, "seconds_per_step", seconds);
  cli_json_number (json, "samples_per_second",
                   (double)work->batch * (double)work->length / seconds);
  cli_json_number (json, "peak_rss_mib", (double)usage.ru_maxrss / 1024);
  cli_json_close (json, '}');
  cli_json_print (json);
}

int
cli_benchmark (const CliCommand *self, char **arguments)
{
  Work work = {.config = nn_config_default (), .batch = 4, .length = 2000, .steps = 5};
  g_autoptr (GError) error = NULL;
  g_autoptr (NnAutoencoder) model = NULL;

  if (!parse_options (self, arguments, &work))
    return CLI_USAGE;
  /* As in the original study, where the architecture has any. */
  work.config.dropout = work.config.architecture == NN_ARCHITECTURE_README ? 0 : 0.5;
  nn_parallel_set_threads (work.threads);
  model = nn_autoencoder_new (&work.config, 1, &error);
  if (!model)
    return cli_fail (error);
  print_result (&work, measure (&work, model));
  return CLI_DONE;
}
