/* SaeLivePane: a held-out signal and its reconstruction, better and better while the
 * training runs. Hidden as long as there is nothing to show. Property "session",
 * read-write. */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_LIVE_PANE (sae_live_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeLivePane, sae_live_pane, SAE, LIVE_PANE, AdwBin)
