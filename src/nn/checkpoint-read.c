#include "nn/checkpoint-private.h"

#include "nn/error.h"
#include "nn/safetensors.h"
#include <math.h>
#include <string.h>

static bool G_GNUC_PRINTF (3, 4)
    fail (GError **error, NnError code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, NN_ERROR, code, "no valid checkpoint: %s", message);
  return false;
}

/* Extent number dimension of the tensor of that name into *extent. */
static bool
read_extent (const NnSafetensors *file, const char *name, size_t n_dimensions,
             size_t dimension, size_t *extent, GError **error)
{
  const NnTensor *tensor = nn_safetensors_find (file, name);
  if (!tensor)
    return fail (error, NN_ERROR_MISMATCH, "tensor %s is missing", name);
  if (tensor->n_dimensions != n_dimensions)
    return fail (error, NN_ERROR_MISMATCH, "tensor %s has %zu dimensions, not %zu", name,
                 tensor->n_dimensions, n_dimensions);
  *extent = tensor->shape[dimension];
  return true;
}

/* The finite number of that key; TRUE and untouched if the file has none. */
static bool
read_number (const NnSafetensors *file, const char *key, double *number, GError **error)
{
  const char *text = nn_safetensors_get_metadata (file, key);
  char *end;
  if (!text)
    return true;
  double value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (value))
    return fail (error, NN_ERROR_FORMAT, "%s is no number", key);
  *number = value;
  return true;
}

/* Where the first convolutions of the architectures' three widths are. */
static const struct {
  NnArchitecture architecture;
  const char *weights[3];
} convolutions[] = {
    {NN_ARCHITECTURE_POOLED,
     {"encoder.conv_enc.0.weight", "encoder.conv_enc.7.weight",
      "encoder.conv_enc.14.weight"}},
    {NN_ARCHITECTURE_BATCHNORM,
     {"encoder.conv_enc.0.weight", "encoder.conv_enc.4.weight",
      "encoder.conv_enc.8.weight"}},
    {NN_ARCHITECTURE_README,
     {"encoder.conv_enc.0.weight", "encoder.conv_enc.2.weight",
      "encoder.conv_enc.4.weight"}},
};

/* The first architecture above whose last convolution the file has; else readme, of which
 * something is then missing. */
static const char *const *
guess_architecture (const NnSafetensors *file, NnArchitecture *architecture)
{
  size_t i = 0;
  while (i + 1 < G_N_ELEMENTS (convolutions) &&
         !nn_safetensors_find (file, convolutions[i].weights[2]))
    i++;
  *architecture = convolutions[i].architecture;
  return convolutions[i].weights;
}

static bool
read_kind (const NnSafetensors *file, NnConfig *found, GError **error)
{
  const char *architecture = nn_safetensors_get_metadata (file, KEY_ARCHITECTURE);
  const char *input = nn_safetensors_get_metadata (file, KEY_DECODER_INPUT);
  NnArchitecture named = found->architecture;
  if (architecture && !nn_architecture_from_string (architecture, &named))
    return fail (error, NN_ERROR_MISMATCH, "architecture %s is unknown", architecture);
  if (named != found->architecture)
    return fail (error, NN_ERROR_MISMATCH, "its tensors are not those of %s",
                 architecture);
  if (input && !nn_decoder_input_from_string (input, &found->decoder_input))
    return fail (error, NN_ERROR_MISMATCH, "decoder input %s is unknown", input);
  return read_number (file, KEY_DROPOUT, &found->dropout, error);
}

/* The network's configuration from the names and shapes of its tensors: the one place
 * that any file of the study's names has it in. What they do not tell is metadata. */
static bool
read_config (const NnSafetensors *file, NnConfig *config, GError **error)
{
  NnConfig found = nn_config_default ();
  const char *const *weights = guess_architecture (file, &found.architecture);
  if (!read_kind (file, &found, error) ||
      !read_extent (file, weights[0], 3, 1, &found.n_channels, error) ||
      !read_extent (file, "encoder.lstm_enc.weight_hh_l0", 2, 1, &found.hidden, error))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (found.widths); i++) {
    if (!read_extent (file, weights[i], 3, 0, &found.widths[i], error))
      return false;
  }
  const char *const layers[] = {"encoder.lstm_enc.weight_ih_l1",
                                "encoder.lstm_enc.weight_ih_l2",
                                "encoder.lstm_enc.weight_ih_l3"};
  while (found.n_layers <= G_N_ELEMENTS (layers) &&
         nn_safetensors_find (file, layers[found.n_layers - 1]))
    found.n_layers++;
  g_autoptr (GError) range = NULL;
  if (!nn_config_check (&found, &range))
    return fail (error, NN_ERROR_MISMATCH, "%s", range->message);
  *config = found;
  return true;
}

