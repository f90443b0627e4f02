#include "seismic/trace.h"

#include <glib.h>

static SeismicTrace *
make (SeismicSampleType type, const void *samples, size_t n_samples)
{
  return seismic_trace_new ("NC", "C010", "01", "HNE", 1000, 200, type, samples,
                            n_samples);
}

static void
test_values (void)
{
  const int32_t whole[] = {INT32_MIN, -1, INT32_MAX};
  const float single[] = {-0.5f, 1e30f};
  const double exact[] = {1.0 / 3, -1e300};
  g_autoptr (SeismicTrace) i = make (SEISMIC_SAMPLE_INT32, whole, 3);
  g_autoptr (SeismicTrace) f = make (SEISMIC_SAMPLE_FLOAT32, single, 2);
  g_autoptr (SeismicTrace) d = make (SEISMIC_SAMPLE_FLOAT64, exact, 2);

  g_assert_cmpfloat (seismic_trace_value (i, 0), ==, -2147483648.0);
  g_assert_cmpfloat (seismic_trace_value (i, 2), ==, 2147483647.0);
  g_assert_cmpfloat (seismic_trace_value (f, 0), ==, -0.5);
  g_assert_cmpfloat (seismic_trace_value (f, 1), ==, (double)1e30f);
  g_assert_cmpfloat (seismic_trace_value (d, 0), ==, 1.0 / 3);
  g_assert_cmpfloat (seismic_trace_value (d, 1), ==, -1e300);
  g_assert_cmpuint (seismic_sample_size (SEISMIC_SAMPLE_FLOAT64), ==, 8);
  g_assert_cmpuint (seismic_sample_size (SEISMIC_SAMPLE_FLOAT32), ==, 4);
}

static void
test_copies (void)
{
  int32_t samples[] = {1, 2, 3};
  g_autoptr (SeismicTrace) trace = make (SEISMIC_SAMPLE_INT32, samples, 3);

  samples[1] = 99;
  g_assert_cmpfloat (seismic_trace_value (trace, 1), ==, 2);
}

static void
test_end (void)
{
  const int32_t samples[] = {1, 2, 3};
  g_autoptr (SeismicTrace) none = make (SEISMIC_SAMPLE_INT32, NULL, 0);
  g_autoptr (SeismicTrace) one = make (SEISMIC_SAMPLE_INT32, samples, 1);
  g_autoptr (SeismicTrace) three = make (SEISMIC_SAMPLE_INT32, samples, 3);

  g_assert_cmpint (seismic_trace_end_ns (none), ==, 1000);
  g_assert_cmpint (seismic_trace_end_ns (one), ==, 1000);
  g_assert_cmpint (seismic_trace_end_ns (three), ==, 10001000);
  three->start_ns = INT64_MAX - 5;
  g_assert_cmpint (seismic_trace_end_ns (three), ==, INT64_MAX);
}

/* Made with another implementation, from the basis that the header tells; {5} is also the
 * checksum that the reference table has for a single sample of 5. */
static void
test_checksum (void)
{
  const int32_t whole[] = {1, -2, 0x01020304};
  const int32_t five[] = {5};
  const float single[] = {1.5f};
  const double exact[] = {1.5};
  g_autoptr (SeismicTrace) none = make (SEISMIC_SAMPLE_INT32, NULL, 0);
  g_autoptr (SeismicTrace) i = make (SEISMIC_SAMPLE_INT32, whole, 3);
  g_autoptr (SeismicTrace) five_only = make (SEISMIC_SAMPLE_INT32, five, 1);
  g_autoptr (SeismicTrace) f = make (SEISMIC_SAMPLE_FLOAT32, single, 1);
  g_autoptr (SeismicTrace) d = make (SEISMIC_SAMPLE_FLOAT64, exact, 1);

  g_assert_cmphex (seismic_trace_checksum (none), ==, UINT64_C (0x14650fb0739d0383));
  g_assert_cmphex (seismic_trace_checksum (i), ==, UINT64_C (0x36ff3f358167e9e7));
  g_assert_cmphex (seismic_trace_checksum (five_only), ==, UINT64_C (0x11444ab9894366e6));
  g_assert_cmphex (seismic_trace_checksum (f), ==, UINT64_C (0x2ec803a084783a1a));
  g_assert_cmphex (seismic_trace_checksum (d), ==, UINT64_C (0x4a392a7eb173b142));
}

static void
test_names (void)
{
  g_autoptr (SeismicTrace) blank =
      seismic_trace_new ("NC", "CTA", "", "HNZ", 0, 1, SEISMIC_SAMPLE_INT32, NULL, 0);
  g_autoptr (SeismicTrace) full = seismic_trace_new (
      "NETWORK-CODE-TOO-LONG", "S", "L", "C", 0, 1, SEISMIC_SAMPLE_INT32, NULL, 0);
  g_autofree char *blank_id = seismic_trace_seed_id (blank);
  g_autofree char *full_id = seismic_trace_seed_id (full);

  g_assert_cmpstr (blank_id, ==, "NC.CTA..HNZ");
  g_assert_cmpstr (full_id, ==, "NETWORK-COD.S.L.C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/trace/values", test_values);
  g_test_add_func ("/seismic/trace/copies", test_copies);
  g_test_add_func ("/seismic/trace/end", test_end);
  g_test_add_func ("/seismic/trace/checksum", test_checksum);
  g_test_add_func ("/seismic/trace/names", test_names);
  return g_test_run ();
}
