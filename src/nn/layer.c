#include "nn/layer.h"

#include "nn/batchnorm.h"
#include "nn/conv1d.h"
#include "nn/dropout.h"
#include "nn/expand.h"
#include "nn/linear.h"
#include "nn/maxpool.h"
#include "nn/parallel.h"
#include "nn/relu.h"
#include "nn/rows.h"
#include "nn/upsample.h"
#include <math.h>
#include <string.h>

void
nn_pass_prepare (NnPass *pass)
{
  size_t n = pass->n_signals * nn_parallel_get_threads ();
  if (n > pass->n_places) {
    g_free (pass->places);
    pass->places = g_new (NnLstmPlace, n);
    pass->n_places = n;
  }
}

void
nn_pass_clear (NnPass *pass)
{
  g_clear_pointer (&pass->places, g_free);
}

void
nn_layer_measure (const NnPass *pass, NnLayer *layer)
{
  layer->output.n =
      layer->kind->in_place ? 0 : nn_block_size (layer->to->n_rows, layer->n_out);
  if (layer->kind->measure)
    layer->kind->measure (pass, layer);
}

void
nn_layer_clear (NnLayer *layer)
{
  g_clear_pointer (&layer->mean, g_free);
  g_clear_pointer (&layer->variance, g_free);
}

static const nn_real *
value_of (const NnPass *pass, const NnLayer *layer, size_t i)
{
  return pass->params->value + pass->params->table[layer->param + i].offset;
}

static nn_real *
gradient_of (const NnPass *pass, const NnLayer *layer, size_t i)
{
  return pass->params->gradient + pass->params->table[layer->param + i].offset;
}

static nn_real *
buffer_of (const NnPass *pass, const NnLayer *layer, size_t i)
{
  return pass->params->buffer + pass->params->buffer_table[layer->buffer + i].offset;
}

static void
add_param (NnParams *params, const char *layer, const char *suffix, size_t n_dimensions,
           const size_t *shape, double center, double bound)
{
  g_autofree char *name = g_strconcat (layer, ".", suffix, NULL);
  nn_params_add (params, name, n_dimensions, shape, center, bound);
}

static void
add_no_params (NnParams *params, const char *name, size_t level, size_t n_in,
               size_t n_out)
{
}

/* PyTorch's Conv1d and Linear: uniform in ±1 / √(inputs of one output). */
static void
add_conv1d_params (NnParams *params, const char *name, size_t level, size_t n_in,
                   size_t n_out)
{
  double bound = 1 / sqrt ((double)(n_in * NN_CONV1D_KERNEL));
  add_param (params, name, "weight", 3, (size_t[]){n_out, n_in, NN_CONV1D_KERNEL}, 0,
             bound);
  add_param (params, name, "bias", 1, &n_out, 0, bound);
}

static void
measure_conv1d (const NnPass *pass, NnLayer *layer)
{
  layer->forward_scratch.n = nn_conv1d_scratch_size (layer->n_in, layer->n_out);
  layer->backward_scratch.n = pass->training ? layer->forward_scratch.n : 0;
}

static bool
forward_conv1d (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = layer->output.data;
  nn_conv1d_forward (layer->y, layer->forward_scratch.data, x, value_of (pass, layer, 0),
                     value_of (pass, layer, 1), layer->from->lengths, pass->n_signals,
                     layer->n_in, layer->n_out);
  return true;
}

static bool
backward_conv1d (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy, const nn_real *x)
{
  nn_conv1d_backward (dx, gradient_of (pass, layer, 0), gradient_of (pass, layer, 1),
                      layer->backward_scratch.data, dy, x, value_of (pass, layer, 0),
                      layer->from->lengths, pass->n_signals, layer->n_in, layer->n_out);
  return true;
}

const NnLayerKind nn_layer_conv1d = {.lengths = NN_LENGTHS_KEPT,
                                     .add_params = add_conv1d_params,
                                     .measure = measure_conv1d,
                                     .forward = forward_conv1d,
                                     .backward = backward_conv1d};

