/* plot: figures of a record, of waveform files or in a library. */
#include "cli/figure-record.h"
#include "cli/figure.h"
#include "cli/library.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/processing.h"
#include "cli/source.h"
#include "plot/export.h"
#include "seismic/error.h"
#include "seismic/library-pick.h"
#include "seismic/time.h"

#include <glib/gi18n.h>
#include <string.h>

/* Ids of signals named in a message. */
#define MAX_NAMED 20

typedef struct {
  CliProcessing done;
  char *output, *signal, *section, *component, *align, *from, *to, *scale;
  gboolean spectrogram, spectrum, motion;

  /* Of the texts above. */
  SeismicProcessing processing;
  CliFigure figure;
  size_t n_component, n_scale;
  int64_t from_ns, to_ns;
} Options;

static void
options_clear (Options *options)
{
  char **const texts[] = {&options->output,    &options->signal, &options->section,
                          &options->component, &options->align,  &options->from,
                          &options->to,        &options->scale};

  cli_processing_clear (&options->done);
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static bool
choose_figure (const CliCommand *self, Options *options)
{
  const struct {
    bool is_wanted;
    CliFigure figure;
  } figures[] = {{options->spectrogram, CLI_FIGURE_SPECTROGRAM},
                 {options->spectrum, CLI_FIGURE_SPECTRUM},
                 {options->motion, CLI_FIGURE_MOTION},
                 {options->section != NULL, CLI_FIGURE_SECTION}};
  size_t n_wanted = 0;

  options->figure = CLI_FIGURE_TRACES;
  for (size_t i = 0; i < G_N_ELEMENTS (figures); i++) {
    if (figures[i].is_wanted)
      options->figure = figures[i].figure;
    n_wanted += figures[i].is_wanted;
  }
  if (n_wanted > 1)
    cli_usage_error (self, _ ("--spectrogram, --spectrum, --motion and --section exclude "
                              "each other"));
  return n_wanted <= 1;
}

static bool
check_options (const CliCommand *self, Options *options)
{
  options->n_component = 3;
  options->n_scale = 2;
  options->from_ns = options->to_ns = SEISMIC_TIME_UNSET;
  if (options->align && strcmp (options->align, "p") != 0 &&
      strcmp (options->align, "origin") != 0) {
    cli_usage_error (self, _ ("--align is origin or p, not “%s”"), options->align);
    return false;
  }
  return choose_figure (self, options) &&
         cli_option_output (self, options->output, cli_figure_suffixes) &&
         cli_option_count (self, "--component", options->component, 1, 3,
                           &options->n_component) &&
         cli_option_count (self, "--scale", options->scale, 1, 4, &options->n_scale) &&
         cli_option_time (self, "--from", options->from, &options->from_ns) &&
         cli_option_time (self, "--to", options->to, &options->to_ns) &&
         cli_processing_read (self, &options->done, &options->processing);
}

/* Cut and processed: a new record. */
static SeismicRecord *
read_record (CliSource *source, guint i, const Options *options, GError **error)
{
  const SeismicSignalInfo *info = source->infos->pdata[i];
  SeismicRecord *whole = cli_source_read (source, i, error);
  g_autoptr (SeismicRecord) done =
      whole ? seismic_record_take_processed (whole, &options->processing,
                                             info->back_azimuth, error)
            : NULL;
  if (!done)
    return NULL;
  if (options->from_ns == SEISMIC_TIME_UNSET && options->to_ns == SEISMIC_TIME_UNSET)
    return g_steal_pointer (&done);
  return seismic_record_cut (done, options->from_ns, options->to_ns, error);
}

/* Which signal to draw; FALSE and an error if there is none of that id. */
static bool
choose_signal (const CliSource *source, const char *wanted, guint *chosen, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < source->infos->len; i++) {
    const SeismicSignalInfo *info = source->infos->pdata[i];
    if (!wanted || strcmp (info->id, wanted) == 0) {
      *chosen = i;
      return true;
    }
    if (i < MAX_NAMED)
      g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", info->id);
  }
  if (source->infos->len > MAX_NAMED)
    g_string_append (ids, ", …");
  if (source->infos->len == 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
                 _ ("the library has no signals"));
  else
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
                 _ ("there is no signal “%s”, but: %s"), wanted, ids->str);
  return false;
}

static bool
plot_signal (CliSource *source, const Options *options, const CliRecordTarget *target,
             GError **error)
{
  guint chosen = 0;
  if (!choose_signal (source, options->signal, &chosen, error))
    return false;
  const SeismicSignalInfo *info = source->infos->pdata[chosen];
  g_autoptr (GPtrArray) picks =
      source->library
          ? seismic_library_list_picks (source->library, info->event_id,
                                        seismic_signal_info_instrument_id (info), error)
          : g_ptr_array_new ();
  g_autoptr (SeismicRecord) record =
      picks ? read_record (source, chosen, options, error) : NULL;
  if (!record || !cli_figure_record (target, options->figure, record, info, picks, error))
    return false;
  if (!options->signal && source->infos->len > 1)
    g_print (_ ("%s: %s, the first of %u signals; --signal chooses another\n"),
             target->path, info->id, source->infos->len);
  else
    g_print ("%s: %s\n", target->path, info->id);
  return true;
}

