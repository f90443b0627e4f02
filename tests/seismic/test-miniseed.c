#include "seismic/miniseed.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "support/shared.h"
#include "support/tsv.h"

#include <math.h>
#include <string.h>

#define START_NS INT64_C (1571117592810123000)

/* A trace of a random walk, whose steps Steim2 packs with all its widths. */
static SeismicTrace *
walk (const char *channel, int64_t start_ns, double rate_hz, size_t n_samples,
      guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree int32_t *samples = g_new (int32_t, n_samples);
  int32_t value = -1000;

  for (size_t i = 0; i < n_samples; i++) {
    const int32_t span = 1 << g_rand_int_range (random, 1, 20);

    value += g_rand_int_range (random, -span, span);
    samples[i] = value;
  }
  return seismic_trace_new ("NC", "C010", "01", channel, start_ns, rate_hz,
                            SEISMIC_SAMPLE_INT32, samples, n_samples);
}

/* The bytes of one trace, in records of 512. */
static GByteArray *
written (SeismicTrace *trace)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (traces, trace);
  GBytes *bytes = seismic_miniseed_write (traces, &error);
  g_assert_no_error (error);
  return g_bytes_unref_to_array (bytes);
}

static GPtrArray *
read_bytes (const GByteArray *bytes, SeismicMiniseedReport *report)
{
  GPtrArray *traces = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      seismic_miniseed_read (bytes->data, bytes->len, &traces, report, &error));
  g_assert_no_error (error);
  g_assert_nonnull (traces);
  return traces;
}

static void
assert_refused (const void *bytes, size_t n_bytes, int code)
{
  GPtrArray *traces = (gpointer)1;
  SeismicMiniseedReport report;
  g_autoptr (GError) error = NULL;

  memset (&report, 7, sizeof report);
  const SeismicMiniseedReport before = report;
  g_assert_false (seismic_miniseed_read (bytes, n_bytes, &traces, &report, &error));
  g_assert_error (error, SEISMIC_ERROR, code);
  g_assert_true (traces == (gpointer)1);
  g_assert_cmpmem (&report, sizeof report, &before, sizeof before);
}

static void
assert_same_samples (const SeismicTrace *got, const SeismicTrace *expected)
{
  g_assert_cmpint (got->type, ==, expected->type);
  g_assert_cmpmem (got->samples, got->n_samples * seismic_sample_size (got->type),
                   expected->samples,
                   expected->n_samples * seismic_sample_size (expected->type));
}

/* A record of 512 bytes by hand, so that the reader is not only tried on what the writer
 * makes. SEED 2.4 manual, chapter 8: fixed header, then blockette 1000. */
static GByteArray *
record_by_hand (bool big_endian, uint8_t encoding, uint16_t n_samples, int16_t rate,
                const void *payload, size_t payload_length)
{
  uint8_t record[512] = "000001D ABC  00HNENC";
  const uint16_t year = 2019, day = 288;
  const struct {
    size_t at;
    uint16_t value;
  } fields[] = {{20, year}, {22, day}, {30, n_samples}, {32, (uint16_t)rate},
                {34, 1},    {44, 64},  {46, 48},        {48, 1000}};

  record[24] = 5;
  record[25] = 33;
  record[26] = 12;
  record[39] = 1; /* one blockette */
  record[52] = encoding;
  record[53] = big_endian ? 1 : 0;
  record[54] = 9; /* 2^9 bytes */
  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++) {
    record[fields[i].at + (big_endian ? 0 : 1)] = fields[i].value >> 8;
    record[fields[i].at + (big_endian ? 1 : 0)] = fields[i].value & 255;
  }
  memcpy (record + 64, payload, payload_length);
  return g_byte_array_append (g_byte_array_new (), record, sizeof record);
}

