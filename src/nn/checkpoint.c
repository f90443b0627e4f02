#include "nn/checkpoint-private.h"

#include "nn/safetensors.h"
#include <string.h>

NnCheckpoint *
nn_checkpoint_new (NnAutoencoder *model, const NnTrainerConfig *config, uint64_t seed)
{
  NnCheckpoint *checkpoint = g_new0 (NnCheckpoint, 1);
  size_t n_channels = nn_autoencoder_get_config (model)->n_channels;
  checkpoint->model = model;
  nn_trainer_init (&checkpoint->trainer, config, seed);
  checkpoint->mean = g_new0 (double, n_channels);
  checkpoint->scale = g_new (double, n_channels);
  for (size_t c = 0; c < n_channels; c++)
    checkpoint->scale[c] = 1;
  checkpoint->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return checkpoint;
}

void
nn_checkpoint_free (NnCheckpoint *checkpoint)
{
  if (!checkpoint)
    return;
  nn_autoencoder_free (checkpoint->model);
  nn_trainer_clear (&checkpoint->trainer);
  g_free (checkpoint->mean);
  g_free (checkpoint->scale);
  g_hash_table_unref (checkpoint->metadata);
  g_free (checkpoint);
}

void
nn_checkpoint_head_clear (NnCheckpointHead *head)
{
  nn_trainer_clear (&head->trainer);
  g_clear_pointer (&head->metadata, g_hash_table_unref);
}

size_t
nn_checkpoint_get_blocks (const NnParams *params, const NnSnapshot *last,
                          NnCheckpointBlock blocks[MAX_BLOCKS])
{
  const NnCheckpointBlock found[] = {
      {"", params->table, params->n_params, params->value, false, NULL},
      {"", params->buffer_table, params->n_buffers, params->buffer, false,
       ".running_var"},
      {PREFIX_M, params->table, params->n_params, params->m, true, NULL},
      {PREFIX_V, params->table, params->n_params, params->v, true, ""},
  };
  memcpy (blocks, found, sizeof found);
  if (!last)
    return G_N_ELEMENTS (found);
  const NnCheckpointBlock more[] = {
      {PREFIX_LAST, params->table, params->n_params, last->value, false, NULL},
      {PREFIX_LAST, params->buffer_table, params->n_buffers, last->buffer, false,
       ".running_var"},
  };
  memcpy (blocks + G_N_ELEMENTS (found), more, sizeof more);
  return MAX_BLOCKS;
}

void
nn_checkpoint_get_numbers (NnTrainer *trainer, NnCheckpointNumber numbers[N_NUMBERS])
{
  NnTrainerConfig *config = &trainer->config;
  const NnCheckpointNumber found[N_NUMBERS] = {
      {OWN_PREFIX "learning_rate", &config->learning_rate, NULL, NULL},
      {OWN_PREFIX "huber_delta", &config->loss.delta, NULL, NULL},
      {OWN_PREFIX "weight_decay", &config->weight_decay, NULL, NULL},
      {OWN_PREFIX "clip_norm", &config->clip_norm, NULL, NULL},
      {OWN_PREFIX "n_epochs", NULL, &config->n_epochs, NULL},
      {OWN_PREFIX "warmup", NULL, &config->schedule.warmup, NULL},
      {OWN_PREFIX "patience", NULL, &config->patience, NULL},
      {OWN_PREFIX "best_epoch", NULL, &trainer->best_epoch, NULL},
      {OWN_PREFIX "seed", NULL, NULL, &trainer->seed},
      {OWN_PREFIX "step", NULL, NULL, &trainer->step},
  };
  memcpy (numbers, found, sizeof found);
}

static void
add_reals (NnSafetensors *file, const char *name, size_t n_dimensions,
           const size_t *shape, const nn_real *values)
{
#ifdef NN_DOUBLE
  nn_safetensors_add_f64 (file, name, n_dimensions, shape, values);
#else
  nn_safetensors_add_f32 (file, name, n_dimensions, shape, values);
#endif
}

static void
add_params (NnSafetensors *file, const NnParams *params, const NnSnapshot *last)
{
  NnCheckpointBlock blocks[MAX_BLOCKS];
  size_t n = nn_checkpoint_get_blocks (params, last, blocks);
  for (size_t b = 0; b < n; b++) {
    for (size_t i = 0; i < blocks[b].n; i++) {
      const NnParam *param = &blocks[b].table[i];
      g_autofree char *name = g_strconcat (blocks[b].prefix, param->name, NULL);
      add_reals (file, name, param->n_dimensions, param->shape,
                 blocks[b].values + param->offset);
    }
  }
}

/* Those of last, or else of params. counts (n_counters): overwritten with what the file
 * then borrows. */
