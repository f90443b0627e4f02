/* The rectified linear unit, y = max (x, 0). A NaN stays one. */
#pragma once

#include "nn/shape.h"

/* y (n): overwritten; may be x. */
void nn_relu_forward (nn_real *y, const nn_real *x, size_t n);
/* dx (n): overwritten with dy where y > 0, else 0; may be dy. y: the forward output. */
void nn_relu_backward (nn_real *dx, const nn_real *dy, const nn_real *y, size_t n);
