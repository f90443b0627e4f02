#include "app/signal-row-menu.h"

#include "app/signal-table.h"
#include "support/widgets.h"

static GtkEventController *
find_press (GtkWidget *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (controller) &&
        gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) ==
            GDK_BUTTON_SECONDARY)
      return controller; /* the view's */
  }
  return NULL;
}

/* The row beneath is chosen, unless it is among the chosen; the header is none. */
static void
test_press (void)
{
  g_auto (TinyLibrary) tiny = {0};
  SaeSession *session = sae_session_new ();
  GtkWidget *window = gtk_window_new ();
  SaeSignalTable *table = g_object_new (SAE_TYPE_SIGNAL_TABLE, "session", session, NULL);
  GtkColumnView *view = NULL;
  GtkSelectionModel *rows = NULL;
  double y = 0;
  guint position;

  tiny_library_init (&tiny);
  tiny_library_fill (&tiny, 2, 2);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (table));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 600);
  gtk_window_present (GTK_WINDOW (window));
  widget_test_open (session, tiny.folder);
  widget_test_drain ();
  view = widget_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW);
  rows = sae_signal_table_get_rows (table);
  g_assert_cmpuint (sae_signal_row_menu_row_at (view, 20, 3), ==,
                    GTK_INVALID_LIST_POSITION);
  while (y < 400 && sae_signal_row_menu_row_at (view, 20, y) != 4)
    y += 4;
  position = sae_signal_row_menu_row_at (view, 20, y);
  g_assert_cmpuint (position, ==, 4);
  g_signal_emit_by_name (find_press (GTK_WIDGET (view)), "pressed", 1, 20.0, y);
  g_assert_true (gtk_selection_model_is_selected (rows, 4));
  g_assert_false (gtk_selection_model_is_selected (rows, 1));
  gtk_selection_model_select_item (rows, 1, FALSE);
  g_signal_emit_by_name (find_press (GTK_WIDGET (view)), "pressed", 1, 20.0, y);
  g_assert_true (gtk_selection_model_is_selected (rows, 1)); /* both stay */
  gtk_window_destroy (GTK_WINDOW (window));
  widget_test_drain ();
  sae_tasks_cancel_all (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/signal-row-menu/press", test_press);
  return g_test_run ();
}
