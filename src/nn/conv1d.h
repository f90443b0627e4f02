/* A convolution along time: kernel 3, stride 1, one zero beyond each end of a signal.
 *
 *   y[t, o] = bias[o] + Σ_c Σ_k weight[o, c, k] · x[t + k − 1, c] (cross-correlation, as
 * PyTorch's Conv1d)
 *
 * x and y are rows (nn/rows.h) of B signals: x (R, I), y (R, O). weight (O, I, K), bias
 * (O) as in PyTorch. */
#pragma once

#include "nn/shape.h"

#define NN_CONV1D_KERNEL 3

/* nn_real of the scratch that both directions need. */
size_t nn_conv1d_scratch_size (size_t n_in, size_t n_out);

/* y: overwritten, its gap rows with 0. x: its gap rows are 0. Nothing overlaps. */
void nn_conv1d_forward (nn_real *y, nn_real *scratch, const nn_real *x,
                        const nn_real *weight, const nn_real *bias, const size_t *lengths,
                        size_t n_signals, size_t n_in, size_t n_out);
/* dx (R, I): overwritten, its gap rows with 0; NULL if not wanted. dweight, dbias:
 * accumulated. dy (R, O) and x: their gap rows are 0. Nothing overlaps. */
void nn_conv1d_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, nn_real *scratch,
                         const nn_real *dy, const nn_real *x, const nn_real *weight,
                         const size_t *lengths, size_t n_signals, size_t n_in,
                         size_t n_out);
