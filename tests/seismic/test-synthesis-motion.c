#include "seismic/synthesis-motion.h"
#include "seismic/spectrum.h"

#include <glib.h>
#include <math.h>

enum { N = 6000 };
#define RATE_HZ 100.0
#define GRAVITY 9.80665

static const SeismicSynthesisSource earthquake = {false, 6.0, 80.0, 8.0};
static const SeismicSynthesisSource explosion = {true, 4.5, 200.0, 0.5};

static SeismicSynthesisPath
path_of (double distance_km)
{
  return (SeismicSynthesisPath){distance_km, 30.0, 0.035, 1.0, 1.0};
}

/* Largest size of component c in the n samples from `from`. */
static double
peak (const double *motion, size_t c, size_t from, size_t n)
{
  double largest = 0.0;
  for (size_t i = from; i < from + n; i++)
    largest = fmax (largest, fabs (motion[c * N + i]));
  return largest;
}

static void
test_repeatable (void)
{
  g_autofree double *a = g_new (double, 3 * N), *b = g_new (double, 3 * N);
  SeismicSynthesisPath path = path_of (40);

  seismic_synthesis_motion (a, &earthquake, &path, 0.0, RATE_HZ, N, 7);
  seismic_synthesis_motion (b, &earthquake, &path, 0.0, RATE_HZ, N, 7);
  g_assert_cmpmem (a, 3 * N * sizeof *a, b, 3 * N * sizeof *b);
  seismic_synthesis_motion (b, &earthquake, &path, 0.0, RATE_HZ, N, 8);
  g_assert_cmpfloat (a[3000], !=, b[3000]);
}

/* B03's figures for a corner: Δσ of 70 bar and M 7 give 0.1 Hz or a little more; it falls
 * tenfold with two magnitudes. */
static void
test_corner (void)
{
  SeismicSynthesisSource source = {false, 7.0, 70.0, 8.0};
  double seven = seismic_synthesis_corner (&source, SEISMIC_SYNTHESIS_S);
  g_assert_cmpfloat_with_epsilon (seven, 0.0998, 0.003);
  source.magnitude = 5.0;
  double five = seismic_synthesis_corner (&source, SEISMIC_SYNTHESIS_S);
  g_assert_cmpfloat_with_epsilon (five / seven, 10.0, 1e-9);
  g_assert_cmpfloat (seismic_synthesis_corner (&source, SEISMIC_SYNTHESIS_P), >, five);
}

/* ω² source: displacement flat below the corner, acceleration flat above it but for site
 * and path, half of the flat displacement at the corner. */
static void
test_source_spectrum (void)
{
  SeismicSynthesisPath path = {1.0, 0.0, 0.0, 1.0, 1.0};
  double corner = seismic_synthesis_corner (&earthquake, SEISMIC_SYNTHESIS_S);
  double (*a) (const SeismicSynthesisSource *, const SeismicSynthesisPath *,
               SeismicSynthesisPhase, double) = seismic_synthesis_amplitude;
  const SeismicSynthesisPhase s = SEISMIC_SYNTHESIS_S;

  /* Amplification and Q cancel between two sources at one frequency and one place of
   * large distance, where the effective distance is alike. */
  SeismicSynthesisSource weak = earthquake;
  path.distance_km = 1e4;
  weak.stress_bar = earthquake.stress_bar / 8; /* half the corner */
  double low =
      a (&earthquake, &path, s, corner / 100) / a (&weak, &path, s, corner / 100);
  double high = a (&earthquake, &path, s, corner * 50) / a (&weak, &path, s, corner * 50);
  double at = a (&earthquake, &path, s, corner) / a (&weak, &path, s, corner);
  g_assert_cmpfloat_with_epsilon (low, 1.0, 1e-3);
  g_assert_cmpfloat_with_epsilon (high, 4.0, 1e-2);
  g_assert_cmpfloat_with_epsilon (at, 5.0 / 2.0, 1e-9);
}

/* κ alone, then spreading alone. */
static void
test_attenuation (void)
{
  SeismicSynthesisPath near = path_of (30), dull = path_of (30);
  dull.kappa_s = near.kappa_s + 0.02;
  double ratio =
      seismic_synthesis_amplitude (&earthquake, &dull, SEISMIC_SYNTHESIS_S, 10) /
      seismic_synthesis_amplitude (&earthquake, &near, SEISMIC_SYNTHESIS_S, 10);
  g_assert_cmpfloat_with_epsilon (ratio, exp (-G_PI * 0.02 * 10), 1e-9);

  /* Beyond the crossover, at a frequency too low for Q to matter. */
  SeismicSynthesisPath far = path_of (100), farther = path_of (400);
  ratio = seismic_synthesis_amplitude (&explosion, &far, SEISMIC_SYNTHESIS_S, 1e-5) /
          seismic_synthesis_amplitude (&explosion, &farther, SEISMIC_SYNTHESIS_S, 1e-5);
  g_assert_cmpfloat_with_epsilon (ratio, 2.0, 0.05);
  g_assert_cmpfloat (
      seismic_synthesis_amplitude (&earthquake, &near, SEISMIC_SYNTHESIS_S, 0), ==, 0);
}

