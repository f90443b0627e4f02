#include "cli/library.h"
#include "cli/output.h"
#include "seismic/error.h"

#include <glib/gi18n.h>
#include <string.h>

SeismicLibrary *
cli_library_open (const char *folder, bool create)
{
  g_autoptr (GError) error = NULL;
  SeismicLibrary *library = seismic_library_open (folder, create, &error);

  if (!library) {
    /* The layer below may or may not have named the folder. */
    if (!strstr (error->message, folder))
      g_prefix_error (&error, "%s: ", folder);
    cli_fail (error);
  }
  return library;
}

SeismicSignalInfo *
cli_library_find (SeismicLibrary *library, const char *signal_id, GError **error)
{
  g_autoptr (GPtrArray) signals = seismic_library_list_signals (library, error);

  if (!signals)
    return NULL;
  for (guint i = 0; i < signals->len; i++) {
    const SeismicSignalInfo *info = signals->pdata[i];
    if (strcmp (info->id, signal_id) == 0)
      return seismic_signal_info_copy (info);
  }
  g_set_error (error, SEISMIC_ERROR, SEISMIC_ERROR_NOT_FOUND,
               _ ("the library has no signal “%s”; “%s signals” lists them"), signal_id,
               CLI_PROGRAM);
  return NULL;
}
