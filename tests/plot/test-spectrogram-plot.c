#include "plot/spectrogram-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

enum { N_TIMES = 240, N_FREQUENCIES = 101 };

static const PlotRectangle rect = {8, 8, 624, 244};

/* A chirp from 5 to 40 Hz over a minute, on a floor. */
static float *
chirp (void)
{
  float *db = g_new (float, N_TIMES *N_FREQUENCIES);
  for (size_t i = 0; i < N_TIMES; i++)
    for (size_t j = 0; j < N_FREQUENCIES; j++) {
      double away = (double)j * 0.5 - (5 + 35.0 * (double)i / N_TIMES);
      db[i * N_FREQUENCIES + j] = (float)fmax (-60, 10 - away * away);
    }
  return db;
}

static PlotSpectrogram
spectrogram_of (const float *db)
{
  return (PlotSpectrogram){.label = "BK.CMB.00.HNE",
                           .map = {.values = db,
                                   .n_x = N_TIMES,
                                   .n_y = N_FREQUENCIES,
                                   .x_first = 0.125,
                                   .x_step = 0.25,
                                   .y_first = 0,
                                   .y_step = 0.5,
                                   .min = -60,
                                   .max = 10},
                           .start_ns = G_GINT64_CONSTANT (1571117622) * 1000000000,
                           .view_begin_s = 0,
                           .view_end_s = 60,
                           .max_hz = 50,
                           .frequency_label = "Frequency (Hz)",
                           .unit = "dB"};
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_spectrogram_draw (cr, r, data, style);
}

static void
test_picture (void)
{
  g_autofree float *db = chirp ();
  PlotSpectrogram plot = spectrogram_of (db);
  PlotStyle style = image_reference_style ();
  plot.title = "BK.CMB.00.HN · event nc1 · 2019-10-15 05:33:42 UTC";
  cairo_surface_t *image = image_draw (640, 260, rect, draw, &plot, &style);
  image_assert_reference (image, "spectrogram-plot");
  cairo_surface_destroy (image);
  plot.logarithmic = true;
  image = image_draw (640, 260, rect, draw, &plot, &style);
  image_assert_reference (image, "spectrogram-plot-log");
  cairo_surface_destroy (image);
}

/* The chirp is at 22.5 Hz after half a minute, where the frame says that is. */
static void
test_place (void)
{
  g_autofree float *db = chirp ();
  for (int log = 0; log < 2; log++) {
    PlotSpectrogram plot = spectrogram_of (db);
    PlotStyle style = plot_style_window (true, false);
    PlotFrame frame;
    int first, last;
    plot.logarithmic = log;
    g_assert_true (plot_spectrogram_frame (&frame, rect, &plot, &style));
    cairo_surface_t *image = image_draw (640, 260, rect, draw, &plot, &style);
    g_assert_true (image_column_extent (image, plot_palette_color (0, 1), 30,
                                        (int)plot_scale_px (&frame.x, 30),
                                        (int)frame.area.y, 260, &first, &last));
    g_assert_cmpfloat_with_epsilon ((first + last) / 2.0, plot_scale_px (&frame.y, 22.5),
                                    4);
    g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* Under another figure, both areas begin and end alike. */
static void
test_aligned (void)
{
  PlotSpectrogram plot = spectrogram_of (NULL);
  PlotStyle style = plot_style_window (true, false);
  PlotFrame frame;
  plot.map.n_x = 0;
  plot.left = 91;
  plot.right = 40;
  g_assert_true (plot_spectrogram_frame (&frame, rect, &plot, &style));
  g_assert_cmpfloat (frame.area.x, ==, rect.x + 91);
  g_assert_cmpfloat (frame.area.x + frame.area.width, ==, rect.x + rect.width - 40);
  cairo_surface_t *image = image_draw (640, 260, rect, draw, &plot, &style);
  g_assert_cmpuint (image_count_ink (image, 0, 0, 640, 260), >, 300);
  cairo_surface_destroy (image);
  g_assert_false (
      plot_spectrogram_frame (&frame, (PlotRectangle){0, 0, 60, 20}, &plot, &style));
}

static void
draw_stack (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_spectrogram_draw_stack (cr, r, data, 3, style);
}

/* Three of a size, the times below the last alone. */
static void
test_stack (void)
{
  const PlotRectangle tall = {8, 8, 624, 484};
  g_autofree float *db = chirp ();
  PlotSpectrogram plots[3] = {spectrogram_of (db), spectrogram_of (db),
                              spectrogram_of (db)};
  PlotStyle style = image_reference_style ();
  PlotFrame frames[3];
  plots[0].title = "BK.CMB.00.HN";
  for (size_t i = 0; i < 3; i++) {
    plots[i].left = 54;
    plots[i].right = 30;
    g_assert_true (plot_spectrogram_stack_frame (&frames[i], tall, plots, 3, i, &style));
    g_assert_cmpfloat_with_epsilon (frames[i].area.height, frames[0].area.height, 1);
    g_assert_cmpfloat (frames[i].area.x, ==, frames[0].area.x);
    g_assert_true (i == 0 ||
                   frames[i].area.y > frames[i - 1].area.y + frames[i - 1].area.height);
  }
  for (size_t i = 0; i < 3; i++)
    plots[i].frequency_label = i == 1 ? "Frequency (Hz)" : NULL;
  cairo_surface_t *image = image_draw (640, 500, tall, draw_stack, plots, &style);
  image_assert_reference (image, "spectrogram-plot-stack");
  cairo_surface_destroy (image);
}

static void
test_fit (void)
{
  double min, max;
  float values[1000];
  for (int i = 0; i < 1000; i++)
    values[i] = (float)(-110 + i / 10); /* to −11 */
  plot_spectrogram_fit (&min, &max, values, 1000);
  g_assert_cmpfloat (max, ==, -10);
  g_assert_cmpfloat (min, ==, -60); /* the median */
  for (int i = 0; i < 1000; i++)
    values[i] = i == 7 ? 3 : i < 500 ? -300 : -200;
  plot_spectrogram_fit (&min, &max, values, 1000);
  g_assert_cmpfloat (max, ==, 5);
  g_assert_cmpfloat (min, ==, -75); /* no more than 80 dB, silence not counted */
  for (size_t n = 0; n < 3; n++) {
    float odd[] = {-300, NAN};
    plot_spectrogram_fit (&min, &max, odd, n);
    g_assert_cmpfloat (min, <, max);
  }
  plot_spectrogram_fit (&min, &max, (float[]){5}, 1);
  g_assert_cmpfloat (max - min, ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/spectrogram-plot/picture", test_picture);
  g_test_add_func ("/plot/spectrogram-plot/place", test_place);
  g_test_add_func ("/plot/spectrogram-plot/aligned", test_aligned);
  g_test_add_func ("/plot/spectrogram-plot/stack", test_stack);
  g_test_add_func ("/plot/spectrogram-plot/fit", test_fit);
  return g_test_run ();
}
