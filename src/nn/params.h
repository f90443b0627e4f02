/* The table of a network's named parameters, and one block of memory for each role: the
 * values, their gradients and Adam's two moments. Beside them what training keeps without
 * a gradient, as PyTorch's buffers: running statistics and counts. */
#pragma once

#include "nn/rng.h"
#include "nn/shape.h"
#include <glib.h>

#define NN_PARAM_MAX_DIMENSIONS 3

typedef struct {
  char *name; /* as in PyTorch, such as "encoder.conv_enc.0.weight" */
  size_t n_dimensions;
  size_t shape[NN_PARAM_MAX_DIMENSIONS];
  size_t offset, size; /* in the blocks, in nn_real */
  /* Initial values are uniform in center ± bound. */
  double center, bound;
} NnParam;

/* A whole number that is saved with the network. */
typedef struct {
  char *name; /* as in PyTorch */
  uint64_t value;
} NnCounter;

typedef struct {
  NnParam *table; /* (n_params) */
  size_t n_params;
  size_t size; /* of a block: all parameters together */
  /* (size) each; NULL before nn_params_allocate. */
  nn_real *value, *gradient, *m, *v;

  NnParam *buffer_table; /* (n_buffers) */
  size_t n_buffers;
  size_t buffer_size;
  nn_real *buffer;     /* (buffer_size); NULL before nn_params_allocate */
  NnCounter *counters; /* (n_counters) */
  size_t n_counters;
} NnParams;

/* An empty table. Free with nn_params_free. */
NnParams *nn_params_new (void);
void nn_params_free (NnParams *params);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnParams, nn_params_free)

/* Appends a parameter, whose name is copied; returns its index. */
size_t nn_params_add (NnParams *params, const char *name, size_t n_dimensions,
                      const size_t *shape, double center, double bound);
/* The same in the table of buffers: size values, all initial. */
size_t nn_params_add_buffer (NnParams *params, const char *name, size_t size,
                             double initial);
/* Appends a counter of 0; returns its index. */
size_t nn_params_add_counter (NnParams *params, const char *name);
/* Once, after the last addition: makes the blocks, all 0 but for the buffers. */
void nn_params_allocate (NnParams *params);
/* How many nn_real these take. */
size_t nn_params_measure (const NnParams *params);
/* Draws every value, in the order of the table; a bound of 0 draws nothing. */
void nn_params_initialize (NnParams *params, NnRng *rng);
/* A copy of values, buffers and counters: the state of a network at some time. */
typedef struct {
  nn_real *value, *buffer; /* as in NnParams */
  uint64_t *counters;      /* (n_counters) */
} NnSnapshot;

NnSnapshot *nn_snapshot_new (const NnParams *params);
void nn_snapshot_free (NnSnapshot *snapshot);
/* The snapshot becomes the state of params, and that of params the snapshot's; the
 * pointers of params stay as they are. */
void nn_snapshot_swap (NnSnapshot *snapshot, NnParams *params);
/* The snapshot becomes the state of params. */
void nn_snapshot_take (NnSnapshot *snapshot, const NnParams *params);
bool nn_snapshot_equal (const NnSnapshot *snapshot, const NnParams *params);

/* NULL if there is none of that name. */
const NnParam *nn_params_find (const NnParams *params, const char *name);
