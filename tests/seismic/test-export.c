#include "seismic/export.h"
#include "seismic/error.h"
#include "seismic/library-pick.h"
#include "seismic/miniseed.h"
#include "seismic/sac.h"
#include "support/records.h"

#include <math.h>
#include <string.h>

/* A record with a gap of 5 s in E after 4 s; 100 Hz, 20 s. */
static SeismicRecord *
make_record (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  g_autoptr (GError) error = NULL;
  const int64_t later_ns = TEST_START_NS + 9 * SEISMIC_NS_PER_SECOND;
  test_traces_add (traces, "NC", "CTA", "HNE", TEST_START_NS, 100, 400, 1);
  test_traces_add (traces, "NC", "CTA", "HNE", later_ns, 100, 1100, 2);
  test_traces_add (traces, "NC", "CTA", "HNN", TEST_START_NS, 100, 2000, 3);
  test_traces_add (traces, "NC", "CTA", "HNZ", TEST_START_NS, 100, 2000, 4);
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (traces, &error);
  g_assert_no_error (error);
  return seismic_record_new (signal, traces);
}

static SeismicSignalInfo
make_info (void)
{
  SeismicSignalInfo info = {
      .id = "e/1/NC.CTA..HN", .event_id = "e/1", .latitude = 37.5, .longitude = -122.5};
  info.event.time_ns = TEST_START_NS - 3 * SEISMIC_NS_PER_SECOND;
  info.event.latitude = 37.25;
  info.event.longitude = -122.25;
  info.event.depth_km = 7.5;
  info.event.magnitude = 4.5;
  return info;
}

static GPtrArray *export(const SeismicRecord *record, const SeismicSignalInfo *info,
                         const GPtrArray *picks, SeismicExportFormat format)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *files =
      seismic_export_record (record, info, picks, SEISMIC_UNIT_COUNTS, format, &error);
  g_assert_no_error (error);
  return files;
}

/* Every count and gap comes back. */
static void
test_miniseed (void)
{
  g_autoptr (SeismicRecord) record = make_record ();
  const SeismicSignalInfo info = make_info ();
  g_autoptr (GPtrArray) files = export(record, &info, NULL, SEISMIC_EXPORT_MINISEED);
  g_assert_cmpuint (files->len, ==, 1);
  const SeismicExportFile *file = files->pdata[0];
  g_assert_cmpstr (file->name, ==, "e%2F1.NC.CTA..HN.mseed");

  gsize n = 0;
  const uint8_t *bytes = g_bytes_get_data (file->bytes, &n);
  g_autoptr (GPtrArray) traces = NULL;
  g_assert_true (seismic_miniseed_read (bytes, n, &traces, NULL, NULL));
  g_assert_cmpuint (traces->len, ==, 4);
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (traces, NULL);
  g_autoptr (SeismicRecord) again = seismic_record_new (signal, traces);
  g_assert_cmpuint (again->signal->n_samples, ==, record->signal->n_samples);
  g_assert_cmpint (again->signal->start_ns, ==, TEST_START_NS);
  g_assert_cmpmem (again->signal->samples, 3 * 2000 * sizeof (double),
                   record->signal->samples, 3 * 2000 * sizeof (double));
  g_assert_true (((SeismicTrace *)traces->pdata[0])->type == SEISMIC_SAMPLE_INT32);

  /* What is no count is kept to the last bit; what Steim2 cannot hold too. */
  record->signal->samples[3] = 0.1;
  record->signal->samples[5] = 4e9;
  g_autoptr (GPtrArray) real = export(record, NULL, NULL, SEISMIC_EXPORT_MINISEED);
  file = real->pdata[0];
  g_assert_cmpstr (file->name, ==, "NC.CTA..HN.mseed");
  bytes = g_bytes_get_data (file->bytes, &n);
  g_autoptr (GPtrArray) floats = NULL;
  g_assert_true (seismic_miniseed_read (bytes, n, &floats, NULL, NULL));
  g_assert_cmpfloat (seismic_trace_value (floats->pdata[0], 3), ==, 0.1);
  record->signal->samples[3] = 2e9;
  record->signal->samples[5] = -2e9;
  g_autoptr (GPtrArray) steep = export(record, NULL, NULL, SEISMIC_EXPORT_MINISEED);
  g_assert_cmpuint (steep->len, ==, 1);
}

