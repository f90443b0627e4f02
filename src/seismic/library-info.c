/* The signals of a library as they are listed. */
#include "seismic/azimuth.h"
#include "seismic/error.h"
#include "seismic/library-note.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

int64_t
seismic_library_time_of_motion (int64_t event_ns, int64_t start_ns)
{
  return event_ns != SEISMIC_TIME_UNSET ? event_ns : start_ns;
}

static void
clear_event (SeismicEvent *event)
{
  g_free (event->id);
  g_free (event->magnitude_type);
  g_free (event->type);
  g_free (event->place);
}

void
seismic_signal_info_free (SeismicSignalInfo *info)
{
  if (info == NULL)
    return;
  clear_event (&info->event);
  g_free (info->id);
  g_free (info->event_id);
  g_strfreev (info->tags);
  g_strfreev (info->event_tags);
  g_free (info->comment);
  g_free (info);
}

SeismicSignalInfo *
seismic_signal_info_copy (const SeismicSignalInfo *info)
{
  SeismicSignalInfo *copy = g_memdup2 (info, sizeof *info);
  copy->id = g_strdup (info->id);
  copy->event_id = g_strdup (info->event_id);
  copy->tags = g_strdupv (info->tags);
  copy->event_tags = g_strdupv (info->event_tags);
  copy->comment = g_strdup (info->comment);
  copy->event.id = g_strdup (info->event.id);
  copy->event.magnitude_type = g_strdup (info->event.magnitude_type);
  copy->event.type = g_strdup (info->event.type);
  copy->event.place = g_strdup (info->event.place);
  return copy;
}

/* In the order of the query in seismic_library_list_signals (). */
enum {
  COLUMN_EVENT = 0,
  COLUMN_INSTRUMENT_ID = 9,
  COLUMN_NETWORK,
  COLUMN_STATION,
  COLUMN_LOCATION,
  COLUMN_INSTRUMENT,
  COLUMN_COMPONENTS,
  COLUMN_START,
  COLUMN_RATE,
  COLUMN_SAMPLES,
  COLUMN_GAPS,
  COLUMN_LATITUDE,
  COLUMN_LONGITUDE,
  COLUMN_PICKS,
  COLUMN_QUALITY /* SEISMIC_LIBRARY_QUALITY_COLUMNS */
};

/* Of a signal, its id. */
static char *
note_key (const char *event_id, const char *instrument_id)
{
  return g_strconcat (event_id, "/", instrument_id, NULL);
}

/* note_key () → SeismicNote; NULL on error. */
static GHashTable *
load_notes (SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) list = seismic_library_list_notes (library, error);
  if (list == NULL)
    return NULL;
  GHashTable *notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)seismic_note_free);
  g_ptr_array_set_free_func (list, NULL); /* they go into the table */
  for (guint i = 0; i < list->len; i++) {
    SeismicNote *note = list->pdata[i];
    g_hash_table_insert (notes, note_key (note->event_id, note->instrument_id), note);
  }
  return notes;
}

static SeismicSignalInfo *
read_info (sqlite3_stmt *row, GHashTable *sensitivities, GHashTable *notes)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);
  seismic_library_read_event (&info->event, row, COLUMN_EVENT);
  info->event_id = g_strdup (info->event.id);
  info->id = g_strconcat (info->event_id, "/",
                          seismic_sql_text (row, COLUMN_INSTRUMENT_ID), NULL);
  g_strlcpy (info->network, seismic_sql_text (row, COLUMN_NETWORK), sizeof info->network);
  g_strlcpy (info->station, seismic_sql_text (row, COLUMN_STATION), sizeof info->station);
  g_strlcpy (info->location, seismic_sql_text (row, COLUMN_LOCATION),
             sizeof info->location);
  g_strlcpy (info->instrument, seismic_sql_text (row, COLUMN_INSTRUMENT),
             sizeof info->instrument);
  g_strlcpy (info->components, seismic_sql_text (row, COLUMN_COMPONENTS),
             sizeof info->components);
  info->start_ns = sqlite3_column_int64 (row, COLUMN_START);
  info->rate_hz = sqlite3_column_double (row, COLUMN_RATE);
  info->n_samples = (size_t)MAX (sqlite3_column_int64 (row, COLUMN_SAMPLES), 0);
  info->has_gaps = sqlite3_column_int (row, COLUMN_GAPS) != 0;
  info->latitude = seismic_sql_double (row, COLUMN_LATITUDE);
  info->longitude = seismic_sql_double (row, COLUMN_LONGITUDE);
  info->distance_km = seismic_distance_km (info->event.latitude, info->event.longitude,
                                           info->latitude, info->longitude);
  info->back_azimuth = seismic_azimuth (info->latitude, info->longitude,
                                        info->event.latitude, info->event.longitude);
  seismic_library_find_sensitivity (
      sensitivities, seismic_sql_text (row, COLUMN_INSTRUMENT_ID), info->components,
      seismic_library_time_of_motion (info->event.time_ns, info->start_ns),
      info->counts_per_ms2, info->azimuths);
  info->n_picks = (size_t)MAX (sqlite3_column_int64 (row, COLUMN_PICKS), 0);
  seismic_library_read_quality (&info->quality, row, COLUMN_QUALITY);
  const SeismicNote *own = g_hash_table_lookup (notes, info->id);
  g_autofree char *event_key = note_key (info->event_id, "");
  const SeismicNote *events = g_hash_table_lookup (notes, event_key);
  info->tags = own != NULL ? g_strdupv (own->tags) : g_new0 (char *, 1);
  info->event_tags = events != NULL ? g_strdupv (events->tags) : g_new0 (char *, 1);
  info->comment = g_strdup (own != NULL ? own->comment : "");
  return info;
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  const SeismicSignalInfo *one = *(SeismicSignalInfo *const *)a;
  const SeismicSignalInfo *other = *(SeismicSignalInfo *const *)b;
  /* Newest first; an unset time is the least of all and so comes last. */
  if (one->event.time_ns != other->event.time_ns)
    return one->event.time_ns > other->event.time_ns ? -1 : 1;
  int order = strcmp (one->event_id, other->event_id);
  if (order != 0)
    return order;
  if (isnan (one->distance_km) != isnan (other->distance_km))
    return isnan (one->distance_km) ? 1 : -1;
  if (one->distance_km < other->distance_km)
    return -1;
  if (one->distance_km > other->distance_km)
    return 1;
  return strcmp (one->id, other->id);
}

