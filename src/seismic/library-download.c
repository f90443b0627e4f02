#include "seismic/library-download.h"
#include "seismic/error.h"
#include "seismic/library-file.h"
#include "seismic/library-private.h"
#include "seismic/library-sql.h"

#include <glib/gstdio.h>
#include <string.h>

#define NS_PER_US INT64_C (1000)

SeismicDownloadNote *
seismic_download_note_new (const char *event_id)
{
  SeismicDownloadNote *note = g_new0 (SeismicDownloadNote, 1);
  note->event_id = g_strdup (event_id);
  note->server = g_strdup ("");
  note->url = g_strdup ("");
  note->time_ns = g_get_real_time () * NS_PER_US;
  return note;
}

void
seismic_download_note_free (SeismicDownloadNote *note)
{
  if (note == NULL)
    return;
  g_clear_error (&note->reason);
  g_free (note->event_id);
  g_free (note->server);
  g_free (note->url);
  g_free (note);
}

SeismicDownloadNote *
seismic_download_note_copy (const SeismicDownloadNote *note)
{
  SeismicDownloadNote *copy = g_memdup2 (note, sizeof *note);
  copy->event_id = g_strdup (note->event_id);
  copy->reason = note->reason != NULL ? g_error_copy (note->reason) : NULL;
  copy->server = g_strdup (note->server);
  copy->url = g_strdup (note->url);
  return copy;
}

/* In the database a state keeps its number, whatever the enumeration becomes. */
static const struct {
  SeismicDownloadState state;
  int64_t number;
} states[] = {
    {SEISMIC_DOWNLOAD_DONE, 1},
    {SEISMIC_DOWNLOAD_NO_DATA, 2},
    {SEISMIC_DOWNLOAD_FAILED, 3},
};

static int64_t
number_of_state (SeismicDownloadState state)
{
  for (size_t i = 0; i < G_N_ELEMENTS (states); i++) {
    if (states[i].state == state)
      return states[i].number;
  }
  return 0;
}

static SeismicDownloadState
state_of_number (int64_t number)
{
  for (size_t i = 0; i < G_N_ELEMENTS (states); i++) {
    if (states[i].number == number)
      return states[i].state;
  }
  return SEISMIC_DOWNLOAD_WAITING;
}

static bool
set_no_event (const char *event_id, GError **error)
{
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               "There is no event %s in the library", event_id);
  return false;
}

bool
seismic_library_put_download (SeismicLibrary *library, const SeismicDownloadNote *note,
                              GError **error)
{
  int64_t number = number_of_state (note->state);
  if (number == 0)
    return seismic_sql_run (library->db, error,
                            "DELETE FROM downloads WHERE event_id = ? AND channels = ?",
                            "ss", note->event_id, SEISMIC_DOWNLOAD_CHANNELS);
  const GError *reason = note->reason;
  g_autofree char *message =
      reason != NULL ? g_utf8_make_valid (reason->message, -1) : g_strdup ("");
  if (!seismic_sql_run (
          library->db, error,
          "INSERT OR REPLACE INTO downloads SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
          " ?10, ?11 FROM events WHERE id = ?1",
          "ssisisissit", note->event_id, SEISMIC_DOWNLOAD_CHANNELS, number,
          reason != NULL ? g_quark_to_string (reason->domain) : "",
          (int64_t)(reason != NULL ? reason->code : 0), message,
          (int64_t)note->worth_retry, note->server, note->url,
          (int64_t)MIN (note->n_bytes, (uint64_t)INT64_MAX), note->time_ns))
    return false;
  return sqlite3_changes (library->db) == 1 || set_no_event (note->event_id, error);
}

/* In the order of the query in seismic_library_list_downloads (). */
enum {
  COLUMN_EVENT,
  COLUMN_STATE,
  COLUMN_DOMAIN,
  COLUMN_CODE,
  COLUMN_MESSAGE,
  COLUMN_WORTH_RETRY,
  COLUMN_SERVER,
  COLUMN_URL,
  COLUMN_SIZE,
  COLUMN_TIME
};

