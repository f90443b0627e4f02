#include "nn/trainer.h"

#include "nn/adam.h"
#include "nn/error.h"
#include <float.h>
#include <math.h>
#include <string.h>

/* Of the time left: a training batch runs the network forward and twice as much back. */
enum { TRAINING_WORK = 3, VALIDATION_WORK = 1 };

#define REPORT_PERIOD_US (G_USEC_PER_SEC / 5)

/* One call of nn_trainer_run. */
typedef struct {
  NnTrainer *trainer;      /* borrowed */
  NnAutoencoder *model;    /* borrowed */
  NnProgressFunc function; /* may be NULL */
  void *user_data;
  NnProgress progress;
  NnPoll poll;
  gint64 reported_us; /* monotonic, of the last report */
  NnBatch batch;      /* owned; refilled for every batch */
  gint64 away_us;     /* spent in function, which is no time of the training's */
  gint64 start_us;    /* clock_us () of the run */
  double training_us; /* spent on training batches */
  double n_samples;   /* trained on */
  double work_done, work_left;
  NnSnapshot *best; /* owned; NULL while trainer->best_epoch is 0 */
} Run;

bool
nn_trainer_config_check (const NnTrainerConfig *config, GError **error)
{
  const struct {
    const char *what;
    double value;
    bool positive;
  } numbers[] = {
      {"learning rate", config->learning_rate, true},
      {"weight decay", config->weight_decay, false},
      {"clip norm", config->clip_norm, false},
      {"delta of the Huber loss",
       config->loss.kind == NN_LOSS_HUBER ? config->loss.delta : 1, true},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++) {
    double value = numbers[i].value;
    if (isfinite (value) && (numbers[i].positive ? value > 0 : value >= 0))
      continue;
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "%s: %g is not %s", numbers[i].what,
                 value, numbers[i].positive ? "above 0" : "0 or more");
    return false;
  }
  return true;
}

void
nn_trainer_init (NnTrainer *trainer, const NnTrainerConfig *config, uint64_t seed)
{
  *trainer = (NnTrainer){.config = *config, .seed = seed};
  nn_rng_seed (&trainer->rng, seed);
  trainer->history = g_array_new (FALSE, FALSE, sizeof (NnEpoch));
  trainer->epoch_batches = g_array_new (FALSE, TRUE, sizeof (size_t));
  trainer->batch_losses = g_array_new (FALSE, FALSE, sizeof (float));
}

void
nn_trainer_clear (NnTrainer *trainer)
{
  g_clear_pointer (&trainer->history, g_array_unref);
  g_clear_pointer (&trainer->epoch_batches, g_array_unref);
  g_clear_pointer (&trainer->batch_losses, g_array_unref);
  g_clear_pointer (&trainer->last, nn_snapshot_free);
}

static gint64
clock_us (const Run *run)
{
  return g_get_monotonic_time () - run->away_us;
}

/* TRUE to go on. */
static bool
report (Run *run)
{
  if (!run->function)
    return true;
  run->reported_us = g_get_monotonic_time ();
  double elapsed_us = (double)(clock_us (run) - run->start_us);
  run->progress.samples_per_second =
      run->training_us > 0 ? run->n_samples / run->training_us * 1e6 : 0;
  run->progress.seconds_left =
      run->work_done > 0 ? elapsed_us / run->work_done * run->work_left / 1e6 : NAN;
  bool goes_on = run->function (&run->progress, run->user_data);
  run->away_us += g_get_monotonic_time () - run->reported_us;
  return goes_on;
}

