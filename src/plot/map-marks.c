#include "plot/map-marks.h"

#include "plot/text.h"
#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define MIN_RADIUS 2.0
#define MAX_RADIUS 26.0
#define UNKNOWN_RADIUS 2.5
#define RIM 1.25
#define FILL_ALPHA 0.38
#define RING_GAP 3.0 /* px between mark and ring's middle */
#define RING 2.0
#define RING_HALO 4.5
/* Marks drawn as paths: exact, but some 15 µs each. */
#define MAX_PATHS 300
#define MAX_VECTOR_PATHS 20000
#define STEPS_PER_PIXEL 2 /* of radius, that have pictures of their own */
#define PHASES 2          /* likewise of position within a pixel, each way */

double
plot_map_marks_radius (double magnitude)
{
  if (!isfinite (magnitude))
    return UNKNOWN_RADIUS;
  return CLAMP (5.0 * pow (1.5, magnitude - 5.0), MIN_RADIUS, MAX_RADIUS);
}

PlotShape
plot_map_marks_shape (size_t category)
{
  static const PlotShape shapes[PLOT_MAP_CATEGORIES] = {
      PLOT_SHAPE_CIRCLE, PLOT_SHAPE_TRIANGLE, PLOT_SHAPE_SQUARE};
  return shapes[MIN (category, PLOT_MAP_CATEGORIES - 1)];
}

static void
draw_ring (cairo_t *cr, double x, double y, double radius, const PlotStyle *style)
{
  PlotColor halo = style->background;
  halo.alpha = 0.85;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius + RING_GAP, 0, 2 * G_PI);
  plot_set_source (cr, halo);
  cairo_set_line_width (cr, RING_HALO);
  cairo_stroke_preserve (cr);
  plot_set_source (cr, style->selection);
  cairo_set_line_width (cr, RING);
  cairo_stroke (cr);
}

/* How far the shape reaches from its middle. */
static double
reach (PlotShape shape, double radius)
{
  return radius * (shape == PLOT_SHAPE_TRIANGLE ? 1.6
                   : shape == PLOT_SHAPE_SQUARE ? 1.26
                                                : 1.0);
}

static void
draw_mark (cairo_t *cr, double x, double y, double radius, size_t category, bool selected,
           double rim_alpha, const PlotStyle *style)
{
  category = MIN (category, PLOT_MAP_CATEGORIES - 1);
  PlotShape shape = plot_map_marks_shape (category);
  PlotColor rim = plot_style_category (style, category), fill = rim;
  fill.alpha *= FILL_ALPHA;
  if (selected)
    draw_ring (cr, x, y, reach (shape, radius), style);
  cairo_new_path (cr);
  plot_scatter_path (cr, shape, x, y, radius);
  plot_set_source (cr, fill);
  cairo_fill_preserve (cr);
  rim.alpha *= rim_alpha;
  plot_set_source (cr, rim);
  cairo_set_line_width (cr, RIM);
  cairo_stroke (cr);
}

void
plot_map_marks_draw_one (cairo_t *cr, double x, double y, double radius, size_t category,
                         bool selected, const PlotStyle *style)
{
  draw_mark (cr, x, y, radius, category, selected, 1.0, style);
}

/* Many marks let more shine through, so that density shows: 1 to 0.35 for 300 to 10 000.
 */
static double
rim_alpha_of (size_t n)
{
  double crowd = (log10 (fmax ((double)n, 1)) - 2.5) / 1.5;
  return 1.0 - 0.65 * CLAMP (crowd, 0.0, 1.0);
}

static double
magnitude_of (const PlotMapEvents *events, size_t i)
{
  return events->magnitude ? events->magnitude[i] : NAN;
}

static size_t
category_of (const PlotMapEvents *events, size_t i)
{
  return events->category ? MIN (events->category[i], PLOT_MAP_CATEGORIES - 1) : 0;
}

static bool
is_selected (const PlotMapEvents *events, size_t i)
{
  return events->selected && events->selected[i];
}

/* An event and what decides when it is drawn. */
typedef struct {
  size_t index;
  double magnitude; /* −INFINITY if unknown */
  bool selected;
} Place;

static Place
place_of (const PlotMapEvents *events, size_t i)
{
  double magnitude = magnitude_of (events, i);
  return (Place){i, isnan (magnitude) ? -INFINITY : magnitude, is_selected (events, i)};
}

