#include "seismic/fdsn.h"
#include "seismic/error.h"
#include "seismic/event-text.h"
#include "seismic/fdsn-private.h"
#include "seismic/quakeml.h"
#include "seismic/time.h"

#include <string.h>

/* NCEDC and others cut off silently behind so many rows. */
#define CUT_ROWS 10000
/* A window is not halved below that, nor a search into more requests. */
#define MIN_WINDOW_NS (2 * SEISMIC_NS_PER_SECOND)
#define MAX_REQUESTS 2000

typedef struct {
  SeismicHttp *http;
  const SeismicServer *server;
  GCancellable *cancellable;
  SeismicProgressFunc progress;
  void *user_data;
  GPtrArray *events, *skipped; /* so far */
  GHashTable *ids;             /* of events; borrows their ids */
  size_t n_requests;
} Search;

static bool
cancelled (GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return false;
}

/* Bytes come in: the user may stop here too. */
static bool
tell_search (const SeismicHttpProgress *progress, void *user_data)
{
  Search *search = user_data;
  const SeismicProgress told = {.done = search->events->len};
  return search->progress == NULL || search->progress (&told, search->user_data);
}

static bool
read_events (GBytes *bytes, GPtrArray **events, GPtrArray **skipped, GError **error)
{
  gsize n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &n_bytes);
  if (n_bytes == 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_EMPTY, "an empty answer");
    return false;
  }
  if (seismic_quakeml_probe (data, n_bytes))
    return seismic_quakeml_read (data, n_bytes, events, skipped, error);
  if (seismic_event_text_probe (data, n_bytes))
    return seismic_event_text_read (data, n_bytes, events, skipped, error);
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_DATA,
               "neither QuakeML nor event text");
  return false;
}

/* Takes what is new of found, and all of skipped. */
static bool
take_events (Search *search, GPtrArray *found, GPtrArray *skipped, GError **error)
{
  for (guint i = 0; i < found->len; i++) {
    const SeismicEvent *event = found->pdata[i];
    if (g_hash_table_contains (search->ids, event->id))
      continue;
    SeismicEvent *copy = seismic_event_copy (event);
    g_ptr_array_add (search->events, copy);
    g_hash_table_add (search->ids, copy->id);
  }
  g_ptr_array_extend_and_steal (search->skipped, g_ptr_array_ref (skipped));
  const SeismicProgress told = {.done = search->events->len};
  if (search->progress != NULL && !search->progress (&told, search->user_data))
    return cancelled (error);
  return true;
}

static bool ask_events (Search *search, const SeismicEventQuery *query, GError **error);

/* FALSE if the window is too short to be halved; bounds it where it is open. */
static bool
halve (const SeismicEventQuery *query, SeismicEventQuery *newer, SeismicEventQuery *older)
{
  int64_t start_ns = query->start_ns, end_ns = query->end_ns;
  if (start_ns == SEISMIC_TIME_UNSET)
    seismic_time_parse ("1700-01-01", &start_ns);
  if (end_ns == SEISMIC_TIME_UNSET)
    end_ns = g_get_real_time () * 1000 + 86400 * SEISMIC_NS_PER_SECOND;
  if (start_ns > end_ns || (uint64_t)end_ns - (uint64_t)start_ns < MIN_WINDOW_NS)
    return false;
  /* Whole milliseconds, as they travel: the halves must meet. */
  int64_t middle_ns = start_ns + (int64_t)(((uint64_t)end_ns - (uint64_t)start_ns) / 2);
  middle_ns -= middle_ns % 1000000;
  *newer = *older = *query;
  newer->start_ns = older->end_ns = middle_ns;
  newer->end_ns = query->end_ns; /* an open end stays open */
  older->start_ns = query->start_ns;
  return true;
}

static bool
ask_halves (Search *search, const SeismicEventQuery *newer,
            const SeismicEventQuery *older, GError **error)
{
  SeismicEventQuery rest = *older;
  const size_t n_before = search->events->len;
  if (!ask_events (search, newer, error))
    return false;
  const size_t n_new = search->events->len - n_before;
  if (older->limit > 0 && n_new >= older->limit)
    return true; /* those of the older half are too old to count */
  /* An event on the middle comes twice. */
  rest.limit = older->limit > 0 ? older->limit - n_new + 1 : 0;
  return ask_events (search, &rest, error);
}

/* One window, in as many parts as it takes. */
static bool
ask_events (Search *search, const SeismicEventQuery *query, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) found = NULL, skipped = NULL;
  g_autofree char *url = seismic_fdsn_url_events (search->server, query);
  SeismicEventQuery newer, older;
  if (++search->n_requests > MAX_REQUESTS) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_TOO_MUCH,
                 "%s: no end after %u requests", search->server->base, MAX_REQUESTS);
    return false;
  }
  if (!seismic_http_get_bytes (search->http, url, NULL, search->cancellable, tell_search,
                               search, &bytes, NULL, &reason)) {
    if (seismic_fdsn_is_too_much (reason) && halve (query, &newer, &older))
      return ask_halves (search, &newer, &older, error);
    g_propagate_error (error, g_steal_pointer (&reason));
    return false;
  }
  if (bytes == NULL)
    return true;
  if (!read_events (bytes, &found, &skipped, error)) {
    g_prefix_error (error, "%s: ", search->server->base);
    return false;
  }
  if (found->len + skipped->len == CUT_ROWS && query->limit != CUT_ROWS &&
      halve (query, &newer, &older))
    return ask_halves (search, &newer, &older, error);
  return take_events (search, found, skipped, error);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const SeismicEvent *first = *(SeismicEvent *const *)a;
  const SeismicEvent *second = *(SeismicEvent *const *)b;
  /* SEISMIC_TIME_UNSET is the least of all, and so the last. */
  if (first->time_ns != second->time_ns)
    return first->time_ns > second->time_ns ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* Both sides of the date line, where the box lies across it. */
static bool
ask_boxes (Search *search, const SeismicEventQuery *query, GError **error)
{
  SeismicEventQuery west = *query, east = *query;
  if (!(query->west > query->east))
    return ask_events (search, query, error);
  west.east = 180.0;
  east.west = -180.0;
  return ask_events (search, &west, error) && ask_events (search, &east, error);
}

bool
seismic_fdsn_events (SeismicHttp *http, const SeismicServer *server,
                     const SeismicEventQuery *query, GCancellable *cancellable,
                     SeismicProgressFunc progress, void *user_data, GPtrArray **events,
                     GPtrArray **skipped, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  Search search = {.http = http,
                   .server = server,
                   .cancellable = cancellable,
                   .progress = progress,
                   .user_data = user_data,
                   .events = found,
                   .skipped = left_out,
                   .ids = ids};
  if (!server->has_events) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_REQUEST, "%s has no events",
                 server->base);
    return false;
  }
  if (!seismic_event_query_check (query, error) || !ask_boxes (&search, query, error))
    return false;
  g_ptr_array_sort (found, compare_newest);
  if (query->limit > 0 && found->len > query->limit)
    g_ptr_array_remove_range (found, (guint)query->limit,
                              found->len - (guint)query->limit);
  *events = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}
