#include "seismic/error.h"
#include "seismic/fdsn-private.h"
#include "seismic/fdsn.h"
#include "seismic/miniseed.h"
#include "seismic/time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* A body that ends inside a record is asked for again so often. */
#define MAX_TRIES 3
/* So much of a long body is looked at before all of it is read. */
#define HEAD_BYTES ((size_t)256 << 10)
#define BEFORE_S 30
#define AFTER_S 300

/* Of the gathers, only strong motion shall travel. */
static const char *const channels[] = {"HNE", "HNN", "HNZ", "HN1", "HN2", "HN3"};

/* One event's records on their way into a file. */
typedef struct {
  SeismicHttp *http;
  const SeismicServer *server;
  const SeismicEvent *event;
  const char *path;
  GCancellable *cancellable;
  SeismicHttpProgressFunc progress;
  void *user_data;
  uint64_t n_before;      /* bytes of the parts before the one at hand */
  bool has_data;          /* path has a part */
  SeismicHttpReply reply; /* of the last transfer */
  char *url;              /* the first one asked, or NULL */
  GPtrArray *stations;    /* SeismicStation, those around the epicentre; or NULL */
} Records;

static bool
tell_records (const SeismicHttpProgress *progress, void *user_data)
{
  const Records *records = user_data;
  SeismicHttpProgress told = *progress;
  told.n_bytes += records->n_before;
  told.n_total += progress->n_total > 0 ? records->n_before : 0;
  return records->progress == NULL || records->progress (&told, records->user_data);
}

/* FALSE if something else than records begins here: that is not read into memory whole,
 * however long it is. */
static bool
check_head (const uint8_t *bytes, size_t n_bytes, GError **error)
{
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) fault = NULL;
  if (n_bytes <= HEAD_BYTES ||
      seismic_miniseed_read (bytes, HEAD_BYTES, &traces, NULL, &fault) ||
      !g_error_matches (fault, SEISMIC_ERROR, SEISMIC_ERROR_NOT_MINISEED))
    return true;
  g_propagate_error (error, g_steal_pointer (&fault));
  return false;
}

/* What a received file is worth. *n_tail: bytes of an incomplete last record. */
static bool
inspect_file (const char *path, bool *has_samples, size_t *n_tail, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  SeismicMiniseedReport report = {0};
  if (file == NULL)
    return false;
  const uint8_t *bytes = (const uint8_t *)g_mapped_file_get_contents (file);
  const size_t n_bytes = g_mapped_file_get_length (file);
  if (!check_head (bytes, n_bytes, error))
    return false;
  g_autoptr (SeismicMiniseedIndex) index =
      seismic_miniseed_index_new (path, &report, error);
  if (index == NULL)
    return false;
  *has_samples = seismic_miniseed_index_get_traces (index)->len > 0;
  *n_tail = report.n_tail_bytes;
  return true;
}

static bool
fail_file (const char *what, const char *path, GError **error)
{
  const int code = errno;
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot %s %s: %s", what,
               name, g_strerror (code));
  return false;
}

static bool
write_all (int fd, const char *bytes, gsize n_bytes)
{
  while (n_bytes > 0) {
    const ssize_t n = write (fd, bytes, n_bytes);
    if (n < 0 && errno != EINTR)
      return false;
    bytes += MAX (n, 0);
    n_bytes -= (gsize)MAX (n, 0);
  }
  return true;
}

/* miniSEED files add up by standing one behind the other. */
static bool
append_file (const char *path, const char *part, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (part, FALSE, error);
  if (file == NULL)
    return false;
  const int fd = g_open (path, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
  if (fd < 0)
    return fail_file ("write", path, error);
  bool done = write_all (fd, g_mapped_file_get_contents (file),
                         g_mapped_file_get_length (file)) &&
              fsync (fd) == 0;
  if (!done)
    fail_file ("write", path, error);
  close (fd);
  return done;
}

/* One transfer into part, looked through. A connection without a told length can end
 * anywhere: a last record that is not whole is asked for again, until it ends at the same
 * place twice, as it then does at the server too. */
static bool
fetch_whole (Records *records, const char *url, const char *post_body, const char *part,
             bool *has_samples, GError **error)
{
  uint64_t n_last = UINT64_MAX;
  for (unsigned n_tries = 1;; n_tries++) {
    g_autoptr (GError) reason = NULL;
    size_t n_tail = 0;
    seismic_http_reply_clear (&records->reply);
    *has_samples = false;
    if (!seismic_http_get_file (records->http, url, post_body, part, records->cancellable,
                                tell_records, records, has_samples, &records->reply,
                                error))
      return false;
    if (!*has_samples)
      return true;
    const bool is_read = inspect_file (part, has_samples, &n_tail, &reason);
    const bool is_short =
        is_read ? n_tail > 0
                : g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED) ||
                      g_error_matches (reason, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY);
    if (is_read && (!is_short || records->reply.n_bytes == n_last))
      return true;
    if (!is_short || n_tries == MAX_TRIES) {
      if (is_read)
        g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NETWORK,
                     "%s: after %u tries: the body ends inside a record",
                     records->server->base, n_tries);
      else
        g_propagate_prefixed_error (error, g_steal_pointer (&reason),
                                    "%s: ", records->server->base);
      return false;
    }
    n_last = records->reply.n_bytes;
  }
}

