#include "support/fdsn-stub.h"
#include "support/fdsn-stub-data.h"
#include "support/fdsn-stub-rule.h"
#include "support/fdsn-stub-tls.h"

#include <string.h>

#define MAX_HEAD 65536
#define CHUNK (1u << 20)
#define SLICES_PER_SECOND 20
#define SETTLE_US 500000

typedef struct {
  double seconds;
  unsigned connection, status;
  guint64 n_bytes;
  bool complete;
  char *line; /* "METHOD /path?query", decoded */
  char *text; /* line and body, for matches */
} LogEntry;

struct FdsnStub {
  FdsnStubData *data;
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  GTlsCertificate *certificate; /* NULL: http */
  char *base;
  uint16_t port;
  gint64 begin_us;
  GMutex lock; /* of what follows */
  GCond idle;
  unsigned n_connections, n_open, n_answering;
  GPtrArray *rules; /* FdsnStubRule */
  GPtrArray *log;   /* LogEntry */
};

typedef struct {
  FdsnStub *stub; /* borrowed */
  GIOStream *stream;
  GInputStream *input; /* borrowed */
  GOutputStream *output;
  GString *unread; /* what came behind the last request */
  unsigned number;
  char *head, *method, *target, *body; /* of the request; body NULL: no POST */
  bool close;                          /* after this answer */
} Connection;

FdsnStubSettings
fdsn_stub_default (void)
{
  return (FdsnStubSettings){.n_events = 12, .n_stations = 3, .seed = 1};
}

static void
log_entry_clear (gpointer data)
{
  LogEntry *entry = data;
  g_free (entry->line);
  g_free (entry->text);
}

static void
log_entry_free (gpointer entry)
{
  g_atomic_rc_box_release_full (entry, log_entry_clear);
}

static bool
send_bytes (Connection *connection, const void *bytes, gsize n_bytes)
{
  return g_output_stream_write_all (connection->output, bytes, n_bytes, NULL,
                                    connection->stub->stop, NULL);
}

/* Until the client goes, or the stub stops. */
static void
wait_for_end (Connection *connection)
{
  char buffer[4096];
  while (g_input_stream_read (connection->input, buffer, sizeof buffer,
                              connection->stub->stop, NULL) > 0)
    ;
}

/* FALSE if the stub stops meanwhile. */
static bool
sleep_seconds (FdsnStub *stub, double seconds)
{
  const gint64 end_us = g_get_monotonic_time () + (gint64)(seconds * 1e6);
  while (g_get_monotonic_time () < end_us && !g_cancellable_is_cancelled (stub->stop))
    g_usleep ((gulong)CLAMP (end_us - g_get_monotonic_time (), 1, 20000));
  return !g_cancellable_is_cancelled (stub->stop);
}

/* A head and its body ("" for GET) into the connection's request. FALSE at the end. */
static bool
read_request (Connection *connection)
{
  GString *text = connection->unread;
  const char *end;
  char buffer[4096];
  gsize n_body = 0;
  g_clear_pointer (&connection->head, g_free);
  g_clear_pointer (&connection->method, g_free);
  g_clear_pointer (&connection->target, g_free);
  g_clear_pointer (&connection->body, g_free);
  for (;;) {
    end = strstr (text->str, "\r\n\r\n");
    if (end != NULL) {
      g_autofree char *head = g_ascii_strdown (text->str, (gssize)(end - text->str));
      const char *length = strstr (head, "\r\ncontent-length:");
      n_body = length != NULL ? (gsize)g_ascii_strtoull (length + 17, NULL, 10) : 0;
      if (text->len >= (gsize)(end - text->str) + 4 + n_body)
        break;
    } else if (text->len > MAX_HEAD)
      return false;
    const gssize n = g_input_stream_read (connection->input, buffer, sizeof buffer,
                                          connection->stub->stop, NULL);
    if (n <= 0)
      return false;
    g_string_append_len (text, buffer, n);
  }
  const gsize n_head = (gsize)(end - text->str) + 4;
  g_auto (GStrv) words = g_strsplit (text->str, " ", 3);
  if (g_strv_length (words) < 3)
    return false;
  connection->head = g_strndup (text->str, n_head);
  connection->method = g_strdup (words[0]);
  connection->target = g_strdup (words[1]);
  if (g_str_equal (words[0], "POST"))
    connection->body = g_strndup (text->str + n_head, n_body);
  g_string_erase (text, 0, (gssize)(n_head + n_body));
  return true;
}

