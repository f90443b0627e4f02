/* report: what a library's model is and does, as one page. */
#include "analysis/classification.h"
#include "analysis/pca.h"
#include "cli/figure.h"
#include "cli/html.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/scores.h"
#include "nn/params.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Signals that are reconstructed at most, to choose the examples from. */
enum { MOST_RECONSTRUCTED = 200, N_EXAMPLES = 3 };

typedef struct {
  const char *run;              /* NULL: the current one; borrowed */
  SeismicLibrary *library;      /* borrowed */
  AnalysisModel *model;         /* owned */
  AnalysisEmbedding *embedding; /* owned */
  AnalysisEmbeddingKind kind;
  AnalysisValidationSettings validation;
  GString *html; /* owned */
} Report;

static void
report_clear (Report *report)
{
  g_clear_pointer (&report->model, analysis_model_free);
  g_clear_pointer (&report->embedding, analysis_embedding_free);
  g_string_free (report->html, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, report_clear)

static void add_fact (CliTable *table, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Takes the row "name | value". */
static void
add_fact (CliTable *table, const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  cli_table_add (table, name);
  cli_table_take (table, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static const CliColumn facts[] = {{"", false}, {"", false}};

static void
add_records (Report *report)
{
  const GPtrArray *signals = report->embedding->signals;
  g_auto (AnalysisLabels) labels = {0};
  g_auto (CliTable) table = {0};
  analysis_labels_init (&labels, signals, NULL);
  g_autofree size_t *n_signals = g_new (size_t, labels.names->len + 1);
  g_autofree size_t *n_events = g_new (size_t, labels.names->len + 1);
  analysis_labels_count (&labels, n_signals, n_events);
  size_t n_synthetic = 0;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    n_synthetic += seismic_network_is_synthetic (info->network);
  }
  cli_html_heading (report->html, _ ("Records"));
  cli_table_init (&table, facts, 2);
  add_fact (&table, _ ("Signals"), "%u", signals->len);
  add_fact (&table, _ ("Events"), "%zu", labels.n_groups);
  for (guint c = 0; c < labels.names->len; c++)
    add_fact (&table, labels.names->pdata[c], _ ("%zu signals of %zu events"),
              n_signals[c], n_events[c]);
  add_fact (&table, _ ("Left out"), "%u", report->embedding->skipped->len);
  cli_html_table (report->html, &table);
  if (n_synthetic > 0)
    cli_html_paragraph (
        report->html, n_synthetic == signals->len
                          ? _ ("All records are synthetic: these events never happened.")
                          : _ ("Some of the records are synthetic (network SY)."));
}

static void
add_settings (Report *report)
{
  const NnCheckpoint *checkpoint = report->model->checkpoint;
  const NnConfig *config = nn_autoencoder_get_config (checkpoint->model);
  const NnTrainer *trainer = &checkpoint->trainer;
  g_auto (CliTable) table = {0};
  cli_html_heading (report->html, _ ("Model"));
  cli_table_init (&table, facts, 2);
  add_fact (&table, _ ("Run"), "%s", report->model->run);
  add_fact (&table, _ ("Architecture"), "%s",
            nn_architecture_to_string (config->architecture));
  add_fact (&table, _ ("Channels of the convolutions"), "%zu, %zu, %zu",
            config->widths[0], config->widths[1], config->widths[2]);
  add_fact (&table, _ ("LSTM"), _ ("%zu wide, %zu deep"), config->hidden,
            config->n_layers);
  add_fact (&table, _ ("The decoder reads"), "%s",
            nn_decoder_input_to_string (config->decoder_input));
  add_fact (&table, _ ("Dropout"), "%g", config->dropout);
  add_fact (&table, _ ("Parameters"), "%zu",
            nn_autoencoder_get_params (checkpoint->model)->size);
  if (report->model->notes.rate_hz > 0)
    add_fact (&table, _ ("Sampling rate"), "%g Hz", report->model->notes.rate_hz);
  else
    add_fact (&table, _ ("Sampling rate"), "%s", _ ("each signal’s own"));
  if (report->model->notes.window.kind != ANALYSIS_WINDOW_WHOLE)
    add_fact (&table, _ ("Window"), _ ("%g s around the %s"),
              report->model->notes.window.length_s,
              report->model->notes.window.kind == ANALYSIS_WINDOW_P ? _ ("P wave")
                                                                    : _ ("peak"));
  add_fact (&table, _ ("Trained on"), "%s",
            report->model->notes.signals != NULL ? report->model->notes.signals
                                                 : _ ("all signals"));
  add_fact (&table, _ ("Epochs"), _ ("%u of %zu"), trainer->history->len,
            trainer->config.n_epochs);
  add_fact (&table, _ ("Learning rate"), "%g", trainer->config.learning_rate);
  add_fact (&table, _ ("Seed"), "%zu", (size_t)trainer->seed);
  add_fact (&table, _ ("Events held out"), "%u",
            g_strv_length (report->model->notes.validation_events));
  add_fact (&table, _ ("Embedding"), _ ("%zu numbers, %s"),
            report->embedding->values.columns,
            report->kind == ANALYSIS_EMBEDDING_MEAN
                ? _ ("the mean of the encoder’s states over time")
                : _ ("the encoder’s final state"));
  cli_html_table (report->html, &table);
}

static bool
add_losses (Report *report, GError **error)
{
  const NnTrainer *trainer = &report->model->checkpoint->trainer;
  const GArray *history = trainer->history;
  cli_html_heading (report->html, _ ("Training"));
  if (history->len == 0) {
    cli_html_paragraph (report->html, _ ("The model’s file tells no history."));
    return true;
  }
  g_autoptr (GBytes) svg = NULL;
  const NnEpoch *last = &g_array_index (history, NnEpoch, history->len - 1);
  double seconds = 0;
  for (guint i = 0; i < history->len; i++)
    seconds += g_array_index (history, NnEpoch, i).seconds;
  if (!cli_figure_loss (cli_figure_svg (&svg), history, error))
    return false;
  cli_html_figure (report->html, svg, _ ("Loss by epoch"));
  g_autofree char *text =
      isnan (last->validation_loss)
          ? g_strdup_printf (
                _ ("Training loss %.4f after the last epoch; %.0f s in all."),
                last->training_loss, seconds)
          : g_strdup_printf (_ ("Training loss %.4f and validation loss %.4f after the "
                                "last epoch; the model is that of epoch %zu; %.0f s in "
                                "all."),
                             last->training_loss, last->validation_loss,
                             trainer->best_epoch > 0 ? trainer->best_epoch
                                                     : (size_t)history->len,
                             seconds);
  cli_html_paragraph (report->html, text);
  return true;
}

typedef struct {
  double normalized_error;
  const SeismicSignalInfo *info;
} Example;

static int
compare_examples (const void *a, const void *b)
{
  const Example *x = a, *y = b;
  if (x->normalized_error != y->normalized_error)
    return x->normalized_error < y->normalized_error ? -1 : 1;
  return strcmp (x->info->id, y->info->id);
}

/* Examples (Example), by error: signals of held-out events where there are any, of many
 * some evenly spread; what cannot be reconstructed is left out. NULL when stopped. */
static GArray *
reconstruct_some (Report *report, bool *held_out, GError **error)
{
  const GPtrArray *signals = report->embedding->signals;
  const char *const *events = (const char *const *)report->model->notes.validation_events;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (Example));
  CliProgress progress;
  *held_out = events[0] != NULL;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    if (!*held_out || g_strv_contains (events, info->event_id))
      g_ptr_array_add (all, (gpointer)info);
  }
  const guint n = MIN (all->len, MOST_RECONSTRUCTED);
  cli_progress_init (&progress, _ ("Reconstructing"));
  for (guint i = 0; i < n; i++) {
    Example example = {0, all->pdata[(guint64)i * all->len / n]};
    g_auto (AnalysisReconstruction) reconstruction = {0};
    const SeismicProgress now = {.done = i, .total = n, .item = example.info->id};
    if (!cli_progress_items (&now, &progress)) {
      cli_progress_end (&progress);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("stopped"));
      return NULL;
    }
    if (!analysis_model_reconstruct (report->model, report->library, example.info->id,
                                     &reconstruction, NULL))
      continue;
    example.normalized_error = reconstruction.normalized_error;
    g_array_append_val (examples, example);
  }
  cli_progress_end (&progress);
  g_array_sort (examples, compare_examples);
  return g_steal_pointer (&examples);
}

