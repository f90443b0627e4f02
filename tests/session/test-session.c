#include "session/event-item.h"
#include "session/session-private.h"
#include "support/main-loop.h"

static void
add_signal (SaeLibraryContents *contents, const char *event_id, const char *instrument,
            const char *network)
{
  SeismicSignalInfo *info = g_new0 (SeismicSignalInfo, 1);
  SeismicEvent *event = seismic_event_new (event_id);

  info->id = g_strconcat (event_id, "/", instrument, NULL);
  info->event_id = g_strdup (event_id);
  g_strlcpy (info->network, network, sizeof info->network);
  info->event = *event;
  g_free (event);
  g_ptr_array_add (contents->signals, info);
}

static SaeLibraryContents *
new_contents (const char *folder)
{
  SaeLibraryContents *contents = g_new0 (SaeLibraryContents, 1);

  contents->folder = g_strdup (folder);
  contents->events = g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_event_free);
  contents->signals =
      g_ptr_array_new_with_free_func ((GDestroyNotify)seismic_signal_info_free);
  g_ptr_array_add (contents->events, seismic_event_new ("a"));
  g_ptr_array_add (contents->events, seismic_event_new ("b"));
  add_signal (contents, "a", "BK.ONE..HN", "BK");
  add_signal (contents, "a", "BK.TWO..HN", "BK");
  return contents;
}

static SaeEventItem *
event_at (SaeSession *session, guint position)
{
  SaeEventItem *item = g_list_model_get_item (sae_session_get_events (session), position);

  g_object_unref (item);
  return item;
}

static void
test_empty (void)
{
  SaeSession *session = sae_session_new ();

  g_assert_null (sae_session_get_folder (session));
  g_assert_null (sae_session_get_name (session));
  g_assert_false (sae_session_get_is_sample (session));
  g_assert_false (sae_session_get_has_model (session));
  g_assert_null (sae_session_get_selected (session));
  g_assert_null (sae_session_get_training (session));
  g_assert_null (sae_session_get_projection (session));
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_signals (session)), ==, 0);
  g_assert_finalize_object (session);
}

static void
test_contents (void)
{
  SaeSession *session = sae_session_new ();
  SaeLibraryContents *contents = new_contents ("/x/first");

  add_signal (contents, "b", "SY.ONE..HN", "SY");
  sae_session_show_contents (session, contents);
  g_assert_cmpstr (sae_session_get_name (session), ==, "first");
  g_assert_cmpuint (sae_event_item_get_n_signals (event_at (session, 0)), ==, 2);
  g_assert_false (sae_event_item_get_synthetic (event_at (session, 0)));
  g_assert_cmpuint (sae_event_item_get_n_signals (event_at (session, 1)), ==, 1);
  g_assert_true (sae_event_item_get_synthetic (event_at (session, 1)));
  g_assert_nonnull (sae_session_find_signal (session, "a/BK.TWO..HN"));
  g_assert_null (sae_session_find_signal (session, "a/BK.NONE..HN"));
  g_assert_null (sae_session_find_signal (session, NULL));
  sae_library_contents_free (contents);
  g_assert_finalize_object (session);
}

/* The selection survives a reading of the same library, but not another library, which
 * may hold a signal of the same id. */
static void
test_selection (void)
{
  SaeSession *session = sae_session_new ();
  SaeLibraryContents *first = new_contents ("/x/first");
  SaeLibraryContents *second = new_contents ("/x/second");
  SaeSignalItem *before;

  sae_session_show_contents (session, first);
  before = sae_session_find_signal (session, "a/BK.TWO..HN");
  sae_session_set_selected (session, before);
  sae_session_show_contents (session, first);
  g_assert_cmpstr (sae_signal_item_get_id (sae_session_get_selected (session)), ==,
                   "a/BK.TWO..HN");
  g_assert_true (sae_session_get_selected (session) ==
                 sae_session_find_signal (session, "a/BK.TWO..HN"));
  sae_session_show_contents (session, second);
  g_assert_null (sae_session_get_selected (session));
  sae_library_contents_free (first);
  sae_library_contents_free (second);
  g_assert_finalize_object (session);
}

static SaeProjection *
new_projection (void)
{
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);

  embedding->signals = g_ptr_array_new ();
  analysis_matrix_init (&embedding->values, 2, 2);
  embedding->values.data[0] = 1;
  return sae_projection_new (embedding, NULL);
}

/* One that is used, but damaged. */
static GPtrArray *
new_runs (void)
{
  GPtrArray *runs = g_ptr_array_new ();
  AnalysisRun *run = g_new0 (AnalysisRun, 1);

  run->name = g_strdup ("model");
  run->damage = g_strdup ("cut");
  run->is_current = true;
  g_ptr_array_add (runs, run);
  return runs;
}

static void
test_projection (void)
{
  SaeSession *session = sae_session_new ();
  SaeLibraryContents *contents = new_contents ("/x/first");

  sae_session_show_contents (session, contents);
  sae_session_take_projection (session, new_projection ());
  sae_session_show_contents (session, contents);
  g_assert_nonnull (sae_session_get_projection (session));
  add_signal (contents, "b", "BK.NEW..HN", "BK");
  sae_session_show_contents (session, contents); /* one signal more: no longer all */
  g_assert_null (sae_session_get_projection (session));
  sae_session_take_projection (session, new_projection ());
  g_assert_false (sae_session_get_has_model (session));
  sae_session_take_runs (session, new_runs ());
  g_assert_true (sae_session_get_has_model (session));
  g_assert_null (sae_session_get_run (session)); /* it cannot be read */
  sae_session_model_changed (session);
  g_assert_null (sae_session_get_projection (session));
  sae_library_contents_free (contents);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/empty", test_empty);
  g_test_add_func ("/session/contents", test_contents);
  g_test_add_func ("/session/selection", test_selection);
  g_test_add_func ("/session/projection", test_projection);
  return g_test_run ();
}
