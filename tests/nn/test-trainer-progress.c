/* What a training tells of itself. */
#include "sines.h"

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

/* What a step was made with: m is (1 − β₁) g after the first, whose norm is told before
 * it is clipped; the rate is the schedule's. */
static void
test_step_told (void)
{
  for (int clipped = 0; clipped < 2; clipped++) {
    g_autoptr (NnCheckpoint) checkpoint = make_checkpoint (2);
    g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (NnProgress));
    Sines training = make_sines ();
    Watcher watcher = {.seen = seen, .stop_at = 1};
    checkpoint->trainer.config.clip_norm = clipped ? 1e-3 : 0;
    checkpoint->trainer.config.schedule = (NnSchedule){NN_SCHEDULE_COSINE, 4};
    g_assert_true (run (checkpoint, &training, NULL, watch, &watcher, NULL, NULL));
    NnParams *params = nn_autoencoder_get_params (checkpoint->model);
    double squares = 0;
    for (size_t i = 0; i < params->size; i++)
      squares += (double)params->m[i] * (double)params->m[i];
    double norm = g_array_index (seen, NnProgress, 0).gradient_norm;
    g_assert_cmpfloat (norm, >, 2e-3);
    g_assert_cmpfloat_with_epsilon (10 * sqrt (squares), clipped ? 1e-3 : norm,
                                    1e-4 * norm);
    watcher.stop_at = 0;
    g_array_set_size (seen, 0);
    g_assert_true (run (checkpoint, &training, NULL, watch, &watcher, NULL, NULL));
    for (guint i = 0, step = 0; i < seen->len; i++) {
      const NnProgress *progress = &g_array_index (seen, NnProgress, i);
      step += !progress->epoch_ended;
      double factor =
          nn_schedule_factor (&checkpoint->trainer.config.schedule, step - 1, 6);
      g_assert_cmpfloat_with_epsilon (progress->learning_rate, 5e-3 * factor, 1e-12);
      g_assert_cmpfloat (progress->gradient_norm, >, 0);
    }
  }
}

typedef struct {
  NnAutoencoder *model;
  Sines source;
  NnBatch batch;
} Onlooker;

enum { LOOK_US = 20000 };

static bool
look (const NnProgress *progress, void *user_data)
{
  Onlooker *self = user_data;
  if (progress->inside_batch)
    return true;
  g_autofree nn_real *seen = g_new (nn_real, PER_BATCH * T * 3);
  begin (&self->source.parent, NULL);
  g_assert_true (fill (&self->source.parent, 0, &self->batch, NULL));
  g_assert_true (
      nn_autoencoder_reconstruct (self->model, &self->batch, seen, NULL, NULL));
  g_usleep (LOOK_US);
  return true;
}

/* Who looks at the model as it learns changes nothing, and takes none of its time. */
static void
test_looked_at (void)
{
  g_autoptr (NnCheckpoint) alone = make_checkpoint_of (
      &(NnConfig){NN_ARCHITECTURE_BATCHNORM, 3, {6, 8, 8}, 8, 1, 0, 0.2}, 2);
  g_autoptr (NnCheckpoint) watched = make_checkpoint_of (
      &(NnConfig){NN_ARCHITECTURE_BATCHNORM, 3, {6, 8, 8}, 8, 1, 0, 0.2}, 2);
  Sines training = make_sines (), validation = make_sines ();
  Onlooker onlooker = {.model = watched->model, .source = make_sines ()};
  run_all (alone);
  gint64 start_us = g_get_monotonic_time ();
  g_assert_true (run (watched, &training, &validation, look, &onlooker, NULL, NULL));
  double seconds = (double)(g_get_monotonic_time () - start_us) / 1e6;
  nn_batch_clear (&onlooker.batch);
  assert_same (alone, watched);
  const NnEpoch *epochs = (const NnEpoch *)(void *)watched->trainer.history->data;
  g_assert_cmpfloat (epochs[0].seconds + epochs[1].seconds, <=,
                     seconds - 10 * LOOK_US / 1e6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/trainer-progress/counts", test_progress);
  g_test_add_func ("/nn/trainer-progress/step", test_step_told);
  g_test_add_func ("/nn/trainer-progress/looked-at", test_looked_at);
  return g_test_run ();
}
