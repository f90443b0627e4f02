#include "seismic/spectrum-amplitude.h"
#include "seismic/filter.h"
#include "seismic/spectrum.h"

#include <math.h>

#define REACH (4.0 * G_PI) /* of the smoothing window, in x */
#define TAPER 0.05

void
seismic_spectrum_amplitude (double *amplitudes, const double *samples, size_t n,
                            double rate_hz)
{
  g_autofree double *spectrum = g_new (double, 2 * (n / 2 + 1));

  seismic_spectrum_forward (spectrum, samples, n);
  for (size_t k = 0; k <= n / 2; k++)
    amplitudes[k] = hypot (spectrum[2 * k], spectrum[2 * k + 1]) / rate_hz;
}

static double
smooth_at (double centre_hz, const double *amplitudes, size_t n, double step_hz,
           double bandwidth)
{
  const double reach = pow (10.0, REACH / bandwidth);
  const double lowest = fmax (ceil (centre_hz / reach / step_hz), 1.0);
  const double highest = fmin (floor (centre_hz * reach / step_hz), (double)n - 1.0);
  double sum = 0.0, weights = 0.0;

  for (double k = lowest; k <= highest; k += 1.0) {
    const double x = bandwidth * log10 (k * step_hz / centre_hz);
    const double ratio = fabs (x) > 1e-6 ? sin (x) / x : 1.0;
    const double weight = ratio * ratio * ratio * ratio;

    sum += weight * amplitudes[(size_t)k];
    weights += weight;
  }
  if (weights > 0.0)
    return sum / weights;
  return amplitudes[(size_t)CLAMP (round (centre_hz / step_hz), 1.0, (double)n - 1.0)];
}

void
seismic_spectrum_smooth (double *out, const double *frequencies_hz, size_t n_out,
                         const double *amplitudes, size_t n_in, double step_hz,
                         double bandwidth)
{
  for (size_t i = 0; i < n_out; i++)
    out[i] = smooth_at (frequencies_hz[i], amplitudes, n_in, step_hz, bandwidth);
}

double
seismic_spectrum_peak_hz (const double *samples, size_t n, double rate_hz)
{
  size_t peak = 0;

  if (n < 4)
    return 0.0;
  g_autofree double *copy = g_memdup2 (samples, n * sizeof *samples);
  g_autofree double *amplitudes = g_new (double, n / 2 + 1);
  seismic_filter_detrend (copy, n);
  seismic_filter_taper (copy, n, TAPER);
  seismic_spectrum_amplitude (amplitudes, copy, n, rate_hz);
  amplitudes[0] = 0.0;
  for (size_t k = 1; k <= n / 2; k++)
    if (amplitudes[k] > amplitudes[peak])
      peak = k;
  return (double)peak * rate_hz / (double)n;
}
