#include "plot/loss-plot.h"

#include "support/image-compare.h"
#include <glib.h>
#include <math.h>
#include <stdint.h>

static void
draw (cairo_t *cr, PlotRectangle rect, const void *data, const PlotStyle *style)
{
  plot_loss_plot_draw (cr, rect, data, style);
}

static cairo_surface_t *
drawn (const PlotLosses *losses, const PlotStyle *style)
{
  return image_draw (600, 400, (PlotRectangle){5, 5, 590, 390}, draw, losses, style);
}

static PlotStyle
plain_style (void)
{
  PlotStyle style = plot_style_window (false, false);
  style.training = (PlotColor){0, 0, 1, 1};
  style.validation = (PlotColor){1, 0, 0, 1};
  return style;
}

/* Row of the curve's middle in column x, or −1. */
static double
row_at (cairo_surface_t *image, PlotColor color, int x)
{
  int first, last;
  if (!image_column_extent (image, color, 40, x, 40, 360, &first, &last))
    return -1;
  return (first + last) / 2.0;
}

/* Halving every epoch is a straight line on a logarithmic axis, whatever the fonts; less
 * than a decade is drawn on a linear one, where it is not. */
static void
test_log_or_linear (void)
{
  for (int decades = 0; decades < 2; decades++) {
    double training[9];
    for (int i = 0; i < 9; i++)
      training[i] = pow (decades ? 0.4 : 0.8, i);
    PlotStyle style = plain_style ();
    PlotLosses losses = {.n_epochs = 9, .training = training, .n_epochs_planned = 10};
    cairo_surface_t *image = drawn (&losses, &style);
    int x0 = -1, x1 = -1;
    for (int x = 0; x < 600; x++)
      if (row_at (image, style.training, x) >= 0) {
        x0 = x0 < 0 ? x : x0;
        x1 = x;
      }
    /* The value's number stands right of the line's end: look at the first half. */
    int left = x0 + 10, right = x0 + 190, middle = (left + right) / 2;
    g_assert_cmpint (x1 - x0, >, 300);
    double bend =
        (row_at (image, style.training, left) + row_at (image, style.training, right)) /
            2 -
        row_at (image, style.training, middle);
    if (decades)
      g_assert_cmpfloat (fabs (bend), <, 2.0);
    else
      g_assert_cmpfloat (fabs (bend), >, 4.0);
    cairo_surface_destroy (image);
  }
}

static void
test_curves (void)
{
  double training[] = {1, 0.8, 0.7, 0.66, 0.64}, validation[] = {1.1, 0.9, NAN, 0.8, NAN};
  PlotStyle style = plain_style ();
  PlotLosses losses = {.n_epochs = 5,
                       .training = training,
                       .validation = validation,
                       .n_epochs_planned = 20,
                       .training_label = "Training",
                       .validation_label = "Validation",
                       .epoch_label = "Epoch",
                       .loss_label = "Loss"};
  cairo_surface_t *image = drawn (&losses, &style);
  g_assert_cmpuint (image_count_color (image, style.training, 40, 0, 40, 600, 400), >,
                    100);
  g_assert_cmpuint (image_count_color (image, style.validation, 40, 0, 40, 600, 400), >,
                    80);
  /* A quarter of the planned epochs is a quarter of the axis: nothing far right. */
  g_assert_cmpuint (image_count_color (image, style.training, 40, 320, 40, 600, 400), ==,
                    0);
  g_assert_cmpuint (image_count_outside (image, (PlotRectangle){5, 5, 590, 390}, 1), ==,
                    0);
  cairo_surface_destroy (image);
}

static void
test_degenerate (void)
{
  double nothing[] = {NAN, NAN}, one[] = {0.5}, zero[] = {0, 0},
         large[] = {1e300, 1e-300};
  const PlotLosses cases[] = {
      {.n_epochs_planned = 0},
      {.n_epochs_planned = 5},
      {.n_epochs = 2, .training = nothing, .validation = nothing},
      {.n_epochs = 1, .training = one},
      {.n_epochs = 2, .training = zero, .validation = zero},
      {.n_epochs = 2, .training = large},
      {.n_batches = 1, .batch_epoch = one, .batch_loss = one},
  };
  PlotStyle style = plain_style ();
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    cairo_surface_t *image = drawn (&cases[i], &style);
    g_assert_cmpuint (image_count_ink (image, 0, 0, 600, 400), >, 20);
    g_assert_cmpuint (image_count_outside (image, (PlotRectangle){5, 5, 590, 390}, 1), ==,
                      0);
    cairo_surface_destroy (image);
  }
  g_autofree double *epochs = g_new (double, 100000), *batches = g_new (double, 100000);
  for (int i = 0; i < 100000; i++) {
    epochs[i] = i / 1000.0;
    batches[i] = 0.5 + 0.4 * sin (i);
  }
  PlotLosses many = {.n_batches = 100000, .batch_epoch = epochs, .batch_loss = batches};
  for (int w = 1; w < 60; w += 7) { /* rectangles too small for anything */
    PlotRectangle rect = {5, 5, w, w};
    cairo_surface_t *image = image_draw (100, 100, rect, draw, &many, &style);
    g_assert_cmpuint (image_count_outside (image, rect, 1), ==, 0);
    cairo_surface_destroy (image);
  }
}

