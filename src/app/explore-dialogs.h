/* What the Explore page asks for: a tag, a file to write. */
#pragma once

#include "app/explore-export.h"

/* Asks for a tag and puts it on the selected signals, or takes it off. */
void sae_explore_ask_tag (GtkWidget *parent, SaeSession *session);
/* Asks for a file and writes it; what came of it is told by the window's toasts. */
void sae_explore_ask_export (SaeExploreView *view, SaeSession *session, SaeExport export);
/* Ids of the selected points' signals: a new NULL-terminated array of borrowed strings;
 * free with g_free. */
const char **sae_explore_selected_ids (SaeSession *session);
