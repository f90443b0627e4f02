/* Time samples per second of training (forward, backward, Adam) and of encoding, at the
 * original study's size and at one for a classroom. Prints one line a measurement. */
#include "nn/adam.h"
#include "nn/autoencoder.h"
#include "nn/parallel.h"
#include <glib.h>
#include <stdlib.h>

enum { N_SIGNALS = 4, LENGTH = 2000, N_STEPS = 5 };

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
train_step (NnAutoencoder *model, const NnBatch *batch, uint64_t step)
{
  NnParams *params = nn_autoencoder_get_params (model);
  const NnLoss l1 = {NN_LOSS_L1, 0};
  double loss;
  nn_autoencoder_backward (model, batch, &l1, step, &loss, NULL, NULL);
  nn_adam_step (params->value, params->m, params->v, params->gradient, params->size,
                &(NnAdam){1e-3, 0, 1}, step);
  nn_autoencoder_track (model);
}

/* The median over the steps after one to warm up. */
static void
measure (const char *name, const NnConfig *config, size_t n_threads, bool training)
{
  g_auto (NnBatch) batch = {0};
  g_autoptr (NnAutoencoder) model = nn_autoencoder_new (config, 1, NULL);
  g_autofree nn_real *embedding =
      g_new (nn_real, N_SIGNALS * nn_autoencoder_embedding_size (model));
  double seconds[N_STEPS];
  NnRng rng;
  nn_rng_seed (&rng, 2);
  nn_batch_resize (&batch, N_SIGNALS, LENGTH, config->n_channels);
  for (size_t i = 0; i < N_SIGNALS * LENGTH * config->n_channels; i++)
    batch.data[i] = (nn_real)nn_rng_normal (&rng);
  for (size_t b = 0; b < N_SIGNALS; b++)
    batch.lengths[b] = LENGTH;
  nn_parallel_set_threads (n_threads);
  for (int step = -1; step < N_STEPS; step++) {
    gint64 start = g_get_monotonic_time ();
    if (training)
      train_step (model, &batch, (uint64_t)(step + 2));
    else
      nn_autoencoder_encode (model, &batch, embedding, NULL);
    if (step >= 0)
      seconds[step] = (double)(g_get_monotonic_time () - start) / 1e6;
  }
  qsort (seconds, N_STEPS, sizeof *seconds, compare_doubles);
  double median = seconds[N_STEPS / 2];
  g_print ("%-9s %-6s threads %zu batch %d length %d: %.4f s a step, %.0f samples/s\n",
           name, training ? "train" : "encode", n_threads, N_SIGNALS, LENGTH, median,
           N_SIGNALS * LENGTH / median);
}

int
main (void)
{
  const struct {
    const char *name;
    NnConfig config;
  } sizes[] = {
      {"original", nn_config_default ()},
      {"batchnorm", {NN_ARCHITECTURE_BATCHNORM, 3, {64, 128, 256}, 256, 1, 0, 0.5}},
      {"pooled", {NN_ARCHITECTURE_POOLED, 3, {64, 128, 256}, 256, 1, 0, 0.5}},
      {"classroom", {NN_ARCHITECTURE_README, 3, {16, 32, 32}, 32, 1, 0, 0}},
  };
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (size_t n_threads = 1; n_threads <= 2; n_threads++) {
      measure (sizes[i].name, &sizes[i].config, n_threads, true);
      measure (sizes[i].name, &sizes[i].config, n_threads, false);
    }
  }
  return 0;
}
