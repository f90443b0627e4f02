/* What the figures cost: processor time, least of a few runs, on an image of 1600 × 900.
 */
#include "plot/embedding-plot.h"
#include "plot/lasso.h"
#include "plot/loss-plot.h"
#include "plot/trace-plot.h"

#include <glib.h>
#include <math.h>
#include <time.h>

typedef void (*DrawFunc) (cairo_t *cr, PlotRectangle rect, const void *data,
                          const PlotStyle *style);

static void
draw_traces (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_trace_plot_draw (cr, rect, data, style);
}

static void
draw_losses (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_loss_plot_draw (cr, rect, data, style);
}

static void
draw_embedding (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_embedding_plot_draw (cr, rect, data, style);
}

static void
measure (const char *name, DrawFunc draw, const void *data)
{
  for (int scale = 1; scale <= 2; scale++) {
    PlotStyle style = plot_style_window (false, false);
    style.scale = scale;
    double least = INFINITY;
    for (int run = 0; run < 5; run++) {
      cairo_surface_t *image =
          cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1600 * scale, 900 * scale);
      cairo_t *cr = cairo_create (image);
      cairo_scale (cr, scale, scale);
      clock_t begin = clock ();
      draw (cr, (PlotRectangle){0, 0, 1600, 900}, data, &style);
      cairo_surface_flush (image);
      least = fmin (least, (double)(clock () - begin) / CLOCKS_PER_SEC);
      cairo_destroy (cr);
      cairo_surface_destroy (image);
    }
    g_print ("%-28s scale %d  %8.1f ms\n", name, scale, least * 1000);
  }
}

static PlotPyramid *
measure_pyramid (const double *values, size_t n)
{
  double least = INFINITY;
  for (int run = 0; run < 5; run++) {
    clock_t begin = clock ();
    plot_pyramid_unref (plot_pyramid_new (values, n));
    least = fmin (least, (double)(clock () - begin) / CLOCKS_PER_SEC);
  }
  g_print ("pyramid of %zu samples: %.1f ms, %.0f million samples/s\n", n, least * 1000,
           (double)n / least / 1e6);
  return plot_pyramid_new (values, n);
}

static void
measure_traces (const char *name, size_t n)
{
  g_autofree double *values = g_new (double, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (size_t i = 0; i < n; i++)
    values[i] = 24000 + 5000 * exp (-(double)i / (double)n * 5) *
                            g_rand_double_range (random, -1, 1);
  g_autoptr (PlotPyramid) pyramid = measure_pyramid (values, n);
  PlotTraces traces = {.n_components = 3,
                       .labels = {"E", "N", "Z"},
                       .values = {values, values, values},
                       .pyramids = {pyramid, pyramid, pyramid},
                       .n_samples = n,
                       .rate_hz = 100,
                       .unit = "counts"};
  measure (name, draw_traces, &traces);
}

static void
measure_losses (size_t n)
{
  g_autofree double *epoch = g_new (double, n), *loss = g_new (double, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  for (size_t i = 0; i < n; i++) {
    epoch[i] = (double)i * 40 / (double)n;
    loss[i] = exp (-epoch[i] / 10) * g_rand_double_range (random, 0.5, 1.5);
  }
  PlotLosses losses = {.n_batches = n,
                       .batch_epoch = epoch,
                       .batch_loss = loss,
                       .axis = PLOT_LOSS_AXIS_LOG};
  measure ("100 000 batch losses", draw_losses, &losses);
}

/* Finding the point under the pointer, the slowest of many places. */
static void
measure_pick (PlotEmbedding *plot)
{
  PlotStyle style = plot_style_window (false, false);
  PlotEmbeddingFrame frame =
      plot_embedding_plot_frame ((PlotRectangle){0, 0, 1600, 900}, plot, &style);
  clock_t begin = clock ();
  g_autoptr (PlotPointGrid) grid = plot_point_grid_new (plot->xy, plot->n_points);
  double build = (double)(clock () - begin) / CLOCKS_PER_SEC, most = 0;
  size_t n_found = 0;
  plot->grid = grid;
  for (double y = 0; y < 900; y += 10)
    for (double x = 0; x < 1600; x += 10) {
      begin = clock ();
      n_found += plot_embedding_frame_pick (&frame, plot, x, y, 14) != SIZE_MAX;
      most = fmax (most, (double)(clock () - begin) / CLOCKS_PER_SEC);
    }
  g_print ("pick: grid %.1f ms, slowest of 14 400 %.3f ms, %zu found\n", build * 1000,
           most * 1000, n_found);
  plot->grid = NULL;
}

static void
measure_lasso (const float *xy, size_t n)
{
  enum { CORNERS = 400 };
  double corners[2 * CORNERS];
  g_autofree uint8_t *inside = g_new (uint8_t, n);
  for (size_t i = 0; i < CORNERS; i++) {
    double angle = 2 * G_PI * (double)i / CORNERS, radius = 1 + 0.2 * sin (9 * angle);
    corners[2 * i] = 1.5 + radius * cos (angle);
    corners[2 * i + 1] = 1.5 + radius * sin (angle);
  }
  clock_t begin = clock ();
  size_t n_inside = plot_lasso_inside (inside, xy, n, corners, CORNERS);
  g_print ("lasso of %d corners: %.1f ms, %zu inside\n", CORNERS,
           (double)(clock () - begin) / CLOCKS_PER_SEC * 1000, n_inside);
}

static void
measure_embedding (size_t n)
{
  const char *const labels[] = {"Earthquake", "Explosion", "Other"};
  g_autofree float *xy = g_new (float, 2 * n);
  g_autofree uint16_t *category = g_new (uint16_t, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (size_t i = 0; i < n; i++) {
    category[i] = i % 20 == 0 ? 1 : i % 50 == 1 ? 2 : 0;
    for (size_t k = 0; k < 2; k++)
      xy[2 * i + k] = (float)(g_rand_double (random) + g_rand_double (random) +
                              g_rand_double (random) + category[i]);
  }
  PlotEmbedding plot = {.n_points = n,
                        .xy = xy,
                        .category = category,
                        .n_categories = 3,
                        .category_labels = labels,
                        .selected = 7,
                        .hovered = 8};
  measure ("50 000 points", draw_embedding, &plot);
  g_autofree uint8_t *state = g_new0 (uint8_t, n);
  g_autofree float *value = g_new (float, n);
  for (size_t i = 0; i < n; i++) {
    state[i] = i % 10 == 0 ? PLOT_POINT_SELECTED : 0;
    value[i] = xy[2 * i];
  }
  plot.state = state;
  measure ("  a tenth of them selected", draw_embedding, &plot);
  plot.value = value;
  plot.value_max = 4;
  plot.value_label = "Number";
  measure ("  coloured by number", draw_embedding, &plot);
  measure_pick (&plot);
  measure_lasso (xy, n);
}

int
main (void)
{
  measure_traces ("3 x 36 000 samples", 36000);
  measure_traces ("3 x 10 000 000 samples", 10000000);
  measure_losses (100000);
  measure_embedding (50000);
  return 0;
}
