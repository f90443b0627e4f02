#include "plot/map.h"

#include "plot/export.h"
#include <math.h>
#include <string.h>

#define MAGIC "SAEMAP1\n"
#define MAGIC_SIZE 8
#define MAX_UNITS 1000000
#define MAX_TURNS 2 /* times 360°: how far longitudes may run on */
#define N_LEVELS 7
/* Edges towards a pole leave every view, so that land reaches its edge. */
#define POLE_Y 1e4
#define MARGIN 4.0   /* px around the area that lines are cut at */
#define SMALLEST 1.0 /* device pixels; smaller rings are not drawn */
#define DETAIL 1.5
#define LEVEL_FACTOR 8 /* the level stands in the low bits of a longitude */

/* Level k is needed while a device pixel is at most this many degrees wide. */
static const double level_degrees[N_LEVELS] = {0.05, 0.08, 0.12, 0.18, 0.27, 0.4, 0.6};

typedef struct {
  float x, y; /* Mercator degrees; |y| is POLE_Y at a pole */
  uint8_t level;
} Point;

typedef struct {
  PlotMapKind kind;
  size_t first, n;       /* into points */
  double x0, y0, x1, y1; /* least and greatest */
} Line;

struct _PlotMapLines {
  GArray *points; /* of Point */
  GArray *lines;  /* of Line */
};

typedef struct {
  const uint8_t *bytes;
  size_t n, at;
} Reader;

/* At most 5 bytes; FALSE at the end or if longer. */
static bool
read_varint (Reader *reader, int64_t *value)
{
  int64_t found = 0;
  for (int shift = 0; shift < 35 && reader->at < reader->n; shift += 7) {
    uint8_t byte = reader->bytes[reader->at++];
    found |= (int64_t)(byte & 127) << shift;
    if (byte < 128) {
      *value = found;
      return true;
    }
  }
  return false;
}

static int64_t
unzigzag (int64_t value)
{
  return value % 2 ? -(value / 2) - 1 : value / 2;
}

static float
mercator_of (int64_t y, int64_t units)
{
  if (y == -90 * units || y == 90 * units)
    return (float)(y < 0 ? -POLE_Y : POLE_Y);
  return (float)plot_map_mercator ((double)y / (double)units);
}

/* Appends n points; *why is set on FALSE. */
static bool
read_points (PlotMapLines *lines, Reader *reader, int64_t n, int64_t units,
             const char **why)
{
  int64_t x = 0, y = 0, first, second;
  for (int64_t i = 0; i < n; i++) {
    if (!read_varint (reader, &first) || !read_varint (reader, &second)) {
      *why = "a number is cut off or too long";
      return false;
    }
    x += unzigzag (first / LEVEL_FACTOR);
    y += unzigzag (second);
    if (ABS (x) > 360 * MAX_TURNS * units || ABS (y) > 90 * units) {
      *why = "a point is not on the Earth";
      return false;
    }
    Point point = {(float)((double)x / (double)units), mercator_of (y, units),
                   (uint8_t)(first % LEVEL_FACTOR)};
    g_array_append_val (lines->points, point);
  }
  return true;
}

static void
measure (const PlotMapLines *lines, Line *line)
{
  const Point *points = &g_array_index (lines->points, Point, line->first);
  line->x0 = line->y0 = INFINITY;
  line->x1 = line->y1 = -INFINITY;
  for (size_t i = 0; i < line->n; i++) {
    line->x0 = fmin (line->x0, points[i].x);
    line->x1 = fmax (line->x1, points[i].x);
    line->y0 = fmin (line->y0, points[i].y);
    line->y1 = fmax (line->y1, points[i].y);
  }
}

static bool
read_line (PlotMapLines *lines, Reader *reader, int64_t units, const char **why)
{
  int64_t kind, n;
  if (!read_varint (reader, &kind) || !read_varint (reader, &n)) {
    *why = "a number is cut off or too long";
    return false;
  }
  if (kind >= PLOT_MAP_KIND_COUNT) {
    *why = "unknown kind of line";
    return false;
  }
  /* A point has two bytes or more, which bounds what is allocated. */
  if (n < (kind == PLOT_MAP_LAND ? 3 : 2) || (uint64_t)n > (reader->n - reader->at) / 2) {
    *why = "a line's number of points cannot be";
    return false;
  }
  Line line = {.kind = (PlotMapKind)kind, .first = lines->points->len, .n = (size_t)n};
  if (!read_points (lines, reader, n, units, why))
    return false;
  measure (lines, &line);
  g_array_append_val (lines->lines, line);
  return true;
}

