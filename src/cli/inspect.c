/* inspect: a row a segment. */
#include "cli/options.h"
#include "cli/output.h"
#include "cli/records.h"
#include "cli/source.h"
#include "seismic/quality.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

static const CliColumn columns[] = {
    {"file", false},    {"network", false}, {"station", false}, {"location", false},
    {"channel", false}, {"start", false},   {"end", false},     {"rate_hz", true},
    {"samples", true},  {"type", false},    {"min", true},      {"max", true},
    {"mean", true},     {"checksum", false}};

static const char *
type_name (SeismicSampleType type)
{
  switch (type) {
  case SEISMIC_SAMPLE_INT32:
    return "int32";
  case SEISMIC_SAMPLE_FLOAT32:
    return "float32";
  case SEISMIC_SAMPLE_FLOAT64:
    return "float64";
  }
  return "";
}

typedef struct {
  double min, max, mean; /* NAN without a finite sample */
} Statistics;

/* Over the finite samples. The mean is summed relative to the first one: a large offset
 * then costs no digits. */
static Statistics
trace_statistics (const SeismicTrace *trace)
{
  Statistics s = {NAN, NAN, NAN};
  double origin = 0.0, sum = 0.0;
  size_t n = 0;

  for (size_t i = 0; i < trace->n_samples; i++) {
    double x = seismic_trace_value (trace, i);
    if (!isfinite (x))
      continue;
    if (n == 0)
      origin = x;
    s.min = fmin (s.min, x);
    s.max = fmax (s.max, x);
    sum += x - origin;
    n++;
  }
  if (n > 0)
    s.mean = origin + sum / (double)n;
  return s;
}

static void
add_row (CliTable *table, const char *file, const SeismicTrace *trace, bool csv)
{
  Statistics s = trace_statistics (trace);

  cli_table_add (table, file);
  cli_table_add (table, trace->network);
  cli_table_add (table, trace->station);
  cli_table_add (table, trace->location);
  cli_table_add (table, trace->channel);
  cli_table_take (table, seismic_time_format (trace->start_ns, 9));
  cli_table_take (table, seismic_time_format (seismic_trace_end_ns (trace), 9));
  cli_table_take (table, cli_number (trace->rate_hz));
  cli_table_take (table, g_strdup_printf ("%" G_GSIZE_FORMAT, trace->n_samples));
  cli_table_add (table, type_name (trace->type));
  cli_table_take (table, cli_number (s.min));
  cli_table_take (table, cli_number (s.max));
  cli_table_take (table, csv ? cli_number (s.mean) : cli_number_rounded (s.mean, 8));
  cli_table_take (table, g_strdup_printf ("%016" G_GINT64_MODIFIER "x",
                                          seismic_trace_checksum (trace)));
}

static void
append_count (GString *list, size_t n, const char *what)
{
  if (n > 0)
    g_string_append_printf (list, "%s%" G_GSIZE_FORMAT " %s", list->len > 0 ? ", " : "",
                            n, what);
}

/* Adds "FILE: 3 text records, …" to skipped if the reader left something out. */
static void
note_skipped (GString *skipped, const char *file, const SeismicMiniseedReport *report)
{
  g_autoptr (GString) list = g_string_new (NULL);

  append_count (list, report->n_text_records, _ ("records of text"));
  append_count (list, report->n_empty_records, _ ("records without samples"));
  append_count (list, report->n_bad_records, _ ("damaged records"));
  append_count (list, report->n_noise_bytes, _ ("bytes that belong to no record"));
  append_count (list, report->n_tail_bytes, _ ("bytes of an incomplete last record"));
  if (list->len == 0)
    return;
  g_string_append_printf (skipped, "%s%s: %s", skipped->len > 0 ? "; " : "", file,
                          list->str);
  if (report->message[0] != '\0')
    g_string_append_printf (skipped, " (%s)", report->message);
}

static bool
inspect_file (const char *file, CliTable *table, GString *skipped, bool csv,
              GError **error)
{
  SeismicMiniseedReport report = {0};
  g_autofree char *name = g_filename_display_name (file);
  g_autoptr (GPtrArray) traces = cli_records_read (file, &report, error);

  if (!traces)
    return false;
  for (guint i = 0; i < traces->len; i++)
    add_row (table, file, traces->pdata[i], csv);
  note_skipped (skipped, name, &report);
  return true;
}

