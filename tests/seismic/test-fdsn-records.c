#include "seismic/fdsn.h"
#include "seismic/miniseed.h"
#include "support/fdsn-fixture.h"

#include <string.h>

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
                               NULL, NULL, NULL, has_data, NULL, reply, url, error);
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
                                       NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (has_data);
  fixture->server.has_gathers = false;
  g_assert_false (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                        fixture->path, NULL, NULL, NULL, &has_data, NULL,
                                        NULL, NULL, &error));
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
                                        &has_data, NULL, NULL, NULL, &error));
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
test_no_service (Fixture *fixture, gconstpointer data)
{
  static const char *const stations[] = {"SY.S01", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (SeismicEvent) event = seismic_event_new ("1");
  bool has_data = false;
  fixture->server.has_waveforms = false;
  g_assert_false (seismic_fdsn_records (fixture->http, &fixture->server, event,
                                        fixture->path, NULL, NULL, NULL, &has_data, NULL,
                                        NULL, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_false (seismic_fdsn_stations (fixture->http, &fixture->server, stations, 0, 1,
                                         NULL, &found, &other_error));
  g_assert_error (other_error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
  g_assert_cmpuint (n_asked (fixture, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
