/* The column of tiny pictures: those in sight are read first, from the top, then those
 * about to come into it; what was scrolled away is no longer read. */
#pragma once

#include "session/previews.h"
#include <gtk/gtk.h>

/* A new column for a view whose rows are GtkTreeListRow over SaeSignalItem (and others,
 * which get no picture). previews: a reference is taken. */
GtkColumnViewColumn *sae_preview_column_new (GtkColumnView *view, SaePreviews *previews);
