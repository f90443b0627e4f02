/* SaeLossHistory: the losses of a training run, appended from its thread, read on the
 * screen. Signal "changed" (main thread, coalesced: at most one pending). */
#pragma once

#include "analysis/run.h"
#include <glib-object.h>

#define SAE_TYPE_LOSS_HISTORY (sae_loss_history_get_type ())
G_DECLARE_FINAL_TYPE (SaeLossHistory, sae_loss_history, SAE, LOSS_HISTORY, GObject)

SaeLossHistory *sae_loss_history_new (void);
/* Main thread: forgets everything; a run of n_epochs begins. */
void sae_loss_history_reset (SaeLossHistory *self, size_t n_epochs);
/* Main thread: in place of everything, the losses of a run that was read from a library;
 * NULL: none. */
void sae_loss_history_restore (SaeLossHistory *self, const AnalysisRun *run);
/* Main thread: the run goes on, to n_epochs in all, from the end of its last epoch. */
void sae_loss_history_resume (SaeLossHistory *self, size_t n_epochs);
/* Any thread. */
void sae_loss_history_post (SaeLossHistory *self, const NnProgress *progress);

/* Main thread. Valid until the next "changed". */
typedef struct {
  size_t n_epochs, n_epochs_planned, n_batches;
  const double *training, *validation;    /* (n_epochs) */
  const double *batch_epoch, *batch_loss; /* (n_batches) */
  NnProgress latest;
} SaeLossView;
SaeLossView sae_loss_history_get_view (SaeLossHistory *self);
