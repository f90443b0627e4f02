/* SaeRunItem: one run of the library as a row of a list. Main thread. */
#pragma once

#include "analysis/run.h"
#include <glib-object.h>

#define SAE_TYPE_RUN_ITEM (sae_run_item_get_type ())
G_DECLARE_FINAL_TYPE (SaeRunItem, sae_run_item, SAE, RUN_ITEM, GObject)

/* Takes ownership of run. */
SaeRunItem *sae_run_item_new (AnalysisRun *run);
/* Borrowed, and never another. */
const AnalysisRun *sae_run_item_get_run (SaeRunItem *self);
