/* reconstruct: a signal beside its reconstruction. */
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/model.h"
#include "cli/options.h"
#include "cli/output.h"

#include <glib/gi18n.h>

static bool
reconstruct (SeismicLibrary *library, const char *run, const char *signal_id,
             const char *output, GError **error)
{
  g_autoptr (AnalysisModel) model = analysis_model_load_run (library, run, error);
  if (!model)
    return false;
  g_autoptr (SeismicSignalInfo) info = cli_library_find (library, signal_id, error);
  if (!info)
    return false;

  g_auto (AnalysisReconstruction) reconstruction = {0};
  if (!analysis_model_reconstruct (model, library, signal_id, &reconstruction, error))
    return false;

  if (cli_has_suffix (output, ".csv")) {
    g_autoptr (GString) csv = cli_model_reconstruction_csv (info, &reconstruction);
    if (!cli_write_file (output, csv->str, csv->len, error))
      return false;
  } else if (!cli_figure_reconstruction (cli_figure_file (output), info, &reconstruction,
                                         error))
    return false;

  g_autofree char *mean_error = cli_number_rounded (reconstruction.normalized_error, 4);
  g_print (_ ("%s: %s, normalised error %s (%s)\n"), output, signal_id, mean_error,
           reconstruction.in_validation ? _ ("event held out of the training")
                                        : _ ("event of the training"));
  return true;
}

int
cli_reconstruct (const CliCommand *self, char **arguments)
{
  g_autofree char *output = NULL, *run = NULL;
  const GOptionEntry entries[] = {
      CLI_RUN_ENTRY (&run),
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write: numbers as .csv, a picture as .png, .svg or .pdf"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;

  if (!cli_options_parse (self, entries, arguments, 2, 2, &positional) ||
      !cli_option_output (self, output, cli_figure_or_csv_suffixes))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  return reconstruct (library, run, positional[1], output, &error) ? CLI_DONE
                                                                   : cli_fail (error);
}
