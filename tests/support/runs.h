/* Runs that were never trained, for what shows them. */
#pragma once

#include "analysis/preset.h"
#include "seismic/time.h"
#include "session/session-private.h"

/* Of n epochs out of 20, the validation loss falling from `first` by 0.1. */
static inline AnalysisRun *
runs_make (const char *name, guint n, double first, bool is_current)
{
  size_t n_presets;
  AnalysisRun *run = g_new0 (AnalysisRun, 1);

  run->name = g_strdup (name);
  run->is_current = is_current;
  run->settings = analysis_presets (&n_presets)[0].settings;
  run->settings.resume = true;
  run->settings.run = g_intern_string (name);
  run->notes.start_ns = SEISMIC_TIME_UNSET;
  run->history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  run->epoch_batches = g_array_new (FALSE, FALSE, sizeof (size_t));
  run->batch_losses = g_array_new (FALSE, FALSE, sizeof (float));
  for (guint i = 0; i < n; i++) {
    NnEpoch epoch = {2 * first, first - 0.1 * i, 2};
    size_t n_batches = 2;
    float losses[] = {3, 1};

    g_array_append_val (run->history, epoch);
    g_array_append_val (run->epoch_batches, n_batches);
    g_array_append_vals (run->batch_losses, losses, 2);
  }
  return run;
}
