#include "plot/scatter.h"

#include "plot/text.h"
#include <glib.h>
#include <math.h>

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
plot_scatter_count (size_t *counts, size_t n, const uint16_t *mark, size_t n_marks)
{
  for (size_t m = 0; m < n_marks; m++)
    counts[m] = 0;
  for (size_t i = 0; i < n; i++)
    if (mark[i] < n_marks)
      counts[mark[i]]++;
}

/* Indices of the points that are drawn, in the order of drawing: the lowest layer first,
 * in one as they came. *n_drawn of them; free with g_free. */
static size_t *
drawing_order (size_t n, const uint16_t *mark, const PlotMark *marks, size_t n_marks,
               size_t *n_drawn)
{
  unsigned top = 0;
  for (size_t m = 0; m < n_marks; m++)
    top = MAX (top, marks[m].layer);
  g_autofree size_t *counts = g_new (size_t, n_marks);
  g_autofree size_t *next = g_new0 (size_t, (size_t)top + 2);
  plot_scatter_count (counts, n, mark, n_marks);
  for (size_t m = 0; m < n_marks; m++)
    next[marks[m].layer + 1] += counts[m];
  for (unsigned layer = 0; layer <= top; layer++)
    next[layer + 1] += next[layer];
  *n_drawn = next[top + 1];
  size_t *order = g_new (size_t, MAX (*n_drawn, 1));
  for (size_t i = 0; i < n; i++)
    if (mark[i] < n_marks)
      order[next[marks[mark[i]].layer]++] = i;
  return order;
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

/* A mark at PHASES × PHASES positions within a pixel, premultiplied ARGB32. */
typedef struct {
  int size;         /* pixels, width and height */
  uint32_t *pixels; /* (PHASES, PHASES, size, size); owned; NULL: no point needs it */
} Sprite;

/* The shape in opaque white. */
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
    plot_set_source (cr, (PlotColor){1, 1, 1, 1});
    plot_scatter_path (cr, mark->shape, size / 2 + (phase % PHASES + 0.5) / PHASES,
                       size / 2 + (phase / PHASES + 0.5) / PHASES, radius);
    cairo_fill (cr);
    cairo_destroy (cr);
    cairo_surface_finish (image);
    cairo_surface_destroy (image);
  }
}

static uint32_t
to_pixel (PlotColor color)
{
  double alpha = color.alpha * 255;
  return (uint32_t)lround (alpha) << 24 | (uint32_t)lround (color.red * alpha) << 16 |
         (uint32_t)lround (color.green * alpha) << 8 |
         (uint32_t)lround (color.blue * alpha);
}

/* Sprites of the marks that have points: paths are filled once for each size and shape,
 * colours are many. Free with free_sprites. */
static Sprite *
make_sprites (const PlotMark *marks, const size_t *counts, size_t n_marks, double scale)
{
  Sprite *sprites = g_new0 (Sprite, n_marks);
  for (size_t m = 0; m < n_marks; m++) {
    size_t like = m;
    for (size_t k = 0; k < m && like == m && counts[m] > 0; k++)
      if (sprites[k].pixels && marks[k].shape == marks[m].shape &&
          !(marks[k].radius < marks[m].radius) && !(marks[k].radius > marks[m].radius))
        like = k;
    if (counts[m] == 0)
      continue;
    if (like == m) {
      sprite_init (&sprites[m], &marks[m], scale);
    } else {
      size_t side = (size_t)sprites[like].size;
      sprites[m].size = sprites[like].size;
      sprites[m].pixels = g_memdup2 (sprites[like].pixels,
                                     side * side * PHASES * PHASES * sizeof (uint32_t));
    }
  }
  /* Only now, so that each could be copied from a white one. */
  for (size_t m = 0; m < n_marks; m++) {
    size_t n = (size_t)sprites[m].size * (size_t)sprites[m].size * PHASES * PHASES;
    uint32_t color = to_pixel (marks[m].color);
    for (size_t i = 0; sprites[m].pixels && i < n; i++)
      sprites[m].pixels[i] = multiply (color, sprites[m].pixels[i] >> 24);
  }
  return sprites;
}

static void
free_sprites (Sprite *sprites, size_t n_marks)
{
  for (size_t m = 0; m < n_marks; m++)
    g_free (sprites[m].pixels);
  g_free (sprites);
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
  const float *xy;
  const uint16_t *mark;
  const PlotScale *x_scale, *y_scale;
  const PlotMark *marks;
  size_t n_marks;
  const size_t *order; /* (n) */
  size_t n;
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
    const PlotMark *mark = &points->marks[points->mark[i]];
    plot_set_source (cr, mark->color);
    plot_scatter_path (cr, mark->shape, x, y, mark->radius);
    cairo_fill (cr);
  }
}

/* A linear scale as one multiplication: px × pixels = offset + slope × value. */
static void
linear (const PlotScale *scale, double origin, double pixels, double *offset,
        double *slope)
{
  *slope = plot_scale_slope (scale) * pixels;
  *offset = (scale->px_0 - origin) * pixels - scale->data_0 * *slope;
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
  g_autofree size_t *counts = g_new0 (size_t, points->n_marks);
  for (size_t k = 0; k < points->n; k++)
    counts[points->mark[points->order[k]]]++;
  Sprite *sprites = make_sprites (points->marks, counts, points->n_marks, pixels);
  double x0, y0, x_slope, y_slope;
  linear (points->x_scale, area.x, pixels, &x0, &x_slope);
  linear (points->y_scale, area.y, pixels, &y0, &y_slope);
  cairo_surface_flush (image);
  for (size_t k = 0; k < points->n; k++) {
    size_t i = points->order[k];
    const Sprite *sprite = &sprites[points->mark[i]];
    double x = x0 + x_slope * points->xy[2 * i];
    double y = y0 + y_slope * points->xy[2 * i + 1];
    double reach = sprite->size;
    if (x > -reach && x < width + reach && y > -reach && y < height + reach)
      splat (data, width, height, stride, sprite, x, y);
  }
  cairo_surface_mark_dirty (image);
  free_sprites (sprites, points->n_marks);
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
                   const uint16_t *mark, const PlotScale *x_scale,
                   const PlotScale *y_scale, const PlotMark *marks, size_t n_marks,
                   const PlotStyle *style)
{
  if (n == 0 || n_marks == 0 || !(area.width > 0) || !(area.height > 0))
    return;
  bool vector = plot_text_is_vector (cr);
  size_t n_drawn;
  g_autofree size_t *order = drawing_order (n, mark, marks, n_marks, &n_drawn);
  Points points = {xy, mark, x_scale, y_scale, marks, n_marks, order, n_drawn};
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  if (n_drawn <= (vector ? MAX_VECTOR_PATHS : MAX_PATHS))
    draw_paths (cr, &points);
  else
    draw_image (cr, area, &points, vector ? 4.0 : style->scale > 0 ? style->scale : 1.0);
  cairo_restore (cr);
}
