/* libmseed 2.19 (microseconds) and 3.x (nanoseconds) differ in every name; what differs
 * is in the two sections below, told apart by the macro that only one of the headers has.
 */
#include "seismic/miniseed.h"
#include "seismic/miniseed-log.h"
#include "seismic/miniseed-private.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <libmseed.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>

/* Of a long file's mapping, so much at a time; a multiple of any page. */
#define LET_GO_BYTES ((size_t)4 << 20)
/* A record without blockette 1000 ends where the next one begins: looked for so far. */
#define SEARCH_WINDOW 65536
#define PADDING SEISMIC_MINISEED_PADDING
/* libmseed walks a list of segments for each record: beyond this, reading takes hours. */
#define MAX_SEGMENTS 20000
#define NONE SIZE_MAX

#if defined(NSTMODULUS)

typedef MS3Record Record;
typedef MS3TraceList List;
#define NS_PER_TICK (SEISMIC_NS_PER_SECOND / NSTMODULUS)
#define NO_TIME NSTERROR

/* Length of the record at `at`; 0: not to be known, negative: none begins here. */
static int64_t
record_detect (const char *at, size_t left)
{
  uint8_t version;

  return ms3_detect (at, left, &version);
}

static unsigned
read_16 (const char *at, bool big_endian)
{
  const uint8_t *bytes = (const uint8_t *)at;

  return big_endian ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0];
}

/* libmseed 3.4 ends the two texts of blockette 500 a byte behind its own buffers when
 * they fill their fields (128 bytes at 72 to the end of the stack's structure): the last
 * byte of each is made an end here, in our copy of the record. */
static void
shorten_blockette_500 (char *record, size_t length)
{
  bool big_endian = G_BYTE_ORDER == G_BIG_ENDIAN;
  const unsigned year = read_16 (record + 20, big_endian);
  const unsigned day = read_16 (record + 22, big_endian);

  if (year < 1900 || year > 2100 || day < 1 || day > 366)
    big_endian = !big_endian;
  for (size_t at = read_16 (record + 46, big_endian); at >= 48 && at + 200 <= length;) {
    const size_t next = read_16 (record + at + 2, big_endian);

    if (read_16 (record + at, big_endian) == 500)
      record[at + 24 + 15] = record[at + 72 + 127] = '\0';
    if (next <= at)
      break;
    at = next;
  }
}

static int
record_parse (char *at, size_t length, bool with_samples, Record **record)
{
  const uint32_t flags = MSF_ATENDOFFILE | MSF_VALIDATECRC;

  if (at[0] != 'M')
    shorten_blockette_500 (at, length);

  return msr3_parse (at, length, record, flags | (with_samples ? MSF_UNPACKDATA : 0), 0);
}

/* Decodes the samples of a record that was parsed without. */
static int
record_decode (char *at, size_t length, Record **record)
{
  return record_parse (at, length, true, record);
}

static void
record_free (Record *record)
{
  msr3_free (&record);
}

static double
record_rate_hz (const Record *record)
{
  return msr3_sampratehz (record);
}

static int64_t
record_payload_length (const Record *record)
{
  return record->datalength;
}

static char *
record_key (Record *record)
{
  return g_strdup (record->sid);
}

static List *
list_new (void)
{
  return mstl3_init (NULL);
}

static void
list_free (List *list)
{
  mstl3_free (&list, 0);
}

/* Number of samples in the segment that took the record, 0 if none could. */
static int64_t
list_add (List *list, Record *record)
{
  const MS3TraceSeg *segment = mstl3_addmsr (list, record, 0, 1, 0, NULL);

  return segment != NULL ? segment->samplecnt : 0;
}

#elif defined(HPTMODULUS)

typedef MSRecord Record;
typedef MSTraceList List;
#define NS_PER_TICK (SEISMIC_NS_PER_SECOND / HPTMODULUS)
#define NO_TIME HPTERROR
#define DE_TEXT DE_ASCII

static int64_t
record_detect (const char *at, size_t left)
{
  return ms_detect (at, (int)left);
}

static int
record_parse (const char *at, size_t length, bool with_samples, Record **record)
{
  /* Not const in libmseed 2, which only reads it. */
  return msr_unpack ((char *)at, (int)length, record, with_samples, 0);
}

/* Decodes the samples of a record that was parsed without, which takes less than parsing
 * all again. Their byte order is blockette 1000's (SEED 2.4 manual, chapter 8), or where
 * there is none for libmseed to find out. */