/* The bytes of an answer: of body, or a pattern where body is NULL. */
typedef struct {
  unsigned status;
  GString *head; /* further header lines */
  GBytes *body;
  guint64 size; /* UINT64_MAX: without end */
} Answer;

static guint8 *
make_pattern (void)
{
  guint8 *pattern = g_malloc (CHUNK);
  for (gsize i = 0; i < CHUNK; i++)
    pattern[i] = (guint8)(i % 251);
  return pattern;
}

static bool
send_chunk (Connection *connection, const FdsnStubRule *rule, const void *bytes, gsize n)
{
  if (!rule->chunked)
    return send_bytes (connection, bytes, n);
  g_autofree char *size = g_strdup_printf ("%zx\r\n", n);
  return send_bytes (connection, size, strlen (size)) &&
         send_bytes (connection, bytes, n) && send_bytes (connection, "\r\n", 2);
}

/* Returns the bytes sent; *whole tells if they are all. */
static guint64
send_body (Connection *connection, const FdsnStubRule *rule, const Answer *answer,
           bool *whole)
{
  const bool breaks = rule->fault == FDSN_STUB_CUT || rule->fault == FDSN_STUB_STALL;
  const guint64 end = breaks ? MIN (rule->after, answer->size) : answer->size;
  g_autofree guint8 *pattern = answer->body == NULL ? make_pattern () : NULL;
  const guint8 *bytes =
      answer->body != NULL ? g_bytes_get_data (answer->body, NULL) : pattern;
  guint64 sent = 0;
  *whole = false;
  while (sent < end) {
    gsize n = (gsize)MIN (end - sent, CHUNK);
    if (rule->rate > 0)
      n = MIN (n, (gsize)MAX (rule->rate / SLICES_PER_SECOND, 1));
    if (!send_chunk (connection, rule, answer->body != NULL ? bytes + sent : bytes, n))
      return sent;
    sent += n;
    if (rule->rate > 0 &&
        !sleep_seconds (connection->stub, (double)n / (double)rule->rate))
      return sent;
  }
  if (breaks) {
    if (rule->fault == FDSN_STUB_STALL)
      wait_for_end (connection);
    connection->close = true;
    return sent;
  }
  *whole = !rule->chunked || send_bytes (connection, "0\r\n\r\n", 5);
  return sent;
}

