#include "seismic/http.h"
#include "seismic/error.h"
#include "seismic/http-body.h"
#include "seismic/http-gate.h"

#include <curl/curl.h>
#include <math.h>
#include <string.h>

#define MAX_REDIRECTS 5
#define MAX_REFUSAL_BYTES 16384
#define MAX_HEAD_BYTES 65536 /* of all redirects together */
#define POLL_MS 50
#define PROGRESS_US 100000

struct SeismicHttp {
  SeismicHttpGate *gate; /* may be NULL */
  SeismicHttpLimits limits;
  CURLM *multi; /* holds the connections */
  CURL *easy;
  struct curl_slist *post_headers;
  char message[CURL_ERROR_SIZE];
};

typedef enum { RUNNING, CANCELLED, STALLED, BROKEN_SINK, REFUSED, LONG_HEAD } Stop;

/* One call, and its try at hand. */
typedef struct {
  SeismicHttp *http;
  const char *post_body;
  const char *url, *host; /* borrowed */
  GCancellable *cancellable;
  SeismicHttpProgressFunc progress;
  void *user_data;
  SeismicHttpBody *body; /* borrowed */
  SeismicHttpReply reply;
  int64_t begin_us;
  /* Of the try. */
  Stop stop;
  GError *sink_error;
  GByteArray *refusal; /* body of an answer that is no data */
  int64_t refusal_us;  /* when it began, 0 before */
  int64_t mark_us;     /* when the speed was last known to be good */
  int64_t told_us;
  uint64_t mark_bytes;
  size_t n_head;
  double retry_after; /* seconds, 0: not told */
} Call;

typedef enum { ANSWERED, NO_DATA, AGAIN, GIVE_UP } Outcome;

SeismicHttpLimits
seismic_http_limits_default (void)
{
  return (SeismicHttpLimits){.connect_seconds = 30,
                             .stall_seconds = 60,
                             .stall_bytes_per_second = 100,
                             .max_bytes = UINT64_C (4) << 30,
                             .n_tries = 4,
                             .back_off_seconds = 2,
                             .max_wait_seconds = 120};
}

void
seismic_http_reply_clear (SeismicHttpReply *reply)
{
  g_clear_pointer (&reply->reason, g_free);
}

static long
get_status (const Call *call)
{
  long status = 0;
  curl_easy_getinfo (call->http->easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

static int64_t
get_number (const Call *call, CURLINFO what)
{
  curl_off_t number = 0;
  curl_easy_getinfo (call->http->easy, what, &number);
  return (int64_t)number;
}

static bool
is_data (long status)
{
  return status == 200 || status == 203;
}

/* Bytes of an answer that is no data: the reason is among the first. */
static size_t
take_refusal (Call *call, const char *bytes, size_t n)
{
  if (call->refusal_us == 0)
    call->refusal_us = g_get_monotonic_time ();
  g_byte_array_append (call->refusal, (const guint8 *)bytes,
                       (guint)MIN (n, MAX_REFUSAL_BYTES - call->refusal->len));
  if (call->refusal->len < MAX_REFUSAL_BYTES)
    return n;
  call->stop = REFUSED;
  return 0;
}

/* curl's write function: fewer than n end the transfer. */
static size_t
take_bytes (char *bytes, size_t size, size_t n, void *data)
{
  Call *call = data;
  n *= size;
  if (!is_data (get_status (call)))
    return take_refusal (call, bytes, n);
  const int64_t total = get_number (call, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
  if (total > 0 && (uint64_t)total > seismic_http_body_get_max (call->body))
    g_set_error (&call->sink_error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "%" G_GINT64_FORMAT " bytes, more than %" G_GUINT64_FORMAT, total,
                 seismic_http_body_get_max (call->body));
  else if (seismic_http_body_write (call->body, bytes, n, &call->sink_error))
    return n;
  call->stop = BROKEN_SINK;
  return 0;
}

/* Keeps nothing, but sees to it that the head has an end. */
static size_t
take_head (char *bytes, size_t size, size_t n, void *data)
{
  Call *call = data;
  n *= size;
  call->n_head += n;
  if (call->n_head <= MAX_HEAD_BYTES)
    return n;
  call->stop = LONG_HEAD;
  return 0;
}

/* Connections to this machine never take a proxy's detour. */
static bool
is_loopback (const char *host)
{
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_str_has_prefix (host, "127.") ||
         g_str_equal (host, "::1");
}

static gpointer
init_curl (gpointer data)
{
  curl_global_init (CURL_GLOBAL_DEFAULT);
  return NULL;
}

static void
set_lasting_options (SeismicHttp *http)
{
  CURL *easy = http->easy;
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (easy, CURLOPT_MAXREDIRS, (long)MAX_REDIRECTS);
  curl_easy_setopt (easy, CURLOPT_POSTREDIR,
                    (long)(CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, ""); /* all that curl knows */
  curl_easy_setopt (easy, CURLOPT_USERAGENT, SEISMIC_USER_AGENT);
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, 256L << 10);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS,
                    (long)MAX (http->limits.connect_seconds * 1000.0, 1.0));
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, http->message);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, take_head);
#if LIBCURL_VERSION_NUM >= 0x075700
  /* A stop does not wait for a name that is being looked up. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

SeismicHttp *
seismic_http_new (SeismicHttpGate *gate, const SeismicHttpLimits *limits)
{
  static GOnce once = G_ONCE_INIT;
  SeismicHttp *http = g_new0 (SeismicHttp, 1);
  g_once (&once, init_curl, NULL);
  http->gate = gate != NULL ? seismic_http_gate_ref (gate) : NULL;
  http->limits = limits != NULL ? *limits : seismic_http_limits_default ();
  http->limits.n_tries = MAX (http->limits.n_tries, 1);
  http->multi = curl_multi_init ();
  http->easy = curl_easy_init ();
  if (http->multi == NULL || http->easy == NULL)
    g_error ("libcurl has no memory"); /* as g_malloc does */
  http->post_headers = curl_slist_append (NULL, "Content-Type: text/plain");
  http->post_headers = curl_slist_append (http->post_headers, "Expect:");
  set_lasting_options (http);
  return http;
}