static void
test_by_hand (void)
{
  const uint8_t big[] = {0, 0, 0, 1, 255, 255, 255, 254, 0, 1, 0, 0};
  const uint8_t little[] = {1, 0, 0, 0, 254, 255, 255, 255, 0, 0, 1, 0};
  const int32_t expected[] = {1, -2, 65536};

  for (int big_endian = 0; big_endian <= 1; big_endian++) {
    g_autoptr (GByteArray) bytes =
        record_by_hand (big_endian, 3, 3, 100, big_endian ? big : little, sizeof big);
    SeismicMiniseedReport report;
    g_autoptr (GPtrArray) traces = read_bytes (bytes, &report);
    const SeismicTrace *trace = traces->pdata[0];
    int64_t start_ns = 0;

    g_assert_cmpuint (traces->len, ==, 1);
    g_assert_cmpstr (trace->network, ==, "NC");
    g_assert_cmpstr (trace->station, ==, "ABC");
    g_assert_cmpstr (trace->location, ==, "00");
    g_assert_cmpstr (trace->channel, ==, "HNE");
    g_assert_true (seismic_time_parse ("2019-10-15T05:33:12Z", &start_ns));
    g_assert_cmpint (trace->start_ns, ==, start_ns);
    g_assert_cmpfloat (trace->rate_hz, ==, 100);
    g_assert_cmpint (trace->type, ==, SEISMIC_SAMPLE_INT32);
    g_assert_cmpmem (trace->samples, trace->n_samples * 4, expected, sizeof expected);
    g_assert_cmpuint (report.n_records, ==, 1);
    g_assert_cmpuint (report.n_noise_bytes, ==, 0);
    g_assert_cmpstr (report.message, ==, "");
  }
}

static void
test_floats (void)
{
  const uint8_t single[] = {0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0};
  const uint8_t exact[] = {0xbf, 0xe0, 0, 0, 0, 0, 0, 0};
  g_autoptr (GByteArray) bytes_f = record_by_hand (true, 4, 2, 1, single, sizeof single);
  g_autoptr (GByteArray) bytes_d = record_by_hand (true, 5, 1, 1, exact, sizeof exact);
  g_autoptr (GPtrArray) f = read_bytes (bytes_f, NULL);
  g_autoptr (GPtrArray) d = read_bytes (bytes_d, NULL);
  const SeismicTrace *trace_f = f->pdata[0], *trace_d = d->pdata[0];

  g_assert_cmpint (trace_f->type, ==, SEISMIC_SAMPLE_FLOAT32);
  g_assert_cmpfloat (seismic_trace_value (trace_f, 0), ==, 1.5);
  g_assert_cmpfloat (seismic_trace_value (trace_f, 1), ==, -2);
  g_assert_cmpint (trace_d->type, ==, SEISMIC_SAMPLE_FLOAT64);
  g_assert_cmpfloat (seismic_trace_value (trace_d, 0), ==, -0.5);
}

static void
test_skipped_records (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 5000, 1);
  g_autoptr (GByteArray) good = written (trace);
  g_autoptr (GByteArray) text = record_by_hand (true, 0, 5, 0, "hello", 5);
  g_autoptr (GByteArray) empty = record_by_hand (true, 3, 0, 100, "", 0);
  g_autoptr (GByteArray) liar = record_by_hand (true, 3, 113, 100, "", 0);
  g_autoptr (GByteArray) still = record_by_hand (true, 3, 3, 0, "", 0);
  g_autoptr (GByteArray) strange = record_by_hand (true, 99, 3, 100, "", 0);
  const GByteArray *parts[] = {text, good, empty, liar, still, strange};
  g_autoptr (GByteArray) all = g_byte_array_new ();
  SeismicMiniseedReport report;

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    g_byte_array_append (all, parts[i]->data, parts[i]->len);
  g_autoptr (GPtrArray) traces = read_bytes (all, &report);
  g_assert_cmpuint (traces->len, ==, 1);
  assert_same_samples (traces->pdata[0], trace);
  g_assert_cmpuint (report.n_records, ==, good->len / 512);
  g_assert_cmpuint (report.n_text_records, ==, 1);
  g_assert_cmpuint (report.n_empty_records, ==, 1);
  g_assert_cmpuint (report.n_bad_records, ==, 3);
  g_assert_cmpuint (report.n_noise_bytes, ==, 0);
  g_assert_cmpuint (report.n_tail_bytes, ==, 0);
  g_assert_cmpstr (report.message, !=, "");

  /* Alone: text and emptiness are answers, what cannot be decoded is a failure. */
  g_autoptr (GPtrArray) of_text = read_bytes (text, &report);
  g_assert_cmpuint (of_text->len, ==, 0);
  g_assert_cmpuint (report.n_text_records, ==, 1);
  g_autoptr (GPtrArray) of_empty = read_bytes (empty, &report);
  g_assert_cmpuint (of_empty->len, ==, 0);
  g_assert_cmpuint (report.n_empty_records, ==, 1);
  assert_refused (liar->data, liar->len, SEISMIC_ERROR_DAMAGED);
  assert_refused (still->data, still->len, SEISMIC_ERROR_DAMAGED);
  assert_refused (strange->data, strange->len, SEISMIC_ERROR_UNSUPPORTED);
}

