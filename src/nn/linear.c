#include "nn/linear.h"

#include "nn/gemm.h"
#include <string.h>

void
nn_linear_forward (nn_real *y, const nn_real *x, const nn_real *weight,
                   const nn_real *bias, size_t n_rows, size_t n_in, size_t n_out)
{
  for (size_t row = 0; row < n_rows; row++)
    memcpy (y + row * n_out, bias, n_out * sizeof *y);
  nn_gemm (y, n_out, x, n_in, false, weight, n_in, true, n_rows, n_out, n_in, 1);
}

/* With L the loss and d the derivative of L: dx = dy · W, dW = dyᵀ · x, db = Σ dy. */
void
nn_linear_backward (nn_real *dx, nn_real *dweight, nn_real *dbias, const nn_real *dy,
                    const nn_real *x, const nn_real *weight, size_t n_rows, size_t n_in,
                    size_t n_out)
{
  nn_gemm (dx, n_in, dy, n_out, false, weight, n_in, false, n_rows, n_in, n_out, 0);
  nn_gemm (dweight, n_in, dy, n_out, true, x, n_in, false, n_out, n_in, n_rows, 1);
  nn_add_column_sums (dbias, dy, n_out, n_rows, n_out);
}
