/* The lines and cells that FDSN's text formats have in common: columns between bars, one
 * header line that begins with "#", UTF-8, perhaps a byte order mark, LF or CRLF. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the text begins: past a byte order mark. */
const char *seismic_fdsn_text_start (const uint8_t *bytes, size_t n_bytes);
/* Takes the line at *cursor, without its end, and moves *cursor behind it. FALSE at end.
 */
bool seismic_fdsn_text_next_line (const char **cursor, const char *end, const char **line,
                                  size_t *n_line);
/* The cells of a line, stripped, valid UTF-8; free with g_strfreev. */
char **seismic_fdsn_text_split (const char *line, size_t n_line);
/* A cell as a number: NAN when empty; SEISMIC_ERROR_FORMAT ("… is no `what`") when it is
 * none or beyond ±limit. */
bool seismic_fdsn_text_number (const char *cell, double limit, const char *what,
                               double *value, GError **error);
