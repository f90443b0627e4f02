#include "nn/checkpoint.h"

#include "nn/error.h"
#include "nn/safetensors.h"
#include <math.h>
#include <string.h>

/* The checkpoint's own names: metadata keys, and tensors beside the parameters. */
#define OWN_PREFIX "nn."
#define KEY_ARCHITECTURE OWN_PREFIX "architecture"
#define KEY_DECODER_INPUT OWN_PREFIX "decoder_input"
#define KEY_DROPOUT OWN_PREFIX "dropout"
#define KEY_N_EPOCHS OWN_PREFIX "n_epochs"
#define KEY_LEARNING_RATE OWN_PREFIX "learning_rate"
#define KEY_STEP OWN_PREFIX "step"
#define KEY_RNG OWN_PREFIX "rng"
#define TENSOR_MEAN OWN_PREFIX "mean"
#define TENSOR_SCALE OWN_PREFIX "scale"
#define TENSOR_HISTORY OWN_PREFIX "history"
#define PREFIX_M OWN_PREFIX "adam.m."
#define PREFIX_V OWN_PREFIX "adam.v."

/* training loss, validation loss, seconds */
enum { HISTORY_COLUMNS = 3 };

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

/* A block of a network that is kept. */
typedef struct {
  const char *prefix; /* its tensors' names are this and the entry's */
  const NnParam *table;
  size_t n;
  nn_real *values;
  bool optional;       /* a file without any of it is taken as it is */
  const char *squares; /* what ends the names of entries that are never negative; NULL */
} Block;

enum { N_BLOCKS = 4 };

static void
get_blocks (const NnParams *params, Block blocks[N_BLOCKS])
{
  const Block found[N_BLOCKS] = {
      {"", params->table, params->n_params, params->value, false, NULL},
      {"", params->buffer_table, params->n_buffers, params->buffer, false,
       ".running_var"},
      {PREFIX_M, params->table, params->n_params, params->m, true, NULL},
      {PREFIX_V, params->table, params->n_params, params->v, true, ""},
  };
  memcpy (blocks, found, sizeof found);
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
add_params (NnSafetensors *file, const NnParams *params)
{
  Block blocks[N_BLOCKS];
  get_blocks (params, blocks);
  for (size_t b = 0; b < N_BLOCKS; b++) {
    for (size_t i = 0; i < blocks[b].n; i++) {
      const NnParam *param = &blocks[b].table[i];
      g_autofree char *name = g_strconcat (blocks[b].prefix, param->name, NULL);
      add_reals (file, name, param->n_dimensions, param->shape,
                 blocks[b].values + param->offset);
    }
  }
}

/* counts (n_counters): overwritten with what the file then borrows. */
static void
add_counters (NnSafetensors *file, const NnParams *params, int64_t *counts)
{
  for (size_t i = 0; i < params->n_counters; i++) {
    counts[i] = (int64_t)MIN (params->counters[i].value, (uint64_t)G_MAXINT64);
    nn_safetensors_add_i64 (file, params->counters[i].name, 0, NULL, &counts[i]);
  }
}

static void
add_metadata (NnSafetensors *file, const NnCheckpoint *checkpoint)
{
  const NnTrainer *trainer = &checkpoint->trainer;
  const uint64_t *state = trainer->rng.state;
  char rate[G_ASCII_DTOSTR_BUF_SIZE];
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, checkpoint->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    nn_safetensors_set_metadata (file, key, value);

  g_autofree char *n_epochs = g_strdup_printf ("%zu", trainer->config.n_epochs);
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, trainer->step);
  g_autofree char *rng =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER
                       "x%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                       state[0], state[1], state[2], state[3]);
  const NnConfig *config = nn_autoencoder_get_config (checkpoint->model);
  nn_safetensors_set_metadata (file, "format", "pt"); /* what Python's readers look for */
  nn_safetensors_set_metadata (file, KEY_ARCHITECTURE,
                               nn_architecture_to_string (config->architecture));
  nn_safetensors_set_metadata (file, KEY_DECODER_INPUT,
                               nn_decoder_input_to_string (config->decoder_input));
  nn_safetensors_set_metadata (file, KEY_DROPOUT,
                               g_ascii_dtostr (rate, sizeof rate, config->dropout));
  nn_safetensors_set_metadata (file, KEY_N_EPOCHS, n_epochs);
  nn_safetensors_set_metadata (
      file, KEY_LEARNING_RATE,
      g_ascii_dtostr (rate, sizeof rate, trainer->config.learning_rate));
  nn_safetensors_set_metadata (file, KEY_STEP, step);
  nn_safetensors_set_metadata (file, KEY_RNG, rng);
}

