/* demo: the whole job on the sample. */
#include "analysis/run-file.h"
#include "analysis/pca.h"
#include "analysis/training.h"
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/training-progress.h"
#include "seismic/synthesis.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *directory;         /* owned */
  SeismicLibrary *library; /* owned */
  GString *summary;        /* owned */
} Demo;

static void
demo_clear (Demo *demo)
{
  g_free (demo->directory);
  g_clear_pointer (&demo->library, seismic_library_close);
  g_string_free (demo->summary, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

static char *
demo_path (const Demo *demo, const char *name)
{
  return g_build_filename (demo->directory, name, NULL);
}

/* A line of the summary, printed as it comes. */
static void note (Demo *demo, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (Demo *demo, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%s\n", line);
  g_string_append_printf (demo->summary, "%s\n", line);
}

/* Fills the library unless an earlier demo has. */
static bool
make_sample (Demo *demo, GError **error)
{
  SeismicSynthesisSettings settings = seismic_synthesis_default ();
  g_autoptr (GPtrArray) events = seismic_library_list_events (demo->library, error);
  size_t n_explosions = 0;

  if (!events)
    return false;
  if (events->len == 0) {
    CliProgress progress;
    cli_progress_init (&progress, _ ("Synthesizing"));
    bool done = seismic_synthesis_fill (demo->library, &settings, cli_progress_items,
                                        &progress, error);
    cli_progress_end (&progress);
    if (!done)
      return false;
    g_ptr_array_unref (events);
    events = seismic_library_list_events (demo->library, error);
    if (!events)
      return false;
  }
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    n_explosions += strcmp (event->type, "explosion") == 0;
  }
  note (demo, _ ("Sample: %u synthetic events, %zu of them explosions"), events->len,
        n_explosions);
  return true;
}

/* Small enough for a minute: a fifth of the records' rate, narrower than the original. A
 * faster learning rate is a gamble: it kills units, and with them a whole component. */
static bool
train (Demo *demo, GError **error)
{
  AnalysisTrainingSettings settings = analysis_training_default ();
  g_auto (AnalysisTrainingSummary) summary = {0};
  const size_t widths[3] = {16, 32, 32};
  CliProgress progress;

  memcpy (settings.network.widths, widths, sizeof widths);
  settings.network.hidden = 48;
  settings.trainer.n_epochs = 30;
  settings.trainer.learning_rate = 1e-3;
  settings.dataset.batch_size = 4;
  settings.dataset.rate_hz = 20.0;

  cli_progress_init (&progress, _ ("Training"));
  bool done = analysis_train (demo->library, &settings, cli_progress_items,
                              cli_training_progress, &progress, &summary, error);
  cli_progress_end (&progress);
  if (!done)
    return false;
  cli_print_skipped (summary.skipped);
  if (summary.history->len == 0) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         _ ("stopped before the first epoch was done"));
    return false;
  }

  const NnEpoch *first = &g_array_index (summary.history, NnEpoch, 0);
  const NnEpoch *last =
      &g_array_index (summary.history, NnEpoch, summary.history->len - 1);
  note (demo, _ ("Signals: %zu for training, %zu of other events for validation"),
        summary.n_training, summary.n_validation);
  note (demo, _ ("Network: %zu parameters, %u epochs in %.1f s"), summary.n_parameters,
        summary.history->len, summary.seconds);
  note (demo, _ ("Training loss: %.4f after the first epoch, %.4f after the last"),
        first->training_loss, last->training_loss);
  note (demo, _ ("Validation loss: %.4f after the first epoch, %.4f after the last"),
        first->validation_loss, last->validation_loss);

  g_autofree char *path = demo_path (demo, "loss.png");
  return cli_figure_loss (cli_figure_file (path), summary.history, error);
}

