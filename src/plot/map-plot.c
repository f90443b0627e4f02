#include "plot/map-plot.h"

#include "plot/legend.h"
#include "plot/line.h"
#include "plot/raster.h"
#include "plot/text.h"
#include "plot/ticks.h"
#include <glib.h>
#include <math.h>

#define EDGE 8.0        /* px between the area's edge and what stands in it */
#define SCALE_BAR 120.0 /* px, at most */
#define SCALE_TICK 5.0
#define STATION 4.0 /* px, radius */
#define CIRCLE_POINTS 180
#define BOX_POINTS 4     /* a side */
#define MIN_LABELS 90.0  /* px of width and height for labels and scale bar */
#define MIN_LEGEND 220.0 /* likewise for the legend */
#define CROWDED 0.08     /* degrees of longitude a device pixel */
#define N_SIZES 3        /* of magnitudes in the legend */
#define MAX_ENTRIES (PLOT_MAP_CATEGORIES + 1 + N_SIZES)

static PlotMapEvents
events_of (const PlotMapFigure *figure)
{
  return (PlotMapEvents){figure->n_events, figure->event_lonlat, figure->event_magnitude,
                         figure->event_category, figure->event_selected};
}

static PlotRectangle
area_of (PlotText *text, PlotRectangle rect, const PlotMapFigure *figure)
{
  PlotHeading heading = {figure->title, figure->subtitle, NULL, 0};
  double top = plot_legend_height (text, &heading, rect.width, rect.height / 3);
  return (PlotRectangle){rect.x, rect.y + top, rect.width, rect.height - top};
}

static PlotMapView
view_of (PlotText *text, PlotRectangle rect, const PlotMapFigure *figure)
{
  PlotRectangle area = area_of (text, rect, figure);
  return plot_map_view (area, figure->longitude, figure->latitude,
                        figure->degrees_per_px);
}

static PlotColor
faded (PlotColor color, double alpha)
{
  color.alpha *= alpha;
  return color;
}

/* The ground's colour, which the style may only know and not paint. */
static PlotColor
ground (const PlotStyle *style, double alpha)
{
  PlotColor color = style->background;
  color.alpha = alpha;
  return color;
}

static double
pixels_of (const PlotStyle *style)
{
  return style->scale > 0 ? style->scale : 1;
}

/* TRUE if so many edges show that a mask costs less than Cairo's paths. */
static bool
is_crowded (cairo_t *cr, const PlotMapView *view, const PlotStyle *style)
{
  return !plot_text_is_vector (cr) &&
         plot_map_view_resolution (view) / pixels_of (style) > CROWDED;
}

static void
draw_land (cairo_t *cr, const PlotMapView *view, const PlotMapLines *lines,
           const PlotStyle *style)
{
  cairo_new_path (cr);
  plot_map_lines_add_land (cr, lines, view, pixels_of (style));
  if (!is_crowded (cr, view, style)) {
    cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
    plot_set_source (cr, style->land);
    cairo_fill (cr);
    return;
  }
  g_autoptr (PlotRaster) raster = plot_raster_new (cr, view->area, pixels_of (style));
  plot_raster_fill (raster);
  plot_raster_paint (raster, style->land);
}

