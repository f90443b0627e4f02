#include "seismic/http.h"
#include "support/http-fixture.h"

#include <string.h>

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

/* A name with a part of 64 letters is none, which no name server need be asked. */
static void
test_unknown_host (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SeismicHttpLimits limits = test_limits ();
  limits.n_tries = 1;
  g_autoptr (SeismicHttp) http = seismic_http_new (NULL, &limits);
  g_autofree char *host = g_strnfill (64, 'x');
  g_autofree char *url = g_strdup_printf ("http://%s.invalid/", host);
  g_autofree char *expected =
      g_strdup_printf ("%s.invalid: the host is not known (", host);
  if (g_getenv ("http_proxy") != NULL || g_getenv ("all_proxy") != NULL ||
      g_getenv ("ALL_PROXY") != NULL) {
    g_test_skip ("a proxy would be asked");
    return;
  }
  g_assert_false (
      seismic_http_get_bytes (http, url, NULL, NULL, NULL, NULL, &bytes, NULL, &error));
  g_assert_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (error->message, expected));
}

/* In a process of its own, as it changes the environment: other hosts go by way of the
 * proxy, this machine does not. */
static void
test_proxy (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) there = NULL;
  g_autoptr (GBytes) here = NULL;
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }
  g_autoptr (FdsnStub) proxy = new_stub ("match=http://data.invalid/x&body=by+proxy");
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_setenv ("http_proxy", fdsn_stub_get_base (proxy), TRUE);
  g_unsetenv ("no_proxy");
  g_unsetenv ("NO_PROXY");
  g_autoptr (SeismicHttp) http = new_http ();
  g_assert_true (seismic_http_get_bytes (http, "http://data.invalid/x", NULL, NULL, NULL,
                                         NULL, &there, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (there, NULL), g_bytes_get_size (there), "by proxy",
                   8);
  here = get (http, stub, "/big?size=7", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (here), ==, 7);
  g_assert_cmpuint (fdsn_stub_count (proxy, NULL, false), ==, 1);
}

/* The server is told who asks, and that it may compress. */
static void
test_head (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = new_stub (NULL);
  g_autoptr (SeismicHttp) http = new_http ();
  g_autoptr (GBytes) bytes = get (http, stub, "/stub/head", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *head =
      g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (head, "\r\nUser-Agent: signal-autoencoder/"));
  g_assert_nonnull (strstr (head, " (+https://"));
  g_assert_nonnull (strstr (head, "gzip"));
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
  g_test_add_func ("/http/proxy", test_proxy);
  g_test_add_func ("/http/head", test_head);
  g_test_add_func ("/http/bad-addresses", test_bad_addresses);
  g_test_add_func ("/http/cancel", test_cancel);
  g_test_add_func ("/http/cancelled-before", test_cancelled_before);
  g_test_add_func ("/http/progress", test_progress);
  g_test_add_func ("/http/retry-date", test_retry_date);
  g_test_add_func ("/http/gate", test_gate);
  g_test_add_func ("/http/memory", test_memory);
  return g_test_run ();
}
