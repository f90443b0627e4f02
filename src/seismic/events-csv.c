#include "seismic/events-csv.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

enum {
  COLUMN_ID,
  COLUMN_MAGNITUDE,
  COLUMN_MAGNITUDE_TYPE,
  COLUMN_LATITUDE,
  COLUMN_LONGITUDE,
  COLUMN_TYPE,
  COLUMN_TIME,
  COLUMN_DEPTH_KM,
  COLUMN_PLACE,
  N_COLUMNS
};

static const char *const names[N_COLUMNS] = {"eventID",  "magnitude", "magnitude_type",
                                             "latitude", "longitude", "event_type",
                                             "time",     "depth_km",  "place"};

static void
append_text (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (csv, text);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *letter = text; *letter != '\0'; letter++) {
    if (*letter == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *letter);
  }
  g_string_append_c (csv, '"');
}

/* The shortest text that reads back as value. */
static void
append_number (GString *csv, double value)
{
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";
  for (size_t i = 0; isfinite (value) && i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, sizeof text, formats[i], value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  g_string_append (csv, text);
}

/* To the millisecond, as catalogues have it, or as fine as it is. */
static void
append_time (GString *csv, int64_t time_ns)
{
  unsigned digits = time_ns % 1000000 == 0 ? 3 : time_ns % 1000 == 0 ? 6 : 9;
  g_autofree char *text = seismic_time_format (time_ns, digits);
  g_string_append (csv, text);
}

static void
append_event (GString *csv, const SeismicEvent *event)
{
  append_text (csv, event->id);
  g_string_append_c (csv, ',');
  append_number (csv, event->magnitude);
  g_string_append_c (csv, ',');
  append_text (csv, event->magnitude_type);
  g_string_append_c (csv, ',');
  append_number (csv, event->latitude);
  g_string_append_c (csv, ',');
  append_number (csv, event->longitude);
  g_string_append_c (csv, ',');
  append_text (csv, event->type);
  g_string_append_c (csv, ',');
  append_time (csv, event->time_ns);
  g_string_append_c (csv, ',');
  append_number (csv, event->depth_km);
  g_string_append_c (csv, ',');
  append_text (csv, event->place);
  g_string_append_c (csv, '\n');
}

GString *
seismic_events_csv_write (GPtrArray *events)
{
  GString *csv = g_string_new (NULL);
  for (size_t i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (csv, "%s%s", i > 0 ? "," : "", names[i]);
  g_string_append_c (csv, '\n');
  for (guint i = 0; i < events->len; i++)
    append_event (csv, events->pdata[i]);
  return csv;
}

/* A place in the text, and the line it is in. */
typedef struct {
  const char *at, *end;
  size_t line;
} Cursor;

/* The inside of a quoted field; *at stands behind the first quote, then behind the last.
 * FALSE if that is missing. */
static bool
take_quoted (Cursor *cursor, GString *cell)
{
  while (cursor->at < cursor->end) {
    char letter = *cursor->at++;
    if (letter == '"') {
      if (cursor->at == cursor->end || *cursor->at != '"')
        return true;
      cursor->at++;
    }
    cursor->line += letter == '\n';
    g_string_append_c (cell, letter);
  }
  return false;
}

/* The cells of the row at the cursor, stripped and valid UTF-8, and the cursor moved to
 * the next row. NULL with an error when a quote is never closed. */
static char **
take_row (Cursor *cursor, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  bool is_end = false;
  while (!is_end) {
    g_autoptr (GString) cell = g_string_new (NULL);
    bool is_comma = false;
    while (!is_comma && !is_end) {
      char letter = cursor->at < cursor->end ? *cursor->at++ : '\n';
      is_comma = letter == ',';
      is_end = letter == '\n';
      if (letter == '"' && !take_quoted (cursor, cell)) {
        g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                     "A quotation mark is not closed");
        return NULL;
      }
      if (letter != '"' && !is_comma && !is_end)
        g_string_append_c (cell, letter);
    }
    char *text = g_utf8_make_valid (cell->str, -1);
    g_ptr_array_add (cells, g_strstrip (text));
  }
  cursor->line++;
  g_ptr_array_add (cells, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&cells), FALSE);
}

