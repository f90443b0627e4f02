#include "plot/heatmap.h"

#include "plot/line.h"
#include "plot/ticks.h"
#include <glib.h>
#include <math.h>
#include <stdint.h>

#define KEY_WIDTH 96.0 /* px, of the coloured bar */
#define KEY_PAD 5.0
#define MAX_PIXELS 8192

/* Cells first … end − 1 that a pixel shows; none where first = end. */
typedef struct {
  size_t first, end;
} Cells;

/* Of `length` pixels from px_0 on, `pixels` a px. */
static void
find_cells (Cells *cells, size_t length, double px_0, double pixels,
            const PlotScale *scale, double first, double step, size_t n)
{
  for (size_t i = 0; i < length; i++) {
    double a = plot_scale_value (scale, px_0 + (double)i / pixels);
    double b = plot_scale_value (scale, px_0 + (double)(i + 1) / pixels);
    double low = (fmin (a, b) - first) / step + 0.5,
           high = (fmax (a, b) - first) / step + 0.5;
    cells[i] = (Cells){0, 0};
    if (!(high > 0) || !(low < (double)n)) /* NAN too */
      continue;
    /* The cells whose middles are on the pixel, else the one that the pixel is on. */
    double from = ceil (low - 0.5), to = ceil (high - 0.5);
    if (from >= to) {
      from = floor ((low + high) / 2);
      to = from + 1;
    }
    cells[i].first = (size_t)CLAMP (from, 0, (double)n - 1);
    cells[i].end = (size_t)CLAMP (to, (double)cells[i].first + 1, (double)n);
  }
}

static uint32_t
pixel_of (const PlotHeatmap *map, const uint32_t *colors, Cells x, Cells y)
{
  float highest = -INFINITY;
  for (size_t i = x.first; i < x.end; i++)
    for (size_t j = y.first; j < y.end; j++) {
      float v = map->values[i * map->n_y + j];
      highest = v > highest ? v : highest;
    }
  if (highest == -INFINITY)
    return 0;
  double part = ((double)highest - map->min) / (map->max - map->min);
  return colors[(int)lround (CLAMP (part, 0, 1) * 255)];
}

static cairo_surface_t *
make_image (PlotRectangle area, const PlotHeatmap *map, const PlotScale *x,
            const PlotScale *y, double pixels)
{
  size_t width = (size_t)round (area.width * pixels);
  size_t height = (size_t)round (area.height * pixels);
  g_autofree Cells *columns = g_new (Cells, width), *rows = g_new (Cells, height);
  uint32_t colors[256];
  find_cells (columns, width, area.x, pixels, x, map->x_first, map->x_step, map->n_x);
  find_cells (rows, height, area.y, pixels, y, map->y_first, map->y_step, map->n_y);
  plot_palette_pixels (map->palette, colors);
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)width, (int)height);
  cairo_surface_flush (image);
  unsigned char *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);
  for (size_t j = 0; data && j < height; j++) {
    uint32_t *row = (uint32_t *)(void *)(data + j * (size_t)stride);
    for (size_t i = 0; i < width; i++)
      row[i] = pixel_of (map, colors, columns[i], rows[j]);
  }
  cairo_surface_mark_dirty (image);
  return image;
}

void
plot_heatmap_draw (cairo_t *cr, PlotRectangle area, const PlotHeatmap *map,
                   const PlotScale *x, const PlotScale *y, const PlotStyle *style)
{
  double pixels = plot_text_is_vector (cr) ? 2 : style->scale > 0 ? style->scale : 1;
  double width = round (area.width * pixels), height = round (area.height * pixels);
  if (map->n_x == 0 || map->n_y == 0 || !(width >= 1) || !(height >= 1) ||
      width > MAX_PIXELS || height > MAX_PIXELS || !(map->min < map->max))
    return;
  cairo_surface_t *image = make_image (area, map, x, y, pixels);
  cairo_save (cr);
  cairo_translate (cr, area.x, area.y);
  cairo_scale (cr, 1 / pixels, 1 / pixels);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

/* The ends' labels. */
static void
key_labels (const PlotHeatmap *map, const char *unit, char low[40], char **high)
{
  char number[40];
  int decimals = map->max - map->min < 2 ? 2 : 0;
  plot_ticks_format (low, 40, map->min, decimals);
  plot_ticks_format (number, sizeof number, map->max, decimals);
  *high = unit[0] ? g_strdup_printf ("%s %s", number, unit) : g_strdup (number);
}

double
plot_heatmap_key_width (PlotText *text, const PlotHeatmap *map, const char *unit)
{
  char low[40];
  g_autofree char *high = NULL;
  key_labels (map, unit, low, &high);
  return plot_text_width (text, PLOT_FACE_LABEL, low) +
         plot_text_width (text, PLOT_FACE_LABEL, high) + KEY_WIDTH + 2 * KEY_PAD;
}

void
plot_heatmap_draw_key (cairo_t *cr, PlotText *text, const PlotHeatmap *map,
                       const char *unit, double x, double y, const PlotStyle *style)
{
  char low[40];
  g_autofree char *high = NULL;
  key_labels (map, unit, low, &high);
  double right =
      plot_line_snap (style, x - plot_text_width (text, PLOT_FACE_LABEL, high) - KEY_PAD);
  double left = right - KEY_WIDTH;
  double height = plot_line_snap (style, plot_text_height (text, PLOT_FACE_LABEL) * 0.6);
  double top = plot_line_snap (style, y - height / 2);
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END, x, y, high);
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_END, left - KEY_PAD, y,
                  low);
  /* Bars side by side: a gradient would be a bitmap in some printers. */
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int i = 0; i < (int)KEY_WIDTH; i++) {
    plot_set_source (cr, plot_palette_color (map->palette, i / (KEY_WIDTH - 1)));
    cairo_rectangle (cr, left + i, top, 1, height);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}
