/* picks: a row a pick, or a file of them. */
#include "seismic/library-pick.h"
#include "cli/json.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/picks-csv.h"
#include "seismic/picks-quakeml.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

static const CliColumn columns[] = {
    {"event", false}, {"instrument", false},   {"channel", false}, {"phase", false},
    {"time", false},  {"uncertainty_s", true}, {"author", false},  {"made", false}};

static void
print_table (const GPtrArray *picks)
{
  g_auto (CliTable) table = {0};

  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    cli_table_add (&table, pick->event_id);
    cli_table_add (&table, pick->instrument_id);
    cli_table_add (&table, pick->channel);
    cli_table_add (&table, pick->phase);
    cli_table_take (&table, seismic_time_format (pick->time_ns, 3));
    cli_table_take (&table, cli_number_rounded (pick->uncertainty_s, 3));
    cli_table_add (&table, pick->author);
    cli_table_take (&table, seismic_time_format (pick->made_ns, 0));
  }
  cli_table_print (&table, false);
}

static void
add_time (GString *json, const char *name, int64_t time_ns)
{
  g_autofree char *text = seismic_time_format (time_ns, 9);
  if (time_ns != SEISMIC_TIME_UNSET)
    cli_json_text (json, name, text);
}

static void
print_json (const GPtrArray *picks)
{
  g_autoptr (GString) json = g_string_new (NULL);

  cli_json_open (json, NULL, '{');
  cli_json_open (json, "picks", '[');
  for (guint i = 0; i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    cli_json_open (json, NULL, '{');
    cli_json_text (json, "event", pick->event_id);
    cli_json_text (json, "instrument", pick->instrument_id);
    cli_json_text (json, "channel", pick->channel);
    cli_json_text (json, "phase", pick->phase);
    add_time (json, "time", pick->time_ns);
    cli_json_number (json, "uncertainty_s", pick->uncertainty_s);
    cli_json_text (json, "author", pick->author);
    add_time (json, "made", pick->made_ns);
    cli_json_close (json, '}');
  }
  cli_json_close (json, ']');
  cli_json_close (json, '}');
  cli_json_print (json);
}

static int
write_file (SeismicLibrary *library, const GPtrArray *picks, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = seismic_library_list_events (library, &error);
  g_autoptr (GString) text = NULL;

  if (!events)
    return cli_fail (error);
  text = cli_has_suffix (path, ".csv") ? seismic_picks_csv_write (picks)
                                       : seismic_picks_quakeml_write (picks, events);
  if (!cli_write_file (path, text->str, text->len, &error))
    return cli_fail (error);
  g_print (ngettext ("%s: %u pick\n", "%s: %u picks\n", picks->len), path, picks->len);
  return CLI_DONE;
}

int
cli_picks (const CliCommand *self, char **arguments)
{
  static const char *const suffixes[] = {".xml", ".quakeml", ".csv", NULL};
  gboolean csv = FALSE, json = FALSE;
  g_autofree char *event = NULL, *output = NULL;
  const GOptionEntry entries[] = {
      {"event", 0, 0, G_OPTION_ARG_STRING, &event, N_ ("Only those of this event"), "ID"},
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv,
       N_ ("Write comma-separated values, which import takes"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Write JSON"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("File to write instead: .xml for QuakeML, or .csv"), "FILE"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional))
    return CLI_USAGE;
  if (csv + json + (output != NULL) > 1)
    return cli_usage_error (self, _ ("--csv, --json and --output exclude each other"));
  if (output && !cli_option_output (self, output, suffixes))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) picks = seismic_library_list_picks (library, event, NULL, &error);
  if (!picks)
    return cli_fail (error);
  if (output)
    return write_file (library, picks, output);
  if (csv) {
    g_autoptr (GString) text = seismic_picks_csv_write (picks);
    fwrite (text->str, 1, text->len, stdout);
  } else if (json) {
    print_json (picks);
  } else {
    print_table (picks);
  }
  return CLI_DONE;
}
