/* export: records as miniSEED, SAC or CSV, as received or processed. */
#include "seismic/export.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/processing.h"
#include "cli/progress.h"
#include "cli/selection.h"
#include "cli/source.h"
#include "seismic/error.h"
#include "seismic/library-pick.h"
#include "seismic/time.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  CliProcessing done;
  CliSelection chosen;
  char *output, *format_name, *from, *to;

  /* Of the texts above. */
  SeismicExportFormat format;
  SeismicProcessing processing;
  SeismicSignalQuery query;
  int64_t from_ns, to_ns;
} Options;

static void
options_clear (Options *options)
{
  cli_processing_clear (&options->done);
  cli_selection_clear (&options->chosen);
  seismic_signal_query_clear (&options->query);
  g_free (options->output);
  g_free (options->format_name);
  g_free (options->from);
  g_free (options->to);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static bool
check_options (const CliCommand *self, Options *options)
{
  options->from_ns = options->to_ns = SEISMIC_TIME_UNSET;
  if (!options->output) {
    cli_usage_error (self, _ ("--output is missing: the folder to write into"));
    return false;
  }
  if (options->format_name &&
      !seismic_export_format_from_text (options->format_name, &options->format)) {
    cli_usage_error (self, _ ("--format is mseed, sac or csv, not “%s”"),
                     options->format_name);
    return false;
  }
  return cli_option_time (self, "--from", options->from, &options->from_ns) &&
         cli_option_time (self, "--to", options->to, &options->to_ns) &&
         cli_processing_read (self, &options->done, &options->processing) &&
         cli_selection_read (self, &options->chosen, &options->query);
}

/* As it was recorded: nothing is put onto another's clock. */
static GPtrArray *
make_raw_files (CliSource *source, guint i, const GPtrArray *picks,
                const Options *options, GError **error)
{
  g_autoptr (GPtrArray) traces = cli_source_read_traces (source, i, error);

  return traces ? seismic_export_traces (traces, source->infos->pdata[i], picks,
                                         options->from_ns, options->to_ns,
                                         options->format, error)
                : NULL;
}

static GPtrArray *
make_processed_files (CliSource *source, guint i, const GPtrArray *picks,
                      const Options *options, GError **error)
{
  const SeismicSignalInfo *info = source->infos->pdata[i];
  SeismicRecord *whole = cli_source_read (source, i, error);
  g_autoptr (SeismicRecord) done =
      whole ? seismic_record_take_processed (whole, &options->processing,
                                             info->back_azimuth, error)
            : NULL;
  g_autoptr (SeismicRecord) part =
      done ? seismic_record_cut (done, options->from_ns, options->to_ns, error) : NULL;

  return part ? seismic_export_record (part, info, picks,
                                       seismic_processing_unit (&options->processing),
                                       options->format, error)
              : NULL;
}

/* The files of signal i: a new GPtrArray of SeismicExportFile. */
static GPtrArray *
make_files (CliSource *source, guint i, const Options *options, GError **error)
{
  const SeismicSignalInfo *info = source->infos->pdata[i];
  const bool is_raw = seismic_processing_is_identity (&options->processing) &&
                      options->format != SEISMIC_EXPORT_CSV;
  g_autoptr (GPtrArray) picks =
      source->library
          ? seismic_library_list_picks (source->library, info->event_id,
                                        seismic_signal_info_instrument_id (info), error)
          : g_ptr_array_new ();

  if (!picks)
    return NULL;
  return is_raw ? make_raw_files (source, i, picks, options, error)
                : make_processed_files (source, i, picks, options, error);
}

/* Writes them into the folder: what goes wrong there ends the export. */
static bool
write_files (const char *folder, const GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++) {
    const SeismicExportFile *file = files->pdata[i];
    g_autofree char *path = g_build_filename (folder, file->name, NULL);
    gsize n_bytes = 0;
    const char *bytes = g_bytes_get_data (file->bytes, &n_bytes);
    if (!cli_write_file (path, bytes, n_bytes, error))
      return false;
  }
  return true;
}

static int
export_all (CliSource *source, const Options *options)
{
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GError) error = NULL;
  size_t n_files = 0;
  CliProgress progress;

  if (g_mkdir_with_parents (options->output, 0777) != 0) {
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s: cannot make the folder"),
                 options->output);
    return cli_fail (error);
  }
  cli_interrupt_install ();
  cli_progress_init (&progress, _ ("Exporting"));
  for (guint i = 0; i < source->infos->len && !error; i++) {
    const SeismicSignalInfo *info = source->infos->pdata[i];
    const SeismicProgress at = {i, source->infos->len, info->id};
    GError *reason = NULL;
    if (!cli_progress_items (&at, &progress)) {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("stopped"));
      break;
    }
    g_autoptr (GPtrArray) files = make_files (source, i, options, &reason);
    if (!files)
      g_ptr_array_add (skipped, seismic_skip_new (info->id, reason));
    else if (write_files (options->output, files, &error))
      n_files += files->len;
  }
  cli_progress_end (&progress);
  cli_print_skipped (skipped);
  if (error)
    return cli_fail (error);
  g_print (_ ("%s: %zu files of %u signals; skipped: %u\n"), options->output, n_files,
           source->infos->len - skipped->len, skipped->len);
  return skipped->len == 0 && n_files > 0 ? CLI_DONE : CLI_FAILED;
}

int
cli_export (const CliCommand *self, char **arguments)
{
  g_auto (Options) options = {0};
  const GOptionEntry own[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
                               N_ ("Folder to write into"), "FOLDER"},
                              {"format", 0, 0, G_OPTION_ARG_STRING, &options.format_name,
                               N_ ("mseed, sac or csv (mseed)"), "FORMAT"},
                              {"from", 0, 0, G_OPTION_ARG_STRING, &options.from,
                               N_ ("Begin at this time, UTC"), "TIME"},
                              {"to", 0, 0, G_OPTION_ARG_STRING, &options.to,
                               N_ ("End at this time, UTC"), "TIME"},
                              G_OPTION_ENTRY_NULL};
  g_autofree GOptionEntry *with_processing = cli_processing_entries (&options.done, own);
  g_autofree GOptionEntry *entries =
      cli_selection_entries (&options.chosen, with_processing);
  g_auto (GStrv) paths = NULL;
  g_auto (CliSource) source = {0};
  g_autoptr (GError) error = NULL;

  seismic_signal_query_init (&options.query);
  if (!cli_options_parse (self, entries, arguments, 1, 0, &paths) ||
      !check_options (self, &options))
    return CLI_USAGE;
  if (cli_source_is_library (paths)) {
    source.library = cli_library_open (paths[0], false);
    if (!source.library)
      return CLI_FAILED;
    source.infos = cli_selection_list (source.library, &options.chosen, &options.query,
                                       false, &error);
    if (!source.infos)
      return cli_fail (error);
  } else if (!cli_source_open_files (&source, paths, &error)) {
    return cli_fail (error);
  }
  return export_all (&source, &options);
}
