#include "app/map-chart.h"

#include "app/format.h"
#include "app/map-chart-rubber.h"
#include "app/map-events.h"
#include "plot/map-plot.h"
#include "session/event-item.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PICK_RADIUS 10.0
#define FIT_MARGIN 48.0 /* px around all events */
#define STEP 60.0       /* px that an arrow key pans */
#define MIN_BOX 5.0     /* px; less is a slip of the hand */

struct _SaeMapChart {
  SaeChart parent_instance;

  /* Owned */
  GListModel *events;
  char **selected_ids; /* sorted */
  SaeMapEvents shown;  /* of `events` */
  double *station_lonlat;

  gsize n_stations;
  double box[4], circle[4]; /* all 0: none */
  gboolean stale;           /* `shown` is older than `events` */
  gboolean moved;           /* the view is the user's, else it holds everything */
  double longitude, latitude, degrees_per_px; /* if moved */
  size_t hovered;                             /* into shown, or SIZE_MAX */
  gboolean drawing;
  SaeMapChartRubber rubber;
};

G_DEFINE_FINAL_TYPE (SaeMapChart, sae_map_chart, SAE_TYPE_CHART)

enum { PROP_0, PROP_EVENTS, PROP_SELECTED_IDS, PROP_DRAWING, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { EVENT_ACTIVATED, BOX_DRAWN, CIRCLE_DRAWN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Read once and kept; NULL where the file is missing, which costs the coast only. */
static const PlotMapLines *
get_lines (void)
{
  static gsize loaded = 0;
  static PlotMapLines *lines = NULL;

  if (g_once_init_enter (&loaded)) {
    const char *data = g_getenv ("SAE_DATA_DIRECTORY");
    g_autofree char *path =
        g_build_filename (data ? data : SAE_PKGDATADIR, "map.bin", NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    g_autoptr (GError) error = NULL;

    if (g_file_get_contents (path, &bytes, &n, &error))
      lines = plot_map_lines_new ((const uint8_t *)bytes, n, &error);
    if (!lines)
      g_warning ("%s: %s", path, error->message);
    g_once_init_leave (&loaded, 1);
  }
  return lines;
}

/* The selection as the arrays and the screen reader have it. */
static void
update_selection (SaeMapChart *self)
{
  guint n = self->shown.items->len;
  guint n_selected =
      sae_map_events_select (&self->shown, (const char *const *)self->selected_ids);
  g_autofree char *events = g_strdup_printf (ngettext ("%u event", "%u events", n), n);
  g_autofree char *description = NULL;

  /* Translators: "214 events, 2 of them selected" */
  description = g_strdup_printf (
      ngettext ("%s, %u of them selected", "%s, %u of them selected", n_selected), events,
      n_selected);
  sae_chart_describe (SAE_CHART (self), _ ("Map of events"), description);
}

/* Once for many changes of the list: when next drawn or asked. */
static void
read_events (SaeMapChart *self)
{
  if (!self->stale)
    return;
  self->stale = FALSE;
  sae_map_events_read (&self->shown, self->events);
  update_selection (self);
}

static gboolean
has_box (SaeMapChart *self)
{
  return self->box[1] < self->box[3];
}

static PlotMapView
fit_view (SaeMapChart *self, PlotRectangle rect)
{
  if (self->shown.items->len > 0)
    return plot_map_view_fit (rect, self->shown.lonlat, self->shown.items->len,
                              FIT_MARGIN);
  if (has_box (self)) {
    double west = self->box[0], east = self->box[2];
    double width = plot_map_wrap (east - west);
    double middle = west + (width < 0 ? width + 360 : width) / 2;
    /* With its middle, so that a box of more than half the Earth is no gap. */
    double corners[] = {west,   self->box[1], middle, self->box[1],
                        middle, self->box[3], east,   self->box[3]};

    return plot_map_view_fit (rect, corners, 4, FIT_MARGIN);
  }
  if (self->circle[3] > 0) {
    double ends[2 * 4];

    for (int i = 0; i < 4; i++)
      plot_map_travel (self->circle[0], self->circle[1], 90.0 * i, self->circle[3],
                       &ends[2 * i], &ends[2 * i + 1]);
    return plot_map_view_fit (rect, ends, 4, FIT_MARGIN);
  }
  return plot_map_view_fit (rect, NULL, 0, 0);
}

static PlotMapFigure
get_figure (SaeMapChart *self, PlotRectangle rect)
{
  PlotMapFigure figure = {
      .lines = get_lines (),
      .longitude = self->longitude,
      .latitude = self->latitude,
      .degrees_per_px = self->degrees_per_px,
      .n_stations = self->n_stations,
      .station_lonlat = self->station_lonlat,
      .category_labels = {_ ("Earthquake"), _ ("Explosion"), _ ("Other")},
      .station_label = _ ("Station"),
      /* Translators: short for magnitude, before a number */
      .magnitude_label = _ ("M"),
  };

  read_events (self);
  figure.n_events = self->shown.items->len;
  figure.event_lonlat = self->shown.lonlat;
  figure.event_magnitude = self->shown.magnitude;
  figure.event_category = self->shown.category;
  figure.event_selected = self->shown.selected;
  memcpy (figure.box, self->box, sizeof figure.box);
  memcpy (figure.circle, self->circle, sizeof figure.circle);
  if (!self->moved) {
    PlotMapView view = fit_view (self, rect);

    figure.longitude = view.longitude;
    figure.latitude = view.latitude;
    figure.degrees_per_px = view.degrees_per_px;
  }
  return figure;
}

static PlotMapView
get_view (SaeMapChart *self)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (self));
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotMapFigure figure = get_figure (self, rect);

