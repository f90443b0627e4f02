/* The logistic function and tanh without a call, so that loops around them become vector
 * code. In single precision both are within 3e-7: tanh relative to its value, also near
 * 0, the logistic function absolutely (tests/nn/test-lstm-step.c). */
#pragma once

#include "nn/shape.h"
#include <math.h>
#include <string.h>

/* exp (x) − 1. x = n ln 2 + r with |r| ≤ ln 2 / 2, then 2ⁿ (exp (r) − 1) + (2ⁿ − 1) with
 * the series of exp to r⁷. */
static inline __attribute__ ((always_inline)) nn_real
nn_exp_minus_1 (nn_real x)
{
#ifdef NN_DOUBLE
  return expm1 (x);
#else
  /* Adding 1.5 · 2²³ leaves n, rounded, in the low bits. */
  const float magic = 12582912.0f;
  x = x < -80.0f ? -80.0f : x;
  x = x > 80.0f ? 80.0f : x;
  float shifted = x * 1.44269504f + magic, n = shifted - magic, scale;
  /* ln 2 in two parts, so that n ln 2 is exact enough. */
  float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float series = 1.0f / 5040.0f;
  series = series * r + 1.0f / 720.0f;
  series = series * r + 1.0f / 120.0f;
  series = series * r + 1.0f / 24.0f;
  series = series * r + 1.0f / 6.0f;
  series = series * r + 0.5f;
  series = series * r * r + r;
  uint32_t bits;
  memcpy (&bits, &shifted, sizeof bits);
  bits = (bits << 23) + 0x3f800000u; /* the exponent of 2ⁿ */
  memcpy (&scale, &bits, sizeof scale);
  return scale * series + (scale - 1.0f);
#endif
}

/* 1 / (1 + exp (−x)) */
static inline __attribute__ ((always_inline)) nn_real
nn_sigmoid (nn_real x)
{
  return 1 / (2 + nn_exp_minus_1 (-x));
}

/* (exp (2x) − 1) / (exp (2x) + 1) */
static inline __attribute__ ((always_inline)) nn_real
nn_tanh (nn_real x)
{
  nn_real e = nn_exp_minus_1 (2 * (x > 20 ? 20 : x));
  return e / (e + 2);
}