/* Below 0 if a is drawn before b. */
static int
compare_places (const void *one, const void *other)
{
  const Place *a = one, *b = other;
  if (a->selected != b->selected)
    return a->selected - b->selected;
  if (a->magnitude != b->magnitude)
    return a->magnitude > b->magnitude ? -1 : 1;
  return (a->index > b->index) - (a->index < b->index);
}

static bool
locate (const PlotMapView *view, const PlotMapEvents *events, size_t i, double *x,
        double *y)
{
  double longitude = events->lonlat[2 * i], latitude = events->lonlat[2 * i + 1];
  if (!isfinite (longitude) || !isfinite (latitude))
    return false;
  plot_map_view_to_px (view, longitude, latitude, x, y);
  return true;
}

/* The events that touch the area, in the order of drawing: an array of Place. */
static GArray *
visible_events (const PlotMapView *view, const PlotMapEvents *events)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  PlotRectangle area = view->area;
  const double far = MAX_RADIUS * 1.6 + RING_GAP + RING_HALO;
  for (size_t i = 0; i < events->n; i++) {
    double x, y;
    if (!locate (view, events, i, &x, &y) || x < area.x - far ||
        x > area.x + area.width + far || y < area.y - far ||
        y > area.y + area.height + far)
      continue;
    Place place = place_of (events, i);
    g_array_append_val (places, place);
  }
  g_array_sort (places, compare_places);
  return places;
}

/* Pictures of marks by category, ring, phase and radius, made when first needed. */
typedef struct {
  double pixels; /* device pixels a px */
  double rim_alpha;
  const PlotStyle *style;
  size_t n_radii;
  cairo_surface_t **pictures; /* (categories, 2, PHASES, PHASES, n_radii); owned */
} Pictures;

static size_t
n_pictures (const Pictures *pictures)
{
  return PLOT_MAP_CATEGORIES * 2 * PHASES * PHASES * pictures->n_radii;
}

static void
pictures_init (Pictures *pictures, double pixels, double rim_alpha,
               const PlotStyle *style)
{
  pictures->pixels = pixels;
  pictures->rim_alpha = rim_alpha;
  pictures->style = style;
  pictures->n_radii = (size_t)ceil (MAX_RADIUS * pixels * STEPS_PER_PIXEL) + 2;
  pictures->pictures = g_new0 (cairo_surface_t *, n_pictures (pictures));
}

static void
pictures_clear (Pictures *pictures)
{
  for (size_t i = 0; i < n_pictures (pictures); i++)
    if (pictures->pictures[i])
      cairo_surface_destroy (pictures->pictures[i]);
  g_free (pictures->pictures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pictures, pictures_clear)

/* A square picture with the mark in its middle, moved by the phase. */
static cairo_surface_t *
make_picture (const Pictures *pictures, size_t step, size_t category, bool selected,
              int phase_x, int phase_y)
{
  double radius = (double)step / STEPS_PER_PIXEL / pictures->pixels;
  double around = reach (plot_map_marks_shape (category), radius) +
                  (selected ? RING_GAP + RING_HALO / 2 : RIM);
  int half = (int)ceil (around * pictures->pixels + 1); /* 1: for the phase */
  cairo_surface_t *picture =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2 * half, 2 * half);
  cairo_t *cr = cairo_create (picture);
  cairo_translate (cr, half + (phase_x + 0.5) / PHASES, half + (phase_y + 0.5) / PHASES);
  cairo_scale (cr, pictures->pixels, pictures->pixels);
  draw_mark (cr, 0, 0, radius, category, selected, selected ? 1.0 : pictures->rim_alpha,
             pictures->style);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

static cairo_surface_t *
picture_of (Pictures *pictures, double radius, size_t category, bool selected,
            int phase_x, int phase_y)
{
  size_t step = (size_t)lround (radius * pictures->pixels * STEPS_PER_PIXEL);
  step = MIN (step, pictures->n_radii - 1);
  size_t variant = category * 2 + selected;
  size_t phase = (size_t)(phase_y * PHASES + phase_x);
  size_t index = (variant * PHASES * PHASES + phase) * pictures->n_radii + step;
  if (!pictures->pictures[index])
    pictures->pictures[index] =
        make_picture (pictures, step, category, selected, phase_x, phase_y);
  return pictures->pictures[index];
}

/* Each byte of pixel × (255 − a) / 255, up to one too little; 0 and 255 exactly. */
static inline uint32_t
fade (uint32_t pixel, uint32_t a)
{
  uint32_t rest = 256 - a - (a >> 7);
  uint32_t even = (pixel & 0x00ff00ff) * rest >> 8 & 0x00ff00ff;
  uint32_t odd = (pixel >> 8 & 0x00ff00ff) * rest & 0xff00ff00;
  return odd | even;
}

/* Puts the premultiplied picture OVER the image, its corner at (x0, y0). */
static void
splat (cairo_surface_t *image, cairo_surface_t *picture, int x0, int y0)
{
  uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data (image);
  const uint32_t *source = (uint32_t *)(void *)cairo_image_surface_get_data (picture);
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);
  int stride = cairo_image_surface_get_stride (image) / 4;
  int size = cairo_image_surface_get_width (picture);
  int source_stride = cairo_image_surface_get_stride (picture) / 4;
  if (!pixels || !source)
    return;
  for (int y = MAX (0, -y0); y < size && y0 + y < height; y++) {
    uint32_t *row = pixels + (ptrdiff_t)(y0 + y) * stride + x0;
    const uint32_t *from = source + (ptrdiff_t)y * source_stride;
    for (int x = MAX (0, -x0); x < size && x0 + x < width; x++)
      if (from[x] != 0)
        row[x] = from[x] + fade (row[x], from[x] >> 24);
  }
}

