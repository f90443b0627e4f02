#include "seismic/quality.h"
#include "seismic/error.h"
#include "seismic/waveform.h"
#include "support/shared.h"

#include <math.h>
#include <string.h>

#define RATE_HZ 100.0
#define N_SAMPLES ((size_t)6000)

/* Three components of noise of ±noise counts, with motion of that amplitude at 5 Hz that
 * grows from 20 s on and ends at 40 s. */
static SeismicSignal *
make_signal (double noise, double amplitude)
{
  SeismicSignal *signal = g_new0 (SeismicSignal, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_strlcpy (signal->components, "ENZ", sizeof signal->components);
  signal->rate_hz = RATE_HZ;
  signal->n_samples = N_SAMPLES;
  signal->samples = g_new0 (double, SEISMIC_N_COMPONENTS *N_SAMPLES);
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * N_SAMPLES; i++) {
    const size_t at = i % N_SAMPLES;
    const double shaken = at >= 2000 && at < 4000
                              ? amplitude * fmin (1.0, (double)(at - 2000) / 50.0)
                              : 0.0;
    signal->samples[i] = rint (g_rand_double_range (rand, -noise, noise) +
                               shaken * sin (2.0 * G_PI * 5.03 * (double)at / RATE_HZ));
  }
  return signal;
}

static SeismicQuality
compute (const SeismicSignal *signal, double p_s, double s_s)
{
  SeismicQuality quality;
  seismic_quality_compute (&quality, signal, 0, p_s, s_s);
  g_assert_cmpint (quality.version, ==, SEISMIC_QUALITY_VERSION);
  return quality;
}

static void
test_good (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  for (int known = 0; known < 2; known++) {
    const SeismicQuality quality =
        compute (signal, known ? 20.0 : NAN, known ? 21.0 : NAN);
    g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);
    g_assert_cmpfloat_with_epsilon (quality.peak[1], 20000, 100);
    /* Q₀.₉₅ of |sin| is sin (0.475 π) = 0.9969, of the noise 47.5. */
    const double expected_db = 20.0 * log10 (0.9969 * 20000 / 47.5);
    g_assert_cmpfloat_with_epsilon (quality.snr_db[0], expected_db, 0.5);
    g_assert_true (isnan (quality.arrival_s) == !known);
  }
}

/* What is noise alone is told by both ways; what is three times as loud is not. */
static void
test_noisy (void)
{
  g_autoptr (SeismicSignal) noise = make_signal (50, 0);
  SeismicQuality quality = compute (noise, 20.0, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, SEISMIC_QUALITY_NOISY);
  g_assert_cmpfloat_with_epsilon (quality.snr_db[2], 0.0, 0.5);
  quality = compute (noise, NAN, NAN);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, SEISMIC_QUALITY_NOISY);
  g_assert_cmpfloat (quality.snr_db[2], <, 2.0);

  g_autoptr (SeismicSignal) loud = make_signal (50, 200);
  quality = compute (loud, 20.0, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);

  /* An offset is no signal, and no noise. */
  for (size_t i = 0; i < SEISMIC_N_COMPONENTS * N_SAMPLES; i++)
    loud->samples[i] += 1e6;
  const SeismicQuality moved = compute (loud, 20.0, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&moved), ==, 0);
  g_assert_cmpfloat_with_epsilon (moved.snr_db[0], quality.snr_db[0], 1e-9);
  g_assert_cmpfloat_with_epsilon (moved.peak[0], quality.peak[0], 1e-6);
}

/* P in the first 1.5 s leaves no noise before it. */
static void
test_late_start (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  SeismicQuality quality = compute (signal, 1.4, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);
  g_assert_cmpfloat (quality.snr_db[0], >, 45.0); /* of windows */
  quality = compute (signal, 0.4, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, SEISMIC_QUALITY_SHORT);
  quality = compute (signal, -3.0, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, SEISMIC_QUALITY_SHORT);
  quality = compute (signal, 20.0, 55.5); /* S 4.5 s before the end */
  g_assert_true (quality.flags[0] & SEISMIC_QUALITY_SHORT);
  quality = compute (signal, 20.0, 54.5);
  g_assert_false (quality.flags[0] & SEISMIC_QUALITY_SHORT);
}

