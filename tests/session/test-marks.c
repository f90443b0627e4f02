#include "session/marks.h"

#include "session/session-private.h"
#include "session/tasks.h"
#include "support/main-loop.h"
#include "support/tiny-library.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeMarks *marks;
  guint n_changed;
} Fixture;

static void
note_changed (SaeMarks *marks, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
project (Fixture *fixture)
{
  AnalysisEmbedding *embedding = g_new0 (AnalysisEmbedding, 1);

  embedding->signals = seismic_library_list_signals (fixture->tiny.library, NULL);
  embedding->skipped = g_ptr_array_new ();
  analysis_matrix_init (&embedding->values, embedding->signals->len, 2);
  embedding->values.data[0] = 1;
  sae_session_take_projection (fixture->session, sae_projection_new (embedding, NULL));
}

/* ev1/S0, ev1/S1, ev0/S0, ev0/S1 */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  sae_tasks_open_library (fixture->session, fixture->tiny.folder);
  while (!sae_session_get_folder (fixture->session)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
  fixture->marks = sae_session_get_marks (fixture->session);
  g_signal_connect (fixture->marks, "changed", G_CALLBACK (note_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sae_tasks_cancel_all (fixture->session);
  drain_main_loop ();
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

#define assert_strings(strings, expected)                                                \
  G_STMT_START                                                                           \
  {                                                                                      \
    g_autofree char *joined = g_strjoinv (" ", (char **)(strings));                      \
                                                                                         \
    g_assert_cmpstr (joined, ==, expected);                                              \
  }                                                                                      \
  G_STMT_END

static void
test_events (Fixture *fixture, gconstpointer unused)
{
  const char *event[] = {"ev0", NULL}, *both[] = {"ev1", "ev0", NULL};
  const char *one[] = {"ev1/XX.S0..HN", "nowhere/XX.S0..HN", NULL}, *none[] = {NULL};
  g_auto (GStrv) events = NULL;

  assert_strings (sae_marks_get_signals (fixture->marks), "");
  sae_marks_set_events (fixture->marks, event);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev0/XX.S0..HN ev0/XX.S1..HN");
  sae_marks_set_signals (fixture->marks, one);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev1/XX.S0..HN");
  /* Its event is marked; the event's other signal is not. */
  events = sae_marks_dup_events (fixture->marks);
  assert_strings (events, "ev1");
  sae_marks_set_events (fixture->marks, (const char *const *)events);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev1/XX.S0..HN");
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  sae_marks_set_events (fixture->marks, both);
  g_assert_cmpuint (g_strv_length ((char **)sae_marks_get_signals (fixture->marks)), ==,
                    4);
  sae_marks_set_events (fixture->marks, none);
  assert_strings (sae_marks_get_signals (fixture->marks), "");
}

/* Points and marks follow each other; a new projection leaves the marks. */
static void
test_points (Fixture *fixture, gconstpointer unused)
{
  SaeSelection *selection = sae_session_get_selection (fixture->session);
  const char *event[] = {"ev0", NULL};
  guint first;

  sae_marks_set_events (fixture->marks, event);
  project (fixture);
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 0);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev0/XX.S0..HN ev0/XX.S1..HN");
  first = sae_projection_find (sae_session_get_projection (fixture->session),
                               "ev1/XX.S1..HN");
  sae_selection_apply_one (selection, first, SAE_SELECT_REPLACE);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev1/XX.S1..HN");
  sae_marks_set_events (fixture->marks, event);
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 2);
  g_assert_false (sae_selection_contains (selection, first));
  g_assert_cmpuint (fixture->n_changed, ==, 3);
  sae_selection_undo (selection);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev1/XX.S1..HN");
  sae_selection_clear (selection);
  assert_strings (sae_marks_get_signals (fixture->marks), "");
  sae_session_take_projection (fixture->session, NULL);
  sae_marks_set_events (fixture->marks, event);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev0/XX.S0..HN ev0/XX.S1..HN");
}

/* What is hidden is not selected, and stays marked elsewhere. */
static void
test_hidden (Fixture *fixture, gconstpointer unused)
{
  SaeSelection *selection = sae_session_get_selection (fixture->session);
  const char *event[] = {"ev0", NULL};
  guint hidden;

  project (fixture);
  hidden = sae_projection_find (sae_session_get_projection (fixture->session),
                                "ev0/XX.S1..HN");
  sae_selection_apply_one (selection, hidden, SAE_SELECT_REPLACE);
  sae_selection_hide (selection);
  sae_marks_set_events (fixture->marks, event);
  g_assert_cmpuint (sae_selection_get_n_selected (selection), ==, 1);
  assert_strings (sae_marks_get_signals (fixture->marks), "ev0/XX.S0..HN ev0/XX.S1..HN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/marks/events", Fixture, NULL, set_up, test_events, tear_down);
  g_test_add ("/session/marks/points", Fixture, NULL, set_up, test_points, tear_down);
  g_test_add ("/session/marks/hidden", Fixture, NULL, set_up, test_hidden, tear_down);
  return g_test_run ();
}
