/* SaeLatest: one function in a thread, of wishes that follow one another faster than they
 * are fulfilled: one runs at a time, and of those wanted meanwhile only the last is next.
 * Main thread. Finalising it cancels and waits. */
#pragma once

#include "session/job.h"

#define SAE_TYPE_LATEST (sae_latest_get_type ())
G_DECLARE_FINAL_TYPE (SaeLatest, sae_latest, SAE, LATEST, GObject)

/* result is the receiver's, NULL with error (borrowed) where the function failed. Not
 * called for wishes that were given up. */
typedef void (*SaeLatestDone) (gpointer owner, gpointer result, const GError *error);

/* owner is borrowed, and lives as long as this does. */
SaeLatest *sae_latest_new (SaeJobFunc function, GDestroyNotify input_free,
                           GDestroyNotify result_free, SaeLatestDone done,
                           gpointer owner);
/* Takes ownership of input. NULL: nothing is wanted any more; what runs is cancelled. */
void sae_latest_want (SaeLatest *self, gpointer input);
gboolean sae_latest_get_busy (SaeLatest *self);
