#include "app/signal-table.h"

#include "app/signal-preview.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  GtkWidget *window;
  SaeSignalTable *table;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  fixture->window = gtk_window_new ();
  fixture->table =
      g_object_new (SAE_TYPE_SIGNAL_TABLE, "session", fixture->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->table));
  gtk_window_present (GTK_WINDOW (fixture->window));
  widget_test_open (fixture->session, fixture->tiny.folder);
  widget_test_drain ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_object_ref (fixture->table);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->table);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static const char *
selected_id (Fixture *fixture)
{
  SaeSignalItem *item = sae_session_get_selected (fixture->session);

  return item ? sae_signal_item_get_id (item) : NULL;
}

static guint
n_chosen (Fixture *fixture)
{
  g_autoptr (GPtrArray) chosen = sae_signal_table_dup_chosen (fixture->table);

  return chosen->len;
}

/* Rows: ev1, S0, S1, ev0, S0, S1. */
static void
test_choose (Fixture *fixture, gconstpointer unused)
{
  GtkSelectionModel *rows = sae_signal_table_get_rows (fixture->table);

  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  g_assert_true (gtk_selection_model_is_selected (rows, 1));
  gtk_selection_model_select_item (rows, 4, FALSE);
  g_assert_cmpuint (n_chosen (fixture), ==, 2);
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN"); /* still one of them */
  assert_shows (fixture->table, "4 signals, 2 chosen");
  gtk_selection_model_select_item (rows, 3, TRUE); /* an event: all of its signals */
  g_assert_cmpuint (n_chosen (fixture), ==, 2);
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
  gtk_selection_model_select_all (rows);
  g_assert_cmpuint (n_chosen (fixture), ==, 4); /* each once */
  sae_session_set_selected (fixture->session,
                            sae_session_find_signal (fixture->session, "ev1/XX.S1..HN"));
  g_assert_cmpuint (n_chosen (fixture), ==, 4);
  gtk_selection_model_select_item (rows, 4, TRUE);
  sae_session_set_selected (fixture->session,
                            sae_session_find_signal (fixture->session, "ev1/XX.S1..HN"));
  g_assert_cmpuint (n_chosen (fixture), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (rows, 2));
}

/* What is chosen outlives another order, grouping and search. */
static void
test_sort (Fixture *fixture, gconstpointer unused)
{
  GtkSelectionModel *rows = sae_signal_table_get_rows (fixture->table);
  g_autofree char *sort = NULL;
  gboolean descending;

  gtk_selection_model_select_item (rows, 5, FALSE);
  g_object_set (fixture->table, "sort", "time", "by-event", FALSE, NULL);
  widget_test_drain ();
  g_object_get (fixture->table, "sort", &sort, "descending", &descending, NULL);
  g_assert_cmpstr (sort, ==, "time");
  g_assert_false (descending);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 4);
  g_assert_cmpuint (n_chosen (fixture), ==, 2);
  g_assert_true (gtk_selection_model_is_selected (rows, 1)); /* ev0/S1: the older event */
  g_assert_true (gtk_selection_model_is_selected (rows, 2));
  g_object_set (fixture->table, "descending", TRUE, NULL);
  widget_test_drain ();
  g_assert_true (gtk_selection_model_is_selected (rows, 0));
  g_assert_true (gtk_selection_model_is_selected (rows, 3));
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
}

/* The pictures of what is in sight come by themselves. */
static void
test_previews (Fixture *fixture, gconstpointer unused)
{
  SaeSignalPreview *preview = NULL;

  wait_until ((preview = widget_test_find (GTK_WIDGET (fixture->table),
                                           SAE_TYPE_SIGNAL_PREVIEW)) &&
              gtk_widget_get_parent (GTK_WIDGET (preview)));
  g_object_set (fixture->table, "by-event", FALSE, NULL);
  widget_test_drain ();
  wait_until ((preview = widget_test_find (GTK_WIDGET (fixture->table),
                                           SAE_TYPE_SIGNAL_PREVIEW)) &&
              sae_signal_preview_is_shown (preview));
}

static void
test_go (Fixture *fixture, gconstpointer unused)
{
  sae_signal_table_go (fixture->table, -1);
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  sae_signal_table_go (fixture->table, 1);
  sae_signal_table_go (fixture->table, 1);
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
  sae_signal_table_show_event (fixture->table, "ev1");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  sae_signal_table_show_event (fixture->table, "nowhere");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signal-table/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("choose", test_choose);
  ADD ("sort", test_sort);
  ADD ("previews", test_previews);
  ADD ("go", test_go);
  return g_test_run ();
}
