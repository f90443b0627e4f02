#include "nn/lstm.h"

#include "nn/gemm.h"
#include "nn/rows.h"
#include <math.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

/* exp (x) − 1 without a call, so that the loops around it become vector code.
 * x = n ln 2 + r with |r| ≤ ln 2 / 2, then 2ⁿ (exp (r) − 1) + (2ⁿ − 1) with the series of
 * exp to r⁷: an error of about one unit in the last place, also near 0. */
ALWAYS_INLINE nn_real
exp_minus_1 (nn_real x)
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
ALWAYS_INLINE nn_real
sigmoid (nn_real x)
{
  return 1 / (2 + exp_minus_1 (-x));
}

/* (exp (2x) − 1) / (exp (2x) + 1) */
ALWAYS_INLINE nn_real
hyperbolic_tangent (nn_real x)
{
  nn_real e = exp_minus_1 (2 * (x > 20 ? 20 : x));
  return e / (e + 2);
}

/* One time step of one signal. gates (4H): a_t in, i f g o out; h, c (H): out. */
NN_MULTIVERSION static void
cell_forward (nn_real *restrict h, nn_real *restrict c, nn_real *restrict gates,
              const nn_real *restrict c_before, size_t n_hidden)
{
  nn_real *gi = gates, *gf = gi + n_hidden, *gg = gf + n_hidden, *go = gg + n_hidden;
  for (size_t j = 0; j < n_hidden; j++) {
    nn_real i = sigmoid (gi[j]), f = sigmoid (gf[j]), o = sigmoid (go[j]);
    nn_real g = hyperbolic_tangent (gg[j]), cell = f * c_before[j] + i * g;
    gi[j] = i;
    gf[j] = f;
    gg[j] = g;
    go[j] = o;
    c[j] = cell;
    h[j] = o * hyperbolic_tangent (cell);
  }
}

/* The same step backward, with d the derivative of the loss by what follows it:
 *   do = dh tanh (c),   dc += dh o (1 − tanh² c)
 *   di = dc g,  df = dc c_{t−1},  dg = dc i,  dc_{t−1} = dc f
 *   da_i = di i (1 − i),  da_f, da_o alike,  da_g = dg (1 − g²)
 * gates (4H): i f g o in, da out. dc (H): of c_t in, of c_{t−1} out. dh (H). */
NN_MULTIVERSION static void
cell_backward (nn_real *restrict gates, nn_real *restrict dc, const nn_real *restrict dh,
               const nn_real *restrict c, const nn_real *restrict c_before,
               size_t n_hidden)
{
  nn_real *gi = gates, *gf = gi + n_hidden, *gg = gf + n_hidden, *go = gg + n_hidden;
  for (size_t j = 0; j < n_hidden; j++) {
    nn_real i = gi[j], f = gf[j], g = gg[j], o = go[j];
    nn_real t = hyperbolic_tangent (c[j]);
    nn_real d = dc[j] + dh[j] * o * (1 - t * t);
    gi[j] = d * g * i * (1 - i);
    gf[j] = d * c_before[j] * f * (1 - f);
    gg[j] = d * i * (1 - g * g);
    go[j] = dh[j] * t * o * (1 - o);
    dc[j] = d * f;
  }
}

/* active: the rows before sample t of the signals that have one, for nn_panels_multiply;
 * returns how many. */
static size_t
find_active (size_t *active, const size_t *lengths, size_t n_signals, size_t t)
{
  size_t n = 0;
  for (size_t b = 0, gap = 0; b < n_signals; gap += lengths[b++] + 1) {
    if (t < lengths[b])
      active[n++] = gap + t;
  }
  return n;
}

static size_t
find_longest (const size_t *lengths, size_t n_signals)
{
  size_t longest = 0;
  for (size_t b = 0; b < n_signals; b++)
    longest = lengths[b] > longest ? lengths[b] : longest;
  return longest;
}

size_t
nn_lstm_scratch_size (size_t n_hidden)
{
  size_t forward = nn_panels_size (n_hidden, 4 * n_hidden);
  size_t backward = nn_panels_size (4 * n_hidden, n_hidden);
  return forward > backward ? forward : backward;
}

