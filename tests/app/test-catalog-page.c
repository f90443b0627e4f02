#include "app/catalog-page.h"

#include "app/event-table.h"
#include "app/map-chart.h"
#include "session/event-item.h"
#include "session/marks.h"
#include "support/fdsn-stub.h"
#include "support/widgets.h"

/* The event id in row position as the table sorts it. */
static const char *
event_at (GtkSelectionModel *model, guint position)
{
  SaeEventItem *item = g_list_model_get_item (G_LIST_MODEL (model), position);

  g_object_unref (item);
  return sae_event_item_get_event (item)->id;
}

static void
test_table (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeCatalogPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_CATALOG_PAGE, "session", session, NULL));
  GtkColumnView *table;
  GtkSelectionModel *model;
  GtkColumnViewColumn *time;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  widget_test_open (session, tiny.folder);
  assert_shows (page, "3 events, 6 signals");
  table = widget_test_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW);
  model = gtk_column_view_get_model (table);
  g_assert_cmpstr (event_at (model, 0), ==, "ev2"); /* newest first */
  time = g_list_model_get_item (gtk_column_view_get_columns (table), 0);
  gtk_column_view_sort_by_column (table, time, GTK_SORT_ASCENDING);
  g_object_unref (time);
  g_assert_cmpstr (event_at (model, 0), ==, "ev0");
  g_assert_cmpstr (event_at (model, 2), ==, "ev2");
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* The table's selection and the map's are one, and outlive a filter. */
static void
test_selection (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeCatalogPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_CATALOG_PAGE, "session", session, NULL));
  SaeMapChart *map = widget_test_find (GTK_WIDGET (page), SAE_TYPE_MAP_CHART);
  GtkSelectionModel *model;
  GtkWidget *filter = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  widget_test_open (session, tiny.folder);
  model = gtk_column_view_get_model (
      widget_test_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW));
  widget_test_drain ();
  gtk_selection_model_select_item (model, 1, TRUE);
  g_assert_cmpstr (sae_map_chart_get_selected_ids (map)[0], ==, "ev1");
  assert_shows (page, "3 events, 1 chosen");
  sae_map_chart_set_selected_ids (map, (const char *const[]){"ev0", "ev2", NULL});
  g_assert_true (gtk_selection_model_is_selected (model, 0));
  g_assert_false (gtk_selection_model_is_selected (model, 1));
  g_assert_true (gtk_selection_model_is_selected (model, 2));
  /* What scrolls to the row, and takes the keys. */
  g_assert_cmpstr (gtk_widget_get_css_name (sae_event_table_get_focus (
                       widget_test_find (GTK_WIDGET (page), SAE_TYPE_EVENT_TABLE))),
                   ==, "listview");

  filter = widget_test_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (filter), "ev2");
  g_signal_emit_by_name (filter, "search-changed");
  widget_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);
  assert_shows (page, "1 of 3 events, 1 chosen");
  gtk_editable_set_text (GTK_EDITABLE (filter), "");
  g_signal_emit_by_name (filter, "search-changed");
  widget_test_drain ();
  assert_shows (page, "3 events, 2 chosen");
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* The button with that label or icon below root, or NULL. */
static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) &&
      (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0 ||
       g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), label) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, label);

    if (found)
      return found;
  }
  return NULL;
}

/* Removed events leave the table at once, come back when that is undone, and leave the
 * library when the chance to is over. */
/* What other pages mark is chosen on the map and in the table, and the other way round.
 */
static void
test_marks (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaeMarks *marks = sae_session_get_marks (session);
  SaeCatalogPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_CATALOG_PAGE, "session", session, NULL));
  SaeMapChart *map = widget_test_find (GTK_WIDGET (page), SAE_TYPE_MAP_CHART);
  GtkSelectionModel *model;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  widget_test_open (session, tiny.folder);
  model = gtk_column_view_get_model (
      widget_test_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW));
  widget_test_drain ();
  sae_marks_set_signals (marks, (const char *const[]){"ev1/XX.S0..HN", NULL});
  g_assert_cmpstr (sae_map_chart_get_selected_ids (map)[0], ==, "ev1");
  g_assert_null (sae_map_chart_get_selected_ids (map)[1]);
  g_assert_true (gtk_selection_model_is_selected (model, 1));
  /* One signal of the event was marked, and still is. */
  g_assert_null (sae_marks_get_signals (marks)[1]);
  gtk_selection_model_select_item (model, 0, TRUE);
  g_assert_cmpstr (sae_marks_get_signals (marks)[0], ==, "ev2/XX.S0..HN");
  g_assert_cmpstr (sae_marks_get_signals (marks)[1], ==, "ev2/XX.S1..HN");
  gtk_selection_model_unselect_all (model);
  g_assert_null (sae_marks_get_signals (marks)[0]);
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

