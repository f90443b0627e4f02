#include "plot/map.h"

#include "plot/export.h"
#include "support/image-compare.h"
#include <glib.h>
#include <math.h>
#include <string.h>

static const PlotRectangle area = {20, 10, 300, 200};

/* data/map.bin. */
static GBytes *
real_bytes (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "map.bin", NULL);
  char *bytes = NULL;
  gsize n = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &bytes, &n, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, n);
}

static PlotMapLines *
real_lines (void)
{
  g_autoptr (GBytes) bytes = real_bytes ();
  g_autoptr (GError) error = NULL;
  gsize n;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  PlotMapLines *lines = plot_map_lines_new (data, n, &error);
  g_assert_no_error (error);
  return lines;
}

static void
append_varint (GByteArray *bytes, uint64_t value)
{
  do {
    uint8_t byte = (value & 127) | (value > 127 ? 128 : 0);
    g_byte_array_append (bytes, &byte, 1);
    value >>= 7;
  } while (value > 0);
}

static uint64_t
zigzag (int64_t value)
{
  return value >= 0 ? 2 * (uint64_t)value : 2 * (uint64_t)-value - 1;
}

/* A map of one line of n points (whole degrees) of level 7. */
static PlotMapLines *
make_line (PlotMapKind kind, const int (*points)[2], size_t n, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *)"SAEMAP1\n", 8);
  append_varint (bytes, 1);
  append_varint (bytes, 1);
  append_varint (bytes, kind);
  append_varint (bytes, n);
  int x = 0, y = 0;
  for (size_t i = 0; i < n; i++) {
    append_varint (bytes, 8 * zigzag (points[i][0] - x) + 7);
    append_varint (bytes, zigzag (points[i][1] - y));
    x = points[i][0];
    y = points[i][1];
  }
  return plot_map_lines_new (bytes->data, bytes->len, error);
}

static void
test_real (void)
{
  g_autoptr (PlotMapLines) lines = real_lines ();
  size_t n_points;
  g_assert_cmpuint (plot_map_lines_count (lines, PLOT_MAP_LAND, &n_points), >, 1000);
  g_assert_cmpuint (n_points, >, 20000);
  g_assert_cmpuint (plot_map_lines_count (lines, PLOT_MAP_BORDER, NULL), >, 200);
  g_assert_cmpuint (plot_map_lines_count (lines, PLOT_MAP_STATE, NULL), >, 80);
}

static void
test_places (void)
{
  static const struct {
    const char *name;
    double longitude, latitude;
    bool land;
  } places[] = {
      {"San Francisco", -122.44, 37.75, true},
      {"Gulf of the Farallones", -122.85, 37.7, false},
      {"San Francisco Bay", -122.27, 37.68, false},
      {"Berkeley", -122.25, 37.87, true},
      {"Monterey Bay", -121.92, 36.8, false},
      {"Parkfield", -120.43, 35.9, true},
      {"Ridgecrest", -117.67, 35.62, true},
      {"Cape Mendocino", -124.3, 40.44, true},
      {"off Cape Mendocino", -124.7, 40.4, false},
      {"Santa Cruz Island", -119.77, 34.01, true},
      {"Santa Barbara Channel", -119.8, 34.25, false},
      {"Gulf of California", -111.5, 26.8, false},
      {"Anchorage", -149.85, 61.18, true},
      {"Tokyo", 139.6, 35.75, true},
      {"Wellington", 174.9, -41.2, true},
      {"Cook Strait", 174.4, -41.2, false},
      {"Caspian Sea", 50.5, 42, false},
      {"Chukotka, east of the antimeridian", -178, 66.5, true},
      {"Chukotka, west of it", 178, 67, true},
      {"Viti Levu", 178, -17.8, true},
      {"middle of the Pacific", -180, 0, false},
      {"Antarctica", 0, -80, true},
      {"near the South Pole", 100, -87, true},
      {"near the North Pole", 0, 87, false},
      {"Lake Titicaca is land", -69.5, -15.8, true},
      {"Null Island", 0, 0, false},
      {"the same, twice around", -122.44 - 720, 37.75, true},
  };
  g_autoptr (PlotMapLines) lines = real_lines ();
  for (size_t i = 0; i < G_N_ELEMENTS (places); i++) {
    g_test_message ("%s", places[i].name);
    g_assert_true (plot_map_lines_is_land (lines, places[i].longitude,
                                           places[i].latitude) == places[i].land);
  }
}

static void
assert_refused (const uint8_t *bytes, size_t n)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (plot_map_lines_new (bytes, n, &error));
  g_assert_error (error, PLOT_ERROR, PLOT_ERROR_MAP);
  g_assert_nonnull (strstr (error->message, "byte"));
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) bytes = real_bytes ();
  gsize n;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  for (size_t cut = 0; cut < n; cut += cut < 300 ? 1 : 4999) {
    g_autofree uint8_t *copy = g_memdup2 (data, cut); /* for the sanitizer */
    assert_refused (copy, cut);
  }
  g_autofree uint8_t *longer = g_malloc0 (n + 1);
  memcpy (longer, data, n);
  assert_refused (longer, n + 1);
}

