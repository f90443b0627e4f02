/* The convolutional LSTM autoencoder: from a configuration to encode, forward and
 * backward. Parameter names are those of the original PyTorch study. */
#pragma once

#include "nn/batch.h"
#include "nn/config.h"
#include "nn/loss.h"
#include "nn/params.h"
#include "nn/poll.h"
#include "nn/shape.h"
#include <glib.h>

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

/* The bytes that training such a network on a batch of signals of these lengths takes, at
 * the engine's threads: parameters, gradients, Adam's moments and everything between the
 * layers. config must be in range, the lengths at least nn_config_shortest (). */
size_t nn_autoencoder_measure (const NnConfig *config, const size_t *lengths,
                               size_t n_signals);

/* The named parameters with their gradients and Adam moments; owned by the model. */
NnParams *nn_autoencoder_get_params (NnAutoencoder *model);
/* E = L × H, the length of one embedding. */
size_t nn_autoencoder_embedding_size (const NnAutoencoder *model);

/* Each of the following runs the network over batch, whose signals are at least
 * nn_config_shortest () long. FALSE if poll (may be NULL), which is asked between and in
 * layers, said to stop: what should be overwritten is then undefined, parameters and
 * running statistics are as before. The running statistics and no dropout are used,
 * except in nn_autoencoder_backward. */

/* embedding (B, E): overwritten with the encoder's final hidden states, layer 0 first. */
bool nn_autoencoder_encode (NnAutoencoder *model, const NnBatch *batch,
                            nn_real *embedding, const NnPoll *poll);
/* The same with the mean over time of the encoder's hidden states instead of the final
 * ones. */
bool nn_autoencoder_encode_mean (NnAutoencoder *model, const NnBatch *batch,
                                 nn_real *embedding, const NnPoll *poll);
/* reconstruction (B, T, C): overwritten, zero from nn_config_reconstructed () of each
 * signal's length on. embedding (B, E) or NULL. */
bool nn_autoencoder_reconstruct (NnAutoencoder *model, const NnBatch *batch,
                                 nn_real *reconstruction, nn_real *embedding,
                                 const NnPoll *poll);
/* *value: the batch's loss. */
bool nn_autoencoder_loss (NnAutoencoder *model, const NnBatch *batch, const NnLoss *loss,
                          double *value, const NnPoll *poll);
/* Training mode: the statistics of the batch, and a dropout that seed determines.
 * *value: the loss; the gradient of every parameter is overwritten. reconstruction
 * (B, T, C) or NULL. */
bool nn_autoencoder_backward (NnAutoencoder *model, const NnBatch *batch,
                              const NnLoss *loss, uint64_t seed, double *value,
                              nn_real *reconstruction, const NnPoll *poll);
/* Moves the running statistics by those of the last batch, which must have been
 * nn_autoencoder_backward's: part of a training step, for a batch that is kept. */
void nn_autoencoder_track (NnAutoencoder *model);