GBytes *
nn_checkpoint_encode (const NnCheckpoint *checkpoint)
{
  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  const GArray *history = checkpoint->trainer.history;
  size_t n_channels = nn_autoencoder_get_config (checkpoint->model)->n_channels;
  g_autofree double *losses = g_new (double, history->len *HISTORY_COLUMNS + 1);
  for (guint i = 0; i < history->len; i++) {
    const NnEpoch *epoch = &g_array_index (history, NnEpoch, i);
    losses[i * HISTORY_COLUMNS] = epoch->training_loss;
    losses[i * HISTORY_COLUMNS + 1] = epoch->validation_loss;
    losses[i * HISTORY_COLUMNS + 2] = epoch->seconds;
  }
  const NnParams *params = nn_autoencoder_get_params (checkpoint->model);
  g_autofree int64_t *counts = g_new (int64_t, params->n_counters);
  add_metadata (file, checkpoint);
  /* What is 8 bytes long first: so every tensor is aligned for its type. */
  nn_safetensors_add_f64 (file, TENSOR_MEAN, 1, &n_channels, checkpoint->mean);
  nn_safetensors_add_f64 (file, TENSOR_SCALE, 1, &n_channels, checkpoint->scale);
  nn_safetensors_add_f64 (file, TENSOR_HISTORY, 2,
                          (size_t[]){history->len, HISTORY_COLUMNS}, losses);
  add_counters (file, params, counts);
  add_params (file, params);
  return nn_safetensors_encode (file);
}

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
read_block (const NnSafetensors *file, const Block *block, GError **error)
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

/* Counts that a file does not have stay 0: no arithmetic depends on them. */
static bool
read_counters (const NnSafetensors *file, NnParams *params, GError **error)
{
  for (size_t i = 0; i < params->n_counters; i++) {
    const char *name = params->counters[i].name;
    const NnTensor *tensor = nn_safetensors_find (file, name);
    int64_t value;
    if (!tensor)
      continue;
    if (tensor->n_dimensions != 0)
      return fail (error, NN_ERROR_MISMATCH, "tensor %s is not a single number", name);
    if (!nn_tensor_read_i64 (tensor, &value, error))
      return false;
    if (value < 0)
      return fail (error, NN_ERROR_FORMAT, "tensor %s has an impossible value", name);
    params->counters[i].value = (uint64_t)value;
  }
  return true;
}

static bool
read_params (const NnSafetensors *file, NnParams *params, GError **error)
{
  Block blocks[N_BLOCKS];
  get_blocks (params, blocks);
  for (size_t i = 0; i < N_BLOCKS; i++) {
    if (!read_block (file, &blocks[i], error))
      return false;
  }
  return read_counters (file, params, error);
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
read_trainer (const NnSafetensors *file, NnTrainer *trainer, GError **error)
{
  uint64_t n_epochs = trainer->config.n_epochs;
  if (!read_history (file, trainer->history, error) ||
      !read_count (file, KEY_N_EPOCHS, G_MAXSIZE, &n_epochs, error) ||
      !read_count (file, KEY_STEP, G_MAXUINT64 - 1, &trainer->step, error))
    return false;
  trainer->config.n_epochs = (size_t)n_epochs;

  if (!read_number (file, KEY_LEARNING_RATE, &trainer->config.learning_rate, error))
    return false;
  if (trainer->config.learning_rate <= 0)
    return fail (error, NN_ERROR_FORMAT, KEY_LEARNING_RATE " is not above 0");
  const char *rng = nn_safetensors_get_metadata (file, KEY_RNG);
  if (rng && !parse_rng (rng, &trainer->rng))
    return fail (error, NN_ERROR_FORMAT, KEY_RNG " is no state of the generator");
  return true;
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

NnCheckpoint *
nn_checkpoint_decode (GBytes *bytes, GError **error)
{
  NnConfig config;
  /* The original study's rate, for a file without one. */
  const NnTrainerConfig trainer = {.n_epochs = 0, .learning_rate = 1e-4};
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (bytes, error);
  if (!file || !read_config (file, &config, error) ||
      !check_tensors (file, &config, error))
    return NULL;
  NnAutoencoder *model = nn_autoencoder_new (&config, 1, error);
  if (!model)
    return NULL;
  g_autoptr (NnCheckpoint) checkpoint = nn_checkpoint_new (model, &trainer, 1);
  if (!read_params (file, nn_autoencoder_get_params (model), error) ||
      !read_normalisation (file, TENSOR_MEAN, checkpoint->mean, config.n_channels, false,
                           error) ||
      !read_normalisation (file, TENSOR_SCALE, checkpoint->scale, config.n_channels, true,
                           error) ||
      !read_trainer (file, &checkpoint->trainer, error))
    return NULL;
  read_metadata (file, checkpoint->metadata);
  return g_steal_pointer (&checkpoint);
}
