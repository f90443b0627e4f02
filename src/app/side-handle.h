/* The edge of a side that is dragged to make it wider or narrower. */
#pragma once

#include <gtk/gtk.h>

/* Adds it to the overlay around the side, which is at the start or the end of `room`, and
 * whose width request it changes: never below what it is now, and never so that less than
 * `rest` px of `room` are left beside it. Both are borrowed and live as long as the
 * overlay. */
void sae_side_handle_add (GtkOverlay *side, GtkPackType at, GtkWidget *room, int rest);
