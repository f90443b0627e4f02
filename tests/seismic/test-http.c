#include "seismic/http.h"
#include "seismic/error.h"
#include "support/fdsn-stub.h"
#include "support/records.h"

#include <stdio.h>
#include <string.h>

/* Small, so that faults take fractions of a second. */
static SeismicHttpLimits
test_limits (void)
{
  return (SeismicHttpLimits){.connect_seconds = 5,
                             .stall_seconds = 0.4,
                             .stall_bytes_per_second = 100,
                             .max_bytes = 1 << 20,
                             .n_tries = 3,
                             .back_off_seconds = 0.01,
                             .max_wait_seconds = 2};
}

static FdsnStub *
new_stub (const char *rule)
{
  g_autoptr (GError) error = NULL;
  FdsnStub *stub = fdsn_stub_new (NULL, &error);
  g_assert_no_error (error);
  if (rule != NULL)
    fdsn_stub_add_rule (stub, rule, &error);
  g_assert_no_error (error);
  return stub;
}

static SeismicHttp *
new_http (void)
{
  const SeismicHttpLimits limits = test_limits ();
  return seismic_http_new (NULL, &limits);
}

static GBytes *
get (SeismicHttp *http, FdsnStub *stub, const char *target, SeismicHttpReply *reply,
     GError **error)
{
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), target, NULL);
  GBytes *bytes = NULL;
  if (!seismic_http_get_bytes (http, url, NULL, NULL, NULL, NULL, &bytes, reply, error))
    g_assert_null (bytes);
  return bytes;
}

typedef struct {
  const char *name, *rule;
  int code; /* SeismicError */
  const char *message;
  unsigned n_tries;
  const char *reason; /* of the reply */
} Fault;

