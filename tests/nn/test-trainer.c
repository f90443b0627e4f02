#include "nn/checkpoint.h"
#include "nn/error.h"
#include <glib.h>
#include <math.h>
#include <string.h>

enum { N_SIGNALS = 10, PER_BATCH = 4, N_BATCHES = 3, T = 24 };

static const NnConfig config = {NN_ARCHITECTURE_README, 3, {6, 8, 8}, 8, 1, 0, 0};

/* Sines of different frequency, length and phase in each channel; something a network can
 * learn. Damage: what to put into signal number bad. */
typedef struct {
  NnBatchSource parent;
  size_t order[N_SIGNALS];
  size_t bad; /* N_SIGNALS: none */
  double damage;
  size_t n_batches, n_channels;
  bool fails;
} Sines;

static size_t
count (NnBatchSource *source)
{
  return ((Sines *)source)->n_batches;
}

static void
begin (NnBatchSource *source, NnRng *rng)
{
  Sines *self = (Sines *)source;
  for (size_t i = 0; i < N_SIGNALS; i++)
    self->order[i] = i;
  if (rng)
    nn_rng_shuffle (rng, self->order, N_SIGNALS);
}

static bool
fill (NnBatchSource *source, size_t index, NnBatch *batch, GError **error)
{
  Sines *self = (Sines *)source;
  size_t first = index * PER_BATCH, n = MIN (PER_BATCH, N_SIGNALS - first);
  if (self->fails && index == 1) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "the disk is gone");
    return false;
  }
  nn_batch_resize (batch, n, T, self->n_channels);
  for (size_t b = 0; b < n; b++) {
    size_t signal = self->order[first + b];
    batch->lengths[b] = T - signal;
    for (size_t i = 0; i < batch->lengths[b] * self->n_channels; i++) {
      double t = (double)(i / self->n_channels), c = (double)(i % self->n_channels);
      batch->data[b * T * self->n_channels + i] =
          (float)sin (t * (0.3 + 0.1 * c) + (double)signal);
    }
    if (signal == self->bad)
      batch->data[b * T * self->n_channels + 5] = (float)self->damage;
  }
  return true;
}

static Sines
make_sines (void)
{
  return (Sines){.parent = {count, begin, fill},
                 .bad = N_SIGNALS,
                 .n_batches = N_BATCHES,
                 .n_channels = 3};
}

static NnCheckpoint *
make_checkpoint (size_t n_epochs)
{
  NnTrainerConfig trainer = {.n_epochs = n_epochs, .learning_rate = 5e-3};
  return nn_checkpoint_new (nn_autoencoder_new (&config, 1, NULL), &trainer, 2);
}

static bool
run (NnCheckpoint *checkpoint, Sines *training, Sines *validation,
     NnProgressFunc progress, void *user_data, bool *stopped, GError **error)
{
  return nn_trainer_run (&checkpoint->trainer, checkpoint->model, &training->parent,
                         validation ? &validation->parent : NULL, progress, user_data,
                         stopped, error);
}

static void
run_all (NnCheckpoint *checkpoint)
{
  g_autoptr (GError) error = NULL;
  Sines training = make_sines (), validation = make_sines ();
  bool stopped = true;
  g_assert_true (run (checkpoint, &training, &validation, NULL, NULL, &stopped, &error));
  g_assert_no_error (error);
  g_assert_false (stopped);
}

/* Everything a run leaves behind except how long it took. */
static void
assert_same (const NnCheckpoint *a, const NnCheckpoint *b)
{
  NnParams *p = nn_autoencoder_get_params (a->model);
  NnParams *q = nn_autoencoder_get_params (b->model);
  size_t n_bytes = p->size * sizeof (nn_real);
  g_assert_cmpmem (p->value, n_bytes, q->value, n_bytes);
  g_assert_cmpmem (p->m, n_bytes, q->m, n_bytes);
  g_assert_cmpmem (p->v, n_bytes, q->v, n_bytes);
  g_assert_cmpuint (a->trainer.step, ==, b->trainer.step);
  g_assert_cmpmem (&a->trainer.rng, sizeof (NnRng), &b->trainer.rng, sizeof (NnRng));
  g_assert_cmpuint (a->trainer.history->len, ==, b->trainer.history->len);
  for (guint i = 0; i < a->trainer.history->len; i++) {
    const NnEpoch *e = &g_array_index (a->trainer.history, NnEpoch, i);
    const NnEpoch *f = &g_array_index (b->trainer.history, NnEpoch, i);
    g_assert_cmpfloat (e->training_loss, ==, f->training_loss);
    g_assert_cmpfloat (e->validation_loss, ==, f->validation_loss);
  }
}

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

