/* neighbors: the signals most like one. */
#include "analysis/neighbors.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const CliColumn columns[] = {{"signal", false},     {"distance", true},
                                    {"event_type", false}, {"magnitude", true},
                                    {"distance_km", true}, {"place", false}};

static bool
find_row (const AnalysisEmbedding *embedding, const char *signal_id, size_t *row,
          GError **error)
{
  for (*row = 0; *row < embedding->signals->len; ++*row) {
    const SeismicSignalInfo *info = embedding->signals->pdata[*row];
    if (strcmp (info->id, signal_id) == 0)
      return true;
  }
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               _ ("there is no signal “%s” with an embedding"), signal_id);
  return false;
}

static void
take_number (CliTable *table, double value, bool csv)
{
  if (isnan (value))
    cli_table_add (table, "");
  else
    cli_table_take (table, csv ? cli_number (value) : cli_number_rounded (value, 4));
}

static bool
print_neighbors (SeismicLibrary *library, const char *run, AnalysisEmbeddingKind kind,
                 const char *signal_id, size_t k, bool csv, GError **error)
{
  g_autoptr (AnalysisEmbedding) embedding = cli_model_embed (library, run, kind, error);
  g_auto (AnalysisNeighbors) found = {0};
  g_auto (CliTable) table = {0};
  size_t row = 0;
  if (!embedding || !find_row (embedding, signal_id, &row, error) ||
      !analysis_neighbors_of_row (&embedding->values, row,
                                  MIN (k, MAX (embedding->values.rows, 2) - 1), &found,
                                  error))
    return false;

  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  for (size_t j = 0; j < found.k; j++) {
    const SeismicSignalInfo *info = embedding->signals->pdata[found.index[j]];
    cli_table_add (&table, info->id);
    take_number (&table, found.distance[j], csv);
    cli_table_add (&table, info->event.type);
    take_number (&table, info->event.magnitude, csv);
    take_number (&table, info->distance_km, csv);
    cli_table_add (&table, info->event.place);
  }
  cli_table_print (&table, csv);
  return true;
}

int
cli_neighbors (const CliCommand *self, char **arguments)
{
  g_autofree char *k = NULL, *embedding = NULL, *run = NULL;
  gboolean csv = FALSE;
  size_t n_neighbors = 10;
  AnalysisEmbeddingKind kind = ANALYSIS_EMBEDDING_DEFAULT;
  const GOptionEntry entries[] = {
      {"k", 'k', 0, G_OPTION_ARG_STRING, &k, N_ ("Neighbours to list (10)"), "N"},
      CLI_EMBEDDING_ENTRY (&embedding),
      CLI_RUN_ENTRY (&run),
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("Print CSV"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 2, 2, &positional) ||
      !cli_option_count (self, "--k", k, 1, 1000000, &n_neighbors) ||
      !cli_option_embedding (self, embedding, &kind))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  return print_neighbors (library, run, kind, positional[1], n_neighbors, csv, &error)
             ? CLI_DONE
             : cli_fail (error);
}
