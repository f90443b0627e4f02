#include "seismic/sac.h"
#include "seismic/error.h"
#include "seismic/time.h"
#include "support/sac.h"

#include <math.h>

static SeismicTrace *
read_good (const TestSac *sac, SeismicSacFacts *facts)
{
  g_autoptr (GError) error = NULL;
  SeismicTrace *trace = seismic_sac_read (sac->bytes, sac->n_bytes, facts, &error);

  g_assert_no_error (error);
  g_assert_nonnull (trace);
  g_assert_true (seismic_sac_probe (sac->bytes, sac->n_bytes));
  return trace;
}

static int64_t
time_of (const char *text)
{
  int64_t time_ns = 0;

  g_assert_true (seismic_time_parse (text, &time_ns));
  return time_ns;
}

static void
test_read (void)
{
  for (int version = 6; version <= 7; version++)
    for (int big = 0; big <= 1; big++) {
      g_auto (TestSac) sac = test_sac_new (300, version, big);
      SeismicSacFacts facts;
      g_autoptr (SeismicTrace) trace = read_good (&sac, &facts);
      g_autofree char *id = seismic_trace_seed_id (trace);

      g_assert_cmpstr (id, ==, "XX.STA.00.HNZ");
      g_assert_cmpfloat (trace->rate_hz, ==, 100.0);
      g_assert_cmpint (trace->start_ns, ==, time_of ("2019-10-15T05:33:20.250Z"));
      g_assert_cmpuint (trace->n_samples, ==, 300);
      for (size_t i = 0; i < 300; i++)
        g_assert_cmpfloat (seismic_trace_value (trace, i), ==, (double)(i * i) - 5.0);
      g_assert_true (isnan (facts.station_latitude));
      g_assert_true (isnan (facts.magnitude));
      g_assert_cmpint (facts.origin_ns, ==, SEISMIC_TIME_UNSET);
      g_assert_cmpint (facts.p_ns, ==, SEISMIC_TIME_UNSET);
    }
}

static void
test_facts (void)
{
  g_auto (TestSac) sac = test_sac_new (3, 6, true);
  SeismicSacFacts facts;

  test_sac_float (&sac, 31, 37.9f);
  test_sac_float (&sac, 32, -122.1f);
  test_sac_float (&sac, 35, 38.25f);
  test_sac_float (&sac, 36, -121.5f);
  test_sac_float (&sac, 38, 7.5f);
  test_sac_float (&sac, 39, 4.4f);
  test_sac_float (&sac, 57, 92.0f);
  test_sac_float (&sac, 58, 90.0f);
  test_sac_float (&sac, 7, -3.5f);  /* O */
  test_sac_float (&sac, 8, 1.125f); /* A */
  test_sac_float (&sac, 10, 2.5f);  /* T0 */
  test_sac_text (&sac, 464, "--");
  g_autoptr (SeismicTrace) trace = read_good (&sac, &facts);
  g_assert_cmpstr (trace->location, ==, "");
  g_assert_cmpfloat (facts.station_latitude, ==, 37.9);
  g_assert_cmpfloat (facts.station_longitude, ==, -122.1);
  g_assert_cmpfloat (facts.event_latitude, ==, 38.25);
  g_assert_cmpfloat (facts.event_longitude, ==, -121.5);
  g_assert_cmpfloat (facts.event_depth_km, ==, 7.5);
  g_assert_cmpfloat (facts.magnitude, ==, 4.4);
  g_assert_cmpfloat (facts.azimuth, ==, 92.0);
  g_assert_cmpfloat (facts.inclination, ==, 90.0);
  g_assert_cmpint (facts.origin_ns, ==, time_of ("2019-10-15T05:33:16.500Z"));
  g_assert_cmpint (facts.p_ns, ==, time_of ("2019-10-15T05:33:21.125Z"));
  g_assert_cmpint (facts.s_ns, ==, time_of ("2019-10-15T05:33:22.500Z"));
}

