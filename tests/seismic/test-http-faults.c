/* Every fault a server or the way to it can have, and the error it is told as. */
#include "seismic/http.h"
#include "support/http-fixture.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *name = g_strconcat ("/http-faults/bytes/", faults[i].name, NULL);
    g_autofree char *file = g_strconcat ("/http-faults/file/", faults[i].name, NULL);
    g_test_add_data_func (name, &faults[i], test_fault);
    g_test_add_data_func (file, &faults[i], test_fault_file);
  }
  return g_test_run ();
}
