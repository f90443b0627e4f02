#include "session/picks.h"

#include "session/tasks.h"
#include "support/tiny-library.h"
#include <math.h>

#define wait_until(condition)                                                            \
  while (!(condition))                                                                   \
  g_main_context_iteration (NULL, TRUE)

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaePicks *picks;
  guint n_failed;
} Fixture;

static void
on_failed (SaePicks *picks, const GError *error, Fixture *fixture)
{
  g_assert_nonnull (error);
  fixture->n_failed++;
}

static void
open_picks (Fixture *fixture)
{
  fixture->picks = sae_picks_new ();
  g_signal_connect (fixture->picks, "failed", G_CALLBACK (on_failed), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 1, 2);
  fixture->session = sae_session_new ();
  sae_tasks_open_library (fixture->session, fixture->tiny.folder);
  wait_until (sae_session_get_folder (fixture->session));
  open_picks (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->picks);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static void
show (Fixture *fixture, const char *id)
{
  sae_picks_show (fixture->picks, fixture->tiny.folder,
                  sae_session_find_signal (fixture->session, id));
  wait_until (!sae_picks_get_busy (fixture->picks));
}

/* What the library holds of the event, read anew. */
static guint
n_saved (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SeismicLibrary) library =
      seismic_library_open (fixture->tiny.folder, false, &error);
  g_autoptr (GPtrArray) list = seismic_library_list_picks (library, "ev0", NULL, &error);

  g_assert_no_error (error);
  return list->len;
}

/* Picks are there at once, in order, and after a restart. */
static void
test_survive (Fixture *fixture, gconstpointer unused)
{
  show (fixture, "ev0/XX.S0..HN");
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 0);
  sae_picks_put (fixture->picks, "HNE", "S", 2000, 0.25);
  sae_picks_put (fixture->picks, "HNZ", "P", 1000, NAN);
  sae_picks_put (fixture->picks, "HNZ", "P", 1500, 0.1); /* in its place */
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 2);
  g_assert_cmpint (sae_picks_get (fixture->picks, 0)->time_ns, ==, 1500);
  g_assert_finalize_object (fixture->picks); /* writes what is to be written */
  g_assert_cmpuint (n_saved (fixture), ==, 2);
  open_picks (fixture);
  show (fixture, "ev0/XX.S1..HN");
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 0);
  show (fixture, "ev0/XX.S0..HN");
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 2);
  g_assert_cmpstr (sae_picks_get (fixture->picks, 0)->phase, ==, "P");
  g_assert_cmpstr (sae_picks_get (fixture->picks, 0)->channel, ==, "HNZ");
  g_assert_cmpfloat (sae_picks_get (fixture->picks, 0)->uncertainty_s, ==, 0.1);
  g_assert_cmpint (sae_picks_get (fixture->picks, 1)->time_ns, ==, 2000);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_undo (Fixture *fixture, gconstpointer unused)
{
  SaePicks *picks = fixture->picks;

  show (fixture, "ev0/XX.S0..HN");
  g_assert_false (sae_picks_undo (picks));
  sae_picks_put (picks, "HNZ", "P", 1000, 0.1);
  sae_picks_put (picks, "HNZ", "P", 3000, 0.2);
  sae_picks_remove (picks, 0);
  g_assert_cmpuint (sae_picks_get_n (picks), ==, 0);
  g_assert_true (sae_picks_undo (picks));
  g_assert_cmpint (sae_picks_get (picks, 0)->time_ns, ==, 3000);
  g_assert_true (sae_picks_undo (picks));
  g_assert_cmpint (sae_picks_get (picks, 0)->time_ns, ==, 1000);
  g_assert_cmpfloat (sae_picks_get (picks, 0)->uncertainty_s, ==, 0.1);
  g_assert_true (sae_picks_redo (picks));
  g_assert_cmpint (sae_picks_get (picks, 0)->time_ns, ==, 3000);
  wait_until (!sae_picks_get_busy (picks));
  g_assert_cmpuint (n_saved (fixture), ==, 1);
  /* Of another signal's change too; a new one ends what could be done again. */
  show (fixture, "ev0/XX.S1..HN");
  g_assert_true (sae_picks_undo (picks));
  g_assert_true (sae_picks_undo (picks));
  g_assert_false (sae_picks_undo (picks));
  wait_until (!sae_picks_get_busy (picks));
  g_assert_cmpuint (n_saved (fixture), ==, 0);
  sae_picks_put (picks, "HNE", "S", 5000, 0);
  g_assert_false (sae_picks_redo (picks));
  wait_until (!sae_picks_get_busy (picks));
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* What cannot be saved is told, and is no longer shown. */
static void
test_failure (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  show (fixture, "ev0/XX.S0..HN");
  g_assert_true (seismic_library_remove_event (fixture->tiny.library, "ev0", &error));
  sae_picks_put (fixture->picks, "HNZ", "P", 1000, NAN);
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 1);
  wait_until (fixture->n_failed == 1 && !sae_picks_get_busy (fixture->picks));
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 0);
  sae_picks_show (fixture->picks, NULL, NULL);
  sae_picks_put (fixture->picks, "HNZ", "P", 1000, NAN);
  g_assert_cmpuint (sae_picks_get_n (fixture->picks), ==, 0);
}

#define ADD(name, function)                                                              \
  g_test_add ("/session/picks/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("survive", test_survive);
  ADD ("undo", test_undo);
  ADD ("failure", test_failure);
  return g_test_run ();
}
