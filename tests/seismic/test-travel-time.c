#include "seismic/travel-time.h"

#include <glib.h>
#include <math.h>

#define P SEISMIC_PHASE_P
#define S SEISMIC_PHASE_S

static const double p_km_s[] = {3.20, 4.50, 4.80, 5.51, 6.21, 6.89, 7.83};
static const double s_km_s[] = {1.50, 2.40, 2.78, 3.18, 3.40, 3.98, 4.52};

/* Straight up: the layers' own times. */
static void
test_vertical (void)
{
  const double up_8_km = 1 / 3.20 + 2 / 4.50 + 1 / 4.80 + 1 / 5.51 + 3 / 6.21;
  const double up_30_km =
      1 / 1.50 + 2 / 2.40 + 1 / 2.78 + 1 / 3.18 + 12 / 3.40 + 8 / 3.98 + 5 / 4.52;

  g_assert_cmpfloat_with_epsilon (seismic_travel_time_s (P, 0, 8), up_8_km, 1e-12);
  g_assert_cmpfloat_with_epsilon (seismic_travel_time_s (S, 0, 30), up_30_km, 1e-12);
  g_assert_cmpfloat (seismic_travel_time_s (P, 0, 0), ==, 0.0);
}

/* Of a source at the surface: the direct wave, overtaken by the head wave on the second
 * layer at 2 h √((v₂ + v₁) / (v₂ − v₁)). */
static void
test_crossover (void)
{
  for (int phase = P; phase <= S; phase++) {
    const double v1 = phase == P ? p_km_s[0] : s_km_s[0];
    const double v2 = phase == P ? p_km_s[1] : s_km_s[1];
    const double crossover_km = 2 * sqrt ((v2 + v1) / (v2 - v1));
    const double delay_s = 2 * sqrt (1 / (v1 * v1) - 1 / (v2 * v2));

    for (double km = 0; km < crossover_km; km += 0.01)
      g_assert_cmpfloat_with_epsilon (seismic_travel_time_s (phase, km, 0), km / v1,
                                      1e-12);
    for (double km = crossover_km; km < crossover_km + 1.0; km += 0.01)
      g_assert_cmpfloat_with_epsilon (seismic_travel_time_s (phase, km, 0),
                                      km / v2 + delay_s, 1e-12);
  }
}

/* Numbers of a separate calculation: direct rays found by their ray parameter, head waves
 * by d / v + Σ h √(1/vᵢ² − 1/v²). */
static void
test_numbers (void)
{
  static const struct {
    SeismicPhase phase;
    double distance_km, depth_km, seconds;
  } cases[] = {
      {P, 10, 8, 2.533530},   {S, 10, 8, 4.703181},   {P, 25, 12, 5.011075},
      {S, 40, 20, 13.681071}, {P, 90, 10, 15.259496}, {P, 200, 8, 29.648172},
      {S, 200, 8, 52.065224}, {P, 400, 0, 56.427668},
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (
        seismic_travel_time_s (cases[i].phase, cases[i].distance_km, cases[i].depth_km),
        cases[i].seconds, 1e-6);
}

/* Later with distance, never faster than the fastest layer nor slower than the first;
 * without a step in distance or depth, interfaces included. */
static void
test_continuous (void)
{
  const double step_km = 0.2;

  for (int phase = P; phase <= S; phase++) {
    const double *v = phase == P ? p_km_s : s_km_s;

    for (double depth_km = 0; depth_km <= 40; depth_km += 0.25) {
      double before_s = seismic_travel_time_s (phase, 0, depth_km);

      for (double km = step_km; km < 60; km += step_km) {
        const double s = seismic_travel_time_s (phase, km, depth_km);
        const double deeper_s = seismic_travel_time_s (phase, km, depth_km + 1e-7);

        g_assert_cmpfloat (s, >, before_s);
        g_assert_cmpfloat (s - before_s, <, step_km / v[0] + 1e-9);
        g_assert_cmpfloat_with_epsilon (deeper_s, s, 1e-6);
        before_s = s;
      }
    }
    /* Far away the wave below the crust leads. */
    const double slope = (seismic_travel_time_s (phase, 600, 10) -
                          seismic_travel_time_s (phase, 500, 10)) /
                         100;
    g_assert_cmpfloat_with_epsilon (slope, 1 / v[6], 1e-12);
  }
}

/* Fermat: no wave is later than the straight line through all layers. */
static void
test_fermat (void)
{
  const double tops[] = {0, 1, 3, 4, 5, 17, 25, 1e9};

  for (double depth_km = 0.5; depth_km < 60; depth_km += 3.3)
    for (double km = 0; km < 600; km += 7.9) {
      const double slant = hypot (km, depth_km) / depth_km;
      double straight_s = 0;

      for (size_t i = 0; i < 7; i++)
        straight_s += MAX (0, MIN (tops[i + 1], depth_km) - tops[i]) * slant / p_km_s[i];
      g_assert_cmpfloat (seismic_travel_time_s (P, km, depth_km), <=,
                         straight_s * (1 + 1e-12));
    }
}

/* First arrivals that the Northern California Seismic System picked for its earthquake
 * 72182046 (2014, M 6.8, 16.6 km deep, off Ferndale). */
static void
test_earthquake (void)
{
  static const struct {
    SeismicPhase phase;
    double distance_km, seconds;
  } picks[] = {{P, 73.10, 12.57},  {P, 91.35, 14.63},  {P, 119.76, 18.62},
               {P, 149.89, 22.40}, {P, 189.70, 27.52}, {P, 209.60, 29.84},
               {P, 252.97, 36.36}, {P, 275.87, 37.99}, {P, 302.01, 41.70},
               {S, 79.83, 23.96},  {S, 91.35, 25.74}};

  for (size_t i = 0; i < G_N_ELEMENTS (picks); i++)
    g_assert_cmpfloat_with_epsilon (
        seismic_travel_time_s (picks[i].phase, picks[i].distance_km, 16.64),
        picks[i].seconds, 1.0);
}

static void
test_range (void)
{
  g_assert_false (isnan (seismic_travel_time_s (P, 600, 100)));
  g_assert_true (isnan (seismic_travel_time_s (P, 600.001, 10)));
  g_assert_true (isnan (seismic_travel_time_s (P, 100, 100.001)));
  g_assert_true (isnan (seismic_travel_time_s (P, -0.001, 10)));
  g_assert_true (isnan (seismic_travel_time_s (S, NAN, 10)));
  g_assert_true (isnan (seismic_travel_time_s (S, 10, NAN)));
  g_assert_cmpfloat (seismic_travel_time_s (P, 10, -1.5), ==,
                     seismic_travel_time_s (P, 10, 0));

  g_assert_true (seismic_travel_time_is_for (37.8, -122.3));
  g_assert_true (seismic_travel_time_is_for (40.83, -125.13));
  g_assert_false (seismic_travel_time_is_for (19.4, -155.3)); /* Hawaii */
  g_assert_false (seismic_travel_time_is_for (33.0, -116.0));
  g_assert_false (seismic_travel_time_is_for (NAN, -122.3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/travel-time/vertical", test_vertical);
  g_test_add_func ("/travel-time/crossover", test_crossover);
  g_test_add_func ("/travel-time/numbers", test_numbers);
  g_test_add_func ("/travel-time/continuous", test_continuous);
  g_test_add_func ("/travel-time/fermat", test_fermat);
  g_test_add_func ("/travel-time/earthquake", test_earthquake);
  g_test_add_func ("/travel-time/range", test_range);
  return g_test_run ();
}