static void
test_remove (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  GtkWidget *overlay = g_object_ref_sink (adw_toast_overlay_new ());
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_new (SAE_TYPE_CATALOG_PAGE, "session", session, NULL);
  GtkSelectionModel *model;
  GtkWidget *button;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 3, 2);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  widget_test_open (session, tiny.folder);
  widget_test_drain ();
  model = gtk_column_view_get_model (widget_test_find (page, GTK_TYPE_COLUMN_VIEW));
  for (guint undo = 2; undo-- > 0;) {
    gtk_selection_model_select_item (model, 1, TRUE); /* ev1 */
    gtk_widget_activate_action (page, "catalog.remove", NULL);
    widget_test_drain ();
    assert_shows (overlay, "1 event removed");
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2);
    g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_events (session)), ==, 3);
    if (undo) {
      gtk_widget_activate_action (page, "catalog.undo", NULL);
    } else {
      button = find_button (overlay, "window-close-symbolic");
      g_signal_emit_by_name (button, "clicked");
    }
    if (undo)
      wait_until (g_list_model_get_n_items (G_LIST_MODEL (model)) == 3);
  }
  wait_until (g_list_model_get_n_items (sae_session_get_events (session)) == 2);
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_signals (session)), ==, 4);
  g_assert_null (sae_session_find_signal (session, "ev1/XX.ST0..HN"));
  /* Brought again, it is listed again. */
  tiny_library_put_event (&tiny, "ev1", 1);
  widget_test_open (session, tiny.folder);
  wait_until (g_list_model_get_n_items (sae_session_get_events (session)) == 3);
  widget_test_drain ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (overlay);
  widget_test_drain ();
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

static void
search (SaeSession *session, const char *base)
{
  g_auto (SeismicEventQuery) query = {0};

  seismic_event_query_init (&query);
  sae_tasks_query (session, base, &query);
  wait_until (sae_session_get_folder (session));
}

/* Only what is chosen is asked for, and stays chosen when its records are there. */
static void
test_download (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FdsnStub) stub = fdsn_stub_new (NULL, &error);
  SaeSession *session = sae_session_new ();
  SaeCatalogPage *page =
      g_object_ref_sink (g_object_new (SAE_TYPE_CATALOG_PAGE, "session", session, NULL));
  GtkSelectionModel *model;
  SaeDownload *done;

  g_assert_no_error (error);
  search (session, fdsn_stub_get_base (stub));
  sae_catalog_page_set_server (page, fdsn_stub_get_base (stub));
  model = gtk_column_view_get_model (
      widget_test_find (GTK_WIDGET (page), GTK_TYPE_COLUMN_VIEW));
  widget_test_drain ();
  gtk_selection_model_select_item (model, 2, TRUE);
  gtk_selection_model_select_item (model, 4, FALSE);
  assert_shows (page, "12 events, 2 chosen");
  gtk_widget_activate_action (GTK_WIDGET (page), "catalog.download", NULL);
  wait_until (!sae_download_is_running (sae_session_get_download (session)));
  widget_test_drain ();
  g_assert_cmpuint (fdsn_stub_count (stub, "eventdata", false), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (sae_session_get_signals (session)), ==, 6);
  assert_shows (page, "12 events, 2 chosen");
  g_assert_true (gtk_selection_model_is_selected (model, 4));
  /* The records that came are synthetic: no data center has more of their events. */
  done = sae_session_get_download (session);
  gtk_widget_activate_action (GTK_WIDGET (page), "catalog.download", NULL);
  g_assert_true (sae_session_get_download (session) == done);
  gtk_selection_model_select_item (model, 5, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (page), "catalog.download", NULL);
  g_assert_true (sae_session_get_download (session) != done);
  wait_until (!sae_download_is_running (sae_session_get_download (session)));
  g_assert_cmpuint (fdsn_stub_count (stub, "eventdata", false), ==, 3);
  g_assert_finalize_object (page);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  adw_init ();
  g_test_add_func ("/app/catalog-page/table", test_table);
  g_test_add_func ("/app/catalog-page/selection", test_selection);
  g_test_add_func ("/app/catalog-page/marks", test_marks);
  g_test_add_func ("/app/catalog-page/remove", test_remove);
  g_test_add_func ("/app/catalog-page/download", test_download);
  return g_test_run ();
}