static void
draw_lines (cairo_t *cr, const PlotMapView *view, const PlotMapLines *lines,
            const PlotStyle *style)
{
  static const struct {
    PlotMapKind kind;
    double width, alpha;
    double max_resolution; /* degrees a px; coarser views go without */
  } passes[] = {
      {PLOT_MAP_STATE, 0.7, 0.5, 0.15},
      {PLOT_MAP_BORDER, 0.8, 0.8, INFINITY},
      {PLOT_MAP_LAND, 1.0, 1.0, INFINITY},
  };
  double resolution = plot_map_view_resolution (view);
  /* A world full of coast would be all ink at full width. */
  double thin = CLAMP (0.12 / resolution, 0.6, 1.0);
  g_autoptr (PlotRaster) raster =
      is_crowded (cr, view, style) ? plot_raster_new (cr, view->area, pixels_of (style))
                                   : NULL;
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (size_t i = 0; i < G_N_ELEMENTS (passes); i++) {
    if (resolution > passes[i].max_resolution)
      continue;
    cairo_new_path (cr);
    plot_map_lines_add (cr, lines, passes[i].kind, view, pixels_of (style));
    if (raster) {
      plot_raster_stroke (raster, passes[i].width * thin, passes[i].alpha);
    } else {
      cairo_set_line_width (cr, passes[i].width * thin);
      plot_set_source (cr, faded (style->border, passes[i].alpha));
      cairo_stroke (cr);
    }
  }
  if (raster)
    plot_raster_paint (raster, style->border);
}

/* Multiples of step from first to last. */
typedef struct {
  double step;
  int first, last;
} Steps;

static void
graticule_of (const PlotMapView *view, Steps *longitudes, Steps *latitudes)
{
  PlotRectangle area = view->area;
  double half = area.width / 2 * plot_map_view_resolution (view);
  double north, south, unused;
  plot_map_graticule (view, &longitudes->step, &latitudes->step);
  plot_map_view_to_degrees (view, area.x, area.y, &unused, &north);
  plot_map_view_to_degrees (view, area.x, area.y + area.height, &unused, &south);
  longitudes->first = (int)ceil ((view->longitude - half) / longitudes->step);
  longitudes->last = (int)floor ((view->longitude + half) / longitudes->step);
  double limit = PLOT_MAP_MAX_LATITUDE - 1e-6; /* beyond, there is nothing to mark */
  latitudes->first = (int)ceil (fmax (south, -limit) / latitudes->step);
  latitudes->last = (int)floor (fmin (north, limit) / latitudes->step);
}

/* px; unlike plot_map_view_to_px, on the turn that longitude is of. */
static double
x_of (const PlotMapView *view, double longitude)
{
  return view->area.x + view->area.width / 2 +
         (longitude - view->longitude) / plot_map_view_resolution (view);
}

static double
y_of (const PlotMapView *view, double latitude)
{
  double x, y;
  plot_map_view_to_px (view, view->longitude, latitude, &x, &y);
  return y;
}

/* On the middle of a device pixel, where a thin line is sharp. */
static double
sharp (const PlotStyle *style, double px)
{
  double pixels = pixels_of (style);
  return plot_line_snap (style, px - 0.5 / pixels) + 0.5 / pixels;
}

static void
draw_graticule (cairo_t *cr, const PlotMapView *view, const PlotStyle *style)
{
  PlotRectangle area = view->area;
  Steps longitudes, latitudes;
  graticule_of (view, &longitudes, &latitudes);
  cairo_new_path (cr);
  for (int i = longitudes.first; i <= longitudes.last; i++) {
    double x = sharp (style, x_of (view, i * longitudes.step));
    cairo_move_to (cr, x, area.y);
    cairo_line_to (cr, x, area.y + area.height);
  }
  for (int i = latitudes.first; i <= latitudes.last; i++) {
    double y = sharp (style, y_of (view, i * latitudes.step));
    cairo_move_to (cr, area.x, y);
    cairo_line_to (cr, area.x + area.width, y);
  }
  cairo_set_line_width (cr, 1 / pixels_of (style));
  plot_set_source (cr, style->grid);
  cairo_stroke (cr);
}

