/* The page of HTML that tells what the Explore page shows: records, training, projection,
 * reconstructions, classification. It needs no other file and no network. */
#pragma once

#include "app/explore-view.h"

/* NULL on an error of drawing. Main thread; the session has a projection. */
GBytes *sae_explore_report (SaeExploreView *view, SaeSession *session, GError **error);
