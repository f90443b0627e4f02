#include "seismic/fdsn.h"
#include "support/fdsn-fixture.h"

#include <string.h>

/* Newest first, none twice. */
static void
check_order (GPtrArray *events)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    g_assert_true (g_hash_table_add (ids, event->id));
    if (i > 0)
      g_assert_cmpint (event->time_ns, <=,
                       ((const SeismicEvent *)events->pdata[i - 1])->time_ns);
  }
}

/* Text and QuakeML tell the same. */
static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) xml = ask_events (fixture, &error);
  g_assert_no_error (error);
  fixture->server.has_event_types = true;
  g_autoptr (GPtrArray) text = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_asked (fixture, "format=xml"), ==, 1);
  g_assert_cmpuint (n_asked (fixture, "format=text"), ==, 1);
  g_assert_cmpuint (xml->len, ==, 12);
  g_assert_cmpuint (text->len, ==, 12);
  check_order (xml);
  for (guint i = 0; i < xml->len; i++)
    g_assert_true (seismic_event_equal (xml->pdata[i], text->pdata[i]));
  const SeismicEvent *first = xml->pdata[0];
  g_assert_cmpstr (first->id, ==, "72000012");
  g_assert_cmpstr (first->type, ==, "nuclear explosion");
  g_assert_cmpstr (first->place, ==, "12 km N of Loopback, CA");
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = ask_events (fixture, &error);
  fixture->query.min_magnitude = 6.0;
  fixture->query.event_type = g_strdup ("earthquake");
  fixture->query.limit = 3;
  g_autoptr (GPtrArray) some = ask_events (fixture, &error);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < all->len; i++) {
    const SeismicEvent *event = all->pdata[i];
    if (event->magnitude >= 6.0 && g_str_equal (event->type, "earthquake") && n < 3) {
      g_assert_cmpuint (n, <, some->len);
      g_assert_true (seismic_event_equal (event, some->pdata[n++]));
    }
  }
  g_assert_cmpuint (some->len, ==, n);
  g_assert_cmpuint (n, >, 0);
}

static void
test_no_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->query.min_magnitude = 8.5;
  g_autoptr (GPtrArray) events = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 0);
}

/* Across the date line: two boxes, merged. */
static void
test_date_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = ask_events (fixture, &error);
  fixture->query.west = 170;
  fixture->query.east = -122;
  fixture->query.south = 0;
  fixture->query.north = 90;
  guint n = 0;
  for (guint i = 0; i < all->len; i++)
    n += ((const SeismicEvent *)all->pdata[i])->longitude <= -122.0;
  fdsn_stub_forget_log (fixture->stub);
  g_autoptr (GPtrArray) events = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, n);
  g_assert_cmpuint (n, >, 0);
  check_order (events);
  g_assert_cmpuint (n_asked (fixture, "minlongitude=170&"), ==, 1);
  g_assert_cmpuint (n_asked (fixture, "maxlongitude=180&"), ==, 1);
  g_assert_cmpuint (n_asked (fixture, "minlongitude=-180&"), ==, 1);
}

static const FdsnStubSettings many = {
    .n_events = 300, .n_stations = 1, .seed = 3, .max_rows = 50};

static void
test_split (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) split = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (split->len, ==, 300);
  check_order (split);
  const size_t n_split = n_asked (fixture, NULL);
  g_assert_cmpuint (n_split, >, 6);
  g_assert_cmpuint (n_split, <, 60);
  fdsn_stub_set (fixture->stub, "max-rows=0", &error);
  g_autoptr (GPtrArray) whole = ask_events (fixture, &error);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, n_split + 1);
  for (guint i = 0; i < 300; i++)
    g_assert_true (seismic_event_equal (whole->pdata[i], split->pdata[i]));
}

/* Our own limit on an answer's size splits just so. */
static void
test_split_size (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SeismicHttpLimits limits = seismic_http_limits_default ();
  limits.max_bytes = 30000; /* of some 900 an event */
  seismic_http_free (fixture->http);
  fixture->http = seismic_http_new (NULL, &limits);
  fdsn_stub_set (fixture->stub, "max-rows=0", &error);
  g_autoptr (GPtrArray) events = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 300);
  check_order (events);
}

