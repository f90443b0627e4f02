#include "nn/autoencoder.h"

#include "nn/conv1d.h"
#include "nn/error.h"
#include "nn/linear.h"
#include "nn/loss.h"
#include "nn/lstm.h"
#include "nn/parallel.h"
#include "nn/relu.h"
#include "nn/rows.h"
#include <math.h>
#include <string.h>

/* Memory that grows with the largest batch seen and is kept between batches. */
typedef struct {
  nn_real *data;
  size_t n;
} Buffer;

typedef struct LayerKind LayerKind;
typedef struct Layer Layer;

struct Layer {
  const LayerKind *kind;
  size_t n_in, n_out;
  size_t param;   /* its first parameter in the table */
  Layer *initial; /* LSTM of the decoder: the layer whose final state it starts from */
  nn_real *y;     /* (R, n_out): its output in the current batch */
  Buffer output;  /* y, unless the layer works in place */
  /* LSTM: c (R, H), gates (R, 4H); (B, H) for the states at its edge: the decoder's
   * initial ones on the way forward, the derivatives by the encoder's final ones back. */
  Buffer cells, gates, edge_h, edge_c;
};

struct NnAutoencoder {
  NnConfig config;
  NnParams *params; /* owned */
  Layer *layers;    /* owned, (n_layers), in the order of the forward pass */
  size_t n_layers, n_encoder;
  size_t widest; /* the most channels that any layer reads or writes */

  /* The current batch as rows. */
  const size_t *lengths; /* borrowed during a call */
  size_t n_signals, n_rows;
  Buffer input, gradients[2], scratch;
  NnLstmPlace *places; /* owned, (n_places ≥ B × threads) */
  size_t n_places;
};

struct LayerKind {
  void (*add_params) (NnParams *params, const char *name, size_t level, size_t n_in,
                      size_t n_out);
  /* layer->y from x (R, n_in). */
  void (*forward) (NnAutoencoder *model, Layer *layer, nn_real *x);
  /* Parameter gradients += and dx (R, n_in) = from dy (R, n_out), which is used up; dx is
   * NULL for the first layer. */
  void (*backward) (NnAutoencoder *model, Layer *layer, nn_real *dx, nn_real *dy,
                    const nn_real *x);
};

static nn_real *
grow (Buffer *buffer, size_t n_rows, size_t n_columns)
{
  size_t n;
  if (!g_size_checked_mul (&n, n_rows, n_columns))
    g_error ("%zu × %zu numbers are beyond the address space", n_rows, n_columns);
  if (n > buffer->n) {
    g_free (buffer->data);
    buffer->data = g_new (nn_real, n);
    buffer->n = n;
  }
  return buffer->data;
}

static const nn_real *
value_of (NnAutoencoder *model, const Layer *layer, size_t i)
{
  return model->params->value + model->params->table[layer->param + i].offset;
}

static nn_real *
gradient_of (NnAutoencoder *model, const Layer *layer, size_t i)
{
  return model->params->gradient + model->params->table[layer->param + i].offset;
}

static void
add_param (NnParams *params, const char *layer, const char *suffix, size_t n_dimensions,
           const size_t *shape, double bound)
{
  g_autofree char *name = g_strconcat (layer, ".", suffix, NULL);
  nn_params_add (params, name, n_dimensions, shape, bound);
}

/* PyTorch's Conv1d and Linear: uniform in ±1 / √(inputs of one output). */
static void
add_conv1d_params (NnParams *params, const char *name, size_t level, size_t n_in,
                   size_t n_out)
{
  double bound = 1 / sqrt ((double)(n_in * NN_CONV1D_KERNEL));
  add_param (params, name, "weight", 3, (size_t[]){n_out, n_in, NN_CONV1D_KERNEL}, bound);
  add_param (params, name, "bias", 1, &n_out, bound);
}

static void
forward_conv1d (NnAutoencoder *model, Layer *layer, nn_real *x)
{
  layer->y = grow (&layer->output, model->n_rows, layer->n_out);
  nn_real *scratch =
      grow (&model->scratch, 1, nn_conv1d_scratch_size (layer->n_in, layer->n_out));
  nn_conv1d_forward (layer->y, scratch, x, value_of (model, layer, 0),
                     value_of (model, layer, 1), model->lengths, model->n_signals,
                     layer->n_in, layer->n_out);
}

