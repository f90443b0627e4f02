#include "app/signal-table-menu.h"

#include "app/signal-columns.h"
#include <glib/gi18n.h>

/* What a column is called where there is no room for a unit, but for a word. */
static const char *
long_title (guint index)
{
  const char *name = sae_signal_columns_get_name (index);

  if (g_str_equal (name, "distance"))
    return _ ("Distance");
  if (g_str_equal (name, "magnitude"))
    return _ ("Magnitude");
  if (g_str_equal (name, "time"))
    return _ ("Time");
  if (g_str_equal (name, "record"))
    return _ ("Station");
  if (g_str_equal (name, "snr"))
    return _ ("Signal-to-noise ratio");
  if (g_str_equal (name, "error"))
    return _ ("Reconstruction error");
  return sae_signal_columns_get_title (index);
}

static GMenu *
new_sort_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();

  for (guint i = 0; i < sae_signal_columns_get_n (); i++) {
    g_autofree char *action =
        g_strconcat ("table.sort::", sae_signal_columns_get_name (i), NULL);

    if (sae_signal_columns_can_sort (i))
      g_menu_append (menu, long_title (i), action);
  }
  g_menu_append (direction, _ ("Largest or latest first"), "table.descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (direction));
  return menu;
}

static GMenu *
new_columns_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < sae_signal_columns_get_n (); i++) {
    g_autofree char *action =
        g_strconcat ("columns.", sae_signal_columns_get_name (i), NULL);

    if (sae_signal_columns_can_hide (i))
      g_menu_append (menu, long_title (i), action);
  }
  return menu;
}

void
sae_signal_table_menu_add (GtkMenuButton *button, GtkColumnView *view)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) sort = new_sort_menu ();
  g_autoptr (GMenu) columns = new_columns_menu ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  for (guint i = 0; i < sae_signal_columns_get_n (); i++) {
    g_autoptr (GtkColumnViewColumn) column =
        g_list_model_get_item (gtk_column_view_get_columns (view), i);
    g_autoptr (GPropertyAction) action =
        g_property_action_new (sae_signal_columns_get_name (i), column, "visible");

    g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  }
  gtk_widget_insert_action_group (GTK_WIDGET (button), "columns",
                                  G_ACTION_GROUP (actions));
  g_menu_append (menu, _ ("By event"), "table.by-event");
  g_menu_append_submenu (menu, _ ("Sort by"), G_MENU_MODEL (sort));
  g_menu_append_submenu (menu, _ ("Columns"), G_MENU_MODEL (columns));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}
