/* SaeRunList: the runs of a library, to choose one or several of, and what can be done
 * with the one that is chosen. Keys: F2 renames, Delete deletes, Ctrl+Z brings back,
 * Ctrl+Return uses.
 *
 * Properties:
 *   session  SaeSession  read-write, set once
 * Signal: "chosen" ()   others are chosen, or what is known of them has changed */
#pragma once

#include "session/session.h"
#include <adwaita.h>

#define SAE_TYPE_RUN_LIST (sae_run_list_get_type ())
G_DECLARE_FINAL_TYPE (SaeRunList, sae_run_list, SAE, RUN_LIST, AdwBin)

/* A new array of the chosen runs (const AnalysisRun), as the list has them; borrowed
 * until "chosen". */
GPtrArray *sae_run_list_get_chosen (SaeRunList *self);
