#include "seismic/waveform.h"
#include "seismic/error.h"
#include "support/records.h"
#include "support/sac.h"

static GBytes *
sac_bytes (void)
{
  g_auto (TestSac) sac = test_sac_new (300, 6, true);
  return g_bytes_new (sac.bytes, sac.n_bytes);
}

static GPtrArray *
read_good (GBytes *bytes, SeismicMiniseedReport *report)
{
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) error = NULL;
  size_t n = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n);

  g_assert_true (seismic_waveform_read (data, n, &traces, report, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&traces);
}

static const char *
suffix_of (GBytes *bytes)
{
  size_t n = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  return seismic_waveform_suffix (data, n);
}

/* Each format, plain and packed, gives the same traces. */
static void
test_formats (void)
{
  g_autoptr (GBytes) mseed = test_record_of_station ("NC", "A", 1);
  g_autoptr (GBytes) sac = sac_bytes ();
  const struct {
    GBytes *bytes;
    const char *suffix, *first;
    guint n_traces;
  } cases[] = {{mseed, ".mseed", "NC.A..HNE", 3}, {sac, ".sac", "XX.STA.00.HNZ", 1}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) packed = test_packed (g_bytes_ref (cases[i].bytes));
    g_assert_cmpstr (suffix_of (cases[i].bytes), ==, cases[i].suffix);
    g_assert_cmpstr (suffix_of (packed), ==, ".gz");

    SeismicMiniseedReport report = {.n_noise_bytes = 7}, inside = {.n_noise_bytes = 7};
    g_autoptr (GPtrArray) plain = read_good (cases[i].bytes, &report);
    g_autoptr (GPtrArray) unpacked = read_good (packed, &inside);
    g_assert_cmpuint (plain->len, ==, cases[i].n_traces);
    g_assert_cmpuint (unpacked->len, ==, cases[i].n_traces);
    g_assert_cmpuint (report.n_noise_bytes, ==, 0);
    g_assert_cmpuint (inside.n_noise_bytes, ==, 0);
    g_assert_cmpuint (inside.n_records, ==, report.n_records);
    for (guint k = 0; k < plain->len; k++)
      g_assert_cmphex (seismic_trace_checksum (plain->pdata[k]), ==,
                       seismic_trace_checksum (unpacked->pdata[k]));
    g_autofree char *id = seismic_trace_seed_id (unpacked->pdata[0]);
    g_assert_cmpstr (id, ==, cases[i].first);
  }
}

static void
assert_fails (const void *data, size_t n, int code, const char *says)
{
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (seismic_waveform_read (data, n, &traces, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, SEISMIC_ERROR, code);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_null (traces);
}

static void
test_refused (void)
{
  g_autoptr (GBytes) html =
      test_packed (g_bytes_new_static ("<html>not found</html>", 22));
  g_autoptr (GBytes) nothing = test_packed (g_bytes_new_static ("", 0));
  g_autoptr (GBytes) twice = test_packed (test_packed (sac_bytes ()));
  size_t n = 0;
  const uint8_t *data = g_bytes_get_data (html, &n);

  assert_fails ("", 0, SEISMIC_ERROR_EMPTY, "0 bytes");
  assert_fails ("<html>", 6, SEISMIC_ERROR_NOT_MINISEED, "no miniSEED");
  assert_fails (data, n, SEISMIC_ERROR_NOT_MINISEED, "inside gzip: no miniSEED");
  assert_fails (data, n - 5, SEISMIC_ERROR_DAMAGED, "cut off");
  data = g_bytes_get_data (nothing, &n);
  assert_fails (data, n, SEISMIC_ERROR_EMPTY, "inside gzip: 0 bytes");
  data = g_bytes_get_data (twice, &n);
  assert_fails (data, n, SEISMIC_ERROR_NOT_MINISEED, "inside gzip");
  g_auto (TestSac) sac = test_sac_new (10, 6, false);
  assert_fails (sac.bytes, sac.n_bytes - 1, SEISMIC_ERROR_DAMAGED, "SAC: cut off");
}

/* Bytes behind a member are told. */
static void
test_rest (void)
{
  g_autoptr (GBytes) packed = test_packed (sac_bytes ());
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  SeismicMiniseedReport report;

  g_byte_array_append (longer, g_bytes_get_data (packed, NULL),
                       (guint)g_bytes_get_size (packed));
  g_byte_array_append (longer, (const guint8 *)"tail", 4);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_autoptr (GPtrArray) traces = read_good (bytes, &report);
  g_assert_cmpuint (traces->len, ==, 1);
  g_assert_cmpuint (report.n_noise_bytes, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waveform/formats", test_formats);
  g_test_add_func ("/waveform/refused", test_refused);
  g_test_add_func ("/waveform/rest", test_rest);
  return g_test_run ();
}