#define SELECT_INFOS                                                                     \
  "SELECT " SEISMIC_LIBRARY_EVENT_COLUMNS ", s.instrument_id, s.network, s.station,"     \
  " s.location, s.instrument, s.components, s.start_ns, s.rate_hz, s.n_samples,"         \
  " s.has_gaps, t.latitude, t.longitude,"                                                \
  " (SELECT count (*) FROM picks p WHERE p.event_id = s.event_id"                        \
  "  AND p.instrument_id = s.instrument_id), " SEISMIC_LIBRARY_QUALITY_COLUMNS           \
  " FROM signals s JOIN events e ON e.id = s.event_id"                                   \
  " LEFT JOIN stations t ON t.network = s.network AND t.station = s.station"             \
  " LEFT JOIN quality q ON q.event_id = s.event_id"                                      \
  "  AND q.instrument_id = s.instrument_id"

GPtrArray *
seismic_library_list_signals (SeismicLibrary *library, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (library->db, error, SELECT_INFOS, "");
  if (row == NULL)
    return NULL;
  g_autoptr (GHashTable) sensitivities =
      seismic_library_load_sensitivities (library, NULL, error);
  g_autoptr (GHashTable) notes =
      sensitivities != NULL ? load_notes (library, error) : NULL;
  if (notes == NULL)
    return NULL;
  g_autoptr (GPtrArray) infos =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1)
    g_ptr_array_add (infos, read_info (row, sensitivities, notes));
  if (step < 0)
    return NULL;
  g_ptr_array_sort (infos, compare_infos);
  return g_steal_pointer (&infos);
}

/* As load_notes (), of the signal and its event alone. */
static GHashTable *
load_notes_of (SeismicLibrary *library, const char *event_id, const char *instrument_id,
               GError **error)
{
  g_autoptr (GHashTable) notes = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)seismic_note_free);
  const char *const instruments[] = {instrument_id, ""};
  for (size_t i = 0; i < G_N_ELEMENTS (instruments); i++) {
    SeismicNote *note =
        seismic_library_get_note (library, event_id, instruments[i], error);
    if (note == NULL)
      return NULL;
    g_hash_table_insert (notes, note_key (event_id, instruments[i]), note);
  }
  return g_steal_pointer (&notes);
}

SeismicSignalInfo *
seismic_library_get_signal (SeismicLibrary *library, const char *signal_id,
                            GError **error)
{
  const char *slash = strrchr (signal_id, '/'); /* an instrument id has none */
  const char *instrument_id = slash != NULL ? slash + 1 : "";
  g_autofree char *event_id =
      g_strndup (signal_id, slash != NULL ? (size_t)(slash - signal_id) : 0);
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, SELECT_INFOS " WHERE s.event_id = ? AND s.instrument_id = ?",
      "ss", event_id, instrument_id);
  const int step = row != NULL ? seismic_sql_step (library->db, row, error) : -1;
  if (step == 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
                 "There is no signal %s in the library", signal_id);
  if (step != 1)
    return NULL;
  g_autoptr (GHashTable) sensitivities =
      seismic_library_load_sensitivities (library, instrument_id, error);
  g_autoptr (GHashTable) notes =
      sensitivities != NULL ? load_notes_of (library, event_id, instrument_id, error)
                            : NULL;
  return notes != NULL ? read_info (row, sensitivities, notes) : NULL;
}

double
seismic_signal_info_arrival_s (const SeismicSignalInfo *info, SeismicPhase phase)
{
  return seismic_travel_time_between_s (phase, info->event.latitude,
                                        info->event.longitude, info->event.depth_km,
                                        info->latitude, info->longitude);
}

const char *
seismic_signal_info_instrument_id (const SeismicSignalInfo *info)
{
  return info->id + strlen (info->event_id) + 1;
}