static void
backward_conv1d (NnAutoencoder *model, Layer *layer, nn_real *dx, nn_real *dy,
                 const nn_real *x)
{
  nn_conv1d_backward (dx, gradient_of (model, layer, 0), gradient_of (model, layer, 1),
                      model->scratch.data, dy, x, value_of (model, layer, 0),
                      model->lengths, model->n_signals, layer->n_in, layer->n_out);
}

static void
add_no_params (NnParams *params, const char *name, size_t level, size_t n_in,
               size_t n_out)
{
}

static void
forward_relu (NnAutoencoder *model, Layer *layer, nn_real *x)
{
  layer->y = x;
  nn_relu_forward (x, x, model->n_rows * layer->n_out);
}

static void
backward_relu (NnAutoencoder *model, Layer *layer, nn_real *dx, nn_real *dy,
               const nn_real *x)
{
  nn_relu_backward (dx, dy, layer->y, model->n_rows * layer->n_out);
}

static void
add_linear_params (NnParams *params, const char *name, size_t level, size_t n_in,
                   size_t n_out)
{
  double bound = 1 / sqrt ((double)n_in);
  add_param (params, name, "weight", 2, (size_t[]){n_out, n_in}, bound);
  add_param (params, name, "bias", 1, &n_out, bound);
}

static void
forward_linear (NnAutoencoder *model, Layer *layer, nn_real *x)
{
  layer->y = grow (&layer->output, model->n_rows, layer->n_out);
  nn_linear_forward (layer->y, x, value_of (model, layer, 0), value_of (model, layer, 1),
                     model->n_rows, layer->n_in, layer->n_out);
  nn_rows_set_gaps (layer->y, NULL, model->lengths, model->n_signals, layer->n_out);
}

static void
backward_linear (NnAutoencoder *model, Layer *layer, nn_real *dx, nn_real *dy,
                 const nn_real *x)
{
  nn_linear_backward (dx, gradient_of (model, layer, 0), gradient_of (model, layer, 1),
                      dy, x, value_of (model, layer, 0), model->n_rows, layer->n_in,
                      layer->n_out);
}

/* PyTorch's LSTM: uniform in ±1 / √H; the layers of one module are told by _l0, _l1. */
static void
add_lstm_params (NnParams *params, const char *name, size_t level, size_t n_in,
                 size_t n_out)
{
  double bound = 1 / sqrt ((double)n_out);
  size_t n_gates = 4 * n_out;
  static const char *const names[] = {"weight_ih", "weight_hh", "bias_ih", "bias_hh"};
  size_t n_columns[] = {n_in, n_out, 0, 0};
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *suffix = g_strdup_printf ("%s_l%zu", names[i], level);
    add_param (params, name, suffix, n_columns[i] > 0 ? 2 : 1,
               (size_t[]){n_gates, n_columns[i]}, bound);
  }
}

static void
forward_lstm (NnAutoencoder *model, Layer *layer, nn_real *x)
{
  size_t n_hidden = layer->n_out, n_signals = model->n_signals;
  const size_t *lengths = model->lengths;
  layer->y = grow (&layer->output, model->n_rows, n_hidden);
  nn_real *cells = grow (&layer->cells, model->n_rows, n_hidden);
  nn_real *gates = grow (&layer->gates, model->n_rows, nn_lstm_gates_size (n_hidden));
  nn_real *scratch =
      grow (&model->scratch, 1,
            nn_lstm_scratch_size (lengths, n_signals, layer->n_in, n_hidden, true));

  const nn_real *h0 = NULL, *c0 = NULL;
  if (layer->initial) {
    nn_real *h = grow (&layer->edge_h, n_signals, n_hidden);
    nn_real *c = grow (&layer->edge_c, n_signals, n_hidden);
    nn_rows_get_last (h, n_hidden, layer->initial->y, lengths, n_signals, n_hidden);
    nn_rows_get_last (c, n_hidden, layer->initial->cells.data, lengths, n_signals,
                      n_hidden);
    h0 = h;
    c0 = c;
  }
  nn_rows_set_gaps (layer->y, h0, lengths, n_signals, n_hidden);
  nn_rows_set_gaps (cells, c0, lengths, n_signals, n_hidden);
  nn_lstm_forward (layer->y, cells, gates, scratch, model->places, x,
                   value_of (model, layer, 0), value_of (model, layer, 1),
                   value_of (model, layer, 2), value_of (model, layer, 3), lengths,
                   n_signals, layer->n_in, n_hidden, NULL);
}

