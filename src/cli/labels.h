/* Labels of signals from a file. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* CSV (RFC 4180) with a header that has the columns "signal" and "label", in any place: a
 * new table from signal id to label. NULL for a file that cannot be read, a row without
 * these fields, a quote that does not end, or a signal with two different labels; the
 * error names file and line. */
GHashTable *cli_labels_read (const char *path, GError **error);