/* Bytes changed at random are refused, or are a map that can be drawn and asked. */
static void
test_mutated (void)
{
  g_autoptr (GBytes) bytes = real_bytes ();
  gsize n;
  const uint8_t *data = g_bytes_get_data (bytes, &n);
  size_t n_refused = 0;
  PlotMapView view = plot_map_view (area, -122, 38, 0.05);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 8, 8);
  cairo_t *cr = cairo_create (image);
  for (int round = 0; round < 60; round++) {
    g_autofree uint8_t *copy = g_memdup2 (data, n);
    int changes = 1 + round % 20;
    for (int i = 0; i < changes; i++) {
      /* Half of them near the begin, where the counts are. */
      size_t at = (size_t)g_test_rand_int_range (0, i % 2 ? 64 : (int)n);
      copy[at] = (uint8_t)g_test_rand_int_range (0, 256);
    }
    g_autoptr (PlotMapLines) lines = plot_map_lines_new (copy, n, NULL);
    if (!lines) {
      n_refused++;
      continue;
    }
    plot_map_lines_is_land (lines, 10, 10);
    plot_map_lines_add_land (cr, lines, &view, 1);
    plot_map_lines_add (cr, lines, PLOT_MAP_BORDER, &view, 1);
    cairo_new_path (cr);
  }
  g_assert_cmpuint (n_refused, >, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

static void
test_refused (void)
{
  static const struct {
    const char *bytes;
    size_t n;
  } cases[] = {
      {"", 0},
      {"SAEMAP2\n\1\0", 10},                           /* another version */
      {"SAEMAP1\n\0\0", 10},                           /* no units */
      {"SAEMAP1\n\1\1\3\2\7\0\7\0", 14},               /* unknown kind */
      {"SAEMAP1\n\1\1\0\2\7\0\7\0", 14},               /* a ring of two points */
      {"SAEMAP1\n\1\1\1\1\7\0", 12},                   /* a line of one */
      {"SAEMAP1\n\1\1\1\2\7\377\377\377\377\377", 18}, /* a number without end */
      {"SAEMAP1\n\1\1\1\2\7\267\1\7\0", 15},           /* latitude −92 */
      {"SAEMAP1\n\1\1\1\2\207\264\1\0\7\0", 16},       /* longitude 1442 */
      {"SAEMAP1\n\1\1\1\377\377\377\377\17\7\0", 16},  /* 4 thousand million points */
      {"SAEMAP1\n\1\377\377\377\377\17", 14},          /* as many lines */
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused ((const uint8_t *)cases[i].bytes, cases[i].n);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlotMapLines) none =
      plot_map_lines_new ((const uint8_t *)"SAEMAP1\n\1\0", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plot_map_lines_count (none, PLOT_MAP_LAND, NULL), ==, 0);
}

typedef struct {
  const PlotMapLines *lines;
  PlotMapView view;
  bool fill;
} Drawing;

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  const Drawing *drawing = data;
  cairo_set_source_rgb (cr, 1, 0, 0);
  if (drawing->fill) {
    plot_map_lines_add_land (cr, drawing->lines, &drawing->view, 1);
    cairo_fill (cr);
  } else {
    cairo_set_line_width (cr, 1);
    plot_map_lines_add (cr, drawing->lines, PLOT_MAP_LAND, &drawing->view, 1);
    cairo_stroke (cr);
  }
}

static cairo_surface_t *
picture (const PlotMapLines *lines, PlotMapView view, bool fill)
{
  PlotStyle style = plot_style_export ();
  Drawing drawing = {lines, view, fill};
  return image_draw (340, 220, area, draw, &drawing, &style);
}

/* The pixels are land where the places are, at every zoom, also with land on all sides.
 */
static void
test_fill (void)
{
  static const double middles[][2] = {{-122, 37.8}, {180, 66}, {0, -75}, {50, 42}};
  g_autoptr (PlotMapLines) lines = real_lines ();
  for (size_t m = 0; m < G_N_ELEMENTS (middles); m++)
    for (double scale = 0.0005; scale < 0.7; scale *= 5) {
      PlotMapView view = plot_map_view (area, middles[m][0], middles[m][1], scale);
      cairo_surface_t *image = picture (lines, view, true);
      int n = 0, wrong = 0;
      for (int y = 12; y < 208; y += 3)
        for (int x = 22; x < 318; x += 3) {
          double longitude, latitude;
          plot_map_view_to_degrees (&view, x + 0.5, y + 0.5, &longitude, &latitude);
          bool land = plot_map_lines_is_land (lines, longitude, latitude);
          wrong += land != (image_count_ink (image, x, y, x + 1, y + 1) > 0);
          n++;
        }
      g_assert_cmpfloat ((double)wrong / n, <, scale> 0.1 ? 0.08 : 0.03);
      cairo_surface_destroy (image);
    }
}