static void
draw_image (cairo_t *cr, const PlotMapView *view, const PlotMapEvents *events,
            const GArray *places, double pixels, const PlotStyle *style)
{
  PlotRectangle area = view->area;
  g_auto (Pictures) pictures = {0};
  pictures_init (&pictures, pixels, rim_alpha_of (places->len), style);
  cairo_surface_t *image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (area.width * pixels),
                                  (int)ceil (area.height * pixels));
  cairo_surface_flush (image);
  for (guint k = 0; k < places->len; k++) {
    const Place *place = &g_array_index (places, Place, k);
    double x, y;
    locate (view, events, place->index, &x, &y);
    x = (x - area.x) * pixels;
    y = (y - area.y) * pixels;
    int cell_x = (int)floor (x), cell_y = (int)floor (y);
    cairo_surface_t *picture = picture_of (
        &pictures, plot_map_marks_radius (magnitude_of (events, place->index)),
        category_of (events, place->index), place->selected, (int)((x - cell_x) * PHASES),
        (int)((y - cell_y) * PHASES));
    int half = cairo_image_surface_get_width (picture) / 2;
    splat (image, picture, cell_x - half, cell_y - half);
  }
  cairo_surface_mark_dirty (image);
  cairo_translate (cr, area.x, area.y);
  cairo_scale (cr, 1 / pixels, 1 / pixels);
  cairo_set_source_surface (cr, image, 0, 0);
  if (!plot_text_is_vector (cr))
    cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_surface_destroy (image);
}

void
plot_map_marks_draw (cairo_t *cr, const PlotMapView *view, const PlotMapEvents *events,
                     const PlotStyle *style)
{
  PlotRectangle area = view->area;
  bool vector = plot_text_is_vector (cr);
  g_autoptr (GArray) places = visible_events (view, events);
  cairo_save (cr);
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_clip (cr);
  if (places->len > (vector ? MAX_VECTOR_PATHS : MAX_PATHS)) {
    double scale = style->scale > 0 ? style->scale : 1.0;
    draw_image (cr, view, events, places, vector ? 4.0 : scale, style);
  } else {
    for (guint k = 0; k < places->len; k++) {
      const Place *place = &g_array_index (places, Place, k);
      double x, y, radius = plot_map_marks_radius (magnitude_of (events, place->index));
      locate (view, events, place->index, &x, &y);
      plot_map_marks_draw_one (cr, x, y, radius, category_of (events, place->index),
                               place->selected, style);
    }
  }
  cairo_restore (cr);
}

size_t
plot_map_marks_pick (const PlotMapView *view, const PlotMapEvents *events, double x,
                     double y, double radius)
{
  PlotRectangle area = view->area;
  size_t nearest = SIZE_MAX;
  double least = radius;
  Place top = {SIZE_MAX, 0, false};
  if (!(x >= area.x && x <= area.x + area.width && y >= area.y &&
        y <= area.y + area.height))
    return SIZE_MAX;
  for (size_t i = 0; i < events->n; i++) {
    double px, py;
    if (!locate (view, events, i, &px, &py))
      continue;
    double outside = hypot (px - x, py - y) -
                     plot_map_marks_radius (magnitude_of (events, i)) - RIM / 2;
    if (outside <= 0) {
      Place place = place_of (events, i);
      if (top.index == SIZE_MAX || compare_places (&place, &top) > 0)
        top = place;
    } else if (outside <= least) {
      least = outside;
      nearest = i;
    }
  }
  return top.index != SIZE_MAX ? top.index : nearest;
}
