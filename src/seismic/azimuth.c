#include "seismic/azimuth.h"

#include <glib.h>
#include <math.h>

double
seismic_azimuth (double latitude_1, double longitude_1, double latitude_2,
                 double longitude_2)
{
  const double phi_1 = latitude_1 * G_PI / 180.0, phi_2 = latitude_2 * G_PI / 180.0;
  const double lambda = (longitude_2 - longitude_1) * G_PI / 180.0;
  const double half = sin (lambda / 2.0);
  const double east = sin (lambda) * cos (phi_2);
  /* cos φ₁ sin φ₂ − sin φ₁ cos φ₂ cos λ, without its cancellation between close points */
  const double north =
      sin (phi_2 - phi_1) + 2.0 * sin (phi_1) * cos (phi_2) * half * half;

  if (east == 0.0 && north == 0.0)
    return NAN;
  const double azimuth = atan2 (east, north) * 180.0 / G_PI;
  return azimuth < 0.0 ? azimuth + 360.0 : azimuth;
}
