/* Tables as comma-separated values (RFC 4180) in UTF-8, written and read. */
#pragma once

#include "seismic/progress.h"

#include <stdint.h>

/* Appends a field: in quotes where it must be. */
void seismic_csv_append_text (GString *csv, const char *text);
/* The shortest text that reads back as value; nothing where it is not finite. */
void seismic_csv_append_number (GString *csv, double value);
/* To the millisecond, as catalogues have it, or as fine as it is; "" where unset. */
void seismic_csv_append_time (GString *csv, int64_t time_ns);

/* What a table is like, and how a row becomes an item. */
typedef struct {
  const char *const *names; /* of the columns (n_names), in the order of cells */
  size_t n_names;           /* up to SEISMIC_CSV_MAX_COLUMNS */
  size_t n_needed, n_least; /* a header has the first n_needed of them, and n_least */
  const char *what;         /* the file's usual name */
  /* cells (n_names): valid UTF-8, stripped, "" where the table has no such column. The
   * item, or NULL and why not. */
  gpointer (*read_row) (const char *const *cells, GError **error);
  GDestroyNotify free_row;
} SeismicCsvTable;

#define SEISMIC_CSV_MAX_COLUMNS 16

/* items: a new GPtrArray of what read_row made. skipped (may be NULL): a new GPtrArray of
 * SeismicSkip, bad rows with their line number. Columns are told by their names, in any
 * order and case; others are passed over. Fails with SEISMIC_ERROR_FORMAT when the first
 * line is no header of the table. */
bool seismic_csv_read (const SeismicCsvTable *table, const uint8_t *bytes, size_t n_bytes,
                       GPtrArray **items, GPtrArray **skipped, GError **error);
/* TRUE if the first line, within 4096 bytes, is a header of the table. */
bool seismic_csv_probe (const SeismicCsvTable *table, const uint8_t *bytes,
                        size_t n_bytes);