static guint64
send_answer (Connection *connection, const FdsnStubRule *rule, const Answer *answer,
             bool *whole)
{
  g_autoptr (GString) head = g_string_new (NULL);
  const bool no_length = rule->chunked || rule->unframed || answer->size == UINT64_MAX;
  g_string_printf (head, "HTTP/1.1 %u %s\r\n", answer->status,
                   fdsn_stub_status_phrase (answer->status));
  g_string_append (head, answer->head->str);
  if (rule->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (rule->length >= 0)
    g_string_append_printf (head, "Content-Length: %" G_GINT64_FORMAT "\r\n",
                            rule->length);
  else if (!no_length && answer->status != 204)
    g_string_append_printf (head, "Content-Length: %" G_GUINT64_FORMAT "\r\n",
                            answer->size);
  if (no_length && !rule->chunked)
    connection->close = true;
  g_string_append_printf (head, "Connection: %s\r\n\r\n",
                          connection->close ? "close" : "keep-alive");
  *whole = false;
  if (!send_bytes (connection, head->str, head->len))
    return 0;
  return send_body (connection, rule, answer, whole);
}

/* Faults that need no answer. TRUE if it was one; the connection is then spent. */
static bool
misbehave (Connection *connection, const FdsnStubRule *rule)
{
  static const char nonsense[] = "\001\002\003 this is no HTTP\r\n\r\n";
  static const char begin[] = "HTTP/1.1 200 OK\r\n";
  g_autofree char *line = NULL;
  switch (rule->fault) {
  case FDSN_STUB_SILENT:
    wait_for_end (connection);
    break;
  case FDSN_STUB_NONSENSE:
    send_bytes (connection, nonsense, sizeof nonsense - 1);
    break;
  case FDSN_STUB_HEADERS:
    line = g_strnfill (1000, 'x');
    memcpy (line, "X-More: ", 8);
    memcpy (line + 998, "\r\n", 2);
    if (send_bytes (connection, begin, sizeof begin - 1))
      while (send_bytes (connection, line, 1000))
        ;
    break;
  case FDSN_STUB_RESET:
    break;
  default:
    return false;
  }
  return true;
}

/* A new entry, also in the log; its end is still open. */
static LogEntry *
log_begin (Connection *connection, const char *line, const char *text)
{
  FdsnStub *stub = connection->stub;
  LogEntry *entry = g_atomic_rc_box_new0 (LogEntry);
  entry->seconds = (double)(g_get_monotonic_time () - stub->begin_us) / 1e6;
  entry->connection = connection->number;
  entry->line = g_strdup (line);
  entry->text = g_strdup (text);
  g_mutex_lock (&stub->lock);
  stub->n_answering++;
  g_ptr_array_add (stub->log, g_atomic_rc_box_acquire (entry));
  g_mutex_unlock (&stub->lock);
  return entry;
}

static void
log_end (FdsnStub *stub, LogEntry *entry, unsigned status, guint64 n_bytes, bool whole)
{
  g_mutex_lock (&stub->lock);
  entry->status = status;
  entry->n_bytes = n_bytes;
  entry->complete = whole;
  stub->n_answering--;
  g_cond_broadcast (&stub->idle);
  g_mutex_unlock (&stub->lock);
  log_entry_free (entry);
}

/* Locks the stub when nothing is being answered, or a little later: a client has the last
 * byte before the log knows. */
static void
lock_settled (FdsnStub *stub)
{
  const gint64 end_us = g_get_monotonic_time () + SETTLE_US;
  g_mutex_lock (&stub->lock);
  while (stub->n_answering > 0 && g_cond_wait_until (&stub->idle, &stub->lock, end_us))
    ;
}

/* The answer of the services, or of /big. */
static void
ask_services (Connection *connection, const char *path, const char *query,
              FdsnStubAnswer *told, guint64 *size)
{
  g_autoptr (GHashTable) parameters =
      g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  *size = 0;
  if (parameters == NULL)
    *told = (FdsnStubAnswer){400, "text/plain", NULL, g_strdup ("Bad query")};
  else if (g_str_equal (path, "/big")) {
    const char *text = g_hash_table_lookup (parameters, "size");
    *told = (FdsnStubAnswer){200, "application/octet-stream", NULL, NULL};
    *size = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  } else
    fdsn_stub_data_answer (connection->stub->data, path, parameters, connection->body,
                           told);
}

/* What is sent in the end, after the rule had its say. */
static void
compose (Connection *connection, const FdsnStubRule *rule, FdsnStubAnswer *told,
         guint64 big, Answer *answer)
{
  g_autofree char *url = g_strconcat (connection->stub->base, connection->target, NULL);
  g_autofree char *type = NULL;
  *answer = (Answer){.head = g_string_new (rule->headers->str)};
  fdsn_stub_rule_apply (rule, url, told, &type, answer->head);
  answer->status = told->status;
  answer->body = told->body != NULL ? g_bytes_ref (told->body) : NULL;
  answer->size = told->body != NULL ? g_bytes_get_size (told->body) : big;
  if (rule->gzip && answer->body != NULL) {
    g_bytes_unref (answer->body);
    answer->body = fdsn_stub_gzip (told->body);
    answer->size = g_bytes_get_size (answer->body);
    g_string_append (answer->head, "Content-Encoding: gzip\r\n");
  }
  if (rule->fault == FDSN_STUB_ENDLESS ||
      (rule->size > 0 && rule->fault != FDSN_STUB_BOMB)) {
    g_clear_pointer (&answer->body, g_bytes_unref);
    answer->size = rule->fault == FDSN_STUB_ENDLESS ? UINT64_MAX : rule->size;
  }
  if (type != NULL)
    g_string_append_printf (answer->head, "Content-Type: %s\r\n", type);
}

static FdsnStubRule *
take_rule (FdsnStub *stub, const char *text)
{
  FdsnStubRule *rule = NULL;
  g_mutex_lock (&stub->lock);
  for (guint i = 0; i < stub->rules->len && rule == NULL; i++)
    rule = fdsn_stub_rule_take (stub->rules->pdata[i], text);
  g_mutex_unlock (&stub->lock);
  return rule != NULL ? rule : fdsn_stub_rule_new ();
}

static void
answer_request (Connection *connection, const char *path, const char *query,
                const char *line)
{
  g_autofree char *text =
      g_strconcat (line, "\n", connection->body != NULL ? connection->body : "", NULL);
  g_autoptr (FdsnStubRule) rule = take_rule (connection->stub, text);
  FdsnStubAnswer told = {0};
  Answer answer = {0};
  guint64 big = 0;
  bool whole = false;
  LogEntry *entry = log_begin (connection, line, text);
  if (!sleep_seconds (connection->stub, rule->delay) || misbehave (connection, rule)) {
    log_end (connection->stub, entry, 0, 0, false);
    connection->close = true;
    return;
  }
  ask_services (connection, path, query, &told, &big);
  compose (connection, rule, &told, big, &answer);
  const guint64 n_sent = send_answer (connection, rule, &answer, &whole);
  log_end (connection->stub, entry, answer.status, n_sent, whole);
  g_clear_pointer (&told.body, g_bytes_unref);
  g_clear_pointer (&answer.body, g_bytes_unref);
  g_free (told.reason);
  g_string_free (answer.head, TRUE);
}

/* /stub/…: what the C functions do. */
static void
answer_control (Connection *connection, const char *path, const char *query)
{
  FdsnStub *stub = connection->stub;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) parameters =
      g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (g_str_equal (path, "/stub/rule"))
    fdsn_stub_add_rule (stub, query, &error);
  else if (g_str_equal (path, "/stub/set"))
    fdsn_stub_set (stub, query, &error);
  else if (g_str_equal (path, "/stub/clear"))
    fdsn_stub_clear_rules (stub);
  else if (g_str_equal (path, "/stub/forget"))
    fdsn_stub_forget_log (stub);
  else if (g_str_equal (path, "/stub/log"))
    text = fdsn_stub_log (stub);
  else if (g_str_equal (path, "/stub/head"))
    text = g_strdup (connection->head);
  else if (parameters != NULL && g_str_equal (path, "/stub/count"))
    text = g_strdup_printf (
        "%zu\n", fdsn_stub_count (stub, g_hash_table_lookup (parameters, "match"),
                                  g_hash_table_contains (parameters, "complete")));
  else
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no control %s", path);
  const char *body = error != NULL ? error->message : text != NULL ? text : "done\n";
  g_autofree char *head = g_strdup_printf (
      "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
      error != NULL ? "400 Bad Request" : "200 OK", strlen (body), body);
  if (!send_bytes (connection, head, strlen (head)))
    connection->close = true;
}

