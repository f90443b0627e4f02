/* A view of the Earth in Mercator's projection: degrees ↔ px, zoom, pan, graticule and
 * scale bar. No drawing, no allocation.
 *
 * On the way lie Mercator degrees: x is the longitude, y the same scale northwards,
 * asinh (tan latitude) (Snyder 1987, "Map projections: a working manual", equation 7-2).
 * Latitudes are kept within ±PLOT_MAP_MAX_LATITUDE; longitudes have no end. */
#pragma once

#include "plot/style.h"
#include <stdbool.h>
#include <stddef.h>

#define PLOT_MAP_MAX_LATITUDE 88.0
#define PLOT_MAP_KM_PER_DEGREE 111.19492664455874 /* of a sphere of 6371 km */
#define PLOT_MAP_LABEL_SIZE 32

typedef struct {
  PlotRectangle area;         /* px */
  double longitude, latitude; /* of its middle, −180 ≤ longitude < 180 */
  double degrees_per_px;      /* of latitude, at the middle */
} PlotMapView;

/* The nearest valid view: at most once around the Earth, no closer than about a metre a
 * px, and inside the latitude's limits as far as it is not taller than they are. Numbers
 * that are not finite give the whole Earth. */
PlotMapView plot_map_view (PlotRectangle area, double longitude, double latitude,
                           double degrees_per_px);
/* The closest view of all n points (longitude, latitude) with margin px around them, but
 * no closer than 0.002° a px; those that are not finite are left out. Points on both
 * sides of the antimeridian stay together. n 0: the whole Earth. */
PlotMapView plot_map_view_fit (PlotRectangle area, const double *lonlat, size_t n,
                               double margin);
/* What was shown is shown larger by factor, and (x, y) stays where it is. */
PlotMapView plot_map_view_zoom (const PlotMapView *view, double x, double y,
                                double factor);
/* What was shown has moved by (dx, dy) px. */
PlotMapView plot_map_view_pan (const PlotMapView *view, double dx, double dy);

/* Degrees of longitude a px, everywhere in the view. */
double plot_map_view_resolution (const PlotMapView *view);
/* Mercator degrees. */
double plot_map_mercator (double latitude);
/* px; of the places that a longitude has, the one nearest to the middle. */
void plot_map_view_to_px (const PlotMapView *view, double longitude, double latitude,
                          double *x, double *y);
/* The inverse; −180 ≤ *longitude < 180. */
void plot_map_view_to_degrees (const PlotMapView *view, double x, double y,
                               double *longitude, double *latitude);

/* −180 ≤ result < 180. */
double plot_map_wrap (double longitude);
/* km along the great circle between two places, degrees. */
double plot_map_distance_km (double longitude_0, double latitude_0, double longitude_1,
                             double latitude_1);
/* The place at distance degrees of a great circle and azimuth degrees (clockwise from
 * north). */
void plot_map_travel (double longitude, double latitude, double azimuth, double distance,
                      double *to_longitude, double *to_latitude);

/* The longest of 1, 2, 5 × 10^k km that takes at most max_px at the middle latitude;
 * returns its px. */
double plot_map_scale_bar (const PlotMapView *view, double max_px, double *km);
/* Degrees between the lines, *longitude and *latitude: 30, 20, 10, 5, 2, 1, 0.5 …, some
 * 100 px apart at the middle, in small views 70. */
void plot_map_graticule (const PlotMapView *view, double *longitude, double *latitude);
/* "38° N", "122.5° W", "0°", "180°", with the decimals that step needs. Returns buffer.
 */
char *plot_map_label (char buffer[PLOT_MAP_LABEL_SIZE], double degrees, bool is_latitude,
                      double step);