  return plot_map_plot_view (rect, &figure, &style);
}

static void
set_view (SaeMapChart *self, PlotMapView view)
{
  self->moved = TRUE;
  self->longitude = view.longitude;
  self->latitude = view.latitude;
  self->degrees_per_px = view.degrees_per_px;
  sae_chart_redraw (SAE_CHART (self));
}

static size_t
pick (SaeMapChart *self, double x, double y)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (self));
  PlotStyle style = sae_chart_get_style (SAE_CHART (self));
  PlotMapFigure figure;

  if (isnan (x) || !(rect.width > 0))
    return SIZE_MAX;
  figure = get_figure (self, rect);
  return plot_map_plot_pick (rect, &figure, &style, x, y, PICK_RADIUS);
}

static void
sae_map_chart_draw (SaeChart *chart, cairo_t *cr, PlotRectangle rect,
                    const PlotStyle *style)
{
  PlotMapFigure figure = get_figure (SAE_MAP_CHART (chart), rect);

  plot_map_plot_draw (cr, rect, &figure, style);
}

static void
draw_hovered (SaeMapChart *self, GtkSnapshot *snapshot, const PlotStyle *style)
{
  PlotMapView view = get_view (self);
  GdkRGBA color = sae_chart_rgba (style->text);
  GskRoundedRect ring;
  double x, y;
  float r;

  if (self->hovered >= self->shown.items->len)
    return;
  plot_map_view_to_px (&view, self->shown.lonlat[2 * self->hovered],
                       self->shown.lonlat[2 * self->hovered + 1], &x, &y);
  r = (float)plot_map_marks_radius (self->shown.magnitude[self->hovered]) + 4;
  gsk_rounded_rect_init_from_rect (
      &ring, &GRAPHENE_RECT_INIT ((float)x - r, (float)y - r, 2 * r, 2 * r), r);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){1.5f, 1.5f, 1.5f, 1.5f},
                              (GdkRGBA[4]){color, color, color, color});
}

static void
sae_map_chart_draw_overlay (SaeChart *chart, GtkSnapshot *snapshot, PlotRectangle rect,
                            const PlotStyle *style)
{
  SaeMapChart *self = SAE_MAP_CHART (chart);

  if (self->hovered != SIZE_MAX)
    draw_hovered (self, snapshot, style);
  if (self->rubber.active)
    sae_map_chart_rubber_draw (&self->rubber, snapshot, style);
}

