/* The kinds of layers that an autoencoder is wired from. Each joins one kernel to the
 * table of parameters, to the memory of a layer and to the rows of the current batch; the
 * arithmetic is the kernels'. */
#pragma once

#include "nn/arena.h"
#include "nn/lstm.h"
#include "nn/params.h"
#include "nn/poll.h"
#include "nn/shape.h"
#include <glib.h>

/* The signals of the batch at one place in the network: pooling halves their lengths,
 * upsampling doubles them. R = n_rows. */
typedef struct {
  size_t *lengths; /* (B) */
  size_t n_rows;
} NnLevel;

typedef enum { NN_LENGTHS_KEPT, NN_LENGTHS_HALVED, NN_LENGTHS_DOUBLED } NnLengths;

/* What all layers of a network share in one pass over a batch. */
typedef struct {
  NnParams *params;    /* borrowed */
  size_t n_signals;    /* B */
  bool training;       /* statistics of the batch, and dropout */
  double dropout;      /* rate */
  uint64_t seed;       /* of the dropout of this batch */
  const NnPoll *poll;  /* borrowed; may be NULL */
  NnLstmPlace *places; /* owned, (n_places ≥ B × threads) */
  size_t n_places;
} NnPass;

/* Once n_signals is set, before a pass. */
void nn_pass_prepare (NnPass *pass);
void nn_pass_clear (NnPass *pass);

typedef struct NnLayerKind NnLayerKind;
typedef struct NnLayer NnLayer;

struct NnLayer {
  const NnLayerKind *kind;
  size_t number; /* its place in the network */
  size_t n_in, n_out;
  size_t param, buffer, counter; /* its first ones in the tables */
  const NnLevel *from, *to;      /* of what it reads and writes; borrowed */
  nn_real *y;                    /* (to R, n_out): its output in the current batch */

  /* Blocks of the network's arena. */
  NnBlock output;   /* y, unless the layer works in place */
  NnBlock gradient; /* (from R, n_in): by its input, likewise */
  NnBlock forward_scratch, backward_scratch;

  /* LSTM. initial: of a decoder, the layer whose final hidden state it starts from (and
   * whose final cell, with initial_cells). cells (R, H), gates (R, G), the latter kept
   * for the way back alone, if at all; edge_h, edge_c (B, H): the states at its edge, the
   * decoder's initial ones on the way forward, the derivatives by the encoder's final
   * ones back. */
  NnLayer *initial;
  bool initial_cells;
  NnBlock cells, gates, edge_h, edge_c;

  double *mean, *variance; /* batch normalisation: (C) of this pass, owned */
};

struct NnLayerKind {
  bool in_place;     /* writes y over x, and dx over dy */
  bool reads_output; /* y, on the way back */
  NnLengths lengths;
  /* Appends the parameters of a layer called name to params; level counts the LSTM layers
   * of one module. */
  void (*add_params) (NnParams *params, const char *name, size_t level, size_t n_in,
                      size_t n_out);
  /* Sets the sizes of the blocks it needs beside output and gradient; NULL: none. */
  void (*measure) (const NnPass *pass, NnLayer *layer);
  /* layer->y from x (from R, n_in). This and the next: FALSE if stopped by the poll. */
  bool (*forward) (NnPass *pass, NnLayer *layer, nn_real *x);
  /* Parameter gradients += and dx (from R, n_in) = from dy (to R, n_out), which is used
   * up; x as forward left it. dx may be NULL, when it is not wanted, for a convolution.
   */
  bool (*backward) (NnPass *pass, NnLayer *layer, nn_real *dx, nn_real *dy,
                    const nn_real *x);
};

extern const NnLayerKind nn_layer_conv1d, nn_layer_batchnorm, nn_layer_relu,
    nn_layer_dropout, nn_layer_maxpool, nn_layer_upsample, nn_layer_lstm, nn_layer_expand,
    nn_layer_linear;

/* Sets the sizes of all its blocks but gradient for this pass, whose rows are known. */
void nn_layer_measure (const NnPass *pass, NnLayer *layer);
void nn_layer_clear (NnLayer *layer);
/* Once after a training pass that is kept: the running statistics move by its batch's. Of
 * layers without any it does nothing. */
void nn_layer_track (NnPass *pass, NnLayer *layer);