/* The newest of a limit, and no request for what is older. */
static void
test_split_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->query.limit = 70;
  g_autoptr (GPtrArray) events = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 70);
  check_order (events);
  for (guint i = 0; i < 70; i++) {
    g_autofree char *id = g_strdup_printf ("%u", 72000300 - i);
    g_assert_cmpstr (((const SeismicEvent *)events->pdata[i])->id, ==, id);
  }
  g_assert_cmpuint (n_asked (fixture, "endtime=2015"), ==, 0);
}

/* A server that never finds it little enough. */
static void
test_split_no_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  add_rule (fixture, "status=413&reason=Over+the+limit");
  g_assert_null (ask_events (fixture, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_MUCH);
  g_assert_cmpstr (error->message, ==,
                   "127.0.0.1: too much asked for (413): Over the limit");
  g_assert_cmpuint (n_asked (fixture, NULL), <, 50);
}

static const FdsnStubSettings cut = {
    .n_events = 21000, .n_stations = 1, .seed = 4, .cut_rows = 10000};

/* 10,000 rows of 21,000 are no end; text, as it is faster. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->server.has_event_types = true;
  g_autoptr (GPtrArray) events = ask_events (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 21000);
  check_order (events);

  /* A limit of just that many is no cut. */
  fdsn_stub_forget_log (fixture->stub);
  fixture->query.limit = 10000;
  g_autoptr (GPtrArray) limited = ask_events (fixture, &error);
  g_assert_cmpuint (limited->len, ==, 10000);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 1);

  fixture->query.limit = 12000;
  g_autoptr (GPtrArray) more = ask_events (fixture, &error);
  g_assert_cmpuint (more->len, ==, 12000);
  for (guint i = 0; i < 12000; i++)
    g_assert_true (seismic_event_equal (more->pdata[i], events->pdata[i]));
}

static const Fault event_faults[] = {
    {"refused", "status=400&reason=Bad+minmag", SEISMIC_ERROR_REQUEST,
     "127.0.0.1: request refused (400): Bad minmag"},
    {"restricted", "status=403&reason=No", SEISMIC_ERROR_RESTRICTED,
     "127.0.0.1: restricted (403): No"},
    {"busy", "status=429&reason=Later", SEISMIC_ERROR_BUSY,
     "After 2 tries: 127.0.0.1: busy (429): Later"},
    {"html", "fault=html", SEISMIC_ERROR_NOT_DATA,
     "127.0.0.1: a web page instead of data"},
    {"garbage", "fault=garbage", SEISMIC_ERROR_NOT_DATA,
     "*: neither QuakeML nor event text"},
    {"empty", "body=", SEISMIC_ERROR_EMPTY, "*: an empty answer"},
    {"other-text", "body=Service+is+down", SEISMIC_ERROR_NOT_DATA,
     "*: neither QuakeML nor event text"},
};

static void
test_event_faults (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (event_faults); i++) {
    g_autoptr (GError) error = NULL;
    fdsn_stub_clear_rules (fixture->stub);
    add_rule (fixture, event_faults[i].rule);
    g_assert_null (ask_events (fixture, &error));
    check_error (fixture, &event_faults[i], error);
  }
}

/* Cut inside an element, unnoticed by HTTP. */
static void
test_cut_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  add_rule (fixture, "unframed=1&fault=cut&after=2000");
  g_assert_null (ask_events (fixture, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, ": Line "));
}

static bool
stop_at_once (const SeismicProgress *progress, void *user_data)
{
  size_t *n_done = user_data;
  *n_done = progress->done;
  return progress->done == 0;
}

static void
test_stop_events (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = NULL;
  size_t n_done = 0;
  g_assert_false (seismic_fdsn_events (fixture->http, &fixture->server, &fixture->query,
                                       NULL, stop_at_once, &n_done, &events, NULL,
                                       &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (events);
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (n_done, <=, 50);
}

static void
test_no_service (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->server.has_events = false;
  g_assert_null (ask_events (fixture, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("events", NULL, test_events);
  add ("filters", NULL, test_filters);
  add ("no-events", NULL, test_no_events);
  add ("date-line", NULL, test_date_line);
  add ("split", &many, test_split);
  add ("split-size", &many, test_split_size);
  add ("split-limit", &many, test_split_limit);
  add ("split-no-end", NULL, test_split_no_end);
  add ("cut", &cut, test_cut);
  add ("event-faults", NULL, test_event_faults);
  add ("cut-document", NULL, test_cut_document);
  add ("stop-events", &many, test_stop_events);
  add ("no-service", NULL, test_no_service);
  return g_test_run ();
}
