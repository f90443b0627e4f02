/* Every sample twice, y[2t] = y[2t + 1] = x[t], as PyTorch's Upsample (scale_factor 2,
 * nearest). x, dx are rows (nn/rows.h) of B signals of lengths, y and dy rows of twice
 * that each; C channels. */
#pragma once

#include "nn/shape.h"

/* y: overwritten, its gap rows with 0. y and x are apart. */
void nn_upsample_forward (nn_real *y, const nn_real *x, const size_t *lengths,
                          size_t n_signals, size_t n_channels);
/* dx: overwritten with dy[2t] + dy[2t + 1], its gap rows with 0. dx and dy are apart. */
void nn_upsample_backward (nn_real *dx, const nn_real *dy, const size_t *lengths,
                           size_t n_signals, size_t n_channels);
