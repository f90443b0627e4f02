#include "analysis/description.h"
#include "seismic/travel-time.h"

#include <math.h>
#include <string.h>

enum { N = 6000, RATE = 100 };

static SeismicSignal
silent_signal (double *samples)
{
  SeismicSignal signal = {.rate_hz = RATE, .n_samples = N, .samples = samples};
  for (size_t c = 0; c < 3; c++)
    signal.counts_per_ms2[c] = 100 * (double)(c + 1);
  memset (samples, 0, 3 * N * sizeof (double));
  return signal;
}

/* A sine of amplitude A over the whole record has, at its frequency, the amplitude
 * spectrum A T / 2 (less the taper and the smoothing): where it is largest, and how far
 * that of another amplitude is away, is told. */
static void
test_spectrum (void)
{
  g_autofree double *samples = g_new (double, 3 * N);
  SeismicSignal signal = silent_signal (samples);
  for (size_t i = 0; i < N; i++) {
    const double t = (double)i / RATE;
    samples[i] = 30 * sin (2 * G_PI * 5 * t);
    samples[N + i] = 40 * sin (2 * G_PI * 5 * t);
    samples[2 * N + i] = 5 * sqrt (2) * sin (2 * G_PI * 5 * t);
  }
  float counts[ANALYSIS_SPECTRUM_NUMBERS], motion[ANALYSIS_SPECTRUM_NUMBERS];
  analysis_describe_spectrum (counts, &signal, 40, false);
  size_t largest = 0;
  for (size_t f = 1; f < ANALYSIS_SPECTRUM_FREQUENCIES; f++)
    if (counts[f] > counts[largest])
      largest = f;
  /* 0.5 Hz … 40 Hz in 23 steps. */
  const double frequency_hz = 0.5 * pow (80, (double)largest / 23);
  g_assert_cmpfloat_with_epsilon (frequency_hz, 5, 0.6);
  /* √((30² + 40²) / 2) to 5 √2 is 5. */
  for (size_t f = 0; f < ANALYSIS_SPECTRUM_FREQUENCIES; f++)
    g_assert_cmpfloat_with_epsilon (counts[f] - counts[ANALYSIS_SPECTRUM_FREQUENCIES + f],
                                    log10 (5), 1e-5);
  analysis_describe_spectrum (motion, &signal, 40, true);
  g_assert_cmpfloat_with_epsilon (motion[40] - counts[40], log10 (100.0 / 300), 1e-5);
  /* Ten times the motion is 1 more. */
  for (size_t i = 0; i < 3 * N; i++)
    samples[i] *= 10;
  float ten[ANALYSIS_SPECTRUM_NUMBERS];
  analysis_describe_spectrum (ten, &signal, 40, false);
  for (size_t f = 0; f < ANALYSIS_SPECTRUM_NUMBERS; f++)
    g_assert_cmpfloat_with_epsilon (ten[f] - counts[f], 1, 1e-5);
  memset (samples, 0, 3 * N * sizeof (double));
  analysis_describe_spectrum (ten, &signal, 40, false);
  for (size_t f = 0; f < ANALYSIS_SPECTRUM_NUMBERS; f++)
    g_assert_true (isnan (ten[f]));
}

/* Waves of 6 Hz, those after the S arrival four times as large, on the component of the
 * S wave; 1 s of quiet before each arrival. */
static SeismicSignalInfo
quake (SeismicSignal *signal, double *samples)
{
  SeismicSignalInfo info = {.distance_km = 60};
  info.event.depth_km = 8;
  info.event.time_ns = 1000 * INT64_C (1000000000);
  *signal = silent_signal (samples);
  signal->start_ns = 998 * INT64_C (1000000000);
  const double p_s = 2 + seismic_travel_time_s (SEISMIC_PHASE_P, 60, 8);
  const double s_s = 2 + seismic_travel_time_s (SEISMIC_PHASE_S, 60, 8);
  for (size_t i = 0; i < N; i++) {
    const double t = (double)i / RATE, wave = sin (2 * G_PI * 6 * t);
    samples[2 * N + i] = t > p_s && t < s_s - 1 ? 100 * wave : 0;
    samples[i] = t > s_s ? 400 * wave : 0;
  }
  return info;
}

static void
test_ratios (void)
{
  g_autofree double *samples = g_new (double, 3 * N);
  SeismicSignal signal;
  SeismicSignalInfo info = quake (&signal, samples);
  float ratios[ANALYSIS_RATIO_BANDS], scaled[ANALYSIS_RATIO_BANDS];
  analysis_describe_ratios (ratios, &signal, &info);
  g_assert_cmpfloat_with_epsilon (ratios[2], log10 (0.25), 0.05);
  /* The instrument's gain does not matter, nor an offset. */
  for (size_t i = 0; i < 3 * N; i++)
    samples[i] = 7 * samples[i] + 1000;
  analysis_describe_ratios (scaled, &signal, &info);
  for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
    g_assert_cmpfloat_with_epsilon (ratios[b], scaled[b], 1e-4);
}

/* What is not known or not there is told as such. */
static void
test_ratios_unknown (void)
{
  g_autofree double *samples = g_new (double, 3 * N);
  SeismicSignal signal;
  const SeismicSignalInfo good = quake (&signal, samples);
  float ratios[ANALYSIS_RATIO_BANDS];
  for (int wrong = 0; wrong < 6; wrong++) {
    SeismicSignalInfo info = good;
    SeismicSignal cut = signal;
    if (wrong == 0)
      info.distance_km = NAN;
    else if (wrong == 1)
      info.event.depth_km = NAN;
    else if (wrong == 2)
      info.event.time_ns = INT64_MIN;
    else if (wrong == 3)
      cut.start_ns += 20 * INT64_C (1000000000); /* the P wave is not in it */
    else if (wrong == 4)
      cut.start_ns -= 3600 * INT64_C (1000000000); /* nor any wave */
    else
      info.distance_km = 0.1; /* both waves at once */
    if (wrong == 5)
      info.event.depth_km = 1;
    analysis_describe_ratios (ratios, &cut, &info);
    for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
      g_assert_true (isnan (ratios[b]));
  }
  signal.rate_hz = 20; /* the highest band is above its half */
  SeismicSignalInfo slow = good;
  slow.event.time_ns = signal.start_ns;
  analysis_describe_ratios (ratios, &signal, &slow);
  g_assert_true (isfinite (ratios[2]));
  g_assert_true (isnan (ratios[3]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/description/spectrum", test_spectrum);
  g_test_add_func ("/analysis/description/ratios", test_ratios);
  g_test_add_func ("/analysis/description/ratios-unknown", test_ratios_unknown);
  return g_test_run ();
}
