#include "plot/raster.h"

#include <math.h>
#include <stdint.h>

#define AROUND 8.0     /* px around the area */
#define PIECE 8.0      /* device pixels; longer lines are drawn in such pieces */
#define MAX_SIDE 32767 /* Cairo's limit for an image */

struct _PlotRaster {
  cairo_t *cr;   /* borrowed */
  double x0, y0; /* px, of the mask's corner */
  double pixels; /* device pixels a px */
  int width, height, stride;
  cairo_surface_t *mask; /* A8; owned */
  uint8_t *coverage;     /* the mask's bytes */
};

typedef struct {
  double x, y; /* device pixels from the mask's corner */
} Corner;

PlotRaster *
plot_raster_new (cairo_t *cr, PlotRectangle area, double pixels)
{
  PlotRaster *raster = g_new0 (PlotRaster, 1);
  double around = ceil (AROUND * pixels);
  raster->cr = cr;
  raster->pixels = pixels;
  raster->x0 = area.x - around / pixels;
  raster->y0 = area.y - around / pixels;
  raster->width = (int)CLAMP (ceil (area.width * pixels) + 2 * around, 1, MAX_SIDE);
  raster->height = (int)CLAMP (ceil (area.height * pixels) + 2 * around, 1, MAX_SIDE);
  raster->mask =
      cairo_image_surface_create (CAIRO_FORMAT_A8, raster->width, raster->height);
  cairo_surface_flush (raster->mask);
  raster->coverage = cairo_image_surface_get_data (raster->mask);
  raster->stride = cairo_image_surface_get_stride (raster->mask);
  if (!raster->coverage) /* out of memory: nothing is drawn */
    raster->width = raster->height = 0;
  return raster;
}

void
plot_raster_free (PlotRaster *raster)
{
  cairo_surface_destroy (raster->mask);
  g_free (raster);
}

static Corner
corner_of (const PlotRaster *raster, const cairo_path_data_t *data)
{
  double x = (data->point.x - raster->x0) * raster->pixels;
  double y = (data->point.y - raster->y0) * raster->pixels;
  return (Corner){CLAMP (x, 0, raster->width), CLAMP (y, 0, raster->height)};
}

/* Calls edge for every line of cr's path; with close, also for those that rings lack. */
typedef void (*EdgeFunc) (Corner a, Corner b, void *data);

static void
each_edge (const PlotRaster *raster, bool close, EdgeFunc edge, void *data)
{
  cairo_path_t *path = cairo_copy_path (raster->cr);
  Corner start = {0, 0}, pen = {0, 0};
  for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
    const cairo_path_data_t *item = &path->data[i];
    switch (item->header.type) {
    case CAIRO_PATH_MOVE_TO:
      if (close)
        edge (pen, start, data);
      start = pen = corner_of (raster, item + 1);
      break;
    case CAIRO_PATH_LINE_TO: {
      Corner to = corner_of (raster, item + 1);
      edge (pen, to, data);
      pen = to;
      break;
    }
    case CAIRO_PATH_CLOSE_PATH:
      edge (pen, start, data);
      pen = start;
      break;
    default:
      break;
    }
  }
  if (close)
    edge (pen, start, data);
  cairo_path_destroy (path);
  cairo_new_path (raster->cr);
}

/* Filling. Every edge adds to each row the change of covered area it brings about, cell
 * by cell; a row's running sum is then the coverage (Levien 2016, "Inside the fastest
 * font renderer in the world"). */

typedef struct {
  float *sums; /* (height, stride) */
  size_t stride;
} Sums;

/* The part of an edge within one row: x0 … x1 while y grows by dy (negative upwards). */
static void
add_to_row (float *row, double x0, double x1, double dy)
{
  double left = fmin (x0, x1), right = fmax (x0, x1);
  int first = (int)left, last = (int)ceil (right);
  if (last <= first + 1) {
    double inside = 1 - ((left + right) / 2 - first);
    row[first] += (float)(dy * inside);
    row[first + 1] += (float)(dy * (1 - inside));
    return;
  }
  double slope = dy / (right - left), before = 0;
  for (int x = first; x < last; x++) {
    /* Area to the right of the edge in the cells up to x, of which `before` is known. */
    double from = fmax (left, x), to = fmin (right, x + 1);
    double within = slope * (to - from) * (x + 1 - (from + to) / 2);
    double passed = slope * (from - left);
    row[x] += (float)(passed + within - before);
    before = passed + within;
  }
  row[last] += (float)(dy - before);
}

