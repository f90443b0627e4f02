#include "seismic/error.h"
#include "seismic/miniseed.h"
#include "seismic/time.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define START_NS INT64_C (1571117592810123000)

static SeismicTrace *
make (const int32_t *samples, size_t n_samples, int64_t start_ns, double rate_hz)
{
  return seismic_trace_new ("SY", "STN01", "", "HNZ", start_ns, rate_hz,
                            SEISMIC_SAMPLE_INT32, samples, n_samples);
}

static GBytes *
write_one (SeismicTrace *trace, GError **error)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();

  g_ptr_array_add (traces, trace);
  return seismic_miniseed_write (traces, error);
}

/* Writes, reads, and demands the same; returns the bytes. */
static GBytes *
round_trip (SeismicTrace *trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GBytes) bytes = write_one (trace, &error);
  SeismicMiniseedReport report;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes) % 512, ==, 0);
  g_assert_true (seismic_miniseed_read (g_bytes_get_data (bytes, NULL),
                                        g_bytes_get_size (bytes), &traces, &report,
                                        &error));
  g_assert_no_error (error);
  g_assert_cmpuint (traces->len, ==, 1);
  g_assert_cmpstr (report.message, ==, "");
  g_assert_cmpuint (report.n_records, ==, g_bytes_get_size (bytes) / 512);

  const SeismicTrace *got = traces->pdata[0];
  g_assert_cmpstr (got->network, ==, trace->network);
  g_assert_cmpstr (got->station, ==, trace->station);
  g_assert_cmpstr (got->location, ==, trace->location);
  g_assert_cmpstr (got->channel, ==, trace->channel);
  g_assert_cmpint (got->start_ns, ==, trace->start_ns);
  g_assert_cmpfloat_with_epsilon (got->rate_hz, trace->rate_hz, 1e-7 * trace->rate_hz);
  const size_t size = seismic_sample_size (trace->type);
  g_assert_cmpint (got->type, ==, trace->type);
  g_assert_cmpmem (got->samples, got->n_samples * size, trace->samples,
                   trace->n_samples * size);
  return g_steal_pointer (&bytes);
}

static void
test_round_trip (void)
{
  static const double rates[] = {0.01, 1, 40, 100, 200, 250, 1000, 99.98437, 1.0 / 3};
  static const size_t counts[] = {1, 2, 7, 105, 734, 735, 736, 20011};
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (size_t i = 0; i < G_N_ELEMENTS (rates); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (counts); j++) {
      g_autofree int32_t *samples = g_new (int32_t, counts[j]);
      int32_t value = 0;

      for (size_t k = 0; k < counts[j]; k++) {
        const int32_t span = 1 << g_rand_int_range (random, 0, 16);

        samples[k] = value += g_rand_int_range (random, -span, span + 1);
      }
      g_autoptr (SeismicTrace) trace = make (samples, counts[j], START_NS, rates[i]);
      g_autoptr (GBytes) bytes = round_trip (trace);
      g_autoptr (GBytes) again = write_one (trace, NULL);

      g_assert_true (g_bytes_equal (bytes, again));
    }
}

static void
test_extremes (void)
{
  const int32_t low[] = {INT32_MIN, INT32_MIN + 1, INT32_MIN};
  const int32_t high[] = {INT32_MAX, INT32_MAX, INT32_MAX - 7};
  const int32_t widest[] = {0, (1 << 29) - 1, -1, -(1 << 29) - 1, -2};
  int32_t ramp[17];
  int64_t value = INT32_MIN;

  /* From one end to the other in the widest steps. */
  for (size_t i = 0; i < G_N_ELEMENTS (ramp); i++, value += (1 << 29) - 1)
    ramp[i] = (int32_t)MIN (value, INT32_MAX);
  const struct {
    const int32_t *samples;
    size_t n_samples;
  } cases[] = {{low, 3}, {high, 3}, {widest, 5}, {ramp, G_N_ELEMENTS (ramp)}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SeismicTrace) trace =
        make (cases[i].samples, cases[i].n_samples, START_NS, 100);
    g_autoptr (GBytes) bytes = round_trip (trace);

    g_assert_cmpuint (g_bytes_get_size (bytes), ==, 512);
  }
}

static void
test_starts (void)
{
  static const char *const starts[] = {
      "1900-01-01T00:00:00Z",        "1969-12-31T23:59:59.999999Z",
      "1969-12-31T23:59:59.999949Z", "1970-01-01T00:00:00.000051Z",
      "2000-02-29T23:59:59.123456Z", "2019-10-15T05:33:12.999970Z",
      "2019-10-15T05:33:12.810050Z", "2100-12-30T00:00:00Z",
  };
  g_autofree int32_t *samples = g_new0 (int32_t, 3000);

  for (size_t i = 0; i < G_N_ELEMENTS (starts); i++) {
    int64_t start_ns = 0;

    g_test_message ("%s", starts[i]);
    g_assert_true (seismic_time_parse (starts[i], &start_ns));
    /* At 1 Hz every record begins with the decimals of the first. */
    g_autoptr (SeismicTrace) fast = make (samples, 3000, start_ns, 128);
    g_autoptr (SeismicTrace) slow = make (samples, 3000, start_ns, 1);
    g_bytes_unref (round_trip (fast));
    g_bytes_unref (round_trip (slow));
  }
}

