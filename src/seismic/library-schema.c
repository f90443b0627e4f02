#include "seismic/library-schema.h"
#include "seismic/error.h"
#include "seismic/library-sql.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 10000
#define HEADER_BYTES 100 /* of an SQLite file: https://sqlite.org/fileformat.html */
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

/* migrations[v] makes version v + 1 out of version v. Never change one that was released:
 * add the next. */
static const char *const migrations[SEISMIC_SCHEMA_VERSION] = {
    "CREATE TABLE events ("
    "  id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),"
    "  time_ns INTEGER, latitude REAL, longitude REAL, depth_km REAL, magnitude REAL,"
    "  magnitude_type TEXT NOT NULL, type TEXT NOT NULL, place TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE stations ("
    "  network TEXT NOT NULL, station TEXT NOT NULL, latitude REAL, longitude REAL,"
    "  PRIMARY KEY (network, station)"
    ") WITHOUT ROWID;"
    "CREATE TABLE records ("
    "  id INTEGER PRIMARY KEY,"
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  name TEXT NOT NULL, file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL, source TEXT NOT NULL, added_ns INTEGER NOT NULL,"
    "  UNIQUE (event_id, name), UNIQUE (event_id, sha256)"
    ");"
    "CREATE TABLE segments ("
    "  record_id INTEGER NOT NULL REFERENCES records ON DELETE CASCADE,"
    "  instrument TEXT NOT NULL, channel TEXT NOT NULL, start_ns INTEGER NOT NULL,"
    "  rate_hz REAL NOT NULL, n_samples INTEGER NOT NULL, type TEXT NOT NULL"
    ");"
    "CREATE INDEX segments_by_record ON segments (record_id);"
    "CREATE INDEX segments_by_instrument ON segments (instrument, record_id);"
    "CREATE TABLE signals ("
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  instrument_id TEXT NOT NULL,"
    "  network TEXT NOT NULL, station TEXT NOT NULL, location TEXT NOT NULL,"
    "  instrument TEXT NOT NULL, components TEXT NOT NULL, start_ns INTEGER NOT NULL,"
    "  rate_hz REAL NOT NULL, n_samples INTEGER NOT NULL, has_gaps INTEGER NOT NULL,"
    "  PRIMARY KEY (event_id, instrument_id)"
    ") WITHOUT ROWID;",

    "CREATE TABLE downloads ("
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  channels TEXT NOT NULL, state INTEGER NOT NULL,"
    "  domain TEXT NOT NULL, code INTEGER NOT NULL, message TEXT NOT NULL,"
    "  worth_retry INTEGER NOT NULL,"
    "  server TEXT NOT NULL, url TEXT NOT NULL, size INTEGER NOT NULL,"
    "  time_ns INTEGER NOT NULL,"
    "  PRIMARY KEY (event_id, channels)"
    ") WITHOUT ROWID;",

    "CREATE TABLE sensitivities ("
    "  network TEXT NOT NULL, station TEXT NOT NULL, location TEXT NOT NULL,"
    "  channel TEXT NOT NULL, start_ns INTEGER NOT NULL, end_ns INTEGER,"
    "  scale REAL NOT NULL, frequency_hz REAL, units TEXT NOT NULL,"
    "  told_ns INTEGER NOT NULL,"
    "  PRIMARY KEY (network, station, location, channel, start_ns)"
    ") WITHOUT ROWID;",

    "ALTER TABLE sensitivities ADD COLUMN azimuth REAL;",

    "CREATE TABLE picks ("
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  instrument_id TEXT NOT NULL, channel TEXT NOT NULL, phase TEXT NOT NULL,"
    "  author TEXT NOT NULL, time_ns INTEGER NOT NULL, uncertainty_s REAL,"
    "  made_ns INTEGER NOT NULL,"
    "  PRIMARY KEY (event_id, instrument_id, channel, phase, author)"
    ") WITHOUT ROWID;"
    "CREATE TABLE tags ("
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  instrument_id TEXT NOT NULL, tag TEXT NOT NULL CHECK (tag <> ''),"
    "  PRIMARY KEY (event_id, instrument_id, tag)"
    ") WITHOUT ROWID;"
    "CREATE TABLE comments ("
    "  event_id TEXT NOT NULL REFERENCES events ON DELETE CASCADE,"
    "  instrument_id TEXT NOT NULL, comment TEXT NOT NULL,"
    "  PRIMARY KEY (event_id, instrument_id)"
    ") WITHOUT ROWID;"
    "CREATE TABLE quality ("
    "  event_id TEXT NOT NULL, instrument_id TEXT NOT NULL, version INTEGER NOT NULL,"
    "  arrival_s REAL, n_gaps INTEGER NOT NULL,"
    "  flags_0 INTEGER NOT NULL, flags_1 INTEGER NOT NULL, flags_2 INTEGER NOT NULL,"
    "  peak_0 REAL, peak_1 REAL, peak_2 REAL, snr_0 REAL, snr_1 REAL, snr_2 REAL,"
    "  PRIMARY KEY (event_id, instrument_id),"
    "  FOREIGN KEY (event_id, instrument_id) REFERENCES signals ON DELETE CASCADE"
    ") WITHOUT ROWID;",
};

static bool
set_not_library (const char *path, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_LIBRARY, "%s %s", name, why);
  return false;
}

