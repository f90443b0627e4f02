/* Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) with β₁ 0.9, β₂ 0.999,
 * ε 1e-8. */
#pragma once

#include "nn/shape.h"

/* value, m, v (n): updated. gradient (n). step: 1 for the first update. */
void nn_adam_step (nn_real *value, nn_real *m, nn_real *v, const nn_real *gradient,
                   size_t n, double learning_rate, uint64_t step);
