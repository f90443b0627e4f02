#include "nn/adam.h"

#include "nn/gemm.h"
#include <math.h>

/* m = β₁ m + (1 − β₁) g,  v = β₂ v + (1 − β₂) g²,
 * value −= rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε) */
NN_MULTIVERSION static void
update (nn_real *restrict value, nn_real *restrict m, nn_real *restrict v,
        const nn_real *restrict gradient, size_t n, nn_real rate, nn_real root_correction)
{
  const nn_real beta1 = (nn_real)0.9, beta2 = (nn_real)0.999, epsilon = (nn_real)1e-8;
  for (size_t i = 0; i < n; i++) {
    nn_real g = gradient[i];
    m[i] = beta1 * m[i] + (1 - beta1) * g;
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
#ifdef NN_DOUBLE
    nn_real root = sqrt (v[i]);
#else
    nn_real root = sqrtf (v[i]);
#endif
    value[i] -= rate * m[i] / (root * root_correction + epsilon);
  }
}

void
nn_adam_step (nn_real *value, nn_real *m, nn_real *v, const nn_real *gradient, size_t n,
              double learning_rate, uint64_t step)
{
  double rate = learning_rate / (1 - pow (0.9, (double)step));
  double root_correction = 1 / sqrt (1 - pow (0.999, (double)step));
  update (value, m, v, gradient, n, (nn_real)rate, (nn_real)root_correction);
}
