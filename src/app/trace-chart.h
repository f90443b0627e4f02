/* SaeTraceChart: the three components of a signal over one time axis, alone or with their
 * reconstruction. Property "readout" (string): time and values at the cursor, "" without
 * one. */
#pragma once

#include "app/chart.h"

#define SAE_TYPE_TRACE_CHART (sae_trace_chart_get_type ())
G_DECLARE_FINAL_TYPE (SaeTraceChart, sae_trace_chart, SAE, TRACE_CHART, SaeChart)

typedef struct {
  const char *labels[3]; /* seed ids */
  size_t n_samples;      /* T */
  int64_t start_ns;
  double rate_hz;
  const char *unit;
} SaeTraceInfo;

/* values (3, T) and reconstruction (3, T, or NULL) are copied; the view is reset. */
void sae_trace_chart_show (SaeTraceChart *self, const SaeTraceInfo *info,
                           const double *values, const double *reconstruction);
void sae_trace_chart_clear (SaeTraceChart *self);
const char *sae_trace_chart_get_readout (SaeTraceChart *self);
/* The shown window in s after the first sample. */
void sae_trace_chart_get_view (SaeTraceChart *self, double *begin_s, double *end_s);
