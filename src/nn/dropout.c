#include "nn/dropout.h"

#include "nn/gemm.h"
#include "nn/parallel.h"

/* Splitmix (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195) in words of 32 bits,
 * which vectors multiply: a Weyl sequence from the key's low half, mixed by MurmurHash3's
 * finalizer with the high half in its middle. */
static inline __attribute__ ((always_inline)) uint32_t
draw (uint32_t i, uint32_t low, uint32_t high)
{
  uint32_t z = i * 0x9e3779b9u + low;
  z = (z ^ (z >> 16)) * 0x85ebca6bu + high;
  z = (z ^ (z >> 13)) * 0xc2b2ae35u;
  return z ^ (z >> 16);
}

typedef struct {
  nn_real *y;
  const nn_real *x;
  size_t first, n;
  uint32_t low, high, threshold;
  nn_real scale;
} Call;

NN_MULTIVERSION static void
drop (nn_real *y, const nn_real *x, uint32_t start, size_t n, uint32_t low, uint32_t high,
      uint32_t threshold, nn_real scale)
{
  for (size_t i = 0; i < n; i++)
    y[i] = draw (start + (uint32_t)i, low, high) < threshold ? 0 : x[i] * scale;
}

static void
drop_share (void *data, size_t thread, size_t n_threads)
{
  const Call *c = data;
  size_t first, end;
  nn_parallel_share (&first, &end, c->n, 1024, thread, n_threads);
  drop (c->y + first, c->x + first, (uint32_t)(c->first + first), end - first, c->low,
        c->high, c->threshold, c->scale);
}

void
nn_dropout_apply (nn_real *y, const nn_real *x, size_t first, size_t n, double rate,
                  uint64_t key)
{
  Call call = {.y = y,
               .x = x,
               .first = first,
               .n = n,
               .low = (uint32_t)key,
               .high = (uint32_t)(key >> 32),
               .threshold = (uint32_t)(rate * 0x1p32),
               .scale = (nn_real)(1 / (1 - rate))};
  nn_parallel_run_long (drop_share, &call, (double)n / 2);
}
