#include "seismic/rotate.h"

#include <glib.h>
#include <math.h>

#define MIN_ANGLE 1.0 /* degrees between two components that tell a plane */

static double
radians (double degrees)
{
  return degrees * G_PI / 180.0;
}

bool
seismic_rotate_to_east_north (double *x, double *y, size_t n, double azimuth_x,
                              double azimuth_y)
{
  const double east_x = sin (radians (azimuth_x)), north_x = cos (radians (azimuth_x));
  const double east_y = sin (radians (azimuth_y)), north_y = cos (radians (azimuth_y));
  /* x = east_x E + north_x N, y = east_y E + north_y N, solved for E and N. */
  const double determinant = east_x * north_y - north_x * east_y;

  if (!(fabs (determinant) > sin (radians (MIN_ANGLE)))) /* NaN too */
    return false;
  for (size_t i = 0; i < n; i++) {
    const double a = x[i], b = y[i];

    x[i] = (a * north_y - b * north_x) / determinant;
    y[i] = (b * east_x - a * east_y) / determinant;
  }
  return true;
}

void
seismic_rotate_to_radial_transverse (double *east, double *north, size_t n,
                                     double back_azimuth)
{
  const double s = sin (radians (back_azimuth)), c = cos (radians (back_azimuth));

  for (size_t i = 0; i < n; i++) {
    const double e = east[i], k = north[i];

    east[i] = -e * s - k * c;
    north[i] = -e * c + k * s;
  }
}
