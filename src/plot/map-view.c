#include "plot/map-view.h"

#include "plot/ticks.h"
#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define RADIANS (G_PI / 180.0)
#define MIN_RESOLUTION 1e-5      /* degrees a px */
#define MIN_FIT_RESOLUTION 0.002 /* degrees a px: some 200 m */
/* px between graticule lines, at least: a share of the view's shorter side. */
#define LINE_SHARE 0.25
#define MIN_LINE_DISTANCE 65.0
#define MAX_LINE_DISTANCE 105.0
/* Parallels further apart than this many times that have a step of their own. */
#define MAX_LATITUDE_DISTANCE 3.0

static const double mantissas[] = {1, 2, 5};

double
plot_map_mercator (double latitude)
{
  latitude = CLAMP (latitude, -PLOT_MAP_MAX_LATITUDE, PLOT_MAP_MAX_LATITUDE);
  return asinh (tan (latitude * RADIANS)) / RADIANS;
}

static double
latitude_of (double mercator)
{
  return atan (sinh (mercator * RADIANS)) / RADIANS;
}

double
plot_map_wrap (double longitude)
{
  double wrapped = longitude - 360.0 * floor ((longitude + 180.0) / 360.0);
  return wrapped >= 180.0 ? wrapped - 360.0 : wrapped;
}

static bool
is_area (PlotRectangle area)
{
  return isfinite (area.x) && isfinite (area.y) && area.width > 0 && area.height > 0 &&
         isfinite (area.width) && isfinite (area.height);
}

/* resolution: degrees of longitude a px; y: the middle, Mercator degrees. */
static PlotMapView
make_view (PlotRectangle area, double longitude, double y, double resolution)
{
  if (!is_area (area))
    area = (PlotRectangle){0, 0, 1, 1};
  resolution = CLAMP (resolution, MIN_RESOLUTION, 360.0 / area.width);
  double limit = plot_map_mercator (PLOT_MAP_MAX_LATITUDE);
  double room = fmax (0, limit - area.height / 2 * resolution);
  double latitude = latitude_of (CLAMP (y, -room, room));
  return (PlotMapView){area, plot_map_wrap (longitude), latitude,
                       resolution * cos (latitude * RADIANS)};
}

PlotMapView
plot_map_view (PlotRectangle area, double longitude, double latitude,
               double degrees_per_px)
{
  if (!isfinite (longitude) || !isfinite (latitude) || !(degrees_per_px > 0))
    return make_view (area, 0, 0, INFINITY);
  latitude = CLAMP (latitude, -PLOT_MAP_MAX_LATITUDE, PLOT_MAP_MAX_LATITUDE);
  return make_view (area, longitude, plot_map_mercator (latitude),
                    degrees_per_px / cos (latitude * RADIANS));
}

