/* The menu beside the search of SaeSignalTable: how its rows are grouped and sorted, and
 * which columns there are. */
#pragma once

#include <gtk/gtk.h>

/* Its actions are the table's ("table.by-event", "table.sort", "table.descending") and
 * the group "columns" of the button, one by column. */
void sae_signal_table_menu_add (GtkMenuButton *button, GtkColumnView *view);