static void
serve (Connection *connection)
{
  while (!connection->close && read_request (connection)) {
    char *mark = strchr (connection->target, '?');
    g_autofree char *path =
        mark != NULL ? g_strndup (connection->target, (gsize)(mark - connection->target))
                     : g_strdup (connection->target);
    const char *query = mark != NULL ? mark + 1 : "";
    g_autofree char *decoded = g_uri_unescape_string (connection->target, NULL);
    g_autofree char *line = g_strconcat (
        connection->method, " ", decoded != NULL ? decoded : connection->target, NULL);
    if (g_str_has_prefix (path, "/stub/"))
      answer_control (connection, path, query);
    else
      answer_request (connection, path, query, line);
  }
}

static gpointer
connection_run (gpointer data)
{
  Connection *connection = data;
  FdsnStub *stub = connection->stub;
  g_autoptr (GIOStream) secure = NULL;
  GIOStream *stream = connection->stream;
  if (stub->certificate != NULL) {
    secure = g_tls_server_connection_new (stream, stub->certificate, NULL);
    stream = secure;
  }
  if (stream != NULL) {
    connection->input = g_io_stream_get_input_stream (stream);
    connection->output = g_io_stream_get_output_stream (stream);
    serve (connection);
    g_io_stream_close (stream, NULL, NULL);
  }
  g_clear_object (&secure);
  g_object_unref (connection->stream);
  g_string_free (connection->unread, TRUE);
  g_free (connection->head);
  g_free (connection->method);
  g_free (connection->target);
  g_free (connection->body);
  g_free (connection);
  g_mutex_lock (&stub->lock);
  stub->n_open--;
  g_cond_broadcast (&stub->idle);
  g_mutex_unlock (&stub->lock);
  return NULL;
}

