/* The convolutional LSTM autoencoder: from a configuration to encode, forward and
 * backward. Parameter names are those of the original PyTorch study. */
#pragma once

#include "nn/batch.h"
#include "nn/params.h"
#include "nn/shape.h"
#include <glib.h>

typedef enum {
  NN_ARCHITECTURE_README /* Conv ReLU Conv ReLU Conv LSTM | LSTM Linear Conv ReLU … */
} NnArchitecture;

typedef struct {
  NnArchitecture architecture;
  size_t n_channels; /* C of a signal: 3 for three components */
  size_t widths[3];  /* convolution channels: 64, 128, 256 in the original study */
  size_t hidden;     /* H: 256 in the original study */
  size_t n_layers;   /* L, LSTM layers of encoder and decoder each: 1 or 2 */
} NnConfig;

/* The original study's network: readme, 3, {64, 128, 256}, 256, 1. */
NnConfig nn_config_default (void);
/* The architecture's name in settings, files and on the command line, and back.
 * FALSE if there is no such architecture; *architecture is then untouched. */
const char *nn_architecture_to_string (NnArchitecture architecture);
bool nn_architecture_from_string (const char *name, NnArchitecture *architecture);

typedef struct NnAutoencoder NnAutoencoder;

/* PyTorch's default initialisation drawn from seed. NULL and NN_ERROR_CONFIG if a number
 * is out of range. Free with nn_autoencoder_free. A model belongs to one thread at a
 * time. */
NnAutoencoder *nn_autoencoder_new (const NnConfig *config, uint64_t seed, GError **error);
void nn_autoencoder_free (NnAutoencoder *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnAutoencoder, nn_autoencoder_free)

const NnConfig *nn_autoencoder_get_config (const NnAutoencoder *model);
/* The table of the parameters such a network has, without memory for them. config must be
 * in range. */
NnParams *nn_autoencoder_describe (const NnConfig *config);
/* FALSE and NN_ERROR_CONFIG if a number of config is out of range: channels 1 … 64,
 * widths and hidden 1 … 4096, layers 1 or 2. */
bool nn_config_check (const NnConfig *config, GError **error);

/* The named parameters with their gradients and Adam moments; owned by the model. */
NnParams *nn_autoencoder_get_params (NnAutoencoder *model);
/* E = L × H, the length of one embedding. */
size_t nn_autoencoder_embedding_size (const NnAutoencoder *model);

/* embedding (B, E): overwritten with the encoder's final hidden states, layer 0 first. */
void nn_autoencoder_encode (NnAutoencoder *model, const NnBatch *batch,
                            nn_real *embedding);
/* reconstruction (B, T, C): overwritten, zero from each signal's length on. embedding
 * (B, E) or NULL. Inference mode. */
void nn_autoencoder_reconstruct (NnAutoencoder *model, const NnBatch *batch,
                                 nn_real *reconstruction, nn_real *embedding);
/* The batch's masked L1 loss in inference mode. */
double nn_autoencoder_loss (NnAutoencoder *model, const NnBatch *batch);
/* Training mode: returns the loss and overwrites the gradient of every parameter.
 * reconstruction (B, T, C) or NULL. */
double nn_autoencoder_backward (NnAutoencoder *model, const NnBatch *batch,
                                nn_real *reconstruction);