void
nn_lstm_forward (nn_real *h, nn_real *c, nn_real *gates, nn_real *scratch, size_t *active,
                 const nn_real *x, const nn_real *weight_ih, const nn_real *weight_hh,
                 const nn_real *bias_ih, const nn_real *bias_hh, const size_t *lengths,
                 size_t n_signals, size_t n_in, size_t n_hidden)
{
  size_t n_rows = nn_rows_count (lengths, n_signals), n_gates = 4 * n_hidden;

  /* What depends on the input alone, for all signals and times at once. */
  for (size_t j = 0; j < n_gates; j++)
    gates[j] = bias_ih[j] + bias_hh[j];
  for (size_t row = 1; row < n_rows; row++)
    memcpy (gates + row * n_gates, gates, n_gates * sizeof *gates);
  nn_gemm (gates, n_gates, x, n_in, false, weight_ih, n_in, true, n_rows, n_gates, n_in,
           1);

  nn_panels_pack (scratch, weight_hh, 1, n_hidden, n_hidden, n_gates); /* W_hhᵀ */
  size_t longest = find_longest (lengths, n_signals);
  for (size_t t = 0; t < longest; t++) {
    size_t n = find_active (active, lengths, n_signals, t);
    nn_panels_multiply (gates + n_gates, n_gates, h, n_hidden, active, n, scratch,
                        n_hidden, n_gates);
    for (size_t i = 0; i < n; i++) {
      size_t row = active[i] + 1;
      cell_forward (h + row * n_hidden, c + row * n_hidden, gates + row * n_gates,
                    c + (row - 1) * n_hidden, n_hidden);
    }
  }
}

void
nn_lstm_backward (nn_real *dx, nn_real *dweight_ih, nn_real *dweight_hh,
                  nn_real *dbias_ih, nn_real *dbias_hh, nn_real *dh, nn_real *dc,
                  nn_real *gates, nn_real *scratch, size_t *active, const nn_real *x,
                  const nn_real *h, const nn_real *c, const nn_real *weight_ih,
                  const nn_real *weight_hh, const size_t *lengths, size_t n_signals,
                  size_t n_in, size_t n_hidden)
{
  size_t n_rows = nn_rows_count (lengths, n_signals), n_gates = 4 * n_hidden;

  nn_panels_pack (scratch, weight_hh, n_hidden, 1, n_gates, n_hidden); /* W_hh */
  nn_rows_set_gaps (gates, NULL, lengths, n_signals, n_gates);
  for (size_t t = find_longest (lengths, n_signals); t-- > 0;) {
    size_t n = 0;
    for (size_t b = 0, gap = 0; b < n_signals; gap += lengths[b++] + 1) {
      if (t >= lengths[b])
        continue;
      size_t row = gap + t + 1;
      cell_backward (gates + row * n_gates, dc + b * n_hidden, dh + row * n_hidden,
                     c + row * n_hidden, c + (row - 1) * n_hidden, n_hidden);
      active[n++] = row - 1;
    }
    /* dh_{t−1} += da_t · W_hh */
    nn_panels_multiply (dh, n_hidden, gates + n_gates, n_gates, active, n, scratch,
                        n_gates, n_hidden);
  }

  /* gates now holds da, with 0 in the gap rows: dx = da · W_ih, dW_ih = daᵀ · x,
   * dW_hh = Σ da_tᵀ h_{t−1}, where h_{t−1} is the row before, db = Σ da. */
  nn_gemm (dx, n_in, gates, n_gates, false, weight_ih, n_in, false, n_rows, n_in, n_gates,
           0);
  nn_gemm (dweight_ih, n_in, gates, n_gates, true, x, n_in, false, n_gates, n_in, n_rows,
           1);
  nn_gemm (dweight_hh, n_hidden, gates + n_gates, n_gates, true, h, n_hidden, false,
           n_gates, n_hidden, n_rows - 1, 1);
  memset (scratch, 0, n_gates * sizeof *scratch);
  nn_add_column_sums (scratch, gates, n_rows, n_gates);
  for (size_t j = 0; j < n_gates; j++) {
    dbias_ih[j] += scratch[j];
    dbias_hh[j] += scratch[j];
  }
}