static GError *
read_reason (sqlite3_stmt *row)
{
  const char *domain = seismic_sql_text (row, COLUMN_DOMAIN);
  bool is_own = g_str_equal (domain, g_quark_to_string (SEISMIC_ERROR));
  return g_error_new_literal (is_own ? SEISMIC_ERROR : G_IO_ERROR,
                              sqlite3_column_int (row, COLUMN_CODE),
                              seismic_sql_text (row, COLUMN_MESSAGE));
}

static SeismicDownloadNote *
read_note (sqlite3_stmt *row)
{
  SeismicDownloadNote *note = g_new0 (SeismicDownloadNote, 1);
  note->event_id = g_strdup (seismic_sql_text (row, COLUMN_EVENT));
  note->state = state_of_number (sqlite3_column_int64 (row, COLUMN_STATE));
  if (note->state == SEISMIC_DOWNLOAD_FAILED)
    note->reason = read_reason (row);
  note->worth_retry = sqlite3_column_int (row, COLUMN_WORTH_RETRY) != 0;
  note->server = g_strdup (seismic_sql_text (row, COLUMN_SERVER));
  note->url = g_strdup (seismic_sql_text (row, COLUMN_URL));
  note->n_bytes = (uint64_t)MAX (sqlite3_column_int64 (row, COLUMN_SIZE), 0);
  note->time_ns = seismic_sql_time (row, COLUMN_TIME);
  return note;
}

GHashTable *
seismic_library_list_downloads (SeismicLibrary *library, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error,
                         "SELECT event_id, state, domain, code, message, worth_retry,"
                         " server, url, size, time_ns FROM downloads WHERE channels = ?",
                         "s", SEISMIC_DOWNLOAD_CHANNELS);
  if (row == NULL)
    return NULL;
  g_autoptr (GHashTable) notes = g_hash_table_new_full (
      g_str_hash, g_str_equal, NULL, (GDestroyNotify)seismic_download_note_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    SeismicDownloadNote *note = read_note (row);
    g_hash_table_replace (notes, note->event_id, note);
  }
  return step == 0 ? g_steal_pointer (&notes) : NULL;
}

static SeismicLibraryHolding *
get_holding (GHashTable *holdings, const char *event_id)
{
  SeismicLibraryHolding *holding = g_hash_table_lookup (holdings, event_id);
  if (holding == NULL) {
    holding = g_new0 (SeismicLibraryHolding, 1);
    holding->is_whole = true;
    g_hash_table_insert (holdings, g_strdup (event_id), holding);
  }
  return holding;
}

static bool
has_size (SeismicLibrary *library, const char *file, int64_t size)
{
  g_autofree char *path = g_build_filename (library->waveforms, file, NULL);
  GStatBuf status;
  return seismic_library_is_safe_path (file) && g_stat (path, &status) == 0 &&
         status.st_size == size;
}

static bool
count_records (SeismicLibrary *library, GHashTable *holdings, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT event_id, size, name = ?, file FROM records", "s",
      SEISMIC_DOWNLOAD_NAME);
  if (row == NULL)
    return false;
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    SeismicLibraryHolding *holding = get_holding (holdings, seismic_sql_text (row, 0));
    int64_t size = MAX (sqlite3_column_int64 (row, 1), 0);
    holding->n_records++;
    holding->n_bytes += (uint64_t)size;
    if (sqlite3_column_int (row, 2) != 0)
      holding->is_whole = has_size (library, seismic_sql_text (row, 3), size);
  }
  return step == 0;
}

GHashTable *
seismic_library_list_holdings (SeismicLibrary *library, GError **error)
{
  g_autoptr (GHashTable) holdings =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!count_records (library, holdings, error))
    return NULL;
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error,
                         "SELECT event_id, count (*) FROM signals GROUP BY event_id", "");
  if (row == NULL)
    return NULL;
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1)
    get_holding (holdings, seismic_sql_text (row, 0))->n_signals =
        (size_t)sqlite3_column_int64 (row, 1);
  return step == 0 ? g_steal_pointer (&holdings) : NULL;
}

