/* SaeExploreTables: points of the projection as tables, one at a time: those selected,
 * the neighbours of the one in hand in the space of the embeddings, and all of them by
 * the error of their reconstruction. A row is the session's selected signal, both ways.
 *
 * Properties:
 *   session  SaeSession  read-write, set once */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_EXPLORE_TABLES (sae_explore_tables_get_type ())
G_DECLARE_FINAL_TYPE (SaeExploreTables, sae_explore_tables, SAE, EXPLORE_TABLES, AdwBin)

/* Selects the signal `step` rows further in the table that is shown. FALSE when that has
 * no rows. */
gboolean sae_explore_tables_step (SaeExploreTables *self, int step);
/* Shows the neighbours of the signal in hand and, once they are found, selects them and
 * it. */
void sae_explore_tables_select_neighbors (SaeExploreTables *self);
