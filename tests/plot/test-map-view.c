#include "plot/map-view.h"

#include <glib.h>
#include <math.h>

static const PlotRectangle area = {10, 20, 1000, 600};

#define NEAR(a, b, tolerance) g_assert_cmpfloat_with_epsilon ((a), (b), (tolerance))

/* px → degrees → px and back, over zooms, latitudes and both sides of the antimeridian.
 */
static void
test_round_trip (void)
{
  static const double middles[][2] = {{-122, 37.5},  {0, 0},   {179.9, -20},
                                      {-179.95, 52}, {25, 84}, {-60, -80}};
  for (size_t m = 0; m < G_N_ELEMENTS (middles); m++)
    for (double scale = 1e-5; scale < 1; scale *= 7) {
      PlotMapView view = plot_map_view (area, middles[m][0], middles[m][1], scale);
      for (double px = 12; px < 1010; px += 83)
        for (double py = 25; py < 620; py += 71) {
          double longitude, latitude, x, y;
          plot_map_view_to_degrees (&view, px, py, &longitude, &latitude);
          g_assert_cmpfloat (longitude, >=, -180);
          g_assert_cmpfloat (longitude, <, 180);
          if (fabs (latitude) > PLOT_MAP_MAX_LATITUDE)
            continue;
          plot_map_view_to_px (&view, longitude, latitude, &x, &y);
          NEAR (x, px, 1e-5);
          NEAR (y, py, 1e-5);
        }
    }
}

/* Whatever is asked for: once around the Earth at most, nothing beyond the limits. */
static void
test_limits (void)
{
  static const double wild[] = {-1e300, -720, -90.5, -1e-9, 0, 45, 1e3, INFINITY, NAN};
  for (size_t i = 0; i < G_N_ELEMENTS (wild); i++)
    for (size_t j = 0; j < G_N_ELEMENTS (wild); j++)
      for (size_t k = 0; k < G_N_ELEMENTS (wild); k++) {
        PlotMapView view = plot_map_view (area, wild[i], wild[j], wild[k]);
        double resolution = plot_map_view_resolution (&view);
        g_assert_cmpfloat (resolution * area.width, <=, 360 * (1 + 1e-9));
        g_assert_cmpfloat (resolution, >, 0.9e-5);
        g_assert_cmpfloat (fabs (view.latitude), <=, PLOT_MAP_MAX_LATITUDE);
        g_assert_true (view.longitude >= -180 && view.longitude < 180);
        double longitude, north, south;
        plot_map_view_to_degrees (&view, 500, area.y, &longitude, &north);
        plot_map_view_to_degrees (&view, 500, area.y + area.height, &longitude, &south);
        g_assert_cmpfloat (north, <=, PLOT_MAP_MAX_LATITUDE + 1e-6);
        g_assert_cmpfloat (south, >=, -PLOT_MAP_MAX_LATITUDE - 1e-6);
      }
  PlotMapView empty = plot_map_view ((PlotRectangle){0, 0, 0, NAN}, 0, 0, 1);
  g_assert_cmpfloat (empty.area.width, >, 0);
}

static void
test_zoom_pan (void)
{
  PlotMapView view = plot_map_view (area, -122, 38, 0.01), zoomed, moved;
  double longitude, latitude, x, y;
  plot_map_view_to_degrees (&view, 300, 500, &longitude, &latitude);
  zoomed = plot_map_view_zoom (&view, 300, 500, 3);
  plot_map_view_to_px (&zoomed, longitude, latitude, &x, &y);
  NEAR (x, 300, 1e-6);
  NEAR (y, 500, 1e-6);
  NEAR (plot_map_view_resolution (&zoomed), plot_map_view_resolution (&view) / 3, 1e-12);
  moved = plot_map_view_pan (&view, 40, -25);
  plot_map_view_to_px (&moved, longitude, latitude, &x, &y);
  NEAR (x, 340, 1e-6);
  NEAR (y, 475, 1e-6);
  NEAR (plot_map_view_resolution (&moved), plot_map_view_resolution (&view), 1e-12);
  /* Senseless factors change nothing. */
  zoomed = plot_map_view_zoom (&view, 300, 500, NAN);
  NEAR (zoomed.degrees_per_px, view.degrees_per_px, 1e-15);
  zoomed = plot_map_view_zoom (&view, 300, 500, 0);
  NEAR (zoomed.degrees_per_px, view.degrees_per_px, 1e-15);
  /* Panned around the Earth, it is the same place again. */
  double turn = 360 / plot_map_view_resolution (&view);
  moved = plot_map_view_pan (&view, turn, 0);
  NEAR (moved.longitude, view.longitude, 1e-6);
  /* Against the pole, it stays inside. */
  moved = plot_map_view_pan (&view, 0, 1e7);
  plot_map_view_to_degrees (&moved, 500, area.y, &longitude, &latitude);
  NEAR (latitude, PLOT_MAP_MAX_LATITUDE, 1e-6);
}

