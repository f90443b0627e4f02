/* When the first P and S waves of a local earthquake arrive, in a model of flat layers
 * for northern California: GIL7, made for the Coast Ranges (D. Dreger and B. Romanowicz
 * 1994, Source characteristics of events in the San Francisco Bay region, USGS Open-File
 * Report 94-176; used for the moment tensors of M. Pasyanos, D. Dreger and B. Romanowicz
 * 1996, Bulletin of the Seismological Society of America 86, 1255–1269).
 *
 *   thickness km   P km/s   S km/s   from km
 *       1           3.20     1.50      0
 *       2           4.50     2.40      1
 *       1           4.80     2.78      3
 *       1           5.51     3.18      4
 *      12           6.21     3.40      5
 *       8           6.89     3.98     17
 *                   7.83     4.52     25
 *
 * It is a mean: on single paths within 300 km the first arrivals differ from it by 1 s or
 * so, and elsewhere by more. Any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Beyond them the flat layers no longer stand for the Earth. */
#define SEISMIC_TRAVEL_TIME_MAX_DISTANCE_KM 600.0
#define SEISMIC_TRAVEL_TIME_MAX_DEPTH_KM 100.0

typedef enum { SEISMIC_PHASE_P, SEISMIC_PHASE_S } SeismicPhase;

/* Seconds from the source at depth_km to a receiver at the surface, distance_km away
 * along it: of the direct wave or of the head wave on one of the layers below the source,
 * whichever comes first. A source above the surface (a negative depth, in mountains)
 * counts as at it. NAN for a distance below 0 or beyond the limits above, and for NAN. */
double seismic_travel_time_s (SeismicPhase phase, double distance_km, double depth_km);

/* TRUE where the model is meant for: 34.5–43° N, 117–127.5° W, both ends included. */
bool seismic_travel_time_is_for (double latitude, double longitude);

/* Both at once: from a source to a station; NAN where either lies outside of the model's
 * region, and for anything NAN. */
double seismic_travel_time_between_s (SeismicPhase phase, double source_latitude,
                                      double source_longitude, double depth_km,
                                      double latitude, double longitude);
