#include "app/side-handle.h"

#include "support/widgets.h"

static GtkEventController *
find_drag (GtkWidget *overlay)
{
  GtkWidget *edge = gtk_widget_get_last_child (overlay);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (edge);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_DRAG (controller))
      return controller; /* the edge's */
  }
  return NULL;
}

/* Wider as far as there is room, and never narrower than at first; `wider` is the sign of
 * the movement that makes it so. */
static void
check_drag (GtkPackType at, double wider)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *room = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *side = gtk_overlay_new ();
  GtkEventController *drag = NULL;
  int width, before = 0;

  gtk_widget_set_size_request (side, 200, -1);
  gtk_widget_set_size_request (room, 600, 100);
  gtk_box_append (GTK_BOX (room), side);
  gtk_window_set_child (GTK_WINDOW (window), room);
  sae_side_handle_add (GTK_OVERLAY (side), at, room, 250);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_width (room) >= 600 && gtk_widget_get_width (side) > 0);
  before = gtk_widget_get_width (room);
  drag = find_drag (side);
  g_signal_emit_by_name (drag, "drag-begin", 0.0, 0.0);
  g_signal_emit_by_name (drag, "drag-update", 60.0 * wider, 0.0);
  gtk_widget_get_size_request (side, &width, NULL);
  g_assert_cmpint (width, ==, 260);
  g_signal_emit_by_name (drag, "drag-update", 5000.0 * wider, 0.0);
  gtk_widget_get_size_request (side, &width, NULL);
  g_assert_cmpint (width, ==, before - 250);
  g_signal_emit_by_name (drag, "drag-update", -5000.0 * wider, 0.0);
  gtk_widget_get_size_request (side, &width, NULL);
  g_assert_cmpint (width, ==, 200);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_drag (void)
{
  check_drag (GTK_PACK_START, 1);
  check_drag (GTK_PACK_END, -1);
}

int
main (int argc, char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/app/side-handle/drag", test_drag);
  return g_test_run ();
}