static uint32_t
read_be32 (const uint8_t *bytes)
{
  uint32_t value;
  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* Looks at the file before SQLite does: opening another program's database would leave
 * traces beside it. *is_empty: no database yet. */
static bool
check_header (const char *path, bool *is_empty, GError **error)
{
  uint8_t header[HEADER_BYTES];
  *is_empty = false;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd >= 0 ? read (fd, header, sizeof header) : -1;
  int code = errno;
  if (fd >= 0)
    close (fd);
  if (fd < 0 && code == ENOENT) {
    *is_empty = true;
    return true;
  }
  g_autofree char *name = g_filename_display_name (path);
  if (n < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Cannot read %s: %s",
                 name, g_strerror (code));
    return false;
  }
  *is_empty = n == 0;
  if (*is_empty)
    return true;
  if (n < HEADER_BYTES || memcmp (header, "SQLite format 3", 16) != 0) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "%s is no database", name);
    return false;
  }
  if (read_be32 (header + HEADER_APPLICATION_ID) != SEISMIC_SCHEMA_APPLICATION_ID)
    return set_not_library (path, "is the database of another program", error);
  if (read_be32 (header + HEADER_USER_VERSION) > SEISMIC_SCHEMA_VERSION)
    return set_not_library (path, "was made by a newer version of the program", error);
  return true;
}

static bool
read_version (sqlite3 *db, int64_t *version, GError **error)
{
  g_autoptr (sqlite3_stmt) row = seismic_sql_query (db, error, "PRAGMA user_version", "");
  if (row == NULL || seismic_sql_step (db, row, error) != 1)
    return false;
  *version = sqlite3_column_int64 (row, 0);
  return true;
}

/* Inside a transaction: another process may have done it while this one waited. */
static bool
migrate_locked (sqlite3 *db, const char *path, GError **error)
{
  int64_t version;
  if (!read_version (db, &version, error))
    return false;
  if (version < 0 || version > SEISMIC_SCHEMA_VERSION)
    return set_not_library (path, "was made by a newer version of the program", error);
  for (; version < SEISMIC_SCHEMA_VERSION; version++) {
    if (!seismic_sql_execute (db, migrations[version], error))
      return false;
  }
  g_autofree char *stamp =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                       SEISMIC_SCHEMA_APPLICATION_ID, SEISMIC_SCHEMA_VERSION);
  return seismic_sql_execute (db, stamp, error);
}

static bool
migrate (sqlite3 *db, const char *path, GError **error)
{
  int64_t version;
  if (!read_version (db, &version, error))
    return false;
  if (version == SEISMIC_SCHEMA_VERSION)
    return true;
  if (!seismic_sql_execute (db, "BEGIN IMMEDIATE", error))
    return false;
  if (migrate_locked (db, path, error) && seismic_sql_execute (db, "COMMIT", error))
    return true;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return false;
}

/* To switch a new database over needs it for oneself alone, and SQLite does not wait for
 * that: with two handles on one new library, the other may be reading it just then. */
static bool
use_write_ahead_log (sqlite3 *db, GError **error)
{
  g_autoptr (GError) reason = NULL;
  for (int waited_ms = 0; waited_ms < BUSY_TIMEOUT_MS; waited_ms += 10) {
    g_clear_error (&reason);
    if (seismic_sql_execute (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
                             &reason))
      return true;
    if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_BUSY))
      break;
    g_usleep (10000);
  }
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

static bool
configure (sqlite3 *db, const char *path, bool read_only, GError **error)
{
  sqlite3_busy_timeout (db, BUSY_TIMEOUT_MS);
  /* The file may come from anywhere: its schema may define nothing that runs. */
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!seismic_sql_execute (db, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON",
                            error))
    return false;
  if (read_only) {
    int64_t version;
    if (!read_version (db, &version, error))
      return false;
    return version == SEISMIC_SCHEMA_VERSION ||
           set_not_library (path, "is of another version and cannot be written", error);
  }
  /* The tables first, the journal mode after: so application_id is in the file itself,
   * and not in the journal alone, from the first commit on. */
  return migrate (db, path, error) && use_write_ahead_log (db, error);
}

/* A library on a read-only medium cannot have SQLite's shared-memory file beside it:
 * immutable does without, which is right as long as no journal is waiting. */
static char *
read_only_uri (const char *path, GError **error)
{
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  struct stat status;
  bool is_waiting = stat (journal, &status) == 0 && status.st_size > 0;
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);
  if (uri == NULL)
    return NULL;
  return g_strconcat (uri, is_waiting ? "?mode=ro" : "?immutable=1", NULL);
}

sqlite3 *
seismic_schema_open (const char *path, bool create, GError **error)
{
  bool is_empty;
  if (!check_header (path, &is_empty, error))
    return NULL;
  if (is_empty && !create) {
    set_not_library (path, "is missing or empty", error);
    return NULL;
  }
  g_autofree char *folder = g_path_get_dirname (path);
  bool read_only = !is_empty && (access (path, W_OK) != 0 || access (folder, W_OK) != 0);
  g_autofree char *name = read_only ? read_only_uri (path, error) : g_strdup (path);
  if (name == NULL)
    return NULL;

  int flags = read_only  ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
              : is_empty ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                         : SQLITE_OPEN_READWRITE;
  sqlite3 *db = NULL;
  if (sqlite3_open_v2 (name, &db, flags | SQLITE_OPEN_FULLMUTEX, NULL) != SQLITE_OK) {
    seismic_sql_set_error (db, error);
    sqlite3_close (db);
    return NULL;
  }
  if (!configure (db, path, read_only, error)) {
    sqlite3_close (db);
    return NULL;
  }
  return db;
}
