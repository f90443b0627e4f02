#include "nn/error.h"
#include "sines.h"

static void
test_learns (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (60);
  run_all (checkpoint);
  const NnEpoch *epochs = (const NnEpoch *)(void *)checkpoint->trainer.history->data;
  g_assert_cmpuint (checkpoint->trainer.history->len, ==, 60);
  g_assert_cmpuint (checkpoint->trainer.step, ==, 60 * N_BATCHES);
  g_assert_cmpfloat (epochs[59].training_loss, <, 0.5 * epochs[0].training_loss);
  g_assert_cmpfloat (epochs[59].validation_loss, <, 0.5 * epochs[0].validation_loss);
  g_assert_cmpfloat (epochs[59].seconds, >, 0);
}

/* The weighted mean over batches is the mean over signals: with a rate too small to
 * change anything, training loss and validation loss are the same number. */
static void
test_mean_loss (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
  checkpoint->trainer.config.learning_rate = 1e-30;
  run_all (checkpoint);
  const NnEpoch *epoch = &g_array_index (checkpoint->trainer.history, NnEpoch, 0);
  g_assert_cmpfloat_with_epsilon (epoch->training_loss, epoch->validation_loss,
                                  1e-6 * epoch->training_loss);
}

static void
test_same_seed_same_bits (void)
{
  g_autoptr (NnCheckpoint) a = make_checkpoint (3);
  g_autoptr (NnCheckpoint) b = make_checkpoint (3);
  run_all (a);
  run_all (b);
  assert_same (a, b);
}

typedef struct {
  const Sines *source;
  size_t orders[3][N_SIGNALS]; /* of each epoch */
} Orders;

static bool
keep_order (const NnProgress *progress, void *user_data)
{
  Orders *orders = user_data;
  memcpy (orders->orders[progress->epoch], orders->source->order,
          sizeof orders->orders[0]);
  return true;
}

/* Every epoch sees the signals in an order of its own. */
static void
test_shuffles (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (3);
  Sines training = make_sines ();
  Orders orders = {.source = &training};
  g_assert_true (run (checkpoint, &training, NULL, keep_order, &orders, NULL, NULL));
  for (size_t i = 0; i < 3; i++)
    g_assert_true (memcmp (orders.orders[i], orders.orders[(i + 1) % 3],
                           sizeof orders.orders[0]) != 0);
}

static NnCheckpoint *
save_and_load (NnCheckpoint *checkpoint)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (checkpoint);
  NnCheckpoint *read = nn_checkpoint_decode (bytes, &error);
  g_assert_no_error (error);
  return read;
}

/* With all that a training can have, for every kind of network. */
static NnCheckpoint *
make_full (size_t kind, size_t n_epochs)
{
  NnConfig network = config;
  network.architecture = (NnArchitecture)(kind % 3);
  network.decoder_input = (NnDecoderInput)(kind / 3 % 2);
  network.n_layers = 1 + kind % 2;
  network.dropout = network.architecture == NN_ARCHITECTURE_README ? 0 : 0.3;
  NnCheckpoint *checkpoint = make_checkpoint_of (&network, n_epochs);
  NnTrainerConfig *trainer = &checkpoint->trainer.config;
  trainer->loss = (NnLoss){kind % 2 ? NN_LOSS_L2 : NN_LOSS_HUBER, 0.5};
  trainer->weight_decay = 0.01;
  trainer->clip_norm = 0.5;
  trainer->schedule = (NnSchedule){NN_SCHEDULE_COSINE, 2};
  return checkpoint;
}

static bool
stop_after_two (const NnProgress *progress, void *user_data)
{
  return !(progress->epoch_ended && progress->epoch == 1);
}

/* 4 epochs are 2, stopped, saved, loaded, and 2 more. */
static void
test_resume (void)
{
  for (size_t kind = 0; kind < 6; kind++) {
    g_autoptr (NnCheckpoint) whole = make_full (kind, 4);
    g_autoptr (NnCheckpoint) half = make_full (kind, 4);
    run_all (whole);
    Sines training = make_sines (), validation = make_sines ();
    NnTrainerEnd end;
    g_assert_true (run (half, &training, &validation, stop_after_two, NULL, &end, NULL));
    g_assert_cmpint (end, ==, NN_TRAINER_STOPPED);
    g_assert_cmpuint (half->trainer.history->len, ==, 2);
    g_autoptr (NnCheckpoint) rest = save_and_load (half);
    assert_same (half, rest);
    run_all (rest);
    assert_same (whole, rest);
    run_all (rest); /* nothing left to do */
    assert_same (whole, rest);
  }
}

