#include "seismic/azimuth.h"

#include <glib.h>
#include <math.h>

static void
test_directions (void)
{
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (37, -122, 38, -122), 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (38, -122, 37, -122), 180, 1e-12);
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (0, 10, 0, 20), 90, 1e-12);
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (0, 20, 0, 10), 270, 1e-12);
  /* Over the date line, and from a pole. */
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (0, 179, 0, -179), 90, 1e-12);
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (90, 0, 10, 20), 160, 1e-9);
}

/* The right-angled triangle of the octant: sides of 90°. */
static void
test_octant (void)
{
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (0, 0, 45, 90), 45, 1e-12);
  /* Napier: tan A = tan a / sin b */
  const double a = 30 * G_PI / 180, b = 50 * G_PI / 180;
  g_assert_cmpfloat_with_epsilon (seismic_azimuth (0, 0, 30, 50),
                                  90 - atan (tan (a) / sin (b)) * 180 / G_PI, 1e-12);
}

/* WGS 84's geodesics by Vincenty's formulae, as the header promises: San Francisco to Los
 * Angeles, to Reno, and 11 km across a fault. */
static void
test_ellipsoid (void)
{
  static const double cases[][5] = {{37.7749, -122.4194, 34.0522, -118.2437, 136.3772},
                                    {37.7749, -122.4194, 39.5296, -119.8138, 48.5362},
                                    {37.938, -122.057, 38.0, -121.957, 51.9020}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const double *c = cases[i];
    g_test_message ("%.4f", seismic_azimuth (c[0], c[1], c[2], c[3]));
    g_assert_cmpfloat_with_epsilon (seismic_azimuth (c[0], c[1], c[2], c[3]), c[4], 0.2);
  }
}

/* Close points keep their digits. */
static void
test_close (void)
{
  const double step = 1e-7, latitude = 37.5;

  for (double azimuth = 5; azimuth < 360; azimuth += 20) {
    const double radians = azimuth * G_PI / 180;
    const double north = step * cos (radians);
    const double east = step * sin (radians) / cos (latitude * G_PI / 180);

    g_assert_cmpfloat_with_epsilon (
        seismic_azimuth (latitude, -122, latitude + north, -122 + east), azimuth, 1e-4);
  }
}

static void
test_unknown (void)
{
  g_assert_true (isnan (seismic_azimuth (37, -122, 37, -122)));
  g_assert_true (isnan (seismic_azimuth (NAN, -122, 37, -122)));
  g_assert_true (isnan (seismic_azimuth (37, -122, 38, NAN)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/azimuth/directions", test_directions);
  g_test_add_func ("/azimuth/octant", test_octant);
  g_test_add_func ("/azimuth/ellipsoid", test_ellipsoid);
  g_test_add_func ("/azimuth/close", test_close);
  g_test_add_func ("/azimuth/unknown", test_unknown);
  return g_test_run ();
}
