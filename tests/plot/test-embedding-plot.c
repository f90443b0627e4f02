#include "plot/embedding-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

static const PlotRectangle rect = {5, 5, 590, 390};
static const char *const labels[] = {"Earthquake", "Explosion", "Other"};

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_embedding_plot_draw (cr, r, data, style);
}

static PlotEmbedding
embedding_of (size_t n, const float *xy, const uint16_t *category)
{
  return (PlotEmbedding){.n_points = n,
                         .xy = xy,
                         .category = category,
                         .n_categories = 3,
                         .category_labels = labels,
                         .x_label = "PC 1",
                         .y_label = "PC 2",
                         .selected = SIZE_MAX,
                         .hovered = SIZE_MAX};
}

/* Where pick finds point i within 6 px: the middle of those places. */
static void
find (const PlotEmbedding *plot, const PlotStyle *style, size_t i, double *x, double *y)
{
  double near_x = NAN, near_y = NAN;
  for (double py = rect.y; isnan (near_x) && py < rect.y + rect.height; py += 7)
    for (double px = rect.x; isnan (near_x) && px < rect.x + rect.width; px += 7)
      if (plot_embedding_plot_pick (rect, plot, style, px, py, 6) == i) {
        near_x = px;
        near_y = py;
      }
  double sum_x = 0, sum_y = 0, n = 0;
  for (double py = near_y - 13; py <= near_y + 13; py++)
    for (double px = near_x - 13; px <= near_x + 13; px++)
      if (plot_embedding_plot_pick (rect, plot, style, px, py, 6) == i) {
        sum_x += px;
        sum_y += py;
        n++;
      }
  g_assert_cmpfloat (n, >, 60);
  *x = sum_x / n;
  *y = sum_y / n;
}

/* Both directions have one scale, and picking agrees with what is drawn. */
static void
test_isometric (void)
{
  const float xy[] = {0, 0, 10, 0, 0, 10, 10, 10};
  const uint16_t category[] = {0, 1, 2, 0};
  PlotEmbedding plot = embedding_of (4, xy, category);
  PlotStyle style = plot_style_window (false, false);
  double x[4], y[4];
  for (size_t i = 0; i < 4; i++)
    find (&plot, &style, i, &x[i], &y[i]);
  g_assert_cmpfloat_with_epsilon (x[1] - x[0], y[0] - y[2], 1.5);
  g_assert_cmpfloat_with_epsilon (x[3], x[1], 1.0);
  g_assert_cmpfloat (y[2], <, y[0]);
  cairo_surface_t *image = image_draw (600, 400, rect, draw, &plot, &style);
  for (size_t i = 0; i < 4; i++) {
    PlotColor color = plot_style_category (&style, category[i]);
    int px = (int)x[i], py = (int)y[i];
    g_assert_cmpuint (
        image_count_color (image, color, 30, px - 5, py - 5, px + 6, py + 6), >, 20);
  }
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
}

static void
test_pick (void)
{
  const float xy[] = {0, 0, 1, 1, 1, 1, NAN, 3, 5, 5};
  const uint16_t category[] = {0, 0, 1, 0, 0};
  PlotEmbedding plot = embedding_of (5, xy, category);
  PlotStyle style = plot_style_window (false, false);
  double x, y;
  find (&plot, &style, 2, &x, &y); /* of two at one place, the later */
  g_assert_cmpuint (plot_embedding_plot_pick (rect, &plot, &style, x + 3, y, 2), ==,
                    SIZE_MAX);
  g_assert_cmpuint (plot_embedding_plot_pick (rect, &plot, &style, x + 3, y, 4), ==, 2);
  g_assert_cmpuint (plot_embedding_plot_pick (rect, &plot, &style, NAN, y, 4), ==,
                    SIZE_MAX);
  /* Zoomed in elsewhere, what is not shown cannot be picked. */
  plot.view_x0 = plot.view_y0 = 3;
  plot.view_x1 = plot.view_y1 = 6;
  find (&plot, &style, 4, &x, &y);
  for (double py = 0; py < 400; py += 7)
    for (double px = 0; px < 600; px += 7) {
      size_t picked = plot_embedding_plot_pick (rect, &plot, &style, px, py, 8);
      g_assert_true (picked == 4 || picked == SIZE_MAX);
    }
  PlotRectangle tiny = {0, 0, 20, 20};
  g_assert_cmpuint (plot_embedding_plot_pick (tiny, &plot, &style, 10, 10, 50), ==,
                    SIZE_MAX);
}