static int
record_decode (const char *at, size_t length, Record **record)
{
  MSRecord *parsed = *record;
  if (parsed->Blkt1000 == NULL)
    return record_parse (at, length, true, record);
  const bool is_swapped =
      G_BYTE_ORDER == G_BIG_ENDIAN ? parsed->byteorder == 0 : parsed->byteorder > 0;
  const int n_samples = msr_unpack_data (parsed, is_swapped, 0);
  if (n_samples < 0)
    return n_samples;
  parsed->numsamples = n_samples;
  return MS_NOERROR;
}

static void
record_free (Record *record)
{
  msr_free (&record);
}

static double
record_rate_hz (const Record *record)
{
  return record->samprate;
}

static int64_t
record_payload_length (const Record *record)
{
  return (int64_t)record->reclen - record->fsdh->data_offset;
}

static char *
record_key (Record *record)
{
  char name[64];

  return g_strdup (msr_srcname (record, name, 0));
}

static List *
list_new (void)
{
  return mstl_init (NULL);
}

static void
list_free (List *list)
{
  mstl_free (&list, 0);
}

static int64_t
list_add (List *list, Record *record)
{
  const MSTraceSeg *segment = mstl_addmsr (list, record, 0, 1, -1.0, -1.0);

  return segment != NULL ? segment->samplecnt : 0;
}

#else
#error "This libmseed is neither 2.x nor 3.x."
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Record, record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (List, list_free)

/* Codes in records may hold any byte; ours are visible ASCII, cut off where it ends. */
static void
clean_code (char *code)
{
  size_t length = 0;

  for (size_t i = 0; g_ascii_isprint (code[i]); i++)
    if (code[i] != ' ')
      code[length++] = code[i];
  code[length] = '\0';
}

/* A new trace of one segment of either libmseed; without samples where it has none. */
static SeismicTrace *
make_trace (char codes[4][64], int64_t start, double rate_hz, char type,
            int64_t n_samples, const void *samples)
{
  for (int i = 0; i < 4; i++)
    clean_code (codes[i]);
  return seismic_trace_new (codes[0], codes[1], codes[2], codes[3], start * NS_PER_TICK,
                            rate_hz, (SeismicSampleType)type, samples, (size_t)n_samples);
}

#if defined(NSTMODULUS)

/* The segments of one channel, in the order of time. */
static void
list_take_traces (const List *list, const char *key, GPtrArray *traces)
{
  const MS3TraceID *id = list->traces.next[0];
  char codes[4][64] = {{0}};

  while (id != NULL && strcmp (id->sid, key) != 0)
    id = id->next[0];
  if (id == NULL)
    return;
  /* A source id of another making than FDSN's goes where it can be seen. */
  if (ms_sid2nslc_n (id->sid, codes[0], sizeof codes[0], codes[1], sizeof codes[1],
                     codes[2], sizeof codes[2], codes[3], sizeof codes[3]) != 0)
    g_strlcpy (codes[1], id->sid, sizeof codes[1]);
  for (const MS3TraceSeg *segment = id->first; segment != NULL; segment = segment->next) {
    const double rate_hz =
        segment->samprate < 0 ? -1.0 / segment->samprate : segment->samprate;

    g_ptr_array_add (traces,
                     make_trace (codes, segment->starttime, rate_hz, segment->sampletype,
                                 segment->samplecnt, segment->datasamples));
  }
}

#else

static void
list_take_traces (const List *list, const char *key, GPtrArray *traces)
{
  const MSTraceID *id = list->traces;
  char codes[4][64];

  while (id != NULL && strcmp (id->srcname, key) != 0)
    id = id->next;
  if (id == NULL)
    return;
  g_strlcpy (codes[0], id->network, sizeof codes[0]);
  g_strlcpy (codes[1], id->station, sizeof codes[1]);
  g_strlcpy (codes[2], id->location, sizeof codes[2]);
  g_strlcpy (codes[3], id->channel, sizeof codes[3]);
  for (const MSTraceSeg *segment = id->first; segment != NULL; segment = segment->next)
    g_ptr_array_add (traces, make_trace (codes, segment->starttime, segment->samprate,
                                         segment->sampletype, segment->samplecnt,
                                         segment->datasamples));
}

#endif

