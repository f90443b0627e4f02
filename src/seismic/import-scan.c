#include "seismic/import-scan.h"
#include "seismic/error.h"
#include "seismic/event.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_DEPTH 64

typedef struct {
  /* Owned */
  GHashTable *seen; /* paths */
  char *library_folder;
  /* Borrowed */
  GPtrArray *folders, *skipped;
} Scan;

static SeismicImportFolder *
folder_new (const char *path, const SeismicImportFolder *parent)
{
  SeismicImportFolder *folder = g_new0 (SeismicImportFolder, 1);
  folder->path = g_strdup (path);
  folder->parent = parent;
  folder->files = g_ptr_array_new_with_free_func (g_free);
  folder->events = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  return folder;
}

void
seismic_import_folder_free (SeismicImportFolder *folder)
{
  if (folder == NULL)
    return;
  g_free (folder->path);
  g_ptr_array_unref (folder->files);
  g_ptr_array_unref (folder->events);
  g_free (folder);
}

static void
skip (Scan *scan, const char *path, GIOErrorEnum code, const char *why)
{
  g_autofree char *name = g_filename_display_name (path);
  g_ptr_array_add (scan->skipped,
                   seismic_skip_new (name, g_error_new (G_IO_ERROR, code, "%s", why)));
}

/* FALSE the second time. */
static bool
see (Scan *scan, const char *path)
{
  return g_hash_table_add (scan->seen, g_strdup (path));
}

static bool
is_inside (const char *path, const char *folder)
{
  if (folder == NULL)
    return false;
  size_t n = strlen (folder);
  return strncmp (path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that are not hidden, sorted; NULL if it cannot be read. */
static GPtrArray *
list_names (Scan *scan, const char *path)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) directory = g_dir_open (path, 0, &reason);
  if (directory == NULL) {
    skip (scan, path, G_IO_ERROR_FAILED, reason->message);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while ((name = g_dir_read_name (directory)) != NULL) {
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* What path is: S_IFREG to be taken, S_IFDIR to be walked, 0 left out (the reason is
 * told).
 */
static mode_t
classify (Scan *scan, const char *path, bool follow_folder_links)
{
  struct stat status, link;
  if (stat (path, &status) != 0 || lstat (path, &link) != 0) {
    int code = errno;
    skip (scan, path, g_io_error_from_errno (code), g_strerror (code));
    return 0;
  }
  if (S_ISREG (status.st_mode))
    return S_IFREG;
  if (!S_ISDIR (status.st_mode)) {
    skip (scan, path, G_IO_ERROR_NOT_REGULAR_FILE, "Neither a file nor a folder");
    return 0;
  }
  if (S_ISLNK (link.st_mode) && !follow_folder_links) {
    skip (scan, path, G_IO_ERROR_NOT_SUPPORTED,
          "A symbolic link to a folder, which is not followed");
    return 0;
  }
  return S_IFDIR;
}

static void
walk (Scan *scan, const char *path, const SeismicImportFolder *parent, size_t depth)
{
  if (is_inside (path, scan->library_folder)) {
    skip (scan, path, G_IO_ERROR_NOT_SUPPORTED, "The library itself");
    return;
  }
  if (depth > MAX_DEPTH) {
    skip (scan, path, G_IO_ERROR_NOT_SUPPORTED, "Nested too deep");
    return;
  }
  if (!see (scan, path))
    return;
  g_autoptr (GPtrArray) names = list_names (scan, path);
  if (names == NULL)
    return;
  SeismicImportFolder *folder = folder_new (path, parent);
  g_ptr_array_add (scan->folders, folder);
  g_autoptr (GPtrArray) below = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
    mode_t kind = classify (scan, child, false);
    if (kind == S_IFDIR)
      g_ptr_array_add (below, g_steal_pointer (&child));
    else if (kind == S_IFREG && see (scan, child))
      g_ptr_array_add (folder->files, g_steal_pointer (&child));
  }
  for (guint i = 0; i < below->len; i++)
    walk (scan, below->pdata[i], folder, depth + 1);
}

/* Absolute and without links, so that one folder has one name; NULL if it is not there.
 */
static char *
real_path (const char *path)
{
  char *found = realpath (path, NULL);
  char *copy = g_strdup (found);
  free (found);
  return copy;
}

GPtrArray *
seismic_import_scan (const char *const *paths, const char *library_folder,
                     GPtrArray *skipped)
{
  GPtrArray *folders =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_import_folder_free);
  Scan scan = {.folders = folders, .skipped = skipped};
  scan.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  scan.library_folder = library_folder != NULL ? real_path (library_folder) : NULL;
  if (scan.library_folder == NULL)
    scan.library_folder = g_strdup (library_folder);

  SeismicImportFolder *loose = folder_new (NULL, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; paths[i] != NULL; i++) {
    mode_t kind = classify (&scan, paths[i], true);
    g_autofree char *path = kind != 0 ? real_path (paths[i]) : NULL;
    if (path != NULL && kind == S_IFDIR)
      walk (&scan, path, NULL, 0);
    else if (path != NULL)
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
  /* After the folders: a file that lies in one of them belongs there. */
  for (guint i = 0; i < files->len; i++) {
    if (is_inside (files->pdata[i], scan.library_folder))
      skip (&scan, files->pdata[i], G_IO_ERROR_NOT_SUPPORTED, "The library itself");
    else if (see (&scan, files->pdata[i]))
      g_ptr_array_add (loose->files, g_strdup (files->pdata[i]));
  }
  g_ptr_array_sort (loose->files, compare_names);
  g_ptr_array_add (folders, loose);
  g_hash_table_unref (scan.seen);
  g_free (scan.library_folder);
  return folders;
}