static void
update_cursor (SaeMapChart *self)
{
  const char *name = self->drawing              ? "crosshair"
                     : self->hovered < SIZE_MAX ? "pointer"
                                                : NULL;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static void
sae_map_chart_hover (SaeChart *chart, double x, double y)
{
  SaeMapChart *self = SAE_MAP_CHART (chart);
  size_t hovered = self->rubber.active ? SIZE_MAX : pick (self, x, y);

  if (hovered == self->hovered)
    return;
  self->hovered = hovered;
  update_cursor (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  sae_chart_redraw_overlay (chart);
}

static gboolean
sae_map_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                             GtkTooltip *tooltip)
{
  SaeMapChart *self = SAE_MAP_CHART (widget);
  size_t i = keyboard ? SIZE_MAX : pick (self, x, y);
  g_autofree char *title = NULL, *depth = NULL, *text = NULL;
  const SeismicEvent *event;

  if (i == SIZE_MAX)
    return FALSE;
  event = sae_map_events_get (&self->shown, i);
  title = sae_format_event (event);
  depth = sae_format_quantity (event->depth_km, 1, "km");
  /* Translators: of an event: its type and depth, such as "earthquake, 8.2 km deep" */
  text = isnan (event->depth_km)
             ? g_strdup_printf ("%s\n%s", title, sae_format_event_type (event->type))
             : g_strdup_printf (_ ("%s\n%s, %s deep"), title,
                                sae_format_event_type (event->type), depth);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static gboolean
is_control_held (SaeMapChart *self)
{
  GdkSeat *seat =
      gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard && (gdk_device_get_modifier_state (keyboard) & GDK_CONTROL_MASK);
}

/* The ids with id added, or without it where it is among them. */
static void
toggle (SaeMapChart *self, const char *id)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  gboolean found = FALSE;

  for (char **other = self->selected_ids; *other; other++) {
    if (strcmp (*other, id) == 0)
      found = TRUE;
    else
      g_strv_builder_add (builder, *other);
  }
  if (!found)
    g_strv_builder_add (builder, id);
  ids = g_strv_builder_end (builder);
  sae_map_chart_set_selected_ids (self, (const char *const *)ids);
}

static void
sae_map_chart_click (SaeChart *chart, double x, double y)
{
  SaeMapChart *self = SAE_MAP_CHART (chart);
  size_t i = pick (self, x, y);
  g_autoptr (SaeEventItem) item = NULL;
  const char *id;

  if (i == SIZE_MAX)
    return;
  item = g_object_ref (g_ptr_array_index (self->shown.items, i));
  id = sae_event_item_get_event (item)->id;
  if (is_control_held (self))
    toggle (self, id);
  else
    sae_map_chart_set_selected_ids (self, (const char *const[]){id, NULL});
  g_signal_emit (self, signals[EVENT_ACTIVATED], 0, item);
}

static void
sae_map_chart_zoom (SaeChart *chart, double x, double y, double factor)
{
  SaeMapChart *self = SAE_MAP_CHART (chart);
  PlotMapView view = get_view (self);

  set_view (self, plot_map_view_zoom (&view, x, y, 1 / factor));
}

static void
sae_map_chart_pan (SaeChart *chart, double dx, double dy)
{
  SaeMapChart *self = SAE_MAP_CHART (chart);
  PlotMapView view = get_view (self);

  set_view (self, plot_map_view_pan (&view, dx, dy));
}

static void
sae_map_chart_reset (SaeChart *chart)
{
  SAE_MAP_CHART (chart)->moved = FALSE;
  sae_chart_redraw (chart);
}

/* The arrow tells where to look, so the ground moves the other way. */
static void
sae_map_chart_step (SaeChart *chart, GtkDirectionType direction)
{
  double dx = direction == GTK_DIR_LEFT ? STEP : direction == GTK_DIR_RIGHT ? -STEP : 0;
  double dy = direction == GTK_DIR_UP ? STEP : direction == GTK_DIR_DOWN ? -STEP : 0;

  sae_map_chart_pan (chart, dx, dy);
}

static void
end_rubber (SaeMapChart *self)
{
  self->rubber.active = FALSE;
  sae_chart_redraw_overlay (SAE_CHART (self));
}

static void
on_box_begin (GtkGestureDrag *gesture, double x, double y, SaeMapChart *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  if (!self->drawing && !(state & GDK_SHIFT_MASK)) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->rubber.active = TRUE;
  self->rubber.x0 = self->rubber.x1 = x;
  self->rubber.y0 = self->rubber.y1 = y;
}

static void
on_box_update (GtkGestureDrag *gesture, double dx, double dy, SaeMapChart *self)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (self));

  if (!self->rubber.active)
    return;
  self->rubber.x1 = CLAMP (self->rubber.x0 + dx, 0, rect.width);
  self->rubber.y1 = CLAMP (self->rubber.y0 + dy, 0, rect.height);
  sae_chart_redraw_overlay (SAE_CHART (self));
}

