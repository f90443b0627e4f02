#include "nn/relu.h"

#include "nn/gemm.h"

NN_MULTIVERSION void
nn_relu_forward (nn_real *y, const nn_real *x, size_t n)
{
  for (size_t i = 0; i < n; i++)
    y[i] = x[i] < 0 ? 0 : x[i];
}

NN_MULTIVERSION void
nn_relu_backward (nn_real *dx, const nn_real *dy, const nn_real *y, size_t n)
{
  for (size_t i = 0; i < n; i++)
    dx[i] = y[i] > 0 ? dy[i] : 0;
}
