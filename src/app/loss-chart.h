/* SaeLossChart: training and validation loss of an SaeLossHistory, live. Property
 * "history", read-write. */
#pragma once

#include "app/chart.h"
#include "session/loss-history.h"

#define SAE_TYPE_LOSS_CHART (sae_loss_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeLossChart, sae_loss_chart, SAE, LOSS_CHART, SaeChart)

void sae_loss_chart_set_history (SaeLossChart *self, SaeLossHistory *history);
