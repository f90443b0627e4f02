/* What the Explore page asks for: a tag, a file to write. */
#pragma once

#include "app/explore-export.h"

/* Asks for tags (several are parted by semicolons) and puts them on the selected signals,
 * or takes them off. */
void sae_explore_ask_tag (GtkWidget *parent, SaeSession *session);
/* Asks for a file and writes it; what came of it is told by the window's toasts. */
void sae_explore_ask_export (SaeExploreView *view, SaeSession *session, SaeExport export);
/* The selected points' signals: a new array of new references to SaeSignalItem. */
GPtrArray *sae_explore_selected_items (SaeSession *session);
