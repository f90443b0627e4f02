#include "nn/checkpoint.h"
#include "nn/error.h"
#include "nn/safetensors.h"
#include <glib.h>
#include <math.h>
#include <string.h>

static const NnConfig small = {.architecture = NN_ARCHITECTURE_README,
                               .n_channels = 2,
                               .widths = {3, 4, 5},
                               .hidden = 3,
                               .n_layers = 2};

/* With all that a network can have beside parameters. */
static const NnConfig full = {.architecture = NN_ARCHITECTURE_POOLED,
                              .n_channels = 2,
                              .widths = {3, 4, 5},
                              .hidden = 3,
                              .n_layers = 4,
                              .decoder_input = NN_DECODER_INPUT_EMBEDDING,
                              .dropout = 0.1 + 1e-17};

/* A checkpoint with a value of its own in every place. */
static NnCheckpoint *
make_checkpoint_of (const NnConfig *network)
{
  NnTrainerConfig config = {.n_epochs = 7,
                            .learning_rate = 0.1 + 1e-17,
                            .loss = {NN_LOSS_HUBER, 1.0 / 3},
                            .weight_decay = 1.0 / 7,
                            .clip_norm = 1e300,
                            .schedule = {NN_SCHEDULE_COSINE, 123},
                            .patience = 5};
  NnCheckpoint *checkpoint =
      nn_checkpoint_new (nn_autoencoder_new (network, 3, NULL), &config, 9);
  NnParams *params = nn_autoencoder_get_params (checkpoint->model);
  NnEpoch epochs[] = {{1.25, NAN, 3.5}, {1.0 / 3, 0.7, 0.001}};
  NnRng rng;
  nn_rng_seed (&rng, 4);
  for (size_t i = 0; i < params->size; i++) {
    params->m[i] = (nn_real)nn_rng_normal (&rng);
    params->v[i] = (nn_real)nn_rng_uniform (&rng);
  }
  for (size_t i = 0; i < params->buffer_size; i++)
    params->buffer[i] = (nn_real)nn_rng_uniform (&rng);
  for (size_t i = 0; i < params->n_counters; i++)
    params->counters[i].value = 1000 + i;
  checkpoint->trainer.step = G_GUINT64_CONSTANT (12345678901234);
  g_array_append_vals (checkpoint->trainer.history, epochs, 2);
  g_array_append_vals (checkpoint->trainer.epoch_batches, (size_t[]){1, 2}, 2);
  g_array_append_vals (checkpoint->trainer.batch_losses, (float[]){3, 2.5f, 0.1f}, 3);
  checkpoint->trainer.best_epoch = 2;
  checkpoint->trainer.last = nn_snapshot_new (params);
  for (size_t i = 0; i < params->size; i++)
    checkpoint->trainer.last->value[i] = (nn_real)nn_rng_normal (&rng);
  for (size_t i = 0; i < params->buffer_size; i++)
    checkpoint->trainer.last->buffer[i] = (nn_real)nn_rng_uniform (&rng);
  for (size_t i = 0; i < params->n_counters; i++)
    checkpoint->trainer.last->counters[i] = 2000 + i;
  checkpoint->mean[1] = -1e300;
  checkpoint->scale[0] = 1.0 / 3;
  g_hash_table_insert (checkpoint->metadata, g_strdup ("rate_hz"), g_strdup ("20 \"π\""));
  return checkpoint;
}

static NnCheckpoint *
make_checkpoint (void)
{
  return make_checkpoint_of (&small);
}

static GBytes *
make_bytes (void)
{
  g_autoptr (NnCheckpoint) checkpoint = make_checkpoint ();
  return nn_checkpoint_encode (checkpoint);
}