/* Under text, so that lines do not run through it. */
static void
draw_plate (cairo_t *cr, PlotRectangle rect, double alpha, const PlotStyle *style)
{
  double r = 3;
  cairo_new_path (cr);
  cairo_arc (cr, rect.x + rect.width - r, rect.y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, rect.x + rect.width - r, rect.y + rect.height - r, r, 0, G_PI / 2);
  cairo_arc (cr, rect.x + r, rect.y + rect.height - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, rect.x + r, rect.y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  plot_set_source (cr, ground (style, alpha));
  cairo_fill (cr);
}

static void
draw_label (cairo_t *cr, PlotText *text, double x, double y, const char *label,
            const PlotStyle *style)
{
  double width = plot_text_width (text, PLOT_FACE_LABEL, label);
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  draw_plate (cr, (PlotRectangle){x - 2, y - line / 2, width + 4, line}, 0.65, style);
  plot_text_draw (text, PLOT_FACE_LABEL, style->dim, PLOT_ALIGN_START, x, y, label);
}

/* Latitudes at the left edge down to `bottom` px, longitudes at the lower one. */
static void
draw_labels (cairo_t *cr, PlotText *text, const PlotMapView *view, double bottom,
             const PlotStyle *style)
{
  PlotRectangle area = view->area;
  Steps longitudes, latitudes;
  char label[PLOT_MAP_LABEL_SIZE];
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  graticule_of (view, &longitudes, &latitudes);
  for (int i = latitudes.first; i <= latitudes.last; i++) {
    double y = y_of (view, i * latitudes.step);
    if (y - line / 2 < area.y || y + line / 2 > bottom)
      continue;
    plot_map_label (label, i * latitudes.step, true, latitudes.step);
    draw_label (cr, text, area.x + EDGE, y, label, style);
  }
  double end = area.x;
  for (int i = longitudes.first; i <= longitudes.last; i++) {
    plot_map_label (label, i * longitudes.step, false, longitudes.step);
    double width = plot_text_width (text, PLOT_FACE_LABEL, label);
    double x = x_of (view, i * longitudes.step) - width / 2;
    if (x < end + EDGE / 2 || x + width + EDGE / 2 > area.x + area.width)
      continue;
    draw_label (cr, text, x, area.y + area.height - line / 2 - 2, label, style);
    end = x + width;
  }
}

static void
stroke_region (cairo_t *cr, const PlotStyle *style)
{
  static const double dashes[] = {6, 4};
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  plot_set_source (cr, style->reconstruction);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_box (cairo_t *cr, const PlotMapView *view, const double box[4],
          const PlotStyle *style)
{
  double west = box[0], south = box[1], east = box[2], north = box[3];
  if (!isfinite (west) || !isfinite (east) || !(south < north))
    return;
  double width = fmod (east - west, 360.0);
  bool around = fabs (east - west) >= 360.0;
  if (width < 0)
    width += 360.0;
  if (around)
    width = 360.0;
  double points[2 * BOX_POINTS][2];
  for (int i = 0; i < BOX_POINTS; i++) {
    double x = west + width * i / (BOX_POINTS - 1);
    points[i][0] = points[2 * BOX_POINTS - 1 - i][0] = x;
    points[i][1] = south;
    points[2 * BOX_POINTS - 1 - i][1] = north;
  }
  cairo_new_path (cr);
  if (around) {
    plot_map_add_polyline (cr, view, points[0], BOX_POINTS, false);
    plot_map_add_polyline (cr, view, points[BOX_POINTS], BOX_POINTS, false);
  } else {
    plot_map_add_polyline (cr, view, points[0], G_N_ELEMENTS (points), true);
  }
  stroke_region (cr, style);
}

static void
draw_circle (cairo_t *cr, const PlotMapView *view, const double circle[4],
             const PlotStyle *style)
{
  if (!isfinite (circle[0]) || !isfinite (circle[1]))
    return;
  for (int k = 2; k < 4; k++) {
    double points[CIRCLE_POINTS][2];
    if (!(circle[k] > 0) || circle[k] >= 180)
      continue;
    for (int i = 0; i < CIRCLE_POINTS; i++)
      plot_map_travel (circle[0], circle[1], 360.0 * i / CIRCLE_POINTS, circle[k],
                       &points[i][0], &points[i][1]);
    cairo_new_path (cr);
    plot_map_add_polyline (cr, view, points[0], CIRCLE_POINTS, true);
    stroke_region (cr, style);
  }
}

/* Upside down, unlike an explosion's. */
static void
add_station (cairo_t *cr, double x, double y)
{
  cairo_move_to (cr, x, y + STATION * 1.2);
  cairo_line_to (cr, x - STATION, y - STATION * 0.7);
  cairo_line_to (cr, x + STATION, y - STATION * 0.7);
  cairo_close_path (cr);
}

static void
stroke_stations (cairo_t *cr, const PlotStyle *style)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  plot_set_source (cr, ground (style, 0.75));
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1.1);
  plot_set_source (cr, style->dim);
  cairo_stroke (cr);
}

