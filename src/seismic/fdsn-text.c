#include "seismic/fdsn-text.h"
#include "seismic/error.h"

#include <math.h>
#include <string.h>

const char *
seismic_fdsn_text_start (const uint8_t *bytes, size_t n_bytes)
{
  const char *text = (const char *)bytes;
  return n_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
}

bool
seismic_fdsn_text_next_line (const char **cursor, const char *end, const char **line,
                             size_t *n_line)
{
  if (*cursor >= end)
    return false;
  *line = *cursor;
  const char *stop = memchr (*cursor, '\n', (size_t)(end - *cursor));
  *cursor = stop != NULL ? stop + 1 : end;
  size_t n = (size_t)((stop != NULL ? stop : end) - *line);
  if (n > 0 && (*line)[n - 1] == '\r')
    n--;
  *n_line = n;
  return true;
}

char **
seismic_fdsn_text_split (const char *line, size_t n_line)
{
  g_autofree char *text = g_utf8_make_valid (line, (gssize)n_line);
  char **cells = g_strsplit (text, "|", -1);
  for (char **cell = cells; *cell != NULL; cell++)
    g_strstrip (*cell);
  return cells;
}

bool
seismic_fdsn_text_number (const char *cell, double limit, const char *what, double *value,
                          GError **error)
{
  *value = NAN;
  if (*cell == '\0')
    return true;
  char *end = NULL;
  double number = g_ascii_strtod (cell, &end);
  if (end == cell || *end != '\0' || !(fabs (number) <= limit)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT, "\"%s\" is no %s", cell,
                 what);
    return false;
  }
  *value = number;
  return true;
}
