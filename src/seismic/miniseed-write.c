/* The other half of miniseed.h: traces → bytes. */
#include "seismic/miniseed.h"
#include "seismic/error.h"
#include "seismic/miniseed-log.h"
#include "seismic/time.h"

#include <libmseed.h>
#include <math.h>
#include <string.h>

#define RECORD_LENGTH 512
#define NS_PER_MICROSECOND INT64_C (1000)

#if defined(NSTMODULUS)
typedef MS3Record Record;
#define NS_PER_TICK (SEISMIC_NS_PER_SECOND / NSTMODULUS)
#else
typedef MSRecord Record;
#define NS_PER_TICK (SEISMIC_NS_PER_SECOND / HPTMODULUS)
#endif

static void
record_free (Record *record)
{
#if defined(NSTMODULUS)
  msr3_free (&record);
#else
  msr_free (&record);
#endif
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Record, record_free)

/* Called by libmseed with each packed record. */
static void
take_packed (char *record, int length, void *bytes)
{
  g_byte_array_append (bytes, (const guint8 *)record, (guint)length);
}

static int
encoding_of (const SeismicTrace *trace)
{
  return trace->type == SEISMIC_SAMPLE_INT32     ? DE_STEIM2
         : trace->type == SEISMIC_SAMPLE_FLOAT32 ? DE_FLOAT32
                                                 : DE_FLOAT64;
}

/* Steim2 has 30 bits for the step from sample to sample. */
static bool
check_steps (const SeismicTrace *trace, const char *id, GError **error)
{
  const int32_t *samples = trace->samples;

  for (size_t i = 1; i < trace->n_samples; i++) {
    const int64_t step = (int64_t)samples[i] - samples[i - 1];

    if (step < -(INT64_C (1) << 29) || step >= INT64_C (1) << 29) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                   "%s: the step to sample %zu is more than the 30 bits of Steim2", id,
                   i);
      return false;
    }
  }
  return true;
}

/* Whether the trace is one that miniSEED 2 can hold without loss. */
static bool
check_writable (const SeismicTrace *trace, GError **error)
{
  g_autofree char *id = seismic_trace_seed_id (trace);
  const char *why = NULL;
  int64_t first_ns = 0, last_ns = 0;

  seismic_time_parse ("1900-01-01", &first_ns);
  seismic_time_parse ("2100-12-31", &last_ns);
  if (strlen (trace->network) > 2 || strlen (trace->station) > 5 ||
      strlen (trace->location) > 2 || strlen (trace->channel) > 3)
    why = "a code is too long for miniSEED 2";
  else if (!(trace->rate_hz >= SEISMIC_MINISEED_MIN_RATE_HZ &&
             trace->rate_hz <= SEISMIC_MINISEED_MAX_RATE_HZ))
    why = "the sampling rate is out of range";
  else if (trace->start_ns < first_ns || seismic_trace_end_ns (trace) > last_ns)
    why = "the time is not of the years 1900 to 2100";
  else if (trace->n_samples > G_MAXINT / sizeof (double))
    why = "too many samples";
  if (why != NULL) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED, "%s: %s", id, why);
    return false;
  }

  return trace->type != SEISMIC_SAMPLE_INT32 || check_steps (trace, id, error);
}

/* In libmseed's ticks, to the nearest microsecond, which is what miniSEED 2 knows. */
static int64_t
written_start (const SeismicTrace *trace)
{
  const int64_t shifted = trace->start_ns + NS_PER_MICROSECOND / 2;
  const int64_t us =
      shifted / NS_PER_MICROSECOND - (shifted % NS_PER_MICROSECOND < 0 ? 1 : 0);

  return us * (NS_PER_MICROSECOND / NS_PER_TICK);
}

#if defined(NSTMODULUS)

/* 7 frames of 15 words with 7 differences each. */
#define MAX_SAMPLES_PER_RECORD 735

/* The first record that libmseed packs, and nothing of those behind it. */
typedef struct {
  GByteArray *bytes; /* borrowed */
  size_t n_samples;  /* of the record, 0 before */
} FirstRecord;

static void
take_first (char *record, int length, void *data)
{
  FirstRecord *first = data;
  const uint8_t *header = (const uint8_t *)record;

  if (first->n_samples > 0)
    return;
  take_packed (record, length, first->bytes);
  first->n_samples = (size_t)header[30] << 8 | header[31];
}