/* Adds what url gives to the file. */
static bool
fetch_part (Records *records, const char *url, const char *post_body, GError **error)
{
  g_autofree char *part = records->has_data ? g_strconcat (records->path, "-more", NULL)
                                            : g_strdup (records->path);
  bool has_samples = false;
  if (records->url == NULL)
    records->url = g_strdup (url);
  bool done =
      fetch_whole (records, url, post_body, part, &has_samples, error) &&
      (!has_samples || !records->has_data || append_file (records->path, part, error));
  if (done && has_samples)
    records->n_before += records->reply.n_bytes;
  if (records->has_data || !done || !has_samples)
    g_unlink (part);
  if (done && has_samples)
    records->has_data = true;
  return done;
}

/* The gather's channels first … first + n - 1, in halves where that is too much. */
static bool
fetch_gather (Records *records, size_t first, size_t n, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) reason = NULL;
  for (size_t i = first; i < first + n; i++)
    g_string_append_printf (list, "%s%s", i > first ? "," : "", channels[i]);
  g_autofree char *url =
      seismic_fdsn_url_gather (records->server, records->event->id, list->str);
  if (fetch_part (records, url, NULL, &reason))
    return true;
  if (seismic_fdsn_is_too_much (reason) && n > 1)
    return fetch_gather (records, first, n / 2, error) &&
           fetch_gather (records, first + n / 2, n - n / 2, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

/* The requests, in halves where that is too much. */
static bool
fetch_requests (Records *records, const SeismicDataRequest *requests, size_t n,
                GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *body = NULL;
  g_autofree char *url = seismic_fdsn_url_waveforms (records->server, requests, n, &body);
  if (fetch_part (records, url, body, &reason))
    return true;
  if (seismic_fdsn_is_too_much (reason) && n > 1)
    return fetch_requests (records, requests, n / 2, error) &&
           fetch_requests (records, requests + n / 2, n - n / 2, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

/* How far strong motion of an earthquake is worth asking for, degrees: about 100 km at
 * magnitude 5, twice as far for each magnitude more. */
static double
search_radius (double magnitude)
{
  return isnan (magnitude) ? 1.0 : CLAMP (0.9 * exp2 (magnitude - 5.0), 0.5, 6.0);
}

/* The stations around the epicentre; *stations NULL if there are none. */
static bool
find_stations (Records *records, int64_t start_ns, int64_t end_ns, GPtrArray **stations,
               GError **error)
{
  const SeismicEvent *event = records->event;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *url =
      seismic_fdsn_url_stations_near (records->server, event->latitude, event->longitude,
                                      search_radius (event->magnitude), start_ns, end_ns);
  seismic_http_reply_clear (&records->reply);
  if (!seismic_http_get_bytes (records->http, url, NULL, records->cancellable,
                               tell_records, records, &bytes, &records->reply, error))
    return false;
  if (bytes == NULL)
    return true;
  if (seismic_station_text_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 stations, NULL, error))
    return true;
  g_prefix_error (error, "%s: ", records->server->base);
  return false;
}

static bool
fetch_dataselect (Records *records, GError **error)
{
  const SeismicEvent *event = records->event;
  g_autoptr (GArray) requests = g_array_new (FALSE, FALSE, sizeof (SeismicDataRequest));
  const int64_t start_ns = event->time_ns - BEFORE_S * SEISMIC_NS_PER_SECOND;
  const int64_t end_ns = event->time_ns + AFTER_S * SEISMIC_NS_PER_SECOND;
  if (!find_stations (records, start_ns, end_ns, &records->stations, error))
    return false;
  const GPtrArray *stations = records->stations;
  for (guint i = 0; stations != NULL && i < stations->len; i++) {
    const SeismicStation *station = stations->pdata[i];
    const SeismicDataRequest request = {
        station->network, station->station, "*", "HN?", start_ns, end_ns};
    g_array_append_val (requests, request);
  }
  return requests->len == 0 ||
         fetch_requests (records, (const SeismicDataRequest *)(void *)requests->data,
                         requests->len, error);
}

/* The event is nowhere and at no time that dataselect could be asked for. */
static bool
is_unplaced (const SeismicEvent *event)
{
  return event->time_ns == SEISMIC_TIME_UNSET || isnan (event->latitude) ||
         isnan (event->longitude) || event->time_ns < -G_MAXINT64 / 2 ||
         event->time_ns > G_MAXINT64 / 2;
}

static bool
fetch_records (Records *records, GError **error)
{
  g_autoptr (GError) reason = NULL;
  bool knows_none = false; /* the gathers' service is there and has none */
  if (!records->server->has_waveforms) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST, "%s has no records",
                 records->server->base);
    return false;
  }
  if (records->server->has_gathers) {
    knows_none = fetch_gather (records, 0, G_N_ELEMENTS (channels), &reason);
    if (records->has_data && knows_none)
      return true;
    if (!knows_none && (records->reply.status != 404 || records->has_data)) {
      g_propagate_error (error, g_steal_pointer (&reason));
      return false;
    }
    g_clear_error (&reason);
  }
  if (is_unplaced (records->event)) {
    if (!knows_none)
      g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST,
                   "Event %s has no time or place to ask %s for", records->event->id,
                   records->server->base);
    return knows_none;
  }
  if (fetch_dataselect (records, &reason))
    return true;
  /* A server with gathers alone has answered already. */
  if (knows_none && records->reply.status == 404)
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