static bool
read_lines (PlotMapLines *lines, Reader *reader, const char **why)
{
  int64_t units, n;
  if (reader->n < MAGIC_SIZE || memcmp (reader->bytes, MAGIC, MAGIC_SIZE) != 0) {
    *why = "not a map of this version";
    return false;
  }
  reader->at = MAGIC_SIZE;
  if (!read_varint (reader, &units) || !read_varint (reader, &n)) {
    *why = "a number is cut off or too long";
    return false;
  }
  if (units < 1 || units > MAX_UNITS) {
    *why = "units per degree out of range";
    return false;
  }
  for (int64_t i = 0; i < n; i++)
    if (!read_line (lines, reader, units, why))
      return false;
  *why = "bytes after the last line";
  return reader->at == reader->n;
}

PlotMapLines *
plot_map_lines_new (const uint8_t *bytes, size_t n, GError **error)
{
  g_autoptr (PlotMapLines) lines = g_new0 (PlotMapLines, 1);
  lines->points = g_array_new (FALSE, FALSE, sizeof (Point));
  lines->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Reader reader = {bytes, n, 0};
  const char *why = NULL;
  if (!read_lines (lines, &reader, &why)) {
    g_set_error (error, PLOT_ERROR, PLOT_ERROR_MAP,
                 "map, line %u, byte %" G_GSIZE_FORMAT ": %s", lines->lines->len + 1,
                 reader.at, why);
    return NULL;
  }
  return g_steal_pointer (&lines);
}

void
plot_map_lines_free (PlotMapLines *lines)
{
  g_array_unref (lines->points);
  g_array_unref (lines->lines);
  g_free (lines);
}

size_t
plot_map_lines_count (const PlotMapLines *lines, PlotMapKind kind, size_t *n_points)
{
  size_t n = 0, points = 0;
  for (guint i = 0; i < lines->lines->len; i++) {
    const Line *line = &g_array_index (lines->lines, Line, i);
    if (line->kind == kind) {
      n++;
      points += line->n;
    }
  }
  if (n_points)
    *n_points = points;
  return n;
}

/* How often the ring winds around (x, y), Mercator degrees (Sunday 2001). */
static int
winding (const Point *points, size_t n, double x, double y)
{
  int turns = 0;
  for (size_t i = 0; i < n; i++) {
    Point a = points[i], b = points[i + 1 < n ? i + 1 : 0];
    if ((a.y <= y) == (b.y <= y))
      continue;
    double side = ((double)b.x - a.x) * (y - a.y) - (x - a.x) * ((double)b.y - a.y);
    if (b.y > a.y && side > 0)
      turns++;
    else if (b.y <= a.y && side < 0)
      turns--;
  }
  return turns;
}

/* Which copies of the line, each 360° further, reach into x0 … x1. */
static void
copies (const Line *line, double x0, double x1, int *first, int *last)
{
  *first = (int)ceil ((x0 - line->x1) / 360.0);
  *last = (int)floor ((x1 - line->x0) / 360.0);
}

bool
plot_map_lines_is_land (const PlotMapLines *lines, double longitude, double latitude)
{
  double x = plot_map_wrap (longitude), y = plot_map_mercator (latitude);
  int turns = 0;
  for (guint i = 0; i < lines->lines->len; i++) {
    const Line *line = &g_array_index (lines->lines, Line, i);
    int first, last;
    if (line->kind != PLOT_MAP_LAND || y < line->y0 || y > line->y1)
      continue;
    copies (line, x, x, &first, &last);
    for (int k = first; k <= last; k++)
      turns += winding (&g_array_index (lines->points, Point, line->first), line->n,
                        x - 360.0 * k, y);
  }
  return turns != 0;
}

/* What is drawn of a view: its edges with the margin, and the way to px. */
typedef struct {
  double x0, y0, x1, y1;           /* px */
  double west, south, east, north; /* Mercator degrees; west below east, any turn */
  double middle_x, middle_y;       /* the same, at (centre_x, centre_y) px */
  double centre_x, centre_y;
  double px;       /* a degree */
  double smallest; /* degrees */
  uint8_t level;
} Window;