void
seismic_http_free (SeismicHttp *http)
{
  if (http == NULL)
    return;
  curl_easy_cleanup (http->easy);
  curl_multi_cleanup (http->multi);
  curl_slist_free_all (http->post_headers);
  seismic_http_gate_unref (http->gate);
  g_free (http);
}

/* FALSE if the user wants to stop. */
static bool
tell (Call *call, double wait_seconds)
{
  const int64_t now_us = g_get_monotonic_time ();
  if (g_cancellable_is_cancelled (call->cancellable))
    return false;
  if (call->progress == NULL || now_us - call->told_us < PROGRESS_US)
    return true;
  call->told_us = now_us;
  SeismicHttpProgress progress = {.wait_seconds = wait_seconds,
                                  .try_number = call->reply.n_tries};
  if (wait_seconds <= 0.0) {
    const int64_t total = get_number (call, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    progress.n_bytes = (uint64_t)get_number (call, CURLINFO_SIZE_DOWNLOAD_T);
    progress.n_total = (uint64_t)MAX (total, 0);
  }
  return call->progress (&progress, call->user_data);
}

/* Waits, also for as long as the gate is held. FALSE if the user wants to stop. */
static bool
wait_until (Call *call, int64_t until_us)
{
  for (;;) {
    const int64_t now_us = g_get_monotonic_time ();
    const int64_t held_us = seismic_http_gate_held_until (call->http->gate);
    const int64_t end_us = MAX (until_us, held_us);
    if (g_cancellable_is_cancelled (call->cancellable))
      return false;
    if (now_us >= end_us)
      return true;
    if (!tell (call, (double)(end_us - now_us) / 1e6))
      return false;
    g_usleep ((gulong)MIN (end_us - now_us, POLL_MS * 1000));
  }
}

/* Whether too little came for too long. Before the connection stands its own limit
 * holds. */
static bool
is_stalled (Call *call, int64_t now_us)
{
  const SeismicHttpLimits *limits = &call->http->limits;
  const uint64_t n = (uint64_t)get_number (call, CURLINFO_SIZE_DOWNLOAD_T);
  const double enough = (double)limits->stall_bytes_per_second * limits->stall_seconds;
  if (get_number (call, CURLINFO_PRETRANSFER_TIME_T) == 0 || n < call->mark_bytes ||
      (double)(n - call->mark_bytes) >= MAX (enough, 1.0)) {
    call->mark_us = now_us;
    call->mark_bytes = n;
  }
  return (double)(now_us - call->mark_us) / 1e6 > limits->stall_seconds;
}

static void
look_around (Call *call)
{
  const int64_t now_us = g_get_monotonic_time ();
  if (call->stop != RUNNING)
    return;
  if (!tell (call, 0.0))
    call->stop = CANCELLED;
  else if (call->refusal_us > 0 &&
           (double)(now_us - call->refusal_us) / 1e6 > call->http->limits.stall_seconds)
    call->stop = REFUSED; /* the status is known, its text can be done without */
  else if (is_stalled (call, now_us))
    call->stop = STALLED;
}

static void
set_options (Call *call)
{
  CURL *easy = call->http->easy;
  call->http->message[0] = '\0';
  curl_easy_setopt (easy, CURLOPT_URL, call->url);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, call);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, call);
  curl_easy_setopt (easy, CURLOPT_PROXY, is_loopback (call->host) ? "" : NULL);
  if (call->post_body != NULL) {
    curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE,
                      (curl_off_t)strlen (call->post_body));
    curl_easy_setopt (easy, CURLOPT_POSTFIELDS, call->post_body);
    curl_easy_setopt (easy, CURLOPT_HTTPHEADER, call->http->post_headers);
  } else {
    curl_easy_setopt (easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt (easy, CURLOPT_HTTPHEADER, NULL);
  }
}

