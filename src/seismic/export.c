#include "seismic/export.h"
#include "seismic/csv.h"
#include "seismic/library-file.h"
#include "seismic/library-pick.h"
#include "seismic/miniseed.h"
#include "seismic/sac.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

static const char *const suffixes[] = {[SEISMIC_EXPORT_MINISEED] = "mseed",
                                       [SEISMIC_EXPORT_SAC] = "sac",
                                       [SEISMIC_EXPORT_CSV] = "csv"};

/* For the names of columns. */
static const char *const unit_names[] = {
    [SEISMIC_UNIT_COUNTS] = "counts",
    [SEISMIC_UNIT_COUNTS_PER_SAMPLE] = "counts_per_sample",
    [SEISMIC_UNIT_COUNT_SECONDS] = "counts_s",
    [SEISMIC_UNIT_COUNT_SECONDS_SQUARED] = "counts_s2",
    [SEISMIC_UNIT_CM_PER_S2] = "cm_s2",
    [SEISMIC_UNIT_CM_PER_S2_PER_SAMPLE] = "cm_s2_per_sample",
    [SEISMIC_UNIT_CM_PER_S] = "cm_s",
    [SEISMIC_UNIT_CM] = "cm",
    [SEISMIC_UNIT_NORMALISED] = "normalised"};

const char *
seismic_export_suffix (SeismicExportFormat format)
{
  return suffixes[format];
}

bool
seismic_export_format_from_text (const char *text, SeismicExportFormat *format)
{
  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    if (g_ascii_strcasecmp (text, suffixes[i]) == 0) {
      *format = (SeismicExportFormat)i;
      return true;
    }
  }
  return false;
}