/* What is asked for, not what would fit: linear though it spans decades, logarithmic
 * though it does not; zeros stand on no logarithmic axis. */
static void
test_axis (void)
{
  double decades[] = {1, 0.1, 0.01, 0.001}, flat[] = {0.5, 0.49, 0.48, 0.47},
         zeros[] = {0, 0, 0, 0}, some[] = {0, 4, 0, 2}, one[] = {3, 3, 3, 3};
  const struct {
    const double *values;
    PlotLossAxis axis;
    bool log;
  } cases[] = {
      {decades, PLOT_LOSS_AXIS_FITTING, true}, {decades, PLOT_LOSS_AXIS_LINEAR, false},
      {flat, PLOT_LOSS_AXIS_FITTING, false},   {flat, PLOT_LOSS_AXIS_LOG, true},
      {zeros, PLOT_LOSS_AXIS_LOG, false},      {some, PLOT_LOSS_AXIS_LOG, true},
      {one, PLOT_LOSS_AXIS_LOG, true},
  };
  PlotStyle style = plain_style ();
  PlotLossPlace place;
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    PlotLosses losses = {
        .n_epochs = 4, .training = cases[i].values, .axis = cases[i].axis};
    g_assert_true (
        plot_loss_plot_locate (&place, (PlotRectangle){5, 5, 590, 390}, &losses, &style));
    g_assert_true (place.y.logarithmic == cases[i].log);
    for (int k = 0; k < 4; k++) {
      double y = plot_scale_px (&place.y, cases[i].values[k]);
      g_assert_true (isnan (y) == (cases[i].log && cases[i].values[k] <= 0));
      if (!isnan (y)) {
        g_assert_cmpfloat (y, >=, place.area.y - 0.5);
        g_assert_cmpfloat (y, <=, place.area.y + place.area.height + 0.5);
      }
    }
  }
  PlotLosses losses = {.n_epochs = 4, .training = flat};
  place = (PlotLossPlace){.area = {1, 2, 3, 4}};
  g_assert_false (
      plot_loss_plot_locate (&place, (PlotRectangle){0, 0, 20, 20}, &losses, &style));
  g_assert_cmpfloat (place.area.width, ==, 3);
}

static void
test_nearest (void)
{
  const double epochs[] = {0.5, 1, 1.5, 2};
  PlotLosses losses = {.n_batches = 4, .batch_epoch = epochs, .batch_loss = epochs};
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, -3), ==, 0);
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, 0.7), ==, 0);
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, 0.8), ==, 1);
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, 1.5), ==, 2);
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, 99), ==, 3);
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, NAN), ==, SIZE_MAX);
  losses.n_batches = 0;
  g_assert_cmpuint (plot_loss_plot_nearest (&losses, 1), ==, SIZE_MAX);
}

/* One batch of 100 000 is far off: it is in the picture, wherever the pixels are. */
static void
test_no_batch_lost (void)
{
  enum { N = 100000 };
  g_autofree double *epochs = g_new (double, N), *loss = g_new (double, N);
  for (int i = 0; i < N; i++) {
    epochs[i] = i / 1000.0;
    loss[i] = 0.5;
  }
  PlotStyle style = plain_style ();
  PlotLosses losses = {.n_batches = N,
                       .batch_epoch = epochs,
                       .batch_loss = loss,
                       .axis = PLOT_LOSS_AXIS_LINEAR};
  for (int k = 0; k < 3; k++) {
    PlotLossPlace place;
    PlotRectangle rect = {5, 5, 590, 390};
    int at = 31415 + k * 17171, first, last;
    loss[at] = 1;
    g_assert_true (plot_loss_plot_locate (&place, rect, &losses, &style));
    cairo_surface_t *image = drawn (&losses, &style);
    int x = (int)floor (plot_scale_px (&place.x, epochs[at]));
    double top = plot_scale_px (&place.y, 1), level = plot_scale_px (&place.y, 0.5);
    /* The pixels' own alpha, since a faint line is nowhere "covered". */
    const unsigned char *data = cairo_image_surface_get_data (image);
    int stride = cairo_image_surface_get_stride (image);
    for (first = 0; first < 400 && data[first * stride + 4 * x + 3] < 60; first++)
      ;
    for (last = first; last < 400 && data[last * stride + 4 * x + 3] >= 60; last++)
      ;
    g_assert_cmpfloat (fabs (first - top), <, 2.5);
    g_assert_cmpfloat (last, >, level - 2.5);
    cairo_surface_destroy (image);
    loss[at] = 0.5;
  }
}

