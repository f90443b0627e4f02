#include "session/points-csv.h"

#include "session/session-private.h"
#include <glib/gstdio.h>
#include <string.h>

static void
add_info (GPtrArray *signals, const char *id)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);

  info->id = g_strdup (id);
  info->event_id = g_strdup ("e,1");
  g_ptr_array_add (signals, info);
}

static void
free_info (gpointer data)
{
  SeismicSignalInfo *info = data;

  g_free (info->id);
  g_free (info->event_id);
  g_free (info);
}

static void
test_rows (void)
{
  SaeSession *session = sae_session_new ();
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);
  SaeSelection *selection = sae_session_get_selection (session);
  AnalysisClustering *clustering = g_new0 (AnalysisClustering, 1);
  float *errors = g_new (float, 2);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_null (sae_points_to_csv (session));
  embedding->signals = g_ptr_array_new_with_free_func (free_info);
  add_info (embedding->signals, "e,1/XX.A..HN");
  add_info (embedding->signals, "e,1/XX.B..HN");
  analysis_matrix_init (&embedding->values, 2, 2);
  embedding->values.data[0] = 2;
  sae_session_take_projection (session, sae_projection_new (embedding, NULL));
  errors[0] = 0.25f;
  errors[1] = 0.5f;
  sae_session_take_errors (session, errors);
  clustering->cluster = g_new0 (uint32_t, 2);
  clustering->cluster[1] = UINT32_MAX;
  sae_session_take_clustering (session, clustering);
  sae_selection_apply_one (selection, 0, SAE_SELECT_ADD);
  sae_selection_hide (selection);
  sae_selection_apply_one (selection, 1, SAE_SELECT_ADD);
  bytes = sae_points_to_csv (session);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 3);
  g_assert_cmpstr (lines[0], ==, "signal,event,x,y,selected,hidden,error,cluster,tags");
  g_assert_cmpstr (lines[1], ==, "\"e,1/XX.A..HN\",\"e,1\",1,0,0,1,0.25,1,");
  g_assert_true (g_str_has_prefix (lines[2], "\"e,1/XX.B..HN\",\"e,1\",-1,0,1,0,0.5,,"));
  g_assert_finalize_object (session);
}

static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sae-write-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "a.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x\n", 2);
  g_autoptr (GError) error = NULL;

  g_assert_true (sae_write_file (path, bytes, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "x\n");
  g_assert_false (sae_write_file (nowhere, bytes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/points-csv/rows", test_rows);
  g_test_add_func ("/session/points-csv/write", test_write);
  return g_test_run ();
}