/* Both are cut near the area: nothing further than the few px that are promised. */
static void
test_clip (void)
{
  g_autoptr (PlotMapLines) lines = real_lines ();
  PlotRectangle near = {area.x - 6, area.y - 6, area.width + 12, area.height + 12};
  for (int fill = 0; fill < 2; fill++)
    for (double scale = 0.0005; scale < 0.7; scale *= 5) {
      PlotMapView view = plot_map_view (area, -122.4, 37.7, scale);
      cairo_surface_t *image = picture (lines, view, fill);
      g_assert_cmpuint (image_count_ink (image, 20, 10, 320, 210), >, 20);
      g_assert_cmpuint (image_count_outside (image, near, 1), ==, 0);
      cairo_surface_destroy (image);
    }
}

/* A ring over the antimeridian shows on both of its sides, without a seam. */
static void
test_antimeridian (void)
{
  const int square[][2] = {{170, -10}, {190, -10}, {190, 10}, {170, 10}};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlotMapLines) lines = make_line (PLOT_MAP_LAND, square, 4, &error);
  g_assert_no_error (error);
  g_assert_true (plot_map_lines_is_land (lines, 175, 0));
  g_assert_true (plot_map_lines_is_land (lines, -175, 0));
  g_assert_false (plot_map_lines_is_land (lines, 165, 0));
  g_assert_false (plot_map_lines_is_land (lines, -165, 0));
  PlotMapView view = plot_map_view (area, 180, 0, 0.1);
  cairo_surface_t *image = picture (lines, view, true);
  size_t ink = image_count_ink (image, 20, 10, 320, 210);
  g_assert_cmpuint (ink, >=, 199 * 198);
  g_assert_cmpuint (ink, <=, 204 * 204);
  cairo_surface_destroy (image);
  /* The outline has no line at the antimeridian: its column holds two pixels or so. */
  view = plot_map_view (area, -180, 0, 0.12);
  image = picture (lines, view, false);
  g_assert_cmpuint (image_count_ink (image, 169, 10, 171, 210), <=, 8);
  g_assert_cmpuint (image_count_ink (image, 20, 10, 320, 210), >, 500);
  cairo_surface_destroy (image);
  /* With the whole Earth around Greenwich, one half at either edge. */
  view = plot_map_view (area, 0, 0, 2);
  image = picture (lines, view, true);
  g_assert_cmpuint (image_count_ink (image, 20, 10, 40, 210), >, 50);
  g_assert_cmpuint (image_count_ink (image, 300, 10, 320, 210), >, 50);
  g_assert_cmpuint (image_count_ink (image, 40, 10, 300, 210), ==, 0);
  cairo_surface_destroy (image);
}

/* A ring around the pole fills everything below it, and its coast is one line. */
static void
test_pole (void)
{
  const int cap[][2] = {{-180, -70}, {-60, -70}, {60, -70},
                        {180, -70},  {180, -90}, {-180, -90}};
  g_autoptr (PlotMapLines) lines = make_line (PLOT_MAP_LAND, cap, 6, NULL);
  g_assert_nonnull (lines);
  g_assert_true (plot_map_lines_is_land (lines, 0, -80));
  g_assert_true (plot_map_lines_is_land (lines, -180, -87));
  g_assert_false (plot_map_lines_is_land (lines, 0, -60));
  for (double longitude = -180; longitude < 180; longitude += 45) {
    PlotMapView view = plot_map_view (area, longitude, -70, 0.05);
    cairo_surface_t *image = picture (lines, view, true);
    g_assert_cmpuint (image_count_ink (image, 20, 112, 320, 210), ==, 300 * 98);
    g_assert_cmpuint (image_count_ink (image, 20, 10, 320, 108), ==, 0);
    cairo_surface_destroy (image);
    image = picture (lines, view, false);
    g_assert_cmpuint (image_count_ink (image, 20, 112, 320, 210), ==, 0);
    g_assert_cmpuint (image_count_ink (image, 20, 108, 320, 112), >=, 300);
    cairo_surface_destroy (image);
  }
}

static void
draw_polyline (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  static const double points[][2] = {{175, -5}, {-175, -5}, {-175, 5}, {175, 5}};
  plot_map_add_polyline (cr, data, points[0], 4, true);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
test_polyline (void)
{
  PlotStyle style = plot_style_export ();
  PlotMapView view = plot_map_view (area, 180, 0, 0.1);
  cairo_surface_t *image = image_draw (340, 220, area, draw_polyline, &view, &style);
  size_t ink = image_count_ink (image, 0, 0, 340, 220);
  g_assert_cmpuint (ink, >=, 4 * 98);
  g_assert_cmpuint (ink, <=, 4 * 2 * 103);
  g_assert_cmpuint (image_count_ink (image, 125, 65, 215, 155), ==, 0);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/map/real", test_real);
  g_test_add_func ("/plot/map/places", test_places);
  g_test_add_func ("/plot/map/truncated", test_truncated);
  g_test_add_func ("/plot/map/mutated", test_mutated);
  g_test_add_func ("/plot/map/refused", test_refused);
  g_test_add_func ("/plot/map/fill", test_fill);
  g_test_add_func ("/plot/map/clip", test_clip);
  g_test_add_func ("/plot/map/antimeridian", test_antimeridian);
  g_test_add_func ("/plot/map/pole", test_pole);
  g_test_add_func ("/plot/map/polyline", test_polyline);
  return g_test_run ();
}