static void
add_edge (Corner a, Corner b, void *data)
{
  const Sums *sums = data;
  double direction = 1;
  if (a.y == b.y)
    return;
  if (a.y > b.y) {
    Corner swap = a;
    a = b;
    b = swap;
    direction = -1;
  }
  double slope = (b.x - a.x) / (b.y - a.y), x = a.x;
  for (double y = a.y; y < b.y;) {
    double row = floor (y), next = fmin (row + 1, b.y);
    double to = next < b.y ? a.x + slope * (next - a.y) : b.x;
    add_to_row (sums->sums + (size_t)row * sums->stride, x, to, direction * (next - y));
    x = to;
    y = next;
  }
}

void
plot_raster_fill (PlotRaster *raster)
{
  Sums sums = {.stride = (size_t)raster->width + 2};
  sums.sums = g_new0 (float, sums.stride *((size_t)raster->height + 1));
  each_edge (raster, true, add_edge, &sums);
  for (int y = 0; y < raster->height; y++) {
    const float *row = sums.sums + (size_t)y * sums.stride;
    uint8_t *out = raster->coverage + (ptrdiff_t)y * raster->stride;
    float sum = 0;
    uint8_t covered = 0;
    for (int x = 0; x < raster->width; x++) {
      if (row[x] != 0) { /* seldom */
        sum += row[x];
        covered = (uint8_t)(fminf (fabsf (sum), 1.0f) * 255.0f + 0.5f);
      }
      out[x] = MAX (out[x], covered);
    }
  }
  g_free (sums.sums);
}

/* Stroking. A pixel is covered as far as its middle is inside a line's half width and
 * half a pixel; thinner lines than a pixel are paler instead. */

typedef struct {
  const PlotRaster *raster;
  double half;  /* device pixels, 0.5 or more */
  double alpha; /* 0 … 255 */
} Pen;

static void
add_piece (const Pen *pen, Corner a, Corner b)
{
  const PlotRaster *raster = pen->raster;
  float around = (float)pen->half + 0.5f, alpha = (float)pen->alpha;
  float ax = (float)a.x, ay = (float)a.y, dx = (float)(b.x - a.x),
        dy = (float)(b.y - a.y);
  float length = dx * dx + dy * dy, scale = length > 0 ? 1 / length : 0;
  int x0 = MAX (0, (int)(fmin (a.x, b.x) - around));
  int x1 = MIN (raster->width, (int)(fmax (a.x, b.x) + around) + 1);
  int y0 = MAX (0, (int)(fmin (a.y, b.y) - around));
  int y1 = MIN (raster->height, (int)(fmax (a.y, b.y) + around) + 1);
  for (int y = y0; y < y1; y++) {
    uint8_t *row = raster->coverage + (ptrdiff_t)y * raster->stride;
    for (int x = x0; x < x1; x++) {
      float px = (float)x + 0.5f - ax, py = (float)y + 0.5f - ay;
      float t = CLAMP ((px * dx + py * dy) * scale, 0.0f, 1.0f);
      float ox = px - t * dx, oy = py - t * dy;
      float away = ox * ox + oy * oy;
      if (away >= around * around)
        continue;
      float covered = fminf (1, around - sqrtf (away)) * alpha + 0.5f;
      row[x] = MAX (row[x], (uint8_t)covered);
    }
  }
}

static void
add_line (Corner a, Corner b, void *data)
{
  double length = hypot (b.x - a.x, b.y - a.y);
  int n = 1 + (int)(length / PIECE);
  Corner from = a;
  for (int i = 1; i <= n; i++) {
    double t = (double)i / n;
    Corner to = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    add_piece (data, from, to);
    from = to;
  }
}

void
plot_raster_stroke (PlotRaster *raster, double width, double alpha)
{
  double device = width * raster->pixels;
  Pen pen = {raster, fmax (device, 1) / 2, 255 * alpha * fmin (device, 1)};
  each_edge (raster, false, add_line, &pen);
}

void
plot_raster_paint (const PlotRaster *raster, PlotColor color)
{
  cairo_t *cr = raster->cr;
  cairo_surface_mark_dirty (raster->mask);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (raster->mask);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_save (cr);
  plot_set_source (cr, color);
  cairo_translate (cr, raster->x0, raster->y0);
  cairo_scale (cr, 1 / raster->pixels, 1 / raster->pixels);
  cairo_mask (cr, pattern);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}