static bool
check_shape (const NnTensor *tensor, const NnParam *param, GError **error)
{
  bool same = tensor->n_dimensions == param->n_dimensions;
  for (size_t i = 0; same && i < param->n_dimensions; i++)
    same = tensor->shape[i] == param->shape[i];
  if (!same)
    return fail (error, NN_ERROR_MISMATCH,
                 "tensor %s has another shape than the network's", tensor->name);
  return true;
}

static bool
check_table (const NnSafetensors *file, const NnParam *table, size_t n, GError **error)
{
  for (size_t i = 0; i < n; i++) {
    const NnTensor *tensor = nn_safetensors_find (file, table[i].name);
    if (!tensor)
      return fail (error, NN_ERROR_MISMATCH, "tensor %s is missing", table[i].name);
    if (!check_shape (tensor, &table[i], error))
      return false;
  }
  return true;
}

static bool
is_known (const NnParams *params, const char *name)
{
  bool known = nn_params_find (params, name) != NULL;
  for (size_t i = 0; i < params->n_buffers && !known; i++)
    known = g_str_equal (params->buffer_table[i].name, name);
  for (size_t i = 0; i < params->n_counters && !known; i++)
    known = g_str_equal (params->counters[i].name, name);
  return known;
}

/* Every parameter and buffer of the network config is there in its shape, and none that
 * such a network does not have. Before any memory is taken for it. */
static bool
check_tensors (const NnSafetensors *file, const NnConfig *config, GError **error)
{
  g_autoptr (NnParams) params = nn_autoencoder_describe (config);
  if (!check_table (file, params->table, params->n_params, error) ||
      !check_table (file, params->buffer_table, params->n_buffers, error))
    return false;
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (file); i++) {
    const char *name = nn_safetensors_get_tensor (file, i)->name;
    if ((g_str_has_prefix (name, "encoder.") || g_str_has_prefix (name, "decoder.")) &&
        !is_known (params, name))
      return fail (error, NN_ERROR_MISMATCH,
                   "tensor %s belongs to another kind of network", name);
  }
  return true;
}

/* A block is there whole, or not at all if it is optional. */
static bool
read_block (const NnSafetensors *file, const NnCheckpointBlock *block, GError **error)
{
  size_t n_found = 0;
  for (size_t i = 0; i < block->n; i++) {
    const NnParam *param = &block->table[i];
    nn_real *values = block->values + param->offset;
    bool square = block->squares && g_str_has_suffix (param->name, block->squares);
    g_autofree char *name = g_strconcat (block->prefix, param->name, NULL);
    const NnTensor *tensor = nn_safetensors_find (file, name);
    if (!tensor && block->optional && n_found == 0)
      continue;
    if (!tensor || n_found++ < i)
      return fail (error, NN_ERROR_MISMATCH, "tensor %s: it or one before is missing",
                   name);
    if (!check_shape (tensor, param, error) ||
        !nn_tensor_read_real (tensor, values, error))
      return false;
    for (size_t j = 0; j < param->size; j++) {
      if (!isfinite (values[j]) || (square && values[j] < 0))
        return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value", name);
    }
  }
  return true;
}

/* Of last, or else of params. Counts that a file does not have stay 0: no arithmetic
 * depends on them. */
static bool
read_counters (const NnSafetensors *file, NnParams *params, NnSnapshot *last,
               GError **error)
{
  for (size_t i = 0; i < params->n_counters; i++) {
    g_autofree char *name =
        g_strconcat (last ? PREFIX_LAST : "", params->counters[i].name, NULL);
    const NnTensor *tensor = nn_safetensors_find (file, name);
    int64_t value = 0;
    if (tensor && tensor->n_dimensions != 0)
      return fail (error, NN_ERROR_MISMATCH, "tensor %s is not a single number", name);
    if (tensor && !nn_tensor_read_i64 (tensor, &value, error))
      return false;
    if (value < 0)
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value", name);
    if (last)
      last->counters[i] = (uint64_t)value;
    else
      params->counters[i].value = (uint64_t)value;
  }
  return true;
}

static bool
has_last (const NnSafetensors *file)
{
  bool has = false;
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (file) && !has; i++)
    has = g_str_has_prefix (nn_safetensors_get_tensor (file, i)->name, PREFIX_LAST);
  return has;
}

/* The model's state and, if the file has one, that of the last step. */
static bool
read_params (const NnSafetensors *file, NnParams *params, NnTrainer *trainer,
             GError **error)
{
  NnCheckpointBlock blocks[MAX_BLOCKS];
  if (has_last (file))
    trainer->last = nn_snapshot_new (params);
  size_t n = nn_checkpoint_get_blocks (params, trainer->last, blocks);
  for (size_t i = 0; i < n; i++) {
    if (!read_block (file, &blocks[i], error))
      return false;
  }
  return read_counters (file, params, NULL, error) &&
         (!trainer->last || read_counters (file, params, trainer->last, error));
}