/* What a float interval meant; in version 7 the double counts. */
static void
test_rates (void)
{
  const double rates[] = {0.1,   1,   20,  40,  50,  62.5, 80,
                          99.98, 100, 125, 200, 250, 500,  1000};

  for (size_t i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_auto (TestSac) sac = test_sac_new (3, 6, false);
    test_sac_float (&sac, 0, (float)(1.0 / rates[i]));
    g_autoptr (SeismicTrace) trace = read_good (&sac, NULL);
    g_assert_cmpfloat (trace->rate_hz, ==, rates[i]);
  }
  g_auto (TestSac) sac = test_sac_new (3, 7, true);
  test_sac_double (&sac, 0, 0.0100001234567);
  test_sac_double (&sac, 1, 0.123456789);
  g_autoptr (SeismicTrace) trace = read_good (&sac, NULL);
  g_assert_cmpfloat_with_epsilon (trace->rate_hz, 1.0 / 0.0100001234567, 1e-10);
  g_assert_cmpint (trace->start_ns, ==, time_of ("2019-10-15T05:33:20.123456789Z"));
}

typedef struct {
  size_t word;
  int32_t integer;
  int code;
  const char *says;
} Change;

static void
test_refused (void)
{
  static const Change changes[] = {
      {85, 2, SEISMIC_ERROR_UNSUPPORTED, "IFTYPE 2"},
      {85, 51, SEISMIC_ERROR_UNSUPPORTED, "IFTYPE 51"},
      {105, 0, SEISMIC_ERROR_UNSUPPORTED, "LEVEN 0"},
      {79, 301, SEISMIC_ERROR_DAMAGED, "cut off"},
      {79, INT32_MAX, SEISMIC_ERROR_DAMAGED, "cut off"},
      {79, 0, SEISMIC_ERROR_EMPTY, "0 samples"},
      {70, -12345, SEISMIC_ERROR_UNSUPPORTED, "no absolute time"},
      {75, -12345, SEISMIC_ERROR_UNSUPPORTED, "no absolute time"},
      {70, 1600, SEISMIC_ERROR_DAMAGED, "1600"},
      {70, 99999, SEISMIC_ERROR_DAMAGED, "99999"},
      {71, 0, SEISMIC_ERROR_DAMAGED, "day 0"},
      {71, 367, SEISMIC_ERROR_DAMAGED, "day 367"},
      {72, 24, SEISMIC_ERROR_DAMAGED, "24:33"},
      {75, 1000, SEISMIC_ERROR_DAMAGED, ".1000"},
      {0, 1, SEISMIC_ERROR_DAMAGED, "cannot be"},          /* 1e-45 s */
      {0, 0x7f7fffff, SEISMIC_ERROR_DAMAGED, "cannot be"}, /* 3e38 s */
      {5, 0x7f7fffff, SEISMIC_ERROR_DAMAGED, "cannot be"},
      {76, 5, SEISMIC_ERROR_DAMAGED, "no SAC header"},
      {76, 8, SEISMIC_ERROR_DAMAGED, "no SAC header"},
      {79, -1, SEISMIC_ERROR_DAMAGED, "no SAC header"},
      {105, 7, SEISMIC_ERROR_DAMAGED, "no SAC header"},
      {0, 0, SEISMIC_ERROR_DAMAGED, "no SAC header"},
      {0, 0x7fc00000, SEISMIC_ERROR_DAMAGED, "no SAC header"}, /* NaN */
  };

  for (size_t i = 0; i < G_N_ELEMENTS (changes); i++)
    for (int version = 6; version <= 7; version++) {
      g_auto (TestSac) sac = test_sac_new (300, version, i % 2);
      g_autoptr (GError) error = NULL;

      test_sac_integer (&sac, changes[i].word, changes[i].integer);
      g_assert_null (seismic_sac_read (sac.bytes, sac.n_bytes, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, SEISMIC_ERROR, changes[i].code);
      g_assert_nonnull (strstr (error->message, changes[i].says));
    }
}

/* Cut anywhere: an error; any byte changed: an error or some trace. */
static void
test_damage (void)
{
  g_auto (TestSac) sac = test_sac_new (20, 7, true);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (size_t n = 0; n < sac.n_bytes; n++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (seismic_sac_read (sac.bytes, n, NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED);
  }
  for (int i = 0; i < 20000; i++) {
    const size_t at = (size_t)g_rand_int_range (rand, 0, (gint32)sac.n_bytes);
    const uint8_t was = sac.bytes[at];
    SeismicSacFacts facts;
    g_autoptr (GError) error = NULL;

    sac.bytes[at] = (uint8_t)g_rand_int (rand);
    g_autoptr (SeismicTrace) trace =
        seismic_sac_read (sac.bytes, sac.n_bytes, &facts, &error);
    g_assert_true ((trace == NULL) == (error != NULL));
    if (i % 3 != 0) /* damage piles up now and then */
      sac.bytes[at] = was;
  }
}

static void
test_probe (void)
{
  g_autofree uint8_t *noise = g_malloc (5000);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (size_t i = 0; i < 5000; i++)
    noise[i] = (uint8_t)g_rand_int (rand);
  g_assert_false (seismic_sac_probe (noise, 5000));
  g_assert_false (seismic_sac_probe (NULL, 0));
  memset (noise, 0, 5000);
  g_assert_false (seismic_sac_probe (noise, 5000));
}

static GBytes *
write_good (const SeismicTrace *trace, const SeismicSacFacts *facts)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = seismic_sac_write (trace, facts, &error);

  g_assert_no_error (error);
  return bytes;
}

/* What is written has the bytes of the description, and is read again. */
static void
test_write (void)
{
  g_auto (TestSac) sac = test_sac_new (300, 6, false);
  g_autoptr (SeismicTrace) trace = read_good (&sac, NULL);
  SeismicSacFacts facts, found;

  seismic_sac_facts_init (&facts);
  facts.station_latitude = 37.9;
  facts.azimuth = 92.0;
  facts.inclination = 90.0;
  facts.magnitude = 4.4;
  facts.origin_ns = trace->start_ns - INT64_C (3500000000);
  facts.s_ns = trace->start_ns + INT64_C (12000500000);
  trace->start_ns += 123456; /* ns: B tells them */
  g_autoptr (GBytes) bytes = write_good (trace, &facts);
  size_t n = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicTrace) again = seismic_sac_read (data, n, &found, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 632 + 4 * 300);
  g_assert_cmpmem (data + 632, 1200, sac.bytes + 632, 1200);
  g_assert_cmpmem (data + 440, 192, sac.bytes + 440, 192);
  g_assert_cmpint (again->start_ns, ==, trace->start_ns);
  g_assert_cmpfloat (again->rate_hz, ==, 100.0);
  g_assert_cmpfloat (found.station_latitude, ==, 37.9);
  g_assert_true (isnan (found.station_longitude));
  g_assert_cmpfloat (found.azimuth, ==, 92.0);
  g_assert_cmpfloat (found.magnitude, ==, 4.4);
  g_assert_cmpint (found.p_ns, ==, SEISMIC_TIME_UNSET);
  g_assert_cmpint (found.s_ns - facts.s_ns, <, 2000); /* a float of 12 s */
  g_assert_cmpint (facts.s_ns - found.s_ns, <, 2000);
}