static Window
window_of (const PlotMapView *view, double pixels)
{
  PlotRectangle area = view->area;
  double resolution = plot_map_view_resolution (view);
  Window window = {
      .x0 = area.x - MARGIN,
      .y0 = area.y - MARGIN,
      .x1 = area.x + area.width + MARGIN,
      .y1 = area.y + area.height + MARGIN,
      .middle_x = view->longitude,
      .middle_y = plot_map_mercator (view->latitude),
      .centre_x = area.x + area.width / 2,
      .centre_y = area.y + area.height / 2,
      .px = 1 / resolution,
      .smallest = SMALLEST * resolution / pixels,
  };
  window.west = window.middle_x + (window.x0 - window.centre_x) * resolution;
  window.east = window.middle_x + (window.x1 - window.centre_x) * resolution;
  window.north = window.middle_y - (window.y0 - window.centre_y) * resolution;
  window.south = window.middle_y - (window.y1 - window.centre_y) * resolution;
  while (window.level < N_LEVELS &&
         DETAIL * resolution / pixels > level_degrees[window.level])
    window.level++;
  return window;
}

typedef struct {
  double x, y; /* px */
} Pixel;

static Pixel
pixel_of (const Window *window, double x, double y)
{
  return (Pixel){window->centre_x + (x - window->middle_x) * window->px,
                 window->centre_y - (y - window->middle_y) * window->px};
}

/* The points of a line's copy that the level needs; a closed one repeats the first. */
static void
place (GArray *pixels, const PlotMapLines *lines, const Line *line, int copy,
       const Window *window)
{
  const Point *points = &g_array_index (lines->points, Point, line->first);
  g_array_set_size (pixels, 0);
  for (size_t i = 0; i < line->n; i++) {
    if (points[i].level < window->level)
      continue;
    Pixel pixel = pixel_of (window, points[i].x + 360.0 * copy, points[i].y);
    g_array_append_val (pixels, pixel);
  }
}

static bool
is_drawn (const Line *line, const Window *window)
{
  bool small = line->kind == PLOT_MAP_LAND && line->x1 - line->x0 < window->smallest &&
               line->y1 - line->y0 < window->smallest;
  return !small && line->y1 >= window->south && line->y0 <= window->north;
}

/* Keeps what of the polygon lies on the inner side of one edge: x (or y) ≥ limit, or ≤
 * limit with sign −1 (Sutherland and Hodgman 1974). */
static void
cut_polygon (GArray *out, const GArray *in, bool vertical, double limit, double sign)
{
  g_array_set_size (out, 0);
  for (guint i = 0; i < in->len; i++) {
    Pixel a = g_array_index (in, Pixel, i);
    Pixel b = g_array_index (in, Pixel, i + 1 < in->len ? i + 1 : 0);
    double da = sign * ((vertical ? a.y : a.x) - limit);
    double db = sign * ((vertical ? b.y : b.x) - limit);
    if (da >= 0)
      g_array_append_val (out, a);
    if ((da >= 0) != (db >= 0)) {
      double t = da / (da - db);
      Pixel cut = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
      g_array_append_val (out, cut);
    }
  }
}

static void
add_polygon (cairo_t *cr, const GArray *pixels)
{
  if (pixels->len < 3)
    return;
  cairo_move_to (cr, g_array_index (pixels, Pixel, 0).x,
                 g_array_index (pixels, Pixel, 0).y);
  for (guint i = 1; i < pixels->len; i++)
    cairo_line_to (cr, g_array_index (pixels, Pixel, i).x,
                   g_array_index (pixels, Pixel, i).y);
  cairo_close_path (cr);
}

void
plot_map_lines_add_land (cairo_t *cr, const PlotMapLines *lines, const PlotMapView *view,
                         double pixels)
{
  Window window = window_of (view, pixels);
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (Pixel));
  g_autoptr (GArray) other = g_array_new (FALSE, FALSE, sizeof (Pixel));
  for (guint i = 0; i < lines->lines->len; i++) {
    const Line *line = &g_array_index (lines->lines, Line, i);
    int first, last;
    if (line->kind != PLOT_MAP_LAND || !is_drawn (line, &window))
      continue;
    copies (line, window.west, window.east, &first, &last);
    for (int k = first; k <= last; k++) {
      place (one, lines, line, k, &window);
      bool inside = line->x0 + 360.0 * k >= window.west && line->y0 >= window.south &&
                    line->x1 + 360.0 * k <= window.east && line->y1 <= window.north;
      if (!inside) {
        cut_polygon (other, one, false, window.x0, 1);
        cut_polygon (one, other, false, window.x1, -1);
        cut_polygon (other, one, true, window.y0, 1);
        cut_polygon (one, other, true, window.y1, -1);
      }
      add_polygon (cr, one);
    }
  }
}