static void
backward_lstm (NnAutoencoder *model, Layer *layer, nn_real *dx, nn_real *dy,
               const nn_real *x)
{
  size_t n_hidden = layer->n_out, n_signals = model->n_signals;
  nn_real *dc = grow (&layer->edge_c, n_signals, n_hidden);
  if (layer->initial) /* nothing reads the decoder's final state */
    memset (dc, 0, n_signals * n_hidden * sizeof *dc);
  else
    nn_rows_add_last (dy, layer->edge_h.data, model->lengths, n_signals, n_hidden);
  nn_lstm_backward (dx, gradient_of (model, layer, 0), gradient_of (model, layer, 1),
                    gradient_of (model, layer, 2), gradient_of (model, layer, 3), dy, dc,
                    layer->gates.data, model->scratch.data, model->places, x, layer->y,
                    layer->cells.data, value_of (model, layer, 0),
                    value_of (model, layer, 1), value_of (model, layer, 2),
                    value_of (model, layer, 3), model->lengths, n_signals, layer->n_in,
                    n_hidden, NULL);
  if (layer->initial) {
    nn_rows_get_gaps (grow (&layer->initial->edge_h, n_signals, n_hidden), dy,
                      model->lengths, n_signals, n_hidden);
    memcpy (grow (&layer->initial->edge_c, n_signals, n_hidden), dc,
            n_signals * n_hidden * sizeof *dc);
  }
}

static const LayerKind conv1d = {add_conv1d_params, forward_conv1d, backward_conv1d};
static const LayerKind relu = {add_no_params, forward_relu, backward_relu};
static const LayerKind linear = {add_linear_params, forward_linear, backward_linear};
static const LayerKind lstm = {add_lstm_params, forward_lstm, backward_lstm};

/* A width of the network, as an index into what get_widths gives. */
enum { CHANNELS, WIDTH_1, WIDTH_2, WIDTH_3, HIDDEN, N_WIDTHS };

/* One line of an architecture. An LSTM stands for the config's n_layers of them. */
typedef struct {
  const LayerKind *kind;
  const char *name; /* of its module in PyTorch; what begins with "encoder" is encoder */
  int in, out;
} LayerSpec;

static const LayerSpec readme[] = {
    {&conv1d, "encoder.conv_enc.0", CHANNELS, WIDTH_1},
    {&relu, "encoder.conv_enc.1", WIDTH_1, WIDTH_1},
    {&conv1d, "encoder.conv_enc.2", WIDTH_1, WIDTH_2},
    {&relu, "encoder.conv_enc.3", WIDTH_2, WIDTH_2},
    {&conv1d, "encoder.conv_enc.4", WIDTH_2, WIDTH_3},
    {&lstm, "encoder.lstm_enc", WIDTH_3, HIDDEN},
    {&lstm, "decoder.lstm_dec", HIDDEN, HIDDEN},
    {&linear, "decoder.linear_dec", HIDDEN, WIDTH_3},
    {&conv1d, "decoder.conv_dec.0", WIDTH_3, WIDTH_2},
    {&relu, "decoder.conv_dec.1", WIDTH_2, WIDTH_2},
    {&conv1d, "decoder.conv_dec.2", WIDTH_2, WIDTH_1},
    {&relu, "decoder.conv_dec.3", WIDTH_1, WIDTH_1},
    {&conv1d, "decoder.conv_dec.4", WIDTH_1, CHANNELS},
};

static const struct {
  const char *name;
  const LayerSpec *specs;
  size_t n_specs;
} architectures[] = {
    [NN_ARCHITECTURE_README] = {"readme", readme, G_N_ELEMENTS (readme)},
};

