#include "app/preview-column.h"

#include "app/signal-preview.h"
#include "session/signal-item.h"
#include "support/widgets.h"

static GListModel *
no_children (gpointer item, gpointer unused)
{
  return NULL;
}

/* A list of signals that is longer than what is seen: the first rows have pictures, those
 * far below are not read until they are scrolled to. */
static void
test_visible (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  SaePreviews *previews = sae_previews_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkSelectionModel) rows = NULL;
  GtkTreeListModel *tree = NULL;
  GtkAdjustment *adjustment = NULL;
  const char *first = NULL, *last = NULL;
  g_autoptr (SaeSignalItem) first_item = NULL, last_item = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 60);
  widget_test_open (session, tiny.folder);
  sae_previews_set_folder (previews, tiny.folder);
  tree = gtk_tree_list_model_new (g_object_ref (sae_session_get_signals (session)), FALSE,
                                  FALSE, no_children, NULL, NULL);
  rows = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (tree)));
  column = sae_preview_column_new (GTK_COLUMN_VIEW (view), previews);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), rows);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 200);
  gtk_window_present (GTK_WINDOW (window));
  first_item = g_list_model_get_item (sae_session_get_signals (session), 0);
  last_item = g_list_model_get_item (sae_session_get_signals (session), 59);
  first = sae_signal_item_get_id (first_item);
  last = sae_signal_item_get_id (last_item);
  wait_until (sae_previews_get (previews, first));
  widget_test_drain ();
  g_assert_null (sae_previews_get (previews, last));
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  wait_until (sae_previews_get (previews, last));
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&column);
  g_clear_object (&rows);
  widget_test_drain ();
  g_assert_finalize_object (previews);
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

/* What was bound while nobody could see it is read once it is seen. */
static void
test_hidden (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  g_autoptr (SaePreviews) previews = sae_previews_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);
  g_autoptr (GtkColumnViewColumn) column = NULL;
  GtkTreeListModel *tree = NULL;
  g_autoptr (SaeSignalItem) first = NULL;
  g_autoptr (GtkSelectionModel) rows = NULL;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 1, 2);
  widget_test_open (session, tiny.folder);
  sae_previews_set_folder (previews, tiny.folder);
  tree = gtk_tree_list_model_new (g_object_ref (sae_session_get_signals (session)), FALSE,
                                  FALSE, no_children, NULL, NULL);
  rows = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (tree)));
  column = sae_preview_column_new (GTK_COLUMN_VIEW (view), previews);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), rows);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_widget_hide (view);
  gtk_window_present (GTK_WINDOW (window));
  widget_test_drain ();
  first = g_list_model_get_item (sae_session_get_signals (session), 0);
  g_assert_null (sae_previews_get (previews, sae_signal_item_get_id (first)));
  gtk_widget_show (view);
  wait_until (sae_previews_get (previews, sae_signal_item_get_id (first)));
  gtk_window_destroy (GTK_WINDOW (window));
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/preview-column/visible", test_visible);
  g_test_add_func ("/app/preview-column/hidden", test_hidden);
  return g_test_run ();
}