static void
add_counters (NnSafetensors *file, const NnParams *params, const NnSnapshot *last,
              int64_t *counts)
{
  for (size_t i = 0; i < params->n_counters; i++) {
    const NnCounter *counter = &params->counters[i];
    uint64_t value = last ? last->counters[i] : counter->value;
    g_autofree char *name = g_strconcat (last ? PREFIX_LAST : "", counter->name, NULL);
    counts[i] = (int64_t)MIN (value, (uint64_t)G_MAXINT64);
    nn_safetensors_add_i64 (file, name, 0, NULL, &counts[i]);
  }
}

static void
add_numbers (NnSafetensors *file, const NnTrainer *trainer)
{
  NnTrainer copy = *trainer;
  NnCheckpointNumber numbers[N_NUMBERS];
  nn_checkpoint_get_numbers (&copy, numbers);
  for (size_t i = 0; i < N_NUMBERS; i++) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (numbers[i].number)
      g_ascii_dtostr (text, sizeof text, *numbers[i].number);
    else
      g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT,
                  numbers[i].count ? (guint64)*numbers[i].count : *numbers[i].word);
    nn_safetensors_set_metadata (file, numbers[i].key, text);
  }
}

static void
add_metadata (NnSafetensors *file, const NnCheckpoint *checkpoint)
{
  const NnTrainer *trainer = &checkpoint->trainer;
  const NnConfig *config = nn_autoencoder_get_config (checkpoint->model);
  const uint64_t *state = trainer->rng.state;
  char dropout[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *rng =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER
                       "x%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                       state[0], state[1], state[2], state[3]);
  const char *const own[][2] = {
      {"format", "pt"}, /* what Python's readers look for */
      {KEY_ARCHITECTURE, nn_architecture_to_string (config->architecture)},
      {KEY_DECODER_INPUT, nn_decoder_input_to_string (config->decoder_input)},
      {KEY_DROPOUT, g_ascii_dtostr (dropout, sizeof dropout, config->dropout)},
      {KEY_LOSS, nn_loss_to_string (trainer->config.loss.kind)},
      {KEY_SCHEDULE, nn_schedule_to_string (trainer->config.schedule.kind)},
      {KEY_RNG, rng},
  };
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, checkpoint->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    nn_safetensors_set_metadata (file, key, value);
  for (size_t i = 0; i < G_N_ELEMENTS (own); i++)
    nn_safetensors_set_metadata (file, own[i][0], own[i][1]);
  add_numbers (file, trainer);
}

GBytes *
nn_checkpoint_encode (const NnCheckpoint *checkpoint)
{
  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  const GArray *history = checkpoint->trainer.history;
  size_t n_channels = nn_autoencoder_get_config (checkpoint->model)->n_channels;
  g_autofree double *losses = g_new (double, history->len *HISTORY_COLUMNS + 1);
  const GArray *batches = checkpoint->trainer.epoch_batches;
  g_autofree int64_t *n_batches = g_new (int64_t, history->len + 1);
  const size_t n_epochs = history->len;
  const size_t n_losses = checkpoint->trainer.batch_losses->len;
  for (guint i = 0; i < history->len; i++) {
    const NnEpoch *epoch = &g_array_index (history, NnEpoch, i);
    n_batches[i] = i < batches->len ? (int64_t)g_array_index (batches, size_t, i) : 0;
    losses[i * HISTORY_COLUMNS] = epoch->training_loss;
    losses[i * HISTORY_COLUMNS + 1] = epoch->validation_loss;
    losses[i * HISTORY_COLUMNS + 2] = epoch->seconds;
  }
  const NnParams *params = nn_autoencoder_get_params (checkpoint->model);
  const NnSnapshot *last = checkpoint->trainer.last;
  g_autofree int64_t *counts = g_new (int64_t, 2 * params->n_counters + 1);
  add_metadata (file, checkpoint);
  /* What is 8 bytes long first: so every tensor is aligned for its type. */
  nn_safetensors_add_f64 (file, TENSOR_MEAN, 1, &n_channels, checkpoint->mean);
  nn_safetensors_add_f64 (file, TENSOR_SCALE, 1, &n_channels, checkpoint->scale);
  nn_safetensors_add_f64 (file, TENSOR_HISTORY, 2,
                          (size_t[]){history->len, HISTORY_COLUMNS}, losses);
  nn_safetensors_add_i64 (file, TENSOR_BATCHES, 1, &n_epochs, n_batches);
  add_counters (file, params, NULL, counts);
  if (last)
    add_counters (file, params, last, counts + params->n_counters);
  nn_safetensors_add_f32 (
      file, TENSOR_BATCH_LOSSES, 1, &n_losses,
      (const float *)(gpointer)checkpoint->trainer.batch_losses->data);
  add_params (file, params, last);
  return nn_safetensors_encode (file);
}
