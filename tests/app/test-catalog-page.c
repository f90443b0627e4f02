#include "app/catalog-page.h"

#include "session/event-item.h"
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

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/catalog-page/table", test_table);
  return g_test_run ();
}
