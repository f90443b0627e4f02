#include "seismic/record.h"
#include "seismic/error.h"
#include "seismic/filter.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define MAX_SAMPLES ((double)(1 << 24))
#define MAX_DILUTION 4.0

static SeismicRecord *
record_of (SeismicSignal *signal)
{
  SeismicRecord *record = g_new0 (SeismicRecord, 1);
  record->signal = signal;
  record->spans = g_array_new (FALSE, FALSE, sizeof (SeismicSpan));
  return record;
}

void
seismic_record_free (SeismicRecord *record)
{
  if (record == NULL)
    return;
  seismic_signal_free (record->signal);
  g_array_unref (record->spans);
  g_free (record);
}

/* The component that a trace belongs to, or SEISMIC_N_COMPONENTS. */
static size_t
component_of (const SeismicSignal *signal, const SeismicTrace *trace)
{
  size_t c = 0;
  if (strlen (trace->channel) != 3 || trace->n_samples == 0)
    return SEISMIC_N_COMPONENTS;
  while (c < SEISMIC_N_COMPONENTS && signal->components[c] != trace->channel[2])
    c++;
  return c;
}

/* Samples from the signal's first one to a time, to the nearest; may be negative. */
static double
place_of (const SeismicSignal *signal, int64_t time_ns)
{
  long double seconds = ((long double)time_ns - (long double)signal->start_ns) / 1e9L;
  return (double)roundl (seconds * (long double)signal->rate_hz);
}

static int64_t
time_of (const SeismicSignal *signal, size_t index)
{
  return signal->start_ns + seismic_time_of_sample (index, signal->rate_hz);
}

/* The signal itself, or as much silence as the whole record is long, with the signal's
 * stretch in it. */
static SeismicSignal *
make_room (const SeismicSignal *signal, GPtrArray *traces)
{
  double first = 0, end = (double)signal->n_samples, there = 0;
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    if (component_of (signal, trace) == SEISMIC_N_COMPONENTS)
      continue;
    double place = place_of (signal, trace->start_ns);
    first = fmin (first, place);
    end = fmax (end, place + (double)trace->n_samples);
    there += (double)trace->n_samples;
  }
  SeismicSignal *room = seismic_signal_copy (signal);
  double n = end - first;
  if (!signal->has_gaps || n > fmax (MAX_SAMPLES, MAX_DILUTION * there))
    return room;
  g_free (room->samples);
  room->n_samples = (size_t)n;
  room->samples = g_malloc_n (room->n_samples, SEISMIC_N_COMPONENTS * sizeof (double));
  room->start_ns -= seismic_time_of_sample ((size_t)-first, signal->rate_hz);
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * room->n_samples; i++)
    room->samples[i] = NAN;
  return room;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const SeismicTrace *x = *(const SeismicTrace *const *)a;
  const SeismicTrace *y = *(const SeismicTrace *const *)b;
  return (x->start_ns > y->start_ns) - (x->start_ns < y->start_ns);
}

static void
add_span (SeismicRecord *record, SeismicSpanKind kind, size_t component, size_t first,
          size_t last)
{
  SeismicSpan span = {kind, component, time_of (record->signal, first),
                      time_of (record->signal, last)};
  g_array_append_val (record->spans, span);
}

/* Writes the traces of component c, sorted by start, where nothing is told yet, and notes
 * where something is. */
static void
tell (SeismicRecord *record, GPtrArray *sorted, size_t c)
{
  SeismicSignal *signal = record->signal;
  double *samples = signal->samples + c * signal->n_samples;
  double n = (double)signal->n_samples, told = -INFINITY;
  for (guint i = 0; i < sorted->len; i++) {
    const SeismicTrace *trace = sorted->pdata[i];
    if (component_of (signal, trace) != c)
      continue;
    double begin = place_of (signal, trace->start_ns);
    double end = begin + (double)trace->n_samples;
    double from = fmax (begin, 0), to = fmin (fmin (told, end), n);
    if (from < to)
      add_span (record, SEISMIC_SPAN_OVERLAP, c, (size_t)from, (size_t)to - 1);
    for (double k = fmax (from, told); signal->has_gaps && k < fmin (end, n); k++) {
      double value = seismic_trace_value (trace, (size_t)(k - begin));
      samples[(size_t)k] = isfinite (value) ? value : NAN;
    }
    told = fmax (told, end);
  }
}

/* Gaps within component c; the record's ends, where another has begun, are none. */
static void
note_gaps (SeismicRecord *record, size_t c)
{
  const SeismicSignal *signal = record->signal;
  const double *samples = signal->samples + c * signal->n_samples;
  size_t last = SIZE_MAX;
  for (size_t i = 0; i < signal->n_samples; i++) {
    if (isnan (samples[i]))
      continue;
    if (last != SIZE_MAX && i > last + 1)
      add_span (record, SEISMIC_SPAN_GAP, c, last, i);
    last = i;
  }
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const SeismicSpan *x = a, *y = b;
  if (x->component != y->component)
    return x->component < y->component ? -1 : 1;
  return (x->begin_ns > y->begin_ns) - (x->begin_ns < y->begin_ns);
}

