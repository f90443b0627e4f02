#include "nn/autoencoder.h"

#include "nn/layer.h"
#include "nn/plan.h"
#include "nn/rows.h"
#include <string.h>

struct NnAutoencoder {
  NnConfig config;
  NnParams *params; /* owned */
  NnLayer *layers;  /* owned, (n_layers), in the order of the forward pass */
  size_t n_layers, n_encoder;

  /* The rows of the current batch: levels[0] of the signals, then one for every layer
   * that changes lengths. Owned. */
  NnLevel *levels;
  size_t n_levels, n_lengths; /* room for n_lengths signals in each */
  NnBlock input, gradient;    /* of the loss by the output */
  GPtrArray *blocks;          /* of all layers */
  NnArena arena;
  NnPass pass;
};

/* A width of the network, as an index into what build makes. */
enum { CHANNELS, WIDTH_1, WIDTH_2, WIDTH_3, HIDDEN, N_WIDTHS };

/* Modules in PyTorch. A name that ends in "." is an nn.Sequential's, where a layer's name
 * is its index. */
static const char conv_enc[] = "encoder.conv_enc.", lstm_enc[] = "encoder.lstm_enc",
                  lstm_dec[] = "decoder.lstm_dec", linear_dec[] = "decoder.linear_dec",
                  conv_dec[] = "decoder.conv_dec.";

/* One line of an architecture. An LSTM stands for the config's n_layers of them; expand
 * is there only for a decoder that reads the embedding. */
typedef struct {
  const NnLayerKind *kind;
  const char *module;
  int in, out;
} Line;

static const Line readme[] = {
    {&nn_layer_conv1d, conv_enc, CHANNELS, WIDTH_1},
    {&nn_layer_relu, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_enc, WIDTH_1, WIDTH_2},
    {&nn_layer_relu, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_enc, WIDTH_2, WIDTH_3},
    {&nn_layer_lstm, lstm_enc, WIDTH_3, HIDDEN},
    {&nn_layer_expand, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_lstm, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_linear, linear_dec, HIDDEN, WIDTH_3},
    {&nn_layer_conv1d, conv_dec, WIDTH_3, WIDTH_2},
    {&nn_layer_relu, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_dec, WIDTH_2, WIDTH_1},
    {&nn_layer_relu, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_dec, WIDTH_1, CHANNELS},
};

static const Line batchnorm[] = {
    {&nn_layer_conv1d, conv_enc, CHANNELS, WIDTH_1},
    {&nn_layer_batchnorm, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_relu, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_dropout, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_enc, WIDTH_1, WIDTH_2},
    {&nn_layer_batchnorm, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_relu, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_dropout, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_enc, WIDTH_2, WIDTH_3},
    {&nn_layer_lstm, lstm_enc, WIDTH_3, HIDDEN},
    {&nn_layer_expand, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_lstm, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_linear, linear_dec, HIDDEN, WIDTH_3},
    {&nn_layer_conv1d, conv_dec, WIDTH_3, WIDTH_2},
    {&nn_layer_batchnorm, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_relu, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_dropout, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_dec, WIDTH_2, WIDTH_1},
    {&nn_layer_batchnorm, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_relu, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_dropout, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_dec, WIDTH_1, CHANNELS},
};

static const Line pooled[] = {
    {&nn_layer_conv1d, conv_enc, CHANNELS, WIDTH_1},
    {&nn_layer_batchnorm, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_relu, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_dropout, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_batchnorm, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_maxpool, conv_enc, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_enc, WIDTH_1, WIDTH_2},
    {&nn_layer_batchnorm, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_relu, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_dropout, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_batchnorm, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_maxpool, conv_enc, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_enc, WIDTH_2, WIDTH_3},
    {&nn_layer_batchnorm, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_relu, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_dropout, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_conv1d, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_batchnorm, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_maxpool, conv_enc, WIDTH_3, WIDTH_3},
    {&nn_layer_lstm, lstm_enc, WIDTH_3, HIDDEN},
    {&nn_layer_expand, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_lstm, lstm_dec, HIDDEN, HIDDEN},
    {&nn_layer_linear, linear_dec, HIDDEN, WIDTH_3},
    {&nn_layer_upsample, conv_dec, WIDTH_3, WIDTH_3},
    {&nn_layer_conv1d, conv_dec, WIDTH_3, WIDTH_2},
    {&nn_layer_batchnorm, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_relu, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_dropout, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_batchnorm, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_upsample, conv_dec, WIDTH_2, WIDTH_2},
    {&nn_layer_conv1d, conv_dec, WIDTH_2, WIDTH_1},
    {&nn_layer_batchnorm, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_relu, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_dropout, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_batchnorm, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_upsample, conv_dec, WIDTH_1, WIDTH_1},
    {&nn_layer_conv1d, conv_dec, WIDTH_1, CHANNELS},
    {&nn_layer_batchnorm, conv_dec, CHANNELS, CHANNELS},
    {&nn_layer_relu, conv_dec, CHANNELS, CHANNELS},
    {&nn_layer_dropout, conv_dec, CHANNELS, CHANNELS},
    {&nn_layer_conv1d, conv_dec, CHANNELS, CHANNELS},
    {&nn_layer_batchnorm, conv_dec, CHANNELS, CHANNELS},
};

