/* Labels of signals from a file. */
#pragma once

#include <glib.h>

/* CSV with the columns "signal" and "label" (seismic/csv.h): a new table from signal id
 * to label. NULL for a file that cannot be read, a row without a signal, or a signal with
 * two different labels; the error names the file and where. */
GHashTable *cli_labels_read (const char *path, GError **error);
