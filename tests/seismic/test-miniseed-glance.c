#include "seismic/miniseed-glance.h"

#include "seismic/error.h"
#include "seismic/miniseed.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>

#define N 120000
#define RATE_HZ 100.0

/* A file of three components, in channels of these codes; its amplitude grows from 0 to
 * 10000 counts. To be removed and freed. */
static char *
make_file (const char *const channels[3])
{
  g_autoptr (GPtrArray) traces =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  g_autofree int32_t *samples = g_new (int32_t, N);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("sae-glance-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  for (int i = 0; i < N; i++)
    samples[i] = (int32_t)lround (1e4 * i / N * sin (2 * G_PI * i / 20.0));
  for (int c = 0; c < 3 && channels[c]; c++)
    g_ptr_array_add (traces, seismic_trace_new ("XX", "LONG", "", channels[c],
                                                INT64_C (1577836800000000000), RATE_HZ,
                                                SEISMIC_SAMPLE_INT32, samples, N));
  bytes = seismic_miniseed_write (traces, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                       (gssize)g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return path;
}

/* A tenth of the file tells how it goes: growing, symmetric, never more than there is. */
static void
test_envelope (void)
{
  const char *const channels[] = {"HNE", "HNN", "HNZ"};
  g_autofree char *path = make_file (channels);
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  double share = 0;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_autoptr (SeismicSignal) signal =
      seismic_miniseed_glance (path, (size_t)status.st_size / 10, &share, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (share, 0.1, 0.02);
  g_assert_cmpstr (signal->components, ==, "ENZ");
  g_assert_cmpstr (signal->station, ==, "LONG");
  g_assert_cmpint (signal->start_ns, ==, INT64_C (1577836800000000000));
  g_assert_cmpfloat_with_epsilon ((double)signal->n_samples / signal->rate_hz,
                                  N / RATE_HZ, 0.05 * N / RATE_HZ);
  size_t n_bins = signal->n_samples / 2;
  g_assert_cmpuint (n_bins, >, 10);
  for (size_t c = 0; c < 3; c++) {
    const double *samples = signal->samples + c * signal->n_samples;
    size_t n_seen = 0;
    for (size_t b = 0; b < n_bins; b++) {
      double most = 1e4 * ((double)b + 1) / (double)n_bins;
      if (isnan (samples[2 * b]))
        continue;
      n_seen++;
      g_assert_cmpfloat (samples[2 * b + 1], <=, most + 1);
      g_assert_cmpfloat (samples[2 * b], >=, -most - 1);
      g_assert_cmpfloat (samples[2 * b + 1], >=, 0.5 * (most - 1e4 / (double)n_bins) - 1);
    }
    g_assert_cmpuint (n_seen, >=, n_bins * 8 / 10);
  }
  g_remove (path);
}

static void
test_refused (void)
{
  const char *const one[] = {"HNZ", NULL, NULL};
  const char *const other[] = {"BHE", "BHN", "BHZ"};
  g_autofree char *path = make_file (one), *broadband = make_file (other);
  g_autoptr (GError) error = NULL;
  g_assert_null (seismic_miniseed_glance (path, 10000, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS);
  g_clear_error (&error);
  g_assert_null (seismic_miniseed_glance (broadband, 10000, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_COMPONENTS);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "no record", -1, NULL));
  g_assert_null (seismic_miniseed_glance (path, 10000, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED);
  g_clear_error (&error);
  g_remove (path);
  g_assert_null (seismic_miniseed_glance (path, 10000, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_remove (broadband);
}

/* Damaged files are read or refused, never more. */
static void
test_damaged (void)
{
  const char *const channels[] = {"HNE", "HNN", "HNZ"};
  g_autofree char *path = make_file (channels), *bytes = NULL;
  gsize n = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (int k = 0; k < 60; k++) {
    g_autofree char *bad = g_memdup2 (bytes, n);
    for (int i = 0; i < 200; i++)
      bad[g_rand_int_range (random, 0, k % 2 ? 512 : (gint32)n)] =
          (char)g_rand_int (random);
    g_assert_true (
        g_file_set_contents (path, bad, g_rand_int_range (random, 1, (gint32)n), NULL));
    seismic_signal_free (seismic_miniseed_glance (path, 50000, NULL, NULL));
  }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seismic/miniseed-glance/envelope", test_envelope);
  g_test_add_func ("/seismic/miniseed-glance/refused", test_refused);
  g_test_add_func ("/seismic/miniseed-glance/damaged", test_damaged);
  return g_test_run ();
}
