/* SaeSparkChart: a record in very little room, without axes. It takes no input. */
#pragma once

#include "app/chart.h"
#include "app/wave.h"

#define SAE_TYPE_SPARK_CHART (sae_spark_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeSparkChart, sae_spark_chart, SAE, SPARK_CHART, SaeChart)

/* A new reference; NULL: nothing. */
void sae_spark_chart_set_wave (SaeSparkChart *self, SaeWave *wave);
SaeWave *sae_spark_chart_get_wave (SaeSparkChart *self);