static void
draw_stations (cairo_t *cr, const PlotMapView *view, const PlotMapFigure *figure,
               const PlotStyle *style)
{
  PlotRectangle area = view->area;
  cairo_new_path (cr);
  for (size_t i = 0; i < figure->n_stations; i++) {
    double longitude = figure->station_lonlat[2 * i], x, y;
    double latitude = figure->station_lonlat[2 * i + 1];
    if (!isfinite (longitude) || !isfinite (latitude))
      continue;
    plot_map_view_to_px (view, longitude, latitude, &x, &y);
    if (x >= area.x - STATION && x <= area.x + area.width + STATION &&
        y >= area.y - 2 * STATION && y <= area.y + area.height + 2 * STATION)
      add_station (cr, x, y);
  }
  stroke_stations (cr, style);
}

/* Returns its upper edge, px; its foot is at `foot`. */
static double
draw_scale_bar (cairo_t *cr, PlotText *text, const PlotMapView *view, double foot,
                const PlotStyle *style)
{
  PlotRectangle area = view->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL), km;
  double length = plot_map_scale_bar (view, fmin (SCALE_BAR, area.width / 3), &km);
  char number[40];
  bool metres = km < 1;
  plot_ticks_format (number, sizeof number, metres ? km * 1000 : km, 0);
  g_autofree char *label = g_strdup_printf ("%s %s", number, metres ? "m" : "km");
  double x0 = sharp (style, area.x + EDGE), x1 = sharp (style, area.x + EDGE + length);
  double y = sharp (style, foot - 1), top = y - SCALE_TICK - line;
  double width = fmax (plot_text_width (text, PLOT_FACE_LABEL, label) + 6, x1 - x0);
  draw_plate (cr, (PlotRectangle){x0 - 4, top - 1, width + 8, foot - top + 4}, 0.65,
              style);
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START, x0 + 4,
                  y - SCALE_TICK / 2 - line / 2, label);
  cairo_new_path (cr);
  cairo_move_to (cr, x0, y - SCALE_TICK);
  cairo_line_to (cr, x0, y);
  cairo_line_to (cr, x1, y);
  cairo_line_to (cr, x1, y - SCALE_TICK);
  cairo_set_line_width (cr, 1.25);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  plot_set_source (cr, style->text);
  cairo_stroke (cr);
  return top;
}

/* An entry of the legend: a category's mark, a station's, or a magnitude's size. */
typedef struct {
  char *label; /* owned */
  double half; /* px, of the mark's width */
  enum { ENTRY_CATEGORY, ENTRY_STATION, ENTRY_SIZE } kind;
  size_t category;
  double width; /* px, of all */
} Entry;

typedef struct {
  size_t n;
  Entry entries[MAX_ENTRIES];
} Entries;

static void
entries_clear (Entries *entries)
{
  for (size_t i = 0; i < entries->n; i++)
    g_free (entries->entries[i].label);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entries, entries_clear)

static void
add_entry (Entries *entries, PlotText *text, Entry entry, char *label)
{
  entry.label = label;
  entry.width = 2 * entry.half + 5 + plot_text_width (text, PLOT_FACE_LABEL, label);
  entries->entries[entries->n++] = entry;
}

