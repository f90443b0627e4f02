/* Directions on the sphere, beside seismic_distance_km () in event.h. */
#pragma once

/* The azimuth (0 … 360 degrees, clockwise from north) at point 1 in which the great
 * circle to point 2 begins; NAN if any is NAN or the points are the same. Geographic
 * latitudes on a sphere: within 0.2° of the geodesic on WGS 84. The back-azimuth of an
 * event at a station is the azimuth from the station to the event. */
double seismic_azimuth (double latitude_1, double longitude_1, double latitude_2,
                        double longitude_2);
