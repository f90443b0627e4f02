#include "cli/labels.h"
#include "seismic/csv.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

static gpointer
read_row (const char *const *cells, GError **error)
{
  const char *fields[] = {cells[0], cells[1], NULL};
  if (cells[0][0] != '\0')
    return g_strdupv ((char **)fields);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("the row names no signal"));
  return NULL;
}

static void
free_row (gpointer row)
{
  g_strfreev (row);
}

static const char *const names[] = {"signal", "label"};
static const SeismicCsvTable table = {.names = names,
                                      .n_names = 2,
                                      .n_needed = 2,
                                      .n_least = 2,
                                      .what = "labels.csv",
                                      .read_row = read_row,
                                      .free_row = free_row};

/* FALSE if the signal has another label already. */
static bool
add (GHashTable *labels, char **row, GError **error)
{
  const char *known = g_hash_table_lookup (labels, row[0]);
  if (known && strcmp (known, row[1]) != 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("signal “%s” has two labels, “%s” and “%s”"), row[0], known, row[1]);
    return false;
  }
  if (!known)
    g_hash_table_insert (labels, g_strdup (row[0]), g_strdup (row[1]));
  return true;
}

static GHashTable *
read_labels (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize n = 0;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) skipped = NULL;
  if (!g_file_get_contents (path, &bytes, &n, error) ||
      !seismic_csv_read (&table, (const uint8_t *)bytes, n, &rows, &skipped, error))
    return NULL;
  if (skipped->len > 0) {
    const SeismicSkip *skip = skipped->pdata[0];
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", skip->item,
                 skip->reason->message);
    return NULL;
  }
  g_autoptr (GHashTable) labels =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < rows->len; i++)
    if (!add (labels, rows->pdata[i], error))
      return NULL;
  return g_steal_pointer (&labels);
}

GHashTable *
cli_labels_read (const char *path, GError **error)
{
  GHashTable *labels = read_labels (path, error);
  if (!labels)
    g_prefix_error (error, "%s: ", path);
  return labels;
}
