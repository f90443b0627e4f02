#include "seismic/event-text.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

#include <string.h>

enum {
  COLUMN_ID = 0,
  COLUMN_TIME = 1,
  COLUMN_LATITUDE = 2,
  COLUMN_LONGITUDE = 3,
  COLUMN_DEPTH_KM = 4,
  COLUMN_MAGNITUDE_TYPE = 9,
  COLUMN_MAGNITUDE = 10,
  COLUMN_PLACE = 12,
  COLUMN_TYPE = 13,
  N_COLUMNS_MIN = 13, /* fdsnws-event 1.0 had no type */
  N_COLUMNS_MAX = 14
};

static bool
is_header (char **cells)
{
  const char *first = cells[0] != NULL ? cells[0] : "";
  if (*first != '#')
    return false;
  first += strspn (first, "# \t");
  return g_ascii_strcasecmp (first, "EventID") == 0;
}

static bool
is_row_length (char **cells)
{
  guint n = g_strv_length (cells);
  return n >= N_COLUMNS_MIN && n <= N_COLUMNS_MAX;
}

static SeismicEvent *
read_row (char **cells, GError **error)
{
  if (!is_row_length (cells)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where %d or %d are expected", g_strv_length (cells),
                 N_COLUMNS_MIN, N_COLUMNS_MAX);
    return NULL;
  }
  if (*cells[COLUMN_ID] == '\0') {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "The event has no id");
    return NULL;
  }
  g_autoptr (SeismicEvent) event = seismic_event_new (cells[COLUMN_ID]);
  const char *time = cells[COLUMN_TIME];
  if (*time != '\0' && !seismic_time_parse (time, &event->time_ns)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "\"%s\" is no time", time);
    return NULL;
  }
  if (!seismic_fdsn_text_number (cells[COLUMN_LATITUDE], 90.0, "latitude",
                                 &event->latitude, error) ||
      !seismic_fdsn_text_number (cells[COLUMN_LONGITUDE], 360.0, "longitude",
                                 &event->longitude, error) ||
      !seismic_fdsn_text_number (cells[COLUMN_DEPTH_KM], 1e4, "depth", &event->depth_km,
                                 error) ||
      !seismic_fdsn_text_number (cells[COLUMN_MAGNITUDE], 100.0, "magnitude",
                                 &event->magnitude, error))
    return NULL;

  g_free (event->magnitude_type);
  event->magnitude_type = g_strdup (cells[COLUMN_MAGNITUDE_TYPE]);
  g_free (event->place);
  event->place = g_strdup (cells[COLUMN_PLACE]);
  if (cells[COLUMN_TYPE] != NULL) {
    g_free (event->type);
    event->type = g_strdup (cells[COLUMN_TYPE]);
  }
  return g_steal_pointer (&event);
}

static void
take_line (const char *line, size_t n_line, size_t number, GPtrArray *events,
           GPtrArray *skipped)
{
  g_auto (GStrv) cells = seismic_fdsn_text_split (line, n_line);
  if (cells[0] == NULL || *cells[0] == '#' || (*cells[0] == '\0' && cells[1] == NULL))
    return; /* a blank line or a comment */
  g_autoptr (GError) reason = NULL;
  SeismicEvent *event = read_row (cells, &reason);
  if (event != NULL) {
    g_ptr_array_add (events, event);
    return;
  }
  g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, number);
  g_ptr_array_add (skipped, seismic_skip_new (item, g_steal_pointer (&reason)));
}

bool
seismic_event_text_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                         GPtrArray **skipped, GError **error)
{
  if (!seismic_event_text_probe (bytes, n_bytes)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: neither the header nor a row of FDSN event text");
    return false;
  }
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  const char *cursor = seismic_fdsn_text_start (bytes, n_bytes);
  const char *end = (const char *)bytes + n_bytes;
  const char *line = NULL;
  size_t n_line = 0;
  for (size_t number = 1; seismic_fdsn_text_next_line (&cursor, end, &line, &n_line);
       number++)
    take_line (line, n_line, number, found, left_out);

  *events = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_event_text_probe (const uint8_t *bytes, size_t n_bytes)
{
  if (n_bytes == 0)
    return false;
  const char *cursor = seismic_fdsn_text_start (bytes, n_bytes);
  const char *line = NULL;
  size_t n_line = 0;
  if (!seismic_fdsn_text_next_line (&cursor, (const char *)bytes + MIN (n_bytes, 4096),
                                    &line, &n_line) ||
      memchr (line, '\0', n_line) != NULL)
    return false;
  g_auto (GStrv) cells = seismic_fdsn_text_split (line, n_line);
  int64_t time_ns;
  return is_header (cells) ||
         (is_row_length (cells) && seismic_time_parse (cells[COLUMN_TIME], &time_ns));
}
