/* project: all embeddings in two dimensions. */
#include "analysis/pca.h"
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"

#include <glib/gi18n.h>
#include <string.h>

static bool
project (SeismicLibrary *library, const char *output, GError **error)
{
  g_autoptr (AnalysisEmbedding) embedding = cli_model_embed (library, error);
  g_auto (AnalysisMatrix) scores = {0};
  double explained[2];

  if (!embedding || !analysis_pca (&embedding->values, 2, &scores, explained, error))
    return false;

  if (cli_has_suffix (output, ".csv")) {
    g_autoptr (GString) csv = cli_model_projection_csv (embedding, &scores);
    if (!cli_write_file (output, csv->str, csv->len, error))
      return false;
  } else if (!cli_figure_projection (output, embedding, &scores, explained, error))
    return false;

  cli_print_skipped (embedding->skipped);
  g_print (_ ("%s: %zu signals; the two components explain %.1f %% and %.1f %% of the "
              "variance\n"),
           output, scores.rows, 100 * explained[0], 100 * explained[1]);
  return true;
}

int
cli_project (const CliCommand *self, char **arguments)
{
  g_autofree char *method = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
      {"method", 0, 0, G_OPTION_ARG_STRING, &method, N_ ("Method: pca (pca)"), "METHOD"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: numbers as .csv, a picture as .png, .svg or .pdf"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_option_output (self, output, cli_figure_or_csv_suffixes))
    return CLI_USAGE;
  if (method && strcmp (method, "pca") != 0)
    return cli_usage_error (self, _ ("--method is “pca”, not “%s”"), method);

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  return project (library, output, &error) ? CLI_DONE : cli_fail (error);
}
