#include "app/signal-tree.h"

#include "session/event-item.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
} Fixture;

/* Two events with two signals each; the newer event, ev1, stands first. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  widget_test_open (fixture->session, fixture->tiny.folder);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static GtkTreeListModel *
new_tree (Fixture *fixture, const char *search)
{
  return sae_signal_tree_new (sae_session_get_events (fixture->session),
                              sae_session_get_signals (fixture->session), search);
}

static guint
count (GtkTreeListModel *tree)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tree));
}

static void
test_all (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GtkTreeListModel) tree = new_tree (fixture, "");
  g_autoptr (SaeSignalItem) none = sae_signal_tree_get_signal (tree, 0);
  g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, 1);
  g_autoptr (SaeSignalItem) beyond = sae_signal_tree_get_signal (tree, 99);

  g_assert_cmpuint (count (tree), ==, 6);
  g_assert_null (none);
  g_assert_null (beyond);
  g_assert_cmpuint (sae_signal_tree_find (tree, sae_signal_item_get_id (item)), ==, 1);
  g_assert_cmpuint (sae_signal_tree_find (tree, "no/such"), ==,
                    GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_find_event (tree, "ev1"), ==, 1);
  g_assert_cmpuint (sae_signal_tree_find_event (tree, "ev0"), ==, 4);
}

static void
test_next (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GtkTreeListModel) tree = new_tree (fixture, "");

  g_assert_cmpuint (sae_signal_tree_next (tree, 0, 1), ==, 1);
  g_assert_cmpuint (sae_signal_tree_next (tree, 2, 1), ==, 4); /* over the event's row */
  g_assert_cmpuint (sae_signal_tree_next (tree, 4, -1), ==, 2);
  g_assert_cmpuint (sae_signal_tree_next (tree, 5, 1), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_next (tree, 1, -1), ==, GTK_INVALID_LIST_POSITION);
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GtkTreeListModel) station = new_tree (fixture, "s1");
  g_autoptr (GtkTreeListModel) both = new_tree (fixture, "  s1  EV0 ");
  g_autoptr (GtkTreeListModel) nothing = new_tree (fixture, "s1 nowhere");

  g_assert_cmpuint (count (station), ==, 4);
  g_assert_cmpuint (count (both), ==, 2);
  g_assert_cmpuint (count (nothing), ==, 0);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signal-tree/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("all", test_all);
  ADD ("next", test_next);
  ADD ("search", test_search);
  return g_test_run ();
}
