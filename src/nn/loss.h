/* The loss of a batch in rows (nn/rows.h): the mean over its B signals of
 *   (Σ over time and channels of |y − x|) / length,
 * the original study's masked L1. */
#pragma once

#include "nn/shape.h"

/* y, x (R, C): reconstruction and signals. Summed in double. */
double nn_loss_l1 (const nn_real *y, const nn_real *x, const size_t *lengths,
                   size_t n_signals, size_t n_channels);
/* dy (R, C): overwritten with the derivative, sign (y − x) / (B · length), 0 where y = x;
 * gap rows 0. dy may be y. */
void nn_loss_l1_backward (nn_real *dy, const nn_real *y, const nn_real *x,
                          const size_t *lengths, size_t n_signals, size_t n_channels);
