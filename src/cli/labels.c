#include "cli/labels.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *at;
  size_t line;
} Cursor;

/* The next field, new; *last is set at a row's end. NULL if a quote does not end. */
static char *
take_field (Cursor *cursor, bool *last)
{
  g_autoptr (GString) field = g_string_new (NULL);
  if (*cursor->at == '"') {
    for (cursor->at++; *cursor->at != '"' || cursor->at[1] == '"'; cursor->at++) {
      if (*cursor->at == '\0')
        return NULL;
      cursor->at += *cursor->at == '"';
      cursor->line += *cursor->at == '\n';
      g_string_append_c (field, *cursor->at);
    }
    cursor->at++;
  }
  const size_t rest = strcspn (cursor->at, ",\r\n");
  g_string_append_len (field, cursor->at, (gssize)rest);
  cursor->at += rest;
  *last = *cursor->at != ',';
  cursor->at += *cursor->at == ',' || *cursor->at == '\r';
  if (*last && *cursor->at == '\n') {
    cursor->at++;
    cursor->line++;
  }
  return g_string_free (g_steal_pointer (&field), FALSE);
}

/* The next row's fields, new; NULL if a quote does not end. */
static GPtrArray *
take_row (Cursor *cursor)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  bool last = false;
  while (!last) {
    char *field = take_field (cursor, &last);
    if (!field)
      return NULL;
    g_ptr_array_add (row, field);
  }
  return g_steal_pointer (&row);
}

static bool
find_column (const GPtrArray *header, const char *name, guint *column)
{
  for (*column = 0; header && *column < header->len; ++*column)
    if (strcmp (header->pdata[*column], name) == 0)
      return true;
  return false;
}

/* FALSE if the signal has another label already. */
static bool
add (GHashTable *labels, const char *signal, const char *label)
{
  const char *known = g_hash_table_lookup (labels, signal);
  if (known)
    return strcmp (known, label) == 0;
  g_hash_table_insert (labels, g_strdup (signal), g_strdup (label));
  return true;
}

GHashTable *
cli_labels_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  Cursor cursor = {text, 1};
  guint signal = 0, label = 0;
  g_autoptr (GPtrArray) header = take_row (&cursor);
  if (!find_column (header, "signal", &signal) ||
      !find_column (header, "label", &label)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("%s: its first line does not name the columns signal and label"),
                 path);
    return NULL;
  }
  g_autoptr (GHashTable) labels =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (*cursor.at != '\0') {
    const size_t line = cursor.line;
    g_autoptr (GPtrArray) row = take_row (&cursor);
    if (row && row->len == 1 && strcmp (row->pdata[0], "") == 0)
      continue;
    if (!row || row->len <= MAX (signal, label) ||
        !add (labels, row->pdata[signal], row->pdata[label])) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s: line %zu has no signal and label, or another label than the "
                      "same signal before"),
                   path, line);
      return NULL;
    }
  }
  return g_steal_pointer (&labels);
}