static void
assert_same_block (const nn_real *a, const nn_real *b, size_t n)
{
  g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

static void
check_round_trip (const NnConfig *network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) made = make_checkpoint_of (network);
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (made);
  g_autoptr (NnCheckpoint) read = nn_checkpoint_decode (bytes, &error);
  g_assert_no_error (error);

  const NnConfig *config = nn_autoencoder_get_config (read->model);
  g_assert_cmpint (config->architecture, ==, network->architecture);
  g_assert_cmpuint (config->n_channels, ==, network->n_channels);
  g_assert_cmpmem (config->widths, sizeof config->widths, network->widths,
                   sizeof network->widths);
  g_assert_cmpuint (config->hidden, ==, network->hidden);
  g_assert_cmpuint (config->n_layers, ==, network->n_layers);
  g_assert_cmpint (config->decoder_input, ==, network->decoder_input);
  g_assert_true (config->dropout == network->dropout);

  NnParams *a = nn_autoencoder_get_params (made->model);
  NnParams *b = nn_autoencoder_get_params (read->model);
  g_assert_cmpuint (a->size, ==, b->size);
  assert_same_block (a->value, b->value, a->size);
  assert_same_block (a->m, b->m, a->size);
  assert_same_block (a->v, b->v, a->size);
  assert_same_block (a->buffer, b->buffer, a->buffer_size);
  g_assert_cmpuint (a->n_counters, ==, b->n_counters);
  for (size_t i = 0; i < a->n_counters; i++)
    g_assert_cmpuint (b->counters[i].value, ==, 1000 + i);

  g_assert_cmpuint (read->trainer.step, ==, made->trainer.step);
  const NnTrainerConfig *c = &read->trainer.config, *d = &made->trainer.config;
  g_assert_cmpuint (c->n_epochs, ==, 7);
  g_assert_cmpint (c->loss.kind, ==, NN_LOSS_HUBER);
  g_assert_true (c->loss.delta == d->loss.delta && c->weight_decay == d->weight_decay &&
                 c->clip_norm == d->clip_norm);
  g_assert_cmpint (c->schedule.kind, ==, NN_SCHEDULE_COSINE);
  g_assert_cmpuint (c->schedule.warmup, ==, 123);
  g_assert_cmpuint (c->patience, ==, 5);
  g_assert_cmpuint (read->trainer.seed, ==, 9);
  g_assert_cmpuint (read->trainer.best_epoch, ==, 2);
  assert_same_block (made->trainer.last->value, read->trainer.last->value, a->size);
  assert_same_block (made->trainer.last->buffer, read->trainer.last->buffer,
                     a->buffer_size);
  for (size_t i = 0; i < a->n_counters; i++)
    g_assert_cmpuint (read->trainer.last->counters[i], ==, 2000 + i);
  g_assert_true (read->trainer.config.learning_rate ==
                 made->trainer.config.learning_rate);
  g_assert_cmpmem (&read->trainer.rng, sizeof (NnRng), &made->trainer.rng,
                   sizeof (NnRng));
  g_assert_cmpuint (read->trainer.history->len, ==, 2);
  g_assert_cmpmem (read->trainer.history->data, 2 * sizeof (NnEpoch),
                   made->trainer.history->data, 2 * sizeof (NnEpoch));
  g_assert_cmpmem (read->trainer.epoch_batches->data, 2 * sizeof (size_t),
                   made->trainer.epoch_batches->data, 2 * sizeof (size_t));
  g_assert_cmpuint (read->trainer.batch_losses->len, ==, 3);
  g_assert_cmpmem (read->trainer.batch_losses->data, 3 * sizeof (float),
                   made->trainer.batch_losses->data, 3 * sizeof (float));
  g_assert_cmpmem (read->mean, 2 * sizeof (double), made->mean, 2 * sizeof (double));
  g_assert_cmpmem (read->scale, 2 * sizeof (double), made->scale, 2 * sizeof (double));
  g_assert_cmpuint (g_hash_table_size (read->metadata), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (read->metadata, "rate_hz"), ==, "20 \"π\"");

  /* What was read is written as the same bytes. */
  g_autoptr (GBytes) again = nn_checkpoint_encode (read);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_round_trip (void)
{
  NnConfig plain = full;
  plain.architecture = NN_ARCHITECTURE_BATCHNORM;
  plain.decoder_input = NN_DECODER_INPUT_SEQUENCE;
  plain.n_layers = 3;
  check_round_trip (&small);
  check_round_trip (&full);
  check_round_trip (&plain);
}

/* The study's names and shapes, as PyTorch's state_dict has them. */
static void
test_names (void)
{
  static const struct {
    const char *name;
    size_t n_dimensions, shape[3];
  } expected[] = {
      {"encoder.conv_enc.0.weight", 3, {3, 2, 3}},
      {"encoder.conv_enc.0.bias", 1, {3}},
      {"encoder.conv_enc.2.weight", 3, {4, 3, 3}},
      {"encoder.conv_enc.2.bias", 1, {4}},
      {"encoder.conv_enc.4.weight", 3, {5, 4, 3}},
      {"encoder.conv_enc.4.bias", 1, {5}},
      {"encoder.lstm_enc.weight_ih_l0", 2, {12, 5}},
      {"encoder.lstm_enc.weight_hh_l0", 2, {12, 3}},
      {"encoder.lstm_enc.bias_ih_l0", 1, {12}},
      {"encoder.lstm_enc.bias_hh_l0", 1, {12}},
      {"encoder.lstm_enc.weight_ih_l1", 2, {12, 3}},
      {"encoder.lstm_enc.weight_hh_l1", 2, {12, 3}},
      {"encoder.lstm_enc.bias_ih_l1", 1, {12}},
      {"encoder.lstm_enc.bias_hh_l1", 1, {12}},
      {"decoder.lstm_dec.weight_ih_l0", 2, {12, 3}},
      {"decoder.lstm_dec.weight_hh_l0", 2, {12, 3}},
      {"decoder.lstm_dec.bias_ih_l0", 1, {12}},
      {"decoder.lstm_dec.bias_hh_l0", 1, {12}},
      {"decoder.lstm_dec.weight_ih_l1", 2, {12, 3}},
      {"decoder.lstm_dec.weight_hh_l1", 2, {12, 3}},
      {"decoder.lstm_dec.bias_ih_l1", 1, {12}},
      {"decoder.lstm_dec.bias_hh_l1", 1, {12}},
      {"decoder.linear_dec.weight", 2, {5, 3}},
      {"decoder.linear_dec.bias", 1, {5}},
      {"decoder.conv_dec.0.weight", 3, {4, 5, 3}},
      {"decoder.conv_dec.0.bias", 1, {4}},
      {"decoder.conv_dec.2.weight", 3, {3, 4, 3}},
      {"decoder.conv_dec.2.bias", 1, {3}},
      {"decoder.conv_dec.4.weight", 3, {2, 3, 3}},
      {"decoder.conv_dec.4.bias", 1, {2}},
  };
  g_autoptr (GBytes) bytes = make_bytes ();
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (bytes, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    const NnTensor *tensor = nn_safetensors_find (file, expected[i].name);
    g_assert_nonnull (tensor);
    g_assert_cmpint (tensor->dtype, ==, NN_DTYPE_F32);
    g_assert_cmpmem (tensor->shape, tensor->n_dimensions * sizeof (size_t),
                     expected[i].shape, expected[i].n_dimensions * sizeof (size_t));
  }
  size_t n_study = 0;
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (file); i++)
    n_study += !g_str_has_prefix (nn_safetensors_get_tensor (file, i)->name, "nn.");
  g_assert_cmpuint (n_study, ==, G_N_ELEMENTS (expected));
}

