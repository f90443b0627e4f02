/* A seeded random generator with a state that can be saved (xoshiro256**, Blackman and
 * Vigna 2018, doi 10.1145/3460772; seeded by splitmix64). */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t state[4];
} NnRng;

void nn_rng_seed (NnRng *rng, uint64_t seed);
uint64_t nn_rng_next (NnRng *rng);
/* Uniform in [0, 1). */
double nn_rng_uniform (NnRng *rng);
/* Standard normal. */
double nn_rng_normal (NnRng *rng);
/* Uniform in 0 … n − 1, n ≥ 1, without bias. */
size_t nn_rng_below (NnRng *rng, size_t n);
/* Fisher–Yates shuffle of the n values of order. */
void nn_rng_shuffle (NnRng *rng, size_t *order, size_t n);