static const struct {
  const Line *lines;
  size_t n_lines;
} architectures[] = {
    [NN_ARCHITECTURE_README] = {readme, G_N_ELEMENTS (readme)},
    [NN_ARCHITECTURE_BATCHNORM] = {batchnorm, G_N_ELEMENTS (batchnorm)},
    [NN_ARCHITECTURE_POOLED] = {pooled, G_N_ELEMENTS (pooled)},
};

/* How many layers a line stands for. */
static size_t
count_layers (const NnConfig *config, const Line *line)
{
  if (line->kind == &nn_layer_expand)
    return config->decoder_input == NN_DECODER_INPUT_EMBEDDING;
  return line->kind == &nn_layer_lstm ? config->n_layers : 1;
}

/* Appends the layers of config to layers (NnLayer), their parameters to params. Returns
 * how many are the encoder's. */
static size_t
build (const NnConfig *config, GArray *layers, NnParams *params)
{
  const size_t widths[N_WIDTHS] = {config->n_channels, config->widths[0],
                                   config->widths[1], config->widths[2], config->hidden};
  const char *module = NULL;
  size_t n_encoder = 0, index = 0;
  for (size_t i = 0; i < architectures[config->architecture].n_lines; i++) {
    const Line *line = &architectures[config->architecture].lines[i];
    index = line->module == module ? index + 1 : 0;
    module = line->module;
    g_autofree char *name = g_str_has_suffix (module, ".")
                                ? g_strdup_printf ("%s%zu", module, index)
                                : g_strdup (module);
    size_t n = count_layers (config, line);
    for (size_t level = 0; level < n; level++) {
      NnLayer layer = {.kind = line->kind,
                       .number = layers->len,
                       .n_in = widths[level > 0 ? line->out : line->in],
                       .n_out = widths[line->out],
                       .param = params->n_params,
                       .buffer = params->n_buffers,
                       .counter = params->n_counters};
      g_array_append_val (layers, layer);
      n_encoder += module == conv_enc || module == lstm_enc;
      line->kind->add_params (params, name, level, layer.n_in, layer.n_out);
    }
  }
  return n_encoder;
}

NnParams *
nn_autoencoder_describe (const NnConfig *config)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (NnLayer));
  NnParams *params = nn_params_new ();
  build (config, layers, params);
  return params;
}

/* The encoder ends with its LSTM layers; each of the decoder's starts from the final
 * state of its counterpart. */
static void
connect_states (NnAutoencoder *model)
{
  size_t n = model->config.n_layers, first = model->n_encoder;
  while (model->layers[first].kind != &nn_layer_lstm)
    first++;
  for (size_t i = 0; i < n; i++) {
    model->layers[first + i].initial = &model->layers[model->n_encoder - n + i];
    model->layers[first + i].initial_cells =
        model->config.decoder_input == NN_DECODER_INPUT_SEQUENCE;
  }
}

static void
connect_levels (NnAutoencoder *model)
{
  size_t level = 0;
  model->n_levels = 1;
  for (size_t i = 0; i < model->n_layers; i++)
    model->n_levels += model->layers[i].kind->lengths != NN_LENGTHS_KEPT;
  model->levels = g_new0 (NnLevel, model->n_levels);
  for (size_t i = 0; i < model->n_layers; i++) {
    model->layers[i].from = &model->levels[level];
    level += model->layers[i].kind->lengths != NN_LENGTHS_KEPT;
    model->layers[i].to = &model->levels[level];
  }
}

