#include "seismic/synthesis-motion.h"
#include "seismic/spectrum.h"
#include "seismic/synthesis-random.h"

#include <complex.h>
#include <glib.h>
#include <math.h>
#include <string.h>

/* The crust of coastal California: Boore and Joyner 1997; Raoof et al. 1999 for Q. */
#define DENSITY 2.8     /* g/cm³ */
#define S_VELOCITY 3.5  /* km/s */
#define P_VELOCITY 6.06 /* km/s, √3 times S */
#define QUALITY_0 180.0
#define QUALITY_EXPONENT 0.45
#define CROSSOVER_KM 70.0 /* from body to surface wave spreading */

#define S_RADIATION 0.55
#define P_RADIATION 0.52
#define FREE_SURFACE 2.0
#define PARTITION 0.707 /* of S energy into two horizontal components */

/* Explosions: P radiates alike in all directions; their S waves come from conversion and
 * spall near the source, at lower frequency. */
#define EXPLOSION_S_SHARE 1.0
#define EXPLOSION_S_CORNER 0.9
#define EXPLOSION_P_CORNER 1.6
#define EARTHQUAKE_P_CORNER 1.25

static double
hypocentral_km (const SeismicSynthesisSource *source, const SeismicSynthesisPath *path)
{
  return hypot (path->distance_km, source->depth_km);
}

/* A point source saturates near large ruptures: Atkinson and Silva 2000, eq. 1. */
static double
effective_km (const SeismicSynthesisSource *source, const SeismicSynthesisPath *path)
{
  double h = pow (10.0, -0.05 + 0.15 * source->magnitude);
  return hypot (hypocentral_km (source, path), source->explosion ? 1.0 : h);
}

/* Hanks and Kanamori 1979, in dyne cm. */
static double
moment_dyne_cm (double magnitude)
{
  return pow (10.0, 1.5 * magnitude + 16.05);
}

double
seismic_synthesis_corner (const SeismicSynthesisSource *source,
                          SeismicSynthesisPhase phase)
{
  /* B03 eq. 10, Δσ in bar; P corners lie somewhat above those of S. */
  double s =
      4.9e6 * S_VELOCITY * cbrt (source->stress_bar / moment_dyne_cm (source->magnitude));

  if (phase == SEISMIC_SYNTHESIS_P)
    return (source->explosion ? EXPLOSION_P_CORNER : EARTHQUAKE_P_CORNER) * s;
  return source->explosion ? EXPLOSION_S_CORNER * s : s;
}

double
seismic_synthesis_arrival (const SeismicSynthesisSource *source,
                           const SeismicSynthesisPath *path, SeismicSynthesisPhase phase)
{
  return hypocentral_km (source, path) /
         (phase == SEISMIC_SYNTHESIS_P ? P_VELOCITY : S_VELOCITY);
}

double
seismic_synthesis_duration (const SeismicSynthesisSource *source,
                            const SeismicSynthesisPath *path, SeismicSynthesisPhase phase)
{
  double rupture = 1.0 / seismic_synthesis_corner (source, phase);
  double path_share = phase == SEISMIC_SYNTHESIS_P ? 0.03 : 0.05;
  return rupture + 0.3 + path_share * hypocentral_km (source, path);
}

/* The source spectrum's shape, causal, so that a sharp onset stays one; its modulus is
 * the ω² model's 1 / (1 + (f / fc)²). An explosion's P overshoots before it falls:
 * Mueller and Murphy 1971, with λ = μ. */
static complex double
source_shape (const SeismicSynthesisSource *source, SeismicSynthesisPhase phase,
              double frequency_hz)
{
  double x = frequency_hz / seismic_synthesis_corner (source, phase);

  if (source->explosion && phase == SEISMIC_SYNTHESIS_P)
    return 1.0 / (1.0 - 0.75 * x * x + I * x);
  return 1.0 / ((1.0 + I * x) * (1.0 + I * x));
}

/* Generic rock: Boore and Joyner 1997, table 3 (doi 10.1785/BSSA0870020327). */
static double
rock_amplification (double frequency_hz)
{
  static const struct {
    double frequency_hz, factor;
  } table[] = {{0.01, 1.00}, {0.09, 1.10}, {0.16, 1.18}, {0.51, 1.42},
               {0.84, 1.58}, {1.25, 1.74}, {2.26, 2.06}, {3.17, 2.25},
               {6.05, 2.58}, {16.6, 3.13}, {61.2, 4.00}};
  const size_t last = G_N_ELEMENTS (table) - 1;

  if (frequency_hz <= table[0].frequency_hz)
    return table[0].factor;
  for (size_t i = 1; i <= last; i++)
    if (frequency_hz <= table[i].frequency_hz) {
      double share = log (frequency_hz / table[i - 1].frequency_hz) /
                     log (table[i].frequency_hz / table[i - 1].frequency_hz);
      return table[i - 1].factor * pow (table[i].factor / table[i - 1].factor, share);
    }
  return table[last].factor;
}

