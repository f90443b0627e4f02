#include "seismic/library.h"
#include "seismic/error.h"
#include "seismic/library-file.h"
#include "seismic/library-private.h"
#include "seismic/library-schema.h"
#include "seismic/library-sql.h"
#include "seismic/time.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

#define DATABASE_NAME "library.sqlite"
#define WAVEFORMS_NAME "waveforms"
#define CACHE_MAX_BYTES ((size_t)256 << 20)

bool
seismic_library_probe (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, DATABASE_NAME, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

const char *
seismic_library_get_folder (SeismicLibrary *library)
{
  return library->folder;
}

/* Hidden files do not count: a file manager may have left its own. Nor does a database
 * that another process began to make after this one looked for it. */
static bool
is_empty_folder (const char *folder, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, &reason);
  g_autofree char *name = g_filename_display_name (folder);
  if (directory == NULL) {
    g_set_error (error, G_IO_ERROR,
                 g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_ACCES)
                     ? G_IO_ERROR_PERMISSION_DENIED
                     : G_IO_ERROR_FAILED,
                 "%s", reason->message);
    return false;
  }
  const char *entry = g_dir_read_name (directory);
  while (entry != NULL && (*entry == '.' || g_str_has_prefix (entry, DATABASE_NAME)))
    entry = g_dir_read_name (directory);
  if (entry == NULL)
    return true;
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY,
               "The folder %s is not empty and holds no library", name);
  return false;
}

/* Whether folder is a place where a library can be opened or, with create, made. */
static bool
check_folder (const char *folder, bool create, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  if (seismic_library_probe (folder))
    return true;
  if (!g_file_test (folder, G_FILE_TEST_EXISTS) && !create) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no folder %s", name);
    return false;
  }
  if (!g_file_test (folder, G_FILE_TEST_EXISTS)) {
    if (g_mkdir_with_parents (folder, 0777) == 0)
      return true;
    int code = errno;
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 "Cannot create the folder %s: %s", name, g_strerror (code));
    return false;
  }
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) || !create) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY,
                 "%s is no library: it has no %s", name, DATABASE_NAME);
    return false;
  }
  return is_empty_folder (folder, error);
}

SeismicLibrary *
seismic_library_open (const char *folder, bool create, GError **error)
{
  if (!check_folder (folder, create, error))
    return NULL;
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *path = g_build_filename (absolute, DATABASE_NAME, NULL);
  sqlite3 *db = seismic_schema_open (path, create, error);
  if (db == NULL)
    return NULL;

  SeismicLibrary *library = g_new0 (SeismicLibrary, 1);
  library->folder = g_steal_pointer (&absolute);
  library->waveforms = g_build_filename (library->folder, WAVEFORMS_NAME, NULL);
  library->db = db;
  library->pending = seismic_library_pending_new ();
  library->new_files = g_ptr_array_new_with_free_func (g_free);
  library->old_files = g_ptr_array_new_with_free_func (g_free);
  library->cache = seismic_trace_cache_new (CACHE_MAX_BYTES);
  return library;
}

void
seismic_library_close (SeismicLibrary *library)
{
  if (library == NULL)
    return;
  seismic_library_rollback (library);
  sqlite3_close (library->db);
  g_hash_table_unref (library->pending);
  g_ptr_array_unref (library->new_files);
  g_ptr_array_unref (library->old_files);
  seismic_trace_cache_free (library->cache);
  seismic_library_clear_indexes (library);
  g_free (library->waveforms);
  g_free (library->folder);
  g_free (library);
}

/* Removes files that have no row (any longer), those from the index `first` on. A file
 * that stays behind is harmless: a later put of that name replaces it. */
static void
remove_files (SeismicLibrary *library, GPtrArray *files, guint first)
{
  for (guint i = first; i < files->len; i++) {
    g_autofree char *path = g_build_filename (library->waveforms, files->pdata[i], NULL);
    g_autofree char *folder = g_path_get_dirname (path);
    g_unlink (path);
    g_rmdir (folder); /* stays where other files are in it */
  }
  g_ptr_array_set_size (files, (int)first);
}

static bool
end_transaction (SeismicLibrary *library, bool done, GError **error)
{
  library->in_transaction = false;
  done = done && seismic_sql_execute (library->db, "COMMIT", error);
  if (!done && !sqlite3_get_autocommit (library->db))
    sqlite3_exec (library->db, "ROLLBACK", NULL, NULL, NULL);
  if (done)
    g_ptr_array_set_size (library->new_files, 0);
  else
    g_ptr_array_set_size (library->old_files, 0);
  remove_files (library, library->new_files, 0);
  remove_files (library, library->old_files, 0);
  g_hash_table_remove_all (library->pending);
  seismic_trace_cache_clear (library->cache);
  return done;
}

bool
seismic_library_begin (SeismicLibrary *library, GError **error)
{
  g_return_val_if_fail (!library->in_transaction, false);
  library->in_transaction = seismic_sql_execute (library->db, "BEGIN IMMEDIATE", error);
  return library->in_transaction;
}

