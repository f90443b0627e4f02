/* signals: a row a signal. */
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/selection.h"
#include "seismic/library-note.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

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
                                    {"counts_per_m_s2", false},
                                    {"picks", true},
                                    {"tags", false},
                                    {"event_tags", false},
                                    {"comment", false}};

/* Behind them with --quality. */
static const CliColumn quality_columns[] = {
    {"flags", false}, {"snr_db", false}, {"peak_counts", false}, {"gaps", true}};

#define N_COLUMNS G_N_ELEMENTS (columns)
#define N_ALL (N_COLUMNS + G_N_ELEMENTS (quality_columns))

/* Unknown numbers are empty fields. */
static char *
number_or_empty (double value, bool csv, int digits)
{
  if (isnan (value))
    return g_strdup ("");
  return csv ? cli_number (value) : cli_number_rounded (value, digits);
}

/* "12.3 45.6 7.8", in the order of the components, "?" where one is unknown. */
static char *
format_three (const double values[SEISMIC_N_COMPONENTS], int digits)
{
  GString *text = g_string_new (NULL);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    g_autofree char *number =
        isnan (values[c]) ? g_strdup ("?") : cli_number_rounded (values[c], digits);
    g_string_append_printf (text, "%s%s", c > 0 ? " " : "", number);
  }
  return g_string_free (text, FALSE);
}

static void
add_quality (CliTable *table, const SeismicQuality *quality)
{
  cli_table_take (table, seismic_quality_flags_to_text (seismic_quality_flags (quality)));
  cli_table_take (table, format_three (quality->snr_db, 3));
  cli_table_take (table, format_three (quality->peak, 6));
  cli_table_take (table, g_strdup_printf ("%zu", quality->n_gaps));
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
  const bool is_known = !isnan (info->counts_per_ms2[0]) ||
                        !isnan (info->counts_per_ms2[1]) ||
                        !isnan (info->counts_per_ms2[2]);
  cli_table_take (table,
                  is_known ? format_three (info->counts_per_ms2, 6) : g_strdup (""));
  cli_table_take (table, g_strdup_printf ("%zu", info->n_picks));
  cli_table_take (table, seismic_tags_join (info->tags));
  cli_table_take (table, seismic_tags_join (info->event_tags));
  cli_table_take (table, csv ? g_strdup (info->comment)
                             : g_strdelimit (g_strdup (info->comment), "\r\n", ' '));
}

static void
print_signals (const GPtrArray *signals, bool with_quality, bool csv)
{
  CliColumn all[N_ALL];
  g_auto (CliTable) table = {0};

  memcpy (all, columns, sizeof columns);
  memcpy (all + N_COLUMNS, quality_columns, sizeof quality_columns);
  cli_table_init (&table, all, with_quality ? N_ALL : N_COLUMNS);
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    add_row (&table, info, csv);
    if (with_quality)
      add_quality (&table, &info->quality);
  }
  cli_table_print (&table, csv);
}

int
cli_signals (const CliCommand *self, char **arguments)
{
  gboolean csv = FALSE, quality = FALSE;
  g_auto (CliSelection) chosen = {0};
  const GOptionEntry own[] = {
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("Write comma-separated values"), NULL},
      {"quality", 0, 0, G_OPTION_ARG_NONE, &quality,
       N_ ("Also the quality: flags, signal-to-noise ratio and peak of the components, "
           "gaps"),
       NULL},
      G_OPTION_ENTRY_NULL};
  g_autofree GOptionEntry *entries = cli_selection_entries (&chosen, own);
  g_auto (SeismicSignalQuery) query = {0};
  g_auto (GStrv) positional = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 1, &positional) ||
      !cli_selection_read (self, &chosen, &query))
    return CLI_USAGE;

  g_autoptr (SeismicLibrary) library = cli_library_open (positional[0], false);
  if (!library)
    return CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signals =
      cli_selection_list (library, &chosen, &query, quality, &error);
  if (!signals)
    return cli_fail (error);
  print_signals (signals, quality, csv);
  return CLI_DONE;
}
