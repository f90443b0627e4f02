/* events: a row an event, with what the library has of it. */
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/events-csv.h"
#include "seismic/library-download.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <stdio.h>

static const CliColumn columns[] = {
    {"id", false},       {"time", false},    {"magnitude", true}, {"latitude", true},
    {"longitude", true}, {"depth_km", true}, {"type", false},     {"place", false},
    {"state", false},    {"records", true},  {"signals", true}};

/* For scripts, the same in every language. */
static const char *
state_name (const SeismicDownloadNote *note)
{
  static const char *const names[] = {[SEISMIC_DOWNLOAD_DONE] = "done",
                                      [SEISMIC_DOWNLOAD_NO_DATA] = "no-data",
                                      [SEISMIC_DOWNLOAD_FAILED] = "failed"};
  if (!note || note->state >= G_N_ELEMENTS (names) || !names[note->state])
    return "not-asked";
  return names[note->state];
}

static void
add_row (CliTable *table, const SeismicEvent *event, const SeismicDownloadNote *note,
         const SeismicLibraryHolding *holding)
{
  cli_table_add (table, event->id);
  cli_table_take (table, seismic_time_format (event->time_ns, 3));
  cli_table_take (table, cli_number_rounded (event->magnitude, 4));
  cli_table_take (table, cli_number_rounded (event->latitude, 7));
  cli_table_take (table, cli_number_rounded (event->longitude, 7));
  cli_table_take (table, cli_number_rounded (event->depth_km, 4));
  cli_table_add (table, event->type);
  cli_table_add (table, event->place);
  cli_table_add (table, state_name (note));
  cli_table_take (table, g_strdup_printf ("%zu", holding->n_records));
  cli_table_take (table, g_strdup_printf ("%zu", holding->n_signals));
}

static void
add_member (GString *json, const SeismicEvent *event, const SeismicDownloadNote *note,
            const SeismicLibraryHolding *holding)
{
  cli_json_open (json, NULL, '{');
  cli_json_event (json, event);
  cli_json_text (json, "state", state_name (note));
  if (note && note->reason)
    cli_json_text (json, "reason", note->reason->message);
  if (note)
    cli_json_text (json, "url", note->url);
  cli_json_count (json, "records", holding->n_records);
  cli_json_count (json, "bytes", holding->n_bytes);
  cli_json_count (json, "signals", holding->n_signals);
  cli_json_close (json, '}');
}

static int
print_events (SeismicLibrary *library, GPtrArray *events, bool as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) notes = seismic_library_list_downloads (library, &error);
  g_autoptr (GHashTable) holdings =
      notes ? seismic_library_list_holdings (library, &error) : NULL;
  if (!holdings)
    return cli_fail (error);

  const SeismicLibraryHolding nothing = {0};
  g_auto (CliTable) table = {0};
  g_autoptr (GString) json = g_string_new (NULL);
  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  cli_json_open (json, NULL, '{');
  cli_json_open (json, "events", '[');
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    const SeismicDownloadNote *note = g_hash_table_lookup (notes, event->id);
    const SeismicLibraryHolding *holding = g_hash_table_lookup (holdings, event->id);
    if (as_json)
      add_member (json, event, note, holding ? holding : &nothing);
    else
      add_row (&table, event, note, holding ? holding : &nothing);
  }
  cli_json_close (json, ']');
  cli_json_close (json, '}');
  if (as_json)
    cli_json_print (json);
  else
    cli_table_print (&table, false);
  return CLI_DONE;
}

int
cli_events (const CliCommand *self, char **arguments)
{
  gboolean csv = FALSE, json = FALSE;
  const GOptionEntry entries[] = {
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv,
       N_ ("Write comma-separated values, the columns of events.csv"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Write JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional))
    return CLI_USAGE;
  if (csv && json)
    return cli_usage_error (self, _ ("--csv and --json exclude each other"));

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  if (!events)
    return cli_fail (error);
  if (!csv)
    return print_events (library, events, json);
  g_autoptr (GString) text = seismic_events_csv_write (events);
  fwrite (text->str, 1, text->len, stdout);
  return CLI_DONE;
}