static void
test_noise (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 5000, 1);
  g_autoptr (GByteArray) good = written (trace);
  const char *html = "<html>503 D R Q M 000001D \r\n</html>";

  /* Noise of any length in front, between, and behind. */
  for (guint n_noise = 0; n_noise <= 130; n_noise += 13) {
    g_autoptr (GByteArray) all = g_byte_array_new ();
    SeismicMiniseedReport report;
    size_t n_total = 0;

    for (guint at = 0; at <= good->len; at += 512) {
      for (guint i = 0; i < n_noise; i++, n_total++)
        g_byte_array_append (all, (const guint8 *)&html[i % strlen (html)], 1);
      if (at < good->len)
        g_byte_array_append (all, good->data + at, 512);
    }
    g_autoptr (GPtrArray) traces = read_bytes (all, &report);
    g_assert_cmpuint (traces->len, ==, 1);
    assert_same_samples (traces->pdata[0], trace);
    g_assert_cmpuint (report.n_noise_bytes, ==, n_total);
    g_assert_cmpuint (report.n_bad_records, ==, 0);
    g_assert_cmpuint (report.n_tail_bytes, ==, 0);
  }
}

static void
test_tail (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 5000, 1);
  g_autoptr (GByteArray) good = written (trace);

  for (guint cut = 64; cut < 512; cut += 64) {
    g_autoptr (GByteArray) part = g_byte_array_new ();
    SeismicMiniseedReport report;

    g_byte_array_append (part, good->data, good->len - cut);
    g_autoptr (GPtrArray) traces = read_bytes (part, &report);
    const SeismicTrace *got = traces->pdata[0];

    g_assert_cmpuint (traces->len, ==, 1);
    g_assert_cmpuint (report.n_records, ==, good->len / 512 - 1);
    g_assert_cmpuint (report.n_tail_bytes, ==, 512 - cut);
    g_assert_cmpuint (report.n_noise_bytes, ==, 0);
    g_assert_cmpuint (got->n_samples, <, trace->n_samples);
    g_assert_cmpmem (got->samples, got->n_samples * 4, trace->samples,
                     got->n_samples * 4);
  }
  assert_refused (good->data, 300, SEISMIC_ERROR_DAMAGED);
}

/* A record in the middle that claims to be longer than the file must not hide the rest.
 */
static void
test_long_liar (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 5000, 1);
  g_autoptr (GByteArray) good = written (trace);
  g_autoptr (GByteArray) all = record_by_hand (true, 3, 3, 100, "", 0);
  SeismicMiniseedReport report;

  all->data[54] = 20; /* 2^20 bytes */
  g_byte_array_append (all, good->data, good->len);
  g_autoptr (GPtrArray) traces = read_bytes (all, &report);
  assert_same_samples (traces->pdata[0], trace);
  g_assert_cmpuint (report.n_bad_records, ==, 1);
  g_assert_cmpuint (report.n_noise_bytes, ==, 512);
  g_assert_cmpuint (report.n_tail_bytes, ==, 0);
}

static void
test_not_miniseed (void)
{
  const char *html = "<!DOCTYPE HTML><html><body>503 Service Unavailable</body></html>";
  g_autofree uint8_t *zeros = g_malloc0 (4096);
  uint8_t version_3[60] = {'M', 'S', 3};

  assert_refused ("", 0, SEISMIC_ERROR_EMPTY);
  assert_refused (NULL, 0, SEISMIC_ERROR_EMPTY);
  assert_refused ("D", 1, SEISMIC_ERROR_NOT_MINISEED);
  assert_refused (html, strlen (html), SEISMIC_ERROR_NOT_MINISEED);
  assert_refused (zeros, 4096, SEISMIC_ERROR_NOT_MINISEED);
  version_3[33] = 20; /* a source id, no data: whole, yet nothing to read */
  GPtrArray *traces = NULL;
  g_autoptr (GError) error = NULL;
  if (!seismic_miniseed_read (version_3, sizeof version_3, &traces, NULL, &error))
    g_assert_cmpint (error->code, !=, SEISMIC_ERROR_NOT_MINISEED);
  g_clear_pointer (&traces, g_ptr_array_unref);
}

