/* What a frame of the map costs: 1600 × 900 px, the best of ten, ms of this thread. */
#include "plot/map-plot.h"

#include <glib.h>
#include <math.h>
#include <time.h>

enum { WIDTH = 1600, HEIGHT = 900, N = 10000, ROUNDS = 10 };

static double lonlat[2 * N], magnitude[N];
static uint8_t category[N];

static double
now_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Half of all events along a belt, the other half scattered; b = 1. */
static void
make_events (double longitude, double latitude, double degrees)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (int i = 0; i < N; i++) {
    double t = g_rand_double_range (random, -0.4, 0.4);
    double u = g_rand_double_range (random, -0.2, 0.2);
    lonlat[2 * i] = longitude + degrees * t;
    lonlat[2 * i + 1] = latitude + degrees * (i % 2 ? u : u / 9 + t / 3);
    magnitude[i] = 4 - log10 (g_rand_double_range (random, 1e-4, 1));
    category[i] = i % 40 == 0 ? 1 : 0;
  }
}

static void
measure (const char *name, const PlotMapFigure *figure, double scale)
{
  PlotStyle style = plot_style_window (false, false);
  style.scale = scale;
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)(WIDTH * scale), (int)(HEIGHT * scale));
  cairo_t *cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  double best = INFINITY;
  for (int i = 0; i < ROUNDS; i++) {
    double begin = now_ms ();
    plot_map_plot_draw (cr, (PlotRectangle){0, 0, WIDTH, HEIGHT}, figure, &style);
    best = fmin (best, now_ms () - begin);
  }
  g_print ("%-24s scale %g, %5" G_GSIZE_FORMAT " events: %6.1f ms\n", name, scale,
           figure->n_events, best);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    double longitude, latitude, degrees; /* across */
  } views[] = {
      {"world", 0, 20, 360}, {"western US", -119, 39, 20}, {"Bay Area", -122, 37.7, 3}};
  g_test_init (&argc, &argv, NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "map.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize n;
  if (!g_file_get_contents (path, &bytes, &n, NULL))
    return 1;
  double begin = now_ms ();
  g_autoptr (PlotMapLines) lines = plot_map_lines_new ((const uint8_t *)bytes, n, NULL);
  g_print ("%-24s %" G_GSIZE_FORMAT " bytes: %.1f ms\n", "decode", n, now_ms () - begin);
  for (size_t v = 0; v < G_N_ELEMENTS (views); v++) {
    double latitude = views[v].latitude;
    make_events (views[v].longitude, latitude, views[v].degrees);
    PlotMapFigure figure = {
        .lines = lines,
        .longitude = views[v].longitude,
        .latitude = latitude,
        .degrees_per_px = views[v].degrees / WIDTH * cos (latitude * G_PI / 180),
        .event_lonlat = lonlat,
        .event_magnitude = magnitude,
        .event_category = category,
        .magnitude_label = "M",
    };
    for (int scale = 1; scale <= 2; scale++)
      for (figure.n_events = 0; figure.n_events <= N; figure.n_events += N)
        measure (views[v].name, &figure, scale);
  }
  return 0;
}
