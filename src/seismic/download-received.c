#include "seismic/download-received.h"
#include "seismic/library-file.h"

#include <glib/gstdio.h>

void
seismic_received_clear (SeismicReceived *received)
{
  g_clear_pointer (&received->path, g_free);
  g_clear_pointer (&received->traces, g_ptr_array_unref);
  g_clear_pointer (&received->sha256, g_free);
  g_clear_pointer (&received->stations, g_ptr_array_unref);
}

bool
seismic_received_load (SeismicReceived *received, GError **error)
{
  g_autoptr (SeismicMiniseedIndex) index =
      seismic_miniseed_index_new (received->path, NULL, error);
  g_autofree char *sha256 = NULL;
  if (index == NULL ||
      !seismic_library_hash_file (received->path, &sha256, &received->n_bytes, error))
    return false;
  received->traces = g_ptr_array_ref (seismic_miniseed_index_get_traces (index));
  received->sha256 = g_steal_pointer (&sha256);
  return true;
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
  return seismic_library_adopt_file (library, note->event_id, SEISMIC_DOWNLOAD_NAME,
                                     received->traces, received->sha256,
                                     received->n_bytes, note->url, error);
}