/* From the centre, where the drag began, to where it ended. */
static void
finish_circle (SaeMapChart *self, PlotMapView view)
{
  double longitude, latitude, edge[2], circle[4];

  plot_map_view_to_degrees (&view, self->rubber.x0, self->rubber.y0, &longitude,
                            &latitude);
  plot_map_view_to_degrees (&view, self->rubber.x1, self->rubber.y1, &edge[0], &edge[1]);
  circle[0] = longitude;
  circle[1] = latitude;
  circle[2] = 0;
  circle[3] = plot_map_distance_km (longitude, latitude, edge[0], edge[1]) /
              plot_map_distance_km (0, 0, 1, 0);
  set_view (self, view);
  sae_map_chart_set_region (self, NULL, circle);
  sae_map_chart_set_drawing (self, FALSE);
  g_signal_emit (self, signals[CIRCLE_DRAWN], 0, longitude, latitude, circle[3]);
}

static void
on_box_end (GtkGestureDrag *gesture, double dx, double dy, SaeMapChart *self)
{
  PlotMapView view = get_view (self);
  double x0, x1, y0, y1, box[4];

  if (!self->rubber.active)
    return;
  on_box_update (gesture, dx, dy, self);
  end_rubber (self);
  if (self->rubber.circular) {
    if (sae_map_chart_rubber_length (&self->rubber) >= MIN_BOX)
      finish_circle (self, view);
    return;
  }
  x0 = fmin (self->rubber.x0, self->rubber.x1);
  x1 = fmax (self->rubber.x0, self->rubber.x1);
  y0 = fmin (self->rubber.y0, self->rubber.y1);
  y1 = fmax (self->rubber.y0, self->rubber.y1);
  if (x1 - x0 < MIN_BOX || y1 - y0 < MIN_BOX)
    return;
  plot_map_view_to_degrees (&view, x0, y0, &box[0], &box[3]);
  plot_map_view_to_degrees (&view, x1, y1, &box[2], &box[1]);
  set_view (self, view); /* what was drawn on stays where it is */
  sae_map_chart_set_region (self, box, NULL);
  sae_map_chart_set_drawing (self, FALSE);
  g_signal_emit (self, signals[BOX_DRAWN], 0, box[0], box[1], box[2], box[3]);
}

static void
on_box_cancel (GtkGesture *gesture, GdkEventSequence *sequence, SaeMapChart *self)
{
  end_rubber (self);
}

