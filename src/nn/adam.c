#include "nn/adam.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include <math.h>

typedef struct {
  nn_real *value, *m, *v;
  const nn_real *gradient;
  size_t n;
  /* kept: 1 − η λ; rate: η / (1 − β₁ᵗ); root_correction: 1 / √(1 − β₂ᵗ) */
  nn_real scale, kept, rate, root_correction;
} Update;

/* Parameters in a share: whole cache lines; and from how many on sharing them out pays.
 */
enum { GRAIN = 1024 };

NN_MULTIVERSION static void
update (nn_real *restrict value, nn_real *restrict m, nn_real *restrict v,
        const nn_real *restrict gradient, size_t n, nn_real scale, nn_real kept,
        nn_real rate, nn_real root_correction)
{
  const nn_real beta1 = (nn_real)0.9, beta2 = (nn_real)0.999, epsilon = (nn_real)1e-8;
  for (size_t i = 0; i < n; i++) {
    nn_real g = gradient[i] * scale;
    m[i] = beta1 * m[i] + (1 - beta1) * g;
    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
#ifdef NN_DOUBLE
    nn_real root = sqrt (v[i]);
#else
    nn_real root = sqrtf (v[i]);
#endif
    value[i] = kept * value[i] - rate * m[i] / (root * root_correction + epsilon);
  }
}

static void
update_share (void *data, size_t thread, size_t n_threads)
{
  const Update *u = data;
  size_t first, end;
  nn_parallel_share (&first, &end, u->n, GRAIN, thread, n_threads);
  update (u->value + first, u->m + first, u->v + first, u->gradient + first, end - first,
          u->scale, u->kept, u->rate, u->root_correction);
}

void
nn_adam_step (nn_real *value, nn_real *m, nn_real *v, const nn_real *gradient, size_t n,
              const NnAdam *adam, uint64_t step)
{
  double rate = adam->learning_rate / (1 - pow (0.9, (double)step));
  double root_correction = 1 / sqrt (1 - pow (0.999, (double)step));
  Update u = {.value = value,
              .m = m,
              .v = v,
              .gradient = gradient,
              .n = n,
              .scale = (nn_real)adam->gradient_scale,
              .kept = (nn_real)(1 - adam->learning_rate * adam->weight_decay),
              .rate = (nn_real)rate,
              .root_correction = (nn_real)root_correction};
  nn_parallel_run_long (update_share, &u, (double)n);
}

/* In a number of sums that does not depend on that of the threads. */
NN_MULTIVERSION double
nn_adam_squared_norm (const nn_real *gradient, size_t n)
{
  enum { SUMS = 16 };
  double sums[SUMS] = {0}, total = 0;
  size_t i = 0;
  for (; i + SUMS <= n; i += SUMS) {
    for (size_t j = 0; j < SUMS; j++)
      sums[j] += (double)gradient[i + j] * (double)gradient[i + j];
  }
  for (; i < n; i++)
    total += (double)gradient[i] * (double)gradient[i];
  for (size_t j = 0; j < SUMS; j++)
    total += sums[j];
  return total;
}

double
nn_adam_clip (double squared_norm, double clip_norm)
{
  double norm = sqrt (squared_norm);
  return clip_norm > 0 && norm > clip_norm ? clip_norm / norm : 1;
}