static const Fault faults[] = {
    {"bad-request", "status=400&reason=minmag+is+no+number", SEISMIC_ERROR_REQUEST,
     "127.0.0.1: request refused (400): minmag is no number", 1, "minmag is no number"},
    {"not-found-html", "status=404&body=<html>nothing</html>&type=text/html",
     SEISMIC_ERROR_REQUEST, "127.0.0.1: request refused (404)", 1, NULL},
    {"unauthorized", "status=401&reason=Log+in", SEISMIC_ERROR_RESTRICTED,
     "127.0.0.1: restricted (401): Log in", 1, "Log in"},
    {"forbidden", "status=403&reason=Not+for+you", SEISMIC_ERROR_RESTRICTED,
     "127.0.0.1: restricted (403): Not for you", 1, "Not for you"},
    {"too-much", "status=413&reason=Over+10000", SEISMIC_ERROR_TOO_MUCH,
     "127.0.0.1: too much asked for (413): Over 10000", 1, "Over 10000"},
    {"too-long", "status=414&reason=Long+URL", SEISMIC_ERROR_TOO_MUCH,
     "127.0.0.1: too much asked for (414): Long URL", 1, "Long URL"},
    {"too-many-requests", "status=429&reason=Slow+down", SEISMIC_ERROR_BUSY,
     "After 3 tries: 127.0.0.1: busy (429): Slow down", 3, "Slow down"},
    {"unavailable", "status=503&reason=Maintenance", SEISMIC_ERROR_BUSY,
     "After 3 tries: 127.0.0.1: busy (503): Maintenance", 3, "Maintenance"},
    {"come-back-tomorrow", "status=503&retry-after=86400&reason=Maintenance",
     SEISMIC_ERROR_BUSY,
     "127.0.0.1: busy (503), to be asked again in 86400 s: Maintenance", 1,
     "Maintenance"},
    {"server-error", "status=500&reason=Out+of+memory", SEISMIC_ERROR_SERVER,
     "After 3 tries: 127.0.0.1: server error (500): Out of memory", 3, "Out of memory"},
    {"bad-gateway", "status=502&body=<html>502</html>", SEISMIC_ERROR_SERVER,
     "After 3 tries: 127.0.0.1: server error (502)", 3, NULL},
    {"gateway-timeout", "status=504&fault=html", SEISMIC_ERROR_SERVER,
     "After 3 tries: 127.0.0.1: server error (504)", 3, NULL},
    {"unexpected-status", "status=299&reason=What", SEISMIC_ERROR_SERVER,
     "127.0.0.1: unexpected status 299: What", 1, "What"},
    {"captive-portal", "fault=html", SEISMIC_ERROR_NOT_DATA,
     "127.0.0.1: a web page instead of data", 1, NULL},
    {"captive-portal-untyped", "fault=html&type=application/octet-stream",
     SEISMIC_ERROR_NOT_DATA, "127.0.0.1: a web page instead of data", 1, NULL},
    {"stall", "fault=stall&after=1000", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: stalled after 1000 of 4000 bytes", 3, NULL},
    {"silent", "fault=silent", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: stalled after 0 bytes, before the body's end", 3, NULL},
    {"slow", "rate=20", SEISMIC_ERROR_NETWORK, NULL, 3, NULL},
    {"cut", "fault=cut&after=1000", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: the connection ended after 1000 of 4000 bytes", 3, NULL},
    {"cut-chunks", "fault=cut&after=1000&chunked=1", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: the connection ended after 1000 bytes, before the body's "
     "end",
     3, NULL},
    {"length-too-long", "length=5000", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: stalled after 4000 of 5000 bytes", 3, NULL},
    {"too-large", "size=2000000", SEISMIC_ERROR_TOO_LARGE,
     "127.0.0.1: 2000000 bytes, more than 1048576", 1, NULL},
    {"endless", "fault=endless", SEISMIC_ERROR_TOO_LARGE,
     "127.0.0.1: more than 1048576 bytes", 1, NULL},
    {"gzip-bomb", "fault=bomb&size=8000000", SEISMIC_ERROR_TOO_LARGE,
     "127.0.0.1: more than 1048576 bytes", 1, NULL},
    {"damaged-gzip", "fault=garbage&header=Content-Encoding:+gzip", SEISMIC_ERROR_NETWORK,
     NULL, 3, NULL},
    {"redirect-loop", "redirect=loop", SEISMIC_ERROR_SERVER,
     "127.0.0.1: too many redirects (Maximum (5) redirects followed)", 1, NULL},
    {"redirect-to-file", "redirect=file:///etc/passwd", SEISMIC_ERROR_SERVER, NULL, 1,
     NULL},
    {"redirect-to-ftp", "redirect=ftp://127.0.0.1/", SEISMIC_ERROR_SERVER, NULL, 1, NULL},
    {"reset", "fault=reset", SEISMIC_ERROR_NETWORK,
     "After 3 tries: 127.0.0.1: the connection ended without an answer (Empty reply from "
     "server)",
     3, NULL},
    {"nonsense", "fault=nonsense", SEISMIC_ERROR_SERVER, NULL, 1, NULL},
    {"endless-head", "fault=headers", SEISMIC_ERROR_SERVER,
     "After 3 tries: 127.0.0.1: the answer's head has no end", 3, NULL},
    {"endless-refusal", "status=400&fault=stall&after=9999999&size=99999999",
     SEISMIC_ERROR_REQUEST, NULL, 1, NULL},
};

/* Messages that hold words of curl's own, which change: only their beginning. */
static const char *const beginnings[][2] = {
    {"slow", "After 3 tries: 127.0.0.1: stalled after "},
    {"damaged-gzip", "After 3 tries: 127.0.0.1: the compressed answer is damaged ("},
    {"redirect-to-file", "127.0.0.1: the answer is no HTTP, or sends us elsewhere than "
                         "to http and https ("},
    {"redirect-to-ftp", "127.0.0.1: the answer is no HTTP, or sends us elsewhere than to "
                        "http and https ("},
    {"nonsense", "127.0.0.1: the answer is no HTTP, or sends us elsewhere than to http "
                 "and https ("},
    {"endless-refusal", "127.0.0.1: request refused (400)"},
};

static void
check_message (const Fault *fault, const GError *error)
{
  if (fault->message != NULL)
    g_assert_cmpstr (error->message, ==, fault->message);
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++) {
    if (g_str_equal (beginnings[i][0], fault->name)) {
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, beginnings[i][1]));
    }
  }
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (FdsnStub) stub = new_stub (fault->rule);
  g_autoptr (SeismicHttp) http = new_http ();
  g_assert_null (get (http, stub, "/big?size=4000", &reply, &error));
  g_assert_error (error, SEISMIC_ERROR, fault->code);
  check_message (fault, error);
  g_assert_cmpuint (reply.n_tries, ==, fault->n_tries);
  g_assert_cmpstr (reply.reason, ==, fault->reason);
  if (!g_str_equal (fault->name, "redirect-loop"))
    g_assert_cmpuint (fdsn_stub_count (stub, NULL, false), ==, fault->n_tries);

  /* No fault spoils the handle for what comes next. */
  fdsn_stub_clear_rules (stub);
  g_autoptr (GBytes) bytes = get (http, stub, "/big?size=4000", NULL, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 4000);
}

/* The same faults leave no file behind. */
static void
test_fault_file (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = new_stub (fault->rule);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "part", NULL);
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), "/big?size=4000", NULL);
  bool has_data = true;
  g_assert_false (seismic_http_get_file (http, url, NULL, path, NULL, NULL, NULL,
                                         &has_data, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, fault->code);
  g_assert_true (has_data); /* untouched */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  test_remove_folder (folder);
}