/* The named tensors of a checkpoint, with one change made by edit. */
typedef struct {
  const NnConfig *network; /* NULL: small */
  const char *name;        /* of the tensor that is changed */
  const char *drop;        /* prefix of tensors left out, or NULL */
  const char *extra;       /* name of a tensor added, or NULL */
  size_t shape[3];         /* the changed tensor's, (0) to keep */
  float first;             /* its first value, 0 to keep */
  const char *key, *value; /* metadata to set, or NULL */
} Edit;

static GBytes *
edit_bytes (const Edit *edit)
{
  g_autoptr (NnCheckpoint) made =
      make_checkpoint_of (edit->network ? edit->network : &small);
  g_autoptr (GBytes) bytes = nn_checkpoint_encode (made);
  g_autoptr (NnSafetensors) file = nn_safetensors_decode (bytes, NULL);
  g_autoptr (NnSafetensors) edited = nn_safetensors_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, nn_safetensors_get_all_metadata (file));
  while (g_hash_table_iter_next (&iter, &key, &value))
    nn_safetensors_set_metadata (edited, key, value);
  if (edit->key)
    nn_safetensors_set_metadata (edited, edit->key, edit->value);
  for (size_t i = 0; i < nn_safetensors_get_n_tensors (file); i++) {
    const NnTensor *tensor = nn_safetensors_get_tensor (file, i);
    bool changed = g_strcmp0 (tensor->name, edit->name) == 0;
    const size_t *shape = changed && edit->shape[0] > 0 ? edit->shape : tensor->shape;
    if (edit->drop && g_str_has_prefix (tensor->name, edit->drop))
      continue;
    if (tensor->dtype == NN_DTYPE_I64) {
      int64_t *counts = g_new0 (int64_t, tensor->n_values + 64);
      g_ptr_array_add (blocks, counts);
      nn_tensor_read_i64 (tensor, counts, NULL);
      if (changed && edit->first != 0)
        counts[0] = (int64_t)edit->first;
      nn_safetensors_add_i64 (edited, tensor->name,
                              edit->shape[0] > 0 && changed ? 1 : tensor->n_dimensions,
                              shape, counts);
      continue;
    }
    double *values = g_new0 (double, tensor->n_values + 64);
    g_ptr_array_add (blocks, values);
    nn_tensor_read_double (tensor, values, NULL);
    if (changed && edit->first != 0)
      values[0] = edit->first;
    nn_safetensors_add_f64 (edited, tensor->name, tensor->n_dimensions, shape, values);
  }
  if (edit->extra)
    nn_safetensors_add_f64 (edited, edit->extra, 1, (size_t[]){1}, (double[]){1});
  return nn_safetensors_encode (edited);
}