void
seismic_export_file_free (SeismicExportFile *file)
{
  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

/* Takes bytes. */
static void
add_file (GPtrArray *files, const char *stem, SeismicExportFormat format, GBytes *bytes)
{
  g_autofree char *name = g_strconcat (stem, ".", suffixes[format], NULL);
  SeismicExportFile *file = g_new0 (SeismicExportFile, 1);
  file->name = seismic_library_safe_name (name);
  file->bytes = bytes;
  g_ptr_array_add (files, file);
}

/* "EVENT.NET.STA.LOC.HN", without the event where there is none. */
static char *
name_of (const SeismicSignal *signal, const SeismicSignalInfo *info)
{
  g_autofree char *id = seismic_signal_instrument_id (signal);
  return info != NULL && *info->event_id != '\0'
             ? g_strconcat (info->event_id, ".", id, NULL)
             : g_steal_pointer (&id);
}

/* A step that Steim2 cannot hold is no reason to fail. */
static GBytes *
write_miniseed (const SeismicRecord *record, GError **error)
{
  g_autoptr (GPtrArray) traces = seismic_record_to_traces (record);
  GBytes *bytes = seismic_miniseed_write (traces, NULL);
  if (bytes != NULL)
    return bytes;
  for (guint i = 0; i < traces->len; i++) {
    SeismicTrace *trace = traces->pdata[i];
    g_autofree double *samples = g_new (double, trace->n_samples);
    for (size_t k = 0; k < trace->n_samples; k++)
      samples[k] = seismic_trace_value (trace, k);
    traces->pdata[i] = seismic_trace_new (
        trace->network, trace->station, trace->location, trace->channel, trace->start_ns,
        trace->rate_hz, SEISMIC_SAMPLE_FLOAT64, samples, trace->n_samples);
    seismic_trace_free (trace);
  }
  return seismic_miniseed_write (traces, error);
}

/* The time of a pick of that phase: on the channel itself, or else on another of the
 * instrument, as P is read on Z and S on the others. */
static int64_t
find_pick (const GPtrArray *picks, const SeismicSignal *signal, const char *channel,
           const char *phase)
{
  g_autofree char *id = seismic_signal_instrument_id (signal);
  int64_t found_ns = SEISMIC_TIME_UNSET;
  for (guint i = 0; picks != NULL && i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    if (!g_str_equal (pick->phase, phase) || !g_str_equal (pick->instrument_id, id))
      continue;
    if (g_str_equal (pick->channel, channel))
      return pick->time_ns;
    if (found_ns == SEISMIC_TIME_UNSET)
      found_ns = pick->time_ns;
  }
  return found_ns;
}

static SeismicSacFacts
collect_facts (const SeismicSignal *signal, size_t c, const char *channel,
               const SeismicSignalInfo *info, const GPtrArray *picks)
{
  SeismicSacFacts facts;
  seismic_sac_facts_init (&facts);
  const bool is_vertical = signal->components[c] == 'Z';
  facts.azimuth = is_vertical ? 0.0 : signal->azimuths[c];
  facts.inclination = is_vertical                             ? 0.0
                      : strchr ("123", signal->components[c]) ? NAN
                                                              : 90;
  if (!is_vertical && isnan (facts.azimuth) && signal->components[c] == 'E')
    facts.azimuth = 90.0;
  if (!is_vertical && isnan (facts.azimuth) && signal->components[c] == 'N')
    facts.azimuth = 0.0;
  facts.p_ns = find_pick (picks, signal, channel, "P");
  facts.s_ns = find_pick (picks, signal, channel, "S");
  if (info != NULL) {
    facts.station_latitude = info->latitude;
    facts.station_longitude = info->longitude;
    facts.origin_ns = info->event.time_ns;
    facts.event_latitude = info->event.latitude;
    facts.event_longitude = info->event.longitude;
    facts.event_depth_km = info->event.depth_km;
    facts.magnitude = info->event.magnitude;
  }
  return facts;
}

static size_t
component_of (const SeismicSignal *signal, const SeismicTrace *trace)
{
  return (size_t)(strchr (signal->components, trace->channel[2]) - signal->components);
}

static bool
write_sac (GPtrArray *files, const SeismicRecord *record, const char *stem,
           const SeismicSignalInfo *info, const GPtrArray *picks, GError **error)
{
  const SeismicSignal *signal = record->signal;
  g_autoptr (GPtrArray) traces = seismic_record_to_traces (record);
  guint n_parts[SEISMIC_N_COMPONENTS] = {0};
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    const size_t c = component_of (signal, trace);
    const SeismicSacFacts facts = collect_facts (signal, c, trace->channel, info, picks);
    GBytes *bytes = seismic_sac_write (trace, &facts, error);
    if (bytes == NULL)
      return false;
    g_autofree char *name =
        n_parts[c]++ == 0
            ? g_strdup_printf ("%s%c", stem, signal->components[c])
            : g_strdup_printf ("%s%c-%u", stem, signal->components[c], n_parts[c]);
    add_file (files, name, SEISMIC_EXPORT_SAC, bytes);
  }
  return true;
}

static GBytes *
write_csv (const SeismicRecord *record, SeismicUnit unit)
{
  const SeismicSignal *signal = record->signal;
  GString *csv = g_string_new ("time");
  char channel[8];
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    seismic_signal_channel (signal, c, channel);
    g_string_append_printf (csv, ",%s_%s", channel, unit_names[unit]);
  }
  g_string_append_c (csv, '\n');
  for (size_t i = 0; i < signal->n_samples; i++) {
    seismic_csv_append_time (csv, signal->start_ns +
                                      seismic_time_of_sample (i, signal->rate_hz));
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      g_string_append_c (csv, ',');
      seismic_csv_append_number (csv, signal->samples[c * signal->n_samples + i]);
    }
    g_string_append_c (csv, '\n');
  }
  return g_string_free_to_bytes (csv);
}

GPtrArray *
seismic_export_record (const SeismicRecord *record, const SeismicSignalInfo *info,
                       const GPtrArray *picks, SeismicUnit unit,
                       SeismicExportFormat format, GError **error)
{
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_export_file_free);
  g_autofree char *stem = name_of (record->signal, info);
  GBytes *bytes = NULL;
  if (format == SEISMIC_EXPORT_SAC)
    return write_sac (files, record, stem, info, picks, error) ? g_steal_pointer (&files)
                                                               : NULL;
  bytes = format == SEISMIC_EXPORT_CSV ? write_csv (record, unit)
                                       : write_miniseed (record, error);
  if (bytes == NULL)
    return NULL;
  add_file (files, stem, format, bytes);
  return g_steal_pointer (&files);
}
