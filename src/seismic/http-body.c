#define _GNU_SOURCE /* sync_file_range */
#include "seismic/http-body.h"
#include "seismic/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_HEAD 512
#define N_BUFFER ((size_t)256 << 10)
#define N_REASON 300
/* So much at a time is sent to the disk while more comes in: less to wait for at the end.
 */
#define N_SEND ((uint64_t)8 << 20)

struct SeismicHttpBody {
  uint64_t n_bytes, max_bytes;
  uint8_t head[N_HEAD + 1]; /* the first bytes, and a zero */
  GByteArray *memory;       /* NULL: a file */
  char *path;
  int fd;
  uint8_t *buffer; /* (N_BUFFER), n_buffered of them not yet in the file */
  size_t n_buffered;
  uint64_t n_written, n_sent; /* into the file; of these, towards the disk */
};

SeismicHttpBody *
seismic_http_body_new (uint64_t max_bytes)
{
  SeismicHttpBody *body = g_new0 (SeismicHttpBody, 1);
  body->max_bytes = MIN (max_bytes, SEISMIC_HTTP_BODY_MEMORY_MAX);
  body->memory = g_byte_array_new ();
  body->fd = -1;
  return body;
}

static bool
fail (const SeismicHttpBody *body, const char *what, GError **error)
{
  const int code = errno;
  g_autofree char *name = g_filename_display_name (body->path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot %s %s: %s", what,
               name, g_strerror (code));
  return false;
}

SeismicHttpBody *
seismic_http_body_new_file (const char *path, uint64_t max_bytes, GError **error)
{
  g_autoptr (SeismicHttpBody) body = g_new0 (SeismicHttpBody, 1);
  body->max_bytes = max_bytes;
  body->path = g_strdup (path);
  body->fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (body->fd < 0) {
    fail (body, "write", error);
    return NULL;
  }
  body->buffer = g_malloc (N_BUFFER);
  return g_steal_pointer (&body);
}

void
seismic_http_body_free (SeismicHttpBody *body)
{
  if (body == NULL)
    return;
  if (body->fd >= 0) {
    close (body->fd);
    g_unlink (body->path);
  }
  g_clear_pointer (&body->memory, g_byte_array_unref);
  g_free (body->path);
  g_free (body->buffer);
  g_free (body);
}

bool
seismic_http_body_restart (SeismicHttpBody *body, GError **error)
{
  body->n_bytes = body->n_written = body->n_sent = 0;
  body->n_buffered = 0;
  memset (body->head, 0, sizeof body->head);
  if (body->memory != NULL)
    g_byte_array_set_size (body->memory, 0);
  else if (ftruncate (body->fd, 0) != 0 || lseek (body->fd, 0, SEEK_SET) < 0)
    return fail (body, "empty", error);
  return true;
}

/* Does not wait for the disk, and does not matter if it fails: fsync () is what counts.
 */
static void
send_to_disk (SeismicHttpBody *body)
{
  if (body->n_written - body->n_sent < N_SEND)
    return;
  sync_file_range (body->fd, (off_t)body->n_sent, (off_t)(body->n_written - body->n_sent),
                   SYNC_FILE_RANGE_WRITE);
  body->n_sent = body->n_written;
}

static bool
write_through (SeismicHttpBody *body, const uint8_t *bytes, size_t n_bytes,
               GError **error)
{
  while (n_bytes > 0) {
    const ssize_t n = write (body->fd, bytes, n_bytes);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return fail (body, "write", error);
    bytes += n;
    n_bytes -= (size_t)n;
    body->n_written += (uint64_t)n;
  }
  send_to_disk (body);
  return true;
}

static bool
flush (SeismicHttpBody *body, GError **error)
{
  const size_t n = body->n_buffered;
  body->n_buffered = 0;
  return write_through (body, body->buffer, n, error);
}

static bool
write_buffered (SeismicHttpBody *body, const uint8_t *bytes, size_t n_bytes,
                GError **error)
{
  if (n_bytes > N_BUFFER - body->n_buffered && !flush (body, error))
    return false;
  if (n_bytes > N_BUFFER)
    return write_through (body, bytes, n_bytes, error);
  memcpy (body->buffer + body->n_buffered, bytes, n_bytes);
  body->n_buffered += n_bytes;
  return true;
}