/* Three magnitudes up to the largest there is. */
static void
add_sizes (Entries *entries, PlotText *text, const PlotMapFigure *figure)
{
  double largest = -INFINITY;
  for (size_t i = 0; i < figure->n_events && figure->event_magnitude; i++)
    largest = fmax (largest, figure->event_magnitude[i]);
  if (!figure->magnitude_label || !isfinite (largest))
    return;
  int top = (int)CLAMP (floor (largest), 5, 9);
  for (int magnitude = top - N_SIZES + 1; magnitude <= top; magnitude++)
    add_entry (entries, text,
               (Entry){.kind = ENTRY_SIZE, .half = plot_map_marks_radius (magnitude)},
               g_strdup_printf ("%s %d", figure->magnitude_label, magnitude));
}

static void
collect_entries (Entries *entries, PlotText *text, const PlotMapFigure *figure)
{
  bool occurs[PLOT_MAP_CATEGORIES] = {false};
  for (size_t i = 0; i < figure->n_events; i++)
    occurs[figure->event_category
               ? MIN (figure->event_category[i], PLOT_MAP_CATEGORIES - 1)
               : 0] = true;
  for (size_t c = 0; c < PLOT_MAP_CATEGORIES; c++)
    if (occurs[c] && figure->category_labels[c])
      add_entry (entries, text, (Entry){.kind = ENTRY_CATEGORY, .half = 5, .category = c},
                 g_strdup (figure->category_labels[c]));
  if (figure->n_stations > 0 && figure->station_label)
    add_entry (entries, text, (Entry){.kind = ENTRY_STATION, .half = STATION},
               g_strdup (figure->station_label));
  add_sizes (entries, text, figure);
}

static double
entries_width (const Entries *entries, size_t first, size_t end)
{
  double width = 0;
  for (size_t i = first; i < end; i++)
    width += (i > first ? 2 * EDGE : 0) + entries->entries[i].width;
  return width;
}

/* Index after the last entry of the row that begins at first. The sizes begin a row of
 * their own where not all of them fit. */
static size_t
row_end (const Entries *entries, size_t first, double max_width, double *width,
         double *height)
{
  size_t end = entries->n;
  while (end > first + 1 && entries_width (entries, first, end) > max_width)
    end--;
  size_t sizes = end;
  while (sizes > first && entries->entries[sizes - 1].kind == ENTRY_SIZE)
    sizes--;
  if (end < entries->n && sizes > first)
    end = sizes;
  *width = entries_width (entries, first, end);
  *height = 0;
  for (size_t i = first; i < end; i++)
    *height = fmax (*height, 2 * entries->entries[i].half + 2);
  return end;
}

static void
draw_entry (cairo_t *cr, PlotText *text, const Entry *entry, double x, double y,
            const PlotStyle *style)
{
  double middle = x + entry->half;
  cairo_new_path (cr);
  switch (entry->kind) {
  case ENTRY_CATEGORY:
    plot_map_marks_draw_one (cr, middle, y, 4.5, entry->category, false, style);
    break;
  case ENTRY_STATION:
    add_station (cr, middle, y);
    stroke_stations (cr, style);
    break;
  default:
    cairo_arc (cr, middle, y, entry->half, 0, 2 * G_PI);
    cairo_set_line_width (cr, 1.25);
    plot_set_source (cr, style->dim);
    cairo_stroke (cr);
  }
  plot_text_draw (text, PLOT_FACE_LABEL, style->text, PLOT_ALIGN_START,
                  x + 2 * entry->half + 5, y, entry->label);
}

