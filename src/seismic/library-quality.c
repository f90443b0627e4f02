#include "seismic/library-quality.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <math.h>

/* Arrivals that differ by less are the same. */
#define SAME_ARRIVAL_S 1e-3

G_STATIC_ASSERT (SEISMIC_N_COMPONENTS == 3); /* as the table has columns */

void
seismic_library_read_quality (SeismicQuality *quality, sqlite3_stmt *row, int first)
{
  seismic_quality_init (quality);
  if (sqlite3_column_type (row, first) == SQLITE_NULL)
    return;
  quality->version = sqlite3_column_int (row, first);
  quality->arrival_s = seismic_sql_double (row, first + 1);
  quality->n_gaps = (size_t)MAX (sqlite3_column_int64 (row, first + 2), 0);
  for (int c = 0; c < SEISMIC_N_COMPONENTS; c++) {
    quality->flags[c] = (unsigned)sqlite3_column_int (row, first + 3 + c);
    quality->peak[c] = seismic_sql_double (row, first + 6 + c);
    quality->snr_db[c] = seismic_sql_double (row, first + 9 + c);
  }
}

static bool
store (SeismicLibrary *library, const char *event_id, const char *instrument_id,
       const SeismicQuality *quality, GError **error)
{
  return seismic_sql_run (
      library->db, error,
      "INSERT OR REPLACE INTO quality"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14"
      " FROM signals WHERE event_id = ?1 AND instrument_id = ?2", /* not removed since */
      "ssidziiidddddd", event_id, instrument_id, (int64_t)quality->version,
      quality->arrival_s, quality->n_gaps, (int64_t)quality->flags[0],
      (int64_t)quality->flags[1], (int64_t)quality->flags[2], quality->peak[0],
      quality->peak[1], quality->peak[2], quality->snr_db[0], quality->snr_db[1],
      quality->snr_db[2]);
}

/* What of an event and a station tells when the waves come. */
typedef struct {
  int64_t origin_ns;
  double latitude, longitude, depth_km, station_latitude, station_longitude;
} Path;

static bool
find_path (SeismicLibrary *library, const char *event_id, const SeismicSignal *signal,
           Path *path, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT e.time_ns, e.latitude, e.longitude, e.depth_km, t.latitude, t.longitude"
      " FROM events e LEFT JOIN stations t ON t.network = ?2 AND t.station = ?3"
      " WHERE e.id = ?1",
      "sss", event_id, signal->network, signal->station);
  int step = row == NULL ? -1 : seismic_sql_step (library->db, row, error);
  *path = (Path){SEISMIC_TIME_UNSET, NAN, NAN, NAN, NAN, NAN};
  if (step == 1)
    *path = (Path){seismic_sql_time (row, 0),   seismic_sql_double (row, 1),
                   seismic_sql_double (row, 2), seismic_sql_double (row, 3),
                   seismic_sql_double (row, 4), seismic_sql_double (row, 5)};
  return step >= 0;
}

/* Seconds from start_ns to the arrival travel_s after the origin; NAN if unknown. */
static double
after_start (int64_t origin_ns, int64_t start_ns, double travel_s)
{
  int64_t elapsed_ns;
  if (origin_ns == SEISMIC_TIME_UNSET ||
      __builtin_sub_overflow (origin_ns, start_ns, &elapsed_ns))
    return NAN;
  return (double)elapsed_ns / (double)SEISMIC_NS_PER_SECOND + travel_s;
}

static double
arrival_on (const Path *path, SeismicPhase phase, int64_t start_ns)
{
  return after_start (path->origin_ns, start_ns,
                      seismic_travel_time_between_s (
                          phase, path->latitude, path->longitude, path->depth_km,
                          path->station_latitude, path->station_longitude));
}

/* Computes and stores the quality of a signal. record: around it, NULL where it has no
 * gaps. */
static bool
judge_signal (SeismicLibrary *library, const char *event_id, const char *instrument_id,
              const SeismicSignal *signal, const SeismicRecord *record, GError **error)
{
  Path path;
  SeismicQuality quality;
  if (!find_path (library, event_id, signal, &path, error))
    return false;
  seismic_quality_compute (&quality, signal,
                           record != NULL ? seismic_record_count_gaps (record) : 0,
                           arrival_on (&path, SEISMIC_PHASE_P, signal->start_ns),
                           arrival_on (&path, SEISMIC_PHASE_S, signal->start_ns));
  return store (library, event_id, instrument_id, &quality, error);
}

bool
seismic_library_is_judged (const SeismicSignalInfo *info)
{
  const double arrival_s =
      after_start (info->event.time_ns, info->start_ns,
                   seismic_signal_info_arrival_s (info, SEISMIC_PHASE_P));
  if (info->quality.version != SEISMIC_QUALITY_VERSION)
    return false;
  return isnan (arrival_s) ? isnan (info->quality.arrival_s)
                           : fabs (arrival_s - info->quality.arrival_s) < SAME_ARRIVAL_S;
}

/* The signals to look at, of all: a new GPtrArray; NULL on error. */
static GPtrArray *
list_unjudged (SeismicLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) all = seismic_library_list_signals (library, error);
  if (all == NULL)
    return NULL;
  for (guint i = all->len; i > 0; i--) {
    if (seismic_library_is_judged (all->pdata[i - 1]))
      g_ptr_array_remove_index (all, i - 1);
  }
  return g_steal_pointer (&all);
}

bool
seismic_library_count_unjudged (SeismicLibrary *library, size_t *n, GError **error)
{
  g_autoptr (GPtrArray) signals = list_unjudged (library, error);
  if (signals != NULL)
    *n = signals->len;
  return signals != NULL;
}

/* FALSE when the library fails; a signal that cannot be read is a skip. */
static bool
judge (SeismicLibrary *library, const SeismicSignalInfo *info, GPtrArray *skipped,
       GError **error)
{
  GError *reason = NULL;
  g_autoptr (SeismicRecord) record = NULL;
  g_autoptr (SeismicSignal) signal =
      seismic_library_read_signal (library, info->id, &reason);
  if (signal != NULL && signal->has_gaps)
    record = seismic_library_read_record (library, info->id, &reason);
  if (reason == NULL)
    return judge_signal (library, info->event_id,
                         seismic_signal_info_instrument_id (info), signal, record, error);
  if (skipped != NULL)
    g_ptr_array_add (skipped, seismic_skip_new (info->id, reason));
  else
    g_error_free (reason);
  return true;
}

bool
seismic_library_update_quality (SeismicLibrary *library, SeismicProgressFunc progress,
                                void *user_data, GPtrArray *skipped, GError **error)
{
  g_autoptr (GPtrArray) signals = list_unjudged (library, error);
  if (signals == NULL)
    return false;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    const SeismicProgress at = {i, signals->len, info->id};
    if (progress != NULL && !progress (&at, user_data)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
      return false;
    }
    if (!judge (library, info, skipped, error))
      return false;
  }
  const SeismicProgress end = {signals->len, signals->len, NULL};
  if (progress != NULL)
    progress (&end, user_data); /* nothing is left to stop */
  return true;
}