/* Runs one transfer to its end or to a stop. */
static CURLcode
transfer (Call *call)
{
  SeismicHttp *http = call->http;
  CURLcode code = CURLE_OK;
  int n_running = 1, n_left = 0;
  set_options (call);
  call->mark_us = g_get_monotonic_time ();
  call->mark_bytes = 0;
  if (curl_multi_add_handle (http->multi, http->easy) != CURLM_OK)
    return CURLE_FAILED_INIT;
  while (call->stop == RUNNING && n_running > 0) {
    if (curl_multi_perform (http->multi, &n_running) != CURLM_OK) {
      code = CURLE_FAILED_INIT;
      break;
    }
    look_around (call);
    if (call->stop == RUNNING && n_running > 0)
      curl_multi_poll (http->multi, NULL, 0, POLL_MS, NULL);
  }
  for (CURLMsg *told; (told = curl_multi_info_read (http->multi, &n_left)) != NULL;) {
    if (told->msg == CURLMSG_DONE)
      code = told->data.result;
  }
  curl_multi_remove_handle (http->multi, http->easy);
  return code;
}

static void set_error (Call *call, GError **error, SeismicError code, const char *format,
                       ...) G_GNUC_PRINTF (4, 5);

static void
set_error (Call *call, GError **error, SeismicError code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, SEISMIC_ERROR, code, "%s: %s%s%s", call->host, what,
               call->reply.reason != NULL ? ": " : "",
               call->reply.reason != NULL ? call->reply.reason : "");
}

