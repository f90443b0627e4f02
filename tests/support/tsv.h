/* Tab-separated text with a header line, as the tables of the shared records are. */
#pragma once

#include <glib.h>

/* A new GPtrArray of GHashTable (column name → field), one a row. Aborts the test if the
 * file cannot be read. */
GPtrArray *test_tsv_read (const char *path);
/* The row's field; aborts the test if there is no such column. */
const char *test_tsv_field (GHashTable *row, const char *column);
