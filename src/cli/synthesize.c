/* synthesize: a library of synthetic records. */
#include "seismic/library-quality.h"
#include "seismic/synthesis.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"

#include <glib/gi18n.h>

int
cli_synthesize (const CliCommand *self, char **arguments)
{
  g_autofree char *events = NULL;
  g_autofree char *stations = NULL;
  g_autofree char *seed = NULL;
  const GOptionEntry entries[] = {
      {"events", 0, 0, G_OPTION_ARG_STRING, &events, N_ ("Number of events (40)"), "N"},
      {"stations", 0, 0, G_OPTION_ARG_STRING, &stations,
       N_ ("Number of stations that record each event, up to 26 (3)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_ ("Seed of the random numbers (1)"),
       "S"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  SeismicSynthesisSettings settings = seismic_synthesis_default ();

  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_option_count (self, "--events", events, 1, SEISMIC_SYNTHESIS_MAX_EVENTS,
                         &settings.n_events) ||
      !cli_option_count (self, "--stations", stations, 1, SEISMIC_SYNTHESIS_MAX_STATIONS,
                         &settings.n_stations) ||
      !cli_option_seed (self, "--seed", seed, &settings.seed))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], true);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  CliProgress progress;
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Synthesizing"));
  bool done =
      seismic_synthesis_fill (library, &settings, cli_progress_items, &progress, &error);
  cli_progress_end (&progress);
  /* So that whoever opens the library need not wait for it. */
  if (!done || !seismic_library_update_quality (library, NULL, NULL, NULL, &error))
    return cli_fail (error);

  g_print (_ ("%zu synthetic events with %zu records in %s\n"), settings.n_events,
           settings.n_events * settings.n_stations, positional[0]);
  return CLI_DONE;
}
