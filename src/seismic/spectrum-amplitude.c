#include "seismic/spectrum-amplitude.h"
#include "seismic/filter.h"
#include "seismic/spectrum.h"

#include <math.h>

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

/* Of all frequencies, once: u = bandwidth log₁₀ f, and its sine and cosine, so that the
 * window sin (u − uc) needs neither logarithm nor sine for each pair. */
typedef struct {
  double u, sine, cosine;
} Place;

static Place
place_of (double frequency_hz, double bandwidth)
{
  const double u = bandwidth * log10 (frequency_hz);

  return (Place){u, sin (u), cos (u)};
}

/* places and amplitudes (n) */
static double
smooth_at (Place centre, const Place *places, const double *amplitudes, size_t n)
{
  double sum = 0.0, weights = 0.0;

  for (size_t k = 0; k < n; k++) {
    const double x = places[k].u - centre.u;
    const double sine = places[k].sine * centre.cosine - places[k].cosine * centre.sine;
    const double ratio = fabs (x) > 1e-6 ? sine / x : 1.0;
    const double weight = ratio * ratio * ratio * ratio;

    sum += weight * amplitudes[k];
    weights += weight;
  }
  return sum / weights;
}

void
seismic_spectrum_smooth (double *out, const double *frequencies_hz, size_t n_out,
                         const double *amplitudes, size_t n_in, double step_hz,
                         double bandwidth)
{
  g_autofree Place *places = g_new (Place, n_in - 1);

  for (size_t k = 1; k < n_in; k++)
    places[k - 1] = place_of ((double)k * step_hz, bandwidth);
  for (size_t i = 0; i < n_out; i++)
    out[i] = smooth_at (place_of (frequencies_hz[i], bandwidth), places, amplitudes + 1,
                        n_in - 1);
}

size_t
seismic_spectrum_centres (double *centres_hz, size_t n, double step_hz, double min_hz,
                          double max_hz)
{
  const double first = fmax (ceil (min_hz / step_hz - 1e-9), 1.0);
  const double last = fmax (floor (max_hz / step_hz + 1e-9), first);
  double before = 0.0;
  size_t m = 0;

  for (size_t i = 0; i < n; i++) {
    const double f = min_hz * pow (max_hz / min_hz, (double)i / (double)(n - 1));
    const double k = fmin (fmax (round (f / step_hz), first), last);

    if (k > before)
      centres_hz[m++] = k * step_hz;
    before = k;
  }
  return m;
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
