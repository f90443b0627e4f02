/* The menu of the rows of SaeSignalTable: what can be done with the chosen signals. By
 * the secondary button, Menu or Shift+F10; its actions are the Signals page's. */
#pragma once

#include <gtk/gtk.h>

/* view: of GtkTreeListRow, its first column of GtkTreeExpander. The row that is pressed
 * is chosen alone if it was not. The menu lives as long as the view; remove it before. */
void sae_signal_row_menu_add (GtkColumnView *view);
void sae_signal_row_menu_remove (GtkColumnView *view);
/* The row at that point of the view, GTK_INVALID_LIST_POSITION if there is none. */
guint sae_signal_row_menu_row_at (GtkColumnView *view, double x, double y);