/* Gaps, overlaps and repeats stay segments; channels come as they appear. */
static void
test_segments (void)
{
  g_autoptr (SeismicTrace) z = walk ("HNZ", START_NS, 100, 900, 1);
  g_autoptr (SeismicTrace) e = walk ("HNE", START_NS, 100, 1000, 2);
  g_autoptr (SeismicTrace) late =
      walk ("HNE", START_NS + 30 * SEISMIC_NS_PER_SECOND, 100, 1000, 3);
  g_autoptr (SeismicTrace) next =
      walk ("HNE", START_NS + 10 * SEISMIC_NS_PER_SECOND + 4000000, 100, 500, 4);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (all, z);
  g_ptr_array_add (all, late);
  g_ptr_array_add (all, e);
  g_ptr_array_add (all, z);
  g_ptr_array_add (all, next); /* 4 ms late: within half a sample of the end of e */
  g_autoptr (GBytes) bytes = seismic_miniseed_write (all, &error);
  g_assert_no_error (error);
  g_assert_true (seismic_miniseed_read (g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), &traces, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (traces->len, ==, 4);
  const SeismicTrace *joined = traces->pdata[2];

  assert_same_samples (traces->pdata[0], z);
  assert_same_samples (traces->pdata[1], z);
  g_assert_cmpstr (joined->channel, ==, "HNE");
  g_assert_cmpint (joined->start_ns, ==, START_NS);
  g_assert_cmpuint (joined->n_samples, ==, 1500);
  g_assert_cmpmem (joined->samples, 4000, e->samples, 4000);
  assert_same_samples (traces->pdata[3], late);
}

/* A wrong byte inside the frames: libmseed keeps the samples and says so. */
static void
test_damaged_steim (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 5000, 1);
  g_autoptr (GByteArray) bytes = written (trace);
  SeismicMiniseedReport report;

  bytes->data[64 + 8 + 3] ^= 0x55; /* the last sample that the first record promises */
  g_autoptr (GPtrArray) traces = read_bytes (bytes, &report);
  assert_same_samples (traces->pdata[0], trace);
  g_assert_nonnull (strstr (report.message, "ntegrity check"));
}

/* No bytes, however wrong, may crash the reader, print, or break what it promises. */
static void
test_mutations (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20191015);
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 3000, 1);
  g_autoptr (GByteArray) good = written (trace);
  g_autoptr (GByteArray) plain = record_by_hand (false, 3, 100, 100, "", 0);
  g_byte_array_append (good, plain->data, plain->len);
  const int n_rounds = g_test_thorough () ? 200000 : 6000;

  for (int round = 0; round < n_rounds; round++) {
    const guint n_bytes = round % 3 == 0
                              ? (guint)g_rand_int_range (random, 1, (gint32)good->len)
                              : good->len;
    g_autofree uint8_t *bytes = g_memdup2 (good->data, n_bytes);
    const int n_changes = g_rand_int_range (random, 1, 9);

    /* Every second change hits a header, where lies are told. */
    for (int i = 0; i < n_changes; i++) {
      guint at = (guint)g_rand_int_range (random, 0, (gint32)n_bytes);

      if (i % 2 == 0)
        at = MIN (at / 512 * 512 + at % 80, n_bytes - 1);
      bytes[at] = (uint8_t)g_rand_int_range (random, 0, 256);
    }

    GPtrArray *traces = NULL;
    SeismicMiniseedReport report;
    GError *error = NULL;
    if (!seismic_miniseed_read (bytes, n_bytes, &traces, &report, &error)) {
      g_assert_nonnull (error);
      g_assert_null (traces);
      g_clear_error (&error);
      continue;
    }
    size_t n_samples = 0;
    for (guint i = 0; i < traces->len; i++) {
      const SeismicTrace *got = traces->pdata[i];

      n_samples += got->n_samples;
      g_assert_cmpfloat (got->rate_hz, >, 0);
      g_assert_cmpuint (got->n_samples, >, 0);
      g_assert_true (g_str_is_ascii (got->station));
      seismic_trace_checksum (got);
    }
    g_assert_cmpuint (n_samples, <=, 8 * (size_t)n_bytes);
    g_assert_cmpuint (report.n_noise_bytes + report.n_tail_bytes, <=, n_bytes);
    g_assert_true (g_str_is_ascii (report.message));
    g_ptr_array_unref (traces);
  }
}