static void
test_short_and_gaps (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  SeismicQuality quality;
  signal->has_gaps = true;
  seismic_quality_compute (&quality, signal, 2, NAN, NAN);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, SEISMIC_QUALITY_GAPS);
  g_assert_cmpuint (quality.n_gaps, ==, 2);

  signal->has_gaps = false;
  signal->n_samples = 549;
  seismic_quality_compute (&quality, signal, 0, NAN, NAN);
  g_assert_true (quality.flags[0] & SEISMIC_QUALITY_SHORT);
  signal->n_samples = 550;
  seismic_quality_compute (&quality, signal, 0, NAN, NAN);
  g_assert_false (quality.flags[0] & SEISMIC_QUALITY_SHORT);

  for (size_t n = 0; n < 60; n++) { /* nothing is too short to look at */
    signal->n_samples = n;
    seismic_quality_compute (&quality, signal, 0, NAN, NAN);
  }
}

static void
test_clipped (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  double *north = signal->samples + N_SAMPLES;
  for (size_t i = 0; i < N_SAMPLES; i++)
    north[i] = fmin (north[i], 12000);
  SeismicQuality quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[0], ==, 0);
  g_assert_cmpuint (quality.flags[1], ==, SEISMIC_QUALITY_CLIPPED);
  for (size_t i = 0; i < N_SAMPLES; i++)
    north[i] = -north[i]; /* below as above */
  quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[1], ==, SEISMIC_QUALITY_CLIPPED);

  /* A slow small wave has flat crests of its own: 100 q at 0.2 Hz, 16 samples long. */
  for (size_t i = 0; i < N_SAMPLES; i++)
    north[i] = rint (100.0 * sin (2.0 * G_PI * 0.2 * (double)i / RATE_HZ));
  quality = compute (signal, NAN, NAN);
  g_assert_false (quality.flags[1] & SEISMIC_QUALITY_CLIPPED);
  north[3000] = -8200000.0; /* the end of the scale, once */
  quality = compute (signal, NAN, NAN);
  g_assert_true (quality.flags[1] & SEISMIC_QUALITY_CLIPPED);
}

static void
test_flat (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  for (size_t i = 0; i < N_SAMPLES; i++)
    signal->samples[i] = 17.0;
  SeismicQuality quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[0], ==, SEISMIC_QUALITY_FLAT);
  g_assert_cmpuint (quality.flags[1], ==, 0);
  g_assert_true (isnan (quality.snr_db[0]));
  g_assert_cmpfloat (quality.peak[0], ==, 0.0);
  g_assert_false (isnan (seismic_quality_least_snr_db (&quality)));

  double *up = signal->samples + 2 * N_SAMPLES;
  for (size_t i = 3000; i < 3599; i++)
    up[i] = up[3000];
  quality = compute (signal, 20.0, 21.0);
  g_assert_false (quality.flags[2] & SEISMIC_QUALITY_FLAT);
  up[3599] = up[3000]; /* a tenth now */
  quality = compute (signal, 20.0, 21.0);
  g_assert_true (quality.flags[2] & SEISMIC_QUALITY_FLAT);
}

static void
test_spikes (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  for (size_t i = 2000; i < 2040; i++) /* an onset that is none */
    signal->samples[i] = i % 2 ? 15000 : -15000;
  SeismicQuality quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);
  signal->samples[1000] += 3000;
  quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[0], ==, SEISMIC_QUALITY_SPIKES);
  g_assert_cmpuint (quality.flags[1], ==, 0);
  signal->samples[1001] += 3000; /* of two samples */
  quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[0], ==, SEISMIC_QUALITY_SPIKES);

  /* Some counts on a resting recorder are its resolution. */
  g_autoptr (SeismicSignal) resting = make_signal (0.4, 0);
  resting->samples[1000] = 9;
  resting->samples[3000] = -1;
  quality = compute (resting, NAN, NAN);
  g_assert_false (quality.flags[0] & SEISMIC_QUALITY_SPIKES);
  resting->samples[1000] = 11;
  quality = compute (resting, NAN, NAN);
  g_assert_true (quality.flags[0] & SEISMIC_QUALITY_SPIKES);
}