/* "the connection ended after 10 of 400 bytes". */
static void
set_short (Call *call, GError **error, const char *what)
{
  const int64_t n = get_number (call, CURLINFO_SIZE_DOWNLOAD_T);
  const int64_t total = get_number (call, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
  if (total > 0)
    set_error (call, error, SEISMIC_ERROR_NETWORK,
               "%s after %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes", what, n,
               total);
  else
    set_error (call, error, SEISMIC_ERROR_NETWORK,
               "%s after %" G_GINT64_FORMAT " bytes, before the body's end", what, n);
}

/* What of curl's failures will be the same the next time, and what they mean. */
static const struct {
  CURLcode curl;
  SeismicError code;
  Outcome outcome;
  const char *what;
} failures[] = {
    {CURLE_URL_MALFORMAT, SEISMIC_ERROR_REQUEST, GIVE_UP, "not a URL"},
    {CURLE_PEER_FAILED_VERIFICATION, SEISMIC_ERROR_NETWORK, GIVE_UP,
     "its certificate is not trusted"},
    {CURLE_SSL_CACERT_BADFILE, SEISMIC_ERROR_NETWORK, GIVE_UP,
     "the certificates of this system cannot be read"},
    {CURLE_UNSUPPORTED_PROTOCOL, SEISMIC_ERROR_SERVER, GIVE_UP,
     "the answer is no HTTP, or sends us elsewhere than to http and https"},
    {CURLE_TOO_MANY_REDIRECTS, SEISMIC_ERROR_SERVER, GIVE_UP, "too many redirects"},
    {CURLE_COULDNT_RESOLVE_HOST, SEISMIC_ERROR_NETWORK, AGAIN, "the host is not known"},
    {CURLE_COULDNT_RESOLVE_PROXY, SEISMIC_ERROR_NETWORK, AGAIN, "the proxy is not known"},
    {CURLE_COULDNT_CONNECT, SEISMIC_ERROR_NETWORK, AGAIN, "no connection"},
    {CURLE_OPERATION_TIMEDOUT, SEISMIC_ERROR_NETWORK, AGAIN, "no connection in time"},
    {CURLE_SSL_CONNECT_ERROR, SEISMIC_ERROR_NETWORK, AGAIN, "no secure connection"},
    {CURLE_GOT_NOTHING, SEISMIC_ERROR_NETWORK, AGAIN,
     "the connection ended without an answer"},
    {CURLE_BAD_CONTENT_ENCODING, SEISMIC_ERROR_NETWORK, AGAIN,
     "the compressed answer is damaged"},
};

static Outcome
judge_failure (Call *call, CURLcode code, GError **error)
{
  if (code == CURLE_PARTIAL_FILE) {
    set_short (call, error, "the connection ended");
    return AGAIN;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    if (failures[i].curl == code) {
      set_error (call, error, failures[i].code, "%s (%s)", failures[i].what,
                 call->http->message[0] != '\0' ? call->http->message
                                                : curl_easy_strerror (code));
      return failures[i].outcome;
    }
  }
  set_error (call, error, SEISMIC_ERROR_NETWORK, "the connection broke (%s)",
             call->http->message[0] != '\0' ? call->http->message
                                            : curl_easy_strerror (code));
  return AGAIN;
}

static Outcome
judge_status (Call *call, GError **error)
{
  const long status = call->reply.status;
  if (status == 204 || (status == 404 && seismic_http_body_says_no_data (
                                             call->refusal->data, call->refusal->len)))
    return NO_DATA;
  call->reply.reason = seismic_http_body_reason (call->refusal->data, call->refusal->len);
  if (status == 401 || status == 403)
    set_error (call, error, SEISMIC_ERROR_RESTRICTED, "restricted (%ld)", status);
  else if (status == 413 || status == 414)
    set_error (call, error, SEISMIC_ERROR_TOO_MUCH, "too much asked for (%ld)", status);
  else if (status == 429 || status == 503) {
    set_error (call, error, SEISMIC_ERROR_BUSY, "busy (%ld)", status);
    return AGAIN;
  } else if (status == 407)
    set_error (call, error, SEISMIC_ERROR_NETWORK, "the proxy wants a password (407)");
  else if (status == 408 || status >= 500) {
    set_error (call, error, SEISMIC_ERROR_SERVER, "server error (%ld)", status);
    return AGAIN;
  } else if (status >= 400)
    set_error (call, error, SEISMIC_ERROR_REQUEST, "request refused (%ld)", status);
  else
    set_error (call, error, SEISMIC_ERROR_SERVER, "unexpected status %ld", status);
  return GIVE_UP;
}

static Outcome
judge (Call *call, CURLcode code, GError **error)
{
  if (call->stop == CANCELLED) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
    return GIVE_UP;
  }
  if (call->stop == BROKEN_SINK) {
    g_propagate_prefixed_error (error, g_steal_pointer (&call->sink_error),
                                "%s: ", call->host);
    return GIVE_UP;
  }
  if (call->stop == LONG_HEAD) {
    set_error (call, error, SEISMIC_ERROR_SERVER, "the answer's head has no end");
    return AGAIN;
  }
  if (call->stop == STALLED) {
    set_short (call, error, "stalled");
    return AGAIN;
  }
  if (call->stop != REFUSED && code != CURLE_OK &&
      (is_data (call->reply.status) || call->refusal->len == 0))
    return judge_failure (call, code, error);
  if (!is_data (call->reply.status))
    return judge_status (call, error);
  if (seismic_http_body_is_html (call->body, call->reply.content_type)) {
    set_error (call, error, SEISMIC_ERROR_NOT_DATA, "a web page instead of data");
    return GIVE_UP;
  }
  return ANSWERED;
}

static Outcome
try_once (Call *call, GError **error)
{
  char *type = NULL;
  call->stop = RUNNING;
  call->refusal_us = 0;
  call->n_head = 0;
  g_byte_array_set_size (call->refusal, 0);
  g_clear_pointer (&call->reply.reason, g_free);
  call->reply.n_tries++;
  if (!seismic_http_body_restart (call->body, error))
    return GIVE_UP;
  const CURLcode code = transfer (call);
  call->reply.status = get_status (call);
  call->reply.n_bytes = seismic_http_body_get_size (call->body);
  call->retry_after = (double)get_number (call, CURLINFO_RETRY_AFTER);
  curl_easy_getinfo (call->http->easy, CURLINFO_CONTENT_TYPE, &type);
  g_strlcpy (call->reply.content_type, type != NULL ? type : "",
             sizeof call->reply.content_type);
  return judge (call, code, error);
}

