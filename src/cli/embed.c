/* embed: one row a signal. */
#include "cli/model.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <glib/gi18n.h>

int
cli_embed (const CliCommand *self, char **arguments)
{
  static const char *const suffixes[] = {".csv", ".npy", NULL};
  g_autofree char *output = NULL, *embedding_kind = NULL, *run = NULL;
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_DEFAULT;
  const GOptionEntry entries[] = {
      CLI_EMBEDDING_ENTRY (&embedding_kind),
      CLI_RUN_ENTRY (&run),
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: .csv with the signals’ ids, or .npy"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_option_embedding (self, embedding_kind, &kind) ||
      !cli_option_output (self, output, suffixes))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  g_autoptr (AnalysisEmbedding) embedding = cli_model_embed (library, run, kind, &error);
  if (!embedding)
    return cli_fail (error);

  g_autoptr (GBytes) bytes = cli_has_suffix (output, ".npy")
                                 ? analysis_matrix_to_npy (&embedding->values)
                                 : analysis_embedding_to_csv (embedding);
  gsize n_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &n_bytes);
  if (!cli_write_file (output, data, n_bytes, &error))
    return cli_fail (error);

  cli_print_skipped (embedding->skipped);
  g_print (_ ("%s: %zu signals, %zu numbers each\n"), output, embedding->values.rows,
           embedding->values.columns);
  return CLI_DONE;
}