static Cursor
start_of (const uint8_t *bytes, size_t n_bytes)
{
  return (Cursor){seismic_fdsn_text_start (bytes, n_bytes), (const char *)bytes + n_bytes,
                  1};
}

/* Where each column is among the cells, -1 if it is not. FALSE if this is no header. */
static bool
read_header (char **cells, int *places)
{
  guint n_known = 0;
  for (size_t column = 0; column < N_COLUMNS; column++) {
    places[column] = -1;
    for (int i = 0; cells[i] != NULL && places[column] < 0; i++) {
      if (g_ascii_strcasecmp (cells[i], names[column]) == 0)
        places[column] = i;
    }
    n_known += places[column] >= 0;
  }
  return places[COLUMN_ID] >= 0 && n_known > 1;
}

static void
set_text (char **text, const char *cell)
{
  g_free (*text);
  *text = g_strdup (cell);
}

/* cells: N_COLUMNS in our own order. */
static SeismicEvent *
read_event (const char *const *cells, GError **error)
{
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
  if (!seismic_fdsn_text_number (cells[COLUMN_MAGNITUDE], 100.0, "magnitude",
                                 &event->magnitude, error) ||
      !seismic_fdsn_text_number (cells[COLUMN_LATITUDE], 90.0, "latitude",
                                 &event->latitude, error) ||
      !seismic_fdsn_text_number (cells[COLUMN_LONGITUDE], 360.0, "longitude",
                                 &event->longitude, error) ||
      !seismic_fdsn_text_number (cells[COLUMN_DEPTH_KM], 1e4, "depth", &event->depth_km,
                                 error))
    return NULL;
  set_text (&event->magnitude_type, cells[COLUMN_MAGNITUDE_TYPE]);
  set_text (&event->type, cells[COLUMN_TYPE]);
  set_text (&event->place, cells[COLUMN_PLACE]);
  return g_steal_pointer (&event);
}

static SeismicEvent *
read_row (char **row, guint n_cells, const int *places, GError **error)
{
  const char *cells[N_COLUMNS];
  if (g_strv_length (row) != n_cells) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where the header has %u", g_strv_length (row), n_cells);
    return NULL;
  }
  for (size_t i = 0; i < N_COLUMNS; i++)
    cells[i] = places[i] >= 0 ? row[places[i]] : "";
  return read_event (cells, error);
}

bool
seismic_events_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                         GPtrArray **skipped, GError **error)
{
  Cursor cursor = start_of (bytes, n_bytes);
  int places[N_COLUMNS];
  g_auto (GStrv) header = take_row (&cursor, NULL);
  if (header == NULL || !read_header (header, places)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: no header of events.csv, which begins with eventID");
    return false;
  }
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  while (cursor.at < cursor.end) {
    g_autoptr (GError) reason = NULL;
    g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, cursor.line);
    g_auto (GStrv) row = take_row (&cursor, &reason);
    if (row != NULL && *row[0] == '\0' && row[1] == NULL)
      continue; /* a blank line */
    SeismicEvent *event =
        row != NULL ? read_row (row, g_strv_length (header), places, &reason) : NULL;
    if (event != NULL)
      g_ptr_array_add (found, event);
    else
      g_ptr_array_add (left_out, seismic_skip_new (item, g_steal_pointer (&reason)));
  }
  *events = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_events_csv_probe (const uint8_t *bytes, size_t n_bytes)
{
  Cursor cursor = start_of (bytes, MIN (n_bytes, (size_t)4096));
  const char *stop = memchr (cursor.at, '\n', (size_t)(cursor.end - cursor.at));
  int places[N_COLUMNS];
  if (n_bytes == 0 || stop == NULL ||
      memchr (cursor.at, '\0', (size_t)(stop - cursor.at)) != NULL)
    return false;
  cursor.end = stop;
  g_auto (GStrv) header = take_row (&cursor, NULL);
  return header != NULL && read_header (header, places);
}