static gboolean
leave_drawing (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  SaeMapChart *self = SAE_MAP_CHART (widget);

  if (!self->drawing && !self->rubber.active)
    return GDK_EVENT_PROPAGATE;
  end_rubber (self);
  sae_map_chart_set_drawing (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
on_items_changed (SaeMapChart *self)
{
  self->stale = TRUE;
  self->hovered = SIZE_MAX;
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_map_chart_set_events (SaeMapChart *self, GListModel *events)
{
  if (self->events == events)
    return;
  if (self->events)
    g_signal_handlers_disconnect_by_func (self->events, on_items_changed, self);
  g_set_object (&self->events, events);
  if (events)
    g_signal_connect_object (events, "items-changed", G_CALLBACK (on_items_changed), self,
                             G_CONNECT_SWAPPED);
  on_items_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EVENTS]);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

void
sae_map_chart_set_selected_ids (SaeMapChart *self, const char *const *ids)
{
  const char *const none[] = {NULL};
  g_auto (GStrv) sorted = g_strdupv ((char **)(ids ? ids : none));

  qsort (sorted, g_strv_length (sorted), sizeof *sorted, compare_strings);
  if (g_strv_equal ((const char *const *)sorted, (const char *const *)self->selected_ids))
    return;
  g_strfreev (self->selected_ids);
  self->selected_ids = g_steal_pointer (&sorted);
  read_events (self);
  update_selection (self);
  sae_chart_redraw (SAE_CHART (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_IDS]);
}

const char *const *
sae_map_chart_get_selected_ids (SaeMapChart *self)
{
  return (const char *const *)self->selected_ids;
}

void
sae_map_chart_set_stations (SaeMapChart *self, const double *lonlat, gsize n)
{
  g_free (self->station_lonlat);
  self->station_lonlat = g_memdup2 (lonlat, sizeof (double) * 2 * n);
  self->n_stations = n;
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_map_chart_set_region (SaeMapChart *self, const double box[4], const double circle[4])
{
  for (int i = 0; i < 4; i++) {
    self->box[i] = box ? box[i] : 0;
    self->circle[i] = circle ? circle[i] : 0;
  }
  sae_chart_redraw (SAE_CHART (self));
}

void
sae_map_chart_set_drawing (SaeMapChart *self, gboolean drawing)
{
  if (self->drawing == !!drawing)
    return;
  self->drawing = !!drawing;
  update_cursor (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAWING]);
}

void
sae_map_chart_set_circular (SaeMapChart *self, gboolean circular)
{
  self->rubber.circular = circular;
}

gboolean
sae_map_chart_get_drawing (SaeMapChart *self)
{
  return self->drawing;
}

static void
sae_map_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SaeMapChart *self = SAE_MAP_CHART (object);

  switch (id) {
  case PROP_EVENTS:
    g_value_set_object (value, self->events);
    break;
  case PROP_SELECTED_IDS:
    g_value_set_boxed (value, self->selected_ids);
    break;
  case PROP_DRAWING:
    g_value_set_boolean (value, self->drawing);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_map_chart_set_property (GObject *object, guint id, const GValue *value,
                            GParamSpec *pspec)
{
  SaeMapChart *self = SAE_MAP_CHART (object);

  switch (id) {
  case PROP_EVENTS:
    sae_map_chart_set_events (self, g_value_get_object (value));
    break;
  case PROP_SELECTED_IDS:
    sae_map_chart_set_selected_ids (self, g_value_get_boxed (value));
    break;
  case PROP_DRAWING:
    sae_map_chart_set_drawing (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
sae_map_chart_finalize (GObject *object)
{
  SaeMapChart *self = SAE_MAP_CHART (object);

  g_clear_object (&self->events);
  g_strfreev (self->selected_ids);
  sae_map_events_clear (&self->shown);
  g_free (self->station_lonlat);
  G_OBJECT_CLASS (sae_map_chart_parent_class)->finalize (object);
}

static void
install (GObjectClass *class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  class->get_property = sae_map_chart_get_property;
  class->set_property = sae_map_chart_set_property;
  class->finalize = sae_map_chart_finalize;
  properties[PROP_EVENTS] =
      g_param_spec_object ("events", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_SELECTED_IDS] =
      g_param_spec_boxed ("selected-ids", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_DRAWING] = g_param_spec_boolean ("drawing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (class, N_PROPERTIES, properties);
  signals[EVENT_ACTIVATED] =
      g_signal_new ("event-activated", SAE_TYPE_MAP_CHART, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, SAE_TYPE_EVENT_ITEM);
  signals[BOX_DRAWN] = g_signal_new ("box-drawn", SAE_TYPE_MAP_CHART, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_DOUBLE,
                                     G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[CIRCLE_DRAWN] =
      g_signal_new ("circle-drawn", SAE_TYPE_MAP_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 3, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
sae_map_chart_class_init (SaeMapChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  SaeChartClass *chart_class = SAE_CHART_CLASS (class);

  install (G_OBJECT_CLASS (class));
  widget_class->query_tooltip = sae_map_chart_query_tooltip;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_drawing, NULL);
  chart_class->draw = sae_map_chart_draw;
  chart_class->draw_overlay = sae_map_chart_draw_overlay;
  chart_class->hover = sae_map_chart_hover;
  chart_class->click = sae_map_chart_click;
  chart_class->zoom = sae_map_chart_zoom;
  chart_class->pan = sae_map_chart_pan;
  chart_class->reset = sae_map_chart_reset;
  chart_class->step = sae_map_chart_step;
}

static void
sae_map_chart_init (SaeMapChart *self)
{
  GtkGesture *box = gtk_gesture_drag_new ();

  self->selected_ids = g_new0 (char *, 1);
  sae_map_events_init (&self->shown);
  self->hovered = SIZE_MAX;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  /* Before the chart's own dragging, which pans. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (box),
                                              GTK_PHASE_CAPTURE);
  g_signal_connect_object (box, "drag-begin", G_CALLBACK (on_box_begin), self, 0);
  g_signal_connect_object (box, "drag-update", G_CALLBACK (on_box_update), self, 0);
  g_signal_connect_object (box, "drag-end", G_CALLBACK (on_box_end), self, 0);
  g_signal_connect_object (box, "cancel", G_CALLBACK (on_box_cancel), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (box));
  update_selection (self);
}