static bool
add_example (Report *report, const char *title, const Example *example, GError **error)
{
  g_auto (AnalysisReconstruction) reconstruction = {0};
  g_autoptr (GBytes) svg = NULL;
  if (!analysis_model_reconstruct (report->model, report->library, example->info->id,
                                   &reconstruction, error) ||
      !cli_figure_reconstruction (cli_figure_svg (&svg), example->info, &reconstruction,
                                  error))
    return false;
  g_autofree char *text = g_strdup_printf (_ ("%s: %s, normalised error %.3f"), title,
                                           example->info->id, example->normalized_error);
  cli_html_paragraph (report->html, text);
  cli_html_figure (report->html, svg, text);
  return true;
}

static bool
add_examples (Report *report, GError **error)
{
  const char *titles[N_EXAMPLES] = {_ ("Best"), _ ("In the middle"), _ ("Worst")};
  bool held_out = false;
  g_autoptr (GArray) examples = reconstruct_some (report, &held_out, error);
  if (!examples)
    return false;
  cli_html_heading (report->html, _ ("Original and reconstruction"));
  g_autofree char *text = g_strdup_printf (
      held_out
          ? ngettext ("Of %u signal whose event the training never saw:",
                      "Of %u signals whose events the training never saw:", examples->len)
          : ngettext ("Of %u signal of the training, as no event was held out:",
                      "Of %u signals of the training, as no event was held out:",
                      examples->len),
      examples->len);
  cli_html_paragraph (report->html, text);
  const guint places[N_EXAMPLES] = {0, examples->len / 2, MAX (examples->len, 1) - 1};
  for (size_t i = 0; i < N_EXAMPLES; i++) {
    if (places[i] >= examples->len || (i > 0 && places[i] == places[i - 1]))
      continue;
    if (!add_example (report, titles[i], &g_array_index (examples, Example, places[i]),
                      error))
      return false;
  }
  return true;
}