/* Inside a batch. */
static bool
report_now_and_then (void *data)
{
  Run *run = data;
  if (g_get_monotonic_time () - run->reported_us < REPORT_PERIOD_US)
    return true;
  run->progress.inside_batch = true;
  bool goes_on = report (run);
  run->progress.inside_batch = false;
  return goes_on;
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

/* A step with the gradient that the model holds; FALSE without one if that is not finite,
 * or so large that its square is not. */
static bool
make_step (Run *run, size_t batch)
{
  NnTrainer *trainer = run->trainer;
  const NnTrainerConfig *config = &trainer->config;
  NnParams *params = nn_autoencoder_get_params (run->model);
  size_t n_batches = run->progress.n_batches;
  double squared_norm = nn_adam_squared_norm (params->gradient, params->size);
  if (!(squared_norm <= FLT_MAX)) /* nor is NaN */
    return false;
  double factor =
      nn_schedule_factor (&config->schedule, run->progress.epoch * n_batches + batch,
                          config->n_epochs * n_batches);
  const NnAdam adam = {.learning_rate = config->learning_rate * factor,
                       .weight_decay = config->weight_decay,
                       .gradient_scale = nn_adam_clip (squared_norm, config->clip_norm)};
  run->progress.learning_rate = adam.learning_rate;
  run->progress.gradient_norm = sqrt (squared_norm);
  nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                &adam, ++trainer->step);
  nn_autoencoder_track (run->model);
  return true;
}

/* One Adam step on batch number index; its loss. The dropout's seed is drawn from rng. */
static bool
train_batch (Run *run, NnBatchSource *source, size_t index, NnRng *rng, double *loss,
             bool *stopped, GError **error)
{
  if (!fill (run, source, index, "training", error))
    return false;
  gint64 start_us = clock_us (run);
  bool drops = nn_autoencoder_get_config (run->model)->dropout > 0;
  uint64_t seed = drops ? nn_rng_next (rng) : 0;
  if (!nn_autoencoder_backward (run->model, &run->batch, &run->trainer->config.loss, seed,
                                loss, NULL, &run->poll)) {
    *stopped = true;
    return true;
  }
  if (!isfinite (*loss) || !make_step (run, index)) {
    g_set_error (error, NN_ERROR, NN_ERROR_NOT_FINITE,
                 "the loss of training batch %zu of epoch %zu is not finite", index,
                 run->progress.epoch);
    return false;
  }
  for (size_t b = 0; b < run->batch.n_signals; b++)
    run->n_samples += (double)run->batch.lengths[b];
  run->training_us += (double)(clock_us (run) - start_us);
  add_work (run, TRAINING_WORK);
  return true;
}

