#include "nn/trainer.h"

#include "nn/adam.h"
#include "nn/error.h"
#include <float.h>
#include <math.h>
#include <string.h>

/* Of the time left: a training batch runs the network forward and twice as much back. */
enum { TRAINING_WORK = 3, VALIDATION_WORK = 1 };

/* One call of nn_trainer_run. */
typedef struct {
  NnTrainer *trainer;      /* borrowed */
  NnAutoencoder *model;    /* borrowed */
  NnProgressFunc function; /* may be NULL */
  void *user_data;
  NnProgress progress;
  NnBatch batch;      /* owned; refilled for every batch */
  gint64 start_us;    /* monotonic, of the run */
  double training_us; /* spent on training batches */
  double n_samples;   /* trained on */
  double work_done, work_left;
} Run;

void
nn_trainer_init (NnTrainer *trainer, const NnTrainerConfig *config, uint64_t seed)
{
  *trainer = (NnTrainer){.config = *config};
  nn_rng_seed (&trainer->rng, seed);
  trainer->history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
}

void
nn_trainer_clear (NnTrainer *trainer)
{
  g_clear_pointer (&trainer->history, g_array_unref);
}

/* TRUE to go on. */
static bool
report (Run *run)
{
  if (!run->function)
    return true;
  double elapsed_us = (double)(g_get_monotonic_time () - run->start_us);
  run->progress.samples_per_second =
      run->training_us > 0 ? run->n_samples / run->training_us * 1e6 : 0;
  run->progress.seconds_left =
      run->work_done > 0 ? elapsed_us / run->work_done * run->work_left / 1e6 : NAN;
  return run->function (&run->progress, run->user_data);
}

static void
add_work (Run *run, double work)
{
  run->work_done += work;
  run->work_left -= work;
}

static bool
fill (Run *run, NnBatchSource *source, size_t index, const char *what, GError **error)
{
  const NnConfig *config = nn_autoencoder_get_config (run->model);
  if (!source->fill (source, index, &run->batch, error)) {
    g_prefix_error (error, "%s batch %zu: ", what, index);
    return false;
  }
  if (run->batch.n_channels != config->n_channels) {
    g_set_error (error, NN_ERROR, NN_ERROR_MISMATCH,
                 "%s batch %zu has %zu channels, the network %zu", what, index,
                 run->batch.n_channels, config->n_channels);
    return false;
  }
  for (size_t b = 0; b < run->batch.n_signals; b++) {
    if (run->batch.lengths[b] >= nn_config_shortest (config))
      continue;
    g_set_error (error, NN_ERROR, NN_ERROR_MISMATCH,
                 "signal %zu of %s batch %zu has %zu samples, the network needs %zu", b,
                 what, index, run->batch.lengths[b], nn_config_shortest (config));
    return false;
  }
  return true;
}

/* FALSE if a gradient is not finite, or so large that its square is not. */
static bool
is_usable (const nn_real *gradient, size_t n)
{
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += (double)gradient[i] * (double)gradient[i];
  return sum <= FLT_MAX; /* FALSE for NaN */
}

/* One Adam step on batch number index; its loss. The dropout's seed is drawn from rng. */
static bool
train_batch (Run *run, NnBatchSource *source, size_t index, NnRng *rng, double *loss,
             GError **error)
{
  const NnTrainerConfig *config = &run->trainer->config;
  if (!fill (run, source, index, "training", error))
    return false;
  gint64 start_us = g_get_monotonic_time ();
  NnParams *params = nn_autoencoder_get_params (run->model);
  bool drops = nn_autoencoder_get_config (run->model)->dropout > 0;
  uint64_t seed = drops ? nn_rng_next (rng) : 0;
  nn_autoencoder_backward (run->model, &run->batch, &config->loss, seed, loss, NULL,
                           NULL);
  if (!isfinite (*loss) || !is_usable (params->gradient, params->size)) {
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                 "the loss of training batch %zu of epoch %zu is not finite", index,
                 run->progress.epoch);
    return false;
  }
  nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                config->learning_rate, ++run->trainer->step);
  nn_autoencoder_track (run->model);
  for (size_t b = 0; b < run->batch.n_signals; b++)
    run->n_samples += (double)run->batch.lengths[b];
  run->training_us += (double)(g_get_monotonic_time () - start_us);
  add_work (run, TRAINING_WORK);
  return true;
}