/* And with a constant rate, 2 of 2 epochs and then 2 of 4. */
static void
test_extend (void)
{
  g_autoptr (NnCheckpoint) whole = make_checkpoint (4);
  g_autoptr (NnCheckpoint) half = make_checkpoint (2);
  run_all (whole);
  run_all (half);
  g_autoptr (NnCheckpoint) rest = save_and_load (half);
  rest->trainer.config.n_epochs = 4;
  run_all (rest);
  assert_same (whole, rest);
}

static double
validation_loss (NnCheckpoint *checkpoint)
{
  g_auto (NnBatch) batch = {0};
  Sines validation = make_sines ();
  double sum = 0, loss;
  begin (&validation.parent, NULL);
  for (size_t i = 0; i < N_BATCHES; i++) {
    fill (&validation.parent, i, &batch, NULL);
    nn_autoencoder_loss (checkpoint->model, &batch, &checkpoint->trainer.config.loss,
                         &loss, NULL);
    sum += loss * (double)batch.n_signals;
  }
  return sum / N_SIGNALS;
}

/* Steps so long that the loss goes up and down: the model is that of the epoch whose
 * validation loss is least, also of a run that goes on elsewhere. */
static void
test_best (void)
{
  g_autoptr (NnCheckpoint) whole = make_checkpoint (12);
  whole->trainer.config.learning_rate = 0.3;
  run_all (whole);
  const NnEpoch *epochs = (const NnEpoch *)(void *)whole->trainer.history->data;
  size_t best = 0;
  for (size_t i = 1; i < 12; i++)
    best = epochs[i].validation_loss < epochs[best].validation_loss ? i : best;
  g_assert_cmpuint (best, <, 11); /* or the case shows nothing */
  g_assert_cmpuint (whole->trainer.best_epoch, ==, best + 1);
  g_assert_nonnull (whole->trainer.last);
  g_assert_cmpfloat_with_epsilon (validation_loss (whole), epochs[best].validation_loss,
                                  1e-9);

  g_autoptr (NnCheckpoint) part = make_checkpoint (best + 2);
  part->trainer.config.learning_rate = 0.3;
  run_all (part);
  g_assert_nonnull (part->trainer.last);
  g_autoptr (NnCheckpoint) rest = save_and_load (part);
  rest->trainer.config.n_epochs = 12;
  run_all (rest);
  assert_same (whole, rest);
}

/* It ends when the last of `patience` epochs in a row was not better than all before. */
static void
test_patience (void)
{
  g_autoptr (NnCheckpoint) whole = make_checkpoint (30);
  whole->trainer.config.learning_rate = 0.3;
  run_all (whole);
  for (size_t patience = 1; patience <= 3; patience++) {
    g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (30);
    checkpoint->trainer.config.learning_rate = 0.3;
    checkpoint->trainer.config.patience = patience;
    Sines training = make_sines (), validation = make_sines ();
    NnTrainerEnd end;
    g_assert_true (run (checkpoint, &training, &validation, NULL, NULL, &end, NULL));
    size_t n = 0, best = 0;
    const NnEpoch *epochs = (const NnEpoch *)(void *)whole->trainer.history->data;
    while (n < 30 && (n == 0 || n - (best + 1) < patience)) {
      if (epochs[n].validation_loss < epochs[best].validation_loss)
        best = n;
      n++;
    }
    g_assert_cmpuint (checkpoint->trainer.history->len, ==, n);
    g_assert_cmpuint (checkpoint->trainer.best_epoch, ==, best + 1);
    g_assert_cmpint (end, ==, n < 30 ? NN_TRAINER_NO_GAIN : NN_TRAINER_FINISHED);
    if (patience == 1)
      g_assert_cmpint (end, ==, NN_TRAINER_NO_GAIN);
  }
}

/* A gradient of at most that norm, and none so small that it is clipped in vain: with a
 * norm that is never reached nothing changes. */
