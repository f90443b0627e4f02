#include "support/tsv.h"

GPtrArray *
test_tsv_read (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) columns = g_strsplit (lines[0], "\t", -1);
  for (size_t i = 1; lines[i] != NULL; i++) {
    if (lines[i][0] == '\0')
      continue;
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
    GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

    for (size_t j = 0; columns[j] != NULL && fields[j] != NULL; j++)
      g_hash_table_insert (row, g_strdup (columns[j]), g_strdup (fields[j]));
    g_ptr_array_add (rows, row);
  }
  return rows;
}

const char *
test_tsv_field (GHashTable *row, const char *column)
{
  const char *field = g_hash_table_lookup (row, column);

  g_assert_nonnull (field);
  return field;
}