/* Geometric spreading, relative to 1 km. */
static double
spreading (double km)
{
  return km < CROSSOVER_KM ? 1.0 / km : sqrt (CROSSOVER_KM / km) / CROSSOVER_KM;
}

/* All of B03 eq. 4 but the source's shape, for acceleration in m/s. */
static double
amplitude_without_shape (const SeismicSynthesisSource *source,
                         const SeismicSynthesisPath *path, SeismicSynthesisPhase phase,
                         double frequency_hz)
{
  if (frequency_hz <= 0.0)
    return 0.0;

  bool p = phase == SEISMIC_SYNTHESIS_P;
  double velocity = p ? P_VELOCITY : S_VELOCITY;
  double radiation = p ? P_RADIATION : S_RADIATION * PARTITION;
  if (source->explosion)
    radiation = p ? 1.0 : radiation * EXPLOSION_S_SHARE;
  if (p)
    radiation *= path->p_factor;

  /* B03 eq. 6: 1e-20 makes it cm/s of moment in dyne cm, km, km/s and g/cm³. */
  double constant = radiation * FREE_SURFACE * 1e-20 /
                    (4.0 * G_PI * DENSITY * velocity * velocity * velocity);
  double omega = 2.0 * G_PI * frequency_hz;
  double km = effective_km (source, path);
  double quality = QUALITY_0 * pow (frequency_hz, QUALITY_EXPONENT);
  double kappa = p ? 0.6 * path->kappa_s : path->kappa_s;
  /* P waves see stiffer, water-filled ground: half of the amplification in dB. */
  double site = rock_amplification (frequency_hz) * path->amplification;

  return 0.01 * constant * moment_dyne_cm (source->magnitude) * omega * omega *
         spreading (km) * exp (-G_PI * frequency_hz * km / (quality * velocity)) *
         (p ? sqrt (site) : site) * exp (-G_PI * kappa * frequency_hz);
}

double
seismic_synthesis_amplitude (const SeismicSynthesisSource *source,
                             const SeismicSynthesisPath *path,
                             SeismicSynthesisPhase phase, double frequency_hz)
{
  return amplitude_without_shape (source, path, phase, frequency_hz) *
         cabs (source_shape (source, phase, frequency_hz));
}

/* The scattered coda's amplitude at first, of the window's peak. */
#define P_CODA_SHARE 0.15
#define S_CODA_SHARE 0.09

/* Saragoni and Hart's window (B03 eq. 24–28 with ε = 0.2, η = 0.05, f_Tgm = 2), and the
 * scattered coda behind it. t in s after the arrival. */
static double
window (double t, double duration_s, double coda_share)
{
  const double epsilon = 0.2, eta = 0.05;
  const double b = -epsilon * log (eta) / (1.0 + epsilon * (log (epsilon) - 1.0));
  const double c = b / epsilon, a = pow (G_E / epsilon, b);

  if (t <= 0.0)
    return 0.0;
  double x = t / (2.0 * duration_s);
  double coda_s = 7.0 + 2.0 * duration_s;
  return a * pow (x, b) * exp (-c * x) +
         coda_share * (1.0 - exp (-t / duration_s)) * exp (-t / coda_s);
}

/* series (n): one component of one phase: noise, windowed, its spectrum normalised and
 * shaped (B03 section 3.1 and figure 9). */
static void
phase_series (double *series, const SeismicSynthesisSource *source,
              const SeismicSynthesisPath *path, SeismicSynthesisPhase phase,
              double begin_s, double rate_hz, size_t n, SynthesisRandom random)
{
  size_t n_bins = n / 2 + 1;
  g_autofree double *spectrum = g_new (double, 2 * n_bins);
  double arrival = seismic_synthesis_arrival (source, path, phase);
  double duration = seismic_synthesis_duration (source, path, phase);
  double coda_share = phase == SEISMIC_SYNTHESIS_P ? P_CODA_SHARE : S_CODA_SHARE;
  double power = 0.0;

  for (size_t i = 0; i < n; i++) {
    double t = begin_s + (double)i / rate_hz - arrival;
    series[i] = synthesis_random_normal (&random) * window (t, duration, coda_share);
  }
  seismic_spectrum_forward (spectrum, series, n);
  for (size_t k = 0; k < 2 * n_bins; k++)
    power += spectrum[k] * spectrum[k];

  /* Amplitudes of a discrete transform are those of the continuous times the rate. */
  double norm = power > 0.0 ? rate_hz / sqrt (power / (double)n_bins) : 0.0;
  for (size_t k = 0; k < n_bins; k++) {
    double f = (double)k * rate_hz / (double)n;
    complex double value = spectrum[2 * k] + I * spectrum[2 * k + 1];
    value *= norm * amplitude_without_shape (source, path, phase, f) *
             source_shape (source, phase, f);
    spectrum[2 * k] = creal (value);
    spectrum[2 * k + 1] = cimag (value);
  }
  seismic_spectrum_inverse (series, spectrum, n);
}