static void
test_resume (void)
{
  g_autoptr (NnCheckpoint) whole = make_checkpoint (4);
  g_autoptr (NnCheckpoint) half = make_checkpoint (2);
  run_all (whole);
  run_all (half);
  g_autoptr (NnCheckpoint) rest = save_and_load (half);
  rest->trainer.config.n_epochs = 4;
  run_all (rest);
  assert_same (whole, rest);
  run_all (rest); /* nothing left to do */
  assert_same (whole, rest);
}

typedef struct {
  size_t n_calls, stop_at; /* stops at that call */
  GArray *seen;            /* NnProgress */
} Watcher;

static bool
watch (const NnProgress *progress, void *user_data)
{
  Watcher *watcher = user_data;
  if (watcher->seen)
    g_array_append_val (watcher->seen, *progress);
  return ++watcher->n_calls != watcher->stop_at;
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
    bool stopped = false;
    g_assert_true (
        run (checkpoint, &training, &validation, watch, &watcher, &stopped, NULL));
    g_assert_true (stopped);
    g_assert_cmpuint (watcher.n_calls, ==, stop_at);
    g_assert_cmpuint (checkpoint->trainer.history->len, ==, stop_at / n_calls);

    g_autoptr (NnCheckpoint) resumed = save_and_load (checkpoint);
    run_all (resumed);
    g_assert_cmpuint (resumed->trainer.history->len, ==, 3);
    if (stop_at % n_calls == 0)
      assert_same (whole, resumed);
  }
}

static void
test_progress (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (2);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (NnProgress));
  Sines training = make_sines (), validation = make_sines ();
  Watcher watcher = {.seen = seen};
  g_assert_true (run (checkpoint, &training, &validation, watch, &watcher, NULL, NULL));
  g_assert_cmpuint (seen->len, ==, 12);
  const size_t batches[] = {1, 2, 3, 3, 3, 3};
  double last_left = INFINITY;
  for (guint i = 0; i < seen->len; i++) {
    const NnProgress *progress = &g_array_index (seen, NnProgress, i);
    bool ended = i % 6 == 5;
    g_assert_cmpuint (progress->epoch, ==, i / 6);
    g_assert_cmpuint (progress->n_epochs, ==, 2);
    g_assert_cmpuint (progress->batch, ==, batches[i % 6]);
    g_assert_cmpuint (progress->n_batches, ==, N_BATCHES);
    g_assert_true (progress->epoch_ended == ended);
    g_assert_true (isnan (progress->batch_loss) == ended);
    g_assert_cmpfloat (progress->samples_per_second, >, 0);
    g_assert_true (progress->seconds_left >= 0 && isfinite (progress->seconds_left));
    if (ended) {
      const NnEpoch *epoch = &g_array_index (checkpoint->trainer.history, NnEpoch, i / 6);
      g_assert_cmpmem (&progress->last_epoch, sizeof *epoch, epoch, sizeof *epoch);
    }
    last_left = progress->seconds_left;
  }
  g_assert_cmpfloat (last_left, ==, 0);
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
    bool stopped = true;
    checkpoint->trainer.config.learning_rate = cases[i].rate;
    training.n_batches = cases[i].n_batches;
    training.n_channels = cases[i].n_channels;
    training.fails = cases[i].fails;
    g_assert_false (run (checkpoint, &training, NULL, NULL, NULL, &stopped, &error));
    g_assert_error (error, cases[i].domain, cases[i].code);
    g_assert_true (stopped); /* untouched */
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
  g_test_add_func ("/nn/trainer/stop", test_stop);
  g_test_add_func ("/nn/trainer/progress", test_progress);
  g_test_add_func ("/nn/trainer/without-validation", test_without_validation);
  g_test_add_func ("/nn/trainer/not-finite", test_not_finite);
  g_test_add_func ("/nn/trainer/not-finite-gradient", test_not_finite_gradient);
  g_test_add_func ("/nn/trainer/not-finite-validation", test_not_finite_validation);
  g_test_add_func ("/nn/trainer/errors", test_errors);
  return g_test_run ();
}