static bool
read_normalisation (const NnSafetensors *file, const char *name, double *values,
                    size_t n_channels, bool positive, GError **error)
{
  const NnTensor *tensor = nn_safetensors_find (file, name);
  if (!tensor)
    return true;
  if (tensor->n_dimensions != 1 || tensor->shape[0] != n_channels)
    return fail (error, NN_ERROR_MISMATCH, "tensor %s is not one value a channel", name);
  if (!nn_tensor_read_double (tensor, values, error))
    return false;
  for (size_t c = 0; c < n_channels; c++) {
    if (!isfinite (values[c]) || (positive && values[c] <= 0))
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value", name);
  }
  return true;
}

static bool
read_history (const NnSafetensors *file, GArray *history, GError **error)
{
  const NnTensor *tensor = nn_safetensors_find (file, TENSOR_HISTORY);
  if (!tensor)
    return true;
  if (tensor->n_dimensions != 2 || tensor->shape[1] != HISTORY_COLUMNS)
    return fail (error, NN_ERROR_MISMATCH, "tensor %s is not (epochs, %d)",
                 TENSOR_HISTORY, HISTORY_COLUMNS);
  g_autofree double *values = g_new (double, tensor->n_values + 1);
  if (!nn_tensor_read_double (tensor, values, error))
    return false;
  for (size_t i = 0; i < tensor->n_values; i += HISTORY_COLUMNS) {
    NnEpoch epoch = {values[i], values[i + 1], values[i + 2]};
    if (!isfinite (epoch.training_loss) || isinf (epoch.validation_loss) ||
        !isfinite (epoch.seconds) || epoch.seconds < 0)
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value",
                   TENSOR_HISTORY);
    g_array_append_val (history, epoch);
  }
  return true;
}

/* The losses of the batches, which a file has of all the history's epochs or of none. */
static bool
read_batches (const NnSafetensors *file, NnTrainer *trainer, GError **error)
{
  const NnTensor *counts = nn_safetensors_find (file, TENSOR_BATCHES);
  const NnTensor *losses = nn_safetensors_find (file, TENSOR_BATCH_LOSSES);
  const size_t n_epochs = trainer->history->len;
  g_array_set_size (trainer->epoch_batches, (guint)n_epochs);
  if (!counts && !losses)
    return true;
  if (!counts || !losses || counts->n_dimensions != 1 || counts->n_values != n_epochs ||
      losses->n_dimensions != 1)
    return fail (error, NN_ERROR_MISMATCH, "%s and %s are not those of %zu epochs",
                 TENSOR_BATCHES, TENSOR_BATCH_LOSSES, n_epochs);
  g_autofree int64_t *n_batches = g_new (int64_t, n_epochs + 1);
  if (!nn_tensor_read_i64 (counts, n_batches, error))
    return false;
  size_t left = losses->n_values;
  for (size_t i = 0; i < n_epochs; i++) {
    if (n_batches[i] < 0 || (uint64_t)n_batches[i] > left)
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value",
                   TENSOR_BATCHES);
    left -= (size_t)n_batches[i];
    g_array_index (trainer->epoch_batches, size_t, i) = (size_t)n_batches[i];
  }
  if (left > 0)
    return fail (error, NN_ERROR_FORMAT, "tensor %s is of more batches than %s",
                 TENSOR_BATCH_LOSSES, TENSOR_BATCHES);
  g_autofree double *values = g_new (double, losses->n_values + 1);
  if (!nn_tensor_read_double (losses, values, error))
    return false;
  for (size_t i = 0; i < losses->n_values; i++) {
    const float loss = (float)values[i];
    if (!isfinite (loss))
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value",
                   TENSOR_BATCH_LOSSES);
    g_array_append_val (trainer->batch_losses, loss);
  }
  return true;
}

/* Four words of 16 hexadecimal digits; not all zero, which the generator could not
 * leave. */
static bool
parse_rng (const char *text, NnRng *rng)
{
  NnRng found = {0};
  if (strlen (text) != G_N_ELEMENTS (found.state) * 16)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (found.state); i++) {
    char digits[17];
    guint64 word;
    memcpy (digits, text + i * 16, 16);
    digits[16] = '\0';
    if (!g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT64, &word, NULL))
      return false;
    found.state[i] = word;
  }
  if ((found.state[0] | found.state[1] | found.state[2] | found.state[3]) == 0)
    return false;
  *rng = found;
  return true;
}

/* A whole number up to max; TRUE and untouched if the file has none of that key. */
static bool
read_count (const NnSafetensors *file, const char *key, guint64 max, uint64_t *count,
            GError **error)
{
  const char *text = nn_safetensors_get_metadata (file, key);
  guint64 value;
  if (!text)
    return true;
  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &value, NULL))
    return fail (error, NN_ERROR_FORMAT, "%s is not a count in range", key);
  *count = value;
  return true;
}

