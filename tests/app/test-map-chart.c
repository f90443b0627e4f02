#include "app/map-chart.h"

#include "plot/map-plot.h"
#include "session/event-item.h"
#include "support/widgets.h"
#include <math.h>

typedef struct {
  GtkWindow *window;
  SaeMapChart *chart;
  SaeChartClass *class;
  GListStore *events;
  double lonlat[6];
} Fixture;

static void
append_event (GListStore *events, const char *id, double longitude, double latitude,
              double magnitude, const char *type)
{
  g_autoptr (SeismicEvent) event = seismic_event_new (id);
  g_autoptr (SaeEventItem) item = NULL;

  event->longitude = longitude;
  event->latitude = latitude;
  event->magnitude = magnitude;
  event->depth_km = 8.2;
  g_free (event->type);
  event->type = g_strdup (type);
  item = sae_event_item_new (event, 0, FALSE);
  g_list_store_append (events, item);
}

static Fixture
set_up (void)
{
  Fixture f = {.window = GTK_WINDOW (gtk_window_new ()),
               .chart = g_object_new (SAE_TYPE_MAP_CHART, NULL),
               .events = g_list_store_new (SAE_TYPE_EVENT_ITEM),
               .lonlat = {-122.3, 37.9, -121, 37, -117.6, 35.7}};

  f.class = SAE_CHART_GET_CLASS (f.chart);
  append_event (f.events, "big", f.lonlat[0], f.lonlat[1], 6.9, "earthquake");
  append_event (f.events, "lost", NAN, 37, 6, "earthquake"); /* is nowhere on the map */
  append_event (f.events, "blast", f.lonlat[2], f.lonlat[3], 3, "quarry blast");
  append_event (f.events, "desert", f.lonlat[4], f.lonlat[5], 7.1, "earthquake");
  gtk_window_set_default_size (f.window, 600, 400);
  gtk_window_set_child (f.window, GTK_WIDGET (f.chart));
  gtk_window_present (f.window);
  wait_until (gtk_widget_get_width (GTK_WIDGET (f.chart)) > 500);
  sae_map_chart_set_events (f.chart, G_LIST_MODEL (f.events));
  widget_test_drain ();
  return f;
}

static void
tear_down (Fixture *f)
{
  g_object_ref (f->chart);
  gtk_window_destroy (f->window);
  widget_test_drain ();
  g_assert_finalize_object (f->chart);
  g_assert_finalize_object (f->events);
}

/* Where all n events are, when the view holds them all. */
static void
locate (Fixture *f, size_t n, size_t i, double *x, double *y)
{
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (f->chart));
  PlotMapView view = plot_map_view_fit (rect, f->lonlat, n, 48);

  plot_map_view_to_px (&view, f->lonlat[2 * i], f->lonlat[2 * i + 1], x, y);
}

static void
count (int *n)
{
  ++*n;
}

static void
remember (SaeMapChart *chart, SaeEventItem *item, char **id)
{
  g_free (*id);
  *id = g_strdup (sae_event_item_get_event (item)->id);
}

#define assert_selected(chart, ...)                                                      \
  g_assert_true (g_strv_equal (sae_map_chart_get_selected_ids (chart),                   \
                               (const char *const[]){__VA_ARGS__}))

static void
test_click (void)
{
  Fixture f = set_up ();
  g_autofree char *activated = NULL;
  int n = 0;
  double x, y;

  g_signal_connect (f.chart, "event-activated", G_CALLBACK (remember), &activated);
  g_signal_connect_swapped (f.chart, "notify::selected-ids", G_CALLBACK (count), &n);
  locate (&f, 3, 1, &x, &y);
  f.class->click (SAE_CHART (f.chart), x + 3, y);
  assert_selected (f.chart, "blast", NULL);
  g_assert_cmpstr (activated, ==, "blast");
  g_assert_cmpint (n, ==, 1);
  f.class->click (SAE_CHART (f.chart), x, y); /* the same again is no news */
  g_assert_cmpint (n, ==, 1);
  f.class->click (SAE_CHART (f.chart), x, y + 60); /* nothing there */
  assert_selected (f.chart, "blast", NULL);
  locate (&f, 3, 2, &x, &y);
  f.class->click (SAE_CHART (f.chart), x, y);
  assert_selected (f.chart, "desert", NULL);
  g_assert_cmpstr (activated, ==, "desert");
  /* The list grows shorter and the view follows it; ids without an event stay. */
  g_list_store_remove (f.events, 3);
  locate (&f, 2, 0, &x, &y);
  f.class->hover (SAE_CHART (f.chart), x, y);
  assert_selected (f.chart, "desert", NULL);
  f.class->click (SAE_CHART (f.chart), x, y);
  assert_selected (f.chart, "big", NULL);
  tear_down (&f);
}

