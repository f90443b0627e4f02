#include "session/judgement.h"

#include "seismic/library-quality.h"
#include "session/tasks.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"
#include <glib/gstdio.h>
#include <math.h>

static guint
count_judged (SaeSession *session)
{
  GListModel *items = sae_session_get_signals (session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (SaeSignalItem) item = g_list_model_get_item (items, i);

    n += seismic_library_is_judged (sae_signal_item_get_info (item));
  }
  return n;
}

/* Until n signals are judged and no job is left. */
static void
wait_until_judged (SaeSession *session, guint n)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (count_judged (session) != n ||
         g_list_model_get_n_items (sae_session_get_jobs (session)) > 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

static void
close_session (SaeSession *session)
{
  sae_tasks_cancel_all (session);
  drain_main_loop ();
  g_assert_finalize_object (session);
}

/* What nobody has judged is judged when the library is opened, and then is; the selected
 * signal stays. */
static void
test_opened (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeSignalItem *selected;
  size_t n_unjudged = 0;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  g_assert_null (sae_tasks_judge (session)); /* no library */
  sae_tasks_open_library (session, tiny.folder);
  while (g_list_model_get_n_items (sae_session_get_signals (session)) == 0)
    g_main_context_iteration (NULL, TRUE);
  selected = g_list_model_get_item (sae_session_get_signals (session), 1);
  sae_session_set_selected (session, selected);
  wait_until_judged (session, 4);
  g_assert_true (sae_session_get_selected (session) == selected);
  g_object_unref (selected);
  g_assert_true (seismic_library_count_unjudged (tiny.library, &n_unjudged, NULL));
  g_assert_cmpuint (n_unjudged, ==, 0);
  g_assert_null (sae_tasks_judge (session)); /* nothing left to do */
  close_session (session);
}

/* A signal that cannot be read is left, and not tried on and on. */
static void
test_unreadable (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 3);
  g_autofree char *path = tiny_library_record_path (&tiny, "ev0", "S1");
  g_assert_cmpint (g_unlink (path), ==, 0);
  sae_tasks_open_library (session, tiny.folder);
  wait_until_judged (session, 2);
  close_session (session);
}

/* What was judged is judged anew once the arrival is known. */
static void
test_arrival (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  g_autoptr (GError) error = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 1);
  g_assert_true (seismic_library_update_quality (tiny.library, NULL, NULL, NULL, &error));
  g_autoptr (SeismicEvent) event =
      seismic_library_get_event (tiny.library, "ev0", &error);
  event->latitude = 37.0;
  event->longitude = -122.0;
  event->depth_km = 8.0;
  g_assert_true (seismic_library_put_event (tiny.library, event, &error));
  g_assert_true (
      seismic_library_put_station (tiny.library, "XX", "S0", 37.2, -122.0, &error));
  sae_tasks_open_library (session, tiny.folder);
  wait_until_judged (session, 1);
  g_autoptr (SaeSignalItem) item =
      g_list_model_get_item (sae_session_get_signals (session), 0);
  g_assert_true (isfinite (sae_signal_item_get_info (item)->quality.arrival_s));
  g_clear_object (&item);
  close_session (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/judgement/opened", test_opened);
  g_test_add_func ("/session/judgement/unreadable", test_unreadable);
  g_test_add_func ("/session/judgement/arrival", test_arrival);
  return g_test_run ();
}