static void
test_sac (void)
{
  g_autoptr (SeismicRecord) record = make_record ();
  const SeismicSignalInfo info = make_info ();
  g_autoptr (GPtrArray) picks =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_pick_free);
  const int64_t p_ns = TEST_START_NS + SEISMIC_NS_PER_SECOND / 4;
  g_ptr_array_add (picks, seismic_pick_new ("e/1", "NC.OTHER..HN", "HNE", "P", 1));
  g_ptr_array_add (picks, seismic_pick_new ("e/1", "NC.CTA..HN", "HNZ", "P", p_ns));
  g_ptr_array_add (picks,
                   seismic_pick_new ("e/1", "NC.CTA..HN", "HNN", "S", p_ns + 1000));
  g_ptr_array_add (picks,
                   seismic_pick_new ("e/1", "NC.CTA..HN", "HNE", "S", p_ns + 500000000));
  static const char *const names[] = {"e%2F1.NC.CTA..HNE.sac", "e%2F1.NC.CTA..HNE-2.sac",
                                      "e%2F1.NC.CTA..HNN.sac", "e%2F1.NC.CTA..HNZ.sac"};
  g_autoptr (GPtrArray) files = export(record, &info, picks, SEISMIC_EXPORT_SAC);
  g_assert_cmpuint (files->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < files->len; i++) {
    const SeismicExportFile *file = files->pdata[i];
    gsize n = 0;
    const uint8_t *bytes = g_bytes_get_data (file->bytes, &n);
    SeismicSacFacts facts;
    g_autoptr (SeismicTrace) trace = seismic_sac_read (bytes, n, &facts, NULL);
    g_assert_cmpstr (file->name, ==, names[i]);
    g_assert_cmpstr (trace->station, ==, "CTA");
    g_assert_cmpfloat (facts.station_latitude, ==, 37.5);
    g_assert_cmpfloat (facts.event_longitude, ==, -122.25);
    g_assert_cmpfloat (facts.event_depth_km, ==, 7.5);
    g_assert_cmpfloat (facts.magnitude, ==, 4.5);
    g_assert_cmpint (facts.origin_ns, ==, info.event.time_ns);
    g_assert_cmpint (facts.p_ns, ==, p_ns); /* read on Z, for all */
    g_assert_cmpfloat (facts.azimuth, ==, i < 2 ? 90 : 0);
    g_assert_cmpfloat (facts.inclination, ==, i == 3 ? 0 : 90);
  }
  SeismicSacFacts facts;
  gsize n = 0;
  const SeismicExportFile *east = files->pdata[0], *second = files->pdata[1];
  const uint8_t *bytes = g_bytes_get_data (east->bytes, &n);
  g_autoptr (SeismicTrace) trace = seismic_sac_read (bytes, n, &facts, NULL);
  g_assert_cmpuint (trace->n_samples, ==, 400);
  g_assert_cmpint (facts.s_ns, ==, p_ns + 500000000); /* its own, not that of N */
  bytes = g_bytes_get_data (second->bytes, &n);
  g_autoptr (SeismicTrace) rest = seismic_sac_read (bytes, n, NULL, NULL);
  g_assert_cmpint (rest->start_ns, ==, TEST_START_NS + 9 * SEISMIC_NS_PER_SECOND);
}

