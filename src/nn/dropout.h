/* Inverted dropout (Srivastava et al. 2014, JMLR 15; scaled in training so that inference
 * needs nothing): y = x / (1 − rate) with probability 1 − rate, else 0.
 *
 * Value number i is kept or dropped by a function of key and i alone: no mask is stored,
 * forward and backward meet the same one, and any part of the values may be worked on by
 * any thread. */
#pragma once

#include "nn/shape.h"

/* y (n): overwritten from x (n), which are the values number first, first + 1, … of all;
 * may be x. rate: 0 … below 1. The backward pass is the same function of dy, giving dx.
 */
void nn_dropout_apply (nn_real *y, const nn_real *x, size_t first, size_t n, double rate,
                       uint64_t key);
