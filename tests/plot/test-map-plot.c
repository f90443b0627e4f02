#include "plot/map-plot.h"

#include "plot/export.h"
#include "support/image-compare.h"
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>

static const PlotRectangle rect = {5, 5, 600, 400};

static PlotMapLines *
real_lines (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "map.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize n = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &bytes, &n, &error);
  g_assert_no_error (error);
  PlotMapLines *lines = plot_map_lines_new ((const uint8_t *)bytes, n, &error);
  g_assert_no_error (error);
  return lines;
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_map_plot_draw (cr, r, data, style);
}

static const double event_lonlat[] = {-122.3, 37.9, -121, 37, -120.5, 36, -124, 39};
static const double event_magnitude[] = {6.9, 5, NAN, 5.2};
static const uint8_t event_category[] = {0, 1, 2, 0};
static const double station_lonlat[] = {-122.2, 38.4, -119, 37.5};

static PlotMapFigure
california (const PlotMapLines *lines)
{
  return (PlotMapFigure){
      .lines = lines,
      .longitude = -121,
      .latitude = 37.5,
      .degrees_per_px = 0.012,
      .n_events = 4,
      .event_lonlat = event_lonlat,
      .event_magnitude = event_magnitude,
      .event_category = event_category,
      .n_stations = 2,
      .station_lonlat = station_lonlat,
      .box = {-125, 32, -114, 42},
      .circle = {-122, 38, 0.5, 1.5},
      .category_labels = {"Earthquake", "Explosion", "Other"},
      .station_label = "Station",
      .magnitude_label = "M",
  };
}

/* At every zoom, scale, style and size nothing leaves the rectangle. */
static void
test_inside (void)
{
  g_autoptr (PlotMapLines) lines = real_lines ();
  static const PlotRectangle rects[] = {
      {5, 5, 600, 400}, {15, 25, 200, 95}, {20, 20, 60, 300}, {7, 9, 1, 1}, {9, 9, 0, 5}};
  for (size_t r = 0; r < G_N_ELEMENTS (rects); r++)
    for (double scale = 0.0003; scale < 2; scale *= 11)
      for (int variant = 0; variant < 4; variant++) {
        PlotMapFigure figure = california (variant == 3 ? NULL : lines);
        PlotStyle style = variant == 2 ? plot_style_export ()
                                       : plot_style_window (variant == 1, variant == 3);
        style.scale = variant == 1 ? 2 : 1;
        figure.degrees_per_px = scale;
        figure.title = variant == 2 ? "Northern California" : NULL;
        cairo_surface_t *image = image_draw (620, 420, rects[r], draw, &figure, &style);
        g_assert_cmpuint (image_count_outside (image, rects[r], style.scale), ==, 0);
        if (rects[r].width > 10)
          g_assert_cmpuint (image_count_ink (image, 0, 0, 2000, 2000), >, 200);
        cairo_surface_destroy (image);
      }
}

/* The figure of no data at all is the Earth. */
static void
test_empty (void)
{
  PlotMapFigure figure = {0};
  PlotStyle style = plot_style_window (false, false);
  cairo_surface_t *image = image_draw (620, 420, rect, draw, &figure, &style);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 620, 420), >, 200);
  cairo_surface_destroy (image);
  PlotMapView view = plot_map_plot_view (rect, &figure, &style);
  g_assert_cmpfloat_with_epsilon (plot_map_view_resolution (&view), 0.6, 1e-9);
  g_assert_cmpuint (plot_map_plot_pick (rect, &figure, &style, 300, 200, 50), ==,
                    SIZE_MAX);
}

/* Land is on the right and sea on the left of San Francisco; marks have their colours. */
static void
test_colors (void)
{
  g_autoptr (PlotMapLines) lines = real_lines ();
  PlotMapFigure figure = california (lines);
  PlotStyle style = plot_style_export ();
  cairo_surface_t *image = image_draw (620, 420, rect, draw, &figure, &style);
  PlotMapView view = plot_map_plot_view (rect, &figure, &style);
  double x, y;
  plot_map_view_to_px (&view, -118.6, 38.6, &x, &y);
  int px = (int)x, py = (int)y;
  g_assert_cmpuint (image_count_color (image, style.land, 2, px, py, px + 5, py + 5), >=,
                    15);
  plot_map_view_to_px (&view, -123.7, 36.6, &x, &y);
  px = (int)x;
  py = (int)y;
  g_assert_cmpuint (image_count_color (image, style.sea, 2, px, py, px + 5, py + 5), >=,
                    15);
  for (size_t i = 0; i < 4; i++) {
    plot_map_view_to_px (&view, event_lonlat[2 * i], event_lonlat[2 * i + 1], &x, &y);
    int r = (int)plot_map_marks_radius (event_magnitude[i]) + 6;
    PlotColor color = plot_style_category (&style, event_category[i]);
    g_assert_cmpuint (image_count_color (image, color, 60, (int)x - r, (int)y - r,
                                         (int)x + r, (int)y + r),
                      >=, 6);
  }
  cairo_surface_destroy (image);
}

