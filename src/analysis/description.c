#include "analysis/description.h"
#include "seismic/butterworth.h"
#include "seismic/filter.h"
#include "seismic/spectrum-amplitude.h"
#include "seismic/time.h"
#include "seismic/travel-time.h"

#include <math.h>
#include <string.h>

#define SMOOTHING 20
#define TAPER 0.05
#define BAND_LOW_HZ 1.0
#define BAND_ORDER 4
/* Share of the time between the waves that is looked at, and of a window that must be
 * there; and s at least. */
#define WINDOW 0.8
#define WINDOW_THERE 0.5
#define WINDOW_LEAST_S 0.5

/* amplitudes (frequencies), overwritten: of one component. */
static void
component_spectrum (double *amplitudes, const SeismicSignal *signal, size_t component,
                    const double *frequencies_hz, bool physical)
{
  const size_t n = signal->n_samples;
  g_autofree double *samples =
      g_memdup2 (signal->samples + component * n, n * sizeof (double));
  g_autofree double *spectrum = g_new (double, n / 2 + 1);
  seismic_filter_detrend (samples, n);
  seismic_filter_taper (samples, n, TAPER);
  seismic_spectrum_amplitude (spectrum, samples, n, signal->rate_hz);
  seismic_spectrum_smooth (amplitudes, frequencies_hz, ANALYSIS_SPECTRUM_FREQUENCIES,
                           spectrum, n / 2 + 1, signal->rate_hz / (double)n, SMOOTHING);
  for (size_t f = 0; physical && f < ANALYSIS_SPECTRUM_FREQUENCIES; f++)
    amplitudes[f] *= 100 / signal->counts_per_ms2[component];
}

static float
log_or_unknown (double value)
{
  return value > 0 && isfinite (value) ? (float)log10 (value) : NAN;
}

void
analysis_describe_spectrum (float *out, const SeismicSignal *signal, double high_hz,
                            bool physical)
{
  enum { N = ANALYSIS_SPECTRUM_FREQUENCIES };
  double frequencies_hz[N], amplitudes[SEISMIC_N_COMPONENTS][N];
  for (size_t f = 0; f < ANALYSIS_SPECTRUM_NUMBERS; f++)
    out[f] = NAN;
  if (signal->n_samples < 4)
    return;
  for (size_t f = 0; f < N; f++)
    frequencies_hz[f] =
        ANALYSIS_SPECTRUM_LOW_HZ *
        pow (high_hz / ANALYSIS_SPECTRUM_LOW_HZ, (double)f / (double)(N - 1));
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++)
    component_spectrum (amplitudes[c], signal, c, frequencies_hz, physical);
  for (size_t f = 0; f < N; f++) {
    out[f] = log_or_unknown (hypot (amplitudes[0][f], amplitudes[1][f]) / sqrt (2));
    out[N + f] = log_or_unknown (amplitudes[2][f]);
  }
}

/* Samples [*first, *end) of the window that the record holds. FALSE if too few. */
static bool
find_window (size_t *first, size_t *end, const SeismicSignal *signal, double from_s,
             double length_s)
{
  const double rate = signal->rate_hz, n = (double)signal->n_samples;
  const double begin = fmin (fmax (ceil (from_s * rate), 0), n);
  const double stop = fmin (fmax (ceil ((from_s + length_s) * rate), 0), n);
  if (!(stop - begin >= WINDOW_THERE * length_s * rate &&
        stop - begin >= WINDOW_LEAST_S * rate))
    return false;
  *first = (size_t)begin;
  *end = (size_t)stop;
  return true;
}

static double
sum_squares (const double *samples, size_t first, size_t end)
{
  double sum = 0;
  for (size_t i = first; i < end; i++)
    sum += samples[i] * samples[i];
  return sum;
}

void
analysis_describe_ratios (float *out, const SeismicSignal *signal,
                          const SeismicSignalInfo *info)
{
  const SeismicEvent *event = &info->event;
  for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++)
    out[b] = NAN;
  if (event->time_ns == SEISMIC_TIME_UNSET)
    return;
  const double origin_s =
      (double)(event->time_ns - signal->start_ns) / SEISMIC_NS_PER_SECOND;
  const double p_s =
      seismic_travel_time_s (SEISMIC_PHASE_P, info->distance_km, event->depth_km);
  const double apart_s =
      seismic_travel_time_s (SEISMIC_PHASE_S, info->distance_km, event->depth_km) - p_s;
  size_t p_first, p_end, s_first, s_end;
  if (!find_window (&p_first, &p_end, signal, origin_s + p_s, WINDOW * apart_s) ||
      !find_window (&s_first, &s_end, signal, origin_s + p_s + apart_s, WINDOW * apart_s))
    return;

  const size_t n = signal->n_samples;
  g_autofree double *samples = g_new (double, n);
  for (size_t b = 0; b < ANALYSIS_RATIO_BANDS; b++) {
    const double low_hz = ldexp (BAND_LOW_HZ, (int)b);
    const SeismicButterworth band = {SEISMIC_BUTTERWORTH_BANDPASS, BAND_ORDER, low_hz,
                                     2 * low_hz, true};
    if (2 * low_hz > 0.45 * signal->rate_hz)
      continue;
    double p = 0, s = 0;
    for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
      memcpy (samples, signal->samples + c * n, n * sizeof (double));
      seismic_filter_detrend (samples, n);
      seismic_butterworth_apply (samples, n, &band, signal->rate_hz);
      p += sum_squares (samples, p_first, p_end);
      s += sum_squares (samples, s_first, s_end);
    }
    out[b] = log_or_unknown (
        sqrt (p / (double)(p_end - p_first) / (s / (double)(s_end - s_first))));
  }
}