/* The network without memory for its parameters. */
static NnAutoencoder *
wire (const NnConfig *config)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (NnLayer));
  NnAutoencoder *model = g_new0 (NnAutoencoder, 1);
  model->config = *config;
  model->blocks = g_ptr_array_new ();
  model->params = nn_params_new ();
  model->n_encoder = build (config, layers, model->params);
  model->n_layers = layers->len;
  model->layers = (NnLayer *)(void *)g_array_steal (layers, NULL);
  connect_states (model);
  connect_levels (model);
  model->pass.params = model->params;
  model->pass.dropout = config->dropout;
  return model;
}

NnAutoencoder *
nn_autoencoder_new (const NnConfig *config, uint64_t seed, GError **error)
{
  if (!nn_config_check (config, error))
    return NULL;
  NnAutoencoder *model = wire (config);
  nn_params_allocate (model->params);
  NnRng rng;
  nn_rng_seed (&rng, seed);
  nn_params_initialize (model->params, &rng);
  return model;
}

void
nn_autoencoder_free (NnAutoencoder *model)
{
  if (!model)
    return;
  for (size_t i = 0; i < model->n_layers; i++)
    nn_layer_clear (&model->layers[i]);
  for (size_t i = 0; i < model->n_levels; i++)
    g_free (model->levels[i].lengths);
  g_free (model->layers);
  g_free (model->levels);
  nn_params_free (model->params);
  nn_arena_clear (&model->arena);
  g_ptr_array_unref (model->blocks);
  nn_pass_clear (&model->pass);
  g_free (model);
}

const NnConfig *
nn_autoencoder_get_config (const NnAutoencoder *model)
{
  return &model->config;
}

NnParams *
nn_autoencoder_get_params (NnAutoencoder *model)
{
  return model->params;
}

size_t
nn_autoencoder_embedding_size (const NnAutoencoder *model)
{
  return model->config.n_layers * model->config.hidden;
}

/* Lengths and rows of n signals at every level. */
static void
set_levels (NnAutoencoder *model, const size_t *lengths, size_t n)
{
  if (n > model->n_lengths) {
    for (size_t i = 0; i < model->n_levels; i++) {
      g_free (model->levels[i].lengths);
      model->levels[i].lengths = g_new (size_t, n);
    }
    model->n_lengths = n;
  }
  for (size_t b = 0; b < n; b++) {
    g_assert (lengths[b] >= nn_config_shortest (&model->config));
    model->levels[0].lengths[b] = lengths[b];
  }
  model->levels[0].n_rows = nn_rows_count (lengths, n);
  for (size_t i = 0; i < model->n_layers; i++) {
    NnLengths change = model->layers[i].kind->lengths;
    NnLevel *to = &model->levels[model->layers[i].to - model->levels];
    if (change == NN_LENGTHS_KEPT)
      continue;
    for (size_t b = 0; b < n; b++) {
      size_t length = model->layers[i].from->lengths[b];
      to->lengths[b] = change == NN_LENGTHS_HALVED ? length / 2 : length * 2;
    }
    to->n_rows = nn_rows_count (to->lengths, n);
  }
}

/* What layer number i reads in the current batch. */
static nn_real *
input_of (const NnAutoencoder *model, size_t i)
{
  return i > 0 ? model->layers[i - 1].y : model->input.data;
}

static const NnLayer *
last_layer (const NnAutoencoder *model)
{
  return &model->layers[model->n_layers - 1];
}

/* Which memory the first n layers need for signals of these lengths. */
static void
plan (NnAutoencoder *model, const size_t *lengths, size_t n_signals, size_t n,
      bool training)
{
  set_levels (model, lengths, n_signals);
  model->pass.n_signals = n_signals;
  model->pass.training = training;
  nn_plan_blocks (model->blocks, &model->pass, model->layers, n, &model->input,
                  &model->gradient);
}

size_t
nn_autoencoder_measure (const NnConfig *config, const size_t *lengths, size_t n_signals)
{
  g_autoptr (NnAutoencoder) model = wire (config);
  plan (model, lengths, n_signals, model->n_layers, true);
  return (nn_params_measure (model->params) + nn_arena_plan (model->blocks)) *
         sizeof (nn_real);
}

/* Runs the first n layers over batch. FALSE if stopped by poll. */
static bool
run_forward (NnAutoencoder *model, const NnBatch *batch, size_t n, bool training,
             const NnPoll *poll)
{
  g_assert (batch->n_channels == model->config.n_channels && batch->n_signals > 0);
  plan (model, batch->lengths, batch->n_signals, n, training);
  nn_arena_provide (&model->arena, model->blocks);
  nn_pass_prepare (&model->pass);
  model->pass.poll = poll;
  for (size_t i = 0; i < n; i++) {
    NnLayer *layer = &model->layers[i];
    nn_arena_enter (&model->arena, model->blocks, i);
    if (i == 0)
      nn_rows_gather (model->input.data, batch->data, batch->lengths, batch->n_signals,
                      batch->max_length, batch->n_channels);
    if (!nn_poll (poll) ||
        !layer->kind->forward (&model->pass, layer, input_of (model, i)))
      return false;
  }
  nn_arena_enter (&model->arena, model->blocks, n);
  return true;
}

