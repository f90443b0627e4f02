/* SaeLossChart: training and validation loss of an SaeLossHistory, live. The pointer, and
 * ← → from epoch to epoch, tell what the lines are at.
 *
 * Properties:
 *   history      SaeLossHistory  read-write
 *   logarithmic  boolean         read-write: the loss axis; TRUE at first */
#pragma once

#include "app/chart.h"
#include "session/loss-history.h"

#define SAE_TYPE_LOSS_CHART (sae_loss_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeLossChart, sae_loss_chart, SAE, LOSS_CHART, SaeChart)

void sae_loss_chart_set_history (SaeLossChart *self, SaeLossHistory *history);
/* In place of a history's: of one run (const AnalysisRun), its batches too; of several,
 * the epochs of each. Copied; damaged ones are left out. */
void sae_loss_chart_set_runs (SaeLossChart *self, GPtrArray *runs);
/* What is at the cursor: the batch and the epoch nearest, a line each; "" without a
 * cursor. Free with g_free. */
char *sae_loss_chart_make_readout (SaeLossChart *self);
