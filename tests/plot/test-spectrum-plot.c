#include "plot/spectrum-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>

enum { N_RAW = 3000, N_SMOOTH = 200 };

static const PlotRectangle rect = {8, 8, 464, 344};

typedef struct {
  PlotSpectrum plot;
  double raw[3][N_RAW], smooth[3][N_SMOOTH], hz[N_SMOOTH];
} Spectra;

/* Brune's shape with corners at 1, 3 and 9 Hz; the raw ones jitter around it. */
static double
shape (double hz, size_t k)
{
  double corner = pow (3, (double)k), x = hz / corner;
  return pow (10, -(double)k) * hz * hz / (1 + x * x);
}

static Spectra *
spectra_new (void)
{
  Spectra *spectra = g_new0 (Spectra, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  spectra->plot = (PlotSpectrum){.n_lines = 3,
                                 .n_raw = N_RAW,
                                 .step_hz = 50.0 / N_RAW,
                                 .frequencies_hz = spectra->hz,
                                 .n_smooth = N_SMOOTH,
                                 .min_hz = 0.1,
                                 .max_hz = 50,
                                 .frequency_label = "Frequency (Hz)",
                                 .amplitude_label = "Amplitude (counts·s)",
                                 .cursor_hz = NAN};
  for (size_t i = 0; i < N_SMOOTH; i++)
    spectra->hz[i] = 0.1 * pow (500, (double)i / (N_SMOOTH - 1));
  for (size_t k = 0; k < 3; k++) {
    spectra->plot.labels[k] = ((const char *[]){"HNE", "HNN", "HNZ"})[k];
    spectra->plot.raw[k] = spectra->raw[k];
    spectra->plot.smooth[k] = spectra->smooth[k];
    for (size_t i = 0; i < N_RAW; i++)
      spectra->raw[k][i] = shape ((double)i * spectra->plot.step_hz, k) *
                           g_rand_double_range (random, 0.3, 2);
    for (size_t i = 0; i < N_SMOOTH; i++)
      spectra->smooth[k][i] = shape (spectra->hz[i], k);
  }
  return spectra;
}

static void
draw (cairo_t *cr, PlotRectangle r, const void *data, const PlotStyle *style)
{
  plot_spectrum_draw (cr, r, data, style);
}

static void
test_picture (void)
{
  g_autofree Spectra *spectra = spectra_new ();
  PlotStyle style = image_reference_style ();
  spectra->plot.title = "BK.CMB.00.HN · event nc1";
  spectra->plot.cursor_hz = 4;
  cairo_surface_t *image = image_draw (480, 360, rect, draw, &spectra->plot, &style);
  image_assert_reference (image, "spectrum-plot");
  cairo_surface_destroy (image);
}

/* The smoothed line is where the frame says, for each component. */
static void
test_places (void)
{
  g_autofree Spectra *spectra = spectra_new ();
  PlotStyle style = plot_style_window (false, false);
  PlotFrame frame;
  for (size_t k = 0; k < 3; k++)
    spectra->plot.raw[k] = NULL;
  g_assert_true (plot_spectrum_frame (&frame, rect, &spectra->plot, &style));
  cairo_surface_t *image = image_draw (480, 360, rect, draw, &spectra->plot, &style);
  for (size_t k = 0; k < 3; k++) {
    int first, last;
    double x = plot_scale_px (&frame.x, 20);
    g_assert_true (image_column_extent (
        image, plot_spectrum_color (&style, k), 60, (int)x, (int)frame.area.y,
        (int)(frame.area.y + frame.area.height), &first, &last));
    g_assert_cmpfloat_with_epsilon ((first + last) / 2.0,
                                    plot_scale_px (&frame.y, shape (20, k)), 3);
  }
  g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
  cairo_surface_destroy (image);
}

/* No more than six decades, whatever the spectrum falls to; nothing at all. */
static void
test_range (void)
{
  g_autofree Spectra *spectra = spectra_new ();
  PlotStyle style = plot_style_window (false, false);
  PlotFrame frame;
  spectra->smooth[0][100] = 1e-30;
  spectra->smooth[1][100] = 0;
  spectra->smooth[2][100] = NAN;
  g_assert_true (plot_spectrum_frame (&frame, rect, &spectra->plot, &style));
  g_assert_cmpfloat (frame.y.data_1 / frame.y.data_0, <, 2e6);
  cairo_surface_destroy (image_draw (480, 360, rect, draw, &spectra->plot, &style));
  for (size_t n = 0; n < 3; n++) {
    spectra->plot.n_lines = n;
    spectra->plot.n_smooth = n;
    spectra->plot.n_raw = n;
    spectra->plot.cursor_hz = 3;
    cairo_surface_destroy (image_draw (480, 360, rect, draw, &spectra->plot, &style));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/spectrum-plot/picture", test_picture);
  g_test_add_func ("/plot/spectrum-plot/places", test_places);
  g_test_add_func ("/plot/spectrum-plot/range", test_range);
  return g_test_run ();
}