static void
assert_shown (const PlotMapView *view, const double *lonlat, size_t n, double margin)
{
  for (size_t i = 0; i < n; i++) {
    double x, y;
    plot_map_view_to_px (view, lonlat[2 * i], lonlat[2 * i + 1], &x, &y);
    g_assert_cmpfloat (x, >=, area.x + margin - 1e-6);
    g_assert_cmpfloat (x, <=, area.x + area.width - margin + 1e-6);
    g_assert_cmpfloat (y, >=, area.y + margin - 1e-6);
    g_assert_cmpfloat (y, <=, area.y + area.height - margin + 1e-6);
  }
}

static void
test_fit (void)
{
  const double california[] = {-124.5, 32.5, -114, 42, -120, NAN, -122, 38};
  PlotMapView view = plot_map_view_fit (area, california, 4, 30);
  const double finite[] = {-124.5, 32.5, -114, 42};
  assert_shown (&view, finite, 2, 30);
  g_assert_cmpfloat (plot_map_view_resolution (&view), <, 0.04);
  /* Tonga and Fiji, on both sides of the antimeridian: 20° apart, not 340°. */
  const double tonga[] = {175, -18, -175, -22, 178, -30, -165, -10};
  view = plot_map_view_fit (area, tonga, 4, 20);
  assert_shown (&view, tonga, 4, 20);
  g_assert_cmpfloat (plot_map_view_resolution (&view), <, 0.05);
  /* One place: close, but not without end; none: the Earth. */
  view = plot_map_view_fit (area, california, 1, 20);
  NEAR (plot_map_view_resolution (&view), 0.002, 1e-9);
  NEAR (view.longitude, -124.5, 1e-9);
  NEAR (view.latitude, 32.5, 1e-9);
  view = plot_map_view_fit (area, NULL, 0, 20);
  NEAR (plot_map_view_resolution (&view), 0.36, 1e-9);
  /* All around: no gap to leave out. */
  const double around[] = {-180, 0, -90, 10, 0, -10, 90, 0, 179.99, 0};
  view = plot_map_view_fit (area, around, 5, 0);
  g_assert_cmpfloat (plot_map_view_resolution (&view), >, 0.25);
}

/* Published: San Francisco to Los Angeles 559 km; and a quarter of the Earth. */
static void
test_distance (void)
{
  NEAR (plot_map_distance_km (-122.4194, 37.7749, -118.2437, 34.0522), 559.1, 0.5);
  NEAR (plot_map_distance_km (0, 0, 90, 0), 6371 * G_PI / 2, 1e-6);
  NEAR (plot_map_distance_km (179.5, 0, -179.5, 0), PLOT_MAP_KM_PER_DEGREE, 1e-9);
  NEAR (plot_map_distance_km (10, 90, -170, -90), 6371 * G_PI, 1e-6);
  for (double azimuth = 0; azimuth < 360; azimuth += 17)
    for (double distance = 0.5; distance < 180; distance *= 3) {
      double longitude, latitude;
      plot_map_travel (-122, 38, azimuth, distance, &longitude, &latitude);
      NEAR (plot_map_distance_km (-122, 38, longitude, latitude),
            distance * PLOT_MAP_KM_PER_DEGREE, 1e-6);
    }
  double longitude, latitude;
  plot_map_travel (10, 50, 90, 5, &longitude, &latitude);
  g_assert_cmpfloat (longitude, >, 10);
  plot_map_travel (10, 50, 0, 5, &longitude, &latitude);
  NEAR (latitude, 55, 1e-9);
}

