#include "cli/source.h"
#include "cli/output.h"
#include "cli/records.h"
#include "seismic/error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

void
cli_source_clear (CliSource *source)
{
  g_clear_pointer (&source->infos, g_ptr_array_unref);
  g_clear_pointer (&source->signals, g_ptr_array_unref);
  g_clear_pointer (&source->groups, g_ptr_array_unref);
  g_clear_pointer (&source->traces, g_ptr_array_unref);
  g_clear_pointer (&source->library, seismic_library_close);
}

bool
cli_source_is_library (char **paths)
{
  return paths[0] && !paths[1] && seismic_library_probe (paths[0]);
}

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

static SeismicSignalInfo *
info_of (const SeismicSignal *signal)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);

  info->id = seismic_signal_instrument_id (signal);
  info->event_id = g_strdup ("");
  g_strlcpy (info->network, signal->network, sizeof info->network);
  g_strlcpy (info->station, signal->station, sizeof info->station);
  g_strlcpy (info->location, signal->location, sizeof info->location);
  g_strlcpy (info->instrument, signal->instrument, sizeof info->instrument);
  g_strlcpy (info->components, signal->components, sizeof info->components);
  info->start_ns = signal->start_ns;
  info->rate_hz = signal->rate_hz;
  info->n_samples = signal->n_samples;
  info->has_gaps = signal->has_gaps;
  info->latitude = info->longitude = info->distance_km = info->back_azimuth = NAN;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    info->counts_per_ms2[c] = signal->counts_per_ms2[c];
    info->azimuths[c] = signal->azimuths[c];
  }
  g_autoptr (SeismicEvent) unknown = seismic_event_new ("-");
  info->event = *unknown;
  info->event.id = g_strdup ("");
  info->event.magnitude_type = g_strdup ("");
  info->event.type = g_strdup ("");
  info->event.place = g_strdup ("");
  seismic_quality_init (&info->quality);
  info->tags = g_new0 (char *, 1);
  info->event_tags = g_new0 (char *, 1);
  info->comment = g_strdup ("");
  return info;
}

/* All signals of the traces, in order. reason receives why the first instrument that gave
 * none did not. */
static void
find_signals (CliSource *source, GError **reason)
{
  g_autoptr (GPtrArray) codes = list_instruments (source->traces);

  for (guint i = 0; i < codes->len; i++) {
    g_autoptr (GPtrArray) groups = seismic_signal_group (source->traces, codes->pdata[i]);
    for (guint j = 0; j < groups->len; j++) {
      SeismicSignal *signal = seismic_signal_from_traces (
          groups->pdata[j], reason && !*reason ? reason : NULL);
      if (!signal)
        continue;
      g_ptr_array_add (source->signals, signal);
      g_ptr_array_add (source->infos, info_of (signal));
      g_ptr_array_add (source->groups, g_ptr_array_ref (groups->pdata[j]));
    }
  }
}

bool
cli_source_open_files (CliSource *source, char **paths, GError **error)
{
  g_autoptr (GError) reason = NULL;

  *source = (CliSource){
      .infos = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free),
      .signals = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_free),
      .groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
      .traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free)};
  for (size_t i = 0; paths[i]; i++)
    if (!read_path (paths[i], source->traces, error))
      return false;
  find_signals (source, &reason);
  if (source->infos->len > 0)
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS,
               _ ("the files hold no three-component signal: %s"),
               reason ? reason->message : _ ("no record with samples"));
  return false;
}

SeismicRecord *
cli_source_read (CliSource *source, guint i, GError **error)
{
  const SeismicSignalInfo *info = source->infos->pdata[i];

  if (source->library)
    return seismic_library_read_record (source->library, info->id, error);
  return seismic_record_new (source->signals->pdata[i], source->groups->pdata[i]);
}

GPtrArray *
cli_source_read_traces (CliSource *source, guint i, GError **error)
{
  const SeismicSignalInfo *info = source->infos->pdata[i];

  return source->library ? seismic_library_read_traces (source->library, info->id, error)
                         : g_ptr_array_ref (source->groups->pdata[i]);
}