/* PyTorch's BatchNorm1d: weight 1, bias 0; running mean 0, variance 1. */
static void
add_batchnorm_params (NnParams *params, const char *name, size_t level, size_t n_in,
                      size_t n_out)
{
  g_autofree char *mean = g_strconcat (name, ".running_mean", NULL);
  g_autofree char *variance = g_strconcat (name, ".running_var", NULL);
  g_autofree char *count = g_strconcat (name, ".num_batches_tracked", NULL);
  add_param (params, name, "weight", 1, &n_out, 1, 0);
  add_param (params, name, "bias", 1, &n_out, 0, 0);
  nn_params_add_buffer (params, mean, n_out, 0);
  nn_params_add_buffer (params, variance, n_out, 1);
  nn_params_add_counter (params, count);
}

static void
measure_batchnorm (const NnPass *pass, NnLayer *layer)
{
  if (!layer->mean) {
    layer->mean = g_new (double, layer->n_out);
    layer->variance = g_new (double, layer->n_out);
  }
}

static bool
forward_batchnorm (NnPass *pass, NnLayer *layer, nn_real *x)
{
  const size_t *lengths = layer->from->lengths, n_channels = layer->n_out;
  layer->y = layer->output.data;
  if (pass->training)
    nn_batchnorm_measure (layer->mean, layer->variance, x, lengths, pass->n_signals,
                          n_channels);
  for (size_t c = 0; c < n_channels && !pass->training; c++) {
    layer->mean[c] = (double)buffer_of (pass, layer, 0)[c];
    layer->variance[c] = (double)buffer_of (pass, layer, 1)[c];
  }
  nn_batchnorm_forward (layer->y, x, layer->mean, layer->variance,
                        value_of (pass, layer, 0), value_of (pass, layer, 1), lengths,
                        pass->n_signals, n_channels);
  return true;
}