/* Two bound both ways do not chase each other. */
static void
test_selection (void)
{
  Fixture f = set_up ();
  SaeMapChart *other = g_object_ref_sink (g_object_new (SAE_TYPE_MAP_CHART, NULL));
  int n = 0;

  g_object_bind_property (f.chart, "selected-ids", other, "selected-ids",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (f.chart, "notify::selected-ids", G_CALLBACK (count), &n);
  sae_map_chart_set_selected_ids (other, (const char *const[]){"desert", "big", NULL});
  assert_selected (f.chart, "big", "desert", NULL);
  g_assert_cmpint (n, ==, 1);
  /* In another order they are the same. */
  sae_map_chart_set_selected_ids (f.chart, (const char *const[]){"desert", "big", NULL});
  g_assert_cmpint (n, ==, 1);
  sae_map_chart_set_selected_ids (f.chart, NULL);
  assert_selected (other, NULL);
  g_assert_cmpint (n, ==, 2);
  g_assert_finalize_object (other);
  tear_down (&f);
}

/* Zoom holds what is under the pointer, panning moves it, and 0 shows all again. */
static void
test_move (void)
{
  Fixture f = set_up ();
  SaeChart *chart = SAE_CHART (f.chart);
  double x, y;

  locate (&f, 3, 1, &x, &y);
  f.class->zoom (chart, x, y, 0.1);
  f.class->hover (chart, x, y);
  widget_test_drain ();
  f.class->click (chart, x, y);
  assert_selected (f.chart, "blast", NULL);
  sae_map_chart_set_selected_ids (f.chart, NULL);
  f.class->pan (chart, 30, -20);
  f.class->click (chart, x, y);
  assert_selected (f.chart, NULL);
  f.class->click (chart, x + 30, y - 20);
  assert_selected (f.chart, "blast", NULL);
  sae_map_chart_set_selected_ids (f.chart, NULL);
  f.class->step (chart, GTK_DIR_RIGHT); /* 60 px to the east: things go west */
  f.class->step (chart, GTK_DIR_UP);
  f.class->click (chart, x + 30 - 60, y - 20 + 60);
  assert_selected (f.chart, "blast", NULL);
  f.class->reset (chart);
  locate (&f, 3, 0, &x, &y);
  f.class->click (chart, x, y);
  assert_selected (f.chart, "big", NULL);
  tear_down (&f);
}

static void
keep_box (SaeMapChart *chart, double west, double south, double east, double north,
          double *box)
{
  box[0] = west;
  box[1] = south;
  box[2] = east;
  box[3] = north;
}

static GtkGesture *
find_box_gesture (SaeMapChart *chart)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (list, i);

    if (GTK_IS_GESTURE_DRAG (controller) &&
        gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      return GTK_GESTURE (controller);
  }
  return NULL;
}

static void
test_box (void)
{
  Fixture f = set_up ();
  GtkGesture *gesture = find_box_gesture (f.chart);
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (f.chart));
  PlotMapView view = plot_map_view_fit (rect, f.lonlat, 3, 48);
  double box[4] = {0}, west, north, east, south;

  g_signal_connect (f.chart, "box-drawn", G_CALLBACK (keep_box), box);
  /* Neither Shift nor drawing: the drag is not for a box. */
  g_signal_emit_by_name (gesture, "drag-begin", 100.0, 100.0);
  g_signal_emit_by_name (gesture, "drag-end", 80.0, 60.0);
  g_assert_cmpfloat (box[3], ==, 0);
  sae_map_chart_set_drawing (f.chart, TRUE);
  g_signal_emit_by_name (gesture, "drag-begin", 180.0, 160.0);
  g_signal_emit_by_name (gesture, "drag-end", 2.0, 1.0); /* a slip */
  g_assert_cmpfloat (box[3], ==, 0);
  g_assert_true (sae_map_chart_get_drawing (f.chart));
  g_signal_emit_by_name (gesture, "drag-begin", 180.0, 160.0);
  g_signal_emit_by_name (gesture, "drag-update", -20.0, -10.0);
  widget_test_drain ();
  g_signal_emit_by_name (gesture, "drag-end", -80.0, -60.0);
  g_assert_false (sae_map_chart_get_drawing (f.chart));
  plot_map_view_to_degrees (&view, 100, 100, &west, &north);
  plot_map_view_to_degrees (&view, 180, 160, &east, &south);
  g_assert_cmpfloat_with_epsilon (box[0], west, 1e-9);
  g_assert_cmpfloat_with_epsilon (box[1], south, 1e-9);
  g_assert_cmpfloat_with_epsilon (box[2], east, 1e-9);
  g_assert_cmpfloat_with_epsilon (box[3], north, 1e-9);
  widget_test_drain ();
  tear_down (&f);
}

