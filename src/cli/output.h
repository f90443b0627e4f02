/* What the commands print and write: tables, CSV, numbers, failures. */
#pragma once

#include "cli/command.h"
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* Says on standard error, in one line, why the command failed. Returns CLI_FAILED. */
int cli_fail (const GError *error);
/* A GPtrArray of SeismicSkip: a line each on standard error. NULL is fine. */
void cli_print_skipped (const GPtrArray *skipped);

/* The shortest text in C's notation that reads back as value; "nan", "inf". Free with
 * g_free. */
char *cli_number (double value);
/* value with `digits` significant digits, for people's eyes; "" for NAN. */
char *cli_number_rounded (double value, int digits);
/* Appends a field of a CSV row (RFC 4180): in quotes where it must be. */
void cli_csv_append (GString *csv, const char *field);

typedef struct {
  const char *name; /* the heading, the same in every language: scripts rely on it */
  bool number;      /* aligned to the right */
} CliColumn;

typedef struct {
  const CliColumn *columns; /* borrowed */
  size_t n_columns;
  GPtrArray *cells; /* row by row; owned */
} CliTable;

void cli_table_init (CliTable *table, const CliColumn *columns, size_t n_columns);
void cli_table_clear (CliTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTable, cli_table_clear)
/* The next cell, from left to right and row by row; takes ownership. */
void cli_table_take (CliTable *table, char *cell);
void cli_table_add (CliTable *table, const char *cell);
/* As CSV (lines end in "\n") or in aligned columns. */
GString *cli_table_to_text (const CliTable *table, bool csv);
/* The same to standard output, bytes untouched by the locale. */
void cli_table_print (const CliTable *table, bool csv);

/* Writes a file by way of a temporary one beside it. */
bool cli_write_file (const char *path, const char *bytes, size_t n_bytes, GError **error);
