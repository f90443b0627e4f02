/* The loss of a batch: the mean over its B signals of
 *   (Σ over time and channels of ρ (y − x)) / length
 * with ρ (r) of a kind of error. The absolute error is the original study's masked L1. */
#pragma once

#include "nn/shape.h"

typedef enum {
  NN_LOSS_L1,   /* ρ = |r| */
  NN_LOSS_L2,   /* ρ = r² */
  NN_LOSS_HUBER /* ρ = r² / 2 where |r| ≤ δ, else δ (|r| − δ / 2) (Huber 1964, doi
                 * 10.1214/aoms/1177703732), as PyTorch's HuberLoss */
} NnLossKind;

typedef struct {
  NnLossKind kind;
  double delta; /* δ > 0 of the Huber loss */
} NnLoss;

/* "l1", "l2", "huber" and back. FALSE and *kind untouched if there is no such loss. */
const char *nn_loss_to_string (NnLossKind kind);
bool nn_loss_from_string (const char *name, NnLossKind *kind);

/* y: reconstructions, rows (nn/rows.h) of y_lengths; x: signals, rows of lengths, each
 * at least as long; both of C channels. Compared are the samples of y; what it is divided
 * by is the whole length of x. Summed in double. */
double nn_loss_forward (const NnLoss *loss, const nn_real *y, const size_t *y_lengths,
                        const nn_real *x, const size_t *lengths, size_t n_signals,
                        size_t n_channels);
/* dy (as y): overwritten with the derivative, ρ′ (y − x) / (B · length), with sign (0) =
 * 0; gap rows 0. dy may be y. */
void nn_loss_backward (const NnLoss *loss, nn_real *dy, const nn_real *y,
                       const size_t *y_lengths, const nn_real *x, const size_t *lengths,
                       size_t n_signals, size_t n_channels);
