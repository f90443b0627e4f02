#include "seismic/events-csv.h"
#include "seismic/csv.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

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
append_event (GString *csv, const SeismicEvent *event)
{
  seismic_csv_append_text (csv, event->id);
  g_string_append_c (csv, ',');
  seismic_csv_append_number (csv, event->magnitude);
  g_string_append_c (csv, ',');
  seismic_csv_append_text (csv, event->magnitude_type);
  g_string_append_c (csv, ',');
  seismic_csv_append_number (csv, event->latitude);
  g_string_append_c (csv, ',');
  seismic_csv_append_number (csv, event->longitude);
  g_string_append_c (csv, ',');
  seismic_csv_append_text (csv, event->type);
  g_string_append_c (csv, ',');
  seismic_csv_append_time (csv, event->time_ns);
  g_string_append_c (csv, ',');
  seismic_csv_append_number (csv, event->depth_km);
  g_string_append_c (csv, ',');
  seismic_csv_append_text (csv, event->place);
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

static void
set_text (char **text, const char *cell)
{
  g_free (*text);
  *text = g_strdup (cell);
}

/* cells: N_COLUMNS in our own order. */
static gpointer
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

static const SeismicCsvTable table = {.names = names,
                                      .n_names = N_COLUMNS,
                                      .n_needed = 1,
                                      .n_least = 2,
                                      .what = "events.csv",
                                      .read_row = read_event,
                                      .free_row = (GDestroyNotify)seismic_event_free};

bool
seismic_events_csv_read (const uint8_t *bytes, size_t n_bytes, GPtrArray **events,
                         GPtrArray **skipped, GError **error)
{
  return seismic_csv_read (&table, bytes, n_bytes, events, skipped, error);
}

bool
seismic_events_csv_probe (const uint8_t *bytes, size_t n_bytes)
{
  return seismic_csv_probe (&table, bytes, n_bytes);
}