static void
test_clip_norm (void)
{
  g_autoptr (NnCheckpoint) plain = make_checkpoint (2);
  g_autoptr (NnCheckpoint) loose = make_checkpoint (2);
  g_autoptr (NnCheckpoint) tight = make_checkpoint (2);
  loose->trainer.config.clip_norm = 1e6;
  tight->trainer.config.clip_norm = 1e-3;
  run_all (plain);
  run_all (loose);
  run_all (tight);
  assert_same (plain, loose);
  NnParams *params = nn_autoencoder_get_params (tight->model);
  double squares = 0;
  for (size_t i = 0; i < params->size; i++)
    squares += (double)params->m[i] * (double)params->m[i];
  g_assert_cmpfloat (sqrt (squares), <=, 1e-3);
  g_assert_cmpfloat (sqrt (squares), >, 1e-5);
}

/* A batch that takes seconds. */
static NnCheckpoint *
make_slow (size_t *length)
{
  *length = 40000;
  const NnConfig wide = {NN_ARCHITECTURE_BATCHNORM, 3, {32, 32, 32}, 64, 2, 0, 0.2};
  return make_checkpoint_of (&wide, 1);
}

static bool
fill_slowly (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  size_t length = ((Sines *)source)->n_channels; /* here: of the signal */
  nn_batch_resize (batch, 1, length, 3);
  batch->lengths[0] = length;
  for (size_t i = 0; i < length * 3; i++)
    batch->data[i] = (nn_real)sin ((double)i);
  return true;
}

typedef struct {
  size_t n_inside;
  gint64 told_us;
} Impatience;

static bool
stop_inside (const NnProgress *progress, void *user_data)
{
  Impatience *self = user_data;
  g_assert_true (progress->inside_batch);
  g_assert_cmpuint (progress->batch, ==, 0);
  g_assert_true (isnan (progress->batch_loss));
  self->told_us = g_get_monotonic_time ();
  return ++self->n_inside < 2;
}

/* Stopped inside a batch, which is not gone on with: nothing has changed. */
static void
test_stop_inside_batch (void)
{
  size_t length;
  g_autoptr (NnCheckpoint) checkpoint = make_slow (&length);
  g_autoptr (NnCheckpoint) untouched = make_slow (&length);
  Sines training = make_sines ();
  training.parent.fill = fill_slowly;
  training.n_channels = length;
  training.n_batches = 1;
  Impatience impatience = {0};
  NnTrainerEnd end;
  g_assert_true (run (checkpoint, &training, NULL, stop_inside, &impatience, &end, NULL));
  g_assert_cmpint (end, ==, NN_TRAINER_STOPPED);
  g_assert_cmpuint (impatience.n_inside, ==, 2);
  g_test_message ("%" G_GINT64_FORMAT " µs from the answer to the stop",
                  g_get_monotonic_time () - impatience.told_us);
  assert_same (checkpoint, untouched);
}

/* Stopped at any call: in mid-epoch, during validation, at an epoch's end. Whole epochs
 * are in the history, and the run goes on from there to its end. */
static void
test_stop (void)
{
  /* Calls of an epoch: 3 training batches, 2 between the 3 of validation, its end. */
  const size_t n_calls = 6;
  g_autoptr (NnCheckpoint) whole = make_checkpoint (3);
  run_all (whole);
  for (size_t stop_at = 1; stop_at <= 3 * n_calls; stop_at++) {
    g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (3);
    Sines training = make_sines (), validation = make_sines ();
    Watcher watcher = {.stop_at = stop_at};
    NnTrainerEnd end = NN_TRAINER_FINISHED;
    g_assert_true (run (checkpoint, &training, &validation, watch, &watcher, &end, NULL));
    g_assert_cmpint (end, ==, NN_TRAINER_STOPPED);
    g_assert_cmpuint (watcher.n_calls, ==, stop_at);
    g_assert_cmpuint (checkpoint->trainer.history->len, ==, stop_at / n_calls);
    g_assert_cmpuint (checkpoint->trainer.batch_losses->len, ==,
                      stop_at / n_calls * N_BATCHES);

    g_autoptr (NnCheckpoint) resumed = save_and_load (checkpoint);
    run_all (resumed);
    g_assert_cmpuint (resumed->trainer.history->len, ==, 3);
    if (stop_at % n_calls == 0)
      assert_same (whole, resumed);
  }
}