/* The signals of the event whose distance is known, and their records. FALSE if there are
 * none; one that cannot be read or processed is told and left out. */
static bool
read_section (CliSource *source, const Options *options, GPtrArray *records,
              GPtrArray *infos, GError **error)
{
  g_autoptr (SeismicEvent) event =
      seismic_library_get_event (source->library, options->section, error);
  if (!event)
    return false;
  for (guint i = 0; i < source->infos->len; i++) {
    SeismicSignalInfo *info = source->infos->pdata[i];
    g_autoptr (GError) reason = NULL;
    if (strcmp (info->event_id, event->id) != 0 || !(info->distance_km >= 0))
      continue;
    SeismicRecord *record = read_record (source, i, options, &reason);
    if (record) {
      g_ptr_array_add (records, record);
      g_ptr_array_add (infos, info);
    } else {
      g_printerr (_ ("skipped: %s: %s\n"), info->id, reason->message);
    }
  }
  if (records->len > 0 && event->time_ns != SEISMIC_TIME_UNSET)
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
               records->len > 0
                   ? _ ("the origin time of the event %s is not known")
                   : _ ("no signal of the event %s can be placed by its distance"),
               event->id);
  return false;
}

static bool
plot_section (CliSource *source, const Options *options, const CliRecordTarget *target,
              GError **error)
{
  const bool align_on_p = options->align && strcmp (options->align, "p") == 0;
  g_autoptr (GPtrArray) infos = g_ptr_array_new ();
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_record_free);

  if (!read_section (source, options, records, infos, error) ||
      !cli_figure_section (target, records, infos, options->n_component - 1, align_on_p,
                           error))
    return false;
  g_print (_ ("%s: %u records of the event %s\n"), target->path, records->len,
           options->section);
  return true;
}

static int
run (const CliCommand *self, const Options *options, char **paths)
{
  const CliRecordTarget target = {options->output, (double)options->n_scale,
                                  &options->processing};
  g_auto (CliSource) source = {0};
  g_autoptr (GError) error = NULL;

  if (cli_source_is_library (paths)) {
    source.library = cli_library_open (paths[0], false);
    if (!source.library)
      return CLI_FAILED;
    source.infos = seismic_library_list_signals (source.library, &error);
    if (!source.infos)
      return cli_fail (error);
  } else if (options->section) {
    return cli_usage_error (self, _ ("--section needs a library"));
  } else if (!cli_source_open_files (&source, paths, &error)) {
    return cli_fail (error);
  }
  const bool done = options->section ? plot_section (&source, options, &target, &error)
                                     : plot_signal (&source, options, &target, &error);
  return done ? CLI_DONE : cli_fail (error);
}

int
cli_plot (const CliCommand *self, char **arguments)
{
  g_auto (Options) options = {0};
  const GOptionEntry own[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
       N_ ("Picture to write: .png, .svg or .pdf"), "FILE"},
      {"signal", 0, 0, G_OPTION_ARG_STRING, &options.signal,
       N_ ("Which of several signals to draw (the first one)"), "ID"},
      {"spectrogram", 0, 0, G_OPTION_ARG_NONE, &options.spectrogram,
       N_ ("Draw the spectrogram instead of the traces"), NULL},
      {"spectrum", 0, 0, G_OPTION_ARG_NONE, &options.spectrum,
       N_ ("Draw the amplitude spectrum"), NULL},
      {"motion", 0, 0, G_OPTION_ARG_NONE, &options.motion,
       N_ ("Draw the particle motion"), NULL},
      {"section", 0, 0, G_OPTION_ARG_STRING, &options.section,
       N_ ("Draw the records of this event by distance"), "EVENT"},
      {"component", 0, 0, G_OPTION_ARG_STRING, &options.component,
       N_ ("Component of the section, 1 to 3 (3, the vertical one)"), "N"},
      {"align", 0, 0, G_OPTION_ARG_STRING, &options.align,
       N_ ("Zero of the section’s time axis: origin or p (origin)"), "ZERO"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("Begin at this time, UTC"),
       "TIME"},
      {"to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("End at this time, UTC"),
       "TIME"},
      {"scale", 0, 0, G_OPTION_ARG_STRING, &options.scale,
       N_ ("Resolution of a PNG, 1 to 4 times 1000 pixels of width (2)"), "N"},
      G_OPTION_ENTRY_NULL};
  g_autofree GOptionEntry *entries = cli_processing_entries (&options.done, own);
  g_auto (GStrv) paths = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 0, &paths) ||
      !check_options (self, &options))
    return CLI_USAGE;
  return run (self, &options, paths);
}
