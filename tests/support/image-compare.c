#include "support/image-compare.h"

#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

cairo_surface_t *
image_draw (int width, int height, PlotRectangle rect, ImageDrawFunc draw,
            const void *data, const PlotStyle *style)
{
  cairo_surface_t *image = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)(width * style->scale), (int)(height * style->scale));
  cairo_t *cr = cairo_create (image);
  cairo_scale (cr, style->scale, style->scale);
  draw (cr, rect, data, style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

static uint32_t
pixel_at (cairo_surface_t *image, int x, int y)
{
  const uint8_t *data = cairo_image_surface_get_data (image);
  const uint8_t *row = data + (ptrdiff_t)y * cairo_image_surface_get_stride (image);
  return ((const uint32_t *)(const void *)row)[x];
}

static void
cut (cairo_surface_t *image, int *x0, int *y0, int *x1, int *y1)
{
  *x0 = MAX (*x0, 0);
  *y0 = MAX (*y0, 0);
  *x1 = MIN (*x1, cairo_image_surface_get_width (image));
  *y1 = MIN (*y1, cairo_image_surface_get_height (image));
}

size_t
image_count_ink (cairo_surface_t *image, int x0, int y0, int x1, int y1)
{
  size_t n = 0;
  cut (image, &x0, &y0, &x1, &y1);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += pixel_at (image, x, y) >> 24 != 0;
  return n;
}

size_t
image_count_outside (cairo_surface_t *image, PlotRectangle rect, double scale)
{
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);
  size_t inside =
      image_count_ink (image, (int)floor (rect.x * scale), (int)floor (rect.y * scale),
                       (int)ceil ((rect.x + rect.width) * scale),
                       (int)ceil ((rect.y + rect.height) * scale));
  return image_count_ink (image, 0, 0, width, height) - inside;
}

static bool
is_color (uint32_t pixel, PlotColor color, int tolerance)
{
  int alpha = (int)(pixel >> 24);
  if (alpha < 128 * color.alpha)
    return false;
  const double wanted[3] = {color.blue, color.green, color.red};
  for (int k = 0; k < 3; k++) {
    double value = (pixel >> (8 * k) & 255) * 255.0 / alpha;
    if (fabs (value - wanted[k] * 255) > tolerance)
      return false;
  }
  return true;
}

size_t
image_count_color (cairo_surface_t *image, PlotColor color, int tolerance, int x0, int y0,
                   int x1, int y1)
{
  size_t n = 0;
  cut (image, &x0, &y0, &x1, &y1);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += is_color (pixel_at (image, x, y), color, tolerance);
  return n;
}

bool
image_column_extent (cairo_surface_t *image, PlotColor color, int tolerance, int x,
                     int y0, int y1, int *first, int *last)
{
  int x0 = x, x1 = x + 1;
  bool found = false;
  cut (image, &x0, &y0, &x1, &y1);
  for (int y = y0; x0 < x1 && y < y1; y++)
    if (is_color (pixel_at (image, x, y), color, tolerance)) {
      if (!found)
        *first = y;
      *last = y;
      found = true;
    }
  return found;
}

double
image_difference (cairo_surface_t *a, cairo_surface_t *b, int tolerance)
{
  int width = cairo_image_surface_get_width (a);
  int height = cairo_image_surface_get_height (a);
  if (width != cairo_image_surface_get_width (b) ||
      height != cairo_image_surface_get_height (b))
    return 1.0;
  size_t n = 0;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      uint32_t p = pixel_at (a, x, y), q = pixel_at (b, x, y);
      bool differs = false;
      for (int k = 0; k < 4; k++)
        differs |= abs ((int)(p >> 8 * k & 255) - (int)(q >> 8 * k & 255)) > tolerance;
      n += differs;
    }
  return (double)n / ((double)width * height);
}

#define CELL 8
#define CELL_TOLERANCE 20.0 /* of 255, of a cell's mean */
#define CELLS_PART 0.004    /* of the cells may differ */

/* Mean of one channel (0 … 3) over the cell that begins at (x0, y0). */
static double
cell_mean (cairo_surface_t *image, int x0, int y0, int channel)
{
  int x1 = x0 + CELL, y1 = y0 + CELL, sum = 0;
  cut (image, &x0, &y0, &x1, &y1);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      sum += (int)(pixel_at (image, x, y) >> 8 * channel & 255);
  return (double)sum / ((x1 - x0) * (y1 - y0));
}

/* Share of the cells that differ; 1 if the sizes do. */
static double
cells_difference (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a);
  int height = cairo_image_surface_get_height (a);
  if (width != cairo_image_surface_get_width (b) ||
      height != cairo_image_surface_get_height (b))
    return 1.0;
  size_t n = 0, n_cells = 0;
  for (int y = 0; y < height; y += CELL)
    for (int x = 0; x < width; x += CELL) {
      bool differs = false;
      for (int k = 0; k < 3; k++)
        differs |=
            fabs (cell_mean (a, x, y, k) - cell_mean (b, x, y, k)) > CELL_TOLERANCE;
      n += differs;
      n_cells++;
    }
  return (double)n / (double)n_cells;
}

void
image_assert_reference (cairo_surface_t *image, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  const char *fresh = g_getenv ("SAE_NEW_PICTURES");
  if (fresh) {
    g_autofree char *target = g_build_filename (fresh, file, NULL);
    g_assert_cmpint (cairo_surface_write_to_png (image, target), ==,
                     CAIRO_STATUS_SUCCESS);
    return;
  }
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fixtures", "pictures", file, NULL);
  cairo_surface_t *reference = cairo_image_surface_create_from_png (path);
  if (cairo_surface_status (reference) != CAIRO_STATUS_SUCCESS)
    g_error ("%s: %s", path, cairo_status_to_string (cairo_surface_status (reference)));
  double difference = cells_difference (image, reference);
  cairo_surface_destroy (reference);
  g_test_message ("%s: %.4f of the cells differ", name, difference);
  if (difference > CELLS_PART) {
    g_autofree char *kept = g_test_build_filename (G_TEST_BUILT, file, NULL);
    cairo_surface_write_to_png (image, kept);
    g_error ("%s: %.2f %% of the picture differ from the reference; now it is %s", name,
             difference * 100, kept);
  }
}

PlotStyle
image_reference_style (void)
{
  PlotStyle style = plot_style_export ();
  style.font = "DejaVu Sans";
  return style;
}