double
plot_map_view_resolution (const PlotMapView *view)
{
  return view->degrees_per_px / cos (view->latitude * RADIANS);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The shortest range of longitudes with all n of them (sorted, 1 or more): the rest of
 * the circle but its widest gap. */
static void
shortest_arc (const double *longitudes, size_t n, double *middle, double *width)
{
  double widest = longitudes[0] + 360.0 - longitudes[n - 1];
  size_t first = 0;
  for (size_t i = 1; i < n; i++)
    if (longitudes[i] - longitudes[i - 1] > widest) {
      widest = longitudes[i] - longitudes[i - 1];
      first = i;
    }
  *width = 360.0 - widest;
  *middle = longitudes[first] + *width / 2;
}

PlotMapView
plot_map_view_fit (PlotRectangle area, const double *lonlat, size_t n, double margin)
{
  g_autofree double *longitudes = g_new (double, n + 1);
  double south = INFINITY, north = -INFINITY;
  size_t n_finite = 0;
  for (size_t i = 0; i < n; i++) {
    if (!isfinite (lonlat[2 * i]) || !isfinite (lonlat[2 * i + 1]))
      continue;
    longitudes[n_finite++] = plot_map_wrap (lonlat[2 * i]);
    south = fmin (south, lonlat[2 * i + 1]);
    north = fmax (north, lonlat[2 * i + 1]);
  }
  if (n_finite == 0)
    return make_view (area, 0, 0, INFINITY);
  qsort (longitudes, n_finite, sizeof *longitudes, compare_doubles);
  double middle, width;
  shortest_arc (longitudes, n_finite, &middle, &width);
  double y0 = plot_map_mercator (south), y1 = plot_map_mercator (north);
  double resolution = fmax (width / fmax (1, area.width - 2 * margin),
                            (y1 - y0) / fmax (1, area.height - 2 * margin));
  return make_view (area, middle, (y0 + y1) / 2, fmax (resolution, MIN_FIT_RESOLUTION));
}

PlotMapView
plot_map_view_zoom (const PlotMapView *view, double x, double y, double factor)
{
  double old = plot_map_view_resolution (view);
  if (!(factor > 0) || !isfinite (factor))
    return *view;
  PlotRectangle area = view->area;
  double new = CLAMP (old / factor, MIN_RESOLUTION, 360.0 / area.width);
  double right = x - (area.x + area.width / 2), down = y - (area.y + area.height / 2);
  return make_view (area, view->longitude + right * (old - new),
                    plot_map_mercator (view->latitude) - down * (old - new), new);
}

PlotMapView
plot_map_view_pan (const PlotMapView *view, double dx, double dy)
{
  double resolution = plot_map_view_resolution (view);
  return make_view (view->area, view->longitude - dx * resolution,
                    plot_map_mercator (view->latitude) + dy * resolution, resolution);
}

void
plot_map_view_to_px (const PlotMapView *view, double longitude, double latitude,
                     double *x, double *y)
{
  double resolution = plot_map_view_resolution (view);
  double middle = plot_map_mercator (view->latitude);
  *x = view->area.x + view->area.width / 2 +
       plot_map_wrap (longitude - view->longitude) / resolution;
  *y = view->area.y + view->area.height / 2 -
       (plot_map_mercator (latitude) - middle) / resolution;
}

void
plot_map_view_to_degrees (const PlotMapView *view, double x, double y, double *longitude,
                          double *latitude)
{
  double resolution = plot_map_view_resolution (view);
  double right = x - (view->area.x + view->area.width / 2);
  double down = y - (view->area.y + view->area.height / 2);
  *longitude = plot_map_wrap (view->longitude + right * resolution);
  *latitude = latitude_of (plot_map_mercator (view->latitude) - down * resolution);
}

/* The haversine formula (Sinnott 1984), exact also for short distances. */
double
plot_map_distance_km (double longitude_0, double latitude_0, double longitude_1,
                      double latitude_1)
{
  double north = sin ((latitude_1 - latitude_0) * RADIANS / 2);
  double east = sin ((longitude_1 - longitude_0) * RADIANS / 2);
  double h = north * north +
             cos (latitude_0 * RADIANS) * cos (latitude_1 * RADIANS) * east * east;
  return 2 * asin (fmin (1, sqrt (h))) / RADIANS * PLOT_MAP_KM_PER_DEGREE;
}

/* Snyder 1987, equations 5-5 and 5-6. */
void
plot_map_travel (double longitude, double latitude, double azimuth, double distance,
                 double *to_longitude, double *to_latitude)
{
  double phi = latitude * RADIANS, az = azimuth * RADIANS, c = distance * RADIANS;
  double sine = sin (phi) * cos (c) + cos (phi) * sin (c) * cos (az);
  double east = sin (c) * sin (az);
  double north = cos (phi) * cos (c) - sin (phi) * sin (c) * cos (az);
  *to_latitude = asin (CLAMP (sine, -1, 1)) / RADIANS;
  *to_longitude = plot_map_wrap (longitude + atan2 (east, north) / RADIANS);
}

double
plot_map_scale_bar (const PlotMapView *view, double max_px, double *km)
{
  double km_per_px = view->degrees_per_px * PLOT_MAP_KM_PER_DEGREE;
  double most = max_px * km_per_px;
  double power = pow (10, floor (log10 (most)));
  double mantissa = 1;
  for (size_t i = 0; i < G_N_ELEMENTS (mantissas); i++)
    if (mantissas[i] * power <= most)
      mantissa = mantissas[i];
  *km = mantissa * power;
  return *km / km_per_px;
}

/* The smallest step of at least `least` degrees. */
static double
step_of (double least)
{
  if (least > 10)
    return least > 30 ? 60 : least > 20 ? 30 : 20;
  double power = pow (10, floor (log10 (least)));
  for (size_t i = 0; i < G_N_ELEMENTS (mantissas); i++)
    if (mantissas[i] * power >= least * (1 - 1e-9))
      return mantissas[i] * power;
  return 10 * power;
}

void
plot_map_graticule (const PlotMapView *view, double *longitude, double *latitude)
{
  double least = CLAMP (LINE_SHARE * fmin (view->area.width, view->area.height),
                        MIN_LINE_DISTANCE, MAX_LINE_DISTANCE);
  *longitude = step_of (plot_map_view_resolution (view) * least);
  double distance = *longitude / view->degrees_per_px;
  *latitude = distance <= MAX_LATITUDE_DISTANCE * least
                  ? *longitude
                  : step_of (view->degrees_per_px * least);
}

char *
plot_map_label (char buffer[PLOT_MAP_LABEL_SIZE], double degrees, bool is_latitude,
                double step)
{
  double value = is_latitude ? degrees : plot_map_wrap (degrees);
  int decimals = step > 0 ? CLAMP (-(int)floor (log10 (step) + 1e-9), 0, 6) : 0;
  char number[40];
  plot_ticks_format (number, sizeof number, fabs (value), decimals);
  const char *side = is_latitude ? value > 0 ? " N" : " S" : value > 0 ? " E" : " W";
  bool none = fabs (value) < 0.5 * pow (10, -decimals) ||
              (!is_latitude && 180 - fabs (value) < 0.5 * pow (10, -decimals));
  g_snprintf (buffer, PLOT_MAP_LABEL_SIZE, "%s°%s", number, none ? "" : side);
  return buffer;
}