static gpointer
read_again_and_again (gpointer data)
{
  const GByteArray *bytes = data;
  gsize n_good = 0;

  for (int i = 0; i < 50; i++) {
    SeismicMiniseedReport report;
    g_autoptr (GPtrArray) traces = read_bytes (bytes, &report);

    n_good += traces->len == 1 && report.message[0] == '\0' ? 1 : 0;
  }
  return GSIZE_TO_POINTER (n_good);
}

static gpointer
fail_again_and_again (gpointer data)
{
  gsize n_refused = 0;

  for (int i = 0; i < 50; i++) {
    g_autoptr (GByteArray) strange = record_by_hand (true, 99, 3, 100, "", 0);
    GPtrArray *traces = NULL;
    g_autoptr (GError) error = NULL;

    seismic_miniseed_read (strange->data, strange->len, &traces, NULL, &error);
    n_refused +=
        g_error_matches (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED) ? 1 : 0;
  }
  return GSIZE_TO_POINTER (n_refused);
}

static void
test_threads (void)
{
  g_autoptr (SeismicTrace) trace = walk ("HNE", START_NS, 100, 3000, 1);
  g_autoptr (GByteArray) good = written (trace);
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = i % 2 == 0 ? g_thread_new ("read", read_again_and_again, good)
                            : g_thread_new ("fail", fail_again_and_again, NULL);
  for (int i = 0; i < 4; i++)
    g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (threads[i])), ==, 50);
}

/* Files in which we knowingly differ from libmseed 3's reading. */
typedef struct {
  const char *file;     /* or, with a leading dot, a suffix */
  const char *expected; /* what then differs */
  const char *cause;
} Difference;

static const Difference differences[] = {
    {"nasty/microsecond_wrap.mseed", "1 segments, not 0",
     "a start of 10000 units of 0.1 ms is the next second; libmseed 3 refuses it"},
    {".mseed3", "miniSEED 3 needs libmseed 3", "libmseed 2 has no miniSEED 3"},
};

static const char *
known_difference (const char *file, const char *difference)
{
  for (size_t i = 0; i < G_N_ELEMENTS (differences); i++) {
    const Difference *known = &differences[i];
    const bool same = known->file[0] == '.' ? g_str_has_suffix (file, known->file)
                                            : g_str_equal (file, known->file);

    if (same && g_str_has_prefix (difference, known->expected))
      return known->cause;
  }
  return NULL;
}

/* "FDSN:NC_C010_01_H_N_E", as the collection names channels. */
static char *
source_id (const SeismicTrace *trace)
{
  const char *c = trace->channel;

  if (strlen (c) == 3)
    return g_strdup_printf ("FDSN:%s_%s_%s_%c_%c_%c", trace->network, trace->station,
                            trace->location, c[0], c[1], c[2]);
  /* Band, source and subsource are kept apart even where there is no channel. */
  return g_strdup_printf ("FDSN:%s_%s_%s_%s", trace->network, trace->station,
                          trace->location, c[0] != '\0' ? c : "__");
}

static void
extremes (const SeismicTrace *trace, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (size_t i = 0; i < trace->n_samples; i++) {
    *low = MIN (*low, seismic_trace_value (trace, i));
    *high = MAX (*high, seismic_trace_value (trace, i));
  }
}

static bool
about (double value, const char *expected)
{
  const double number = g_ascii_strtod (expected, NULL);

  return isnan (number) || fabs (value - number) <= 1e-6 * fabs (number);
}

/* What differs between a trace and its row, or NULL. */
static char *
compare_segment (const SeismicTrace *trace, GHashTable *row)
{
  g_autofree char *id = source_id (trace);
  g_autofree char *start = seismic_time_format (trace->start_ns, 6);
  g_autofree char *count = g_strdup_printf ("%zu", trace->n_samples);
  g_autofree char *checksum =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x", seismic_trace_checksum (trace));
  const char type[] = {(char)trace->type, '\0'};
  const struct {
    const char *column;
    const char *value;
  } fields[] = {
      {"sid", id},
      {"start", start},
      {"nsamples", count},
      {"sampletype", type},
      {"fnv1a64_le_samples", checksum},
  };
  double low, high;

  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *expected = test_tsv_field (row, fields[i].column);

    if (!g_str_equal (expected, fields[i].value))
      return g_strdup_printf ("%s is %s, not %s", fields[i].column, fields[i].value,
                              expected);
  }
  extremes (trace, &low, &high);
  if (!about (trace->rate_hz, test_tsv_field (row, "rate")) ||
      !about (low, test_tsv_field (row, "min")) ||
      !about (high, test_tsv_field (row, "max")))
    return g_strdup_printf ("rate %g, min %g or max %g", trace->rate_hz, low, high);
  return NULL;
}

