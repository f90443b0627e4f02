/* import: files and folders into a library. */
#include "seismic/import.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <glib/gi18n.h>

int
cli_import (const CliCommand *self, char **arguments)
{
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, NULL, arguments, 2, 0, &positional))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], true);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  g_auto (SeismicImportReport) report = {0};
  CliProgress progress;
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Importing"));
  bool done = seismic_import (library, (const char *const *)positional + 1,
                              cli_progress_items, &progress, &report, &error);
  cli_progress_end (&progress);
  if (!done)
    return cli_fail (error);

  guint n_skipped = report.skipped ? report.skipped->len : 0;
  cli_print_skipped (report.skipped);
  g_print (_ ("taken: %zu events, %zu record files, %zu signals; already there: %zu; "
              "skipped: %u\n"),
           report.n_events, report.n_files, report.n_signals, report.n_duplicates,
           n_skipped);
  if (report.n_picks + report.n_notes > 0)
    g_print (_ ("picks taken: %zu; events and signals with tags or a comment: %zu\n"),
             report.n_picks, report.n_notes);
  if (report.n_events + report.n_files + report.n_duplicates + report.n_picks +
          report.n_notes ==
      0) {
    g_printerr (_ ("%s: nothing to import was found\n"), CLI_PROGRAM);
    return CLI_FAILED;
  }
  return CLI_DONE;
}
