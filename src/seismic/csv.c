#include "seismic/csv.h"
#include "seismic/error.h"
#include "seismic/fdsn-text.h"
#include "seismic/time.h"

#include <math.h>
#include <string.h>

#define HEADER_MAX_BYTES ((size_t)4096)

void
seismic_csv_append_text (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (csv, text);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *letter = text; *letter != '\0'; letter++) {
    if (*letter == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *letter);
  }
  g_string_append_c (csv, '"');
}

void
seismic_csv_append_number (GString *csv, double value)
{
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";
  for (size_t i = 0; isfinite (value) && i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (text, sizeof text, formats[i], value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  g_string_append (csv, text);
}

void
seismic_csv_append_time (GString *csv, int64_t time_ns)
{
  unsigned digits = time_ns % 1000000 == 0 ? 3 : time_ns % 1000 == 0 ? 6 : 9;
  g_autofree char *text = seismic_time_format (time_ns, digits);
  g_string_append (csv, text);
}

/* A place in the text, and the line it is in. */
typedef struct {
  const char *at, *end;
  size_t line;
} Cursor;

/* At the first line, past a byte order mark. */
static Cursor
start_of (const uint8_t *bytes, size_t n_bytes)
{
  return (Cursor){seismic_fdsn_text_start (bytes, n_bytes), (const char *)bytes + n_bytes,
                  1};
}

/* The inside of a quoted field; *at stands behind the first quote, then behind the last.
 * FALSE if that is missing. */
static bool
take_quoted (Cursor *cursor, GString *cell)
{
  while (cursor->at < cursor->end) {
    char letter = *cursor->at++;
    if (letter == '"') {
      if (cursor->at == cursor->end || *cursor->at != '"')
        return true;
      cursor->at++;
    }
    cursor->line += letter == '\n';
    g_string_append_c (cell, letter);
  }
  return false;
}

/* The cells of the row at the cursor, stripped and valid UTF-8, and the cursor moved to
 * the next row. NULL with an error when a quote is never closed. */
static char **
take_row (Cursor *cursor, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  bool is_end = false;
  while (!is_end) {
    g_autoptr (GString) cell = g_string_new (NULL);
    bool is_comma = false;
    while (!is_comma && !is_end) {
      char letter = cursor->at < cursor->end ? *cursor->at++ : '\n';
      is_comma = letter == ',';
      is_end = letter == '\n';
      if (letter == '"' && !take_quoted (cursor, cell)) {
        g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                     "A quotation mark is not closed");
        return NULL;
      }
      if (letter != '"' && !is_comma && !is_end)
        g_string_append_c (cell, letter);
    }
    char *text = g_utf8_make_valid (cell->str, -1);
    g_ptr_array_add (cells, g_strstrip (text));
  }
  cursor->line++;
  g_ptr_array_add (cells, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&cells), FALSE);
}

/* Where each column is among the cells, -1 if it is not. FALSE if this is no header. */
static bool
read_header (const SeismicCsvTable *table, char **cells, int *places)
{
  size_t n_known = 0, n_needed = 0;
  for (size_t column = 0; column < table->n_names; column++) {
    places[column] = -1;
    for (int i = 0; cells[i] != NULL && places[column] < 0; i++) {
      if (g_ascii_strcasecmp (cells[i], table->names[column]) == 0)
        places[column] = i;
    }
    n_known += places[column] >= 0;
    n_needed += places[column] >= 0 && column < table->n_needed;
  }
  return n_needed == table->n_needed && n_known >= table->n_least;
}

static gpointer
read_row (const SeismicCsvTable *table, char **row, guint n_cells, const int *places,
          GError **error)
{
  const char *cells[SEISMIC_CSV_MAX_COLUMNS];
  if (g_strv_length (row) != n_cells) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "%u columns where the header has %u", g_strv_length (row), n_cells);
    return NULL;
  }
  for (size_t i = 0; i < table->n_names; i++)
    cells[i] = places[i] >= 0 ? row[places[i]] : "";
  return table->read_row (cells, error);
}

bool
seismic_csv_read (const SeismicCsvTable *table, const uint8_t *bytes, size_t n_bytes,
                  GPtrArray **items, GPtrArray **skipped, GError **error)
{
  Cursor cursor = start_of (bytes, n_bytes);
  int places[SEISMIC_CSV_MAX_COLUMNS];
  g_auto (GStrv) header = take_row (&cursor, NULL);
  if (header == NULL || !read_header (table, header, places)) {
    g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_FORMAT,
                 "Line 1: no header of %s, which begins with %s", table->what,
                 table->names[0]);
    return false;
  }
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (table->free_row);
  g_autoptr (GPtrArray) left_out =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  while (cursor.at < cursor.end) {
    g_autoptr (GError) reason = NULL;
    g_autofree char *item = g_strdup_printf ("line %" G_GSIZE_FORMAT, cursor.line);
    g_auto (GStrv) row = take_row (&cursor, &reason);
    if (row != NULL && *row[0] == '\0' && row[1] == NULL)
      continue; /* a blank line */
    gpointer made = row != NULL
                        ? read_row (table, row, g_strv_length (header), places, &reason)
                        : NULL;
    if (made != NULL)
      g_ptr_array_add (found, made);
    else
      g_ptr_array_add (left_out, seismic_skip_new (item, g_steal_pointer (&reason)));
  }
  *items = g_steal_pointer (&found);
  if (skipped != NULL)
    *skipped = g_steal_pointer (&left_out);
  return true;
}

bool
seismic_csv_probe (const SeismicCsvTable *table, const uint8_t *bytes, size_t n_bytes)
{
  Cursor cursor = start_of (bytes, MIN (n_bytes, HEADER_MAX_BYTES));
  const char *stop =
      n_bytes == 0 ? NULL : memchr (cursor.at, '\n', (size_t)(cursor.end - cursor.at));
  int places[SEISMIC_CSV_MAX_COLUMNS];
  if (stop == NULL || memchr (cursor.at, '\0', (size_t)(stop - cursor.at)) != NULL)
    return false;
  cursor.end = stop;
  g_auto (GStrv) header = take_row (&cursor, NULL);
  return header != NULL && read_header (table, header, places);
}
