#include "app/spectra.h"

#include "app/chart.h"
#include "support/shown.h"
#include "support/widgets.h"

/* The function as its thread would run it. */
static gpointer
run (SaeJobFunc function, gpointer input)
{
  SaeJob *job = g_object_new (SAE_TYPE_JOB, NULL);
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  g_assert_true (function (job, input, &result, &error));
  g_assert_no_error (error);
  g_object_unref (job);
  return result;
}

/* |X| of a sine of amplitude a over T seconds is a T / 2, at its frequency. */
static void
test_spectrum (void)
{
  SaeShown *shown = shown_test_new (2000);
  SaeSpectra *wanted = sae_spectra_new (shown->recording, "counts", 0, 9.99, 40);
  SaeSpectra *done = run (sae_spectra_compute, wanted);

  g_assert_cmpuint (done->n_samples, ==, 1000);
  g_assert_cmpfloat_with_epsilon (done->step_hz, 0.1, 1e-12);
  for (size_t c = 0; c < 3; c++) {
    g_assert_cmpfloat_with_epsilon (done->raw[c][50], ((double)c + 1) * 5, 1e-9);
    g_assert_cmpfloat_with_epsilon (done->raw[c][0], 0, 1e-9); /* no mean */
    g_assert_nonnull (done->smooth[c]);
  }
  g_assert_cmpfloat_with_epsilon (done->frequencies_hz[done->n_smooth - 1], 50, 1e-9);
  sae_spectra_free (done);
  /* A gap: the longer side. */
  shown_test_cut (shown, 1, 300, 310);
  done = run (sae_spectra_compute, wanted);
  g_assert_cmpuint (done->n_samples, ==, 690);
  g_assert_cmpfloat_with_epsilon (done->first_s, 3.1, 1e-12);
  sae_spectra_free (done);
  sae_spectra_free (wanted);
  wanted = sae_spectra_new (shown->recording, "counts", 3, 3.05, 0);
  done = run (sae_spectra_compute, wanted);
  g_assert_cmpuint (done->n_raw, ==, 0);
  sae_spectra_free (done);
  sae_spectra_free (wanted);
  shown_test_free (shown);
}

static void
test_spectrogram (void)
{
  SaeShown *shown = shown_test_new (2000);
  const SeismicSpectrogramSettings settings = {.window_s = 1, .overlap = 0.5};
  SaeSpectrograms *wanted, *done;
  const SeismicSpectrogram *gapless, *gappy;
  size_t n_missing = 0;

  shown_test_cut (shown, 1, 1000, 1001);
  wanted = sae_spectrograms_new (shown->recording, "counts", &settings);
  done = run (sae_spectrograms_compute, wanted);
  gapless = &done->results[2];
  gappy = &done->results[1];
  g_assert_cmpuint (gapless->n_times, ==, 39);
  for (size_t t = 0; t < gapless->n_times; t++) {
    const float *db = gapless->db + t * gapless->n_frequencies;

    g_assert_cmpfloat (db[5], >, db[8] + 20); /* 5 Hz */
    n_missing += isnan (gappy->db[t * gappy->n_frequencies]) ? 1 : 0;
  }
  g_assert_cmpuint (n_missing, >=, 2);
  g_assert_cmpuint (n_missing, <=, 4);
  g_assert_true (isfinite (done->max_db));
  sae_spectrograms_free (wanted);
  sae_spectrograms_free (done);
  shown_test_free (shown);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/spectra/spectrum", test_spectrum);
  g_test_add_func ("/app/spectra/spectrogram", test_spectrogram);
  return g_test_run ();
}
