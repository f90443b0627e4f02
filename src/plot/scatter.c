#include "plot/scatter.h"

#include "plot/text.h"
#include <glib.h>
#include <math.h>
#include <stdlib.h>

/* Points drawn as paths: exact, but 5 µs each. On vector surfaces a path costs bytes
 * instead of time, and an image its sharpness. */
#define MAX_PATHS 2000
#define MAX_VECTOR_PATHS 20000
/* Positions within a pixel that have a mask of their own, each way. */
#define PHASES 4

void
plot_scatter_path (cairo_t *cr, PlotShape shape, double x, double y, double radius)
{
  double r = radius;
  cairo_new_sub_path (cr);
  switch (shape % PLOT_SHAPE_COUNT) {
  case PLOT_SHAPE_TRIANGLE:
    /* Equilateral around its centroid, the circle's area times 1.05. */
    r *= 1.6;
    cairo_move_to (cr, x, y - r);
    cairo_line_to (cr, x + r * 0.8660254, y + r * 0.5);
    cairo_line_to (cr, x - r * 0.8660254, y + r * 0.5);
    cairo_close_path (cr);
    break;
  case PLOT_SHAPE_SQUARE:
    r *= 0.8862269; /* √π / 2 */
    cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
    break;
  default:
    cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  }
}

void
plot_scatter_count (size_t *counts, size_t n, const uint16_t *category, size_t n_marks)
{
  for (size_t c = 0; c < n_marks; c++)
    counts[c] = 0;
  for (size_t i = 0; i < n && n_marks > 0; i++)
    counts[MIN (category[i], n_marks - 1)]++;
}

typedef struct {
  size_t count, category;
} CategoryCount;

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const CategoryCount *x = a, *y = b;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->category < y->category ? -1 : x->category > y->category;
}

/* Indices of all points in the order of drawing: by category, the commonest first, else
 * as they came. (n), free with g_free. */
static size_t *
drawing_order (size_t n, const uint16_t *category, size_t n_marks)
{
  g_autofree size_t *counts = g_new (size_t, n_marks);
  g_autofree CategoryCount *sorted = g_new (CategoryCount, n_marks);
  g_autofree size_t *next = g_new (size_t, n_marks);
  plot_scatter_count (counts, n, category, n_marks);
  for (size_t c = 0; c < n_marks; c++)
    sorted[c] = (CategoryCount){counts[c], c};
  qsort (sorted, n_marks, sizeof *sorted, compare_counts);
  size_t place = 0;
  for (size_t c = 0; c < n_marks; c++) {
    next[sorted[c].category] = place;
    place += sorted[c].count;
  }
  size_t *order = g_new (size_t, n);
  for (size_t i = 0; i < n; i++)
    order[next[MIN (category[i], n_marks - 1)]++] = i;
  return order;
}

/* A mark at PHASES × PHASES positions within a pixel, premultiplied ARGB32. */
typedef struct {
  int size;         /* pixels, width and height */
  uint32_t *pixels; /* (PHASES, PHASES, size, size); owned */
} Sprite;

static void
sprite_init (Sprite *sprite, const PlotMark *mark, double scale)
{
  double radius = mark->radius * scale;
  double reach = mark->shape % PLOT_SHAPE_COUNT == PLOT_SHAPE_TRIANGLE ? 1.6 : 1.0;
  int size = sprite->size = 2 * (int)ceil (radius * reach + 1);
  size_t area = (size_t)size * (size_t)size;
  sprite->pixels = g_new0 (uint32_t, area * PHASES * PHASES);
  for (int phase = 0; phase < PHASES * PHASES; phase++) {
    cairo_surface_t *image = cairo_image_surface_create_for_data (
        (unsigned char *)(sprite->pixels + area * (size_t)phase), CAIRO_FORMAT_ARGB32,
        size, size, size * 4);
    cairo_t *cr = cairo_create (image);
    plot_set_source (cr, mark->color);
    plot_scatter_path (cr, mark->shape, size / 2 + (phase % PHASES + 0.5) / PHASES,
                       size / 2 + (phase / PHASES + 0.5) / PHASES, radius);
    cairo_fill (cr);
    cairo_destroy (cr);
    cairo_surface_finish (image);
    cairo_surface_destroy (image);
  }
}

/* Each byte of pixel times part / 255, rounded; two bytes at a time. */
static inline uint32_t
multiply (uint32_t pixel, uint32_t part)
{
  uint32_t even = (pixel & 0x00ff00ff) * part + 0x00800080;
  uint32_t odd = (pixel >> 8 & 0x00ff00ff) * part + 0x00800080;
  even = (even + (even >> 8 & 0x00ff00ff)) >> 8 & 0x00ff00ff;
  odd = (odd + (odd >> 8 & 0x00ff00ff)) & 0xff00ff00;
  return even | odd;
}

