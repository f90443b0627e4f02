/* Model + optimiser + generator + history + normalisation ⇄ the bytes of a safetensors
 * file with the PyTorch names of the original study: those tensors are the best by the
 * validation loss, "nn.last.NAME" where the run ended if elsewhere. No file access here.
 */
#pragma once

#include "nn/autoencoder.h"
#include "nn/trainer.h"
#include <glib.h>

typedef struct {
  NnAutoencoder *model; /* owned */
  NnTrainer trainer;
  double *mean,
      *scale; /* (C) each, owned: a signal is normalised as (x − mean) / scale */
  /* What the layers above want kept, string → string, owned: "rate_hz", … Keys must not
   * begin with "nn.", which are the checkpoint's own. */
  GHashTable *metadata;
} NnCheckpoint;

/* Takes ownership of model; mean 0, scale 1, an empty history and no metadata. */
NnCheckpoint *nn_checkpoint_new (NnAutoencoder *model, const NnTrainerConfig *config,
                                 uint64_t seed);
void nn_checkpoint_free (NnCheckpoint *checkpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheckpoint, nn_checkpoint_free)

/* Never NULL. */
GBytes *nn_checkpoint_encode (const NnCheckpoint *checkpoint);
/* The bytes are treated as hostile. NN_ERROR_FORMAT or NN_ERROR_MISMATCH; a file without
 * optimiser, history or normalisation (weights saved from Python) is taken with defaults,
 * its architecture known by its tensors' names. That its decoder reads the embedding is
 * told by the metadata "nn.decoder_input" = "embedding" alone. */
NnCheckpoint *nn_checkpoint_decode (GBytes *bytes, GError **error);

/* What a file says of its network and training, without any weight. */
typedef struct {
  NnConfig config;
  NnTrainer trainer;    /* without last */
  GHashTable *metadata; /* as in NnCheckpoint; owned */
} NnCheckpointHead;

/* Of bytes that nn_checkpoint_decode takes, but that no weight is looked at: of a mapped
 * file little more is read than the beginning. *head is overwritten. Fails likewise. */
bool nn_checkpoint_read_head (GBytes *bytes, NnCheckpointHead *head, GError **error);
void nn_checkpoint_head_clear (NnCheckpointHead *head);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnCheckpointHead, nn_checkpoint_head_clear)