static bool
backward_batchnorm (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy,
                    const nn_real *x)
{
  nn_batchnorm_backward (dx, gradient_of (pass, layer, 0), gradient_of (pass, layer, 1),
                         dy, x, layer->mean, layer->variance, value_of (pass, layer, 0),
                         layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

const NnLayerKind nn_layer_batchnorm = {.lengths = NN_LENGTHS_KEPT,
                                        .add_params = add_batchnorm_params,
                                        .measure = measure_batchnorm,
                                        .forward = forward_batchnorm,
                                        .backward = backward_batchnorm};

void
nn_layer_track (NnPass *pass, NnLayer *layer)
{
  if (layer->kind != &nn_layer_batchnorm)
    return;
  size_t n_samples = layer->from->n_rows - pass->n_signals - 1;
  nn_batchnorm_track (buffer_of (pass, layer, 0), buffer_of (pass, layer, 1), layer->mean,
                      layer->variance, n_samples, layer->n_out);
  pass->params->counters[layer->counter].value++;
}

static bool
forward_relu (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = x;
  nn_relu_forward (x, x, layer->to->n_rows * layer->n_out);
  return true;
}

/* y may since have passed through dropout: what that dropped has no derivative here
 * either, and what it kept has its sign. */
static bool
backward_relu (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy, const nn_real *x)
{
  nn_relu_backward (dx, dy, layer->y, layer->to->n_rows * layer->n_out);
  return true;
}

const NnLayerKind nn_layer_relu = {.in_place = true,
                                   .reads_output = true,
                                   .lengths = NN_LENGTHS_KEPT,
                                   .add_params = add_no_params,
                                   .forward = forward_relu,
                                   .backward = backward_relu};

/* values: x on the way forward, dy back. */
static void
drop (NnPass *pass, NnLayer *layer, nn_real *values)
{
  if (!pass->training || pass->dropout <= 0)
    return;
  NnRng rng;
  nn_rng_seed (&rng, pass->seed + layer->number);
  nn_dropout_apply (values, values, 0, layer->to->n_rows * layer->n_out, pass->dropout,
                    nn_rng_next (&rng));
}

static bool
forward_dropout (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = x;
  drop (pass, layer, x);
  return true;
}

static bool
backward_dropout (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy,
                  const nn_real *x)
{
  drop (pass, layer, dy);
  return true;
}

const NnLayerKind nn_layer_dropout = {.in_place = true,
                                      .lengths = NN_LENGTHS_KEPT,
                                      .add_params = add_no_params,
                                      .forward = forward_dropout,
                                      .backward = backward_dropout};

static bool
forward_maxpool (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = layer->output.data;
  nn_maxpool_forward (layer->y, x, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

static bool
backward_maxpool (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy,
                  const nn_real *x)
{
  nn_maxpool_backward (dx, dy, x, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

const NnLayerKind nn_layer_maxpool = {.lengths = NN_LENGTHS_HALVED,
                                      .add_params = add_no_params,
                                      .forward = forward_maxpool,
                                      .backward = backward_maxpool};

static bool
forward_upsample (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = layer->output.data;
  nn_upsample_forward (layer->y, x, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

static bool
backward_upsample (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy,
                   const nn_real *x)
{
  nn_upsample_backward (dx, dy, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

const NnLayerKind nn_layer_upsample = {.lengths = NN_LENGTHS_DOUBLED,
                                       .add_params = add_no_params,
                                       .forward = forward_upsample,
                                       .backward = backward_upsample};

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
               (size_t[]){n_gates, n_columns[i]}, 0, bound);
  }
}

/* Gates beyond this are not kept for the way back but computed again: a record of some
 * minutes at its native rate would take gigabytes. In numbers of one layer. */
#define GATES_KEPT_MOST ((size_t)1 << 26)

static bool
keeps_gates (const NnPass *pass, const NnLayer *layer)
{
  return pass->training &&
         layer->to->n_rows <= GATES_KEPT_MOST / nn_lstm_gates_size (layer->n_out);
}

static void
measure_lstm (const NnPass *pass, NnLayer *layer)
{
  size_t n_hidden = layer->n_out, n_rows = layer->to->n_rows;
  bool keeps = keeps_gates (pass, layer);
  layer->cells.n = nn_block_size (n_rows, n_hidden);
  layer->gates.n = keeps ? nn_block_size (n_rows, nn_lstm_gates_size (n_hidden)) : 0;
  layer->edge_h.n = layer->edge_c.n = nn_block_size (pass->n_signals, n_hidden);
  layer->forward_scratch.n = nn_lstm_scratch_size (layer->to->lengths, pass->n_signals,
                                                   layer->n_in, n_hidden, keeps);
  layer->backward_scratch.n = pass->training ? layer->forward_scratch.n : 0;
}

static bool
forward_lstm (NnPass *pass, NnLayer *layer, nn_real *x)
{
  size_t n_hidden = layer->n_out, n_signals = pass->n_signals;
  const size_t *lengths = layer->to->lengths;
  nn_real *y = layer->y = layer->output.data, *cells = layer->cells.data;
  const nn_real *h0 = NULL, *c0 = NULL;
  if (layer->initial) {
    nn_real *h = layer->edge_h.data;
    nn_rows_get_last (h, n_hidden, layer->initial->y, lengths, n_signals, n_hidden);
    h0 = h;
  }
  if (layer->initial && layer->initial_cells) {
    nn_real *c = layer->edge_c.data;
    nn_rows_get_last (c, n_hidden, layer->initial->cells.data, lengths, n_signals,
                      n_hidden);
    c0 = c;
  }
  nn_rows_set_gaps (y, h0, lengths, n_signals, n_hidden);
  nn_rows_set_gaps (cells, c0, lengths, n_signals, n_hidden);
  return nn_lstm_forward (
      y, cells, layer->gates.data, layer->forward_scratch.data, pass->places, x,
      value_of (pass, layer, 0), value_of (pass, layer, 1), value_of (pass, layer, 2),
      value_of (pass, layer, 3), lengths, n_signals, layer->n_in, n_hidden, pass->poll);
}

static bool
backward_lstm (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy, const nn_real *x)
{
  size_t n_hidden = layer->n_out, n_signals = pass->n_signals;
  size_t n_edge = n_signals * n_hidden;
  const size_t *lengths = layer->to->lengths;
  nn_real *dc = layer->edge_c.data;
  if (layer->initial) /* nothing reads the decoder's final state */
    memset (dc, 0, n_edge * sizeof *dc);
  else
    nn_rows_add_last (dy, layer->edge_h.data, lengths, n_signals, n_hidden);
  if (!nn_lstm_backward (dx, gradient_of (pass, layer, 0), gradient_of (pass, layer, 1),
                         gradient_of (pass, layer, 2), gradient_of (pass, layer, 3), dy,
                         dc, layer->gates.data, layer->backward_scratch.data,
                         pass->places, x, layer->y, layer->cells.data,
                         value_of (pass, layer, 0), value_of (pass, layer, 1),
                         value_of (pass, layer, 2), value_of (pass, layer, 3), lengths,
                         n_signals, layer->n_in, n_hidden, pass->poll))
    return false;
  if (layer->initial) {
    nn_real *edge_h = layer->initial->edge_h.data, *edge_c = layer->initial->edge_c.data;
    nn_rows_get_gaps (edge_h, dy, lengths, n_signals, n_hidden);
    if (layer->initial_cells)
      memcpy (edge_c, dc, n_edge * sizeof *dc);
    else
      memset (edge_c, 0, n_edge * sizeof *edge_c);
  }
  return true;
}

const NnLayerKind nn_layer_lstm = {.reads_output = true,
                                   .lengths = NN_LENGTHS_KEPT,
                                   .add_params = add_lstm_params,
                                   .measure = measure_lstm,
                                   .forward = forward_lstm,
                                   .backward = backward_lstm};

static bool
forward_expand (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = layer->output.data;
  nn_expand_forward (layer->y, x, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

static bool
backward_expand (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy, const nn_real *x)
{
  nn_expand_backward (dx, dy, layer->from->lengths, pass->n_signals, layer->n_out);
  return true;
}

const NnLayerKind nn_layer_expand = {.lengths = NN_LENGTHS_KEPT,
                                     .add_params = add_no_params,
                                     .forward = forward_expand,
                                     .backward = backward_expand};

static void
add_linear_params (NnParams *params, const char *name, size_t level, size_t n_in,
                   size_t n_out)
{
  double bound = 1 / sqrt ((double)n_in);
  add_param (params, name, "weight", 2, (size_t[]){n_out, n_in}, 0, bound);
  add_param (params, name, "bias", 1, &n_out, 0, bound);
}

static bool
forward_linear (NnPass *pass, NnLayer *layer, nn_real *x)
{
  layer->y = layer->output.data;
  nn_linear_forward (layer->y, x, value_of (pass, layer, 0), value_of (pass, layer, 1),
                     layer->to->n_rows, layer->n_in, layer->n_out);
  nn_rows_set_gaps (layer->y, NULL, layer->to->lengths, pass->n_signals, layer->n_out);
  return true;
}

static bool
backward_linear (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy, const nn_real *x)
{
  nn_linear_backward (dx, gradient_of (pass, layer, 0), gradient_of (pass, layer, 1), dy,
                      x, value_of (pass, layer, 0), layer->to->n_rows, layer->n_in,
                      layer->n_out);
  return true;
}

const NnLayerKind nn_layer_linear = {.lengths = NN_LENGTHS_KEPT,
                                     .add_params = add_linear_params,
                                     .forward = forward_linear,
                                     .backward = backward_linear};
