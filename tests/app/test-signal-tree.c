#include "app/signal-tree.h"

#include "session/event-item.h"
#include "support/signal-items.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  SaeSignalFilter *filter;
} Fixture;

/* Two events with two signals each; the newer event, ev1, stands first. */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  fixture->filter = sae_signal_filter_new ();
  widget_test_open (fixture->session, fixture->tiny.folder);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  sae_signal_filter_free (fixture->filter);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static SaeSignalTree *
new_tree (Fixture *fixture, const char *search, gboolean by_event, GtkSorter *sorter)
{
  SaeSignalTreeSettings settings = {.events = sae_session_get_events (fixture->session),
                                    .signals = sae_session_get_signals (fixture->session),
                                    .filter = fixture->filter,
                                    .sorter = sorter,
                                    .by_event = by_event};

  sae_signal_filter_set_words (fixture->filter, search);
  return sae_signal_tree_new (&settings);
}

static guint
count (SaeSignalTree *tree)
{
  return g_list_model_get_n_items (G_LIST_MODEL (sae_signal_tree_get_model (tree)));
}

static void
fold (SaeSignalTree *tree, guint position)
{
  g_autoptr (GtkTreeListRow) row =
      gtk_tree_list_model_get_row (sae_signal_tree_get_model (tree), position);

  gtk_tree_list_row_set_expanded (row, FALSE);
}

static void
test_all (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) tree = new_tree (fixture, "", TRUE, NULL);
  g_autoptr (SaeSignalItem) none = sae_signal_tree_get_signal (tree, 0);
  g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, 1);
  g_autoptr (SaeSignalItem) beyond = sae_signal_tree_get_signal (tree, 99);

  g_assert_cmpuint (count (tree), ==, 6);
  g_assert_cmpuint (sae_signal_tree_get_n_signals (tree), ==, 4);
  g_assert_null (none);
  g_assert_null (beyond);
  g_assert_cmpuint (sae_signal_tree_find (tree, sae_signal_item_get_id (item)), ==, 1);
  g_assert_cmpuint (sae_signal_tree_find (tree, "no/such"), ==,
                    GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_find (tree, "ev1/no-such"), ==,
                    GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_find (tree, ""), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_find_event (tree, "ev1"), ==, 1);
  g_assert_cmpuint (sae_signal_tree_find_event (tree, "ev0"), ==, 4);
  g_assert_cmpuint (sae_signal_tree_find_event (tree, "ev9"), ==,
                    GTK_INVALID_LIST_POSITION);
}

static void
test_next (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) tree = new_tree (fixture, "", TRUE, NULL);

  g_assert_cmpuint (sae_signal_tree_next (tree, 0, 1), ==, 1);
  g_assert_cmpuint (sae_signal_tree_next (tree, 2, 1), ==, 4); /* over the event's row */
  g_assert_cmpuint (sae_signal_tree_next (tree, 4, -1), ==, 2);
  g_assert_cmpuint (sae_signal_tree_next (tree, 5, 1), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (sae_signal_tree_next (tree, 1, -1), ==, GTK_INVALID_LIST_POSITION);
}

/* What is folded away is found, and unfolded where one steps onto it. */
static void
test_folded (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) tree = new_tree (fixture, "", TRUE, NULL);
  g_autoptr (SaeSignalTree) again = NULL;
  SaeSignalTreeSettings settings = {.events = sae_session_get_events (fixture->session),
                                    .signals = sae_session_get_signals (fixture->session),
                                    .filter = fixture->filter,
                                    .by_event = TRUE};

  fold (tree, 3);
  g_assert_cmpuint (count (tree), ==, 4);
  settings.former = tree;
  again = sae_signal_tree_new (&settings);
  g_assert_cmpuint (count (again), ==, 4);
  g_assert_cmpuint (sae_signal_tree_next (tree, 2, 1), ==, 4);
  g_assert_cmpuint (count (tree), ==, 6);
  fold (tree, 0);
  g_assert_cmpuint (sae_signal_tree_next (tree, 2, -1), ==, 2); /* the last of ev1 */
  fold (tree, 0);
  g_assert_cmpuint (sae_signal_tree_find (tree, "ev1/XX.S1..HN"), ==, 2);
}

static void
test_search (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) station = new_tree (fixture, "s1", TRUE, NULL);
  g_autoptr (SaeSignalTree) both = new_tree (fixture, "  s1  EV0 ", TRUE, NULL);
  g_autoptr (SaeSignalTree) nothing = new_tree (fixture, "s1 nowhere", TRUE, NULL);
  g_autoptr (SaeSignalTree) alone = new_tree (fixture, "s1 nowhere", FALSE, NULL);

  g_assert_cmpuint (count (station), ==, 4);
  g_assert_cmpuint (count (both), ==, 2);
  g_assert_cmpuint (count (nothing), ==, 0);
  g_assert_cmpuint (count (alone), ==, 0);
}

static int
compare_backwards (gconstpointer a, gconstpointer b, gpointer unused)
{
  return g_strcmp0 (sae_signal_item_get_instrument ((SaeSignalItem *)b),
                    sae_signal_item_get_instrument ((SaeSignalItem *)a));
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer unused)
{
  return g_strcmp0 (sae_signal_item_get_id ((SaeSignalItem *)a),
                    sae_signal_item_get_id ((SaeSignalItem *)b));
}

static void
assert_id (SaeSignalTree *tree, guint position, const char *id)
{
  g_autoptr (SaeSignalItem) item = sae_signal_tree_get_signal (tree, position);

  g_assert_nonnull (item);
  g_assert_cmpstr (sae_signal_item_get_id (item), ==, id);
}