typedef struct {
  const NnCheckpoint *checkpoint;
  GPtrArray *files; /* GBytes */
} Kept;

static void
keep_bytes (void *data)
{
  Kept *kept = data;
  g_ptr_array_add (kept->files, nn_checkpoint_encode (kept->checkpoint));
}

/* What was kept after any epoch goes on to the very end of the run that kept it, which is
 * the end of one that kept nothing. */
static void
test_keep (void)
{
  enum { EPOCHS = 5 };
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (NnCheckpoint) plain = make_checkpoint (EPOCHS);
  g_autoptr (NnCheckpoint) keeping = make_checkpoint (EPOCHS);
  Kept kept = {keeping, files};
  keeping->trainer.keep = keep_bytes;
  keeping->trainer.keep_data = &kept;
  run_all (plain);
  run_all (keeping);
  assert_same (plain, keeping);
  g_assert_cmpuint (plain->trainer.batch_losses->len, ==, EPOCHS * N_BATCHES);
  g_assert_cmpuint (files->len, ==, EPOCHS);
  for (guint i = 0; i < EPOCHS; i++) {
    g_autoptr (NnCheckpoint) again = nn_checkpoint_decode (files->pdata[i], NULL);
    g_assert_nonnull (again);
    g_assert_cmpuint (again->trainer.history->len, ==, i + 1);
    g_assert_cmpuint (again->trainer.batch_losses->len, ==, (i + 1) * N_BATCHES);
    if (i + 1 < EPOCHS)
      run_all (again);
    assert_same (plain, again);
    g_assert_cmpmem (again->trainer.batch_losses->data, EPOCHS * N_BATCHES * 4,
                     plain->trainer.batch_losses->data, EPOCHS * N_BATCHES * 4);
    g_assert_cmpmem (again->trainer.epoch_batches->data, EPOCHS * sizeof (size_t),
                     plain->trainer.epoch_batches->data, EPOCHS * sizeof (size_t));
  }
}

