/* SaeLiveSignal: the reconstruction of one held-out signal while a training runs. The
 * training's thread asks which, and brings it; the main loop gets copies. Signals (main
 * thread): "listed" ()   the signals to choose from are others; "changed" ()   the
 * reconstruction is. */
#pragma once

#include "analysis/live.h"
#include <glib-object.h>

#define SAE_TYPE_LIVE_SIGNAL (sae_live_signal_get_type ())
G_DECLARE_FINAL_TYPE (SaeLiveSignal, sae_live_signal, SAE, LIVE_SIGNAL, GObject)

SaeLiveSignal *sae_live_signal_new (void);
/* Main thread: nothing to choose from, nothing to show; what is chosen stays so. */
void sae_live_signal_reset (SaeLiveSignal *self);
/* Any thread: an onlooker that posts to self, which must outlive its training. */
AnalysisOnlooker sae_live_signal_onlooker (SaeLiveSignal *self);

/* Main thread. Ids of the signals held out, NULL-terminated, borrowed until "listed";
 * NULL before the first training. */
const char *const *sae_live_signal_get_ids (SaeLiveSignal *self);
/* The chosen one: one of the ids, unless there are none. NULL when none was listed. */
const char *sae_live_signal_get_chosen (SaeLiveSignal *self);
void sae_live_signal_choose (SaeLiveSignal *self, const char *id);

typedef struct {
  char *id;      /* of the signal */
  double epochs; /* as in analysis/live.h */
  AnalysisReconstruction reconstruction;
} SaeLiveView;
/* The latest, borrowed until "changed"; NULL if there is none. */
const SaeLiveView *sae_live_signal_get_view (SaeLiveSignal *self);