static void
test_csv (void)
{
  g_autoptr (SeismicRecord) record = make_record ();
  record->signal->samples[1] = 0.1;
  g_autoptr (GPtrArray) files = export(record, NULL, NULL, SEISMIC_EXPORT_CSV);
  const SeismicExportFile *file = files->pdata[0];
  g_autofree char *text =
      g_strndup (g_bytes_get_data (file->bytes, NULL), g_bytes_get_size (file->bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2000 + 2);
  g_assert_cmpstr (lines[0], ==, "time,HNE_counts,HNN_counts,HNZ_counts");
  g_assert_true (g_str_has_prefix (lines[2], "2019-10-15T05:33:20.010Z,0.1,"));
  g_assert_nonnull (strstr (lines[501], "Z,,")); /* in the gap */
}

/* Traces as they were recorded keep their type and their times. */
static void
test_traces (void)
{
  g_autoptr (GPtrArray) traces = test_traces_new ();
  g_autoptr (GError) error = NULL;
  const int64_t odd_ns = TEST_START_NS + 4321000;
  test_traces_add (traces, "NC", "CTA", "HNE", TEST_START_NS, 100, 400, 1);
  test_traces_add (traces, "NC", "CTA", "HNN", odd_ns, 100, 400, 2);
  const float values[] = {0.5f, 1.25f, -3.0f};
  g_ptr_array_add (traces, seismic_trace_new ("NC", "CTA", "", "HNZ", odd_ns, 100,
                                              SEISMIC_SAMPLE_FLOAT32, values, 3));
  g_autoptr (GPtrArray) files =
      seismic_export_traces (traces, NULL, NULL, SEISMIC_TIME_UNSET, SEISMIC_TIME_UNSET,
                             SEISMIC_EXPORT_MINISEED, &error);
  g_assert_no_error (error);
  const SeismicExportFile *file = files->pdata[0];
  gsize n = 0;
  const uint8_t *bytes = g_bytes_get_data (file->bytes, &n);
  g_autoptr (GPtrArray) again = NULL;
  g_assert_cmpstr (file->name, ==, "NC.CTA..HN.mseed");
  g_assert_true (seismic_miniseed_read (bytes, n, &again, NULL, NULL));
  g_assert_cmpuint (again->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const SeismicTrace *in = traces->pdata[i], *out = again->pdata[i];
    g_assert_cmpint (in->start_ns, ==, out->start_ns);
    g_assert_true (in->type == out->type);
    g_assert_true (seismic_trace_checksum (in) == seismic_trace_checksum (out));
  }

  /* From the second of Z on, to the fifth of E. */
  g_autoptr (GPtrArray) parts =
      seismic_export_traces (traces, NULL, NULL, odd_ns + 10000000,
                             TEST_START_NS + 40000000, SEISMIC_EXPORT_SAC, &error);
  g_assert_no_error (error);
  static const size_t counts[] = {3, 3, 2};
  g_assert_cmpuint (parts->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    file = parts->pdata[i];
    bytes = g_bytes_get_data (file->bytes, &n);
    g_autoptr (SeismicTrace) part = seismic_sac_read (bytes, n, NULL, NULL);
    g_assert_cmpuint (part->n_samples, ==, counts[i]);
  }
  g_assert_null (seismic_export_traces (traces, NULL, NULL, INT64_MAX - 1,
                                        SEISMIC_TIME_UNSET, SEISMIC_EXPORT_SAC, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
}

static void
test_cut (void)
{
  g_autoptr (SeismicRecord) record = make_record ();
  g_autoptr (GError) error = NULL;
  const int64_t from_ns = TEST_START_NS + SEISMIC_NS_PER_SECOND;
  g_autoptr (SeismicRecord) part =
      seismic_record_cut (record, from_ns - 1, from_ns + 10000000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (part->signal->start_ns, ==, from_ns);
  g_assert_cmpuint (part->signal->n_samples, ==, 2); /* both ends count */
  g_assert_cmpfloat (part->signal->samples[2], ==, record->signal->samples[2000 + 100]);
  g_assert_cmpuint (part->spans->len, ==, 0);

  g_autoptr (SeismicRecord) whole =
      seismic_record_cut (record, SEISMIC_TIME_UNSET, SEISMIC_TIME_UNSET, &error);
  g_assert_cmpuint (whole->signal->n_samples, ==, 2000);
  g_assert_cmpuint (whole->spans->len, ==, record->spans->len);
  g_assert_cmpuint (whole->spans->len, ==, 1);
  g_autoptr (SeismicRecord) tail =
      seismic_record_cut (record, from_ns, SEISMIC_TIME_UNSET, &error);
  g_assert_cmpuint (tail->signal->n_samples, ==, 1900);

  g_assert_null (seismic_record_cut (record, from_ns + INT64_C (1000000000000),
                                     SEISMIC_TIME_UNSET, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (seismic_record_cut (record, SEISMIC_TIME_UNSET, 0, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
}

static void
test_formats (void)
{
  SeismicExportFormat format = SEISMIC_EXPORT_CSV;
  g_assert_true (seismic_export_format_from_text ("SAC", &format));
  g_assert_true (format == SEISMIC_EXPORT_SAC);
  g_assert_false (seismic_export_format_from_text ("wav", &format));
  g_assert_cmpstr (seismic_export_suffix (SEISMIC_EXPORT_MINISEED), ==, "mseed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/miniseed", test_miniseed);
  g_test_add_func ("/export/sac", test_sac);
  g_test_add_func ("/export/csv", test_csv);
  g_test_add_func ("/export/traces", test_traces);
  g_test_add_func ("/export/cut", test_cut);
  g_test_add_func ("/export/formats", test_formats);
  return g_test_run ();
}
