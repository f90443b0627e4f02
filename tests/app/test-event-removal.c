#include "app/event-removal.h"

#include "support/fdsn-stub.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  GtkWidget *window, *overlay;
  SaeEventTable *table;
  SaeEventRemoval *removal;
} Fixture;

/* A library of three events, in a window with toasts. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 3, 2);
  fixture->session = sae_session_new ();
  fixture->window = gtk_window_new ();
  fixture->overlay = adw_toast_overlay_new ();
  fixture->table = g_object_new (SAE_TYPE_EVENT_TABLE, "events",
                                 sae_session_get_events (fixture->session), NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay),
                               GTK_WIDGET (fixture->table));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->overlay);
  fixture->removal = sae_event_removal_new (fixture->session, fixture->table);
  widget_test_open (fixture->session, fixture->tiny.folder);
  widget_test_drain ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  widget_test_drain ();
  g_assert_finalize_object (fixture->removal);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static guint
count_listed (Fixture *fixture)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (sae_event_table_get_rows (fixture->table)));
}

static void
remove_event (Fixture *fixture, const char *id)
{
  sae_event_table_set_selected_ids (fixture->table, (const char *const[]){id, NULL});
  sae_event_removal_start (fixture->removal);
  widget_test_drain ();
}

/* The latest first, and none that is over. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  sae_event_removal_start (fixture->removal); /* of nothing */
  g_assert_false (sae_event_removal_get_can_undo (fixture->removal));
  remove_event (fixture, "ev0");
  remove_event (fixture, "ev2");
  g_assert_cmpuint (count_listed (fixture), ==, 1);
  sae_event_removal_undo (fixture->removal);
  widget_test_drain ();
  g_assert_cmpuint (count_listed (fixture), ==, 2);
  g_assert_true (sae_event_removal_get_can_undo (fixture->removal));
  sae_event_removal_undo (fixture->removal);
  widget_test_drain ();
  g_assert_cmpuint (count_listed (fixture), ==, 3);
  g_assert_false (sae_event_removal_get_can_undo (fixture->removal));
  sae_event_removal_undo (fixture->removal); /* of nothing */
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_events (fixture->session)),
                    ==, 3);
}

/* A window that closes takes the toast with it: nothing is removed. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  remove_event (fixture, "ev0");
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  widget_test_drain ();
  sae_tasks_open_library (fixture->session, fixture->tiny.folder);
  widget_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_events (fixture->session)),
                    ==, 3);
}

static void
test_training (Fixture *fixture, gconstpointer data)
{
  AnalysisTrainingSettings settings = widget_test_settings ();
  SaeJob *training = NULL;

  settings.trainer.n_epochs = 10000;
  training = sae_tasks_train (fixture->session, &settings);
  g_assert_nonnull (training);
  remove_event (fixture, "ev1");
  assert_shows (fixture->overlay, "stop the training first");
  g_assert_cmpuint (count_listed (fixture), ==, 3);
  g_assert_false (sae_event_removal_get_can_undo (fixture->removal));
  sae_job_cancel_and_wait (training);
}

/* What a download asks for stays; another event may go. */
static void
test_download (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);
  SaeDownload *download = NULL;

  g_assert_no_error (error);
  g_assert_true (fdsn_stub_add_rule (stub, "match=eventdata&fault=silent", &error));
  tiny_library_put_event (&fixture->tiny, "bare", 0);
  widget_test_open (fixture->session, fixture->tiny.folder);
  download = sae_tasks_download (fixture->session, fdsn_stub_get_base (stub),
                                 (const char *const[]){"bare", NULL}, 1, FALSE);
  wait_until (g_list_model_get_n_items (sae_download_get_items (download)) == 1);
  wait_until (count_listed (fixture) == 4);
  remove_event (fixture, "bare");
  assert_shows (fixture->overlay, "cancel the download first");
  g_assert_cmpuint (count_listed (fixture), ==, 4);
  remove_event (fixture, "ev1");
  g_assert_cmpuint (count_listed (fixture), ==, 3);
  sae_job_cancel_and_wait (sae_download_get_job (download));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/app/event-removal/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  add ("undo", test_undo);
  add ("close", test_close);
  add ("training", test_training);
  add ("download", test_download);
  return g_test_run ();
}