static const struct {
  const char *what;
  Edit edit;
  int code; /* −1: decodes */
} edits[] = {
    {"nothing changed", {0}, -1},
    {"an unknown tensor of someone else", {.extra = "note"}, -1},
    {"no first moments", {.drop = "nn.adam.m."}, -1},
    {"no last", {.drop = "nn.last."}, -1},
    {"half a last", {.drop = "nn.last.decoder"}, NN_ERROR_MISMATCH},
    {"a last without its running statistics",
     {&full, .drop = "nn.last.decoder.conv_dec.2.running_mean"},
     NN_ERROR_MISMATCH},
    {"a longer last",
     {.name = "nn.last.decoder.linear_dec.bias", .shape = {6}},
     NN_ERROR_MISMATCH},
    {"NaN at last",
     {.name = "nn.last.decoder.linear_dec.bias", .first = NAN},
     NN_ERROR_FORMAT},
    {"a negative last count",
     {&full, .name = "nn.last.decoder.conv_dec.2.num_batches_tracked", .first = -1},
     NN_ERROR_FORMAT},
    {"a last but no best", {.key = "nn.best_epoch", .value = "0"}, NN_ERROR_FORMAT},
    {"the best of an epoch to come",
     {.key = "nn.best_epoch", .value = "3"},
     NN_ERROR_FORMAT},
    {"the best of no validation",
     {.key = "nn.best_epoch", .value = "1"},
     NN_ERROR_FORMAT},
    {"best of no number", {.key = "nn.best_epoch", .value = "x"}, NN_ERROR_FORMAT},
    {"loss", {.key = "nn.loss", .value = "l3"}, NN_ERROR_FORMAT},
    {"loss of another kind", {.key = "nn.loss", .value = "l2"}, -1},
    {"delta", {.key = "nn.huber_delta", .value = "0"}, NN_ERROR_FORMAT},
    {"decay", {.key = "nn.weight_decay", .value = "-1"}, NN_ERROR_FORMAT},
    {"clip norm", {.key = "nn.clip_norm", .value = "inf"}, NN_ERROR_FORMAT},
    {"schedule", {.key = "nn.schedule", .value = "sine"}, NN_ERROR_FORMAT},
    {"warm-up", {.key = "nn.warmup", .value = "-1"}, NN_ERROR_FORMAT},
    {"patience", {.key = "nn.patience", .value = "1.5"}, NN_ERROR_FORMAT},
    {"seed", {.key = "nn.seed", .value = ""}, NN_ERROR_FORMAT},
    {"no own tensors", {.drop = "nn.", .key = "nn.best_epoch", .value = "0"}, -1},
    {"no own tensors, but a best", {.drop = "nn."}, NN_ERROR_FORMAT},
    {"one moment missing",
     {.drop = "nn.adam.m.decoder.linear_dec.bias"},
     NN_ERROR_MISMATCH},
    {"first moment missing",
     {.drop = "nn.adam.v.encoder.conv_enc.0.weight"},
     NN_ERROR_MISMATCH},
    {"a weight missing", {.drop = "decoder.conv_dec.4.bias"}, NN_ERROR_MISMATCH},
    {"the encoder missing", {.drop = "encoder."}, NN_ERROR_MISMATCH},
    {"only half of a second layer",
     {.drop = "decoder.lstm_dec.weight_ih_l1"},
     NN_ERROR_MISMATCH},
    {"a tensor of another network",
     {.extra = "encoder.conv_enc.1.weight"},
     NN_ERROR_MISMATCH},
    {"a transposed weight",
     {.name = "decoder.linear_dec.weight", .shape = {3, 5}},
     NN_ERROR_MISMATCH},
    {"a longer bias",
     {.name = "decoder.linear_dec.bias", .shape = {6}},
     NN_ERROR_MISMATCH},
    {"another kernel",
     {.name = "encoder.conv_enc.0.weight", .shape = {3, 2, 5}},
     NN_ERROR_MISMATCH},
    {"a moment's shape",
     {.name = "nn.adam.m.decoder.linear_dec.bias", .shape = {6}},
     NN_ERROR_MISMATCH},
    {"NaN weight", {.name = "decoder.linear_dec.bias", .first = NAN}, NN_ERROR_FORMAT},
    {"weight beyond a float",
     {.name = "decoder.linear_dec.bias", .first = INFINITY},
     NN_ERROR_FORMAT},
    {"negative square",
     {.name = "nn.adam.v.decoder.linear_dec.bias", .first = -1},
     NN_ERROR_FORMAT},
    {"scale below 0", {.name = "nn.scale", .first = -1}, NN_ERROR_FORMAT},
    {"NaN mean", {.name = "nn.mean", .first = NAN}, NN_ERROR_FORMAT},
    {"three means", {.name = "nn.mean", .shape = {3}}, NN_ERROR_MISMATCH},
    {"no losses of batches", {.drop = "nn.history."}, -1},
    {"batches without losses", {.drop = "nn.history.losses"}, NN_ERROR_MISMATCH},
    {"batches of three epochs",
     {.name = "nn.history.batches", .shape = {3}},
     NN_ERROR_MISMATCH},
    {"fewer batches than losses",
     {.name = "nn.history.losses", .shape = {4}},
     NN_ERROR_FORMAT},
    {"more batches than losses",
     {.name = "nn.history.losses", .shape = {2}},
     NN_ERROR_FORMAT},
    {"less than no batches",
     {.name = "nn.history.batches", .shape = {2}, .first = -1},
     NN_ERROR_FORMAT},
    {"NaN loss of a batch", {.name = "nn.history.losses", .first = NAN}, NN_ERROR_FORMAT},
    {"history of four columns",
     {.name = "nn.history", .shape = {2, 4}},
     NN_ERROR_MISMATCH},
    {"NaN in the history", {.name = "nn.history", .first = NAN}, NN_ERROR_FORMAT},
    {"architecture", {.key = "nn.architecture", .value = "gpt"}, NN_ERROR_MISMATCH},
    {"another architecture",
     {.key = "nn.architecture", .value = "pooled"},
     NN_ERROR_MISMATCH},
    {"decoder input", {.key = "nn.decoder_input", .value = "all"}, NN_ERROR_MISMATCH},
    {"decoder of the embedding", {.key = "nn.decoder_input", .value = "embedding"}, -1},
    {"dropout without its layers",
     {.key = "nn.dropout", .value = "0.5"},
     NN_ERROR_MISMATCH},
    {"dropout of all", {&full, .key = "nn.dropout", .value = "1"}, NN_ERROR_MISMATCH},
    {"dropout of no number", {&full, .key = "nn.dropout", .value = ""}, NN_ERROR_FORMAT},
    {"a pooled network", {.network = &full}, -1},
    {"a running variance missing",
     {&full, .drop = "decoder.conv_dec.2.running_var"},
     NN_ERROR_MISMATCH},
    {"negative variance",
     {&full, .name = "decoder.conv_dec.2.running_var", .first = -1},
     NN_ERROR_FORMAT},
    {"negative running mean",
     {&full, .name = "decoder.conv_dec.2.running_mean", .first = -1},
     -1},
    {"NaN running mean",
     {&full, .name = "decoder.conv_dec.2.running_mean", .first = NAN},
     NN_ERROR_FORMAT},
    {"running mean of another width",
     {&full, .name = "decoder.conv_dec.2.running_mean", .shape = {7}},
     NN_ERROR_MISMATCH},
    {"no count", {&full, .drop = "decoder.conv_dec.2.num_batches_tracked"}, -1},
    {"a negative count",
     {&full, .name = "decoder.conv_dec.2.num_batches_tracked", .first = -1},
     NN_ERROR_FORMAT},
    {"two counts",
     {&full, .name = "decoder.conv_dec.2.num_batches_tracked", .shape = {2}},
     NN_ERROR_MISMATCH},
    {"a count of a layer that has none",
     {&full, .extra = "decoder.conv_dec.1.num_batches_tracked"},
     NN_ERROR_MISMATCH},
    {"the last of five LSTM layers",
     {&full, .extra = "encoder.lstm_enc.weight_ih_l4"},
     NN_ERROR_MISMATCH},
    {"step", {.key = "nn.step", .value = "-1"}, NN_ERROR_FORMAT},
    {"step too large",
     {.key = "nn.step", .value = "18446744073709551615"},
     NN_ERROR_FORMAT},
    {"epochs", {.key = "nn.n_epochs", .value = "many"}, NN_ERROR_FORMAT},
    {"rate 0", {.key = "nn.learning_rate", .value = "0"}, NN_ERROR_FORMAT},
    {"rate nan", {.key = "nn.learning_rate", .value = "nan"}, NN_ERROR_FORMAT},
    {"rate with a tail", {.key = "nn.learning_rate", .value = "0.1x"}, NN_ERROR_FORMAT},
    {"rng short", {.key = "nn.rng", .value = "0123"}, NN_ERROR_FORMAT},
    {"rng zero",
     {.key = "nn.rng",
      .value = "0000000000000000000000000000000000000000000000000000000000000000"},
     NN_ERROR_FORMAT},
    {"rng no number",
     {.key = "nn.rng",
      .value = "0000000000000000000000000000000000000000000000000000000000000g00"},
     NN_ERROR_FORMAT},
};

