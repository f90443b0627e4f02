#include "cli/output.h"
#include "analysis/error.h"
#include "seismic/progress.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

int
cli_fail (const GError *error)
{
  g_autofree char *line = g_strdelimit (g_strdup (error->message), "\r\n", ' ');

  if (g_error_matches (error, ANALYSIS_ERROR, ANALYSIS_ERROR_NO_MODEL))
    g_printerr (_ ("%s: %s; run “%s train” first\n"), CLI_PROGRAM, line, CLI_PROGRAM);
  else
    g_printerr (CLI_PROGRAM ": %s\n", line);
  return CLI_FAILED;
}

void
cli_print_skipped (const GPtrArray *skipped)
{
  for (guint i = 0; skipped && i < skipped->len; i++) {
    const SeismicSkip *skip = skipped->pdata[i];
    g_printerr (_ ("skipped: %s: %s\n"), skip->item, skip->reason->message);
  }
}

char *
cli_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return g_strdup (isnan (value) ? "nan" : value > 0 ? "inf" : "-inf");
  for (int digits = 15; digits <= 17; digits++) {
    char format[8];
    g_snprintf (format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd (text, sizeof text, format, value);
    if (g_ascii_strtod (text, NULL) == value)
      break;
  }
  return g_strdup (text);
}

char *
cli_number_rounded (double value, int digits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

  if (isnan (value))
    return g_strdup ("");
  g_snprintf (format, sizeof format, "%%.%dg", CLAMP (digits, 1, 17));
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}

void
cli_csv_append (GString *csv, const char *field)
{
  if (!strpbrk (field, ",\"\r\n")) {
    g_string_append (csv, field);
    return;
  }
  g_string_append_c (csv, '"');
  for (const char *c = field; *c; c++) {
    if (*c == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *c);
  }
  g_string_append_c (csv, '"');
}

void
cli_table_init (CliTable *table, const CliColumn *columns, size_t n_columns)
{
  table->columns = columns;
  table->n_columns = n_columns;
  table->cells = g_ptr_array_new_with_free_func (g_free);
}

void
cli_table_clear (CliTable *table)
{
  g_clear_pointer (&table->cells, g_ptr_array_unref);
}

void
cli_table_take (CliTable *table, char *cell)
{
  g_ptr_array_add (table->cells, cell);
}

void
cli_table_add (CliTable *table, const char *cell)
{
  cli_table_take (table, g_strdup (cell));
}

static const char *
table_cell (const CliTable *table, size_t row, size_t column)
{
  return row == 0 ? table->columns[column].name
                  : table->cells->pdata[(row - 1) * table->n_columns + column];
}

/* Columns that a terminal needs for text; file names need not be UTF-8. */
static size_t
text_width (const char *text)
{
  return g_utf8_validate (text, -1, NULL) ? (size_t)g_utf8_strlen (text, -1)
                                          : strlen (text);
}

static void
append_aligned (GString *text, const CliTable *table, size_t row, const size_t *widths)
{
  for (size_t c = 0; c < table->n_columns; c++) {
    const char *cell = table_cell (table, row, c);
    size_t blanks = widths[c] - text_width (cell);
    bool last = c + 1 == table->n_columns;

    for (size_t i = 0; table->columns[c].number && i < blanks; i++)
      g_string_append_c (text, ' ');
    g_string_append (text, cell);
    for (size_t i = 0; !table->columns[c].number && !last && i < blanks; i++)
      g_string_append_c (text, ' ');
    g_string_append (text, last ? "\n" : "  ");
  }
}

GString *
cli_table_to_text (const CliTable *table, bool csv)
{
  GString *text = g_string_new (NULL);
  size_t n_rows = 1 + table->cells->len / table->n_columns;
  g_autofree size_t *widths = g_new0 (size_t, table->n_columns);

  for (size_t row = 0; row < n_rows && !csv; row++)
    for (size_t c = 0; c < table->n_columns; c++)
      widths[c] = MAX (widths[c], text_width (table_cell (table, row, c)));

  for (size_t row = 0; row < n_rows; row++) {
    if (!csv) {
      append_aligned (text, table, row, widths);
      continue;
    }
    for (size_t c = 0; c < table->n_columns; c++) {
      if (c > 0)
        g_string_append_c (text, ',');
      cli_csv_append (text, table_cell (table, row, c));
    }
    g_string_append_c (text, '\n');
  }
  return text;
}

void
cli_table_print (const CliTable *table, bool csv)
{
  g_autoptr (GString) text = cli_table_to_text (table, csv);
  fwrite (text->str, 1, text->len, stdout);
}

bool
cli_write_file (const char *path, const char *bytes, size_t n_bytes, GError **error)
{
  return g_file_set_contents_full (path, bytes, (gssize)n_bytes,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
