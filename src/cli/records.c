#include "cli/records.h"
#include "cli/output.h"
#include "seismic/import-scan.h"

#include <gio/gio.h>

GPtrArray *
cli_records_list (const char *path)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_ptr_array_add (files, g_strdup (path));
    return files;
  }

  const char *const paths[] = {path, NULL};
  g_autoptr (GPtrArray) skipped =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_skip_free);
  g_autoptr (GPtrArray) folders = seismic_import_scan (paths, NULL, skipped);
  for (guint i = 0; i < folders->len; i++) {
    SeismicImportFolder *folder = folders->pdata[i];
    g_ptr_array_extend_and_steal (files, g_steal_pointer (&folder->files));
    folder->files = g_ptr_array_new ();
  }
  cli_print_skipped (skipped);
  return files;
}

GPtrArray *
cli_records_read (const char *file, SeismicMiniseedReport *report, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes = 0;
  GPtrArray *traces = NULL;

  if (!g_file_get_contents (file, &bytes, &n_bytes, error))
    return NULL;
  if (!seismic_waveform_read ((const uint8_t *)bytes, n_bytes, &traces, report, error)) {
    g_autofree char *name = g_filename_display_name (file);
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  return traces;
}
