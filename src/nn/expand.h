/* A signal's last row at each of its samples, y[t] = x[length − 1]: the embedding as what
 * a decoder reads. x, y, dx and dy are rows (nn/rows.h) of B signals, C channels. */
#pragma once

#include "nn/shape.h"

/* y: overwritten, its gap rows with 0. y and x are apart. */
void nn_expand_forward (nn_real *y, const nn_real *x, const size_t *lengths,
                        size_t n_signals, size_t n_channels);
/* dx: overwritten: each signal's last row with Σ dy over its samples, added up in double,
 * all others with 0. dx and dy are apart. */
void nn_expand_backward (nn_real *dx, const nn_real *dy, const size_t *lengths,
                         size_t n_signals, size_t n_channels);
