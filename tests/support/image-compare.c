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
