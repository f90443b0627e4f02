#include "session/notes.h"

#include "seismic/library-note.h"
#include "session/tasks.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeNotes *notes;
  GPtrArray *all; /* of SaeSignalItem */
  guint n_changed, n_failed;
} Fixture;

static void
note_changed (SaeNotes *notes, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
note_failed (SaeNotes *notes, const GError *error, Fixture *fixture)
{
  g_assert_nonnull (error);
  fixture->n_failed++;
}

static void
open_library (Fixture *fixture)
{
  GListModel *items = sae_session_get_signals (fixture->session);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  sae_tasks_open_library (fixture->session, fixture->tiny.folder);
  while (g_list_model_get_n_items (items) == 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  fixture->all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    g_ptr_array_add (fixture->all, g_list_model_get_item (items, i));
}

/* ev1/S0, ev1/S1, ev0/S0, ev0/S1 */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  open_library (fixture);
  fixture->notes = sae_notes_new (fixture->session);
  g_signal_connect (fixture->notes, "changed", G_CALLBACK (note_changed), fixture);
  g_signal_connect (fixture->notes, "failed", G_CALLBACK (note_failed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_clear_object (&fixture->notes);
  g_ptr_array_unref (fixture->all);
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

/* What the library has once everything is written. */
static char *
saved (Fixture *fixture, guint i)
{
  const SeismicSignalInfo *info = sae_signal_item_get_info (fixture->all->pdata[i]);
  g_autoptr (SeismicNote) note = NULL;
  g_autofree char *tags = NULL;

  note = seismic_library_get_note (
      fixture->tiny.library, info->event_id,
      sae_signal_item_get_instrument (fixture->all->pdata[i]), NULL);
  g_assert_nonnull (note);
  tags = seismic_tags_join (note->tags);
  return g_strdup_printf ("%s|%s", tags, note->comment);
}

#define assert_saved(fixture, i, expected)                                               \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *text = saved (fixture, i);                                          \
                                                                                         \
    g_assert_cmpstr (text, ==, expected);                                                \
  }                                                                                      \
  G_STMT_END

/* Tags of several signals at once, back and forth, shown at once and saved at last. */
static void
test_tags (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) two = g_ptr_array_new ();
  g_auto (GStrv) tags = NULL;
  gboolean can_undo;

  g_object_get (fixture->notes, "can-undo", &can_undo, NULL);
  g_assert_false (can_undo);
  g_assert_false (sae_notes_undo (fixture->notes));
  g_ptr_array_add (two, fixture->all->pdata[0]);
  g_ptr_array_add (two, fixture->all->pdata[3]);
  sae_notes_add_tags (fixture->notes, two, " quarry ;outlier;; ");
  g_assert_true (sae_signal_item_has_tag (fixture->all->pdata[0], "quarry"));
  g_assert_true (sae_signal_item_has_tag (fixture->all->pdata[3], "outlier"));
  g_assert_false (sae_signal_item_has_tag (fixture->all->pdata[1], "quarry"));
  sae_notes_add_tags (fixture->notes, fixture->all, "quarry"); /* where it is not yet */
  sae_notes_add_tags (fixture->notes, fixture->all, " ; ");    /* nothing */
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  tags = sae_notes_list_tags (fixture->notes);
  g_assert_cmpuint (g_strv_length (tags), ==, 2);
  g_assert_cmpstr (tags[0], ==, "outlier");
  g_assert_true (sae_notes_undo (fixture->notes));
  g_assert_true (sae_signal_item_has_tag (fixture->all->pdata[0], "quarry")); /* it had */
  g_assert_false (sae_signal_item_has_tag (fixture->all->pdata[1], "quarry"));
  g_assert_true (sae_notes_redo (fixture->notes));
  g_assert_false (sae_notes_redo (fixture->notes));
  sae_notes_remove_tags (fixture->notes, fixture->all, "outlier");
  g_assert_finalize_object (g_steal_pointer (&fixture->notes)); /* waits */
  assert_saved (fixture, 0, "quarry|");
  assert_saved (fixture, 1, "quarry|");
  assert_saved (fixture, 3, "quarry|");
}

static void
test_comment (Fixture *fixture, gconstpointer unused)
{
  SaeSignalItem *item = fixture->all->pdata[1];

  sae_notes_set_comment (fixture->notes, item, "  A quarry blast? ");
  sae_notes_set_comment (fixture->notes, item, "A quarry blast?"); /* no change */
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpstr (sae_signal_item_get_info (item)->comment, ==, "A quarry blast?");
  sae_notes_set_comment (fixture->notes, item, "No");
  sae_notes_undo (fixture->notes);
  g_assert_cmpstr (sae_signal_item_get_info (item)->comment, ==, "A quarry blast?");
  g_assert_finalize_object (g_steal_pointer (&fixture->notes));
  assert_saved (fixture, 1, "|A quarry blast?");
}

/* A change after an undo forgets what could have been done again. */
static void
test_forget (Fixture *fixture, gconstpointer unused)
{
  sae_notes_add_tags (fixture->notes, fixture->all, "a");
  sae_notes_undo (fixture->notes);
  sae_notes_add_tags (fixture->notes, fixture->all, "b");
  g_assert_false (sae_notes_redo (fixture->notes));
  g_assert_true (sae_notes_undo (fixture->notes));
  g_assert_false (sae_notes_undo (fixture->notes));
}

/* What cannot be saved is told. */
static void
test_failure (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  g_assert_true (seismic_library_remove_event (fixture->tiny.library, "ev1", &error));
  g_assert_no_error (error);
  g_ptr_array_add (gone, fixture->all->pdata[0]);
  sae_notes_add_tags (fixture->notes, gone, "late");
  while (fixture->n_failed == 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  }
}

#define ADD(name, function)                                                              \
  g_test_add ("/session/notes/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("tags", test_tags);
  ADD ("comment", test_comment);
  ADD ("forget", test_forget);
  ADD ("failure", test_failure);
  return g_test_run ();
}
