#include "seismic/export.h"
#include "seismic/csv.h"
#include "seismic/error.h"
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

/* What goes with the samples. Borrowed; info and picks may be NULL. */
typedef struct {
  const SeismicSignalInfo *info;
  const GPtrArray *picks;
} Context;

/* "EVENT.NET.STA.LOC.HN", without the event where there is none. */
static char *
name_of (const SeismicTrace *trace, const Context *context)
{
  g_autofree char *id = g_strdup_printf ("%s.%s.%s.%.2s", trace->network, trace->station,
                                         trace->location, trace->channel);
  return context->info != NULL && *context->info->event_id != '\0'
             ? g_strconcat (context->info->event_id, ".", id, NULL)
             : g_steal_pointer (&id);
}

/* A step that Steim2 cannot hold is no reason to fail. */
static GBytes *
write_miniseed (GPtrArray *traces, GError **error)
{
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
find_pick (const GPtrArray *picks, const SeismicTrace *trace, const char *phase)
{
  g_autofree char *id = g_strdup_printf ("%s.%s.%s.%.2s", trace->network, trace->station,
                                         trace->location, trace->channel);
  int64_t found_ns = SEISMIC_TIME_UNSET;
  for (guint i = 0; picks != NULL && i < picks->len; i++) {
    const SeismicPick *pick = picks->pdata[i];
    if (!g_str_equal (pick->phase, phase) || !g_str_equal (pick->instrument_id, id))
      continue;
    if (g_str_equal (pick->channel, trace->channel))
      return pick->time_ns;
    if (found_ns == SEISMIC_TIME_UNSET)
      found_ns = pick->time_ns;
  }
  return found_ns;
}

static char
letter_of (const SeismicTrace *trace)
{
  return strlen (trace->channel) == 3 ? trace->channel[2] : '?';
}

/* azimuth: NAN where it is not told; E and N then point where their letters say. */
static SeismicSacFacts
collect_facts (const SeismicTrace *trace, double azimuth, const Context *context)
{
  const SeismicSignalInfo *info = context->info;
  const char letter = letter_of (trace);
  SeismicSacFacts facts;
  seismic_sac_facts_init (&facts);
  if (letter == 'Z') {
    facts.azimuth = facts.inclination = 0.0;
  } else {
    facts.azimuth = !isnan (azimuth) ? azimuth
                    : letter == 'E'  ? 90.0
                    : letter == 'N'  ? 0.0
                                     : NAN;
    facts.inclination = strchr ("ENRT", letter) != NULL ? 90.0 : NAN;
  }
  facts.p_ns = find_pick (context->picks, trace, "P");
  facts.s_ns = find_pick (context->picks, trace, "S");
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

/* The azimuth of the trace among the components (their letters); NAN if unknown. */
static double
azimuth_of (const SeismicTrace *trace, const char *components, const double *azimuths)
{
  const char *at = strchr (components, letter_of (trace));
  return at != NULL && *at != '\0' ? azimuths[at - components] : NAN;
}

static bool
write_sac (GPtrArray *files, const GPtrArray *traces, const char *components,
           const double *azimuths, const Context *context, GError **error)
{
  g_autoptr (GHashTable) n_parts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    const SeismicSacFacts facts =
        collect_facts (trace, azimuth_of (trace, components, azimuths), context);
    GBytes *bytes = seismic_sac_write (trace, &facts, error);
    if (bytes == NULL)
      return false;
    g_autofree char *stem = name_of (trace, context);
    g_autofree char *name = g_strdup_printf ("%s%c", stem, letter_of (trace));
    const guint part = GPOINTER_TO_UINT (g_hash_table_lookup (n_parts, name)) + 1;
    g_autofree char *numbered = g_strdup_printf ("%s-%u", name, part);
    add_file (files, part == 1 ? name : numbered, SEISMIC_EXPORT_SAC, bytes);
    g_hash_table_insert (n_parts, g_steal_pointer (&name), GUINT_TO_POINTER (part));
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

/* Takes traces. */
static GPtrArray *
write_traces (GPtrArray *traces, const char *components, const double *azimuths,
              const Context *context, SeismicExportFormat format, GError **error)
{
  g_autoptr (GPtrArray) owned = traces;
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_export_file_free);
  if (format == SEISMIC_EXPORT_SAC)
    return write_sac (files, owned, components, azimuths, context, error)
               ? g_steal_pointer (&files)
               : NULL;
  g_autofree char *stem = name_of (owned->pdata[0], context);
  GBytes *bytes = write_miniseed (owned, error);
  if (bytes == NULL)
    return NULL;
  add_file (files, stem, format, bytes);
  return g_steal_pointer (&files);
}

GPtrArray *
seismic_export_record (const SeismicRecord *record, const SeismicSignalInfo *info,
                       const GPtrArray *picks, SeismicUnit unit,
                       SeismicExportFormat format, GError **error)
{
  const SeismicSignal *signal = record->signal;
  const Context context = {info, picks};
  g_autoptr (GPtrArray) traces = seismic_record_to_traces (record);
  if (traces->len == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "there are no samples");
    return NULL;
  }
  if (format != SEISMIC_EXPORT_CSV)
    return write_traces (g_steal_pointer (&traces), signal->components, signal->azimuths,
                         &context, format, error);
  GPtrArray *files =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_export_file_free);
  g_autofree char *stem = name_of (traces->pdata[0], &context);
  add_file (files, stem, format, write_csv (record, unit));
  return files;
}

/* The first sample of the trace at or after a time, 0 … n_samples. */
static size_t
first_from (const SeismicTrace *trace, int64_t time_ns)
{
  size_t low = 0,
         high = trace->n_samples; /* bisected: the rate need not be a whole one */
  while (time_ns != SEISMIC_TIME_UNSET && low < high) {
    const size_t middle = low + (high - low) / 2;
    if (trace->start_ns + seismic_time_of_sample (middle, trace->rate_hz) < time_ns)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static SeismicTrace *
cut_trace (const SeismicTrace *trace, int64_t from_ns, int64_t to_ns)
{
  const size_t first = first_from (trace, from_ns);
  const size_t end = to_ns == SEISMIC_TIME_UNSET || to_ns == INT64_MAX
                         ? trace->n_samples
                         : first_from (trace, to_ns + 1);
  if (first >= end)
    return NULL;
  return seismic_trace_new (
      trace->network, trace->station, trace->location, trace->channel,
      trace->start_ns + seismic_time_of_sample (first, trace->rate_hz), trace->rate_hz,
      trace->type,
      (const char *)trace->samples + first * seismic_sample_size (trace->type),
      end - first);
}

GPtrArray *
seismic_export_traces (const GPtrArray *traces, const SeismicSignalInfo *info,
                       const GPtrArray *picks, int64_t from_ns, int64_t to_ns,
                       SeismicExportFormat format, GError **error)
{
  static const double unknown[SEISMIC_N_COMPONENTS] = {NAN, NAN, NAN};
  const Context context = {info, picks};
  g_return_val_if_fail (format != SEISMIC_EXPORT_CSV, NULL);
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (guint i = 0; i < traces->len; i++) {
    SeismicTrace *part = cut_trace (traces->pdata[i], from_ns, to_ns);
    if (part != NULL)
      g_ptr_array_add (parts, part);
  }
  if (parts->len == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
                 "there are no samples in that time");
    return NULL;
  }
  return write_traces (g_steal_pointer (&parts), info != NULL ? info->components : "",
                       info != NULL ? info->azimuths : unknown, &context, format, error);
}
