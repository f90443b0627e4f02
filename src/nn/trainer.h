/* Epochs of Adam over an NnBatchSource. Runs in the calling thread. */
#pragma once

#include "nn/autoencoder.h"
#include "nn/batch.h"
#include "nn/rng.h"
#include <glib.h>

typedef struct {
  size_t n_epochs;      /* epochs in all, those already in the history included */
  double learning_rate; /* 1e-4 in the original study */
  NnLoss loss;          /* of training and validation; L1 when zeroed */
} NnTrainerConfig;

/* One finished epoch. */
typedef struct {
  double training_loss;   /* mean over the epoch's batches, weighted by their signals */
  double validation_loss; /* after the epoch, in inference mode; NAN without validation */
  double seconds;
} NnEpoch;

typedef struct {
  size_t epoch, n_epochs;  /* 0-based number of the running epoch */
  size_t batch, n_batches; /* batches done in it */
  double batch_loss;       /* of the last training batch; NAN when epoch_ended */
  bool epoch_ended;        /* then last_epoch is that epoch, validation included */
  NnEpoch last_epoch;
  double samples_per_second; /* time samples of all signals trained on, since the start */
  double seconds_left;       /* estimate; NAN before the first batch */
} NnProgress;

/* Called in the training thread after every batch and every epoch; during validation
 * again, with batch still n_batches, so that it can be stopped too. FALSE means stop. */
typedef bool (*NnProgressFunc) (const NnProgress *progress, void *user_data);

/* All that a resumed run needs beside the model. Plain data; clear frees the history. */
typedef struct {
  NnTrainerConfig config;
  uint64_t step; /* Adam steps done */
  NnRng rng; /* the state at the start of the next epoch; of one broken off: its own */
  GArray *history; /* NnEpoch */
} NnTrainer;

void nn_trainer_init (NnTrainer *trainer, const NnTrainerConfig *config, uint64_t seed);
void nn_trainer_clear (NnTrainer *trainer);

/* Trains model from the epoch after the history's last to config.n_epochs. validation may
 * be NULL. An epoch that is stopped or fails is not in the history and is begun again by
 * the next run. NN_ERROR_CONFIG without training batches or with an impossible learning
 * rate, NN_ERROR_MISMATCH for a batch that the network cannot take: of other
 * channels, or with a signal that pooling leaves nothing of. Returns TRUE when done and
 * when stopped by progress (*stopped, may be NULL, tells which); FALSE on a source's
 * error or NN_ERROR_NOT_FINITE: the model then holds the values from before the step that
 * failed. */
bool nn_trainer_run (NnTrainer *trainer, NnAutoencoder *model, NnBatchSource *training,
                     NnBatchSource *validation, NnProgressFunc progress, void *user_data,
                     bool *stopped, GError **error);