SeismicRecord *
seismic_record_new (const SeismicSignal *signal, GPtrArray *traces)
{
  SeismicRecord *record = record_of (make_room (signal, traces));
  SeismicSignal *whole = record->signal;
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  for (guint i = 0; i < traces->len; i++)
    g_ptr_array_add (sorted, traces->pdata[i]);
  g_ptr_array_sort (sorted, compare_starts);
  size_t first = (size_t)place_of (whole, signal->start_ns);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    tell (record, sorted, c);
    /* What the network gets, to the sample. */
    memcpy (whole->samples + c * whole->n_samples + first,
            signal->samples + c * signal->n_samples, signal->n_samples * sizeof (double));
    note_gaps (record, c);
  }
  g_array_sort (record->spans, compare_spans);
  return record;
}

size_t
seismic_record_count_gaps (const SeismicRecord *record)
{
  size_t n = 0;
  for (guint i = 0; i < record->spans->len; i++)
    n += g_array_index (record->spans, SeismicSpan, i).kind == SEISMIC_SPAN_GAP;
  return n;
}

/* Copies samples first … first + n − 1 of the record, those of other components than c
 * (SEISMIC_N_COMPONENTS: of none) being zero. */
static SeismicSignal *
cut_stretch (const SeismicSignal *whole, size_t c, size_t first, size_t n)
{
  SeismicSignal *stretch = g_memdup2 (whole, sizeof *whole);
  stretch->samples = g_malloc0_n (n, SEISMIC_N_COMPONENTS * sizeof (double));
  stretch->n_samples = n;
  stretch->start_ns = time_of (whole, first);
  stretch->has_gaps = false;
  for (size_t k = 0; k < SEISMIC_N_COMPONENTS; k++)
    if (c == SEISMIC_N_COMPONENTS || c == k)
      memcpy (stretch->samples + k * n, whole->samples + k * whole->n_samples + first,
              n * sizeof (double));
  return stretch;
}

/* Puts what became of a stretch into its place. */
static void
paste (SeismicSignal *out, const SeismicSignal *stretch, size_t c)
{
  double place = place_of (out, stretch->start_ns);
  memcpy (out->components, stretch->components, sizeof out->components);
  for (size_t k = 0; k < SEISMIC_N_COMPONENTS; k++)
    for (size_t i = 0; i < stretch->n_samples; i++) {
      double at = place + (double)i;
      if ((c == SEISMIC_N_COMPONENTS || c == k) && at >= 0 && at < (double)out->n_samples)
        out->samples[k * out->n_samples + (size_t)at] =
            stretch->samples[k * stretch->n_samples + i];
    }
}

/* Whether component c (SEISMIC_N_COMPONENTS: every one) has sample i. */
static bool
is_there (const SeismicSignal *whole, size_t c, size_t i)
{
  for (size_t k = 0; k < SEISMIC_N_COMPONENTS; k++)
    if ((c == SEISMIC_N_COMPONENTS || c == k) &&
        isnan (whole->samples[k * whole->n_samples + i]))
      return false;
  return true;
}

/* All stretches of component c, or of all together. Returns how many are in out now;
 * error keeps why the first that is not failed. */
static size_t
process_stretches (SeismicSignal *out, const SeismicSignal *whole, size_t c,
                   const SeismicProcessing *processing, double back_azimuth,
                   GError **error)
{
  size_t n_done = 0, first = 0;
  while (first < whole->n_samples) {
    size_t end = first;
    while (end < whole->n_samples && is_there (whole, c, end))
      end++;
    if (end == first) {
      first++;
      continue;
    }
    g_autoptr (SeismicSignal) stretch = cut_stretch (whole, c, first, end - first);
    g_autoptr (SeismicSignal) done = seismic_processing_apply (
        processing, stretch, back_azimuth, error && !*error ? error : NULL);
    if (done != NULL) {
      paste (out, done, c);
      n_done++;
    }
    first = end;
  }
  return n_done;
}

/* As whole, at the rate that processing gives, without a sample. */
static SeismicSignal *
silence_for (const SeismicSignal *whole, const SeismicProcessing *processing)
{
  SeismicSignal *out = g_memdup2 (whole, sizeof *whole);
  if (processing->resample_hz > 0.0) {
    out->rate_hz = processing->resample_hz;
    out->n_samples =
        seismic_filter_resampled_length (whole->n_samples, whole->rate_hz, out->rate_hz);
  }
  out->samples = g_malloc_n (out->n_samples, SEISMIC_N_COMPONENTS * sizeof (double));
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * out->n_samples; i++)
    out->samples[i] = NAN;
  return out;
}