static void
keep_circle (SaeMapChart *chart, double longitude, double latitude, double radius,
             double *circle)
{
  circle[0] = longitude;
  circle[1] = latitude;
  circle[2] = radius;
}

/* From the centre outwards; its edge goes through where the drag ended. */
static void
test_circle (void)
{
  Fixture f = set_up ();
  GtkGesture *gesture = find_box_gesture (f.chart);
  PlotRectangle rect = sae_chart_get_rectangle (SAE_CHART (f.chart));
  PlotMapView view = plot_map_view_fit (rect, f.lonlat, 3, 48);
  double circle[3] = {0}, box[4] = {0}, longitude, latitude, edge[2], km;

  g_signal_connect (f.chart, "circle-drawn", G_CALLBACK (keep_circle), circle);
  g_signal_connect (f.chart, "box-drawn", G_CALLBACK (keep_box), box);
  sae_map_chart_set_circular (f.chart, TRUE);
  sae_map_chart_set_drawing (f.chart, TRUE);
  g_signal_emit_by_name (gesture, "drag-begin", 180.0, 160.0);
  g_signal_emit_by_name (gesture, "drag-end", 2.0, 1.0); /* a slip */
  g_assert_cmpfloat (circle[2], ==, 0);
  g_signal_emit_by_name (gesture, "drag-begin", 180.0, 160.0);
  g_signal_emit_by_name (gesture, "drag-update", -20.0, -10.0);
  widget_test_drain ();
  g_signal_emit_by_name (gesture, "drag-end", 50.0, -30.0);
  g_assert_false (sae_map_chart_get_drawing (f.chart));
  plot_map_view_to_degrees (&view, 180, 160, &longitude, &latitude);
  plot_map_view_to_degrees (&view, 230, 130, &edge[0], &edge[1]);
  g_assert_cmpfloat_with_epsilon (circle[0], longitude, 1e-9);
  g_assert_cmpfloat_with_epsilon (circle[1], latitude, 1e-9);
  /* A degree of a great circle of 6371 km. */
  km = plot_map_distance_km (longitude, latitude, edge[0], edge[1]);
  g_assert_cmpfloat_with_epsilon (circle[2], km / (6371 * G_PI / 180), 1e-3);
  g_assert_cmpfloat (box[3], ==, 0);
  widget_test_drain ();
  tear_down (&f);
}

/* Without events the view holds the region; with neither, it is the Earth. */
static void
test_region (void)
{
  Fixture f = set_up ();
  const double box[] = {170, -25, -170, -10}, circle[] = {-122, 38, 0, 2};
  const double stations[] = {-122, 38, NAN, 5};

  g_list_store_remove_all (f.events);
  sae_map_chart_set_stations (f.chart, stations, 2);
  sae_map_chart_set_region (f.chart, box, NULL);
  widget_test_drain ();
  sae_map_chart_set_region (f.chart, NULL, circle);
  widget_test_drain ();
  sae_map_chart_set_region (f.chart, NULL, NULL);
  widget_test_drain ();
  f.class->click (SAE_CHART (f.chart), 300, 200);
  assert_selected (f.chart, NULL);
  sae_map_chart_set_events (f.chart, NULL);
  sae_map_chart_set_stations (f.chart, NULL, 0);
  widget_test_drain ();
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/map-chart/click", test_click);
  g_test_add_func ("/app/map-chart/selection", test_selection);
  g_test_add_func ("/app/map-chart/move", test_move);
  g_test_add_func ("/app/map-chart/box", test_box);
  g_test_add_func ("/app/map-chart/circle", test_circle);
  g_test_add_func ("/app/map-chart/region", test_region);
  return g_test_run ();
}