static void
test_edits (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = edit_bytes (&edits[i].edit);
    g_autoptr (NnCheckpoint) read = nn_checkpoint_decode (bytes, &error);
    g_test_message ("%s: %s", edits[i].what, error ? error->message : "read");
    if (edits[i].code < 0) {
      g_auto (NnCheckpointHead) head = {0};
      g_assert_no_error (error);
      g_assert_nonnull (read);
      g_assert_true (nn_checkpoint_read_head (bytes, &head, NULL));
      g_assert_cmpuint (head.trainer.history->len, ==, read->trainer.history->len);
      g_assert_cmpuint (head.trainer.best_epoch, ==, read->trainer.best_epoch);
      g_assert_cmpuint (head.config.hidden, ==,
                        nn_autoencoder_get_config (read->model)->hidden);
      g_assert_cmpuint (g_hash_table_size (head.metadata), ==,
                        g_hash_table_size (read->metadata));
    } else {
      g_assert_error (error, NN_ERROR, edits[i].code);
      g_assert_null (read);
    }
  }
}

/* Weights alone, as from Python's safetensors.torch.save_file. */
static void
test_weights_alone (void)
{
  g_autoptr (NnAutoencoder) model = nn_autoencoder_new (&small, 5, NULL);
  NnParams *params = nn_autoencoder_get_params (model);
  g_autoptr (NnSafetensors) file = nn_safetensors_new ();
  for (size_t i = params->n_params; i-- > 0;) {
    const NnParam *param = &params->table[i];
    nn_safetensors_add_f32 (file, param->name, param->n_dimensions, param->shape,
                            params->value + param->offset);
  }
  g_autoptr (GBytes) bytes = nn_safetensors_encode (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) read = nn_checkpoint_decode (bytes, &error);
  g_assert_no_error (error);
  assert_same_block (params->value, nn_autoencoder_get_params (read->model)->value,
                     params->size);
  g_assert_cmpuint (read->trainer.step, ==, 0);
  g_assert_cmpuint (read->trainer.history->len, ==, 0);
  g_assert_cmpuint (read->trainer.best_epoch, ==, 0);
  g_assert_null (read->trainer.last);
  g_assert_cmpint (read->trainer.config.loss.kind, ==, NN_LOSS_L1);
  g_assert_cmpfloat (read->trainer.config.weight_decay, ==, 0);
  g_assert_cmpint (read->trainer.config.schedule.kind, ==, NN_SCHEDULE_CONSTANT);
  g_assert_cmpfloat (read->trainer.config.learning_rate, >, 0);
  for (size_t c = 0; c < small.n_channels; c++) {
    g_assert_cmpfloat (read->mean[c], ==, 0);
    g_assert_cmpfloat (read->scale[c], ==, 1);
  }
}