/* Rows at the right edge, the last one's foot at `foot`, none above `top`. */
static void
draw_legend (cairo_t *cr, PlotText *text, const Entries *entries, PlotRectangle area,
             double left, double top, double foot, const PlotStyle *style)
{
  double right = area.x + area.width - EDGE,
         line = plot_text_height (text, PLOT_FACE_LABEL);
  double total = 0, widest = 0, width, height;
  for (size_t i = 0; i < entries->n;) {
    i = row_end (entries, i, right - left, &width, &height);
    total += fmax (height, line);
    widest = fmax (widest, width);
  }
  if (entries->n == 0 || widest > right - left || foot - total < top)
    return;
  draw_plate (
      cr, (PlotRectangle){right - widest - 6, foot - total - 2, widest + 12, total + 5},
      0.7, style);
  double y = foot - total;
  for (size_t i = 0; i < entries->n;) {
    size_t end = row_end (entries, i, right - left, &width, &height);
    double x = right - width;
    height = fmax (height, line);
    for (; i < end; i++) {
      draw_entry (cr, text, &entries->entries[i], x, y + height / 2, style);
      x += entries->entries[i].width + 2 * EDGE;
    }
    y += height;
  }
}

static void
draw_furniture (cairo_t *cr, PlotText *text, const PlotMapView *view,
                const PlotMapFigure *figure, const PlotStyle *style)
{
  PlotRectangle area = view->area;
  double line = plot_text_height (text, PLOT_FACE_LABEL);
  double foot = area.y + area.height - line - EDGE;
  if (area.width < MIN_LABELS || area.height < MIN_LABELS)
    return;
  double top = draw_scale_bar (cr, text, view, foot, style);
  draw_labels (cr, text, view, top - 2, style);
  if (area.width < MIN_LEGEND || area.height < MIN_LEGEND / 2)
    return;
  g_auto (Entries) entries = {0};
  collect_entries (&entries, text, figure);
  draw_legend (cr, text, &entries, area, area.x + 3 * EDGE + SCALE_BAR,
               area.y + area.height / 2, foot, style);
}

void
plot_map_plot_draw (cairo_t *cr, PlotRectangle rect, const PlotMapFigure *figure,
                    const PlotStyle *style)
{
  if (!(rect.width >= 1) || !(rect.height >= 1))
    return;
  g_autoptr (PlotText) text = plot_text_new (cr, style);
  PlotMapView view = view_of (text, rect, figure);
  PlotHeading heading = {figure->title, figure->subtitle, NULL, 0};
  PlotMapEvents events = events_of (figure);
  cairo_save (cr);
  cairo_rectangle (cr, rect.x, rect.y, rect.width, rect.height);
  cairo_clip (cr);
  if (style->background.alpha > 0) {
    plot_set_source (cr, style->background);
    cairo_paint (cr);
  }
  plot_legend_draw (cr, text, &heading, rect, rect.height / 3, style);
  cairo_rectangle (cr, view.area.x, view.area.y, view.area.width, view.area.height);
  cairo_clip (cr);
  plot_set_source (cr, style->sea);
  cairo_paint (cr);
  if (figure->lines)
    draw_land (cr, &view, figure->lines, style);
  draw_graticule (cr, &view, style);
  if (figure->lines)
    draw_lines (cr, &view, figure->lines, style);
  draw_box (cr, &view, figure->box, style);
  draw_circle (cr, &view, figure->circle, style);
  draw_stations (cr, &view, figure, style);
  plot_map_marks_draw (cr, &view, &events, style);
  draw_furniture (cr, text, &view, figure, style);
  cairo_restore (cr);
}

PlotMapView
plot_map_plot_view (PlotRectangle rect, const PlotMapFigure *figure,
                    const PlotStyle *style)
{
  g_autoptr (PlotText) text = plot_text_new (NULL, style);
  return view_of (text, rect, figure);
}

size_t
plot_map_plot_pick (PlotRectangle rect, const PlotMapFigure *figure,
                    const PlotStyle *style, double x, double y, double radius)
{
  PlotMapView view = plot_map_plot_view (rect, figure, style);
  PlotMapEvents events = events_of (figure);
  return plot_map_marks_pick (&view, &events, x, y, radius);
}
