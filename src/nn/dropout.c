#include "nn/dropout.h"

#include "nn/gemm.h"

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

NN_MULTIVERSION void
nn_dropout_apply (nn_real *y, const nn_real *x, size_t first, size_t n, double rate,
                  uint64_t key)
{
  uint32_t low = (uint32_t)key, high = (uint32_t)(key >> 32);
  uint32_t threshold = (uint32_t)(rate * 0x1p32), start = (uint32_t)first;
  nn_real scale = (nn_real)(1 / (1 - rate));
  for (size_t i = 0; i < n; i++)
    y[i] = draw (start + (uint32_t)i, low, high) < threshold ? 0 : x[i] * scale;
}