/* Seconds before the next try. */
static double
back_off (const Call *call)
{
  const SeismicHttpLimits *limits = &call->http->limits;
  const double doubled =
      limits->back_off_seconds * exp2 ((double)call->reply.n_tries - 1.0);
  if (call->retry_after > 0.0)
    return call->retry_after;
  return MIN (doubled, limits->max_wait_seconds) * g_random_double_range (0.5, 1.5);
}

/* Tries as often as it is worth it. */
static Outcome
try_often (Call *call, GError **error)
{
  const SeismicHttpLimits *limits = &call->http->limits;
  for (;;) {
    g_autoptr (GError) reason = NULL;
    const int64_t turn_us =
        seismic_http_gate_take (call->http->gate, g_get_monotonic_time ());
    if (!wait_until (call, turn_us)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return GIVE_UP;
    }
    const Outcome outcome = try_once (call, &reason);
    if (outcome != AGAIN) {
      if (reason != NULL)
        g_propagate_error (error, g_steal_pointer (&reason));
      return outcome;
    }
    if (call->retry_after > limits->max_wait_seconds) {
      set_error (call, error, SEISMIC_ERROR_BUSY,
                 "busy (%ld), to be asked again in %.0f s", call->reply.status,
                 call->retry_after);
      return GIVE_UP;
    }
    const int64_t next_us = g_get_monotonic_time () + (int64_t)(back_off (call) * 1e6);
    /* What the server wishes holds for all. */
    if (call->retry_after > 0.0)
      seismic_http_gate_hold (call->http->gate, next_us);
    if (call->reply.n_tries >= limits->n_tries) {
      g_propagate_error (error, g_steal_pointer (&reason));
      if (call->reply.n_tries > 1)
        g_prefix_error (error, "After %u tries: ", call->reply.n_tries);
      return GIVE_UP;
    }
    if (!wait_until (call, next_us)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return GIVE_UP;
    }
  }
}

static char *
host_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) &&
                 host != NULL && *host != '\0'
             ? g_strdup (host)
             : NULL;
}

/* The call as a whole, into body. */
static Outcome
run_call (SeismicHttp *http, const char *url, const char *post_body,
          GCancellable *cancellable, SeismicHttpProgressFunc progress, void *user_data,
          SeismicHttpBody *body, SeismicHttpReply *reply, GError **error)
{
  g_autofree char *host = host_of (url);
  g_autoptr (GByteArray) refusal = g_byte_array_new ();
  Outcome outcome = GIVE_UP;
  Call call = {.http = http,
               .post_body = post_body,
               .url = url,
               .host = host,
               .cancellable = cancellable,
               .progress = progress,
               .user_data = user_data,
               .body = body,
               .refusal = refusal,
               .begin_us = g_get_monotonic_time ()};
  if (host == NULL)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST,
                 "\"%s\" is no http or https address", url);
  else
    outcome = try_often (&call, error);
  call.reply.seconds = (double)(g_get_monotonic_time () - call.begin_us) / 1e6;
  if (reply != NULL)
    *reply = call.reply;
  else
    seismic_http_reply_clear (&call.reply);
  return outcome;
}

bool
seismic_http_get_bytes (SeismicHttp *http, const char *url, const char *post_body,
                        GCancellable *cancellable, SeismicHttpProgressFunc progress,
                        void *user_data, GBytes **bytes, SeismicHttpReply *reply,
                        GError **error)
{
  g_autoptr (SeismicHttpBody) body = seismic_http_body_new (http->limits.max_bytes);
  const Outcome outcome = run_call (http, url, post_body, cancellable, progress,
                                    user_data, body, reply, error);
  if (outcome != ANSWERED && outcome != NO_DATA)
    return false;
  *bytes = outcome == ANSWERED ? seismic_http_body_steal (body) : NULL;
  return true;
}

bool
seismic_http_get_file (SeismicHttp *http, const char *url, const char *post_body,
                       const char *path, GCancellable *cancellable,
                       SeismicHttpProgressFunc progress, void *user_data, bool *has_data,
                       SeismicHttpReply *reply, GError **error)
{
  if (reply != NULL)
    *reply = (SeismicHttpReply){0};
  g_autoptr (SeismicHttpBody) body =
      seismic_http_body_new_file (path, http->limits.max_bytes, error);
  if (body == NULL)
    return false;
  const Outcome outcome = run_call (http, url, post_body, cancellable, progress,
                                    user_data, body, reply, error);
  if (outcome != ANSWERED && outcome != NO_DATA)
    return false;
  if (outcome == ANSWERED && !seismic_http_body_keep (body, error))
    return false;
  *has_data = outcome == ANSWERED;
  return true;
}
