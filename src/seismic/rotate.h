/* Horizontal components turned: to north and east, to radial and transverse. Angles are
 * azimuths in degrees, clockwise from north. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* In place: x and y (n each), motion towards azimuth_x and azimuth_y, become motion
 * towards east and north. The two need not be at right angles. FALSE, and nothing is
 * done, where they lie within 1° of one line, or an azimuth is NAN. */
bool seismic_rotate_to_east_north (double *x, double *y, size_t n, double azimuth_x,
                                   double azimuth_y);

/* In place: east and north (n each) become radial, pointing away from the source, and
 * transverse, 90° clockwise of radial (seen from above). back_azimuth: at the station,
 * towards the source. R = −E sin θ − N cos θ, T = −E cos θ + N sin θ: ObsPy's NE->RT. */
void seismic_rotate_to_radial_transverse (double *east, double *north, size_t n,
                                          double back_azimuth);