/* Record by record: libmseed 3.4 tells the start of all but the first a second too early
 * when it lies within 50 µs before a full second (EarthScope/libmseed#130). */
static bool
pack_trace (const SeismicTrace *trace, GByteArray *bytes)
{
  g_autoptr (Record) record = msr3_init (NULL);
  const int64_t start = written_start (trace);

  if (record == NULL || ms_nslc2sid (record->sid, sizeof record->sid, 0, trace->network,
                                     trace->station, trace->location, trace->channel) < 0)
    return false;
  record->formatversion = 2;
  record->reclen = RECORD_LENGTH;
  record->pubversion = 2; /* quality D */
  record->samprate = trace->rate_hz;
  record->encoding = encoding_of (trace);
  record->sampletype = (char)trace->type;
  for (size_t n_done = 0; n_done < trace->n_samples;) {
    FirstRecord first = {.bytes = bytes};
    const size_t n = MIN (trace->n_samples - n_done, MAX_SAMPLES_PER_RECORD);

    record->starttime =
        start + seismic_time_of_sample (n_done, trace->rate_hz) / NS_PER_TICK;
    record->datasamples = /* borrowed */
        (char *)trace->samples + n_done * seismic_sample_size (trace->type);
    record->numsamples = record->samplecnt = (int64_t)n;
    const int n_records =
        msr3_pack (record, take_first, &first, NULL, MSF_FLUSHDATA | MSF_PACKVER2, 0);
    record->datasamples = NULL;
    if (n_records <= 0 || first.n_samples == 0 || first.n_samples > n)
      return false;
    n_done += first.n_samples;
  }
  return true;
}

#else

/* Factor and multiplier of the fixed header hold ratios of 16-bit numbers; a rate that is
 * none is better told by the float of blockette 100. */
static bool
rate_needs_blockette (double rate_hz)
{
  int16_t factor, multiplier;

  if (ms_genfactmult (rate_hz, &factor, &multiplier) != 0)
    return true;
  const double told = ms_nomsamprate (factor, multiplier);
  return fabs (told - rate_hz) > fabs ((double)(float)rate_hz - rate_hz);
}

static bool
pack_trace (const SeismicTrace *trace, GByteArray *bytes)
{
  g_autoptr (Record) record = msr_init (NULL);
  struct blkt_100_s blockette_100 = {0};
  struct blkt_1001_s blockette_1001 = {0};
  int64_t n_packed = 0;

  if (record == NULL)
    return false;
  g_strlcpy (record->network, trace->network, sizeof record->network);
  g_strlcpy (record->station, trace->station, sizeof record->station);
  g_strlcpy (record->location, trace->location, sizeof record->location);
  g_strlcpy (record->channel, trace->channel, sizeof record->channel);
  record->dataquality = 'D';
  record->reclen = RECORD_LENGTH;
  record->byteorder = 1; /* big */
  record->starttime = written_start (trace);
  record->samprate = trace->rate_hz;
  record->encoding = encoding_of (trace);
  record->sampletype = (char)trace->type;
  /* The fixed header counts 0.1 ms; blockette 1001 adds the microseconds. */
  if (msr_addblockette (record, (char *)&blockette_1001, sizeof blockette_1001, 1001,
                        0) == NULL)
    return false;
  if (rate_needs_blockette (trace->rate_hz) &&
      msr_addblockette (record, (char *)&blockette_100, sizeof blockette_100, 100, 0) ==
          NULL)
    return false;
  record->datasamples = trace->samples; /* borrowed while packing */
  record->numsamples = (int64_t)trace->n_samples;
  record->samplecnt = record->numsamples;
  const int n_records = msr_pack (record, take_packed, bytes, &n_packed, 1, 0);
  record->datasamples = NULL;
  return n_records > 0 && (size_t)n_packed == trace->n_samples;
}

#endif

GBytes *
seismic_miniseed_write (GPtrArray *traces, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();

  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];

    if (trace->n_samples == 0)
      continue;
    if (!check_writable (trace, error))
      return NULL;
    if (!pack_trace (trace, bytes)) {
      g_autofree char *id = seismic_trace_seed_id (trace);

      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED,
                   "%s: libmseed cannot write it: %s", id,
                   seismic_miniseed_log_first (log));
      return NULL;
    }
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