bool
seismic_fdsn_records (SeismicHttp *http, const SeismicServer *server,
                      const SeismicEvent *event, const char *path,
                      GCancellable *cancellable, SeismicHttpProgressFunc progress,
                      void *user_data, bool *has_data, GPtrArray **stations,
                      SeismicHttpReply *reply, char **url, GError **error)
{
  Records records = {.http = http,
                     .server = server,
                     .event = event,
                     .path = path,
                     .cancellable = cancellable,
                     .progress = progress,
                     .user_data = user_data};
  const bool done = fetch_records (&records, error);
  if (!done && records.has_data)
    g_unlink (path);
  if (done)
    *has_data = records.has_data;
  if (done && stations != NULL)
    *stations = g_steal_pointer (&records.stations);
  g_clear_pointer (&records.stations, g_ptr_array_unref);
  if (done && records.has_data)
    records.reply.n_bytes = records.n_before;
  if (url != NULL)
    *url = g_steal_pointer (&records.url);
  g_free (records.url);
  if (reply != NULL)
    *reply = records.reply;
  else
    seismic_http_reply_clear (&records.reply);
  return done;
}

/* Stations first … first + n - 1, in halves where that is too much. */
static bool
ask_stations (SeismicHttp *http, const SeismicServer *server, const char *const *stations,
              size_t n, int64_t start_ns, int64_t end_ns, GCancellable *cancellable,
              GPtrArray *found, GError **error)
{
  g_autofree const char **some = g_new0 (const char *, n + 1);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) told = NULL;
  memcpy (some, stations, n * sizeof *some);
  g_autofree char *url =
      seismic_fdsn_url_stations (server, some, start_ns, end_ns, &body);
  if (!seismic_http_get_bytes (http, url, body, cancellable, NULL, NULL, &bytes, NULL,
                               &reason)) {
    if (seismic_fdsn_is_too_much (reason) && n > 1)
      return ask_stations (http, server, stations, n / 2, start_ns, end_ns, cancellable,
                           found, error) &&
             ask_stations (http, server, stations + n / 2, n - n / 2, start_ns, end_ns,
                           cancellable, found, error);
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }
  if (bytes == NULL)
    return true;
  if (!seismic_station_text_read (g_bytes_get_data (bytes, NULL),
                                  g_bytes_get_size (bytes), &told, NULL, error)) {
    g_prefix_error (error, "%s: ", server->base);
    return false;
  }
  for (guint i = 0; i < told->len; i++) {
    const SeismicStation *station = told->pdata[i];
    g_autofree char *code = g_strdup_printf ("%s.%s", station->network, station->station);
    if (g_strv_contains (some, code))
      g_ptr_array_add (found, seismic_station_copy (station));
  }
  return true;
}

bool
seismic_fdsn_stations (SeismicHttp *http, const SeismicServer *server,
                       const char *const *stations, int64_t start_ns, int64_t end_ns,
                       GCancellable *cancellable, GPtrArray **found, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_station_free);
  const size_t n = g_strv_length ((char **)stations);
  if (!server->has_waveforms) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST, "%s has no stations",
                 server->base);
    return false;
  }
  if (n > 0 && !ask_stations (http, server, stations, n, start_ns, end_ns, cancellable,
                              all, error))
    return false;
  *found = g_steal_pointer (&all);
  return true;
}
