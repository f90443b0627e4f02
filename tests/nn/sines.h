/* For tests of the trainer: sines to learn from, checkpoints, runs and their equality. */
#pragma once

#include "nn/checkpoint.h"
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

static inline size_t
count (NnBatchSource *source)
{
  return ((Sines *)source)->n_batches;
}

static inline void
begin (NnBatchSource *source, NnRng *rng)
{
  Sines *self = (Sines *)source;
  for (size_t i = 0; i < N_SIGNALS; i++)
    self->order[i] = i;
  if (rng)
    nn_rng_shuffle (rng, self->order, N_SIGNALS);
}

static inline bool
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

static inline Sines
make_sines (void)
{
  return (Sines){.parent = {count, begin, fill},
                 .bad = N_SIGNALS,
                 .n_batches = N_BATCHES,
                 .n_channels = 3};
}

static inline NnCheckpoint *
make_checkpoint_of (const NnConfig *network, size_t n_epochs)
{
  NnTrainerConfig trainer = {.n_epochs = n_epochs, .learning_rate = 5e-3};
  return nn_checkpoint_new (nn_autoencoder_new (network, 1, NULL), &trainer, 2);
}

static inline NnCheckpoint *
make_checkpoint (size_t n_epochs)
{
  return make_checkpoint_of (&config, n_epochs);
}

static inline bool
run (NnCheckpoint *checkpoint, Sines *training, Sines *validation,
     NnProgressFunc progress, void *user_data, NnTrainerEnd *end, GError **error)
{
  return nn_trainer_run (&checkpoint->trainer, checkpoint->model, &training->parent,
                         validation ? &validation->parent : NULL, progress, user_data,
                         end, error);
}

static inline void
run_all (NnCheckpoint *checkpoint)
{
  g_autoptr (GError) error = NULL;
  Sines training = make_sines (), validation = make_sines ();
  NnTrainerEnd end = NN_TRAINER_STOPPED;
  g_assert_true (run (checkpoint, &training, &validation, NULL, NULL, &end, &error));
  g_assert_no_error (error);
  g_assert_cmpint (end, ==, NN_TRAINER_FINISHED);
}

/* Everything a run leaves behind except how long it took. */
static inline void
assert_same (const NnCheckpoint *a, const NnCheckpoint *b)
{
  NnParams *p = nn_autoencoder_get_params (a->model);
  NnParams *q = nn_autoencoder_get_params (b->model);
  size_t n_bytes = p->size * sizeof (nn_real);
  g_assert_cmpmem (p->value, n_bytes, q->value, n_bytes);
  g_assert_cmpmem (p->m, n_bytes, q->m, n_bytes);
  g_assert_cmpmem (p->v, n_bytes, q->v, n_bytes);
  g_assert_cmpmem (p->buffer, p->buffer_size * sizeof (nn_real), q->buffer,
                   q->buffer_size * sizeof (nn_real));
  for (size_t i = 0; i < p->n_counters; i++)
    g_assert_cmpuint (p->counters[i].value, ==, q->counters[i].value);
  g_assert_cmpuint (a->trainer.best_epoch, ==, b->trainer.best_epoch);
  g_assert_cmpint (a->trainer.last != NULL, ==, b->trainer.last != NULL);
  if (a->trainer.last)
    g_assert_cmpmem (a->trainer.last->value, n_bytes, b->trainer.last->value, n_bytes);
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

typedef struct {
  size_t n_calls, stop_at; /* stops at that call */
  GArray *seen;            /* NnProgress */
} Watcher;

static inline bool
watch (const NnProgress *progress, void *user_data)
{
  Watcher *watcher = user_data;
  if (progress->inside_batch) /* a slow machine's sign of life */
    return true;
  if (watcher->seen)
    g_array_append_val (watcher->seen, *progress);
  return ++watcher->n_calls != watcher->stop_at;
}
