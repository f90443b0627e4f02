/* What a network is: its architecture and its sizes. */
#pragma once

#include "nn/shape.h"
#include <glib.h>

/* As nn/autoencoder.c lists them, layer by layer. */
typedef enum {
  NN_ARCHITECTURE_README,    /* three convolutions with ReLU between them */
  NN_ARCHITECTURE_BATCHNORM, /* batch normalisation and dropout between them too */
  NN_ARCHITECTURE_POOLED     /* three blocks of two, each followed by pooling by 2 */
} NnArchitecture;

/* What the decoder's LSTM reads. */
typedef enum {
  /* The encoder LSTM's output at every step, from its final hidden and cell states on:
   * the original study's way. */
  NN_DECODER_INPUT_SEQUENCE,
  /* At every step the last layer's final hidden state, from the final hidden states and
   * cells of zero on: a bottleneck, the embedding alone makes the reconstruction. */
  NN_DECODER_INPUT_EMBEDDING
} NnDecoderInput;

typedef struct {
  NnArchitecture architecture;
  size_t n_channels; /* C of a signal: 3 for three components */
  size_t widths[3];  /* convolution channels: 64, 128, 256 in the original study */
  size_t hidden;     /* H: 256 in the original study */
  size_t n_layers;   /* L, LSTM layers of encoder and decoder each: 1 … 4 */
  NnDecoderInput decoder_input;
  double dropout; /* share of the values dropped in training: 0 … 0.9 */
} NnConfig;

/* The original study's network: readme, 3, {64, 128, 256}, 256, 1, sequence, 0. */
NnConfig nn_config_default (void);
/* FALSE and NN_ERROR_CONFIG if a number of config is out of range: channels 1 … 64,
 * widths and hidden 1 … 4096, layers 1 … 4, dropout 0 … 0.9, and 0 where the architecture
 * has no layers for it. */
bool nn_config_check (const NnConfig *config, GError **error);
/* The shortest signal, in samples, of which pooling leaves anything: 1 or 8. */
size_t nn_config_shortest (const NnConfig *config);
/* Samples of the reconstruction of a signal of length samples: what pooling does not cut
 * off at its end, length or length / 8 × 8. */
size_t nn_config_reconstructed (const NnConfig *config, size_t length);

/* Names in settings, files and on the command line, and back. FALSE if there is none of
 * that name; the value is then untouched. */
const char *nn_architecture_to_string (NnArchitecture architecture);
bool nn_architecture_from_string (const char *name, NnArchitecture *architecture);
const char *nn_decoder_input_to_string (NnDecoderInput input);
bool nn_decoder_input_from_string (const char *name, NnDecoderInput *input);