/* The rows of data that EXPECTED.tsv has for a file. */
static GPtrArray *
rows_of_file (GPtrArray *table, const char *file)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < table->len; i++) {
    GHashTable *row = table->pdata[i];
    const char *type = test_tsv_field (row, "sampletype");

    if (g_str_equal (test_tsv_field (row, "file"), file) &&
        strchr ("ifd", type[0]) != NULL)
      g_ptr_array_add (rows, row);
  }
  return rows;
}

/* EXPECTED.tsv sorts channels by name, we by first appearance: each trace takes the first
 * free row that it equals. */
static char *
compare_traces (GPtrArray *traces, GPtrArray *rows)
{
  if (traces->len != rows->len)
    return g_strdup_printf ("%u segments, not %u", traces->len, rows->len);
  for (guint i = 0; i < traces->len; i++) {
    g_autofree char *first = NULL;
    bool found = false;

    for (guint j = 0; j < rows->len && !found; j++) {
      g_autofree char *difference = compare_segment (traces->pdata[i], rows->pdata[j]);

      found = difference == NULL;
      if (found)
        g_ptr_array_remove_index (rows, j);
      else if (first == NULL)
        first = g_steal_pointer (&difference);
    }
    if (!found)
      return g_steal_pointer (&first);
  }
  return NULL;
}

static char *
compare_file (const char *folder, const char *file, GPtrArray *table)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *bytes = NULL;
  gsize n_bytes;
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GPtrArray) rows = rows_of_file (table, file);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  if (!seismic_miniseed_read ((const uint8_t *)bytes, n_bytes, &traces, NULL, &error)) {
    /* Where there is nothing to read, a failure is the agreement. */
    return rows->len == 0 ? NULL : g_strdup (error->message);
  }
  return compare_traces (traces, rows);
}

/* Every file of the collection, against libmseed 3's reading. */
static void
test_shared_files (void)
{
  g_autofree char *folder = test_shared_path ("data", NULL);
  if (folder == NULL)
    return;
  g_autofree char *expected = g_build_filename (folder, "EXPECTED.tsv", NULL);
  g_autoptr (GPtrArray) table = test_tsv_read (expected);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_failed = 0;

  for (guint i = 0; i < table->len; i++) {
    const char *file = test_tsv_field (table->pdata[i], "file");

    if (!g_hash_table_add (done, (gpointer)file))
      continue;
    g_autofree char *difference = compare_file (folder, file, table);
    if (difference == NULL)
      continue;
    const char *cause = known_difference (file, difference);
    g_test_message ("%s: %s: %s", file, difference, cause != NULL ? cause : "unknown");
    n_failed += cause == NULL ? 1 : 0;
  }
  g_assert_cmpuint (g_hash_table_size (done), >, 100);
  g_assert_cmpuint (n_failed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/miniseed/by-hand", test_by_hand);
  g_test_add_func ("/seismic/miniseed/floats", test_floats);
  g_test_add_func ("/seismic/miniseed/skipped-records", test_skipped_records);
  g_test_add_func ("/seismic/miniseed/noise", test_noise);
  g_test_add_func ("/seismic/miniseed/tail", test_tail);
  g_test_add_func ("/seismic/miniseed/long-liar", test_long_liar);
  g_test_add_func ("/seismic/miniseed/not-miniseed", test_not_miniseed);
  g_test_add_func ("/seismic/miniseed/segments", test_segments);
  g_test_add_func ("/seismic/miniseed/damaged-steim", test_damaged_steim);
  g_test_add_func ("/seismic/miniseed/mutations", test_mutations);
  g_test_add_func ("/seismic/miniseed/threads", test_threads);
  g_test_add_func ("/seismic/miniseed/shared-files", test_shared_files);
  return g_test_run ();
}