/* How much of each series goes into the radial (away from the source), transverse (to its
 * right) and upward component. The first P series is the ray coming up steeply, polarised
 * in R and Z; SV is its counterpart, SH is transverse. The others are scattered. */
static const struct {
  SeismicSynthesisPhase phase;
  double radial, transverse, up;
} parts[] = {
    {SEISMIC_SYNTHESIS_P, 0.40, 0.05, 0.90},  {SEISMIC_SYNTHESIS_P, 0.25, 0.00, 0.00},
    {SEISMIC_SYNTHESIS_P, 0.00, 0.25, 0.00},  {SEISMIC_SYNTHESIS_P, 0.00, 0.00, 0.25},
    {SEISMIC_SYNTHESIS_S, 0.95, 0.00, -0.30}, {SEISMIC_SYNTHESIS_S, 0.00, 1.05, 0.00},
    {SEISMIC_SYNTHESIS_S, 0.00, 0.00, 0.35},
};

static size_t
power_of_two_above (size_t n)
{
  size_t power = 1;
  while (power < n)
    power *= 2;
  return power;
}

void
seismic_synthesis_motion (double *motion, const SeismicSynthesisSource *source,
                          const SeismicSynthesisPath *path, double begin_s,
                          double rate_hz, size_t n, uint64_t seed)
{
  /* The window must end before the series does, or the transform would wrap it around and
   * the normalisation miss what lies beyond the record. */
  size_t n_long = power_of_two_above (2 * n);
  g_autofree double *series = g_new (double, n_long);
  double angle = path->back_azimuth * G_PI / 180.0;

  memset (motion, 0, 3 * n * sizeof *motion);
  for (size_t part = 0; part < G_N_ELEMENTS (parts); part++) {
    phase_series (series, source, path, parts[part].phase, begin_s, rate_hz, n_long,
                  synthesis_random_stream (seed, 'm', part));
    double r = parts[part].radial, t = parts[part].transverse;
    double east = -r * sin (angle) - t * cos (angle);
    double north = -r * cos (angle) + t * sin (angle);
    for (size_t i = 0; i < n; i++) {
      motion[i] += east * series[i];
      motion[n + i] += north * series[i];
      motion[2 * n + i] += parts[part].up * series[i];
    }
  }
}

/* A hump of width `octaves` around center_hz, on a logarithmic axis of frequency. */
static double
hump (double frequency_hz, double center_hz, double octaves)
{
  double x = log2 (frequency_hz / center_hz) / octaves;
  return exp (-0.5 * x * x);
}

void
seismic_synthesis_noise (double *noise, double peak_hz, double rate_hz, size_t n,
                         uint64_t seed)
{
  size_t n_long = power_of_two_above (n), n_bins = n_long / 2 + 1;
  g_autofree double *series = g_new (double, n_long);
  g_autofree double *spectrum = g_new (double, 2 * n_bins);
  SynthesisRandom random = synthesis_random_stream (seed, 'n', 0);
  double power = 0.0;

  for (size_t i = 0; i < n_long; i++)
    series[i] = synthesis_random_normal (&random);
  seismic_spectrum_forward (spectrum, series, n_long);
  spectrum[0] = spectrum[1] = 0.0;
  for (size_t k = 1; k < n_bins; k++) {
    double f = (double)k * rate_hz / (double)n_long;
    /* The recorder's own white noise, traffic and machines, and the sea's microseism. */
    double shape = 0.2 + hump (f, peak_hz, 1.0) + 0.8 * hump (f, 0.2, 0.6);
    spectrum[2 * k] *= shape;
    spectrum[2 * k + 1] *= shape;
  }
  seismic_spectrum_inverse (series, spectrum, n_long);

  for (size_t i = 0; i < n; i++)
    power += series[i] * series[i];
  double scale = power > 0.0 ? 1.0 / sqrt (power / (double)n) : 0.0;
  for (size_t i = 0; i < n; i++)
    noise[i] = series[i] * scale;
}