/* Signals within their event, events by their first signal; equal ones stay. */
static void
test_sort (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GtkSorter) backwards =
      GTK_SORTER (gtk_custom_sorter_new (compare_backwards, NULL, NULL));
  g_autoptr (GtkSorter) by_id =
      GTK_SORTER (gtk_custom_sorter_new (compare_ids, NULL, NULL));
  g_autoptr (SaeSignalTree) stations = new_tree (fixture, "", TRUE, backwards);
  g_autoptr (SaeSignalTree) events = new_tree (fixture, "", TRUE, by_id);
  g_autoptr (SaeSignalTree) alone = new_tree (fixture, "", FALSE, backwards);

  assert_id (stations, 1, "ev1/XX.S1..HN");
  assert_id (stations, 2, "ev1/XX.S0..HN");
  assert_id (events, 1, "ev0/XX.S0..HN");
  assert_id (events, 4, "ev1/XX.S0..HN");
  g_assert_cmpuint (count (alone), ==, 4);
  assert_id (alone, 0, "ev1/XX.S1..HN");
  assert_id (alone, 1, "ev0/XX.S1..HN");
  assert_id (alone, 3, "ev0/XX.S0..HN");
  g_assert_cmpuint (sae_signal_tree_find (alone, "ev0/XX.S1..HN"), ==, 1);
  g_assert_cmpuint (sae_signal_tree_find_event (alone, "ev0"), ==, 1);
  g_assert_cmpuint (sae_signal_tree_next (alone, 0, 1), ==, 1);
}

/* Of very many signals only the events are rows at first, and what was unfolded stays. */
static void
test_many (void)
{
  g_autoptr (GListStore) events = g_list_store_new (SAE_TYPE_EVENT_ITEM);
  g_autoptr (GListStore) signals = g_list_store_new (SAE_TYPE_SIGNAL_ITEM);
  g_autoptr (SaeSignalFilter) filter = sae_signal_filter_new ();
  SaeSignalTreeSettings settings = {.events = G_LIST_MODEL (events),
                                    .signals = G_LIST_MODEL (signals),
                                    .filter = filter,
                                    .by_event = TRUE};
  g_autoptr (SaeSignalTree) tree = NULL;
  g_autoptr (SaeSignalTree) again = NULL;

  for (guint i = 0; i < SAE_SIGNAL_TREE_OPEN / 2 + 1; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    g_autoptr (SeismicEvent) event = seismic_event_new (id);
    g_autoptr (SaeEventItem) item = sae_event_item_new (event, 2, FALSE);
    g_autoptr (SaeSignalItem) first = new_signal_item (id, "BK", "AAA", NULL);
    g_autoptr (SaeSignalItem) second = new_signal_item (id, "BK", "BBB", NULL);

    g_list_store_append (events, item);
    g_list_store_append (signals, first);
    g_list_store_append (signals, second);
  }
  tree = sae_signal_tree_new (&settings);
  g_assert_cmpuint (count (tree), ==, SAE_SIGNAL_TREE_OPEN / 2 + 1);
  g_assert_cmpuint (sae_signal_tree_find (tree, "7/BK.BBB.00.HN"), ==, 9);
  settings.former = tree;
  again = sae_signal_tree_new (&settings);
  g_assert_cmpuint (count (again), ==, SAE_SIGNAL_TREE_OPEN / 2 + 3);
  sae_signal_filter_set_words (filter, "BBB");
  g_clear_pointer (&tree, sae_signal_tree_free);
  settings.former = again;
  tree = sae_signal_tree_new (&settings); /* few enough to be seen */
  g_assert_cmpuint (count (tree), ==, SAE_SIGNAL_TREE_OPEN + 2);
}

/* An event stands for all of its signals. */
static void
test_append (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) tree = new_tree (fixture, "", TRUE, NULL);
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

  sae_signal_tree_append_signals (tree, 5, array);
  g_assert_cmpuint (array->len, ==, 1);
  fold (tree, 0);
  sae_signal_tree_append_signals (tree, 0, array);
  g_assert_cmpuint (array->len, ==, 3);
  sae_signal_tree_append_signals (tree, 77, array);
  g_assert_cmpuint (array->len, ==, 3);
}

/* A folded event stands for its signals where all are meant, and opens where some are. */
static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaeSignalTree) tree = new_tree (fixture, "", TRUE, NULL);
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) folded = NULL;
  g_autoptr (GtkBitset) open = NULL;

  fold (tree, 3);
  sae_signal_tree_append_signals (tree, 3, some);
  sae_signal_tree_append_signals (tree, 2, some);
  g_ptr_array_add (some, new_signal_item ("no", "such", "one", NULL));
  folded = sae_signal_tree_find_rows (tree, some);
  g_assert_cmpuint (count (tree), ==, 4);
  g_assert_cmpuint (gtk_bitset_get_size (folded), ==, 2);
  g_assert_true (gtk_bitset_contains (folded, 2));
  g_assert_true (gtk_bitset_contains (folded, 3));
  fold (tree, 0);
  g_ptr_array_remove_index (some, 0); /* the first of ev0 */
  open = sae_signal_tree_find_rows (tree, some);
  g_assert_cmpuint (count (tree), ==, 6);
  g_assert_cmpuint (gtk_bitset_get_size (open), ==, 2);
  g_assert_true (gtk_bitset_contains (open, 2));
  g_assert_true (gtk_bitset_contains (open, 5));
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signal-tree/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("all", test_all);
  ADD ("next", test_next);
  ADD ("folded", test_folded);
  ADD ("search", test_search);
  ADD ("sort", test_sort);
  ADD ("append", test_append);
  ADD ("rows", test_rows);
  g_test_add_func ("/app/signal-tree/many", test_many);
  return g_test_run ();
}