static bool
add_projection (Report *report, GError **error)
{
  g_auto (AnalysisMatrix) scores = {0};
  g_autoptr (GBytes) svg = NULL;
  double explained[2];
  const CliProjection projection = {.explained = explained};
  cli_html_heading (report->html, _ ("Embeddings"));
  if (report->embedding->values.rows < 2) {
    cli_html_paragraph (report->html, _ ("One signal alone has no projection."));
    return true;
  }
  if (!analysis_pca (&report->embedding->values, 2, &scores, explained, error) ||
      !cli_figure_projection (cli_figure_svg (&svg), report->embedding, &scores,
                              &projection, error))
    return false;
  cli_html_figure (report->html, svg, _ ("Embeddings by principal components"));
  return true;
}

static void
tell_scores (Report *report, const AnalysisClassification *c)
{
  g_autofree CliColumn *upper = NULL, *lower = NULL;
  g_auto (CliTable) summary = {0}, confusion = {0};
  g_autoptr (GPtrArray) sentences = cli_scores_sentences (c, &report->validation);
  cli_scores_summary (&summary, &upper, true, c);
  cli_html_table (report->html, &summary);
  cli_scores_confusion (&confusion, &lower, true, c);
  cli_html_table (report->html, &confusion);
  for (guint i = 0; i < sentences->len; i++)
    cli_html_paragraph (report->html, sentences->pdata[i]);
}

static bool
add_scores (Report *report, GError **error)
{
  g_auto (AnalysisClassification) c = {0};
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GError) reason = NULL;
  CliProgress progress;
  cli_html_heading (report->html, _ ("Event types"));
  cli_progress_init (&progress, _ ("Classifying"));
  const bool done =
      analysis_classify (report->library, report->embedding, NULL, &report->validation,
                         cli_progress_items, &progress, &c, &reason);
  cli_progress_end (&progress);
  if (!done && cli_interrupted ()) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }
  if (!done) {
    g_autofree char *text = g_strdup_printf (
        _ ("Too few events of different types to say anything: %s."), reason->message);
    cli_html_paragraph (report->html, text);
    return true;
  }
  if (!cli_figure_confusion (cli_figure_svg (&svg), &c, &report->validation, error))
    return false;
  cli_html_figure (report->html, svg, _ ("Confusion matrix"));
  tell_scores (report, &c);
  return true;
}

static bool
write_report (Report *report, const char *output, GError **error)
{
  g_autofree char *name =
      g_path_get_basename (seismic_library_get_folder (report->library));
  g_autofree char *title = g_strdup_printf (_ ("Report on “%s”"), name);
  report->html = cli_html_begin (title);
  g_autofree char *now = seismic_time_format (g_get_real_time () * 1000, 0);
  g_autofree char *made = g_strdup_printf (_ ("Made by Signal Autoencoder, %s."), now);
  cli_html_paragraph (report->html, made);
  report->model = analysis_model_load_run (report->library, report->run, error);
  if (!report->model)
    return false;
  report->embedding = cli_model_embed (report->library, report->run, report->kind, error);
  if (!report->embedding)
    return false;
  add_records (report);
  add_settings (report);
  if (!add_losses (report, error) || !add_examples (report, error) ||
      !add_projection (report, error) || !add_scores (report, error))
    return false;
  cli_html_end (report->html);
  return cli_write_file (output, report->html->str, report->html->len, error);
}

int
cli_report (const CliCommand *self, char **arguments)
{
  static const char *const suffixes[] = {".html", ".htm", NULL};
  g_autofree char *output = NULL, *method = NULL, *folds = NULL, *embedding = NULL,
                  *run = NULL;
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_DEFAULT;
  AnalysisValidationSettings validation = analysis_validation_default ();
  const GOptionEntry entries[] = {
      {"method", 0, 0, G_OPTION_ARG_STRING, &method,
       N_ ("Classifier: nb (Gaussian naive Bayes), knn or logistic (logistic)"),
       "METHOD"},
      {"folds", 0, 0, G_OPTION_ARG_STRING, &folds,
       N_ ("Parts that the events are dealt into, each held out once (5)"), "N"},
      CLI_EMBEDDING_ENTRY (&embedding),
      CLI_RUN_ENTRY (&run),
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("File to write: .html"),
       "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_option_output (self, output, suffixes) ||
      !cli_option_count (self, "--folds", folds, 2, 1000, &validation.n_folds) ||
      !cli_option_embedding (self, embedding, &kind) ||
      !cli_option_classifier (self, method, &validation.classifier.method))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_auto (Report)
      report = {.library = library, .run = run, .kind = kind, .validation = validation};
  if (!write_report (&report, output, &error))
    return cli_fail (error);
  cli_print_skipped (report.embedding->skipped);
  g_print ("%s\n", output);
  return CLI_DONE;
}
