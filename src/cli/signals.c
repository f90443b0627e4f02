/* signals: a row a signal. */
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>

static const CliColumn columns[] = {{"id", false},
                                    {"event", false},
                                    {"network", false},
                                    {"station", false},
                                    {"location", false},
                                    {"components", false},
                                    {"start", false},
                                    {"rate_hz", true},
                                    {"samples", true},
                                    {"event_type", false},
                                    {"magnitude", true},
                                    {"distance_km", true},
                                    {"counts_per_m_s2", false}};

/* Unknown numbers are empty fields. */
static char *
number_or_empty (double value, bool csv, int digits)
{
  if (isnan (value))
    return g_strdup ("");
  return csv ? cli_number (value) : cli_number_rounded (value, digits);
}

/* "213800 213800 213900", in the order of the components, "?" where one is unknown; empty
 * where all are. */
static char *
format_sensitivity (const SeismicSignalInfo *info)
{
  GString *text = g_string_new (NULL);
  bool is_known = false;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double counts = info->counts_per_ms2[c];
    g_autofree char *number =
        isnan (counts) ? g_strdup ("?") : cli_number_rounded (counts, 6);
    g_string_append_printf (text, "%s%s", c > 0 ? " " : "", number);
    is_known |= !isnan (counts);
  }
  if (!is_known)
    g_string_truncate (text, 0);
  return g_string_free (text, FALSE);
}

static void
add_row (CliTable *table, const SeismicSignalInfo *info, bool csv)
{
  cli_table_add (table, info->id);
  cli_table_add (table, info->event_id);
  cli_table_add (table, info->network);
  cli_table_add (table, info->station);
  cli_table_add (table, info->location);
  cli_table_add (table, info->components);
  cli_table_take (table, seismic_time_format (info->start_ns, 9));
  cli_table_take (table, cli_number (info->rate_hz));
  cli_table_take (table, g_strdup_printf ("%" G_GSIZE_FORMAT, info->n_samples));
  cli_table_add (table, info->event.type);
  cli_table_take (table, number_or_empty (info->event.magnitude, csv, 4));
  cli_table_take (table, number_or_empty (info->distance_km, csv, 4));
  cli_table_take (table, format_sensitivity (info));
}

int
cli_signals (const CliCommand *self, char **arguments)
{
  gboolean csv = FALSE;
  const GOptionEntry entries[] = {
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("Write comma-separated values"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;

  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, &error);
  if (!signals)
    return cli_fail (error);

  g_auto (CliTable) table = {0};
  cli_table_init (&table, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < signals->len; i++)
    add_row (&table, signals->pdata[i], csv);
  cli_table_print (&table, csv);
  return CLI_DONE;
}