/* Puts the sprite OVER the premultiplied ARGB32 pixels, its centre at (px, py). */
static void
splat (uint32_t *pixels, int width, int height, int stride, const Sprite *sprite,
       double px, double py)
{
  int size = sprite->size;
  int cell_x = (int)floor (px), cell_y = (int)floor (py);
  int phase_x = (int)((px - cell_x) * PHASES), phase_y = (int)((py - cell_y) * PHASES);
  const uint32_t *mark =
      sprite->pixels + (size_t)(phase_y * PHASES + phase_x) * (size_t)(size * size);
  int x0 = cell_x - size / 2, y0 = cell_y - size / 2;
  int first = MAX (0, -x0), end = MIN (size, width - x0);
  for (int y = MAX (0, -y0); y < size && y0 + y < height; y++) {
    uint32_t *row = pixels + (ptrdiff_t)(y0 + y) * stride + x0;
    for (int x = first; x < end; x++) {
      uint32_t over = mark[y * size + x];
      if (over)
        row[x] = over + multiply (row[x], 255 - (over >> 24));
    }
  }
}

typedef struct {
  size_t n;
  const float *xy;
  const uint16_t *category;
  const PlotScale *x_scale, *y_scale;
  const PlotMark *marks;
  size_t n_marks;
  const size_t *order;
} Points;

static void
draw_paths (cairo_t *cr, const Points *points)
{
  for (size_t k = 0; k < points->n; k++) {
    size_t i = points->order[k];
    double x = plot_scale_px (points->x_scale, points->xy[2 * i]);
    double y = plot_scale_px (points->y_scale, points->xy[2 * i + 1]);
    if (!isfinite (x) || !isfinite (y))
      continue;
    const PlotMark *mark = &points->marks[MIN (points->category[i], points->n_marks - 1)];
    plot_set_source (cr, mark->color);
    plot_scatter_path (cr, mark->shape, x, y, mark->radius);
    cairo_fill (cr);
  }
}

static void
splat_points (cairo_surface_t *image, PlotRectangle area, const Points *points,
              double pixels)
{
  uint32_t *data = (uint32_t *)(void *)cairo_image_surface_get_data (image);
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);
  int stride = cairo_image_surface_get_stride (image) / 4;
  if (!data)
    return;
  g_autofree Sprite *sprites = g_new (Sprite, points->n_marks);
  for (size_t c = 0; c < points->n_marks; c++)
    sprite_init (&sprites[c], &points->marks[c], pixels);
  cairo_surface_flush (image);
  for (size_t k = 0; k < points->n; k++) {
    size_t i = points->order[k];
    double x = (plot_scale_px (points->x_scale, points->xy[2 * i]) - area.x) * pixels;
    double y = (plot_scale_px (points->y_scale, points->xy[2 * i + 1]) - area.y) * pixels;
    if (isfinite (x) && isfinite (y))
      splat (data, width, height, stride,
             &sprites[MIN (points->category[i], points->n_marks - 1)], x, y);
  }
  cairo_surface_mark_dirty (image);
  for (size_t c = 0; c < points->n_marks; c++)
    g_free (sprites[c].pixels);
}

static void
draw_image (cairo_t *cr, PlotRectangle area, const Points *points, double pixels)
{
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (area.width * pixels),
                                  (int)ceil (area.height * pixels));
  splat_points (image, area, points, pixels);
  cairo_translate (cr, area.x, area.y);
  cairo_scale (cr, 1 / pixels, 1 / pixels);
  cairo_set_source_surface (cr, image, 0, 0);
  if (!plot_text_is_vector (cr))
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_surface_destroy (image);
}

void
plot_scatter_draw (cairo_t *cr, PlotRectangle area, size_t n, const float *xy,
                   const uint16_t *category, const PlotScale *x_scale,
                   const PlotScale *y_scale, const PlotMark *marks, size_t n_marks,
                   const PlotStyle *style)
{
  if (n == 0 || n_marks == 0 || !(area.width > 0) || !(area.height > 0))
    return;
  bool vector = plot_text_is_vector (cr);
  g_autofree size_t *order = drawing_order (n, category, n_marks);
  Points points = {n, xy, category, x_scale, y_scale, marks, n_marks, order};
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  if (n <= (vector ? MAX_VECTOR_PATHS : MAX_PATHS))
    draw_paths (cr, &points);
  else
    draw_image (cr, area, &points, vector ? 4.0 : style->scale > 0 ? style->scale : 1.0);
  cairo_restore (cr);
}
