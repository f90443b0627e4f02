/* SaeClassifyPane: how well the embeddings tell the signals' types or tags: what is told,
 * by which classifier, in how many folds; the answer as a confusion matrix and as scores
 * beside chance and the baselines, with a sentence that says what follows.
 *
 * Properties:
 *   session  SaeSession  read-write, set once */
#pragma once

#include "session/tasks.h"
#include <adwaita.h>

#define SAE_TYPE_CLASSIFY_PANE (sae_classify_pane_get_type ())
G_DECLARE_FINAL_TYPE (SaeClassifyPane, sae_classify_pane, SAE, CLASSIFY_PANE, AdwBin)

/* Starts; nothing without a projection. */
void sae_classify_pane_start (SaeClassifyPane *self);
/* What the numbers say, and what was left out: sentences, to be freed with g_free. */
char *sae_classify_pane_verdict (const AnalysisClassification *classification);
