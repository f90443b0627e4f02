#include "seismic/rotate.h"

#include <glib.h>
#include <math.h>

/* A wave from the south moves north: all of it radial. From the west: east. */
static void
test_radial (void)
{
  static const struct {
    double back_azimuth, east, north;
  } cases[] = {
      {180, 0, 1}, {270, 1, 0}, {0, 0, -1}, {90, -1, 0}, {225, G_SQRT2 / 2, G_SQRT2 / 2}};

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    double x[2] = {5.0 * cases[i].east, 5.0 * cases[i].north};
    double y[2] = {5.0 * cases[i].north, -5.0 * cases[i].east};

    /* The first sample moves away from the source, the second 90° clockwise of that. */
    seismic_rotate_to_radial_transverse (x, y, 2, cases[i].back_azimuth);
    g_assert_cmpfloat_with_epsilon (x[0], 5.0, 1e-12);
    g_assert_cmpfloat_with_epsilon (y[0], 0.0, 1e-12);
    g_assert_cmpfloat_with_epsilon (x[1], 0.0, 1e-12);
    g_assert_cmpfloat_with_epsilon (y[1], 5.0, 1e-12);
  }
}

/* What points towards an azimuth is recorded by x and y as their cosines. */
static void
test_east_north (void)
{
  const double pairs[][2] = {{90, 0},   {0, 90},    {45, 135},
                             {12, 282}, {200, 131}, {10, 12}};

  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (double azimuth = 0; azimuth < 360; azimuth += 17) {
      const double radians = azimuth * G_PI / 180;
      double x = cos (radians - pairs[i][0] * G_PI / 180);
      double y = cos (radians - pairs[i][1] * G_PI / 180);

      g_assert_true (seismic_rotate_to_east_north (&x, &y, 1, pairs[i][0], pairs[i][1]));
      g_assert_cmpfloat_with_epsilon (x, sin (radians), 1e-11);
      g_assert_cmpfloat_with_epsilon (y, cos (radians), 1e-11);
    }
}

/* Lengths stay: the sum of squares, sample by sample. */
static void
test_length (void)
{
  for (double azimuth = -30; azimuth < 400; azimuth += 7.7) {
    double x = 3.0, y = -4.0;

    g_assert_true (seismic_rotate_to_east_north (&x, &y, 1, azimuth, azimuth - 90));
    g_assert_cmpfloat_with_epsilon (hypot (x, y), 5.0, 1e-12);
    seismic_rotate_to_radial_transverse (&x, &y, 1, azimuth);
    g_assert_cmpfloat_with_epsilon (hypot (x, y), 5.0, 1e-12);
  }
}

static void
test_unknown (void)
{
  const double pairs[][2] = {{90, 90}, {90, 270.5}, {NAN, 0},
                             {0, NAN}, {3, 3.9},    {0, INFINITY}};

  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++) {
    double x = 1.0, y = 2.0;

    g_assert_false (seismic_rotate_to_east_north (&x, &y, 1, pairs[i][0], pairs[i][1]));
    g_assert_cmpfloat (x, ==, 1.0);
    g_assert_cmpfloat (y, ==, 2.0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rotate/radial", test_radial);
  g_test_add_func ("/rotate/east-north", test_east_north);
  g_test_add_func ("/rotate/length", test_length);
  g_test_add_func ("/rotate/unknown", test_unknown);
  return g_test_run ();
}