NnConfig
nn_config_default (void)
{
  return (NnConfig){.architecture = NN_ARCHITECTURE_README,
                    .n_channels = 3,
                    .widths = {64, 128, 256},
                    .hidden = 256,
                    .n_layers = 1};
}

const char *
nn_architecture_to_string (NnArchitecture architecture)
{
  return architectures[architecture].name;
}

bool
nn_architecture_from_string (const char *name, NnArchitecture *architecture)
{
  for (size_t i = 0; i < G_N_ELEMENTS (architectures); i++) {
    if (g_str_equal (name, architectures[i].name)) {
      *architecture = (NnArchitecture)i;
      return true;
    }
  }
  return false;
}

bool
nn_config_check (const NnConfig *config, GError **error)
{
  const struct {
    const char *what;
    size_t value, most;
  } limits[] = {
      {"channels", config->n_channels, 64},
      {"first convolution width", config->widths[0], 4096},
      {"second convolution width", config->widths[1], 4096},
      {"third convolution width", config->widths[2], 4096},
      {"hidden width", config->hidden, 4096},
      {"LSTM layers", config->n_layers, 2},
  };
  if ((size_t)config->architecture >= G_N_ELEMENTS (architectures)) {
    g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "no architecture of number %d",
                 (int)config->architecture);
    return false;
  }
  for (size_t i = 0; i < G_N_ELEMENTS (limits); i++) {
    if (limits[i].value < 1 || limits[i].value > limits[i].most) {
      g_set_error (error, NN_ERROR, NN_ERROR_CONFIG, "%s: %zu is not in 1 … %zu",
                   limits[i].what, limits[i].value, limits[i].most);
      return false;
    }
  }
  return true;
}

/* Appends the layers of config to layers (Layer), their parameters to params. */
static void
build (const NnConfig *config, GArray *layers, NnParams *params)
{
  const size_t widths[N_WIDTHS] = {config->n_channels, config->widths[0],
                                   config->widths[1], config->widths[2], config->hidden};
  for (size_t i = 0; i < architectures[config->architecture].n_specs; i++) {
    const LayerSpec *spec = &architectures[config->architecture].specs[i];
    size_t n_levels = spec->kind == &lstm ? config->n_layers : 1;
    for (size_t level = 0; level < n_levels; level++) {
      Layer layer = {.kind = spec->kind,
                     .n_in = widths[level > 0 ? spec->out : spec->in],
                     .n_out = widths[spec->out],
                     .param = params->n_params};
      g_array_append_val (layers, layer);
      spec->kind->add_params (params, spec->name, level, layer.n_in, layer.n_out);
    }
  }
}

NnParams *
nn_autoencoder_describe (const NnConfig *config)
{
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  NnParams *params = nn_params_new ();
  build (config, layers, params);
  return params;
}

/* The encoder ends with its LSTM layers; as many of the decoder's follow it directly,
 * each starting from the final state of its counterpart. */
static void
connect_states (NnAutoencoder *model)
{
  size_t first = 0, n_levels = model->config.n_layers;
  while (model->layers[first].kind != &lstm)
    first++;
  model->n_encoder = first + n_levels;
  for (size_t level = 0; level < n_levels; level++)
    model->layers[model->n_encoder + level].initial = &model->layers[first + level];
}

