/* When each block of memory of a network is in use, for one pass over a batch.
 *
 * With N layers in the pass, moment i is the forward step of layer i, N is when the
 * results are read and the loss is taken, and 2N − i is the backward step of layer i. */
#pragma once

#include "nn/layer.h"
#include <glib.h>

static inline size_t
nn_plan_backward (size_t n_layers, size_t i)
{
  return 2 * n_layers - i;
}

/* Sets size and lifetime of all blocks of the first n_layers of layers, whose levels are
 * known, and of two more: input, the rows of the signals, and gradient, the derivative of
 * the loss by the last layer's output. blocks (NnBlock *): overwritten with those that
 * are needed. Without pass->training there is no way back. */
void nn_plan_blocks (GPtrArray *blocks, const NnPass *pass, NnLayer *layers,
                     size_t n_layers, NnBlock *input, NnBlock *gradient);
