/* Draws that depend on a seed and a name alone, not on what else is drawn. */
#pragma once

#include "nn/rng.h"

/* FNV-1a 64 of name picks one of the generators of the seed. */
static inline uint64_t
analysis_lot (uint64_t seed, const char *name)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325);
  for (const char *c = name; *c != '\0'; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C (0x100000001b3);
  NnRng rng;
  nn_rng_seed (&rng, seed);
  nn_rng_seed (&rng, nn_rng_next (&rng) ^ hash);
  return nn_rng_next (&rng);
}