static void
test_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autoptr (GBytes) bytes = get (http, stub, "/big?size=100000", &reply, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 100000);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  for (gsize i = 0; i < 100000; i++)
    g_assert_cmpuint (data[i], ==, i % 251);
  g_assert_cmpint (reply.status, ==, 200);
  g_assert_cmpuint (reply.n_bytes, ==, 100000);
  g_assert_cmpuint (reply.n_tries, ==, 1);
  g_assert_cmpstr (reply.content_type, ==, "application/octet-stream");
  g_assert_null (reply.reason);
}

/* Ways to send the same body that are no faults. */
static void
test_ways (void)
{
  static const char *const rules[] = {"chunked=1",
                                      "unframed=1",
                                      "rate=40000",
                                      "delay=0.2",
                                      "times=2&fault=cut&after=100",
                                      "times=2&status=503",
                                      "times=1&fault=silent"};
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (FdsnStub) stub = new_stub (rules[i]);
    g_autoptr (SeismicHttp) http = new_http ();
    g_autoptr (GBytes) bytes = get (http, stub, "/big?size=10000", NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (bytes), ==, 10000);
  }
}

static void
test_gzip (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  const char *target = "/fdsnws/event/1/query?format=text";
  g_autoptr (GBytes) plain = get (http, stub, target, NULL, &error);
  fdsn_stub_add_rule (stub, "gzip=1", &error);
  g_autoptr (GBytes) packed = get (http, stub, target, &reply, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, packed));
  g_assert_cmpuint (reply.n_bytes, ==, g_bytes_get_size (plain));
}