/* Floats of either size keep every bit, over many records. */
static void
test_floats (void)
{
  const size_t lengths[] = {1, 2, 112, 113, 5000};
  g_autofree float *single = g_new (float, 5000);
  g_autofree double *twice = g_new (double, 5000);

  for (size_t i = 0; i < 5000; i++) {
    twice[i] = sin ((double)i) * pow (10.0, (double)(i % 40) - 20.0);
    single[i] = (float)twice[i];
  }
  single[0] = 16777217.0f;
  twice[0] = -DBL_MAX;
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (SeismicTrace) one =
        seismic_trace_new ("SY", "STN01", "00", "HNR", START_NS, 200,
                           SEISMIC_SAMPLE_FLOAT32, single, lengths[i]);
    g_autoptr (SeismicTrace) two =
        seismic_trace_new ("SY", "STN01", "00", "HNT", START_NS, 200,
                           SEISMIC_SAMPLE_FLOAT64, twice, lengths[i]);
    g_bytes_unref (round_trip (one));
    g_bytes_unref (round_trip (two));
  }
}

/* Records as announced: the first bytes of each, read by hand. */
static void
test_layout (void)
{
  g_autofree int32_t *samples = g_new0 (int32_t, 9000);
  for (size_t i = 0; i < 9000; i++)
    samples[i] = (int32_t)(i * i % 777);
  g_autoptr (SeismicTrace) trace = make (samples, 9000, START_NS, 100);
  g_autoptr (GBytes) bytes = round_trip (trace);
  const uint8_t *data = g_bytes_get_data (bytes, NULL);

  for (size_t at = 0; at < g_bytes_get_size (bytes); at += 512) {
    g_assert_cmpint (data[at + 6], ==, 'D');
    g_assert_cmpmem (data + at + 8, 12, "STN01  HNZSY", 12);
    g_assert_cmpint (data[at + 20] << 8 | data[at + 21], ==, 2019); /* big-endian */
    const size_t chain = data[at + 46] << 8 | data[at + 47];
    size_t blockette = at + chain;
    while ((data[blockette] << 8 | data[blockette + 1]) != 1000)
      blockette = at + (data[blockette + 2] << 8 | data[blockette + 3]);
    g_assert_cmpint (data[blockette + 4], ==, 11); /* Steim2 */
    g_assert_cmpint (data[blockette + 5], ==, 1);  /* big-endian */
    g_assert_cmpint (data[blockette + 6], ==, 9);  /* 2^9 bytes */
  }
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new ();
  g_autoptr (SeismicTrace) empty = make (NULL, 0, START_NS, 100);
  g_autoptr (GBytes) of_none = seismic_miniseed_write (traces, NULL);
  g_autoptr (GBytes) of_empty = write_one (empty, NULL);

  g_assert_cmpuint (g_bytes_get_size (of_none), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (of_empty), ==, 0);
}

static void
assert_refused (SeismicTrace *trace, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (write_one (trace, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, why));
  seismic_trace_free (trace);
}

static void
test_refuses (void)
{
  const int32_t wide[] = {0, 1, 1 + (1 << 29)};
  const int32_t widest[] = {INT32_MAX, INT32_MIN};
  const int64_t ns_per_year = INT64_C (31557600000000000);

  assert_refused (make (wide, 3, START_NS, 100), "sample 2");
  assert_refused (make (widest, 2, START_NS, 100), "sample 1");
  assert_refused (make (wide, 1, START_NS, NAN), "rate");
  assert_refused (make (wide, 1, START_NS, -1), "rate");
  assert_refused (make (wide, 1, START_NS, 1e9), "rate");
  assert_refused (make (wide, 1, -71 * ns_per_year, 100), "time");
  assert_refused (make (wide, 1, 132 * ns_per_year, 100), "time");
  assert_refused (seismic_trace_new ("SY", "STATION", "", "HNZ", START_NS, 100,
                                     SEISMIC_SAMPLE_INT32, wide, 1),
                  "too long");
  assert_refused (seismic_trace_new ("SY", "STN01", "", "HNZZ", START_NS, 100,
                                     SEISMIC_SAMPLE_INT32, wide, 1),
                  "too long");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/miniseed-write/round-trip", test_round_trip);
  g_test_add_func ("/seismic/miniseed-write/extremes", test_extremes);
  g_test_add_func ("/seismic/miniseed-write/starts", test_starts);
  g_test_add_func ("/seismic/miniseed-write/floats", test_floats);
  g_test_add_func ("/seismic/miniseed-write/layout", test_layout);
  g_test_add_func ("/seismic/miniseed-write/none", test_none);
  g_test_add_func ("/seismic/miniseed-write/refuses", test_refuses);
  return g_test_run ();
}
