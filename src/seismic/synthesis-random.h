/* The random numbers of the synthesis (nn's generator lives in another room): splitmix64,
 * Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195. */
#pragma once

#include <glib.h>
#include <math.h>
#include <stdint.h>

typedef struct {
  uint64_t state;
} SynthesisRandom;

static inline uint64_t
synthesis_random_next (SynthesisRandom *random)
{
  uint64_t z = random->state += UINT64_C (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A stream of its own for each purpose: numbers drawn for one never shift another's. */
static inline SynthesisRandom
synthesis_random_stream (uint64_t seed, uint64_t purpose, uint64_t index)
{
  SynthesisRandom random = {seed};
  random.state = synthesis_random_next (&random) ^ purpose;
  random.state = synthesis_random_next (&random) ^ index;
  synthesis_random_next (&random);
  return random;
}

/* Uniform in [low, high). */
static inline double
synthesis_random_uniform (SynthesisRandom *random, double low, double high)
{
  double unit = (double)(synthesis_random_next (random) >> 11) * 0x1p-53;
  return low + (high - low) * unit;
}

/* Uniform in 0 … n − 1; the bias of the modulus is far below anything seen here. */
static inline size_t
synthesis_random_below (SynthesisRandom *random, size_t n)
{
  return (size_t)(synthesis_random_next (random) % n);
}

/* Standard normal, by Box and Muller. */
static inline double
synthesis_random_normal (SynthesisRandom *random)
{
  double radius = 1.0 - synthesis_random_uniform (random, 0.0, 1.0);
  double angle = synthesis_random_uniform (random, 0.0, 2.0 * G_PI);
  return sqrt (-2.0 * log (radius)) * cos (angle);
}
