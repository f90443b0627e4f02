/* plot: the three-component figure of miniSEED files. */
#include "cli/figure.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/records.h"
#include "seismic/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Adds the traces of all files that path stands for. FALSE and an error that names the
 * file; in a folder, what cannot be read is told and left out. */
static bool
read_path (const char *path, GPtrArray *all, GError **error)
{
  const bool is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autoptr (GPtrArray) files = cli_records_list (path);

  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GError) reason = NULL;
    GPtrArray *traces = cli_records_read (files->pdata[i], NULL, &reason);
    if (traces) {
      g_ptr_array_extend_and_steal (all, traces);
    } else if (is_folder) {
      g_printerr (_ ("skipped: %s\n"), reason->message);
    } else {
      g_propagate_error (error, g_steal_pointer (&reason));
      return false;
    }
  }
  return true;
}

/* All traces of all files: a new array; NULL and an error that names the file. */
static GPtrArray *
read_files (char **paths, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);

  for (size_t i = 0; paths[i]; i++)
    if (!read_path (paths[i], all, error))
      return NULL;
  return g_steal_pointer (&all);
}

/* The band and instrument codes there are, HN first: a new array of strings. */
static GPtrArray *
list_instruments (GPtrArray *traces)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (codes, g_strdup ("HN"));
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    g_autofree char *code = g_strndup (trace->channel, 2);
    if (strlen (code) == 2 &&
        !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
      g_ptr_array_add (codes, g_steal_pointer (&code));
  }
  return codes;
}

/* All signals of the traces, in order: a new array. reason receives why the first
 * instrument that gave none did not. */
static GPtrArray *
find_signals (GPtrArray *traces, GError **reason)
{
  GPtrArray *signals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_free);
  g_autoptr (GPtrArray) codes = list_instruments (traces);

  for (guint i = 0; i < codes->len; i++) {
    g_autoptr (GPtrArray) groups = seismic_signal_group (traces, codes->pdata[i]);
    for (guint j = 0; j < groups->len; j++) {
      SeismicSignal *signal = seismic_signal_from_traces (
          groups->pdata[j], reason && !*reason ? reason : NULL);
      if (signal)
        g_ptr_array_add (signals, signal);
    }
  }
  return signals;
}

/* The one to draw; borrowed. NULL and an error if there is none of that id. */
static const SeismicSignal *
choose_signal (GPtrArray *signals, const char *wanted, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < signals->len; i++) {
    g_autofree char *id = seismic_signal_instrument_id (signals->pdata[i]);
    if (!wanted || strcmp (id, wanted) == 0)
      return signals->pdata[i];
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", id);
  }
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               _ ("there is no signal “%s” in the files, but: %s"), wanted, ids->str);
  return NULL;
}

static bool
plot_files (char **files, const char *wanted, const char *output, GError **error)
{
  g_autoptr (GPtrArray) traces = read_files (files, error);
  if (!traces)
    return false;

  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) signals = find_signals (traces, &reason);
  if (signals->len == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS,
                 _ ("the files hold no three-component signal: %s"),
                 reason ? reason->message : _ ("no record with samples"));
    return false;
  }

  const SeismicSignal *signal = choose_signal (signals, wanted, error);
  if (!signal || !cli_figure_signal (cli_figure_file (output), signal, NULL, error))
    return false;
  g_autofree char *id = seismic_signal_instrument_id (signal);
  if (!wanted && signals->len > 1)
    g_print (_ ("%s: %s, the first of %u signals; --signal chooses another\n"), output,
             id, signals->len);
  else
    g_print ("%s: %s\n", output, id);
  return true;
}

int
cli_plot (const CliCommand *self, char **arguments)
{
  g_autofree char *output = NULL;
  g_autofree char *wanted = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("Picture to write: .png, .svg or .pdf"), "FILE"},
      {"signal", 0, 0, G_OPTION_ARG_STRING, &wanted,
       N_ ("Which of several signals to draw (the first one)"), "NET.STA.LOC.HN"},
      G_OPTION_ENTRY_NULL};
  g_auto (GStrv) files = NULL;

  if (!cli_options_parse (self, entries, arguments, 1, 0, &files) ||
      !cli_option_output (self, output, cli_figure_suffixes))
    return CLI_USAGE;

  g_autoptr (GError) error = NULL;
  return plot_files (files, wanted, output, &error) ? CLI_DONE : cli_fail (error);
}