/* A pass over the training data in an order drawn from rng. */
static bool
train_epoch (Run *run, NnBatchSource *source, NnRng *rng, double *mean_loss,
             bool *stopped, GError **error)
{
  double sum = 0, n_signals = 0;
  size_t n_batches = source->n_batches (source);
  source->begin (source, rng);
  for (size_t i = 0; i < n_batches; i++) {
    double loss;
    if (!train_batch (run, source, i, rng, &loss, error))
      return false;
    sum += loss * (double)run->batch.n_signals;
    n_signals += (double)run->batch.n_signals;
    run->progress.batch = i + 1;
    run->progress.batch_loss = loss;
    if (!report (run)) {
      *stopped = true;
      return true;
    }
  }
  *mean_loss = sum / n_signals;
  return true;
}

/* The mean loss of source in inference mode; NAN without a source. */
static bool
validate (Run *run, NnBatchSource *source, double *mean_loss, bool *stopped,
          GError **error)
{
  double sum = 0, n_signals = 0;
  size_t n_batches = source ? source->n_batches (source) : 0;
  if (n_batches > 0)
    source->begin (source, NULL);
  for (size_t i = 0; i < n_batches; i++) {
    if (!fill (run, source, i, "validation", error))
      return false;
    double loss;
    nn_autoencoder_loss (run->model, &run->batch, &run->trainer->config.loss, &loss,
                         NULL);
    if (!isfinite (loss)) {
      g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                   "the loss of validation batch %zu after epoch %zu is not finite", i,
                   run->progress.epoch);
      return false;
    }
    sum += loss * (double)run->batch.n_signals;
    n_signals += (double)run->batch.n_signals;
    add_work (run, VALIDATION_WORK);
    if (i + 1 < n_batches && !report (run)) {
      *stopped = true;
      return true;
    }
  }
  *mean_loss = n_batches > 0 ? sum / n_signals : NAN;
  return true;
}

/* One epoch into the history, unless stopped within it. The generator's state moves on
 * only then, so that an epoch broken off is begun again in the same order. */
static bool
run_epoch (Run *run, NnBatchSource *training, NnBatchSource *validation, bool *stopped,
           GError **error)
{
  NnTrainer *trainer = run->trainer;
  NnRng rng = trainer->rng;
  NnEpoch epoch = {0};
  gint64 start_us = g_get_monotonic_time ();
  run->progress.epoch = trainer->history->len;
  run->progress.batch = 0;
  run->progress.epoch_ended = false;
  if (!train_epoch (run, training, &rng, &epoch.training_loss, stopped, error))
    return false;
  if (!*stopped && !validate (run, validation, &epoch.validation_loss, stopped, error))
    return false;
  if (*stopped)
    return true;

  epoch.seconds = (double)(g_get_monotonic_time () - start_us) / 1e6;
  g_array_append_val (trainer->history, epoch);
  trainer->rng = rng;
  run->progress.epoch_ended = true;
  run->progress.batch_loss = NAN;
  run->progress.last_epoch = epoch;
  *stopped = !report (run);
  return true;
}

bool
nn_trainer_run (NnTrainer *trainer, NnAutoencoder *model, NnBatchSource *training,
                NnBatchSource *validation, NnProgressFunc progress, void *user_data,
                bool *stopped, GError **error)
{
  size_t n_epochs = trainer->config.n_epochs, n_batches = training->n_batches (training);
  size_t n_validation = validation ? validation->n_batches (validation) : 0;
  if (n_batches == 0 || !(trainer->config.learning_rate > 0) ||
      !isfinite (trainer->config.learning_rate)) {
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG,
                 "%zu training batches, learning rate %g: both must be above 0",
                 n_batches, trainer->config.learning_rate);
    return false;
  }
  size_t n_left = n_epochs - MIN (n_epochs, trainer->history->len);
  Run run = {.trainer = trainer,
             .model = model,
             .function = progress,
             .user_data = user_data,
             .progress = {.n_epochs = n_epochs, .n_batches = n_batches},
             .start_us = g_get_monotonic_time (),
             .work_left = (double)n_left * (TRAINING_WORK * (double)n_batches +
                                            VALIDATION_WORK * (double)n_validation)};
  bool stop = false, done = true;
  while (done && !stop && trainer->history->len < n_epochs)
    done = run_epoch (&run, training, validation, &stop, error);
  nn_batch_clear (&run.batch);
  if (done && stopped)
    *stopped = stop;
  return done;
}
