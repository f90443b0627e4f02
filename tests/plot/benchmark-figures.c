/* What the figures cost: processor time, least of a few runs, on an image of 1600 × 900.
 */
#include "plot/embedding-plot.h"
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
  PlotLosses losses = {.n_batches = n, .batch_epoch = epoch, .batch_loss = loss};
  measure ("100 000 batch losses", draw_losses, &losses);
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