static void
test_picture (void)
{
  enum { N = 12000, N_EPOCHS = 12 };
  g_autofree double *epochs = g_new (double, N), *loss = g_new (double, N);
  double training[N_EPOCHS], validation[N_EPOCHS];
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (int i = 0; i < N; i++) {
    epochs[i] = (i + 1) / 1000.0;
    loss[i] = (0.02 + exp (-epochs[i] / 2)) * g_rand_double_range (random, 0.6, 1.4);
  }
  for (int i = 0; i < N_EPOCHS; i++) {
    training[i] = 0.02 + exp (-(i + 0.5) / 2);
    validation[i] = 0.05 + exp (-(i + 1) / 2.0);
  }
  const char *const names[] = {"loss-plot-log", "loss-plot"};
  for (int k = 0; k < 2; k++) {
    PlotStyle style = image_reference_style ();
    PlotLosses losses = {.n_epochs = N_EPOCHS,
                         .training = training,
                         .validation = validation,
                         .n_batches = N,
                         .batch_epoch = epochs,
                         .batch_loss = loss,
                         .n_epochs_planned = 20,
                         .axis = k ? PLOT_LOSS_AXIS_LINEAR : PLOT_LOSS_AXIS_LOG,
                         .training_label = "Training",
                         .validation_label = "Validation",
                         .epoch_label = "Epoch",
                         .loss_label = "Loss (mean absolute error)"};
    cairo_surface_t *image = drawn (&losses, &style);
    image_assert_reference (image, names[k]);
    cairo_surface_destroy (image);
  }
}

/* Each run has its colour, the one that ends first too, and nothing of a single run is
 * drawn beside them. */
static void
test_several (void)
{
  const double falling[] = {4, 3, 2, 1}, flat[] = {2.5, 2.5};
  const PlotLossCurve curves[] = {{"a", 4, falling, falling}, {"b", 2, flat, NULL}};
  PlotStyle style = image_reference_style ();
  PlotLosses losses = {.n_epochs = 2, .training = flat, .curves = curves, .n_curves = 2};
  PlotLossPlace place;
  cairo_surface_t *image = drawn (&losses, &style);
  const PlotRectangle rect = {5, 5, 590, 390};
  g_assert_true (plot_loss_plot_locate (&place, rect, &losses, &style));
  for (size_t i = 0; i < 2; i++) {
    PlotColor color = plot_style_category (&style, i);
    const double epoch = (double)curves[i].n_epochs;
    const double loss = curves[i].training[curves[i].n_epochs - 1];
    const int x = (int)plot_scale_px (&place.x, epoch);
    const int y = (int)plot_scale_px (&place.y, loss);
    const uint32_t pixel =
        *(const uint32_t *)(void *)(cairo_image_surface_get_data (image) +
                                    y * cairo_image_surface_get_stride (image) + 4 * x);
    g_assert_cmpint (abs ((int)(pixel >> 16 & 255) - (int)(255 * color.red)), <, 3);
    g_assert_cmpint (abs ((int)(pixel & 255) - (int)(255 * color.blue)), <, 3);
  }
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/loss-plot/log-or-linear", test_log_or_linear);
  g_test_add_func ("/plot/loss-plot/curves", test_curves);
  g_test_add_func ("/plot/loss-plot/degenerate", test_degenerate);
  g_test_add_func ("/plot/loss-plot/axis", test_axis);
  g_test_add_func ("/plot/loss-plot/nearest", test_nearest);
  g_test_add_func ("/plot/loss-plot/no-batch-lost", test_no_batch_lost);
  g_test_add_func ("/plot/loss-plot/picture", test_picture);
  g_test_add_func ("/plot/loss-plot/several", test_several);
  return g_test_run ();
}
