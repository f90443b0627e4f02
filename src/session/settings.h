/* GSettings keys, typed. All functions work without an installed schema (defaults,
 * nothing kept), so that tests and uninstalled runs need none. */
#pragma once

#include "analysis/training.h"
#include <gio/gio.h>

#define SAE_APPLICATION_ID "io.github.signal_autoencoder.SignalAutoencoder"

/* NULL when the schema is not installed; owned by the caller. */
GSettings *sae_settings_new (void);
/* Simultaneous connections to a data center: 1 … 5. */
unsigned sae_settings_get_connections (GSettings *settings);
/* Threads of the engine; 0: as many as nn_parallel_set_threads () thinks best. */
gsize sae_settings_get_threads (GSettings *settings);
/* The training settings last used; a classroom-sized network at 20 Hz at first. */
AnalysisTrainingSettings sae_settings_load_training (GSettings *settings);
void sae_settings_store_training (GSettings *settings,
                                  const AnalysisTrainingSettings *training);
