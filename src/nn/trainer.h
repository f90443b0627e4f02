/* Epochs of Adam over an NnBatchSource. Runs in the calling thread. */
#pragma once

#include "nn/autoencoder.h"
#include "nn/batch.h"
#include "nn/rng.h"
#include "nn/schedule.h"
#include <glib.h>

/* What is zero here is off, the loss L1 and the schedule constant. */
typedef struct {
  size_t n_epochs;      /* epochs in all, those already in the history included */
  double learning_rate; /* 1e-4 in the original study */
  NnLoss loss;          /* of training and validation */
  double weight_decay;  /* as in nn/adam.h */
  double clip_norm;     /* the most that a gradient's norm may be */
  NnSchedule schedule;  /* over all n_epochs */
  size_t
      patience; /* ends the run when the validation loss was not least for so many epochs
                 */
} NnTrainerConfig;

/* FALSE and NN_ERROR_CONFIG unless the learning rate is above 0, decay and clip norm are
 * not below, δ of a Huber loss is above 0, and all are finite. */
bool nn_trainer_config_check (const NnTrainerConfig *config, GError **error);

/* One finished epoch. */
typedef struct {
  double training_loss;   /* mean over the epoch's batches, weighted by their signals */
  double validation_loss; /* after the epoch, in inference mode; NAN without validation */
  double seconds;
} NnEpoch;

typedef struct {
  size_t epoch, n_epochs;  /* 0-based number of the running epoch */
  size_t batch, n_batches; /* batches done in it */
  double batch_loss;       /* of the last training batch; NAN before it, and when
                            * epoch_ended */
  double learning_rate;    /* of the last step, as the schedule has it; NAN before it */
  double gradient_norm;    /* of the last step, L2 over all parameters, before
                            * clipping; NAN before it */
  bool inside_batch;       /* a sign of life: nothing but the time has changed */
  bool epoch_ended;        /* then last_epoch is that epoch, validation included */
  NnEpoch last_epoch;
  double samples_per_second; /* time samples of all signals trained on, since the start */
  double seconds_left;       /* estimate; NAN before the first batch */
} NnProgress;

/* Called in the training thread after every batch and every epoch; during validation
 * again, with batch still n_batches; and about five times a second inside a batch. FALSE
 * means stop, and a batch is then broken off: it has no effect. Unless inside_batch, the
 * function may use the model in inference mode. However long it takes (a pause), that is
 * no part of seconds, seconds_left or samples_per_second. */
typedef bool (*NnProgressFunc) (const NnProgress *progress, void *user_data);

/* All that a resumed run needs beside the model. Clear frees what it owns. */
typedef struct {
  NnTrainerConfig config;
  uint64_t seed; /* that rng began with */
  uint64_t step; /* Adam steps done */
  NnRng rng; /* the state at the start of the next epoch; of one broken off: its own */
  GArray *history; /* NnEpoch */
  /* Of the history's epochs: size_t, how many training batches each had, 0 where that is
   * not known (of a file of before they were kept); and float, their losses, one by one.
   */
  GArray *epoch_batches, *batch_losses;
  /* Number, from 1, of the epoch after which the validation loss was least, and whose
   * model the model is; 0 without validation, when it is the last. */
  size_t best_epoch;
  /* Where the run ended, and the next one begins, if that is not the model; owned. The
   * model's Adam moments belong to this. */
  NnSnapshot *last;
  /* Called in the training thread after every epoch, with trainer and model as they would
   * be left if the run ended there, to be kept; its time is no part of the training's.
   * NULL: nobody. No part of a checkpoint. */
  void (*keep) (void *keep_data);
  void *keep_data;
} NnTrainer;

void nn_trainer_init (NnTrainer *trainer, const NnTrainerConfig *config, uint64_t seed);
void nn_trainer_clear (NnTrainer *trainer);

typedef enum {
  NN_TRAINER_FINISHED, /* all epochs are in the history */
  NN_TRAINER_STOPPED,  /* by progress */
  NN_TRAINER_NO_GAIN   /* patience came to its end */
} NnTrainerEnd;

/* Trains model from the epoch after the history's last to config.n_epochs. validation may
 * be NULL. An epoch that is stopped or fails is not in the history and is begun again by
 * the next run. When it returns the model is the best by the validation loss, and
 * trainer->last what the run ended with. NN_ERROR_CONFIG without training batches or with
 * an impossible setting, NN_ERROR_MISMATCH for a batch that the network cannot take: of
 * other channels, or with a signal that pooling leaves nothing of. Returns TRUE when *end
 * (may be NULL) tells why; FALSE on a source's error or NN_ERROR_NOT_FINITE: the run then
 * ended before the step that failed. */
bool nn_trainer_run (NnTrainer *trainer, NnAutoencoder *model, NnBatchSource *training,
                     NnBatchSource *validation, NnProgressFunc progress, void *user_data,
                     NnTrainerEnd *end, GError **error);