static bool
decodes (const unsigned char *data, size_t n)
{
  /* A copy of its own, so that a sanitizer sees a read beyond its end. */
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_memdup2 (data, n), n);
  g_autoptr (GError) error = NULL;
  g_autoptr (NnCheckpoint) read = nn_checkpoint_decode (bytes, &error);
  g_assert_true ((read == NULL) == (error != NULL));
  if (error)
    g_assert_true (g_error_matches (error, NN_ERROR, NN_ERROR_FORMAT) ||
                   g_error_matches (error, NN_ERROR, NN_ERROR_MISMATCH));
  return read != NULL;
}

static void
test_truncations (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  size_t n;
  const unsigned char *data = g_bytes_get_data (bytes, &n);
  g_assert_true (decodes (data, n));
  for (size_t length = 0; length < n; length += length < 6000 ? 1 : 37)
    g_assert_false (decodes (data, length));
  g_assert_false (decodes (data, n - 1));
  g_autofree unsigned char *longer = g_malloc0 (n + 1);
  memcpy (longer, data, n);
  g_assert_false (decodes (longer, n + 1));
}

/* Bytes of the header changed at random: an error or another valid file, never a crash.
 */
static void
test_mutations (void)
{
  g_autoptr (GBytes) bytes = make_bytes ();
  size_t n, n_refused = 0, n_trials = 4000;
  const unsigned char *data = g_bytes_get_data (bytes, &n);
  guint64 n_header;
  memcpy (&n_header, data, sizeof n_header);
  n_header = GUINT64_FROM_LE (n_header);
  static const char likely[] = "0123456789-{}[]\",:.e\\ nul";
  for (size_t trial = 0; trial < n_trials; trial++) {
    g_autofree unsigned char *changed = g_memdup2 (data, n);
    for (int i = g_test_rand_int_range (1, 4); i > 0; i--) {
      size_t place = (size_t)g_test_rand_int_range (0, (gint32)n_header + 8);
      changed[place] =
          g_test_rand_bit ()
              ? (unsigned char)g_test_rand_int_range (0, 256)
              : (unsigned char)likely[g_test_rand_int_range (0, sizeof likely - 1)];
    }
    n_refused += !decodes (changed, n);
  }
  g_assert_cmpuint (n_refused, >, n_trials / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/checkpoint/round-trip", test_round_trip);
  g_test_add_func ("/nn/checkpoint/names", test_names);
  g_test_add_func ("/nn/checkpoint/edits", test_edits);
  g_test_add_func ("/nn/checkpoint/weights-alone", test_weights_alone);
  g_test_add_func ("/nn/checkpoint/truncations", test_truncations);
  g_test_add_func ("/nn/checkpoint/mutations", test_mutations);
  return g_test_run ();
}
