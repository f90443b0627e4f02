#include "app/query-panel.h"

#include "seismic/time.h"
#include "support/fdsn-stub.h"
#include "support/widgets.h"
#include <math.h>

typedef struct {
  SaeSession *session;
  SaeQueryPanel *panel;
  GtkWindow *window; /* buttons know their actions only in one */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->session = sae_session_new ();
  f->panel = g_object_ref_sink (
      g_object_new (SAE_TYPE_QUERY_PANEL, "session", f->session, NULL));
  f->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (f->window, GTK_WIDGET (f->panel));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (f->window);
  widget_test_drain ();
  g_assert_finalize_object (f->panel);
  sae_tasks_cancel_all (f->session);
  g_assert_finalize_object (f->session);
}

/* The field below panel with that title. */
static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found)
      return found;
  }
  return NULL;
}

static void
type (Fixture *f, const char *title, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (f->panel), title)), text);
}

static void
choose (Fixture *f, const char *title, guint position)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (GTK_WIDGET (f->panel), title)),
                              position);
}

static gboolean
may_search (Fixture *f)
{
  GtkWidget *button = NULL;
  GtkWidget *child = GTK_WIDGET (f->panel);

  /* The label's parents are the box and the button. */
  for (child = widget_test_find (child, GTK_TYPE_SPINNER); child;
       child = gtk_widget_get_parent (child))
    if (GTK_IS_BUTTON (child))
      button = child;
  return gtk_widget_get_sensitive (button);
}

static void
test_default (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};

  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpstr (sae_query_panel_get_server (f->panel), ==, "ncedc");
  g_assert_cmpfloat (query.min_magnitude, ==, 5);
  g_assert_cmpfloat (query.max_magnitude, ==, 9);
  g_assert_cmpint (query.start_ns, ==, SEISMIC_TIME_UNSET);
  g_assert_cmpuint (query.limit, ==, 0);
  g_assert_true (isnan (query.west));
  g_assert_true (may_search (f));
}

static void
test_time (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};
  int64_t day;

  choose (f, "Time", 3);
  type (f, "From (YYYY-MM-DD)", "2014-08-24");
  type (f, "To (YYYY-MM-DD)", "2014-08-24");
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_true (seismic_time_parse ("2014-08-24", &day));
  g_assert_cmpint (query.start_ns, ==, day);
  /* The last day is in it. */
  g_assert_cmpint (query.end_ns - day, ==, INT64_C (86400) * 1000000000);

  type (f, "To (YYYY-MM-DD)", "2013-01-01");
  assert_shows (f->panel, "“To” is before “From”.");
  g_assert_false (may_search (f));
  type (f, "To (YYYY-MM-DD)", "24.8.2014");
  assert_shows (f->panel, "“To” is a day such as 2014-08-24.");
  choose (f, "Time", 1); /* the fields no longer count */
  g_assert_true (may_search (f));
  seismic_event_query_clear (&query);
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpint (g_get_real_time () * 1000 - query.start_ns, <,
                   INT64_C (31) * 86400 * 1000000000);
}

static void
test_region (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};
  double box[4];

  g_assert_false (sae_query_panel_get_box (f->panel, box));
  choose (f, "Region", 1);
  g_assert_true (sae_query_panel_get_box (f->panel, box));
  choose (f, "Region", 2);
  g_assert_true (may_search (f)); /* begins with a box */
  g_assert_true (sae_query_panel_get_box (f->panel, box));
  g_assert_cmpfloat (box[0], ==, -126);
  type (f, "South (°)", "");
  assert_shows (f->panel, "South is a latitude");
  g_assert_false (may_search (f));
  sae_query_panel_set_box (f->panel, (const double[]){-123.456, 36, -121, 39.5});
  g_assert_true (may_search (f));
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpfloat (query.west, ==, -123.46);
  g_assert_cmpfloat (query.north, ==, 39.5);
  type (f, "South (°)", "40");
  assert_shows (f->panel, "North is not north of south.");
  type (f, "South (°)", "36,5");
  seismic_event_query_clear (&query);
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpfloat (query.south, ==, 36.5);
}

static void
test_circle (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};
  double circle[4], box[4];

  g_assert_false (sae_query_panel_get_circle (f->panel, circle));
  choose (f, "Region", 3);
  g_assert_true (may_search (f)); /* begins with a circle */
  g_assert_true (sae_query_panel_get_circle (f->panel, circle));
  g_assert_false (sae_query_panel_get_box (f->panel, box));
  type (f, "Latitude of the center (°)", "37,8");
  type (f, "Longitude of the center (°)", "−122.3");
  type (f, "Least distance (km)", "55,5");
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpfloat (query.latitude, ==, 37.8);
  g_assert_cmpfloat (query.longitude, ==, -122.3);
  g_assert_cmpfloat_with_epsilon (query.min_radius, 0.5, 0.001);
  g_assert_cmpfloat_with_epsilon (query.max_radius, 2, 0.03);
  g_assert_true (isnan (query.west));
  type (f, "Largest distance (km)", "22");
  assert_shows (f->panel, "The largest distance is not larger than the least.");
  g_assert_false (may_search (f));
  g_assert_false (sae_query_panel_get_circle (f->panel, circle));
  type (f, "Largest distance (km)", "");
  assert_shows (f->panel, "The largest distance is a number from 0 to 20015 km.");
  choose (f, "Region", 0);
  g_assert_true (may_search (f));
}