static bool
embed (Demo *demo, GError **error)
{
  g_autoptr (AnalysisEmbedding) embedding =
      cli_model_embed (demo->library, NULL, ANALYSIS_EMBEDDING_DEFAULT, error);
  g_auto (AnalysisMatrix) scores = {0};
  double explained[2];

  if (!embedding || !analysis_pca (&embedding->values, 2, &scores, explained, error))
    return false;

  g_autofree char *numbers = demo_path (demo, "embeddings.csv");
  g_autofree char *picture = demo_path (demo, "projection.png");
  g_autoptr (GBytes) csv = analysis_embedding_to_csv (embedding);
  gsize n_bytes = 0;
  const char *bytes = g_bytes_get_data (csv, &n_bytes);
  note (demo,
        _ ("Embeddings: %zu signals, %zu numbers each; two principal components "
           "explain %.1f %% and %.1f %%"),
        scores.rows, embedding->values.columns, 100 * explained[0], 100 * explained[1]);
  const CliProjection projection = {.explained = explained};
  return cli_write_file (numbers, bytes, n_bytes, error) &&
         cli_figure_projection (cli_figure_file (picture), embedding, &scores,
                                &projection, error);
}

/* The nearest record of the largest earthquake that was held out; borrowed. */
static const SeismicSignalInfo *
choose_signal (const GPtrArray *signals, const AnalysisModel *model)
{
  const SeismicSignalInfo *best = NULL;

  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    bool held_out = g_strv_contains ((const char *const *)model->notes.validation_events,
                                     info->event_id);
    if (held_out && strcmp (info->event.type, "earthquake") == 0 &&
        (!best || info->event.magnitude > best->event.magnitude))
      best = info;
  }
  return best || signals->len == 0 ? best : signals->pdata[0];
}

static bool
show_signal (Demo *demo, GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load (demo->library, error);
  g_autoptr (GPtrArray) signals =
      model ? seismic_library_list_signals (demo->library, error) : NULL;
  const SeismicSignalInfo *info = signals ? choose_signal (signals, model) : NULL;
  g_autoptr (SeismicSignal) signal =
      info ? seismic_library_read_signal (demo->library, info->id, error) : NULL;
  g_auto (AnalysisReconstruction) reconstruction = {0};

  if (!signal || !analysis_model_reconstruct (model, demo->library, info->id,
                                              &reconstruction, error))
    return false;

  g_autofree char *waveform = demo_path (demo, "waveform.png");
  g_autofree char *picture = demo_path (demo, "reconstruction.png");
  note (demo, _ ("Shown: %s, magnitude %.2f at %.0f km, normalised error %.3f"), info->id,
        info->event.magnitude, info->distance_km, reconstruction.normalized_error);
  return cli_figure_signal (cli_figure_file (waveform), signal, info->event_id, error) &&
         cli_figure_reconstruction (cli_figure_file (picture), info, &reconstruction,
                                    error);
}

static bool
demo_run (Demo *demo, GError **error)
{
  if (!make_sample (demo, error) || !train (demo, error) || !embed (demo, error) ||
      !show_signal (demo, error))
    return false;

  g_autofree char *model = analysis_run_path (seismic_library_get_folder (demo->library),
                                              ANALYSIS_RUN_DEFAULT);
  g_autofree char *summary = demo_path (demo, "summary.txt");
  note (demo, _ ("Model: %s"), model);
  note (demo,
        _ ("Pictures: waveform.png, reconstruction.png, loss.png, projection.png "
           "in %s"),
        demo->directory);
  return cli_write_file (summary, demo->summary->str, demo->summary->len, error);
}

int
cli_demo (const CliCommand *self, char **arguments)
{
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, NULL, arguments, 1, 1, &positional))
    return CLI_USAGE;

  g_auto (Demo)
      demo = {.directory = g_strdup (positional[0]), .summary = g_string_new (NULL)};
  g_autoptr (GError) error = NULL;
  if (g_mkdir_with_parents (demo.directory, 0777) != 0) {
    int number = errno;
    g_set_error (&error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s",
                 demo.directory, g_strerror (number));
    return cli_fail (error);
  }
  g_autofree char *folder = demo_path (&demo, "library");
  demo.library = cli_library_open (folder, true);
  if (!demo.library)
    return CLI_FAILED;

  cli_interrupt_install ();
  return demo_run (&demo, &error) ? CLI_DONE : cli_fail (error);
}
