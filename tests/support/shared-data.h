/* Other people's records, kept beside the repository and never in it. Tests use them
 * where they exist and skip the case where they do not. */
#pragma once

#include <glib.h>

/* Path below the shared directory (SAE_SHARED_DIRECTORY, else "shared" beside the top of
 * the repository), or NULL where it is missing. Free with g_free. */
char *shared_data_path (const char *relative);
/* As above, but a missing file marks the running test as skipped. */
char *shared_data_path_or_skip (const char *relative);

/* Tab-separated text with a header line: a new GPtrArray of GHashTable (column name →
 * field), one a row. Aborts the test if the file cannot be read. */
GPtrArray *shared_data_read_tsv (const char *path);
/* The row's field; aborts the test if there is no such column. */
const char *shared_data_field (GHashTable *row, const char *column);