/* The bar's ends, taken back to degrees, are as far apart as it says. */
static void
test_scale_bar (void)
{
  for (double latitude = -75; latitude <= 75; latitude += 15)
    for (double scale = 2e-5; scale < 0.02; scale *= 1.7) {
      PlotMapView view = plot_map_view (area, 100, latitude, scale);
      double km, px = plot_map_scale_bar (&view, 120, &km);
      g_assert_cmpfloat (px, <=, 120 + 1e-9);
      g_assert_cmpfloat (px, >, 120 / 2.5 - 1e-9);
      double mantissa = km / pow (10, floor (log10 (km * 1.0001)));
      g_assert_true (fabs (mantissa - 1) < 1e-3 || fabs (mantissa - 2) < 1e-3 ||
                     fabs (mantissa - 5) < 1e-3);
      double lon_0, lat_0, lon_1, lat_1;
      plot_map_view_to_degrees (&view, 510 - px / 2, 320, &lon_0, &lat_0);
      plot_map_view_to_degrees (&view, 510 + px / 2, 320, &lon_1, &lat_1);
      double true_km = plot_map_distance_km (lon_0, lat_0, lon_1, lat_1);
      NEAR (true_km / km, 1, 1e-3);
      /* Mercator is conformal: the same upwards, a little less exactly. */
      plot_map_view_to_degrees (&view, 510, 320 - px / 2, &lon_0, &lat_0);
      plot_map_view_to_degrees (&view, 510, 320 + px / 2, &lon_1, &lat_1);
      true_km = plot_map_distance_km (lon_0, lat_0, lon_1, lat_1);
      NEAR (true_km / km, 1, 5e-3);
    }
}

static void
test_graticule (void)
{
  for (double latitude = -80; latitude <= 80; latitude += 20)
    for (double scale = 1e-5; scale < 0.4; scale *= 1.3) {
      PlotMapView view = plot_map_view (area, 0, latitude, scale);
      double longitudes, latitudes;
      plot_map_graticule (&view, &longitudes, &latitudes);
      double px = longitudes / plot_map_view_resolution (&view);
      g_assert_cmpfloat (px, >=, 100);
      g_assert_cmpfloat (px, <=, 320);
      px = latitudes / view.degrees_per_px;
      g_assert_cmpfloat (px, >=, 100);
      g_assert_cmpfloat (px, <=, 400);
    }
  PlotMapView view = plot_map_view (area, -120, 38, 0.01);
  double longitudes, latitudes;
  plot_map_graticule (&view, &longitudes, &latitudes);
  NEAR (longitudes, 2, 1e-9);
  NEAR (latitudes, 2, 1e-9);
  /* A small view has closer lines, but not so close that their labels touch. */
  view = plot_map_view ((PlotRectangle){0, 0, 300, 200}, -120, 38, 0.01);
  plot_map_graticule (&view, &longitudes, &latitudes);
  NEAR (longitudes, 1, 1e-9);
  NEAR (latitudes, 1, 1e-9);
}

static void
test_label (void)
{
  static const struct {
    double degrees;
    bool is_latitude;
    double step;
    const char *label;
  } cases[] = {
      {38, true, 1, "38° N"},
      {-38, true, 2, "38° S"},
      {0, true, 30, "0°"},
      {0, false, 30, "0°"},
      {-122.5, false, 0.5, "122.5° W"},
      {150, false, 30, "150° E"},
      {180, false, 30, "180°"},
      {-180, false, 30, "180°"},
      {190, false, 10, "170° W"},
      {37.4, true, 0.2, "37.4° N"},
      {3 * 0.05, true, 0.05, "0.15° N"},
      {-1e-12, true, 0.1, "0.0°"},
      {179.5, false, 0.5, "179.5° E"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    char label[PLOT_MAP_LABEL_SIZE];
    plot_map_label (label, cases[i].degrees, cases[i].is_latitude, cases[i].step);
    g_assert_cmpstr (label, ==, cases[i].label);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/map-view/round-trip", test_round_trip);
  g_test_add_func ("/plot/map-view/limits", test_limits);
  g_test_add_func ("/plot/map-view/zoom-pan", test_zoom_pan);
  g_test_add_func ("/plot/map-view/fit", test_fit);
  g_test_add_func ("/plot/map-view/distance", test_distance);
  g_test_add_func ("/plot/map-view/scale-bar", test_scale_bar);
  g_test_add_func ("/plot/map-view/graticule", test_graticule);
  g_test_add_func ("/plot/map-view/label", test_label);
  return g_test_run ();
}