bool
seismic_http_body_write (SeismicHttpBody *body, const void *bytes, size_t n_bytes,
                         GError **error)
{
  if (n_bytes > body->max_bytes - body->n_bytes) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_LARGE,
                 "more than %" G_GUINT64_FORMAT " bytes", body->max_bytes);
    return false;
  }
  if (body->n_bytes < N_HEAD)
    memcpy (body->head + body->n_bytes, bytes, MIN (n_bytes, N_HEAD - body->n_bytes));
  body->n_bytes += n_bytes;
  if (body->memory == NULL)
    return write_buffered (body, bytes, n_bytes, error);
  g_byte_array_append (body->memory, bytes, (guint)n_bytes);
  return true;
}

uint64_t
seismic_http_body_get_size (const SeismicHttpBody *body)
{
  return body->n_bytes;
}

uint64_t
seismic_http_body_get_max (const SeismicHttpBody *body)
{
  return body->max_bytes;
}

static bool
has_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* text ends with a zero. Markup alone is looked at: a text may speak of "<html". */
static bool
begins_as_html (const char *text)
{
  if (has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  while (g_ascii_isspace (*text))
    text++;
  if (*text != '<')
    return false;
  g_autofree char *lower = g_ascii_strdown (text, -1);
  return strstr (lower, "<!doctype html") != NULL || has_prefix (lower, "<html") ||
         has_prefix (lower, "<head") || has_prefix (lower, "<script") ||
         (has_prefix (lower, "<?xml") && strstr (lower, "<html") != NULL) ||
         (has_prefix (lower, "<!--") && strstr (lower, "<html") != NULL);
}

bool
seismic_http_body_is_html (const SeismicHttpBody *body, const char *content_type)
{
  return (content_type != NULL && (has_prefix (content_type, "text/html") ||
                                   has_prefix (content_type, "application/xhtml"))) ||
         begins_as_html ((const char *)body->head);
}

bool
seismic_http_body_keep (SeismicHttpBody *body, GError **error)
{
  if (!flush (body, error))
    return false;
  if (fsync (body->fd) != 0)
    return fail (body, "sync", error);
  const int fd = body->fd;
  body->fd = -1;
  if (close (fd) == 0)
    return true;
  fail (body, "close", error);
  g_unlink (body->path);
  return false;
}

GBytes *
seismic_http_body_steal (SeismicHttpBody *body)
{
  GBytes *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&body->memory));
  body->memory = g_byte_array_new ();
  body->n_bytes = 0;
  return bytes;
}

static char *
clean_line (const char *line)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  for (char *p = valid; *p != '\0'; p++) {
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  }
  g_strstrip (valid);
  if (strlen (valid) > N_REASON) {
    const char *end = g_utf8_find_prev_char (valid, valid + N_REASON);
    valid[end != NULL ? end - valid : 0] = '\0';
  }
  return g_steal_pointer (&valid);
}

/* What FDSN services write behind the reason. */
static bool
is_trailer (const char *line)
{
  static const char *const trailers[] = {"Usage details", "Request", "Service version",
                                         "Service Version"};
  for (gsize i = 0; i < G_N_ELEMENTS (trailers); i++) {
    if (has_prefix (line, trailers[i]))
      return true;
  }
  return false;
}

/* Behind "Error 400: ", or NULL if the line is no such headline. */
static const char *
after_headline (const char *line)
{
  if (!has_prefix (line, "Error ") || !g_ascii_isdigit (line[6]))
    return NULL;
  line += 6;
  while (g_ascii_isdigit (*line))
    line++;
  while (*line == ':' || *line == ' ')
    line++;
  return line;
}

char *
seismic_http_body_reason (const void *bytes, size_t n_bytes)
{
  g_autofree char *text = g_strndup (bytes != NULL ? bytes : "", n_bytes);
  g_autofree char *headline = NULL;
  if (begins_as_html (text))
    return NULL;
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", 0);
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *clean = clean_line (*line);
    const char *rest = after_headline (clean);
    if (is_trailer (clean))
      break;
    if (rest != NULL && headline == NULL)
      headline = g_strdup (rest);
    /* "More details:" is a label for the next line. */
    else if (*clean != '\0' && !g_str_has_suffix (clean, ":"))
      return g_steal_pointer (&clean);
  }
  if (headline != NULL && *headline != '\0')
    return g_steal_pointer (&headline);
  return NULL;
}

bool
seismic_http_body_says_no_data (const void *bytes, size_t n_bytes)
{
  g_autofree char *text = g_strndup (bytes != NULL ? bytes : "", MIN (n_bytes, 2000));
  if (begins_as_html (text))
    return false;
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_strstrip (lower);
  return g_str_has_prefix (lower, "error 404") || strstr (lower, "no data") != NULL ||
         strstr (lower, "no matching") != NULL || strstr (lower, "no events") != NULL;
}
