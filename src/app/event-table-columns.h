/* The columns of SaeEventTable. */
#pragma once

#include <adwaita.h>

/* Adds them; newest first. */
void sae_event_table_add_columns (GtkColumnView *table);
/* The list of rows, below the header; borrowed. */
GtkWidget *sae_event_table_get_list (GtkColumnView *table);
/* The row at that point of the table, GTK_INVALID_LIST_POSITION if there is none. */
guint sae_event_table_row_at (GtkColumnView *table, double x, double y);