/* All files that the arguments stand for. */
static GPtrArray *
list_files (char **paths)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (size_t i = 0; paths[i]; i++)
    g_ptr_array_extend_and_steal (files, cli_records_list (paths[i]));
  return files;
}

static const CliColumn quality_columns[] = {
    {"instrument", false}, {"channel", false}, {"start", false},
    {"seconds", true},     {"rate_hz", true},  {"gaps", true},
    {"flags", false},      {"snr_db", true},   {"peak_counts", true}};

/* A row a component of each signal that the files make, judged without an event. */
static int
print_quality (char **paths, bool csv)
{
  g_auto (CliSource) source = {0};
  g_auto (CliTable) table = {0};
  g_autoptr (GError) error = NULL;

  if (!cli_source_open_files (&source, paths, &error))
    return cli_fail (error);
  cli_table_init (&table, quality_columns, G_N_ELEMENTS (quality_columns));
  for (guint i = 0; i < source.infos->len; i++) {
    const SeismicSignal *signal = source.signals->pdata[i];
    g_autoptr (SeismicRecord) record = cli_source_read (&source, i, &error);
    if (!record)
      return cli_fail (error);
    SeismicQuality quality;
    seismic_quality_compute (&quality, signal, seismic_record_count_gaps (record), NAN,
                             NAN);
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      char channel[8];
      seismic_signal_channel (signal, c, channel);
      cli_table_take (&table, seismic_signal_instrument_id (signal));
      cli_table_add (&table, channel);
      cli_table_take (&table, seismic_time_format (signal->start_ns, 9));
      cli_table_take (
          &table, cli_number_rounded ((double)signal->n_samples / signal->rate_hz, 6));
      cli_table_take (&table, cli_number (signal->rate_hz));
      cli_table_take (&table, g_strdup_printf ("%zu", quality.n_gaps));
      cli_table_take (&table, seismic_quality_flags_to_text (quality.flags[c]));
      cli_table_take (&table, cli_number_rounded (quality.snr_db[c], 3));
      cli_table_take (&table, cli_number_rounded (quality.peak[c], 7));
    }
  }
  cli_table_print (&table, csv);
  return CLI_DONE;
}

int
cli_inspect (const CliCommand *self, char **arguments)
{
  gboolean csv = FALSE, quality = FALSE;
  const GOptionEntry entries[] = {
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("Write comma-separated values"), NULL},
      {"quality", 0, 0, G_OPTION_ARG_NONE, &quality,
       N_ ("The quality of the three-component signals instead: clipped, noisy, short, "
           "gaps, flat, spikes, offset"),
       NULL},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) paths = NULL;
  if (!cli_options_parse (self, entries, arguments, 1, 0, &paths))
    return CLI_USAGE;
  if (quality)
    return print_quality (paths, csv);

  g_auto (CliTable) table = {0};
  g_autoptr (GString) skipped = g_string_new (NULL);
  g_autoptr (GPtrArray) files = list_files (paths);
  size_t n_read = 0, n_files = files->len;
  cli_table_init (&table, columns, G_N_ELEMENTS (columns));

  for (size_t i = 0; i < n_files; i++) {
    g_autoptr (GError) error = NULL;
    if (inspect_file (files->pdata[i], &table, skipped, csv, &error))
      n_read++;
    else
      cli_fail (error);
  }
  cli_table_print (&table, csv);
  fflush (stdout);

  g_autofree char *summary =
      g_strdup_printf (_ ("%zu of %zu files read, %zu segments; skipped: %s\n"), n_read,
                       n_files, (size_t)table.cells->len / table.n_columns,
                       skipped->len > 0 ? skipped->str : _ ("nothing"));
  /* A CSV on standard output stays one. */
  if (csv)
    g_printerr ("%s", summary);
  else
    g_print ("%s", summary);
  return n_read == n_files ? CLI_DONE : CLI_FAILED;
}