static void
test_without_validation (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
  Sines training = make_sines ();
  g_assert_true (run (checkpoint, &training, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (
      isnan (g_array_index (checkpoint->trainer.history, NnEpoch, 0).validation_loss));
}

/* Fails in the epoch's second batch or later; before that the model has made its steps,
 * and all of it is still finite and can be trained further. */
static void
check_damage (double damage)
{
  for (size_t bad = 0; bad < N_SIGNALS; bad++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
    g_autoptr (NnCheckpoint) expected = make_checkpoint (1);
    Sines training = make_sines ();
    training.bad = bad;
    training.damage = damage;
    g_assert_false (run (checkpoint, &training, NULL, NULL, NULL, NULL, &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
    g_assert_cmpuint (checkpoint->trainer.history->len, ==, 0);

    /* The same as a run of good data that is stopped before the bad batch. */
    size_t n_good = checkpoint->trainer.step;
    g_assert_cmpuint (n_good, <, N_BATCHES);
    Sines good = make_sines ();
    Watcher watcher = {.stop_at = n_good};
    if (n_good > 0)
      g_assert_true (run (expected, &good, NULL, watch, &watcher, NULL, NULL));
    assert_same (checkpoint, expected);
  }
}

static void
test_not_finite (void)
{
  check_damage (NAN);
  check_damage (INFINITY);
  check_damage (-INFINITY);
}

/* Weights so large that the loss is finite and the square of a gradient is not. */
static void
test_not_finite_gradient (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
  NnParams *params = nn_autoencoder_get_params (checkpoint->model);
  const NnParam *last = nn_params_find (params, "decoder.conv_dec.4.weight");
  Sines training = make_sines ();
  for (size_t i = 0; i < last->size; i++)
    params->value[last->offset + i] = 1e25f;
  g_autofree nn_real *kept = g_memdup2 (params->value, params->size * sizeof *kept);
  g_assert_false (run (checkpoint, &training, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_assert_cmpmem (kept, params->size * sizeof *kept, params->value,
                   params->size * sizeof *kept);
  g_assert_cmpuint (checkpoint->trainer.step, ==, 0);
}

static void
test_not_finite_validation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
  Sines training = make_sines (), validation = make_sines ();
  validation.bad = 3;
  validation.damage = NAN;
  g_assert_false (run (checkpoint, &training, &validation, NULL, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_NOT_FINITE);
  g_assert_cmpuint (checkpoint->trainer.history->len, ==, 0);
}

static void
test_errors (void)
{
  const struct {
    double rate;
    size_t n_batches, n_channels;
    bool fails;
    GQuark domain;
    int code;
  } cases[] = {
      {0, N_BATCHES, 3, false, NN_ERROR, NN_ERROR_CONFIG},
      {NAN, N_BATCHES, 3, false, NN_ERROR, NN_ERROR_CONFIG},
      {INFINITY, N_BATCHES, 3, false, NN_ERROR, NN_ERROR_CONFIG},
      {1e-3, 0, 3, false, NN_ERROR, NN_ERROR_CONFIG},
      {1e-3, N_BATCHES, 2, false, NN_ERROR, NN_ERROR_MISMATCH},
      {1e-3, N_BATCHES, 3, true, G_FILE_ERROR, G_FILE_ERROR_IO},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (1);
    Sines training = make_sines ();
    NnTrainerEnd end = NN_TRAINER_NO_GAIN;
    checkpoint->trainer.config.learning_rate = cases[i].rate;
    training.n_batches = cases[i].n_batches;
    training.n_channels = cases[i].n_channels;
    training.fails = cases[i].fails;
    g_assert_false (run (checkpoint, &training, NULL, NULL, NULL, &end, &error));
    g_assert_error (error, cases[i].domain, cases[i].code);
    g_assert_cmpint (end, ==, NN_TRAINER_NO_GAIN); /* untouched */
  }
}

/* Signals of 15 samples and more, of which the shortest are cut to 7. */
static bool
fill_too_short (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  fill (source, index, batch, error);
  batch->lengths[0] = 7;
  return true;
}

static void
test_too_short (void)
{
  NnConfig pooled = config;
  pooled.architecture = NN_ARCHITECTURE_POOLED;
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint_of (&pooled, 1);
  Sines training = make_sines ();
  training.parent.fill = fill_too_short;
  g_assert_false (run (checkpoint, &training, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_MISMATCH);
}

static void
test_config_check (void)
{
  const NnTrainerConfig right = {.learning_rate = 1};
  NnTrainerConfig wrong[8];
  g_assert_true (nn_trainer_config_check (&right, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    wrong[i] = right;
  wrong[0].learning_rate = 0;
  wrong[1].learning_rate = NAN;
  wrong[2].weight_decay = -1;
  wrong[3].weight_decay = INFINITY;
  wrong[4].clip_norm = -1;
  wrong[5].clip_norm = NAN;
  wrong[6].loss = (NnLoss){NN_LOSS_HUBER, 0};
  wrong[7].loss = (NnLoss){NN_LOSS_HUBER, INFINITY};
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (nn_trainer_config_check (&wrong[i], &error));
    g_assert_error (error, NN_ERROR, NN_ERROR_CONFIG);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/trainer/learns", test_learns);
  g_test_add_func ("/nn/trainer/mean-loss", test_mean_loss);
  g_test_add_func ("/nn/trainer/same-seed-same-bits", test_same_seed_same_bits);
  g_test_add_func ("/nn/trainer/shuffles", test_shuffles);
  g_test_add_func ("/nn/trainer/resume", test_resume);
  g_test_add_func ("/nn/trainer/extend", test_extend);
  g_test_add_func ("/nn/trainer/best", test_best);
  g_test_add_func ("/nn/trainer/patience", test_patience);
  g_test_add_func ("/nn/trainer/clip-norm", test_clip_norm);
  g_test_add_func ("/nn/trainer/stop", test_stop);
  g_test_add_func ("/nn/trainer/stop-inside-batch", test_stop_inside_batch);
  g_test_add_func ("/nn/trainer/keep", test_keep);
  g_test_add_func ("/nn/trainer/without-validation", test_without_validation);
  g_test_add_func ("/nn/trainer/not-finite", test_not_finite);
  g_test_add_func ("/nn/trainer/not-finite-gradient", test_not_finite_gradient);
  g_test_add_func ("/nn/trainer/not-finite-validation", test_not_finite_validation);
  g_test_add_func ("/nn/trainer/errors", test_errors);
  g_test_add_func ("/nn/trainer/too-short", test_too_short);
  g_test_add_func ("/nn/trainer/config-check", test_config_check);
  return g_test_run ();
}
