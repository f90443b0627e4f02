/* Adam (Kingma and Ba 2015, arXiv 1412.6980, algorithm 1) with β₁ 0.9, β₂ 0.999, ε 1e-8,
 * and decoupled weight decay (AdamW: Loshchilov and Hutter 2019, arXiv 1711.05101,
 * algorithm 2, as PyTorch's AdamW: the decay is scaled by the learning rate):
 *
 *   m = β₁ m + (1 − β₁) g,   v = β₂ v + (1 − β₂) g²
 *   value = (1 − η λ) value − η m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 *
 * for step t from 1, of the learning rate η and the decay λ, which holds for all
 * parameters alike. */
#pragma once

#include "nn/shape.h"

typedef struct {
  double learning_rate;  /* η */
  double weight_decay;   /* λ; 0: plain Adam */
  double gradient_scale; /* g is the gradient times this: of a clipped norm, else 1 */
} NnAdam;

/* Σ g² of gradient (n), in double: NaN or infinite if one of them is. */
double nn_adam_squared_norm (const nn_real *gradient, size_t n);
/* The scale that brings a gradient of that squared norm to at most clip_norm (Pascanu,
 * Mikolov and Bengio 2013, arXiv 1211.5063, algorithm 1); 1 for a clip_norm of 0. */
double nn_adam_clip (double squared_norm, double clip_norm);
/* value, m, v (n): updated. gradient (n). step: 1 for the first update. */
void nn_adam_step (nn_real *value, nn_real *m, nn_real *v, const nn_real *gradient,
                   size_t n, const NnAdam *adam, uint64_t step);
