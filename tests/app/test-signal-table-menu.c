#include "app/signal-table-menu.h"

#include "app/signal-columns.h"
#include "support/widgets.h"

/* A column is shown and hidden by its action. */
static void
test_columns (void)
{
  GtkColumnView *view = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (NULL)));
  GtkMenuButton *button = g_object_ref_sink (GTK_MENU_BUTTON (gtk_menu_button_new ()));
  g_autoptr (SaePreviews) previews = sae_previews_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  sae_signal_columns_add (view, previews);
  sae_signal_table_menu_add (button, view);
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (button)), ==,
                   3);
  column = g_list_model_get_item (gtk_column_view_get_columns (view),
                                  sae_signal_columns_find ("time"));
  g_assert_true (gtk_column_view_column_get_visible (column));
  gtk_widget_activate_action (GTK_WIDGET (button), "columns.time", NULL);
  g_assert_false (gtk_column_view_column_get_visible (column));
  gtk_widget_activate_action (GTK_WIDGET (button), "columns.time", NULL);
  g_assert_true (gtk_column_view_column_get_visible (column));
  g_assert_finalize_object (button);
  g_assert_finalize_object (view);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-table-menu/columns", test_columns);
  return g_test_run ();
}
