/* A fully connected layer applied to each row: y = W x + b. I inputs, O outputs. */
#pragma once

#include "nn/shape.h"

/* y (N, O): overwritten. x (N, I), weight (O, I), bias (O). y is apart from x. */
void nn_linear_forward (nn_real *y, const nn_real *x, const nn_real *weight,
                        const nn_real *bias, size_t n_rows, size_t n_in, size_t n_out);
/* dx (N, I): overwritten. dweight (O, I), dbias (O): accumulated. dy (N, O), x as in
 * forward; nothing overlaps. */
void nn_linear_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, const nn_real *dy,
                         const nn_real *x, const nn_real *weight, size_t n_rows,
                         size_t n_in, size_t n_out);
