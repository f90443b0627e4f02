/* What writing and reading a checkpoint share: its own names, and tables of what goes
 * into it. */
#pragma once

#include "nn/checkpoint.h"

/* Metadata keys, and tensors beside the parameters. */
#define OWN_PREFIX "nn."
#define KEY_ARCHITECTURE OWN_PREFIX "architecture"
#define KEY_DECODER_INPUT OWN_PREFIX "decoder_input"
#define KEY_DROPOUT OWN_PREFIX "dropout"
#define KEY_LOSS OWN_PREFIX "loss"
#define KEY_SCHEDULE OWN_PREFIX "schedule"
#define KEY_RNG OWN_PREFIX "rng"
#define TENSOR_MEAN OWN_PREFIX "mean"
#define TENSOR_SCALE OWN_PREFIX "scale"
#define TENSOR_HISTORY OWN_PREFIX "history"
#define TENSOR_BATCHES OWN_PREFIX "history.batches" /* (epochs): how many there were */
#define TENSOR_BATCH_LOSSES OWN_PREFIX "history.losses" /* (batches) */
#define PREFIX_M OWN_PREFIX "adam.m."
#define PREFIX_V OWN_PREFIX "adam.v."
#define PREFIX_LAST OWN_PREFIX "last."

/* training loss, validation loss, seconds */
enum { HISTORY_COLUMNS = 3 };

/* A block of a network that is kept. */
typedef struct {
  const char *prefix; /* its tensors' names are this and the entry's */
  const NnParam *table;
  size_t n;
  nn_real *values;
  bool optional;       /* a file without any of it is taken as it is */
  const char *squares; /* what ends the names of entries that are never negative; NULL */
} NnCheckpointBlock;

/* Values, buffers and moments; then, if there is a last, its values and buffers. Returns
 * how many. */
enum { MAX_BLOCKS = 6 };
size_t nn_checkpoint_get_blocks (const NnParams *params, const NnSnapshot *last,
                                 NnCheckpointBlock blocks[MAX_BLOCKS]);

/* The trainer's numbers by their keys. */
typedef struct {
  const char *key;
  double *number; /* or NULL, and */
  size_t *count;  /* or NULL, and */
  uint64_t *word;
} NnCheckpointNumber;

enum { N_NUMBERS = 10 };
void nn_checkpoint_get_numbers (NnTrainer *trainer,
                                NnCheckpointNumber numbers[N_NUMBERS]);
