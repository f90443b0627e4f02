/* classify: how well the embeddings tell the signals' labels. */
#include "analysis/classification.h"
#include "cli/figure.h"
#include "cli/json.h"
#include "cli/labels.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/scores.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static void
json_share (GString *json, const char *name, AnalysisShare share)
{
  cli_json_open (json, name, '{');
  cli_json_number (json, "value", share.value);
  cli_json_number (json, "low", share.low);
  cli_json_number (json, "high", share.high);
  cli_json_close (json, '}');
}

static void
json_validation (GString *json, const char *name, const AnalysisValidation *validation,
                 const AnalysisLabels *labels)
{
  const size_t k = validation->n_classes;
  cli_json_open (json, name, '{');
  json_share (json, "balanced_accuracy", validation->balanced);
  cli_json_open (json, "recall", '{');
  for (size_t c = 0; c < k; c++)
    json_share (json, labels->names->pdata[c], validation->recall[c]);
  cli_json_close (json, '}');
  cli_json_open (json, "confusion", '[');
  for (size_t c = 0; c < k; c++) {
    cli_json_open (json, NULL, '[');
    for (size_t o = 0; o < k; o++)
      cli_json_count (json, NULL, validation->confusion[c * k + o]);
    cli_json_close (json, ']');
  }
  cli_json_close (json, ']');
  cli_json_close (json, '}');
}