/* After the commit the files go, as after a replacement. */
static bool
give_up_files (SeismicLibrary *library, const char *event_id, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT file FROM records WHERE event_id = ?", "s", event_id);
  if (row == NULL)
    return false;
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    const char *file = seismic_sql_text (row, 0);
    if (seismic_library_is_safe_path (file))
      g_ptr_array_add (library->old_files, g_strdup (file));
  }
  return step == 0;
}

static bool
delete_event (SeismicLibrary *library, const char *event_id, GError **error)
{
  if (!give_up_files (library, event_id, error) ||
      !seismic_sql_run (library->db, error, "DELETE FROM events WHERE id = ?", "s",
                        event_id))
    return false;
  return sqlite3_changes (library->db) == 1 || set_no_event (event_id, error);
}

bool
seismic_library_remove_event (SeismicLibrary *library, const char *event_id,
                              GError **error)
{
  /* A download that was cut off may have left a file that no row names yet. */
  g_autofree char *stray =
      seismic_library_record_path (library, event_id, SEISMIC_DOWNLOAD_NAME);
  g_autofree char *folder = seismic_library_safe_name (event_id);
  g_autofree char *file =
      g_strconcat (folder, "/" SEISMIC_DOWNLOAD_NAME SEISMIC_LIBRARY_FILE_SUFFIX, NULL);
  SeismicLibraryMark mark;
  if (!seismic_library_enter (library, &mark, error))
    return false;
  bool done = delete_event (library, event_id, error);
  if (done && g_file_test (stray, G_FILE_TEST_EXISTS) &&
      !g_ptr_array_find_with_equal_func (library->old_files, file, g_str_equal, NULL))
    g_ptr_array_add (library->old_files, g_steal_pointer (&file));
  return seismic_library_leave (library, &mark, done, error);
}

/* NULL if the file is as it was put in. */
static GError *
find_fault (SeismicLibrary *library, const char *file, int64_t size, const char *sha256)
{
  GError *fault = NULL;
  if (!seismic_library_is_safe_path (file))
    return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                        "library.sqlite names the file %s, which cannot be", file);
  g_autofree char *path = g_build_filename (library->waveforms, file, NULL);
  g_autofree char *found = NULL;
  uint64_t n_bytes = 0;
  if (!seismic_library_hash_file (path, &found, &n_bytes, &fault))
    return fault;
  if (n_bytes == (uint64_t)size && g_str_equal (found, sha256))
    return NULL;
  return g_error_new (SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED,
                      "%s was changed since it was put into the library", path);
}

static bool
count_files (SeismicLibrary *library, size_t *n_files, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error, "SELECT count (*) FROM records", "");
  if (row == NULL || seismic_sql_step (library->db, row, error) != 1)
    return false;
  *n_files = (size_t)sqlite3_column_int64 (row, 0);
  return true;
}

GPtrArray *
seismic_library_check (SeismicLibrary *library, SeismicProgressFunc progress,
                       void *user_data, GError **error)
{
  SeismicProgress at = {0};
  if (!count_files (library, &at.total, error))
    return NULL;
  g_autoptr (GPtrArray) faults =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT file, size, sha256 FROM records ORDER BY file", "");
  int step = row != NULL ? 1 : -1;
  while (row != NULL && (step = seismic_sql_step (library->db, row, error)) == 1) {
    at.item = seismic_sql_text (row, 0);
    if (progress != NULL && !progress (&at, user_data)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
      return NULL;
    }
    GError *fault = find_fault (library, at.item, sqlite3_column_int64 (row, 1),
                                seismic_sql_text (row, 2));
    if (fault != NULL)
      g_ptr_array_add (faults, seismic_skip_new (at.item, fault));
    at.done++;
  }
  return step == 0 ? g_steal_pointer (&faults) : NULL;
}