/* Integers become floats; a start before 1970 keeps its time. */
static void
test_write_integers (void)
{
  const int32_t samples[] = {-5, 0, 1 << 24};
  g_autoptr (SeismicTrace) trace =
      seismic_trace_new ("XX", "STATION", "", "HNE", time_of ("1906-04-18T13:12:21.987Z"),
                         99.98, SEISMIC_SAMPLE_INT32, samples, 3);
  g_autoptr (GBytes) bytes = write_good (trace, NULL);
  size_t n = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  g_autoptr (SeismicTrace) again = seismic_sac_read (data, n, NULL, NULL);

  g_assert_cmpint (again->start_ns, ==, trace->start_ns);
  g_assert_cmpfloat (again->rate_hz, ==, 99.98);
  g_assert_cmpstr (again->station, ==, "STATION");
  g_assert_cmpstr (again->location, ==, "");
  for (size_t i = 0; i < 3; i++)
    g_assert_cmpfloat (seismic_trace_value (again, i), ==, samples[i]);

  g_autoptr (SeismicTrace) empty = seismic_trace_new ("XX", "STA", "", "HNE", 0, 100,
                                                      SEISMIC_SAMPLE_INT32, samples, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (seismic_sac_write (empty, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sac/read", test_read);
  g_test_add_func ("/sac/facts", test_facts);
  g_test_add_func ("/sac/rates", test_rates);
  g_test_add_func ("/sac/refused", test_refused);
  g_test_add_func ("/sac/damage", test_damage);
  g_test_add_func ("/sac/probe", test_probe);
  g_test_add_func ("/sac/write", test_write);
  g_test_add_func ("/sac/write-integers", test_write_integers);
  return g_test_run ();
}