/* The mean spectrum of many motions is the one asked for, as B03's figure 9 shows. */
static void
test_mean_spectrum (void)
{
  enum { M = 8192, MOTIONS = 80 };
  const double frequencies[] = {0.5, 1.0, 3.0, 8.0};
  g_autofree double *motion = g_new (double, 3 * N);
  g_autofree double *padded = g_new0 (double, M), *spectrum = g_new (double, M + 2);
  SeismicSynthesisPath path = path_of (60);
  path.back_azimuth = 90; /* east is radial, north transverse: SH, and some P */
  double power[4] = {0};

  for (int i = 0; i < MOTIONS; i++) {
    double begin =
        seismic_synthesis_arrival (&earthquake, &path, SEISMIC_SYNTHESIS_S) - 1;
    seismic_synthesis_motion (motion, &earthquake, &path, begin, RATE_HZ, N, 100 + i);
    for (size_t k = 0; k < N; k++)
      padded[k] = motion[N + k];
    seismic_spectrum_forward (spectrum, padded, M);
    for (size_t f = 0; f < 4; f++) {
      size_t middle = (size_t)lrint (frequencies[f] * M / RATE_HZ), width = 5;
      for (size_t k = middle - width; k <= middle + width; k++)
        power[f] += (spectrum[2 * k] * spectrum[2 * k] +
                     spectrum[2 * k + 1] * spectrum[2 * k + 1]) /
                    (RATE_HZ * RATE_HZ * (2 * width + 1) * MOTIONS);
    }
  }
  for (size_t f = 0; f < 4; f++) {
    double of_s = seismic_synthesis_amplitude (&earthquake, &path, SEISMIC_SYNTHESIS_S,
                                               frequencies[f]);
    double of_p = seismic_synthesis_amplitude (&earthquake, &path, SEISMIC_SYNTHESIS_P,
                                               frequencies[f]);
    /* SH, and the scattered and direct P of this component. */
    double expected =
        sqrt (pow (1.05 * of_s, 2) + (0.25 * 0.25 + 0.05 * 0.05) * of_p * of_p);
    g_test_message ("%g Hz: %.3f", frequencies[f], sqrt (power[f]) / expected);
    g_assert_cmpfloat_with_epsilon (sqrt (power[f]) / expected, 1.0, 0.15);
  }
}

/* Nothing moves before P; the horizontals grow at S. */
static void
test_arrivals (void)
{
  const double distances[] = {15, 40, 80};
  g_autofree double *motion = g_new (double, 3 * N);
  double last_delay = 0.0;

  for (size_t d = 0; d < G_N_ELEMENTS (distances); d++) {
    SeismicSynthesisPath path = path_of (distances[d]);
    double p = seismic_synthesis_arrival (&earthquake, &path, SEISMIC_SYNTHESIS_P);
    double s = seismic_synthesis_arrival (&earthquake, &path, SEISMIC_SYNTHESIS_S);
    seismic_synthesis_motion (motion, &earthquake, &path, p - 10, RATE_HZ, N, 3);
    size_t at_s = (size_t)((10 + s - p) * RATE_HZ);

    g_assert_cmpfloat (s - p, >, last_delay + 1.0);
    last_delay = s - p;
    double shaking = fmax (peak (motion, 0, at_s, 1500), peak (motion, 1, at_s, 1500));
    double before_s =
        fmax (peak (motion, 0, 1000, at_s - 1020), peak (motion, 1, 1000, at_s - 1020));
    for (size_t c = 0; c < 3; c++)
      g_assert_cmpfloat (peak (motion, c, 0, 950), <, 0.01 * shaking);
    g_assert_cmpfloat (shaking, >, 2.0 * before_s);
    /* P is a matter of the vertical component. */
    g_assert_cmpfloat (peak (motion, 2, 1000, at_s - 1020), >, before_s);
  }
}

/* Geometric mean over seeds of the horizontal peak acceleration, in m/s². */
static double
mean_peak (const SeismicSynthesisSource *source, double distance_km)
{
  g_autofree double *motion = g_new (double, 3 * N);
  SeismicSynthesisPath path = path_of (distance_km);
  double begin = seismic_synthesis_arrival (source, &path, SEISMIC_SYNTHESIS_P) - 2;
  double sum = 0.0;

  for (uint64_t seed = 0; seed < 8; seed++) {
    seismic_synthesis_motion (motion, source, &path, begin, RATE_HZ, N, seed);
    sum += log (peak (motion, 0, 0, N)) + log (peak (motion, 1, 0, N));
  }
  return exp (sum / 16);
}

/* Medians on rock of the empirical relations (Boore and Atkinson 2008), within a factor
 * of 2.5: they scatter by nearly that among themselves. */