static gpointer
accept_run (gpointer data)
{
  FdsnStub *stub = data;
  GSocketConnection *stream;
  while ((stream = g_socket_listener_accept (stub->listener, NULL, stub->stop, NULL)) !=
         NULL) {
    Connection *connection = g_new0 (Connection, 1);
    connection->stub = stub;
    connection->stream = G_IO_STREAM (stream);
    connection->unread = g_string_new (NULL);
    g_mutex_lock (&stub->lock);
    connection->number = ++stub->n_connections;
    stub->n_open++;
    g_mutex_unlock (&stub->lock);
    g_thread_unref (g_thread_new ("stub", connection_run, connection));
  }
  return NULL;
}

static bool
listen_on (FdsnStub *stub, uint16_t port, GError **error)
{
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GSocketAddress) address =
      g_inet_socket_address_new_from_string ("127.0.0.1", port);
  stub->listener = g_socket_listener_new ();
  if (!g_socket_listener_add_address (stub->listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
    return false;
  stub->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  stub->base = g_strdup_printf ("%s://127.0.0.1:%u",
                                stub->certificate != NULL ? "https" : "http", stub->port);
  return true;
}

FdsnStub *
fdsn_stub_new (const FdsnStubSettings *settings, GError **error)
{
  const FdsnStubSettings normal = fdsn_stub_default ();
  g_autoptr (FdsnStub) stub = g_new0 (FdsnStub, 1);
  if (settings == NULL)
    settings = &normal;
  g_mutex_init (&stub->lock);
  g_cond_init (&stub->idle);
  stub->begin_us = g_get_monotonic_time ();
  stub->stop = g_cancellable_new ();
  stub->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)fdsn_stub_rule_free);
  stub->log = g_ptr_array_new_with_free_func (log_entry_free);
  stub->data = fdsn_stub_data_new (settings, error);
  if (stub->data == NULL)
    return NULL;
  if (settings->tls) {
    stub->certificate = g_tls_certificate_new_from_pem (FDSN_STUB_CERTIFICATE, -1, error);
    if (stub->certificate == NULL)
      return NULL;
  }
  if (!listen_on (stub, settings->port, error))
    return NULL;
  stub->thread = g_thread_new ("stub-accept", accept_run, stub);
  return g_steal_pointer (&stub);
}

