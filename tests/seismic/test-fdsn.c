#include "seismic/fdsn.h"
#include "seismic/error.h"
#include "seismic/miniseed.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

#include <math.h>
#include <string.h>

/* A stub, a client of it, and a folder. */
typedef struct {
  FdsnStub *stub;
  SeismicHttp *http;
  SeismicServer server;
  SeismicEventQuery query;
  char *folder, *path; /* of the records to come */
} Fixture;

static void
open_fixture (Fixture *fixture, const FdsnStubSettings *settings)
{
  g_autoptr (GError) error = NULL;
  const SeismicHttpLimits limits = {.connect_seconds = 5,
                                    .stall_seconds = 0.5,
                                    .stall_bytes_per_second = 100,
                                    .max_bytes = 4 << 20,
                                    .n_tries = 2,
                                    .back_off_seconds = 0.01,
                                    .max_wait_seconds = 1};
  fixture->stub = fdsn_stub_new (settings, &error);
  g_assert_no_error (error);
  fixture->http = seismic_http_new (NULL, &limits);
  seismic_fdsn_url_server (fdsn_stub_get_base (fixture->stub), &fixture->server, &error);
  g_assert_no_error (error);
  seismic_event_query_init (&fixture->query);
  fixture->folder = test_new_folder ();
  fixture->path = g_build_filename (fixture->folder, "part", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  open_fixture (fixture, data);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  seismic_event_query_clear (&fixture->query);
  seismic_http_free (fixture->http);
  fdsn_stub_free (fixture->stub);
  test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
add_rule (Fixture *fixture, const char *rule)
{
  g_autoptr (GError) error = NULL;
  fdsn_stub_add_rule (fixture->stub, rule, &error);
  g_assert_no_error (error);
}

static size_t
n_asked (Fixture *fixture, const char *match)
{
  return fdsn_stub_count (fixture->stub, match, false);
}

static GPtrArray *
ask_events (Fixture *fixture, GError **error)
{
  GPtrArray *events = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  if (seismic_fdsn_events (fixture->http, &fixture->server, &fixture->query, NULL, NULL,
                           NULL, &events, &skipped, error))
    g_assert_cmpuint (skipped->len, ==, 0);
  else
    g_assert_null (events);
  return events;
}

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

typedef struct {
  const char *name, *rule;
  int code;            /* SeismicError */
  const char *message; /* after the base where it begins with "*" */
} Fault;

static void
check_error (Fixture *fixture, const Fault *fault, const GError *error)
{
  g_assert_error (error, SEISMIC_ERROR, fault->code);
  g_autofree char *expected =
      fault->message[0] == '*'
          ? g_strconcat (fdsn_stub_get_base (fixture->stub), fault->message + 1, NULL)
          : g_strdup (fault->message);
  g_assert_cmpstr (error->message, ==, expected);
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
  bool has_data = false;
  g_autoptr (SeismicEvent) event = seismic_event_new ("1");
  fixture->server.has_events = fixture->server.has_waveforms = false;
  g_assert_null (ask_events (fixture, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_clear_error (&error);
  g_assert_false (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                        fixture->path, NULL, NULL, NULL, &has_data, NULL,
                                        NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 0);
}

/* An event as the stub knows it. */
static SeismicEvent *
get_event (Fixture *fixture, const char *id)
{
  g_autoptr (GPtrArray) events = ask_events (fixture, NULL);
  SeismicEvent *found = NULL;
  for (guint i = 0; i < events->len; i++) {
    const SeismicEvent *event = events->pdata[i];
    if (g_str_equal (event->id, id))
      found = seismic_event_copy (event);
  }
  g_assert_nonnull (found);
  fdsn_stub_forget_log (fixture->stub);
  return found;
}

static bool
ask_records (Fixture *fixture, const char *id, bool *has_data, SeismicHttpReply *reply,
             char **url, GError **error)
{
  g_autoptr (SeismicEvent) event = get_event (fixture, id);
  event->magnitude = 8.0; /* all stations are near enough */
  return seismic_fdsn_records (fixture->http, &fixture->server, event, fixture->path,
                               NULL, NULL, NULL, has_data, reply, url, error);
}

/* The file holds HNE, HNN, HNZ of each of the three stations, once, and no HHZ. */
static void
check_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) traces = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GHashTable) ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_bytes = 0;
  g_file_get_contents (fixture->path, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  seismic_miniseed_read ((const uint8_t *)bytes, n_bytes, &traces, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (traces->len, ==, 9);
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    g_assert_true (g_str_has_prefix (trace->channel, "HN"));
    g_assert_cmpuint (trace->n_samples, ==, 6000);
    g_assert_true (g_hash_table_add (ids, seismic_trace_seed_id (trace)));
  }
  g_autofree char *more = g_strconcat (fixture->path, "-more", NULL);
  g_assert_false (g_file_test (more, G_FILE_TEST_EXISTS));
}

static void
test_gather (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autofree char *url = NULL;
  bool has_data = false;
  g_assert_true (ask_records (fixture, "72000001", &has_data, &reply, &url, &error));
  g_assert_no_error (error);
  g_assert_true (has_data);
  check_file (fixture);
  g_autofree char *expected = g_strconcat (
      fdsn_stub_get_base (fixture->stub),
      "/ncedcws/eventdata/1/query?eventid=72000001&channel=HNE,HNN,HNZ,HN1,HN2,HN3",
      NULL);
  g_assert_cmpstr (url, ==, expected);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 1);
  g_assert_cmpint (reply.status, ==, 200);
  GStatBuf status;
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (reply.n_bytes, ==, (guint64)status.st_size);
}

/* Halves of the channels until they are single. */
static void
test_gather_split (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  bool has_data = false;
  add_rule (fixture, "match=HNN,HNZ&status=413");
  add_rule (fixture, "match=HNE,HNN&status=413");
  g_assert_true (ask_records (fixture, "72000001", &has_data, &reply, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (has_data);
  check_file (fixture);
  GStatBuf status;
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpuint (reply.n_bytes, ==, (guint64)status.st_size);
  /* All six, three, one, two (413 again), one, one, three. */
  g_assert_cmpuint (n_asked (fixture, "eventdata"), ==, 7);
}

static void
test_gather_too_much (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool has_data = false;
  add_rule (fixture, "match=channel=HNN&status=413&reason=Too+long");
  add_rule (fixture, "match=HNE,&status=413");
  g_assert_false (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_MUCH);
  g_assert_cmpstr (error->message, ==, "127.0.0.1: too much asked for (413): Too long");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* The same records by way of the stations around, where there are no gathers. */
static void
check_dataselect (Fixture *fixture, const char *expected_start)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  bool has_data = false;
  g_assert_true (ask_records (fixture, "72000001", &has_data, NULL, &url, &error));
  g_assert_no_error (error);
  g_assert_true (has_data);
  check_file (fixture);
  g_assert_cmpuint (n_asked (fixture, "/fdsnws/station"), ==, 1);
  g_assert_true (g_str_has_prefix (url, expected_start));
}

static const FdsnStubSettings near_by = {.n_events = 1, .n_stations = 3, .seed = 1};

static void
test_dataselect (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start =
      g_strconcat (fdsn_stub_get_base (fixture->stub), "/fdsnws/dataselect/", NULL);
  fixture->server.has_gathers = false;
  check_dataselect (fixture, start);
  g_assert_cmpuint (n_asked (fixture, "POST /fdsnws/dataselect"), ==, 1);
  g_assert_cmpuint (n_asked (fixture, "eventdata"), ==, 0);

  /* Halves of the stations. */
  fdsn_stub_forget_log (fixture->stub);
  add_rule (fixture, "match=dataselect&status=413&times=1");
  add_rule (fixture, "match=SY+S03&status=413&times=1");
  check_dataselect (fixture, start);
  g_assert_cmpuint (n_asked (fixture, "dataselect"), ==, 5);
}

static void
test_gather_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start =
      g_strconcat (fdsn_stub_get_base (fixture->stub), "/ncedcws/eventdata/", NULL);
  add_rule (fixture, "match=eventdata&status=204&times=1");
  check_dataselect (fixture, start);
  /* A server without the service, whose 404 is a page of its own. */
  fdsn_stub_forget_log (fixture->stub);
  add_rule (fixture, "match=eventdata&fault=html&status=404");
  check_dataselect (fixture, start);
}

static void
test_no_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool has_data = true;
  fdsn_stub_set (fixture->stub, "without=72000001", &error);
  g_assert_true (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (has_data);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (n_asked (fixture, "eventdata"), ==, 1);
  g_assert_cmpuint (n_asked (fixture, "dataselect"), ==, 1);

  /* Gathers alone, and none: an answer. Nothing at all: none. */
  has_data = true;
  add_rule (fixture, "match=/fdsnws/station&fault=html&status=404");
  g_assert_true (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_false (has_data);
  add_rule (fixture, "match=eventdata&fault=html&status=404");
  g_assert_false (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
}

static void
test_unplaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("4711");
  bool has_data = true;
  g_assert_true (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                       fixture->path, NULL, NULL, NULL, &has_data, NULL,
                                       NULL, &error));
  g_assert_no_error (error);
  g_assert_false (has_data);
  fixture->server.has_gathers = false;
  g_assert_false (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                        fixture->path, NULL, NULL, NULL, &has_data, NULL,
                                        NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 1);
}

static const Fault record_faults[] = {
    {"refused", "status=400&reason=Bad+event", SEISMIC_ERROR_REQUEST,
     "127.0.0.1: request refused (400): Bad event"},
    {"restricted", "status=401&reason=Members+only", SEISMIC_ERROR_RESTRICTED,
     "127.0.0.1: restricted (401): Members only"},
    {"busy", "status=503&reason=Later", SEISMIC_ERROR_BUSY,
     "After 2 tries: 127.0.0.1: busy (503): Later"},
    {"server", "status=500&reason=Ouch", SEISMIC_ERROR_SERVER,
     "After 2 tries: 127.0.0.1: server error (500): Ouch"},
    {"html", "fault=html", SEISMIC_ERROR_NOT_DATA,
     "127.0.0.1: a web page instead of data"},
    {"endless", "fault=endless", SEISMIC_ERROR_TOO_LARGE,
     "127.0.0.1: more than 4194304 bytes"},
    {"cut", "fault=cut&after=5000", SEISMIC_ERROR_NETWORK,
     "After 2 tries: 127.0.0.1: the connection ended after 5000 of 58368 bytes"},
};

static void
test_record_faults (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (record_faults); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (SeismicHttpReply) reply = {0};
    g_autofree char *url = NULL;
    g_autofree char *rule = g_strconcat ("match=eventdata&", record_faults[i].rule, NULL);
    bool has_data = true;
    fdsn_stub_clear_rules (fixture->stub);
    add_rule (fixture, rule);
    g_assert_false (ask_records (fixture, "72000001", &has_data, &reply, &url, &error));
    check_error (fixture, &record_faults[i], error);
    g_assert_true (has_data); /* untouched */
    g_assert_nonnull (url);
    g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  }
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool has_data = true;
  add_rule (fixture, "match=eventdata&fault=garbage");
  g_assert_false (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED);
  g_assert_true (g_str_has_prefix (error->message, fdsn_stub_get_base (fixture->stub)));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A body without a length that ends inside a record: asked for again. */
static void
test_unnoticed_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool has_data = false;
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=5000&times=1");
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=100&times=1");
  g_assert_true (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_no_error (error);
  check_file (fixture);
  g_assert_cmpuint (n_asked (fixture, "eventdata"), ==, 3);

  fdsn_stub_clear_rules (fixture->stub);
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=5000&times=1");
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=6000&times=1");
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=7000&times=1");
  g_assert_false (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  const Fault fault = {"", "", SEISMIC_ERROR_NETWORK,
                       "*: after 3 tries: the body ends inside a record"};
  check_error (fixture, &fault, error);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Twice the same end is the server's own. */
static void
test_tail_of_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool has_data = false;
  add_rule (fixture, "match=eventdata&unframed=1&fault=cut&after=5000");
  g_assert_true (ask_records (fixture, "72000001", &has_data, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (has_data);
  g_assert_cmpuint (n_asked (fixture, "eventdata"), ==, 2);
}

static bool
stop_records (const SeismicHttpProgress *progress, void *user_data)
{
  return progress->n_bytes == 0;
}

static void
test_stop_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicEvent) event = get_event (fixture, "72000001");
  bool has_data = false;
  add_rule (fixture, "match=eventdata&rate=20000");
  g_assert_false (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                        fixture->path, NULL, stop_records, NULL,
                                        &has_data, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_stations (Fixture *fixture, gconstpointer data)
{
  static const char *const some[] = {"SY.S01", "SY.S03", "SY.X99", NULL};
  static const char *const none[] = {"SY.X99", NULL};
  static const char *const mixed[] = {"SY.S02", "NC.JAS", NULL};
  static const char *const nothing[] = {NULL};
  const struct {
    const char *const *asked;
    guint n_found;
    const char *first;
  } cases[] = {{some, 2, "S01"}, {none, 0, NULL}, {mixed, 1, "S02"}, {nothing, 0, NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) found = NULL;
    g_assert_true (seismic_fdsn_stations (fixture->http, &fixture->server, cases[i].asked,
                                          TEST_START_NS, TEST_START_NS + 1000000000, NULL,
                                          &found, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (found->len, ==, cases[i].n_found);
    if (cases[i].n_found > 0) {
      const SeismicStation *station = found->pdata[0];
      g_assert_cmpstr (station->network, ==, "SY");
      g_assert_cmpstr (station->station, ==, cases[i].first);
      g_assert_cmpfloat (station->latitude, >, 36.0);
    }
  }
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 3);
}

static void
test_stations_split (Fixture *fixture, gconstpointer data)
{
  static const char *const all[] = {"SY.S01", "SY.S02", "SY.S03", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  add_rule (fixture, "match=S01,S02&status=413");
  g_assert_true (seismic_fdsn_stations (fixture->http, &fixture->server, all,
                                        TEST_START_NS, TEST_START_NS + 1000000000, NULL,
                                        &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 3);
  add_rule (fixture, "fault=garbage");
  g_assert_false (seismic_fdsn_stations (fixture->http, &fixture->server, all + 1,
                                         TEST_START_NS, TEST_START_NS + 1000000000, NULL,
                                         &found, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT);
}

static void
add (const char *name, const FdsnStubSettings *settings,
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/fdsn/", name, NULL);
  g_test_add (path, Fixture, settings, set_up, test, tear_down);
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
  add ("split-limit", &many, test_split_limit);
  add ("split-no-end", NULL, test_split_no_end);
  add ("cut", &cut, test_cut);
  add ("event-faults", NULL, test_event_faults);
  add ("cut-document", NULL, test_cut_document);
  add ("stop-events", &many, test_stop_events);
  add ("no-service", NULL, test_no_service);
  add ("gather", NULL, test_gather);
  add ("gather-split", NULL, test_gather_split);
  add ("gather-too-much", NULL, test_gather_too_much);
  add ("dataselect", &near_by, test_dataselect);
  add ("gather-missing", &near_by, test_gather_missing);
  add ("no-records", &near_by, test_no_records);
  add ("unplaced", NULL, test_unplaced);
  add ("record-faults", NULL, test_record_faults);
  add ("garbage", NULL, test_garbage);
  add ("unnoticed-cut", NULL, test_unnoticed_cut);
  add ("tail-of-its-own", NULL, test_tail_of_its_own);
  add ("stop-records", NULL, test_stop_records);
  add ("stations", NULL, test_stations);
  add ("stations-split", NULL, test_stations_split);
  return g_test_run ();
}