static bool
read_numbers (const NnSafetensors *file, NnTrainer *trainer, GError **error)
{
  NnCheckpointNumber numbers[N_NUMBERS];
  nn_checkpoint_get_numbers (trainer, numbers);
  for (size_t i = 0; i < N_NUMBERS; i++) {
    uint64_t count = numbers[i].count ? *numbers[i].count : 0;
    guint64 most = numbers[i].count ? G_MAXSIZE : G_MAXUINT64 - 1;
    if (numbers[i].number
            ? !read_number (file, numbers[i].key, numbers[i].number, error)
            : !read_count (file, numbers[i].key, most,
                           numbers[i].count ? &count : numbers[i].word, error))
      return false;
    if (numbers[i].count)
      *numbers[i].count = (size_t)count;
  }
  return true;
}

/* The best epoch is one of the history, with a validation loss; only with it can the last
 * state be another. */
static bool
check_best (const NnTrainer *trainer, GError **error)
{
  size_t best = trainer->best_epoch;
  bool possible = best <= trainer->history->len && (best > 0 || !trainer->last);
  if (possible && best > 0)
    possible =
        isfinite (g_array_index (trainer->history, NnEpoch, best - 1).validation_loss);
  return possible || fail (error, NN_ERROR_FORMAT, "its best epoch is %zu of %u", best,
                           trainer->history->len);
}

static bool
read_trainer (const NnSafetensors *file, NnTrainer *trainer, GError **error)
{
  NnTrainerConfig *config = &trainer->config;
  const char *loss = nn_safetensors_get_metadata (file, KEY_LOSS);
  const char *schedule = nn_safetensors_get_metadata (file, KEY_SCHEDULE);
  const char *rng = nn_safetensors_get_metadata (file, KEY_RNG);
  if (!read_history (file, trainer->history, error) ||
      !read_batches (file, trainer, error) || !read_numbers (file, trainer, error))
    return false;
  if (loss && !nn_loss_from_string (loss, &config->loss.kind))
    return fail (error, NN_ERROR_FORMAT, "loss %s is unknown", loss);
  if (schedule && !nn_schedule_from_string (schedule, &config->schedule.kind))
    return fail (error, NN_ERROR_FORMAT, "schedule %s is unknown", schedule);
  if (rng && !parse_rng (rng, &trainer->rng))
    return fail (error, NN_ERROR_FORMAT, KEY_RNG " is no state of the generator");
  g_autoptr (GError) range = NULL;
  if (!nn_trainer_config_check (config, &range))
    return fail (error, NN_ERROR_FORMAT, "%s", range->message);
  return check_best (trainer, error);
}

static void
read_metadata (const NnSafetensors *file, GHashTable *metadata)
{
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, nn_safetensors_get_all_metadata (file));
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (!g_str_has_prefix (key, OWN_PREFIX) && !g_str_equal (key, "format"))
      g_hash_table_insert (metadata, g_strdup (key), g_strdup (value));
  }
}

/* The original study's rate, for a file without one. */
static const NnTrainerConfig trainer_default = {.n_epochs = 0, .learning_rate = 1e-4};

bool
nn_checkpoint_read_head (GBytes *bytes, NnCheckpointHead *head, GError **error)
{
  NnConfig config;
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (bytes, error);
  if (!file || !read_config (file, &config, error) ||
      !check_tensors (file, &config, error))
    return false;
  g_auto (NnCheckpointHead) found = {.config = config};
  nn_trainer_init (&found.trainer, &trainer_default, 1);
  found.metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_trainer (file, &found.trainer, error))
    return false;
  read_metadata (file, found.metadata);
  *head = found;
  found = (NnCheckpointHead){0};
  return true;
}

NnCheckpoint *
nn_checkpoint_decode (GBytes *bytes, GError **error)
{
  NnConfig config;
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (bytes, error);
  if (!file || !read_config (file, &config, error) ||
      !check_tensors (file, &config, error))
    return NULL;
  NnAutoencoder *model = nn_autoencoder_new (&config, 1, error);
  if (!model)
    return NULL;
  g_autoptr (NnCheckpoint) checkpoint = nn_checkpoint_new (model, &trainer_default, 1);
  if (!read_params (file, nn_autoencoder_get_params (model), &checkpoint->trainer,
                    error) ||
      !read_normalisation (file, TENSOR_MEAN, checkpoint->mean, config.n_channels, false,
                           error) ||
      !read_normalisation (file, TENSOR_SCALE, checkpoint->scale, config.n_channels, true,
                           error) ||
      !read_trainer (file, &checkpoint->trainer, error))
    return NULL;
  read_metadata (file, checkpoint->metadata);
  return g_steal_pointer (&checkpoint);
}
