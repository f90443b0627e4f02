/* The options that choose among a library's signals, the same in every command. */
#pragma once

#include "cli/command.h"
#include "seismic/signal-query.h"
#include <glib.h>

typedef struct {
  char *min_magnitude, *max_magnitude, *min_distance, *max_distance, *rate, *min_snr;
  char *exclude_flags, *search;
  char **types, **tags, **excluded_tags, **events, **signals;
  const char *rate_option; /* what it is called; NULL: "--rate" */
} CliSelection;

void cli_selection_clear (CliSelection *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSelection, cli_selection_clear)

/* others and the entries that fill options, which outlives them; free with g_free. */
GOptionEntry *cli_selection_entries (CliSelection *options, const GOptionEntry *others);
/* The same less the ids, and with --signal-rate instead of --rate: for a command whose
 * --rate is another. */
GOptionEntry *cli_selection_query_entries (CliSelection *options,
                                           const GOptionEntry *others);
/* *query, initialised, of what was given. FALSE after cli_usage_error (). */
bool cli_selection_read (const CliCommand *command, const CliSelection *options,
                         SeismicSignalQuery *query);
/* The signals that query and the ids of events and signals in options choose: a new
 * GPtrArray of SeismicSignalInfo. Where the query looks at the quality, or with_quality,
 * that is brought up to date first, if the library can be written. NULL with an error,
 * also for an id that is not there. */
GPtrArray *cli_selection_list (SeismicLibrary *library, const CliSelection *options,
                               const SeismicSignalQuery *query, bool with_quality,
                               GError **error);