/* Part of the segment inside the window, from *t0 to *t1 (Liang and Barsky 1984); FALSE
 * if none. */
static bool
cut_segment (Pixel a, Pixel b, const Window *window, double *t0, double *t1)
{
  const double p[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
  const double q[] = {a.x - window->x0, window->x1 - a.x, a.y - window->y0,
                      window->y1 - a.y};
  *t0 = 0;
  *t1 = 1;
  for (int k = 0; k < 4; k++) {
    if (p[k] < 0)
      *t0 = fmax (*t0, q[k] / p[k]);
    else if (p[k] > 0)
      *t1 = fmin (*t1, q[k] / p[k]);
    else if (q[k] < 0)
      return false;
  }
  return *t0 < *t1;
}

static bool
is_pole (Pixel pixel, const Window *window)
{
  /* Halfway between what latitudes reach and POLE_Y. */
  return fabs ((pixel.y - window->centre_y) / window->px) > POLE_Y / 2;
}

static void
add_lines (cairo_t *cr, const GArray *pixels, bool closed, const Window *window)
{
  bool down = false; /* the pen is at the segment's begin */
  guint n = pixels->len;
  for (guint i = 0; i + 1 < n || (closed && i < n); i++) {
    Pixel a = g_array_index (pixels, Pixel, i);
    Pixel b = g_array_index (pixels, Pixel, i + 1 < n ? i + 1 : 0);
    double t0, t1;
    if (is_pole (a, window) || is_pole (b, window) ||
        !cut_segment (a, b, window, &t0, &t1)) {
      down = false;
      continue;
    }
    if (!down || t0 > 0)
      cairo_move_to (cr, a.x + t0 * (b.x - a.x), a.y + t0 * (b.y - a.y));
    cairo_line_to (cr, a.x + t1 * (b.x - a.x), a.y + t1 * (b.y - a.y));
    down = t1 >= 1;
  }
}

void
plot_map_lines_add (cairo_t *cr, const PlotMapLines *lines, PlotMapKind kind,
                    const PlotMapView *view, double pixels)
{
  Window window = window_of (view, pixels);
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Pixel));
  for (guint i = 0; i < lines->lines->len; i++) {
    const Line *line = &g_array_index (lines->lines, Line, i);
    int first, last;
    if (line->kind != kind || !is_drawn (line, &window))
      continue;
    copies (line, window.west, window.east, &first, &last);
    for (int k = first; k <= last; k++) {
      place (placed, lines, line, k, &window);
      add_lines (cr, placed, kind == PLOT_MAP_LAND, &window);
    }
  }
}

void
plot_map_add_polyline (cairo_t *cr, const PlotMapView *view, const double *lonlat,
                       size_t n, bool closed)
{
  if (n < 2)
    return;
  Window window = window_of (view, 1);
  g_autoptr (GArray) xs = g_array_new (FALSE, FALSE, sizeof (double));
  Line extent = {.x0 = INFINITY, .x1 = -INFINITY};
  for (size_t i = 0; i < n + closed; i++) {
    double x = lonlat[2 * (i % n)];
    if (i > 0) {
      double before = g_array_index (xs, double, i - 1);
      x = before + plot_map_wrap (x - before);
    }
    g_array_append_val (xs, x);
    extent.x0 = fmin (extent.x0, x);
    extent.x1 = fmax (extent.x1, x);
  }
  int first, last;
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Pixel));
  copies (&extent, window.west, window.east, &first, &last);
  for (int k = first; k <= last; k++) {
    g_array_set_size (placed, 0);
    for (size_t i = 0; i < n + closed; i++) {
      Pixel pixel = pixel_of (&window, g_array_index (xs, double, i) + 360.0 * k,
                              plot_map_mercator (lonlat[2 * (i % n) + 1]));
      g_array_append_val (placed, pixel);
    }
    add_lines (cr, placed, false, &window);
  }
}
