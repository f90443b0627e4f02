/* The columns of the catalog page's table of SaeEventItem. */
#pragma once

#include <adwaita.h>

/* Adds them; newest first. */
void sae_catalog_page_add_columns (GtkColumnView *table);
/* The list of rows, below the header; borrowed. */
GtkWidget *sae_catalog_page_get_rows (GtkColumnView *table);
/* The row at that point of the table, GTK_INVALID_LIST_POSITION if there is none. */
guint sae_catalog_page_row_at (GtkColumnView *table, double x, double y);