static void
test_no_data (void)
{
  static const char *const rules[] = {"status=204", "status=404&reason=No+data+found"};
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (GError) error = NULL;
    g_auto (SeismicHttpReply) reply = {0};
    g_autoptr (FdsnStub) stub = new_stub (rules[i]);
    g_autoptr (SeismicHttp) http = new_http ();
    g_autofree char *folder = test_new_folder ();
    g_autofree char *path = g_build_filename (folder, "part", NULL);
    g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), "/big?size=9", NULL);
    bool has_data = true;
    g_assert_null (get (http, stub, "/big?size=9", &reply, &error));
    g_assert_no_error (error);
    g_assert_cmpint (reply.status, ==, i == 0 ? 204 : 404);
    g_assert_true (seismic_http_get_file (http, url, NULL, path, NULL, NULL, NULL,
                                          &has_data, NULL, &error));
    g_assert_false (has_data);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_cmpuint (fdsn_stub_count (stub, NULL, false), ==, 2);
    test_remove_folder (folder);
  }
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (FdsnStub) stub = new_stub ("times=1&fault=cut&after=700000");
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "part", NULL);
  g_autofree char *url =
      g_strconcat (fdsn_stub_get_base (stub), "/big?size=1000000", NULL);
  g_autofree char *read = NULL;
  gsize n_read = 0;
  bool has_data = false;
  g_file_set_contents (path, "an older file", -1, &error);
  g_assert_true (seismic_http_get_file (http, url, NULL, path, NULL, NULL, NULL,
                                        &has_data, &reply, &error));
  g_assert_no_error (error);
  g_assert_true (has_data);
  g_assert_cmpuint (reply.n_tries, ==, 2);
  g_assert_true (g_file_get_contents (path, &read, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, 1000000);
  g_assert_cmpuint ((guint8)read[999999], ==, 999999 % (1 << 20) % 251);
  g_clear_error (&error);
  g_autofree char *nowhere = g_build_filename (folder, "no", "such", NULL);
  g_assert_false (seismic_http_get_file (http, url, NULL, nowhere, NULL, NULL, NULL,
                                         &has_data, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  test_remove_folder (folder);
}

static void
test_post (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *url =
      g_strconcat (fdsn_stub_get_base (stub), "/ncedcws/eventdata/1/query", NULL);
  g_assert_true (seismic_http_get_bytes (http, url, "eventid=72000001\nchannel=HNZ\n",
                                         NULL, NULL, NULL, &bytes, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (fdsn_stub_count (stub, "POST /ncedcws", true), ==, 1);
  g_assert_cmpuint (fdsn_stub_count (stub, "channel=HNZ", true), ==, 1);
}

/* A redirect to another path, with the POST's body still on board. */
static void
test_redirect (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *there =
      g_strconcat (fdsn_stub_get_base (stub), "/ncedcws/eventdata/1/query", NULL);
  g_autofree char *here = g_strconcat (fdsn_stub_get_base (stub), "/moved", NULL);
  g_autofree char *rule = g_strconcat ("match=/moved&redirect=", there, NULL);
  fdsn_stub_add_rule (stub, rule, &error);
  g_assert_true (seismic_http_get_bytes (http, here, "eventid=72000001\nchannel=HNZ\n",
                                         NULL, NULL, NULL, &bytes, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (fdsn_stub_count (stub, "POST /ncedcws", true), ==, 1);
}

/* One connection for all requests of a handle; three handles have three. */
static void
test_one_connection (void)
{
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  for (int i = 0; i < 5; i++) {
    g_autoptr (GBytes) bytes = get (http, stub, "/big?size=1000", NULL, NULL);
    g_assert_nonnull (bytes);
  }
  g_autofree char *log = fdsn_stub_log (stub);
  g_auto (GStrv) lines = g_strsplit (log, "\n", 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  for (int i = 0; i < 5; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 0);
    g_assert_cmpstr (words[1], ==, "1");
  }
}

static void
test_tls (void)
{
  FdsnStubSettings settings = fdsn_stub_default ();
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  settings.tls = true;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (&settings, &error);
  if (stub == NULL) {
    g_test_skip (error->message);
    return;
  }
  g_autoptr (SeismicHttp) http = new_http ();
  g_assert_null (get (http, stub, "/big?size=10", &reply, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NETWORK);
  g_test_message ("%s", error->message);
  g_assert_true (
      g_str_has_prefix (error->message, "127.0.0.1: its certificate is not trusted ("));
  g_assert_cmpuint (reply.n_tries, ==, 1);
  g_assert_cmpuint (fdsn_stub_count (stub, NULL, false), ==, 0);
}

static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (SeismicHttp) http = new_http ();
  FdsnStub *stub = new_stub (NULL);
  g_autofree char *url = g_strdup (fdsn_stub_get_base (stub));
  fdsn_stub_free (stub);
  g_assert_false (
      seismic_http_get_bytes (http, url, NULL, NULL, NULL, NULL, &bytes, &reply, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NETWORK);
  g_assert_true (
      g_str_has_prefix (error->message, "After 3 tries: 127.0.0.1: no connection ("));
  g_assert_cmpuint (reply.n_tries, ==, 3);
}

/* No name server is asked for ".invalid" (RFC 6761), or it says no. */
static void
test_unknown_host (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SeismicHttpLimits limits = test_limits ();
  limits.n_tries = 1;
  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, &limits);
  if (g_getenv ("http_proxy") != NULL || g_getenv ("all_proxy") != NULL) {
    g_test_skip ("a proxy would be asked");
    return;
  }
  g_assert_false (seismic_http_get_bytes (http, "http://nobody.invalid/", NULL, NULL,
                                          NULL, NULL, &bytes, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (error->message, "nobody.invalid: "));
}

static void
test_bad_addresses (void)
{
  static const char *const urls[] = {
      "file:///etc/passwd", "ftp://x/",           "", "x", "http://",
      "http:///x",          "gopher://127.0.0.1/"};
  g_autoptr (SeismicHttp) http = new_http ();
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *message =
        g_strdup_printf ("\"%s\" is no http or https address", urls[i]);
    g_assert_false (seismic_http_get_bytes (http, urls[i], NULL, NULL, NULL, NULL, &bytes,
                                            NULL, &error));
    g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST);
    g_assert_cmpstr (error->message, ==, message);
  }
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (150000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Whatever is waited for, a stop is heard. */
static void
test_cancel (void)
{
  static const char *const rules[] = {"fault=stall&after=100",
                                      "fault=silent",
                                      "rate=50000",
                                      "fault=endless&rate=99",
                                      "status=503",
                                      "status=503&retry-after=100",
                                      "delay=60",
                                      "fault=endless&rate=10000000"};
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GBytes) bytes = NULL;
    SeismicHttpLimits limits = test_limits ();
    limits.stall_seconds = limits.back_off_seconds = limits.max_wait_seconds = 1000;
    limits.max_bytes = UINT64_MAX;
    g_autoptr (FdsnStub) stub = new_stub (rules[i]);
    g_autoptr (SeismicHttp) http = seismic_http_new (NULL, &limits);
    g_autofree char *url =
        g_strconcat (fdsn_stub_get_base (stub), "/big?size=10000000", NULL);
    GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);
    g_assert_false (seismic_http_get_bytes (http, url, NULL, cancellable, NULL, NULL,
                                            &bytes, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_thread_join (thread);
  }
}

static void
test_cancelled_before (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), "/big?size=1", NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (seismic_http_get_bytes (http, url, NULL, cancellable, NULL, NULL,
                                          &bytes, &reply, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (reply.n_tries, ==, 0);
  g_assert_cmpuint (fdsn_stub_count (stub, NULL, false), ==, 0);
}

typedef struct {
  unsigned n_calls, n_waits, stop_at, max_try;
  uint64_t n_bytes, n_total;
  double wait_seconds;
} Seen;

static bool
see (const SeismicHttpProgress *progress, void *user_data)
{
  Seen *seen = user_data;
  seen->n_calls++;
  seen->max_try = MAX (seen->max_try, progress->try_number);
  if (progress->wait_seconds > 0.0) {
    seen->n_waits++;
    seen->wait_seconds = MAX (seen->wait_seconds, progress->wait_seconds);
  } else {
    seen->n_bytes = MAX (seen->n_bytes, progress->n_bytes);
    seen->n_total = MAX (seen->n_total, progress->n_total);
  }
  return seen->stop_at == 0 || seen->n_calls < seen->stop_at;
}

static void
test_progress (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FdsnStub) stub = new_stub ("status=503&retry-after=1&times=1");
  g_autoptr (SeismicHttp) http = new_http ();
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), "/big?size=20000", NULL);
  Seen seen = {0};
  fdsn_stub_add_rule (stub, "rate=40000", &error);
  g_assert_true (
      seismic_http_get_bytes (http, url, NULL, NULL, see, &seen, &bytes, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n_waits, >=, 3);
  g_assert_cmpfloat (seen.wait_seconds, <=, 1.0);
  g_assert_cmpfloat (seen.wait_seconds, >, 0.5); /* one second, not the back-off */
  g_assert_cmpuint (seen.max_try, ==, 2);
  g_assert_cmpuint (seen.n_bytes, >, 0);
  g_assert_cmpuint (seen.n_total, ==, 20000);

  g_clear_pointer (&bytes, g_bytes_unref);
  seen = (Seen){.stop_at = 2};
  g_assert_false (
      seismic_http_get_bytes (http, url, NULL, NULL, see, &seen, &bytes, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (seen.n_calls, ==, 2);
}

/* Retry-After as a date, two seconds ahead. */
static void
test_retry_date (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SeismicHttpLimits limits = test_limits ();
  limits.max_wait_seconds = 5;
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, &limits);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 2);
  g_autofree char *date = g_date_time_format (later, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *escaped = g_uri_escape_string (date, NULL, FALSE);
  g_autofree char *rule = g_strconcat ("times=1&status=429&retry-after=", escaped, NULL);
  g_autofree char *url = g_strconcat (fdsn_stub_get_base (stub), "/big?size=9", NULL);
  Seen seen = {0};
  fdsn_stub_add_rule (stub, rule, &error);
  g_assert_true (
      seismic_http_get_bytes (http, url, NULL, NULL, see, &seen, &bytes, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (seen.wait_seconds, >, 0.1); /* the back-off is 0.01 s */
  g_assert_cmpfloat (seen.wait_seconds, <=, 2.0);
  g_assert_cmpuint (fdsn_stub_count (stub, NULL, false), ==, 2);

  /* A date gone by is no reason to wait. */
  fdsn_stub_clear_rules (stub);
  fdsn_stub_add_rule (
      stub, "times=1&status=429&retry-after=Mon,+01+Jan+2001+00:00:00+GMT", &error);
  g_clear_pointer (&bytes, g_bytes_unref);
  g_assert_true (
      seismic_http_get_bytes (http, url, NULL, NULL, NULL, NULL, &bytes, NULL, &error));
  g_assert_no_error (error);
}

typedef struct {
  SeismicHttpGate *gate;
  FdsnStub *stub;
} Worker;

static gpointer
run_worker (gpointer data)
{
  const Worker *worker = data;
  const SeismicHttpLimits limits = test_limits ();
  g_autoptr (SeismicHttp) http = seismic_http_new (worker->gate, &limits);
  for (int i = 0; i < 3; i++) {
    g_autoptr (GBytes) bytes = get (http, worker->stub, "/big?size=100", NULL, NULL);
    g_assert_nonnull (bytes);
  }
  return NULL;
}

/* Three workers share a gate of 20 a second: nine requests take 0.4 s or more. */
static void
test_gate (void)
{
  g_autoptr (SeismicHttpGate) gate = seismic_http_gate_new (20.0);
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  Worker worker = {gate, stub};
  GThread *threads[3];
  const int64_t begin_us = g_get_monotonic_time ();
  for (int i = 0; i < 3; i++)
    threads[i] = g_thread_new ("worker", run_worker, &worker);
  for (int i = 0; i < 3; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, >=, 400000);
  g_assert_cmpuint (fdsn_stub_count (stub, NULL, true), ==, 9);
}

/* Peak of resident memory, kB; 0 where it cannot be known. */
static guint64
peak_memory (void)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *line = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return line != NULL ? g_ascii_strtoull (line + 6, NULL, 10) : 0;
}

static void
test_memory (void)
{
  const guint64 n_bytes = UINT64_C (256) << 20;
  g_autoptr (GError) error = NULL;
  g_auto (SeismicHttpReply) reply = {0};
  SeismicHttpLimits limits = test_limits ();
  limits.max_bytes = UINT64_MAX;
  limits.stall_seconds = 60;
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, &limits);
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "part", NULL);
  g_autofree char *url = g_strdup_printf ("%s/big?size=%" G_GUINT64_FORMAT,
                                          fdsn_stub_get_base (stub), n_bytes);
  bool has_data = false;
  const guint64 before = peak_memory ();
  g_assert_true (seismic_http_get_file (http, url, NULL, path, NULL, NULL, NULL,
                                        &has_data, &reply, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (reply.n_bytes, ==, n_bytes);
  if (before > 0) /* stub and client together */
    g_assert_cmpuint (peak_memory () - before, <, 64 << 10);
  test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/bytes", test_bytes);
  g_test_add_func ("/http/ways", test_ways);
  g_test_add_func ("/http/gzip", test_gzip);
  g_test_add_func ("/http/no-data", test_no_data);
  g_test_add_func ("/http/file", test_file);
  g_test_add_func ("/http/post", test_post);
  g_test_add_func ("/http/redirect", test_redirect);
  g_test_add_func ("/http/one-connection", test_one_connection);
  g_test_add_func ("/http/tls", test_tls);
  g_test_add_func ("/http/nobody-there", test_nobody_there);
  g_test_add_func ("/http/unknown-host", test_unknown_host);
  g_test_add_func ("/http/bad-addresses", test_bad_addresses);
  g_test_add_func ("/http/cancel", test_cancel);
  g_test_add_func ("/http/cancelled-before", test_cancelled_before);
  g_test_add_func ("/http/progress", test_progress);
  g_test_add_func ("/http/retry-date", test_retry_date);
  g_test_add_func ("/http/gate", test_gate);
  g_test_add_func ("/http/memory", test_memory);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *name = g_strconcat ("/http/fault/", faults[i].name, NULL);
    g_autofree char *file = g_strconcat ("/http/fault-file/", faults[i].name, NULL);
    g_test_add_data_func (name, &faults[i], test_fault);
    g_test_add_data_func (file, &faults[i], test_fault_file);
  }
  return g_test_run ();
}
