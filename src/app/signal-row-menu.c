#include "app/signal-row-menu.h"

#include <glib/gi18n.h>

#define KEY "sae-signal-row-menu"

static GtkTreeExpander *
find_expander (GtkWidget *widget)
{
  if (GTK_IS_TREE_EXPANDER (widget))
    return GTK_TREE_EXPANDER (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkTreeExpander *found = find_expander (child);

    if (found)
      return found;
  }
  return NULL;
}

guint
sae_signal_row_menu_row_at (GtkColumnView *view, double x, double y)
{
  GtkWidget *list =
      gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (view)));
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT);
  GtkTreeExpander *expander = NULL;
  GtkTreeListRow *row = NULL;

  while (widget && gtk_widget_get_parent (widget) != list)
    widget = gtk_widget_get_parent (widget);
  expander = widget ? find_expander (widget) : NULL;
  row = expander ? gtk_tree_expander_get_list_row (expander) : NULL;
  return row ? gtk_tree_list_row_get_position (row) : GTK_INVALID_LIST_POSITION;
}

static void
pop_up (GtkColumnView *view, double x, double y)
{
  GtkPopover *menu = g_object_get_data (G_OBJECT (view), KEY);

  gtk_popover_set_pointing_to (menu, &(GdkRectangle){(int)x, (int)y, 1, 1});
  gtk_popover_popup (menu);
}

static void
on_press (GtkColumnView *view, int n_press, double x, double y)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (view);
  guint position = sae_signal_row_menu_row_at (view, x, y);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (rows, position))
    gtk_selection_model_select_item (rows, position, TRUE);
  pop_up (view, x, y);
}

static gboolean
on_key (GtkWidget *view, GVariant *arguments, gpointer unused)
{
  pop_up (GTK_COLUMN_VIEW (view), gtk_widget_get_width (view) / 4.0, 48);
  return TRUE;
}

void
sae_signal_row_menu_add (GtkColumnView *view)
{
  g_autoptr (GMenu) model = g_menu_new ();
  GtkGesture *press = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *menu;

  g_menu_append (model, _ ("Add a _tag"), "signals.add-tag");
  g_menu_append (model, _ ("_Export…"), "signals.export");
  menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  gtk_widget_set_parent (menu, GTK_WIDGET (view));
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (view), KEY, menu);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (press, "pressed", G_CALLBACK (on_press), view,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (press));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (on_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}

void
sae_signal_row_menu_remove (GtkColumnView *view)
{
  GtkWidget *menu = g_object_steal_data (G_OBJECT (view), KEY);

  g_clear_pointer (&menu, gtk_widget_unparent);
}
