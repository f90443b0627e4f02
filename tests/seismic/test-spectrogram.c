#include "seismic/spectrogram.h"
#include "seismic/error.h"
#include "support/scipy.h"

#include <math.h>

static void
test_scipy (void)
{
  g_autoptr (GPtrArray) rows = test_scipy_read ("spectrograms.tsv");
  g_autoptr (GArray) input = test_scipy_values (rows, "input");

  g_assert_cmpuint (rows->len, ==, 4);
  for (guint i = 1; i < rows->len; i++) {
    GHashTable *row = rows->pdata[i];
    g_autoptr (GArray) wanted = test_scipy_numbers (row, "values");
    g_autoptr (GError) error = NULL;
    g_auto (SeismicSpectrogram) spectrogram = {0};
    const double rate_hz = test_scipy_number (row, "rate_hz");
    const SeismicSpectrogramSettings settings = {test_scipy_number (row, "window_s"),
                                                 test_scipy_number (row, "overlap"), 0};

    seismic_spectrogram_compute (&spectrogram, (const double *)(const void *)input->data,
                                 input->len, rate_hz, &settings, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (spectrogram.n_times * spectrogram.n_frequencies, ==, wanted->len);
    g_assert_cmpfloat_with_epsilon (spectrogram.first_s,
                                    test_scipy_number (row, "first_s"), 1e-9);
    g_assert_cmpfloat_with_epsilon (spectrogram.step_hz,
                                    test_scipy_number (row, "step_hz"), 1e-9);
    for (guint k = 0; k < wanted->len; k++) {
      const double db = g_array_index (wanted, double, k);
      if (db > -100.0) /* of the removed mean only rounding is left */
        g_assert_cmpfloat_with_epsilon (spectrogram.db[k], db, 1e-4);
    }
  }
}

/* A sine of amplitude A has the power A²/2, in three bins of Hann's window; white noise
 * of variance σ² has σ² over Nyquist's frequency in every bin. */
static void
test_power (void)
{
  const size_t n = 100000;
  const double rate_hz = 200.0;
  g_autofree double *x = g_new (double, n);
  g_autoptr (GError) error = NULL;
  g_auto (SeismicSpectrogram) sine = {0}, noise = {0};
  const SeismicSpectrogramSettings settings = {2.0, 0.5, 0};

  for (size_t i = 0; i < n; i++)
    x[i] = 1e4 + 3.0 * sin (2 * G_PI * 25.0 * (double)i / rate_hz);
  seismic_spectrogram_compute (&sine, x, n, rate_hz, &settings, &error);
  g_assert_no_error (error);
  double power = 0.0;
  for (size_t k = 49; k <= 51; k++)
    power += pow (10.0, sine.db[5 * sine.n_frequencies + k] / 10.0) * sine.step_hz;
  g_assert_cmpfloat_with_epsilon (power, 4.5, 1e-4);

  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (size_t i = 0; i < n; i++) /* variance 1 */
    x[i] = sqrt (3.0) * g_rand_double_range (rand, -1.0, 1.0);
  seismic_spectrogram_compute (&noise, x, n, rate_hz, &settings, &error);
  g_assert_no_error (error);
  double mean = 0.0;
  for (size_t t = 0; t < noise.n_times; t++)
    for (size_t k = 2; k < noise.n_frequencies - 1; k++)
      mean += pow (10.0, noise.db[t * noise.n_frequencies + k] / 10.0);
  mean /= (double)(noise.n_times * (noise.n_frequencies - 3));
  g_assert_cmpfloat_with_epsilon (mean, 1.0 / 100.0, 2e-4);
}

/* Silence has the floor, not minus infinity. */
static void
test_floor (void)
{
  const double x[64] = {0};
  g_autoptr (GError) error = NULL;
  g_auto (SeismicSpectrogram) spectrogram = {0};

  seismic_spectrogram_compute (&spectrogram, x, 64, 100.0,
                               &(SeismicSpectrogramSettings){0.16, 0.75, 0}, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (spectrogram.n_times, ==, 13);
  for (size_t i = 0; i < spectrogram.n_times * spectrogram.n_frequencies; i++)
    g_assert_cmpfloat (spectrogram.db[i], ==, SEISMIC_SPECTROGRAM_FLOOR_DB);
}

/* No more columns than asked for, the last window within the record, whatever the length.
 */
static void
test_columns (void)
{
  g_autofree double *x = g_new0 (double, 5000);

  for (size_t n = 4; n <= 5000; n = n * 3 / 2)
    for (size_t columns = 1; columns <= 1000; columns *= 3) {
      g_autoptr (GError) error = NULL;
      g_auto (SeismicSpectrogram) spectrogram = {0};

      seismic_spectrogram_compute (&spectrogram, x, n, 100.0,
                                   &(SeismicSpectrogramSettings){0.5, 0.9, columns},
                                   &error);
      g_assert_no_error (error);
      g_assert_cmpuint (spectrogram.n_times, >=, 1);
      g_assert_cmpuint (spectrogram.n_times, <=, columns);
      const double end_s = spectrogram.first_s * 2.0 +
                           spectrogram.step_s * (double)(spectrogram.n_times - 1);
      g_assert_cmpfloat (end_s, <=, (double)n / 100.0 + 1e-9);
    }
}

static void
test_check (void)
{
  static const struct {
    SeismicSpectrogramSettings settings;
    size_t n;
    int code;
  } cases[] = {{{0.03, 0.5, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{NAN, 0.5, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{-1, 0.5, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{1, 1.0, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{1, -0.1, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{1, NAN, 0}, 100, SEISMIC_ERROR_SETTINGS},
               {{1, 0.5, 0}, 3, SEISMIC_ERROR_TOO_SHORT},
               {{1, 0.5, 0}, 0, SEISMIC_ERROR_TOO_SHORT}};
  const double x[100] = {0};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    SeismicSpectrogram untouched = {.n_times = 77};

    g_assert_false (seismic_spectrogram_compute (&untouched, x, cases[i].n, 100.0,
                                                 &cases[i].settings, &error));
    g_assert_error (error, SEISMIC_ERROR, cases[i].code);
    g_assert_cmpuint (untouched.n_times, ==, 77);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrogram/scipy", test_scipy);
  g_test_add_func ("/spectrogram/power", test_power);
  g_test_add_func ("/spectrogram/floor", test_floor);
  g_test_add_func ("/spectrogram/columns", test_columns);
  g_test_add_func ("/spectrogram/check", test_check);
  return g_test_run ();
}