typedef struct {
  char *bytes; /* a copy or a mapping (n_bytes + PADDING); borrowed */
  size_t n_bytes;
  GHashTable *places; /* key → GArray of places; NULL: samples are kept; borrowed */
  size_t n_let_go;    /* bytes of a mapping that are not needed any more */
  SeismicMiniseedLog *log; /* borrowed */
  Record *record;          /* used again and again; owned */
  List *list;              /* owned */
  GPtrArray *keys;         /* channels in the order of first appearance; owned */
  GHashTable *seen;
  const char *key;        /* of the channel at hand, one of keys; borrowed */
  GArray *channel_places; /* of places, its own; borrowed */
  size_t record_length;   /* of the record before, 0 at first */
  size_t broken_at;       /* where an incomplete record begins, or NONE */
  size_t n_segments;      /* at most */
  size_t n_unsupported; /* records of a version or encoding that libmseed does not know */
  SeismicMiniseedReport report;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->record, record_free);
  g_clear_pointer (&reader->list, list_free);
  g_clear_pointer (&reader->keys, g_ptr_array_unref);
  g_clear_pointer (&reader->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* SEED 2.4 manual, chapter 8: the quality at byte 6, year and day of the year (either
 * byte order) at 20. libmseed looks at the rest. */
static bool
looks_like_version_2 (const uint8_t *at)
{
  const unsigned big_year = at[20] << 8 | at[21], big_day = at[22] << 8 | at[23];
  const unsigned little_year = at[21] << 8 | at[20], little_day = at[23] << 8 | at[22];

  return at[6] != '\0' && strchr ("DRQM", at[6]) != NULL &&
         ((big_year >= 1900 && big_year <= 2100 && big_day >= 1 && big_day <= 366) ||
          (little_year >= 1900 && little_year <= 2100 && little_day >= 1 &&
           little_day <= 366));
}

/* https://docs.fdsn.org/projects/miniseed3: "MS", 3, then the clock at byte 12. */
static bool
looks_like_version_3 (const uint8_t *at)
{
  return at[0] == 'M' && at[1] == 'S' && at[2] == 3 && at[12] <= 23 && at[13] <= 59 &&
         at[14] <= 60;
}

static size_t
version_3_length (const uint8_t *at)
{
  const size_t extra = at[34] | at[35] << 8;
  const size_t data = at[36] | at[37] << 8 | at[38] << 16 | (size_t)at[39] << 24;

  return 40 + at[33] + extra + data;
}

/* Length of a record that neither says it nor is followed by another. */
static size_t
guess_length (const Reader *reader, size_t left)
{
  const bool power_of_2 = (left & (left - 1)) == 0;

  if (power_of_2 && left >= MINRECLEN && left <= SEARCH_WINDOW)
    return left;
  return reader->record_length;
}

/* The length that the record at offset claims, which may be more than there is; 0 if no
 * record begins there. The padding makes 48 bytes of header readable everywhere. */
static size_t
claimed_length (const Reader *reader, size_t offset)
{
  const uint8_t *at = (const uint8_t *)reader->bytes + offset;
  const size_t left = reader->n_bytes - offset;

  if (looks_like_version_3 (at))
    return version_3_length (at);
  if (!looks_like_version_2 (at))
    return 0;

  const int64_t length =
      record_detect (reader->bytes + offset, MIN (left, SEARCH_WINDOW));
  if (length < 0)
    return 0;
  if (length > 0)
    return length >= MINRECLEN && length <= MAXRECLEN ? (size_t)length : 0;
  const size_t guess = guess_length (reader, left);
  return guess > 0 ? guess : left + 1;
}

/* Bytes that a sample takes at least, so that a lie about their number shows; −1 for an
 * encoding that libmseed does not know. */
static int64_t
encoded_size (int encoding)
{
  switch (encoding) {
  case -1:        /* not told: without blockette 1000, libmseed takes Steim1 */
  case DE_STEIM1: /* libmseed counts their frames itself */
  case DE_STEIM2:
    return 0;
  case DE_INT16:
  case DE_GEOSCOPE163:
  case DE_GEOSCOPE164:
  case DE_CDSN:
  case DE_SRO:
  case DE_DWWSSN:
    return 2;
  case DE_GEOSCOPE24:
    return 3;
  case DE_INT32:
  case DE_FLOAT32:
    return 4;
  case DE_FLOAT64:
    return 8;
  default:
    return -1;
  }
}

/* Whether the header keeps within its record and within the times we can tell. */
static bool
header_is_sound (Reader *reader, size_t length)
{
  const Record *record = reader->record;
  const double rate_hz = record_rate_hz (record);
  const int64_t payload = record_payload_length (record);
  const int64_t sample_size = encoded_size (record->encoding);
  int64_t start_ns, end_ns;

  if (sample_size < 0) {
    seismic_miniseed_log_note (reader->log, "A record has the unknown encoding %d",
                               (int)record->encoding);
    reader->n_unsupported++;
    return false;
  }
  if ((size_t)record->reclen != length || payload <= 0 || payload > (int64_t)length ||
      record->samplecnt > (int64_t)length * 2 ||
      record->samplecnt * sample_size > payload) {
    seismic_miniseed_log_note (
        reader->log, "A record of %zu bytes claims %" G_GINT64_FORMAT " samples", length,
        (int64_t)record->samplecnt);
    return false;
  }
  if (!(rate_hz >= SEISMIC_MINISEED_MIN_RATE_HZ &&
        rate_hz <= SEISMIC_MINISEED_MAX_RATE_HZ)) {
    seismic_miniseed_log_note (reader->log, "A record has samples at a rate of %g Hz",
                               rate_hz);
    return false;
  }
  const int64_t span_ns = seismic_time_of_sample ((size_t)record->samplecnt, rate_hz);
  if (record->starttime == NO_TIME ||
      __builtin_mul_overflow (record->starttime, NS_PER_TICK, &start_ns) ||
      __builtin_add_overflow (start_ns, span_ns, &end_ns)) {
    seismic_miniseed_log_note (reader->log,
                               "A record's time is beyond the years 1678 to 2262");
    return false;
  }
  return true;
}

static bool
type_is_known (char type)
{
  return type == SEISMIC_SAMPLE_INT32 || type == SEISMIC_SAMPLE_FLOAT32 ||
         type == SEISMIC_SAMPLE_FLOAT64;
}

/* Makes the channel of that key the one at hand; key is taken. */
static void
turn_to_channel (Reader *reader, char *key)
{
  gpointer known = NULL;

  if (reader->key != NULL && g_str_equal (reader->key, key)) {
    g_free (key);
    return;
  }
  if (g_hash_table_lookup_extended (reader->seen, key, &known, NULL)) {
    g_free (key);
    key = known;
  } else {
    g_hash_table_add (reader->seen, key);
    g_ptr_array_add (reader->keys, key);
    if (reader->places != NULL)
      g_hash_table_insert (reader->places, g_strdup (key),
                           g_array_new (FALSE, FALSE, sizeof (SeismicMiniseedPlace)));
  }
  reader->key = key;
  if (reader->places != NULL)
    reader->channel_places = g_hash_table_lookup (reader->places, key);
}

/* Gives the mapping's pages before offset back; the file still has them. */
static void
let_go (Reader *reader, size_t offset)
{
  if (reader->places == NULL || offset - reader->n_let_go < LET_GO_BYTES)
    return;
  offset -= offset % LET_GO_BYTES;
  madvise (reader->bytes + reader->n_let_go, offset - reader->n_let_go, MADV_DONTNEED);
  reader->n_let_go = offset;
}

/* Decodes the samples and adds them to the list. */
static bool
reader_take_samples (Reader *reader, size_t offset, size_t length)
{
  const int status = record_decode (reader->bytes + offset, length, &reader->record);

  if (status != MS_NOERROR || reader->record->numsamples != reader->record->samplecnt ||
      !type_is_known (reader->record->sampletype))
    return false;

  /* Where only its place is kept, the samples have been decoded to see that they can. */
  if (reader->places != NULL)
    reader->record->numsamples = 0;
  const int64_t n_in_segment = list_add (reader->list, reader->record);
  if (n_in_segment == 0)
    return false;
  if (n_in_segment == reader->record->samplecnt)
    reader->n_segments++;

  turn_to_channel (reader, record_key (reader->record));
  if (reader->channel_places != NULL) {
    const SeismicMiniseedPlace place = {(uint32_t)offset, (uint32_t)length};
    g_array_append_val (reader->channel_places, place);
  }
  reader->report.n_records++;
  return true;
}

/* FALSE if it is a bad record. */
static bool
reader_take_record (Reader *reader, size_t offset, size_t length)
{
#if !defined(NSTMODULUS)
  if (looks_like_version_3 ((const uint8_t *)reader->bytes + offset)) {
    seismic_miniseed_log_note (reader->log, "miniSEED 3 needs libmseed 3; this is %s",
                               LIBMSEED_VERSION);
    reader->n_unsupported++;
    return false;
  }
#endif
  if (record_parse (reader->bytes + offset, length, false, &reader->record) != MS_NOERROR)
    return false;
  if (reader->record->samplecnt <= 0) {
    reader->report.n_empty_records++;
    return true;
  }
  if (reader->record->encoding == DE_TEXT) {
    reader->report.n_text_records++;
    return true;
  }
  return header_is_sound (reader, length) && reader_take_samples (reader, offset, length);
}

/* A bad record is believed its length only if another, or the end, follows. */
static bool
length_is_credible (const Reader *reader, size_t offset, size_t length)
{
  return offset + length == reader->n_bytes ||
         claimed_length (reader, offset + length) > 0;
}

static bool
reader_read (Reader *reader, GError **error)
{
  size_t offset = 0;

  while (offset < reader->n_bytes) {
    const size_t length = claimed_length (reader, offset);

    let_go (reader, offset);
    if (length == 0 || length > reader->n_bytes - offset) {
      if (length > 0 && reader->broken_at == NONE)
        reader->broken_at = offset;
      reader->report.n_noise_bytes++;
      offset++;
      continue;
    }
    /* What seemed to be cut off was not the end. */
    if (reader->broken_at != NONE)
      reader->report.n_bad_records++;
    reader->broken_at = NONE;

    const bool good = reader_take_record (reader, offset, length);
    if (!good)
      reader->report.n_bad_records++;
    if (good || length_is_credible (reader, offset, length)) {
      reader->record_length = length;
      offset += length;
    } else {
      reader->report.n_noise_bytes++;
      offset++;
    }
    if (reader->n_segments > MAX_SEGMENTS) {
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                   "more than %d separate segments of data", MAX_SEGMENTS);
      return false;
    }
  }
  if (reader->broken_at != NONE) {
    reader->report.n_tail_bytes = reader->n_bytes - reader->broken_at;
    reader->report.n_noise_bytes -= reader->report.n_tail_bytes;
  }
  return true;
}