/* As the map gives it; the least distance stays where it can. */
static void
test_drawn_circle (Fixture *f, gconstpointer data)
{
  double circle[4];

  sae_query_panel_set_circle (f->panel, -122.256, 38.004, 1.5);
  g_assert_true (sae_query_panel_has_circle (f->panel));
  g_assert_true (sae_query_panel_get_circle (f->panel, circle));
  g_assert_cmpfloat (circle[0], ==, -122.26);
  g_assert_cmpfloat (circle[1], ==, 38);
  g_assert_cmpfloat (circle[2], ==, 0);
  g_assert_cmpfloat_with_epsilon (circle[3], 1.5, 0.005);
  type (f, "Least distance (km)", "55,5");
  sae_query_panel_set_circle (f->panel, -122, 38, 1);
  g_assert_true (sae_query_panel_get_circle (f->panel, circle));
  g_assert_cmpfloat_with_epsilon (circle[2], 0.5, 0.001);
  sae_query_panel_set_circle (f->panel, -122, 38, 0.25);
  g_assert_true (sae_query_panel_get_circle (f->panel, circle));
  g_assert_cmpfloat (circle[2], ==, 0);
  sae_query_panel_set_circle (f->panel, -122, 38, 0); /* a slip still is a circle */
  g_assert_true (sae_query_panel_get_circle (f->panel, circle));
}

/* Everything but the data center goes back, and nothing is drawn any more. */
static void
test_reset (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};

  sae_query_panel_set_server (f->panel, "scedc");
  sae_query_panel_set_circle (f->panel, -122, 38, 1);
  sae_query_panel_set_drawing (f->panel, TRUE);
  choose (f, "Time", 3);
  type (f, "From (YYYY-MM-DD)", "never");
  type (f, "Least depth (km)", "20");
  choose (f, "Type", 2);
  g_assert_false (may_search (f));
  gtk_widget_activate_action (GTK_WIDGET (f->panel), "query.reset", NULL);
  g_assert_true (may_search (f));
  g_assert_false (sae_query_panel_get_drawing (f->panel));
  g_assert_false (sae_query_panel_has_circle (f->panel));
  g_assert_cmpstr (sae_query_panel_get_server (f->panel), ==, "scedc");
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_true (isnan (query.latitude) && isnan (query.min_depth_km));
  g_assert_cmpint (query.start_ns, ==, SEISMIC_TIME_UNSET);
  g_assert_null (query.event_type);
}

static void
test_more (Fixture *f, gconstpointer data)
{
  g_auto (SeismicEventQuery) query = {0};

  type (f, "Least depth (km)", "20");
  type (f, "Largest depth (km)", "ten");
  assert_shows (f->panel, "A depth is a number");
  type (f, "Largest depth (km)", "10");
  assert_shows (f->panel, "The largest depth is less than the least.");
  type (f, "Largest depth (km)", "100");
  choose (f, "Type", 2);
  g_assert_null (sae_query_panel_read (f->panel, &query));
  g_assert_cmpfloat (query.max_depth_km, ==, 100);
  g_assert_cmpstr (query.event_type, ==, "quarry blast");
}

static void
test_server (Fixture *f, gconstpointer data)
{
  sae_query_panel_set_server (f->panel, "scedc");
  g_assert_cmpstr (sae_query_panel_get_server (f->panel), ==, "scedc");
  sae_query_panel_set_server (f->panel, "file:///etc");
  assert_shows (f->panel, "The address is one such as");
  g_assert_false (may_search (f));
  sae_query_panel_set_server (f->panel, "http://127.0.0.1:8080");
  g_assert_cmpstr (sae_query_panel_get_server (f->panel), ==, "http://127.0.0.1:8080");
  g_assert_true (may_search (f));
}

static void
test_search (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);

  g_assert_no_error (error);
  sae_query_panel_set_server (f->panel, fdsn_stub_get_base (stub));
  gtk_widget_activate_action (GTK_WIDGET (f->panel), "query.search", NULL);
  assert_shows (f->panel, "Stop");
  wait_until (!sae_session_get_query (f->session));
  assert_shows (f->panel, "Search");
  wait_until (g_list_model_get_n_items (sae_session_get_events (f->session)) == 12);

  /* The same button stops. */
  fdsn_stub_add_rule (stub, "delay=30", &error);
  g_assert_no_error (error);
  gtk_widget_activate_action (GTK_WIDGET (f->panel), "query.search", NULL);
  widget_test_drain ();
  gtk_widget_activate_action (GTK_WIDGET (f->panel), "query.search", NULL);
  wait_until (!sae_session_get_query (f->session));
}

#define ADD(path, function)                                                              \
  g_test_add ("/app/query-panel/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  ADD ("default", test_default);
  ADD ("time", test_time);
  ADD ("region", test_region);
  ADD ("circle", test_circle);
  ADD ("drawn-circle", test_drawn_circle);
  ADD ("reset", test_reset);
  ADD ("more", test_more);
  ADD ("server", test_server);
  ADD ("search", test_search);
  return g_test_run ();
}