/* The final hidden states of the encoder's LSTM layers side by side, or their means. */
static void
read_embedding (NnAutoencoder *model, nn_real *embedding, bool mean)
{
  size_t n = model->config.n_layers, hidden = model->config.hidden;
  for (size_t i = 0; i < n; i++) {
    const NnLayer *layer = &model->layers[model->n_encoder - n + i];
    (mean ? nn_rows_get_mean : nn_rows_get_last) (embedding + i * hidden, n * hidden,
                                                  layer->y, layer->to->lengths,
                                                  model->pass.n_signals, hidden);
  }
}

static void
read_reconstruction (NnAutoencoder *model, const NnBatch *batch, nn_real *reconstruction)
{
  const NnLayer *last = last_layer (model);
  nn_rows_scatter (reconstruction, last->y, last->to->lengths, batch->n_signals,
                   batch->max_length, batch->n_channels);
}

bool
nn_autoencoder_encode (NnAutoencoder *model, const NnBatch *batch, nn_real *embedding,
                       const NnPoll *poll)
{
  if (!run_forward (model, batch, model->n_encoder, false, poll))
    return false;
  read_embedding (model, embedding, false);
  return true;
}

bool
nn_autoencoder_encode_mean (NnAutoencoder *model, const NnBatch *batch,
                            nn_real *embedding, const NnPoll *poll)
{
  if (!run_forward (model, batch, model->n_encoder, false, poll))
    return false;
  read_embedding (model, embedding, true);
  return true;
}

bool
nn_autoencoder_reconstruct (NnAutoencoder *model, const NnBatch *batch,
                            nn_real *reconstruction, nn_real *embedding,
                            const NnPoll *poll)
{
  if (!run_forward (model, batch, model->n_layers, false, poll))
    return false;
  read_reconstruction (model, batch, reconstruction);
  if (embedding)
    read_embedding (model, embedding, false);
  return true;
}

static double
measure_loss (const NnAutoencoder *model, const NnBatch *batch, const NnLoss *loss)
{
  const NnLayer *last = last_layer (model);
  return nn_loss_forward (loss, last->y, last->to->lengths, model->input.data,
                          batch->lengths, batch->n_signals, batch->n_channels);
}

bool
nn_autoencoder_loss (NnAutoencoder *model, const NnBatch *batch, const NnLoss *loss,
                     double *value, const NnPoll *poll)
{
  if (!run_forward (model, batch, model->n_layers, false, poll))
    return false;
  *value = measure_loss (model, batch, loss);
  return true;
}

bool
nn_autoencoder_backward (NnAutoencoder *model, const NnBatch *batch, const NnLoss *loss,
                         uint64_t seed, double *value, nn_real *reconstruction,
                         const NnPoll *poll)
{
  model->pass.seed = seed;
  if (!run_forward (model, batch, model->n_layers, true, poll))
    return false;
  double found = measure_loss (model, batch, loss);
  if (reconstruction)
    read_reconstruction (model, batch, reconstruction);

  const NnLayer *last = last_layer (model);
  memset (model->params->gradient, 0,
          model->params->size * sizeof *model->params->gradient);
  nn_real *dy = model->gradient.data;
  nn_loss_backward (loss, dy, last->y, last->to->lengths, model->input.data,
                    batch->lengths, batch->n_signals, batch->n_channels);
  for (size_t i = model->n_layers; i-- > 0;) {
    NnLayer *layer = &model->layers[i];
    nn_real *dx = layer->kind->in_place ? dy : layer->gradient.data;
    nn_arena_enter (&model->arena, model->blocks, nn_plan_backward (model->n_layers, i));
    if (!nn_poll (poll) ||
        !layer->kind->backward (&model->pass, layer, dx, dy, input_of (model, i)))
      return false;
    dy = dx;
  }
  *value = found;
  return true;
}

void
nn_autoencoder_track (NnAutoencoder *model)
{
  g_assert (model->pass.training);
  for (size_t i = 0; i < model->n_layers; i++)
    nn_layer_track (&model->pass, &model->layers[i]);
}