NnAutoencoder *
nn_autoencoder_new (const NnConfig *config, uint64_t seed, GError **error)
{
  if (!nn_config_check (config, error))
    return NULL;
  g_autoptr (GArray) layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  NnAutoencoder *model = g_new0 (NnAutoencoder, 1);
  model->config = *config;
  model->params = nn_params_new ();
  build (config, layers, model->params);
  model->n_layers = layers->len;
  model->layers = (Layer *)(void *)g_array_steal (layers, NULL);
  connect_states (model);
  for (size_t i = 0; i < model->n_layers; i++)
    model->widest =
        MAX (model->widest, MAX (model->layers[i].n_in, model->layers[i].n_out));

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
  for (size_t i = 0; i < model->n_layers; i++) {
    Layer *layer = &model->layers[i];
    g_free (layer->output.data);
    g_free (layer->cells.data);
    g_free (layer->gates.data);
    g_free (layer->edge_h.data);
    g_free (layer->edge_c.data);
  }
  g_free (model->layers);
  nn_params_free (model->params);
  g_free (model->input.data);
  g_free (model->gradients[0].data);
  g_free (model->gradients[1].data);
  g_free (model->scratch.data);
  g_free (model->places);
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

/* What layer number i reads in the current batch. */
static nn_real *
input_of (const NnAutoencoder *model, size_t i)
{
  return i > 0 ? model->layers[i - 1].y : model->input.data;
}

/* Runs the first n layers over batch, which must outlive what is then done with them. */
static void
run_forward (NnAutoencoder *model, const NnBatch *batch, size_t n)
{
  g_assert (batch->n_channels == model->config.n_channels && batch->n_signals > 0);
  model->lengths = batch->lengths;
  model->n_signals = batch->n_signals;
  model->n_rows = nn_rows_count (batch->lengths, batch->n_signals);
  size_t n_places = batch->n_signals * nn_parallel_get_threads ();
  if (model->n_places < n_places) {
    g_free (model->places);
    model->places = g_new (NnLstmPlace, n_places);
    model->n_places = n_places;
  }
  nn_rows_gather (grow (&model->input, model->n_rows, batch->n_channels), batch->data,
                  batch->lengths, batch->n_signals, batch->max_length, batch->n_channels);
  for (size_t i = 0; i < n; i++)
    model->layers[i].kind->forward (model, &model->layers[i], input_of (model, i));
}

/* The final hidden states of the encoder's LSTM layers side by side. */
static void
read_embedding (NnAutoencoder *model, nn_real *embedding)
{
  size_t n_levels = model->config.n_layers, hidden = model->config.hidden;
  for (size_t level = 0; level < n_levels; level++) {
    const Layer *layer = &model->layers[model->n_encoder - n_levels + level];
    nn_rows_get_last (embedding + level * hidden, n_levels * hidden, layer->y,
                      model->lengths, model->n_signals, hidden);
  }
}

void
nn_autoencoder_encode (NnAutoencoder *model, const NnBatch *batch, nn_real *embedding)
{
  run_forward (model, batch, model->n_encoder);
  read_embedding (model, embedding);
}

/* Runs the whole network; (R, C), its output. */
static nn_real *
run_all (NnAutoencoder *model, const NnBatch *batch)
{
  run_forward (model, batch, model->n_layers);
  return model->layers[model->n_layers - 1].y;
}

void
nn_autoencoder_reconstruct (NnAutoencoder *model, const NnBatch *batch,
                            nn_real *reconstruction, nn_real *embedding)
{
  const nn_real *y = run_all (model, batch);
  nn_rows_scatter (reconstruction, y, batch->lengths, batch->n_signals, batch->max_length,
                   batch->n_channels);
  if (embedding)
    read_embedding (model, embedding);
}

double
nn_autoencoder_loss (NnAutoencoder *model, const NnBatch *batch)
{
  const nn_real *y = run_all (model, batch);
  return nn_loss_l1 (y, model->input.data, batch->lengths, batch->n_signals,
                     batch->n_channels);
}

double
nn_autoencoder_backward (NnAutoencoder *model, const NnBatch *batch,
                         nn_real *reconstruction)
{
  double loss = nn_autoencoder_loss (model, batch);
  const nn_real *y = model->layers[model->n_layers - 1].y;
  if (reconstruction)
    nn_rows_scatter (reconstruction, y, batch->lengths, batch->n_signals,
                     batch->max_length, batch->n_channels);

  memset (model->params->gradient, 0,
          model->params->size * sizeof *model->params->gradient);
  nn_real *dy = grow (&model->gradients[0], model->n_rows, model->widest);
  nn_real *dx = grow (&model->gradients[1], model->n_rows, model->widest);
  nn_loss_l1_backward (dy, y, model->input.data, batch->lengths, batch->n_signals,
                       batch->n_channels);
  for (size_t i = model->n_layers; i-- > 0;) {
    Layer *layer = &model->layers[i];
    layer->kind->backward (model, layer, i > 0 ? dx : NULL, dy, input_of (model, i));
    nn_real *swap = dy;
    dy = dx;
    dx = swap;
  }
  return loss;
}
