/* SQLite statements with GError and typed arguments. For library*.c alone. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sqlite3.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* The database's last error as SEISMIC_ERROR_DAMAGED (no database, corrupt, or a table
 * is missing) or G_IO_ERROR_* (full, read-only, busy, …). */
void seismic_sql_set_error (sqlite3 *db, GError **error);

/* Runs statements without arguments and rows. */
bool seismic_sql_execute (sqlite3 *db, const char *sql, GError **error);

/* Prepares one statement and binds an argument for each letter of types: s const char *
 * (copied), i int64_t, z size_t, d double (what is not finite becomes NULL), t int64_t
 * time (unset becomes NULL). Free with sqlite3_finalize; NULL on error. */
sqlite3_stmt *seismic_sql_query (sqlite3 *db, GError **error, const char *sql,
                                 const char *types, ...);
/* To the next row: 1 there is one, 0 no more, -1 error. */
int seismic_sql_step (sqlite3 *db, sqlite3_stmt *statement, GError **error);
/* seismic_sql_query () run to its end. */
bool seismic_sql_run (sqlite3 *db, GError **error, const char *sql, const char *types,
                      ...);

/* Columns of the row at hand: NULL as "" (borrowed), NAN, SEISMIC_TIME_UNSET. */
const char *seismic_sql_text (sqlite3_stmt *row, int column);
double seismic_sql_double (sqlite3_stmt *row, int column);
int64_t seismic_sql_time (sqlite3_stmt *row, int column);