/* The frame's mapping is the one by which points are drawn and picked. */
static void
test_frame (void)
{
  const float xy[] = {-2, 1, 10, 4};
  const uint16_t category[] = {0, 1};
  PlotEmbedding plot = embedding_of (2, xy, category);
  PlotStyle style = plot_style_window (false, false);
  PlotEmbeddingFrame frame = plot_embedding_plot_frame (rect, &plot, &style);
  double per_px = (frame.x1 - frame.x0) / frame.area.width;
  g_assert_cmpfloat_with_epsilon ((frame.y1 - frame.y0) / frame.area.height, per_px,
                                  1e-9);
  for (size_t i = 0; i < 2; i++) {
    double x = frame.area.x + (xy[2 * i] - frame.x0) / per_px;
    double y = frame.area.y + (frame.y1 - xy[2 * i + 1]) / per_px;
    g_assert_cmpuint (plot_embedding_plot_pick (rect, &plot, &style, x, y, 0.01), ==, i);
  }
  /* A view with the area's proportions is shown as it is. */
  plot.view_x0 = 0;
  plot.view_x1 = frame.area.width;
  plot.view_y0 = 5;
  plot.view_y1 = 5 + frame.area.height;
  frame = plot_embedding_plot_frame (rect, &plot, &style);
  g_assert_cmpfloat_with_epsilon (frame.x0, plot.view_x0, 1e-9);
  g_assert_cmpfloat_with_epsilon (frame.x1, plot.view_x1, 1e-9);
  g_assert_cmpfloat_with_epsilon (frame.y0, plot.view_y0, 1e-9);
  g_assert_cmpfloat_with_epsilon (frame.y1, plot.view_y1, 1e-9);
}

/* A grid finds what looking at every point does; hidden points are not picked. */
static void
test_grid (void)
{
  enum { N = 500 };
  float xy[2 * N];
  uint16_t category[N] = {0};
  uint8_t state[N] = {0};
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  for (size_t i = 0; i < 2 * N; i++)
    xy[i] = (float)g_rand_double_range (random, -7, 7);
  for (size_t i = 0; i < N; i += 2)
    state[i] = PLOT_POINT_HIDDEN;
  g_autoptr (PlotPointGrid) grid = plot_point_grid_new (xy, N);
  PlotStyle style = plot_style_window (false, false);
  PlotEmbedding plot = embedding_of (N, xy, category), with_grid = plot;
  plot.state = with_grid.state = state;
  with_grid.grid = grid;
  size_t n_found = 0;
  for (double y = 0; y < 400; y += 9)
    for (double x = 0; x < 600; x += 9) {
      size_t picked = plot_embedding_plot_pick (rect, &plot, &style, x, y, 6);
      g_assert_cmpuint (plot_embedding_plot_pick (rect, &with_grid, &style, x, y, 6), ==,
                        picked);
      g_assert_true (picked == SIZE_MAX || picked % 2 == 1);
      n_found += picked != SIZE_MAX;
    }
  g_assert_cmpuint (n_found, >, 100);
}

/* Numbers are drawn in the palette's colours, with a key whose ends are labelled. */
static void
test_numbers (void)
{
  const float xy[] = {0, 0, 5, 0, 10, 0, 5, 5}, value[] = {4, 5, 6, NAN};
  const uint16_t category[] = {0, 0, 0, 0};
  PlotStyle style = plot_style_window (false, false);
  PlotEmbedding plot = embedding_of (4, xy, category);
  plot.value = value;
  plot.value_min = 4;
  plot.value_max = 6;
  plot.opacity = 1;
  cairo_surface_t *bare = image_draw (600, 400, rect, draw, &plot, &style);
  plot.value_label = "Magnitude";
  plot.value_low = "4";
  plot.value_high = "6";
  plot.unknown_label = "unknown";
  cairo_surface_t *image = image_draw (600, 400, rect, draw, &plot, &style);
  PlotEmbeddingFrame frame = plot_embedding_plot_frame (rect, &plot, &style);
  for (size_t i = 0; i < 3; i++) {
    double x, y;
    plot_embedding_frame_to_px (&frame, xy + 2 * i, &x, &y);
    PlotColor color = plot_palette_mark (plot.palette, (double)i / 2, &style);
    g_assert_cmpuint (image_count_color (image, color, 16, (int)x - 5, (int)y - 5,
                                         (int)x + 6, (int)y + 6),
                      >, 20);
  }
  /* The key stands above the figure. */
  int top = (int)frame.area.y;
  PlotColor low = plot_palette_mark (plot.palette, 0, &style);
  PlotColor high = plot_palette_mark (plot.palette, 1, &style);
  g_assert_cmpuint (image_count_color (image, low, 24, 0, 0, 600, top), >, 9);
  g_assert_cmpuint (image_count_color (image, high, 24, 0, 0, 600, top), >, 9);
  g_assert_cmpfloat (image_difference (bare, image, 0), >, 0);
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (bare);
  cairo_surface_destroy (image);
}

