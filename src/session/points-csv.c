#include "session/points-csv.h"

#include "analysis/silhouette.h"
#include "seismic/csv.h"
#include "seismic/library-note.h"
#include <math.h>

static void
append_row (SaeSession *session, GString *csv, guint i)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  const AnalysisMatrix *xy = sae_layout_get_xy (sae_session_get_layout (session));
  const AnalysisClustering *clustering = sae_session_get_clustering (session);
  const float *errors = sae_session_get_errors (session);
  guint8 state = sae_selection_get_states (sae_session_get_selection (session))[i];
  const SeismicSignalInfo *info = g_ptr_array_index (projection->embedding->signals, i);
  SaeSignalItem *item = sae_session_find_signal (session, info->id);
  char **tags = item ? sae_signal_item_get_info (item)->tags : info->tags;
  g_autofree char *joined = tags ? seismic_tags_join (tags) : g_strdup ("");

  seismic_csv_append_text (csv, info->id);
  g_string_append_c (csv, ',');
  seismic_csv_append_text (csv, info->event_id);
  for (guint k = 0; k < 2; k++) {
    g_string_append_c (csv, ',');
    seismic_csv_append_number (csv, i < xy->rows ? xy->data[2 * i + k] : NAN);
  }
  g_string_append_printf (csv, ",%d,%d,", (state & SAE_POINT_SELECTED) != 0,
                          (state & SAE_POINT_HIDDEN) != 0);
  seismic_csv_append_number (csv, errors ? errors[i] : NAN);
  g_string_append_c (csv, ',');
  if (clustering && clustering->cluster[i] != ANALYSIS_NO_CLUSTER)
    g_string_append_printf (csv, "%u", clustering->cluster[i] + 1);
  g_string_append_c (csv, ',');
  seismic_csv_append_text (csv, joined);
  g_string_append_c (csv, '\n');
}

GBytes *
sae_points_to_csv (SaeSession *session)
{
  const SaeProjection *projection = sae_session_get_projection (session);
  GString *csv;

  if (!projection)
    return NULL;
  csv = g_string_new ("signal,event,x,y,selected,hidden,error,cluster,tags\n");
  for (guint i = 0; i < projection->embedding->signals->len; i++)
    append_row (session, csv, i);
  return g_string_free_to_bytes (csv);
}

gboolean
sae_write_file (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_set_contents_full (path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                0666, &reason))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_file_error ((GFileError)reason->code),
               "%s: %s", path, reason->message);
  return FALSE;
}