SeismicRecord *
seismic_record_process (const SeismicRecord *record, const SeismicProcessing *processing,
                        double back_azimuth, GError **error)
{
  const SeismicSignal *whole = record->signal;
  g_autoptr (SeismicSignal) out = NULL;
  if (!whole->has_gaps) {
    out = seismic_processing_apply (processing, whole, back_azimuth, error);
    if (out == NULL)
      return NULL;
  } else {
    g_autoptr (GError) reason = NULL;
    bool together = processing->rotation != SEISMIC_ROTATION_NONE;
    size_t n_done = 0;
    if (!seismic_processing_check (processing, whole, back_azimuth, error))
      return NULL;
    out = silence_for (whole, processing);
    if (together)
      n_done = process_stretches (out, whole, SEISMIC_N_COMPONENTS, processing,
                                  back_azimuth, &reason);
    for (size_t c = 0; !together && c < SEISMIC_N_COMPONENTS; c++)
      n_done += process_stretches (out, whole, c, processing, back_azimuth, &reason);
    if (n_done == 0 && reason != NULL) {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  }
  SeismicRecord *result = record_of (g_steal_pointer (&out));
  g_array_append_vals (result->spans, record->spans->data, record->spans->len);
  return result;
}

SeismicRecord *
seismic_record_take_processed (SeismicRecord *record, const SeismicProcessing *processing,
                               double back_azimuth, GError **error)
{
  if (seismic_processing_is_identity (processing))
    return record;
  SeismicRecord *result =
      seismic_record_process (record, processing, back_azimuth, error);
  seismic_record_free (record);
  return result;
}

/* The first sample at or after a time, 0 … n_samples. */
static size_t
first_from (const SeismicSignal *signal, int64_t time_ns)
{
  if (time_ns == SEISMIC_TIME_UNSET || time_ns <= signal->start_ns)
    return 0;
  const double place =
      place_of (signal, time_ns); /* to the nearest: off by one at most */
  size_t first = (size_t)fmin (fmax (place - 1.0, 0.0), (double)signal->n_samples);
  while (first < signal->n_samples && time_of (signal, first) < time_ns)
    first++;
  return first;
}

SeismicRecord *
seismic_record_cut (const SeismicRecord *record, int64_t from_ns, int64_t to_ns,
                    GError **error)
{
  const SeismicSignal *whole = record->signal;
  const size_t first = first_from (whole, from_ns);
  const size_t end = to_ns == SEISMIC_TIME_UNSET || to_ns == INT64_MAX
                         ? whole->n_samples
                         : first_from (whole, to_ns + 1);
  bool is_there = false;
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    for (size_t i = first; i < end && !is_there; i++)
      is_there = !isnan (whole->samples[c * whole->n_samples + i]);
  if (!is_there) {
    g_autofree char *start = seismic_time_format (whole->start_ns, 3);
    g_autofree char *last =
        seismic_time_format (time_of (whole, MAX (whole->n_samples, 1) - 1), 3);
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY,
                 "there are no samples in that time, the record is from %s to %s", start,
                 last);
    return NULL;
  }
  SeismicSignal *part = cut_stretch (whole, SEISMIC_N_COMPONENTS, first, end - first);
  part->has_gaps = whole->has_gaps;
  SeismicRecord *result = record_of (part);
  for (guint i = 0; i < record->spans->len; i++) {
    SeismicSpan span = g_array_index (record->spans, SeismicSpan, i);
    if (span.end_ns >= part->start_ns && span.begin_ns <= time_of (whole, end - 1))
      g_array_append_val (result->spans, span);
  }
  return result;
}

static bool
is_whole (const SeismicSignal *signal)
{
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * signal->n_samples; i++) {
    const double x = signal->samples[i];
    if (!isnan (x) && (rint (x) != x || x < INT32_MIN || x > INT32_MAX))
      return false;
  }
  return true;
}

/* Samples first … end − 1 of component c. */
static SeismicTrace *
make_trace (const SeismicSignal *signal, size_t c, size_t first, size_t end, bool whole)
{
  const double *samples = signal->samples + c * signal->n_samples + first;
  const size_t n = end - first;
  g_autofree int32_t *counts = whole ? g_new (int32_t, n) : NULL;
  char channel[8];
  for (size_t i = 0; whole && i < n; i++)
    counts[i] = (int32_t)samples[i];
  seismic_signal_channel (signal, c, channel);
  return seismic_trace_new (signal->network, signal->station, signal->location, channel,
                            time_of (signal, first), signal->rate_hz,
                            whole ? SEISMIC_SAMPLE_INT32 : SEISMIC_SAMPLE_FLOAT64,
                            whole ? (const void *)counts : samples, n);
}

GPtrArray *
seismic_record_to_traces (const SeismicRecord *record)
{
  const SeismicSignal *signal = record->signal;
  const bool whole = is_whole (signal);
  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const double *samples = signal->samples + c * signal->n_samples;
    for (size_t first = 0; first < signal->n_samples;) {
      size_t end = first;
      while (end < signal->n_samples && !isnan (samples[end]))
        end++;
      if (end > first)
        g_ptr_array_add (traces, make_trace (signal, c, first, end, whole));
      first = MAX (end, first + 1);
    }
  }
  return traces;
}