bool
seismic_library_commit (SeismicLibrary *library, GError **error)
{
  g_return_val_if_fail (library->in_transaction, false);
  bool done = seismic_library_make_signals (library, NULL, NULL, error);
  return end_transaction (library, done, error);
}

void
seismic_library_rollback (SeismicLibrary *library)
{
  if (library->in_transaction)
    end_transaction (library, false, NULL);
}

bool
seismic_library_enter (SeismicLibrary *library, SeismicLibraryMark *mark, GError **error)
{
  mark->n_new_files = library->new_files->len;
  mark->n_old_files = library->old_files->len;
  if (library->in_transaction && sqlite3_get_autocommit (library->db)) {
    /* SQLite gave the transaction up, as it does when the disk is full. */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 "library.sqlite: the transaction was given up after an error");
    return false;
  }
  return seismic_sql_execute (
      library->db, library->in_transaction ? "SAVEPOINT put" : "BEGIN IMMEDIATE", error);
}

bool
seismic_library_leave (SeismicLibrary *library, const SeismicLibraryMark *mark, bool done,
                       GError **error)
{
  if (!library->in_transaction)
    return end_transaction (library, done, error);
  if (done)
    return seismic_sql_execute (library->db, "RELEASE put", error);
  sqlite3_exec (library->db, "ROLLBACK TO put; RELEASE put", NULL, NULL, NULL);
  remove_files (library, library->new_files, mark->n_new_files);
  g_ptr_array_set_size (library->old_files, (int)mark->n_old_files);
  return false;
}

bool
seismic_library_check_text (const char *text, const char *name, bool may_be_empty,
                            GError **error)
{
  if (text == NULL || (*text == '\0' && !may_be_empty)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "The %s is empty", name);
    return false;
  }
  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "The %s is no UTF-8 text",
                 name);
    return false;
  }
  return true;
}

bool
seismic_library_check_event (SeismicLibrary *library, const char *event_id,
                             GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error, "SELECT 1 FROM events WHERE id = ?", "s", event_id);
  int step = row == NULL ? -1 : seismic_sql_step (library->db, row, error);
  if (step == 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
                 "There is no event %s in the library", event_id);
  return step == 1;
}

bool
seismic_library_put_event (SeismicLibrary *library, const SeismicEvent *event,
                           GError **error)
{
  if (!seismic_library_check_text (event->id, "event's id", false, error))
    return false;
  return seismic_sql_run (
      library->db, error,
      "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
      " SET time_ns = excluded.time_ns, latitude = excluded.latitude,"
      " longitude = excluded.longitude, depth_km = excluded.depth_km,"
      " magnitude = excluded.magnitude, magnitude_type = excluded.magnitude_type,"
      " type = excluded.type, place = excluded.place",
      "stddddsss", event->id, event->time_ns, event->latitude, event->longitude,
      event->depth_km, event->magnitude, event->magnitude_type, event->type,
      event->place);
}

void
seismic_library_read_event (SeismicEvent *event, sqlite3_stmt *row, int first)
{
  event->id = g_strdup (seismic_sql_text (row, first));
  event->time_ns = seismic_sql_time (row, first + 1);
  event->latitude = seismic_sql_double (row, first + 2);
  event->longitude = seismic_sql_double (row, first + 3);
  event->depth_km = seismic_sql_double (row, first + 4);
  event->magnitude = seismic_sql_double (row, first + 5);
  event->magnitude_type = g_strdup (seismic_sql_text (row, first + 6));
  event->type = g_strdup (seismic_sql_text (row, first + 7));
  event->place = g_strdup (seismic_sql_text (row, first + 8));
}

SeismicEvent *
seismic_library_get_event (SeismicLibrary *library, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (
      library->db, error,
      "SELECT " SEISMIC_LIBRARY_EVENT_COLUMNS " FROM events e WHERE e.id = ?", "s", id);
  if (row == NULL)
    return NULL;
  int step = seismic_sql_step (library->db, row, error);
  if (step == 0)
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
                 "There is no event %s in the library", id);
  if (step != 1)
    return NULL;
  SeismicEvent *event = g_new0 (SeismicEvent, 1);
  seismic_library_read_event (event, row, 0);
  return event;
}

GPtrArray *
seismic_library_list_events (SeismicLibrary *library, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      seismic_sql_query (library->db, error,
                         "SELECT " SEISMIC_LIBRARY_EVENT_COLUMNS " FROM events e"
                         " ORDER BY e.time_ns DESC NULLS LAST, e.id",
                         "");
  if (row == NULL)
    return NULL;
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  int step;
  while ((step = seismic_sql_step (library->db, row, error)) == 1) {
    SeismicEvent *event = g_new0 (SeismicEvent, 1);
    seismic_library_read_event (event, row, 0);
    g_ptr_array_add (events, event);
  }
  return step == 0 ? g_steal_pointer (&events) : NULL;
}
