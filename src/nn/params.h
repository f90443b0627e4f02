/* The table of a network's named parameters, and one block of memory for each role: the
 * values, their gradients and Adam's two moments. */
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
  double bound;        /* initial values are uniform in ±bound */
} NnParam;

typedef struct {
  NnParam *table; /* (n_params) */
  size_t n_params;
  size_t size; /* of a block: all parameters together */
  /* (size) each; NULL before nn_params_allocate. */
  nn_real *value, *gradient, *m, *v;
} NnParams;

/* An empty table. Free with nn_params_free. */
NnParams *nn_params_new (void);
void nn_params_free (NnParams *params);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnParams, nn_params_free)

/* Appends a parameter, whose name is copied; returns its index. */
size_t nn_params_add (NnParams *params, const char *name, size_t n_dimensions,
                      const size_t *shape, double bound);
/* Once, after the last addition: makes the blocks, all 0. */
void nn_params_allocate (NnParams *params);
/* Draws every value, in the order of the table. */
void nn_params_initialize (NnParams *params, NnRng *rng);
/* NULL if there is none of that name. */
const NnParam *nn_params_find (const NnParams *params, const char *name);