/* Picking follows the figure's own layout, which the title moves. */
static void
test_pick (void)
{
  PlotMapFigure figure = california (NULL);
  PlotStyle style = plot_style_export ();
  for (int title = 0; title < 2; title++) {
    figure.title = title ? "Northern California" : NULL;
    PlotMapView view = plot_map_plot_view (rect, &figure, &style);
    g_assert_true ((view.area.y > rect.y) == title);
    for (size_t i = 0; i < 4; i++) {
      double x, y;
      plot_map_view_to_px (&view, event_lonlat[2 * i], event_lonlat[2 * i + 1], &x, &y);
      g_assert_cmpuint (plot_map_plot_pick (rect, &figure, &style, x, y, 3), ==, i);
    }
  }
}

/* A selected event has a ring of the selection's colour; others have none. */
static void
test_selected (void)
{
  PlotMapFigure figure = california (NULL);
  uint8_t selected[4] = {0};
  PlotStyle style = plot_style_export ();
  figure.event_selected = selected;
  figure.n_stations = 0;
  PlotMapView view = plot_map_plot_view (rect, &figure, &style);
  double x, y;
  plot_map_view_to_px (&view, -121, 37, &x, &y);
  size_t before = 0;
  for (int i = 0; i < 2; i++) {
    selected[1] = (uint8_t)i;
    cairo_surface_t *image = image_draw (620, 420, rect, draw, &figure, &style);
    size_t n = image_count_color (image, style.selection, 60, (int)x - 14, (int)y - 14,
                                  (int)x + 15, (int)y + 15);
    if (i == 0)
      before = n;
    else
      g_assert_cmpuint (n, >, before + 20);
    cairo_surface_destroy (image);
  }
}

/* Dashes in the accent's colour, also of a box across the antimeridian. */
static void
test_region (void)
{
  PlotMapFigure figure = {.longitude = 180, .latitude = 0, .degrees_per_px = 0.1};
  PlotStyle style = plot_style_export ();
  static const struct {
    double box[4], circle[4];
    size_t least, most;
  } cases[] = {
      {{170, -10, -170, 10}, {0}, 500, 1200},
      {{-190, -10, -170, 10}, {0}, 500, 1200},
      {{0}, {-179, 2, 0, 10}, 350, 1000},
      {{0}, {-179, 2, 5, 10}, 550, 1500},
      {{-180, -10, 180, 10}, {0}, 600, 1800},
      {{NAN, NAN, NAN, NAN}, {NAN, 2, 0, 10}, 0, 0},
      {{170, 10, -170, -10}, {0}, 0, 0},
  };
  /* Labels and scale bar have some pixels that look alike. */
  cairo_surface_t *plain = image_draw (620, 420, rect, draw, &figure, &style);
  size_t others = image_count_color (plain, style.reconstruction, 100, 0, 0, 620, 420);
  cairo_surface_destroy (plain);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (int k = 0; k < 4; k++) {
      figure.box[k] = cases[i].box[k];
      figure.circle[k] = cases[i].circle[k];
    }
    cairo_surface_t *image = image_draw (620, 420, rect, draw, &figure, &style);
    size_t n = image_count_color (image, style.reconstruction, 100, 0, 0, 620, 420);
    g_assert_cmpuint (n, >=, others + cases[i].least);
    g_assert_cmpuint (n, <=, others + cases[i].most);
    cairo_surface_destroy (image);
  }
}

/* With many devices: files that are no mere shells. */
static void
test_export (void)
{
  static const char *const suffixes[] = {"png", "svg", "pdf"};
  g_autoptr (PlotMapLines) lines = real_lines ();
  PlotMapFigure figure = california (lines);
  g_autofree char *folder = g_dir_make_tmp ("sae-map-XXXXXX", NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strdup_printf ("%s/map.%s", folder, suffixes[i]);
    g_autoptr (GError) error = NULL;
    g_assert_true (plot_export (path, 600, 400, 1, draw, &figure, &error));
    g_assert_no_error (error);
    GStatBuf status;
    g_assert_cmpint (g_stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_size, >, 8000);
    g_remove (path);
  }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/map-plot/inside", test_inside);
  g_test_add_func ("/plot/map-plot/empty", test_empty);
  g_test_add_func ("/plot/map-plot/colors", test_colors);
  g_test_add_func ("/plot/map-plot/pick", test_pick);
  g_test_add_func ("/plot/map-plot/selected", test_selected);
  g_test_add_func ("/plot/map-plot/region", test_region);
  g_test_add_func ("/plot/map-plot/export", test_export);
  return g_test_run ();
}
