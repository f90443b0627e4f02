/* The larger of two neighbours in time, for each channel:
 *
 *   y[t] = max (x[2t], x[2t + 1]),   t = 0 … length / 2 − 1
 *
 * as PyTorch's MaxPool1d (2): the last sample of an odd length is left out, a NaN wins,
 * and of two equals the earlier has the derivative. x, dx are rows (nn/rows.h) of B
 * signals of lengths (≥ 2 each), y and dy rows of length / 2 each; C channels. */
#pragma once

#include "nn/shape.h"

/* y: overwritten, its gap rows with 0. y and x are apart. */
void nn_maxpool_forward (nn_real *y, const nn_real *x, const size_t *lengths,
                         size_t n_signals, size_t n_channels);
/* dx: overwritten, with 0 in gap rows and samples left out. x: as in forward. All are
 * apart. */
void nn_maxpool_backward (nn_real *dx, const nn_real *dy, const nn_real *x,
                          const size_t *lengths, size_t n_signals, size_t n_channels);
