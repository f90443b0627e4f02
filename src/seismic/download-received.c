#include "seismic/download-received.h"
#include "seismic/library-file.h"

#include <glib/gstdio.h>

void
seismic_received_clear (SeismicReceived *received)
{
  g_clear_pointer (&received->path, g_free);
  g_clear_pointer (&received->bytes, g_bytes_unref);
  g_clear_pointer (&received->index, seismic_miniseed_index_free);
  g_clear_pointer (&received->traces, g_ptr_array_unref);
  g_clear_pointer (&received->stations, g_ptr_array_unref);
}

bool
seismic_received_load (SeismicReceived *received, GError **error)
{
  GStatBuf status;
  if (g_stat (received->path, &status) == 0 &&
      status.st_size > (goffset)SEISMIC_LIBRARY_LONG_FILE) {
    received->n_bytes = (uint64_t)status.st_size;
    received->index = seismic_miniseed_index_new (received->path, NULL, error);
    if (received->index == NULL)
      return false;
    received->traces =
        g_ptr_array_ref (seismic_miniseed_index_get_traces (received->index));
    return true;
  }
  received->bytes = seismic_library_read_file (received->path, error);
  if (received->bytes == NULL)
    return false;
  size_t n_bytes = 0;
  const uint8_t *data = g_bytes_get_data (received->bytes, &n_bytes);
  received->n_bytes = n_bytes;
  return seismic_miniseed_read (data, n_bytes, &received->traces, NULL, error);
}

void
seismic_received_remove (const SeismicReceived *received)
{
  g_autofree char *folder = g_path_get_dirname (received->path);
  g_unlink (received->path);
  g_rmdir (folder);
}

bool
seismic_received_move (const SeismicReceived *received, const char *part,
                       const char *waveforms, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (received->path);
  g_autofree char *folder_name = g_path_get_basename (folder);
  g_autofree char *name = g_path_get_basename (received->path);
  g_autofree char *relative = g_build_filename (folder_name, name, NULL);
  return seismic_library_move_file (part, waveforms, relative, error);
}

bool
seismic_received_adopt (SeismicReceived *received, SeismicLibrary *library,
                        const SeismicDownloadNote *note, GError **error)
{
  return received->index != NULL
             ? seismic_library_adopt_index (library, note->event_id,
                                            SEISMIC_DOWNLOAD_NAME, &received->index,
                                            note->url, NULL, error)
             : seismic_library_adopt_record (library, note->event_id,
                                             SEISMIC_DOWNLOAD_NAME, received->bytes,
                                             received->traces, note->url, NULL, error);
}
