#include "nn/rng.h"

#include <math.h>

static uint64_t
rotate_left (uint64_t value, int bits)
{
  return (value << bits) | (value >> (64 - bits));
}

void
nn_rng_seed (NnRng *rng, uint64_t seed)
{
  /* splitmix64: Steele, Lea, Flood 2014, doi 10.1145/2660193.2660195. */
  for (int i = 0; i < 4; i++) {
    uint64_t z = seed += UINT64_C (0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
    rng->state[i] = z ^ (z >> 31);
  }
}

uint64_t
nn_rng_next (NnRng *rng)
{
  uint64_t *s = rng->state;
  uint64_t result = rotate_left (s[1] * 5, 7) * 9, t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

double
nn_rng_uniform (NnRng *rng)
{
  return (double)(nn_rng_next (rng) >> 11) * 0x1p-53;
}

double
nn_rng_normal (NnRng *rng)
{
  /* Box and Muller 1958, one of the pair, so that the state is the four words alone. */
  double radius = sqrt (-2 * log (1 - nn_rng_uniform (rng)));
  return radius * cos (2 * 3.14159265358979323846 * nn_rng_uniform (rng));
}

size_t
nn_rng_below (NnRng *rng, size_t n)
{
  /* The last, incomplete run of n among the 2⁶⁴ values is drawn again. */
  uint64_t excess = (UINT64_MAX % n + 1) % n, value;
  do
    value = nn_rng_next (rng);
  while (value > UINT64_MAX - excess);
  return (size_t)(value % n);
}

void
nn_rng_shuffle (NnRng *rng, size_t *order, size_t n)
{
  for (size_t i = n; i > 1; i--) {
    size_t j = nn_rng_below (rng, i), last = order[i - 1];
    order[i - 1] = order[j];
    order[j] = last;
  }
}