static void
test_peak_acceleration (void)
{
  const struct {
    double magnitude, distance_km, g;
  } cases[] = {{5.0, 20, 0.035}, {6.0, 20, 0.080}, {6.0, 60, 0.024},
               {7.0, 20, 0.160}, {7.0, 60, 0.060}, {7.5, 20, 0.200}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    SeismicSynthesisSource source = {false, cases[i].magnitude, 80.0, 8.0};
    double g = mean_peak (&source, cases[i].distance_km) / GRAVITY;
    g_test_message ("M %.1f, %.0f km: %.3f g", cases[i].magnitude, cases[i].distance_km,
                    g);
    g_assert_cmpfloat (g / cases[i].g, >, 0.4);
    g_assert_cmpfloat (g / cases[i].g, <, 2.5);
  }
}

/* Peak of P on the vertical over peak of S on the horizontals, geometric mean. */
static double
mean_p_to_s (const SeismicSynthesisSource *source)
{
  g_autofree double *motion = g_new (double, 3 * N);
  SeismicSynthesisPath path = path_of (50);
  double p = seismic_synthesis_arrival (source, &path, SEISMIC_SYNTHESIS_P);
  double s = seismic_synthesis_arrival (source, &path, SEISMIC_SYNTHESIS_S);
  size_t at_s = (size_t)((2 + s - p) * RATE_HZ);
  double sum = 0.0;

  for (uint64_t seed = 0; seed < 10; seed++) {
    seismic_synthesis_motion (motion, source, &path, p - 2, RATE_HZ, N, seed);
    double horizontal =
        fmax (peak (motion, 0, at_s, N - at_s), peak (motion, 1, at_s, N - at_s));
    sum += log (peak (motion, 2, 0, at_s) / horizontal);
  }
  return exp (sum / 10);
}

static void
test_explosion (void)
{
  double of_earthquake = mean_p_to_s (&earthquake),
         of_explosion = mean_p_to_s (&explosion);

  g_test_message ("P/S: earthquake %.2f, explosion %.2f", of_earthquake, of_explosion);
  g_assert_cmpfloat (of_earthquake, <, 0.7);
  g_assert_cmpfloat (of_explosion, >, 1.5);
  g_assert_cmpfloat (of_explosion, <, 5.0);

  /* The overshoot of the explosion's P: above its flat level around the corner. */
  SeismicSynthesisSource same = explosion;
  same.explosion = false;
  g_assert_cmpfloat (seismic_synthesis_corner (&explosion, SEISMIC_SYNTHESIS_P), >,
                     seismic_synthesis_corner (&same, SEISMIC_SYNTHESIS_P));
}

/* The components follow the back azimuth: an event in the north moves the ground of its
 * radial component along north. */
static void
test_back_azimuth (void)
{
  g_autofree double *north = g_new (double, 3 * N), *east = g_new (double, 3 * N);
  SeismicSynthesisPath path = path_of (30);

  path.back_azimuth = 0;
  seismic_synthesis_motion (north, &earthquake, &path, 0, RATE_HZ, N, 5);
  path.back_azimuth = 90;
  seismic_synthesis_motion (east, &earthquake, &path, 0, RATE_HZ, N, 5);
  for (size_t i = 0; i < N; i++) {
    g_assert_cmpfloat_with_epsilon (east[i], north[N + i], 1e-9);
    g_assert_cmpfloat_with_epsilon (east[N + i], -north[i], 1e-9);
    g_assert_cmpfloat (east[2 * N + i], ==, north[2 * N + i]);
  }
}

static void
test_noise (void)
{
  g_autofree double *noise = g_new (double, N), *other = g_new (double, N);
  double power = 0.0;

  seismic_synthesis_noise (noise, 5.0, RATE_HZ, N, 1);
  seismic_synthesis_noise (other, 5.0, RATE_HZ, N, 1);
  g_assert_cmpmem (noise, N * sizeof *noise, other, N * sizeof *other);
  for (size_t i = 0; i < N; i++)
    power += noise[i] * noise[i] / N;
  g_assert_cmpfloat_with_epsilon (power, 1.0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/synthesis-motion/repeatable", test_repeatable);
  g_test_add_func ("/synthesis-motion/corner", test_corner);
  g_test_add_func ("/synthesis-motion/source-spectrum", test_source_spectrum);
  g_test_add_func ("/synthesis-motion/attenuation", test_attenuation);
  g_test_add_func ("/synthesis-motion/mean-spectrum", test_mean_spectrum);
  g_test_add_func ("/synthesis-motion/arrivals", test_arrivals);
  g_test_add_func ("/synthesis-motion/peak-acceleration", test_peak_acceleration);
  g_test_add_func ("/synthesis-motion/explosion", test_explosion);
  g_test_add_func ("/synthesis-motion/back-azimuth", test_back_azimuth);
  g_test_add_func ("/synthesis-motion/noise", test_noise);
  return g_test_run ();
}