/* Nothing was read: why, as far as that is a failure. */
static bool
reader_explain (const Reader *reader, GError **error)
{
  const SeismicMiniseedReport *report = &reader->report;
  const char *complaint = seismic_miniseed_log_first (reader->log);

  if (report->n_records + report->n_text_records + report->n_empty_records > 0)
    return true;
  if (reader->n_unsupported > 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED, "%s", complaint);
  else if (report->n_bad_records > 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "none of %zu miniSEED records can be decoded: %s", report->n_bad_records,
                 complaint[0] != '\0' ? complaint : "damaged");
  else if (report->n_tail_bytes > 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                 "ends within its first miniSEED record");
  else
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED,
                 "no miniSEED record in %zu bytes", reader->n_bytes);
  return false;
}

bool
seismic_miniseed_read_padded (char *bytes, size_t n_bytes, GHashTable *places,
                              GPtrArray *keys, GPtrArray **traces,
                              SeismicMiniseedReport *report, GError **error)
{
  g_autoptr (SeismicMiniseedLog) log = seismic_miniseed_log_open ();
  g_auto (Reader) reader = {.bytes = bytes,
                            .n_bytes = n_bytes,
                            .places = places,
                            .log = log,
                            .broken_at = NONE};
  reader.list = list_new ();
  reader.keys = g_ptr_array_new ();
  reader.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!reader_read (&reader, error) || !reader_explain (&reader, error))
    return false;

  *traces = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (guint i = 0; i < reader.keys->len; i++) {
    list_take_traces (reader.list, reader.keys->pdata[i], *traces);
    while (keys != NULL && keys->len < (*traces)->len)
      g_ptr_array_add (keys, g_strdup (reader.keys->pdata[i]));
  }
  if (report != NULL) {
    *report = reader.report;
    g_strlcpy (report->message, seismic_miniseed_log_first (log), sizeof report->message);
  }
  return true;
}

bool
seismic_miniseed_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **traces,
                       SeismicMiniseedReport *report, GError **error)
{
  if (n_bytes == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "0 bytes");
    return false;
  }
  if (n_bytes > SIZE_MAX - PADDING) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE, "%zu bytes", n_bytes);
    return false;
  }

  g_autofree char *padded = g_malloc (n_bytes + PADDING);
  memcpy (padded, bytes, n_bytes);
  memset (padded + n_bytes, 0, PADDING);

  return seismic_miniseed_read_padded (padded, n_bytes, NULL, NULL, traces, report,
                                       error);
}