static void
test_offset (void)
{
  g_autoptr (SeismicSignal) signal = make_signal (50, 20000);
  for (size_t i = 3000; i < N_SAMPLES; i++) {
    signal->samples[i] += 1900;
    signal->samples[N_SAMPLES + i] += 3000;
  }
  const SeismicQuality quality = compute (signal, 20.0, 21.0);
  g_assert_cmpuint (quality.flags[0], ==, 0); /* a tenth of the peak is 2090 or so */
  g_assert_cmpuint (quality.flags[1], ==, SEISMIC_QUALITY_OFFSET);
  g_assert_cmpuint (quality.flags[2], ==, 0);
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  unsigned flags = 0;
  g_autofree char *text =
      seismic_quality_flags_to_text (SEISMIC_QUALITY_OFFSET | SEISMIC_QUALITY_NOISY);
  g_assert_cmpstr (text, ==, "noisy offset");
  g_assert_true (seismic_quality_flags_from_text ("Offset, noisy", &flags, &error));
  g_assert_cmpuint (flags, ==, SEISMIC_QUALITY_OFFSET | SEISMIC_QUALITY_NOISY);
  g_assert_false (seismic_quality_flags_from_text ("noisy,odd", &flags, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_SETTINGS);
  g_assert_cmpuint (flags, ==, SEISMIC_QUALITY_OFFSET | SEISMIC_QUALITY_NOISY);
  for (size_t i = 0; i < SEISMIC_QUALITY_N_FLAGS; i++) {
    g_assert_true (
        seismic_quality_flags_from_text (seismic_quality_flag_name (i), &flags, NULL));
    g_assert_cmpuint (flags, ==, 1u << i);
  }

  SeismicQuality quality;
  seismic_quality_init (&quality);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);
  g_assert_true (isnan (seismic_quality_least_snr_db (&quality)) &&
                 isnan (seismic_quality_most_peak (&quality)));
}

/* A real record of an M 4.5: the channels of one station that has nothing wrong. */
static void
test_real (void)
{
  static const char *const channels[] = {"HNE", "HNN", "HNZ"};
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_trace_free);
  for (size_t i = 0; i < G_N_ELEMENTS (channels); i++) {
    g_autofree char *name = g_strdup_printf (
        "NC.CTA..%s__20191015T053312Z__20191015T054042Z.mseed", channels[i]);
    g_autofree char *path =
        test_shared_path ("data", "waveforms", "nc73291880", name, NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    GPtrArray *traces = NULL;
    if (path == NULL)
      return;
    g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
    g_assert_true (
        seismic_waveform_read ((const uint8_t *)bytes, n, &traces, NULL, NULL));
    g_ptr_array_extend_and_steal (all, traces);
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicSignal) signal = seismic_signal_from_traces (all, &error);
  g_assert_no_error (error);
  const SeismicQuality quality = compute (signal, NAN, NAN);
  g_assert_cmpuint (seismic_quality_flags (&quality), ==, 0);
  g_assert_cmpfloat (seismic_quality_least_snr_db (&quality), >, 60.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/good", test_good);
  g_test_add_func ("/quality/noisy", test_noisy);
  g_test_add_func ("/quality/late-start", test_late_start);
  g_test_add_func ("/quality/short-and-gaps", test_short_and_gaps);
  g_test_add_func ("/quality/clipped", test_clipped);
  g_test_add_func ("/quality/flat", test_flat);
  g_test_add_func ("/quality/spikes", test_spikes);
  g_test_add_func ("/quality/offset", test_offset);
  g_test_add_func ("/quality/names", test_names);
  g_test_add_func ("/quality/real", test_real);
  return g_test_run ();
}
