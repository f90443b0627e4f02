#include "app/signal-rows.h"

#include "app/signal-columns.h"
#include "session/marks.h"
#include "support/widgets.h"

typedef struct {
  TinyLibrary tiny;
  SaeSession *session;
  GtkColumnView *view;
  GtkMultiSelection *selection;
  SaeSignalRows *rows;
  guint revealed;
} Fixture;

static void
note_reveal (SaeSignalRows *rows, guint position, Fixture *fixture)
{
  fixture->revealed = position;
}

/* ev1, S0, S1, ev0, S0, S1 */
static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (SaePreviews) previews = sae_previews_new ();

  tiny_library_init (&fixture->tiny);
  tiny_library_fill (&fixture->tiny, 2, 2);
  fixture->session = sae_session_new ();
  widget_test_open (fixture->session, fixture->tiny.folder);
  fixture->selection = gtk_multi_selection_new (NULL);
  fixture->view = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (NULL)));
  sae_signal_columns_add (fixture->view, previews);
  fixture->rows =
      sae_signal_rows_new (fixture->session, fixture->selection, fixture->view);
  g_signal_connect (fixture->rows, "reveal", G_CALLBACK (note_reveal), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->rows);
  g_assert_finalize_object (fixture->view);
  g_object_unref (fixture->selection);
  sae_tasks_cancel_all (fixture->session);
  g_assert_finalize_object (fixture->session);
  tiny_library_clear (&fixture->tiny);
}

static const char *
selected_id (Fixture *fixture)
{
  return sae_signal_item_get_id (sae_session_get_selected (fixture->session));
}

static void
test_go (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  sae_signal_rows_go (fixture->rows, 1);
  g_assert_cmpuint (fixture->revealed, ==, 2);
  sae_signal_rows_go (fixture->rows, 1);
  g_assert_cmpuint (fixture->revealed, ==, 4);
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
  sae_signal_rows_show_event (fixture->rows, "ev1");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
  sae_signal_rows_show_event (fixture->rows, "nowhere");
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN");
}

/* A chosen event stays chosen when its signals are folded away and all is made anew. */
static void
test_fold (Fixture *fixture, gconstpointer unused)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);
  g_autoptr (GPtrArray) chosen = NULL;

  gtk_selection_model_select_item (model, 3, TRUE);
  g_assert_cmpstr (selected_id (fixture), ==, "ev0/XX.S0..HN");
  sae_signal_rows_fold (fixture->rows, 3);
  sae_signal_rows_rebuild (fixture->rows);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 4);
  g_assert_true (gtk_selection_model_is_selected (model, 3));
  chosen = sae_signal_rows_dup_chosen (fixture->rows);
  g_assert_cmpuint (chosen->len, ==, 2);
  sae_signal_rows_fold (fixture->rows, 1); /* a signal: nothing happens */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 4);
}

static void
test_filter (Fixture *fixture, gconstpointer unused)
{
  GListModel *model = G_LIST_MODEL (fixture->selection);

  sae_signal_filter_set_words (sae_signal_rows_get_filter (fixture->rows), "s1");
  sae_signal_rows_set_by_event (fixture->rows, FALSE);
  widget_test_drain ();
  g_assert_false (sae_signal_rows_get_by_event (fixture->rows));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpuint (sae_signal_rows_get_n_signals (fixture->rows), ==, 2);
  g_assert_cmpstr (selected_id (fixture), ==, "ev1/XX.S0..HN"); /* looked at as before */
}

/* Two rows or more are marked on the other pages too; what those mark is chosen. */
static void
test_marks (Fixture *fixture, gconstpointer unused)
{
  SaeMarks *marks = sae_session_get_marks (fixture->session);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);
  g_autoptr (GPtrArray) chosen = NULL;

  sae_signal_rows_go (fixture->rows, 1);
  g_assert_null (sae_marks_get_signals (marks)[0]); /* only looked at */
  gtk_selection_model_select_item (model, 1, FALSE);
  g_assert_cmpstr (sae_marks_get_signals (marks)[0], ==, "ev1/XX.S0..HN");
  g_assert_cmpstr (sae_marks_get_signals (marks)[1], ==, "ev1/XX.S1..HN");
  sae_signal_rows_go (fixture->rows, 1);
  g_assert_nonnull (sae_marks_get_signals (marks)[1]); /* looking on changes nothing */
  sae_marks_set_signals (marks,
                         (const char *const[]){"ev0/XX.S0..HN", "ev1/XX.S1..HN", NULL});
  chosen = sae_signal_rows_dup_chosen (fixture->rows);
  g_assert_cmpuint (chosen->len, ==, 2);
  g_assert_true (gtk_selection_model_is_selected (model, 2));
  g_assert_true (gtk_selection_model_is_selected (model, 4));
  /* One of them is in hand. */
  g_assert_true (
      g_ptr_array_find (chosen, sae_session_get_selected (fixture->session), NULL));
  sae_marks_set_signals (marks, (const char *const[]){NULL});
  g_clear_pointer (&chosen, g_ptr_array_unref);
  chosen = sae_signal_rows_dup_chosen (fixture->rows);
  g_assert_cmpuint (chosen->len, ==, 1);
}

#define ADD(name, function)                                                              \
  g_test_add ("/app/signal-rows/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("go", test_go);
  ADD ("fold", test_fold);
  ADD ("filter", test_filter);
  ADD ("marks", test_marks);
  return g_test_run ();
}