void
fdsn_stub_free (FdsnStub *stub)
{
  if (stub == NULL)
    return;
  g_cancellable_cancel (stub->stop);
  if (stub->thread != NULL)
    g_thread_join (stub->thread);
  g_mutex_lock (&stub->lock);
  while (stub->n_open > 0)
    g_cond_wait (&stub->idle, &stub->lock);
  g_mutex_unlock (&stub->lock);
  g_clear_object (&stub->listener);
  g_clear_object (&stub->certificate);
  g_object_unref (stub->stop);
  fdsn_stub_data_free (stub->data);
  g_ptr_array_unref (stub->rules);
  g_ptr_array_unref (stub->log);
  g_free (stub->base);
  g_cond_clear (&stub->idle);
  g_mutex_clear (&stub->lock);
  g_free (stub);
}

const char *
fdsn_stub_get_base (FdsnStub *stub)
{
  return stub->base;
}

uint16_t
fdsn_stub_get_port (FdsnStub *stub)
{
  return stub->port;
}

bool
fdsn_stub_add_rule (FdsnStub *stub, const char *rule, GError **error)
{
  FdsnStubRule *parsed = fdsn_stub_rule_parse (rule, error);
  if (parsed == NULL)
    return false;
  g_mutex_lock (&stub->lock);
  g_ptr_array_add (stub->rules, parsed);
  g_mutex_unlock (&stub->lock);
  return true;
}

void
fdsn_stub_clear_rules (FdsnStub *stub)
{
  g_mutex_lock (&stub->lock);
  g_ptr_array_set_size (stub->rules, 0);
  g_mutex_unlock (&stub->lock);
}

bool
fdsn_stub_set (FdsnStub *stub, const char *settings, GError **error)
{
  GUriParamsIter iter;
  char *key, *value;
  size_t max_rows, cut_rows;
  bool known = true;
  fdsn_stub_data_get_rows (stub->data, &max_rows, &cut_rows);
  g_uri_params_iter_init (&iter, settings, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (known && g_uri_params_iter_next (&iter, &key, &value, error)) {
    if (g_str_equal (key, "max-rows"))
      max_rows = (size_t)g_ascii_strtoull (value, NULL, 10);
    else if (g_str_equal (key, "cut-rows"))
      cut_rows = (size_t)g_ascii_strtoull (value, NULL, 10);
    else if (g_str_equal (key, "without"))
      fdsn_stub_data_set_without (stub->data, value);
    else {
      known = false;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no setting %s", key);
    }
    g_free (key);
    g_free (value);
  }
  fdsn_stub_data_set_rows (stub->data, max_rows, cut_rows);
  return known;
}

size_t
fdsn_stub_count (FdsnStub *stub, const char *match, bool complete)
{
  size_t n = 0;
  lock_settled (stub);
  for (guint i = 0; i < stub->log->len; i++) {
    const LogEntry *entry = stub->log->pdata[i];
    if ((match == NULL || strstr (entry->text, match) != NULL) &&
        (!complete || (entry->complete && entry->status == 200)))
      n++;
  }
  g_mutex_unlock (&stub->lock);
  return n;
}

char *
fdsn_stub_log (FdsnStub *stub)
{
  GString *text = g_string_new (NULL);
  lock_settled (stub);
  for (guint i = 0; i < stub->log->len; i++) {
    const LogEntry *entry = stub->log->pdata[i];
    g_string_append_printf (text, "%.3f %u %u %" G_GUINT64_FORMAT " %s %s\n",
                            entry->seconds, entry->connection, entry->status,
                            entry->n_bytes, entry->complete ? "full" : "part",
                            entry->line);
  }
  g_mutex_unlock (&stub->lock);
  return g_string_free (text, FALSE);
}

void
fdsn_stub_forget_log (FdsnStub *stub)
{
  lock_settled (stub);
  g_ptr_array_set_size (stub->log, 0);
  g_mutex_unlock (&stub->lock);
}
