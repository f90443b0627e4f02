/* What a library knows of stations: where they stand, and what their counts are worth. */
#include "seismic/library-download.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

bool
seismic_library_put_station (SeismicLibrary *library, const char *network,
                             const char *station, double latitude, double longitude,
                             GError **error)
{
  return seismic_sql_run (library->db, error,
                          "INSERT OR REPLACE INTO stations VALUES (?, ?, ?, ?)", "ssdd",
                          network, station, latitude, longitude);
}

/* An open start is the earliest there is, as it belongs to the key. */
static bool
put_sensitivity (SeismicLibrary *library, const SeismicStation *station,
                 const SeismicSensitivity *told, GError **error)
{
  return seismic_sql_run (
      library->db, error,
      "INSERT OR REPLACE INTO sensitivities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "ssssitddsid", station->network, station->station, told->location, told->channel,
      told->start_ns, told->end_ns, told->scale, told->frequency_hz, told->units,
      g_get_real_time () * INT64_C (1000), told->azimuth);
}

bool
seismic_library_learn_station (SeismicLibrary *library, const SeismicStation *station,
                               GError **error)
{
  if (!seismic_library_put_station (library, station->network, station->station,
                                    station->latitude, station->longitude, error))
    return false;
  for (guint i = 0; i < station->sensitivities->len; i++) {
    if (!put_sensitivity (library, station,
                          &g_array_index (station->sensitivities, SeismicSensitivity, i),
                          error))
      return false;
  }
  return true;
}

/* One epoch of one component of an instrument. */
typedef struct {
  char component;
  int64_t start_ns, end_ns;
  double counts_per_ms2, azimuth;
} Epoch;

GHashTable *
seismic_library_load_sensitivities (SeismicLibrary *library, const char *instrument_id,
                                    GError **error)
{
  /* The later start comes first: of epochs that overlap it is the better one. */
#define COLUMNS                                                                          \
  "SELECT network || '.' || station || '.' || location || '.' ||"                        \
  " substr (channel, 1, 2), substr (channel, 3), start_ns, end_ns, scale, units, "       \
  "azimuth"                                                                              \
  " FROM sensitivities"
#define ORDER " ORDER BY start_ns DESC"
  g_auto (GStrv) codes = g_strsplit (instrument_id != NULL ? instrument_id : "", ".", 4);
  g_autoptr (sqlite3_stmt) row =
      g_strv_length (codes) < 4
          ? seismic_sql_query (library->db, error, COLUMNS ORDER, "")
          : seismic_sql_query (library->db, error,
                               COLUMNS " WHERE network = ? AND station = ?"
                                       " AND location = ?"
                                       " AND substr (channel, 1, 2) = ?" ORDER,
                               "ssss", codes[0], codes[1], codes[2], codes[3]);
  if (row == NULL)
    return NULL;
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify)g_array_unref);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    const char *id = seismic_sql_text (row, 0);
    const Epoch epoch = {*seismic_sql_text (row, 1), sqlite3_column_int64 (row, 2),
                         seismic_sql_time (row, 3),
                         seismic_station_counts_per_ms2 (seismic_sql_double (row, 4),
                                                         seismic_sql_text (row, 5)),
                         seismic_sql_double (row, 6)};
    GArray *epochs = g_hash_table_lookup (table, id);
    if (epochs == NULL) {
      epochs = g_array_new (FALSE, FALSE, sizeof (Epoch));
      g_hash_table_insert (table, g_strdup (id), epochs);
    }
    g_array_append_val (epochs, epoch);
  }
  return step == 0 ? g_steal_pointer (&table) : NULL;
}

/* NULL if there is none. */
static const Epoch *
find_epoch (const GArray *epochs, char component, int64_t time_ns)
{
  for (guint i = 0; epochs != NULL && i < epochs->len; i++) {
    const Epoch *epoch = &g_array_index (epochs, Epoch, i);
    if (epoch->component == component && epoch->start_ns <= time_ns &&
        (epoch->end_ns == SEISMIC_TIME_UNSET || time_ns < epoch->end_ns))
      return epoch;
  }
  return NULL;
}

void
seismic_library_find_sensitivity (GHashTable *table, const char *instrument_id,
                                  const char *components, int64_t time_ns,
                                  double counts_per_ms2[SEISMIC_N_COMPONENTS],
                                  double azimuths[SEISMIC_N_COMPONENTS])
{
  const GArray *epochs = g_hash_table_lookup (table, instrument_id);
  const size_t n = strlen (components);
  for (size_t c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    const Epoch *epoch = c < n ? find_epoch (epochs, components[c], time_ns) : NULL;
    counts_per_ms2[c] = epoch != NULL ? epoch->counts_per_ms2 : NAN;
    azimuths[c] = epoch != NULL ? epoch->azimuth : NAN;
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* 1 if the library has the station's coordinates and the channel's sensitivity at the
 * trace's time, 0 if not, -1 on error. What was told before that time does not count: an
 * epoch that was open then may have ended since. */
static int
is_known (SeismicLibrary *library, const SeismicTrace *trace, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT 1 FROM stations JOIN sensitivities USING (network, station)"
      " WHERE network = ? AND station = ? AND location = ? AND channel = ?"
      " AND start_ns <= ?5 AND (end_ns IS NULL OR end_ns > ?5) AND told_ns >= ?5",
      "ssssi", trace->network, trace->station, trace->location, trace->channel,
      trace->start_ns);
  return row == NULL ? -1 : seismic_sql_step (library->db, row, error);
}

char **
seismic_library_unknown_stations (SeismicLibrary *library, GPtrArray *traces,
                                  GError **error)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  for (guint i = 0; i < traces->len; i++) {
    const SeismicTrace *trace = traces->pdata[i];
    g_autofree char *id = g_strconcat (trace->network, ".", trace->station, NULL);
    if (!seismic_library_makes_signal (trace) || !g_str_is_ascii (id) ||
        g_hash_table_contains (seen, id))
      continue;
    const int known = is_known (library, trace, error);
    if (known < 0)
      return NULL;
    if (known == 1)
      continue;
    g_ptr_array_add (unknown, id);
    g_hash_table_add (seen, g_steal_pointer (&id));
  }
  g_ptr_array_sort (unknown, compare_texts);
  for (guint i = 0; i < unknown->len; i++)
    unknown->pdata[i] = g_strdup (unknown->pdata[i]);
  g_ptr_array_add (unknown, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&unknown), FALSE);
}