/* A pass over the training data in an order drawn from rng. */
static bool
train_epoch (Run *run, NnBatchSource *source, NnRng *rng, double *mean_loss,
             bool *stopped, GError **error)
{
  double sum = 0, n_signals = 0;
  source->begin (source, rng);
  for (size_t i = 0; i < run->progress.n_batches; i++) {
    double loss;
    if (!train_batch (run, source, i, rng, &loss, stopped, error))
      return false;
    if (*stopped)
      return true;
    const float kept = (float)loss;
    g_array_append_val (run->trainer->batch_losses, kept);
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
    if (!nn_autoencoder_loss (run->model, &run->batch, &run->trainer->config.loss, &loss,
                              &run->poll)) {
      *stopped = true;
      return true;
    }
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

/* After an epoch of that validation loss: keeps the model if there was none as good. */
static void
keep_best (Run *run, double validation_loss)
{
  NnTrainer *trainer = run->trainer;
  const NnParams *params = nn_autoencoder_get_params (run->model);
  size_t best = trainer->best_epoch;
  if (isnan (validation_loss) ||
      (best > 0 && g_array_index (trainer->history, NnEpoch, best - 1).validation_loss <=
                       validation_loss))
    return;
  trainer->best_epoch = trainer->history->len;
  if (run->best)
    nn_snapshot_take (run->best, params);
  else
    run->best = nn_snapshot_new (params);
}

/* The model from the best to the last of the run before. */
static void
begin_run (Run *run)
{
  NnParams *params = nn_autoencoder_get_params (run->model);
  if (run->trainer->best_epoch > 0) {
    run->best = g_steal_pointer (&run->trainer->last);
    if (run->best)
      nn_snapshot_swap (run->best, params);
    else
      run->best = nn_snapshot_new (params);
  }
}

/* And back from the last to the best. */
static void
end_run (Run *run)
{
  NnParams *params = nn_autoencoder_get_params (run->model);
  if (run->best && !nn_snapshot_equal (run->best, params)) {
    nn_snapshot_swap (run->best, params);
    run->trainer->last = g_steal_pointer (&run->best);
  }
  g_clear_pointer (&run->best, nn_snapshot_free);
}

static void
keep (Run *run)
{
  NnTrainer *trainer = run->trainer;
  if (!trainer->keep)
    return;
  gint64 start_us = g_get_monotonic_time ();
  end_run (run);
  trainer->keep (trainer->keep_data);
  begin_run (run);
  run->away_us += g_get_monotonic_time () - start_us;
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
  const guint n_losses = trainer->batch_losses->len;
  gint64 start_us = clock_us (run);
  run->progress.epoch = trainer->history->len;
  run->progress.batch = 0;
  run->progress.epoch_ended = false;
  const bool done =
      train_epoch (run, training, &rng, &epoch.training_loss, stopped, error) &&
      (*stopped || validate (run, validation, &epoch.validation_loss, stopped, error));
  if (!done || *stopped) {
    g_array_set_size (trainer->batch_losses, n_losses);
    return done;
  }

  epoch.seconds = (double)(clock_us (run) - start_us) / 1e6;
  g_array_set_size (trainer->epoch_batches, trainer->history->len);
  g_array_append_val (trainer->history, epoch);
  g_array_append_val (trainer->epoch_batches, run->progress.n_batches);
  trainer->rng = rng;
  keep_best (run, epoch.validation_loss);
  run->progress.epoch_ended = true;
  run->progress.batch_loss = NAN;
  run->progress.last_epoch = epoch;
  keep (run);
  *stopped = !report (run);
  return true;
}

static bool
is_out_of_patience (const NnTrainer *trainer)
{
  size_t patience = trainer->config.patience;
  return patience > 0 && trainer->best_epoch > 0 &&
         trainer->history->len - trainer->best_epoch >= patience;
}

bool
nn_trainer_run (NnTrainer *trainer, NnAutoencoder *model, NnBatchSource *training,
                NnBatchSource *validation, NnProgressFunc progress, void *user_data,
                NnTrainerEnd *end, GError **error)
{
  size_t n_epochs = trainer->config.n_epochs, n_batches = training->n_batches (training);
  size_t n_validation = validation ? validation->n_batches (validation) : 0;
  if (!nn_trainer_config_check (&trainer->config, error))
    return false;
  if (n_batches == 0) {
    g_set_error_literal (error, NN_ERROR, NN_ERROR_CONFIG, "no training batches");
    return false;
  }
  size_t n_left = n_epochs - MIN (n_epochs, trainer->history->len);
  Run run = {.trainer = trainer,
             .model = model,
             .function = progress,
             .user_data = user_data,
             .progress = {.n_epochs = n_epochs,
                          .n_batches = n_batches,
                          .batch_loss = NAN,
                          .learning_rate = NAN,
                          .gradient_norm = NAN},
             .start_us = g_get_monotonic_time (),
             .work_left = (double)n_left * (TRAINING_WORK * (double)n_batches +
                                            VALIDATION_WORK * (double)n_validation)};
  run.poll = (NnPoll){report_now_and_then, &run};
  run.reported_us = run.start_us;
  bool stopped = false, done = true;
  begin_run (&run);
  while (done && !stopped && trainer->history->len < n_epochs &&
         !is_out_of_patience (trainer))
    done = run_epoch (&run, training, validation, &stopped, error);
  end_run (&run);
  nn_batch_clear (&run.batch);
  if (done && end)
    *end = stopped                             ? NN_TRAINER_STOPPED
           : trainer->history->len >= n_epochs ? NN_TRAINER_FINISHED
                                               : NN_TRAINER_NO_GAIN;
  return done;
}
