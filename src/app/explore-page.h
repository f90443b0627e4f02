/* SaeExplorePage: the projection of the embeddings, and beside it original against
 * reconstruction of the chosen point. */
#pragma once

#include "app/page.h"

#define SAE_TYPE_EXPLORE_PAGE (sae_explore_page_get_type ())
G_DECLARE_FINAL_TYPE (SaeExplorePage, sae_explore_page, SAE, EXPLORE_PAGE, SaePage)
