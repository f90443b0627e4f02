#include "seismic/library-sql.h"
#include "seismic/error.h"
#include "seismic/time.h"

#include <gio/gio.h>
#include <math.h>

void
seismic_sql_set_error (sqlite3 *db, GError **error)
{
  static const struct {
    int sqlite;
    GIOErrorEnum io;
  } codes[] = {
      {SQLITE_FULL, G_IO_ERROR_NO_SPACE},
      {SQLITE_READONLY, G_IO_ERROR_READ_ONLY},
      {SQLITE_BUSY, G_IO_ERROR_BUSY},
      {SQLITE_LOCKED, G_IO_ERROR_BUSY},
      {SQLITE_PERM, G_IO_ERROR_PERMISSION_DENIED},
      {SQLITE_AUTH, G_IO_ERROR_PERMISSION_DENIED},
      {SQLITE_CANTOPEN, G_IO_ERROR_PERMISSION_DENIED},
      {SQLITE_TOOBIG, G_IO_ERROR_MESSAGE_TOO_LARGE},
      {SQLITE_IOERR, G_IO_ERROR_FAILED},
      {SQLITE_NOMEM, G_IO_ERROR_FAILED},
  };
  int code = sqlite3_errcode (db) & 0xff; /* without the extended part */
  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (codes[i].sqlite == code) {
      g_set_error (error, G_IO_ERROR, codes[i].io, "library.sqlite: %s",
                   sqlite3_errmsg (db));
      return;
    }
  }
  /* The statements are our own: what does not fit them is a database that is not ours or
   * no longer whole. */
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_DAMAGED, "library.sqlite: %s",
               sqlite3_errmsg (db));
}

bool
seismic_sql_execute (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return true;
  seismic_sql_set_error (db, error);
  return false;
}

static int
bind_time (sqlite3_stmt *statement, int index, int64_t time_ns)
{
  if (time_ns == SEISMIC_TIME_UNSET)
    return sqlite3_bind_null (statement, index);
  return sqlite3_bind_int64 (statement, index, time_ns);
}

static int
bind_double (sqlite3_stmt *statement, int index, double value)
{
  if (!isfinite (value))
    return sqlite3_bind_null (statement, index);
  return sqlite3_bind_double (statement, index, value);
}

static sqlite3_stmt *
query_valist (sqlite3 *db, GError **error, const char *sql, const char *types,
              va_list *arguments)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);
  for (int i = 0; status == SQLITE_OK && types[i] != '\0'; i++) {
    if (types[i] == 's')
      status = sqlite3_bind_text (statement, i + 1, va_arg (*arguments, const char *), -1,
                                  SQLITE_TRANSIENT);
    else if (types[i] == 'i')
      status = sqlite3_bind_int64 (statement, i + 1, va_arg (*arguments, int64_t));
    else if (types[i] == 'z')
      status =
          sqlite3_bind_int64 (statement, i + 1, (int64_t)va_arg (*arguments, size_t));
    else if (types[i] == 'd')
      status = bind_double (statement, i + 1, va_arg (*arguments, double));
    else if (types[i] == 't')
      status = bind_time (statement, i + 1, va_arg (*arguments, int64_t));
    else
      g_assert_not_reached ();
  }
  if (status == SQLITE_OK)
    return statement;
  seismic_sql_set_error (db, error);
  sqlite3_finalize (statement);
  return NULL;
}

sqlite3_stmt *
seismic_sql_query (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  va_list arguments;
  va_start (arguments, types);
  sqlite3_stmt *statement = query_valist (db, error, sql, types, &arguments);
  va_end (arguments);
  return statement;
}

int
seismic_sql_step (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  int status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    return 1;
  if (status == SQLITE_DONE)
    return 0;
  seismic_sql_set_error (db, error);
  return -1;
}

bool
seismic_sql_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  va_list arguments;
  va_start (arguments, types);
  g_autoptr (sqlite3_stmt) statement = query_valist (db, error, sql, types, &arguments);
  va_end (arguments);
  if (statement == NULL)
    return false;
  int step = 1;
  while (step == 1)
    step = seismic_sql_step (db, statement, error);
  return step == 0;
}

const char *
seismic_sql_text (sqlite3_stmt *row, int column)
{
  const char *text = (const char *)sqlite3_column_text (row, column);
  return text != NULL ? text : "";
}

double
seismic_sql_double (sqlite3_stmt *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL
             ? NAN
             : sqlite3_column_double (row, column);
}

int64_t
seismic_sql_time (sqlite3_stmt *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL
             ? SEISMIC_TIME_UNSET
             : sqlite3_column_int64 (row, column);
}
