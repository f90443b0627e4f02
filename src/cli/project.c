/* project: all embeddings in two dimensions. */
#include "analysis/pca.h"
#include "analysis/trustworthiness.h"
#include "analysis/tsne.h"
#include "analysis/umap.h"
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <glib/gi18n.h>
#include <string.h>

/* Neighbours of which trustworthiness is told, and rows that are looked at at most. */
enum { TRUST_NEIGHBORS = 12, TRUST_ROWS = 5000 };

typedef enum { METHOD_PCA, METHOD_TSNE, METHOD_UMAP } Method;

typedef struct {
  Method method;
  AnalysisEmbeddingKind kind;
  AnalysisTsneSettings tsne;
  AnalysisUmapSettings umap;
} Settings;

static bool
show_layout (const AnalysisLayoutProgress *layout, void *progress)
{
  cli_progress_update (progress, (double)layout->iteration / (double)layout->n_iterations,
                       NULL);
  return !cli_interrupted ();
}

/* layout: new (n, 2). Stopped by Ctrl-C while it moves, it is what it has become. */
static bool
lay_out (AnalysisMatrix *layout, const AnalysisMatrix *x, const Settings *settings,
         double *explained, GError **error)
{
  if (settings->method == METHOD_PCA)
    return analysis_pca (x, 2, layout, explained, error);

  CliProgress progress;
  cli_interrupt_install ();
  cli_progress_init (&progress, settings->method == METHOD_TSNE ? "t-SNE" : "UMAP");
  const AnalysisMatrix *found = NULL;
  g_autoptr (AnalysisTsne) tsne = NULL;
  g_autoptr (AnalysisUmap) umap = NULL;
  if (settings->method == METHOD_TSNE) {
    tsne = analysis_tsne_new (x, &settings->tsne, cli_progress_items, &progress, error);
    if (tsne) {
      analysis_tsne_run (tsne, SIZE_MAX, show_layout, &progress);
      found = analysis_tsne_get_layout (tsne);
    }
  } else {
    umap = analysis_umap_new (x, &settings->umap, cli_progress_items, &progress, error);
    if (umap) {
      analysis_umap_run (umap, SIZE_MAX, show_layout, &progress);
      found = analysis_umap_get_layout (umap);
    }
  }
  cli_progress_end (&progress);
  if (!found)
    return false;
  analysis_matrix_init (layout, found->rows, 2);
  memcpy (layout->data, found->data, 2 * found->rows * sizeof (float));
  return true;
}

static void
print_summary (const char *output, const Settings *settings, const AnalysisMatrix *x,
               const AnalysisMatrix *layout, const double *explained)
{
  double trust = 0;
  if (settings->method == METHOD_PCA)
    g_print (_ ("%s: %zu signals; the two components explain %.1f %% and %.1f %% of the "
                "variance\n"),
             output, layout->rows, 100 * explained[0], 100 * explained[1]);
  else
    g_print (_ ("%s: %zu signals\n"), output, layout->rows);
  if (analysis_trustworthiness (x, layout, TRUST_NEIGHBORS, TRUST_ROWS, &trust, NULL))
    g_print (_ ("Trustworthiness of the %d nearest neighbours: %.3f\n"), TRUST_NEIGHBORS,
             trust);
}

static bool
project (SeismicLibrary *library, const char *run, const Settings *settings,
         const char *output, GError **error)
{
  g_autoptr (AnalysisEmbedding) embedding =
      cli_model_embed (library, run, settings->kind, error);
  g_auto (AnalysisMatrix) layout = {0};
  double explained[2] = {0};

  if (!embedding || !lay_out (&layout, &embedding->values, settings, explained, error))
    return false;

  if (cli_has_suffix (output, ".csv")) {
    g_autoptr (GString) csv = cli_model_projection_csv (embedding, &layout);
    if (!cli_write_file (output, csv->str, csv->len, error))
      return false;
  } else if (cli_has_suffix (output, ".npy")) {
    g_autoptr (GBytes) npy = analysis_matrix_to_npy (&layout);
    gsize n = 0;
    const char *bytes = g_bytes_get_data (npy, &n);
    if (!cli_write_file (output, bytes, n, error))
      return false;
  } else {
    static const char *const methods[] = {NULL, "t-SNE", "UMAP"};
    const CliProjection projection = {.method = methods[settings->method],
                                      .explained = explained};
    if (!cli_figure_projection (cli_figure_file (output), embedding, &layout, &projection,
                                error))
      return false;
  }
  cli_print_skipped (embedding->skipped);
  print_summary (output, settings, &embedding->values, &layout, explained);
  return true;
}

static bool
parse_method (const CliCommand *self, const char *text, Method *method)
{
  static const char *const names[] = {"pca", "tsne", "umap"};
  for (size_t i = 0; text && i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0) {
      *method = (Method)i;
      return true;
    }
  if (text)
    cli_usage_error (self, _ ("--method is “pca”, “tsne” or “umap”, not “%s”"), text);
  return !text;
}

int
cli_project (const CliCommand *self, char **arguments)
{
  static const char *const suffixes[] = {".csv", ".npy", ".png", ".svg", ".pdf", NULL};
  g_autofree char *method = NULL, *output = NULL, *perplexity = NULL, *neighbors = NULL,
                  *iterations = NULL, *seed = NULL, *embedding = NULL, *run = NULL;
  const GOptionEntry entries[] = {
      {"method", 0, 0, G_OPTION_ARG_STRING, &method,
       N_ ("Method: pca, tsne or umap (pca)"), "METHOD"},
      {"perplexity", 0, 0, G_OPTION_ARG_STRING, &perplexity,
       N_ ("Neighbours that t-SNE lets count, about (30)"), "N"},
      {"neighbors", 0, 0, G_OPTION_ARG_STRING, &neighbors,
       N_ ("Neighbours that UMAP keeps together, the signal itself among them (15)"),
       "N"},
      {"iterations", 0, 0, G_OPTION_ARG_STRING, &iterations,
       N_ ("Iterations of t-SNE (1000) or UMAP (500, or 200 of over 10,000 signals)"),
       "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_ ("Seed of the random numbers (1)"),
       "S"},
      CLI_EMBEDDING_ENTRY (&embedding),
      CLI_RUN_ENTRY (&run),
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: numbers as .csv or .npy, a picture as .png, .svg or .pdf"),
       "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  Settings settings = {.kind = ANALYSIS_EMBEDDING_DEFAULT,
                       .tsne = analysis_tsne_default (),
                       .umap = analysis_umap_default ()};

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_option_output (self, output, suffixes) ||
      !parse_method (self, method, &settings.method) ||
      !cli_option_number (self, "--perplexity", perplexity, 1, 1e6,
                          &settings.tsne.perplexity) ||
      !cli_option_count (self, "--neighbors", neighbors, 2, 1000000,
                         &settings.umap.n_neighbors) ||
      !cli_option_count (self, "--iterations", iterations, 1, 1000000,
                         &settings.tsne.n_iterations) ||
      !cli_option_count (self, "--iterations", iterations, 1, 1000000,
                         &settings.umap.n_iterations) ||
      !cli_option_seed (self, "--seed", seed, &settings.tsne.seed) ||
      !cli_option_embedding (self, embedding, &settings.kind))
    return CLI_USAGE;
  settings.umap.seed = settings.tsne.seed;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  return project (library, run, &settings, output, &error) ? CLI_DONE : cli_fail (error);
}