static void
json_classes (GString *json, const AnalysisClassification *c)
{
  const size_t k = c->labels.names->len;
  g_autofree size_t *signals = g_new (size_t, k);
  analysis_labels_count (&c->labels, signals, NULL);
  cli_json_open (json, "classes", '[');
  for (size_t i = 0; i < k; i++) {
    cli_json_open (json, NULL, '{');
    cli_json_text (json, "name", c->labels.names->pdata[i]);
    cli_json_count (json, "signals", signals[i]);
    cli_json_count (json, "events", c->embedding.n_events[i]);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
  cli_json_open (json, "left_out", '[');
  for (guint i = 0; i < c->dropped->len; i++)
    cli_json_text (json, NULL, c->dropped->pdata[i]);
  cli_json_close (json, ']');
}

static void
print_json (const AnalysisClassification *c, const AnalysisValidationSettings *settings)
{
  g_autoptr (GString) json = g_string_new (NULL);
  cli_json_open (json, NULL, '{');
  cli_json_text (json, "method",
                 analysis_classifier_to_string (settings->classifier.method));
  cli_json_count (json, "folds", settings->n_folds);
  cli_json_count (json, "seed", settings->seed);
  json_classes (json, c);
  cli_json_number (json, "chance", c->embedding.chance);
  cli_json_open (json, "permutation_test", '{');
  cli_json_count (json, "permutations", settings->n_permutations);
  cli_json_number (json, "p", c->embedding.p_value);
  cli_json_number (json, "best", c->embedding.permuted_most);
  cli_json_close (json, '}');
  json_validation (json, "embedding", &c->embedding, &c->labels);
  json_validation (json, "amplitude_spectrum", &c->spectra, &c->labels);
  if (c->n_ratios > 0)
    json_validation (json, "p_s_ratio", &c->ratios, &c->labels);
  cli_json_close (json, '}');
  cli_json_print (json);
}

static void
print_text (const AnalysisClassification *c, const AnalysisValidationSettings *settings)
{
  g_autofree CliColumn *upper = NULL, *lower = NULL;
  g_auto (CliTable) summary = {0}, confusion = {0};
  g_autoptr (GPtrArray) sentences = cli_scores_sentences (c, settings);
  cli_scores_summary (&summary, &upper, false, c);
  cli_table_print (&summary, false);
  g_print ("\n");
  cli_scores_confusion (&confusion, &lower, false, c);
  cli_table_print (&confusion, false);
  g_print ("\n");
  for (guint i = 0; i < sentences->len; i++)
    g_print ("%s\n", (const char *)sentences->pdata[i]);
}

/* "signal,event,label,predicted", a row a signal with a label. */
static bool
write_predictions (const char *path, const AnalysisEmbedding *embedding,
                   const AnalysisClassification *c, GError **error)
{
  g_autoptr (GString) csv = g_string_new ("signal,event,label,predicted\n");
  for (size_t i = 0; i < c->labels.n; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    if (c->labels.label[i] == ANALYSIS_NO_LABEL)
      continue;
    cli_csv_append (csv, info->id);
    g_string_append_c (csv, ',');
    cli_csv_append (csv, info->event_id);
    g_string_append_c (csv, ',');
    cli_csv_append (csv, c->labels.names->pdata[c->labels.label[i]]);
    g_string_append_c (csv, ',');
    cli_csv_append (csv, c->labels.names->pdata[c->embedding.predicted[i]]);
    g_string_append_c (csv, '\n');
  }
  return cli_write_file (path, csv->str, csv->len, error);
}

/* *by_id: NULL for event types, else new. */
static bool
find_labels (GHashTable **by_id, const char *label, SeismicLibrary *library,
             const GPtrArray *signals, GError **error)
{
  if (!label || strcmp (label, "event_type") == 0)
    return true;
  *by_id = strcmp (label, "tag") == 0 ? analysis_labels_of_tags (library, signals, error)
                                      : cli_labels_read (label, error);
  return *by_id != NULL;
}

static bool
classify (SeismicLibrary *library, const char *run, AnalysisEmbeddingKind kind,
          const char *label, const AnalysisValidationSettings *settings,
          const char *output, bool json, GError **error)
{
  g_autoptr (GHashTable) by_id = NULL;
  g_autoptr (AnalysisEmbedding) embedding = cli_model_embed (library, run, kind, error);
  g_auto (AnalysisClassification) c = {0};
  CliProgress progress;
  if (!embedding || !find_labels (&by_id, label, library, embedding->signals, error))
    return false;
  cli_progress_init (&progress, _ ("Classifying"));
  bool done = analysis_classify (library, embedding, by_id, settings, cli_progress_items,
                                 &progress, &c, error);
  cli_progress_end (&progress);
  if (!done)
    return false;
  if (output &&
      !(cli_has_suffix (output, ".csv")
            ? write_predictions (output, embedding, &c, error)
            : cli_figure_confusion (cli_figure_file (output), &c, settings, error)))
    return false;
  cli_print_skipped (embedding->skipped);
  if (json)
    print_json (&c, settings);
  else
    print_text (&c, settings);
  return true;
}

int
cli_classify (const CliCommand *self, char **arguments)
{
  g_autofree char *method = NULL, *labels = NULL, *folds = NULL, *permutations = NULL,
                  *neighbors = NULL, *seed = NULL, *output = NULL, *embedding = NULL,
                  *run = NULL;
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_DEFAULT;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"label", 0, 0, G_OPTION_ARG_FILENAME, &labels,
       N_ ("What to tell: event_type, tag, or a CSV file with the columns signal and "
           "label (event_type)"),
       "LABEL"},
      {"method", 0, 0, G_OPTION_ARG_STRING, &method,
       N_ ("Classifier: nb (Gaussian naive Bayes), knn or logistic (logistic)"),
       "METHOD"},
      CLI_EMBEDDING_ENTRY (&embedding),
      CLI_RUN_ENTRY (&run),
      {"folds", 0, 0, G_OPTION_ARG_STRING, &folds,
       N_ ("Parts that the events are dealt into, each held out once (5)"), "N"},
      {"neighbors", 0, 0, G_OPTION_ARG_STRING, &neighbors,
       N_ ("Nearest neighbours that vote, with --method knn (5)"), "N"},
      {"permutations", 0, 0, G_OPTION_ARG_STRING, &permutations,
       N_ ("Shuffles of the permutation test; 0: none (100)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_ ("Seed of the random numbers (1)"),
       "S"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: predictions as .csv, the confusion matrix as .png, .svg or "
           ".pdf"),
       "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  AnalysisValidationSettings settings = analysis_validation_default ();

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      (output && !cli_option_output (self, output, cli_figure_or_csv_suffixes)) ||
      !cli_option_embedding (self, embedding, &kind) ||
      !cli_option_count (self, "--folds", folds, 2, 1000, &settings.n_folds) ||
      !cli_option_count (self, "--neighbors", neighbors, 1, 10000,
                         &settings.classifier.n_neighbors) ||
      !cli_option_count (self, "--permutations", permutations, 0, 1000000,
                         &settings.n_permutations) ||
      !cli_option_seed (self, "--seed", seed, &settings.seed) ||
      !cli_option_classifier (self, method, &settings.classifier.method))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  return classify (library, run, kind, labels, &settings, output, json, &error)
             ? CLI_DONE
             : cli_fail (error);
}