/* The layers together are the figure. */
static void
draw_layers (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_embedding_plot_draw_axes (cr, r, data, style);
  plot_embedding_plot_draw_points (cr, r, data, style);
  plot_embedding_plot_draw_rings (cr, r, data, style);
}

static void
test_layers (void)
{
  const float xy[] = {0, 0, 5, 0, 10, 0};
  const uint16_t category[] = {0, 1, 2};
  PlotStyle style = plot_style_window (true, false);
  PlotEmbedding plot = embedding_of (3, xy, category);
  plot.selected = 1;
  cairo_surface_t *whole = image_draw (600, 400, rect, draw, &plot, &style);
  cairo_surface_t *layers = image_draw (600, 400, rect, draw_layers, &plot, &style);
  g_assert_cmpfloat (image_difference (whole, layers, 0), ==, 0);
  cairo_surface_destroy (whole);
  cairo_surface_destroy (layers);
}

static void
test_rings (void)
{
  const float xy[] = {0, 0, 10, 10};
  const uint16_t category[] = {0, 1};
  PlotStyle style = plot_style_window (false, false);
  style.selection = (PlotColor){1, 0, 1, 1};
  PlotEmbedding plot = embedding_of (2, xy, category);
  for (size_t selected = 0; selected < 4; selected++) { /* 2 and 3 are no points */
    plot.selected = selected;
    cairo_surface_t *image = image_draw (600, 400, rect, draw, &plot, &style);
    size_t ink = image_count_color (image, style.selection, 40, 0, 0, 600, 400);
    if (selected < 2)
      g_assert_cmpuint (ink, >, 60);
    else
      g_assert_cmpuint (ink, ==, 0);
    cairo_surface_destroy (image);
  }
}

/* A category without points has no entry in the legend. */
static void
test_empty_category (void)
{
  const float xy[] = {0, 0, 1, 1, 2, 0};
  const uint16_t category[] = {0, 1, 0};
  const PlotStyle style = plot_style_export ();
  PlotEmbedding plot = embedding_of (3, xy, category);
  plot.n_categories = 3;
  cairo_surface_t *three = image_draw (600, 400, rect, draw, &plot, &style);
  plot.n_categories = 2;
  cairo_surface_t *two = image_draw (600, 400, rect, draw, &plot, &style);
  plot.category = (const uint16_t[]){0, 2, 0};
  plot.n_categories = 3;
  cairo_surface_t *other = image_draw (600, 400, rect, draw, &plot, &style);
  g_assert_cmpfloat (image_difference (three, two, 0), ==, 0);
  g_assert_cmpfloat (image_difference (three, other, 0), >, 0);
  cairo_surface_destroy (three);
  cairo_surface_destroy (two);
  cairo_surface_destroy (other);
}

static void
test_degenerate (void)
{
  const float same[] = {3, 3, 3, 3}, none[] = {NAN, 0, INFINITY, 1},
              far[] = {-3e38f, 3e38f, 3e38f, -3e38f};
  const float *const clouds[] = {same, none, far};
  const uint16_t category[] = {0, 7};
  PlotStyle style = plot_style_window (true, true);
  for (size_t i = 0; i < G_N_ELEMENTS (clouds); i++)
    for (size_t n = 0; n <= 2; n++) {
      PlotEmbedding plot = embedding_of (n, clouds[i], category);
      cairo_surface_t *image = image_draw (600, 400, rect, draw, &plot, &style);
      g_assert_cmpuint (image_count_ink (image, 0, 0, 600, 400), >, 100);
      g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
      cairo_surface_destroy (image);
    }
  PlotEmbedding bare = {0};
  cairo_surface_destroy (image_draw (600, 400, rect, draw, &bare, &style));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/embedding-plot/isometric", test_isometric);
  g_test_add_func ("/plot/embedding-plot/pick", test_pick);
  g_test_add_func ("/plot/embedding-plot/frame", test_frame);
  g_test_add_func ("/plot/embedding-plot/grid", test_grid);
  g_test_add_func ("/plot/embedding-plot/numbers", test_numbers);
  g_test_add_func ("/plot/embedding-plot/layers", test_layers);
  g_test_add_func ("/plot/embedding-plot/rings", test_rings);
  g_test_add_func ("/plot/embedding-plot/empty-category", test_empty_category);
  g_test_add_func ("/plot/embedding-plot/degenerate", test_degenerate);
  return g_test_run ();
}
