/* cluster: groups of signals that are alike. */
#include "analysis/clustering.h"
#include "analysis/labels.h"
#include "analysis/pca.h"
#include "analysis/silhouette.h"
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <glib/gi18n.h>
#include <math.h>

/* "signal,cluster", clusters counted from 1, empty in none. */
static bool
write_csv (const char *path, const AnalysisEmbedding *embedding,
           const AnalysisClustering *clustering, GError **error)
{
  g_autoptr (GString) csv = g_string_new ("signal,cluster\n");
  for (size_t i = 0; i < clustering->n; i++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[i];
    cli_csv_append (csv, info->id);
    g_string_append_c (csv, ',');
    if (clustering->cluster[i] != ANALYSIS_NO_CLUSTER)
      g_string_append_printf (csv, "%u", clustering->cluster[i] + 1);
    g_string_append_c (csv, '\n');
  }
  return cli_write_file (path, csv->str, csv->len, error);
}

static bool
draw (const char *path, const AnalysisEmbedding *embedding,
      const AnalysisClustering *clustering, GError **error)
{
  g_auto (AnalysisMatrix) scores = {0};
  double explained[2];
  const CliProjection projection = {.explained = explained, .clustering = clustering};
  return analysis_pca (&embedding->values, 2, &scores, explained, error) &&
         cli_figure_projection (cli_figure_file (path), embedding, &scores, &projection,
                                error);
}

/* A row a cluster: its signals, events and, of each event type, how many signals. */
static void
print_table (const AnalysisEmbedding *embedding, const AnalysisClustering *clustering)
{
  g_auto (AnalysisLabels) labels = {0};
  g_auto (CliTable) table = {0};
  analysis_labels_init (&labels, embedding->signals, NULL);
  const size_t k = labels.names->len, n_clusters = clustering->n_clusters;
  g_autofree CliColumn *columns = g_new0 (CliColumn, k + 2);
  columns[0] = (CliColumn){"cluster", true};
  columns[1] = (CliColumn){"signals", true};
  for (size_t c = 0; c < k; c++)
    columns[2 + c] = (CliColumn){labels.names->pdata[c], true};
  g_autofree size_t *counts = g_new0 (size_t, (n_clusters + 1) * (k + 2));
  for (size_t i = 0; i < clustering->n; i++) {
    const size_t row = clustering->cluster[i] != ANALYSIS_NO_CLUSTER
                           ? clustering->cluster[i]
                           : n_clusters;
    counts[row * (k + 2)]++;
    counts[row * (k + 2) + 1 +
           (labels.label[i] != ANALYSIS_NO_LABEL ? labels.label[i] : k)]++;
  }
  cli_table_init (&table, columns, k + 2);
  for (size_t row = 0; row < n_clusters + (clustering->n_none > 0); row++) {
    cli_table_take (&table, row < n_clusters ? g_strdup_printf ("%zu", row + 1)
                                             : g_strdup (_ ("none")));
    for (size_t c = 0; c <= k; c++)
      cli_table_take (&table, g_strdup_printf ("%zu", counts[row * (k + 2) + c]));
  }
  cli_table_print (&table, false);
}

static bool
cluster (SeismicLibrary *library, const char *run, AnalysisEmbeddingKind kind,
         const AnalysisClusteringSettings *settings, const char *output, GError **error)
{
  g_autoptr (AnalysisEmbedding) embedding = cli_model_embed (library, run, kind, error);
  g_auto (AnalysisClustering) clustering = {0};
  CliProgress progress;
  if (!embedding)
    return false;
  cli_progress_init (&progress, _ ("Clustering"));
  bool done = analysis_cluster (&clustering, &embedding->values, settings,
                                cli_progress_items, &progress, error);
  cli_progress_end (&progress);
  if (!done || (output && !(cli_has_suffix (output, ".csv")
                                ? write_csv (output, embedding, &clustering, error)
                                : draw (output, embedding, &clustering, error))))
    return false;
  cli_print_skipped (embedding->skipped);
  print_table (embedding, &clustering);
  if (isnan (clustering.silhouette))
    g_print (_ ("%zu clusters\n"), clustering.n_clusters);
  else
    g_print (_ ("%zu clusters, mean silhouette %.3f\n"), clustering.n_clusters,
             clustering.silhouette);
  return true;
}

int
cli_cluster (const CliCommand *self, char **arguments)
{
  g_autofree char *method = NULL, *clusters = NULL, *size = NULL, *seed = NULL,
                  *output = NULL, *embedding = NULL, *run = NULL;
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_DEFAULT;
  AnalysisClusteringSettings settings = analysis_clustering_default ();
  const GOptionEntry entries[] = {
      {"method", 0, 0, G_OPTION_ARG_STRING, &method,
       N_ ("Method: kmeans, mixture (of Gaussians) or hdbscan (kmeans)"), "METHOD"},
      {"clusters", 0, 0, G_OPTION_ARG_STRING, &clusters,
       N_ ("Clusters of kmeans and mixture; 0: of 2 to 10 the best silhouette’s (0)"),
       "N"},
      {"min-size", 0, 0, G_OPTION_ARG_STRING, &size,
       N_ ("Signals that make a cluster at least, with hdbscan (5)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_ ("Seed of the random numbers (1)"),
       "S"},
      CLI_EMBEDDING_ENTRY (&embedding),
      CLI_RUN_ENTRY (&run),
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: the signals’ clusters as .csv, a picture as .png, .svg or "
           ".pdf"),
       "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      (output && !cli_option_output (self, output, cli_figure_or_csv_suffixes)) ||
      !cli_option_count (self, "--clusters", clusters, 0, 1000, &settings.n_clusters) ||
      !cli_option_count (self, "--min-size", size, 2, 1000000, &settings.min_size) ||
      !cli_option_seed (self, "--seed", seed, &settings.seed) ||
      !cli_option_embedding (self, embedding, &kind))
    return CLI_USAGE;
  if (method && !analysis_clustering_from_string (method, &settings.method))
    return cli_usage_error (
        self, _ ("--method is “kmeans”, “mixture” or “hdbscan”, not “%s”"), method);

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  return cluster (library, run, kind, &settings, output, &error) ? CLI_DONE
                                                                 : cli_fail (error);
}
