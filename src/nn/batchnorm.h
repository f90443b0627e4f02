/* Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167, algorithm 1), as
 * PyTorch's BatchNorm1d: for each channel c over the N = Σ length samples of a batch
 *
 *   mean = Σ x / N,   variance = Σ (x − mean)² / N   (biased)
 *   y = weight (x − mean) / √(variance + ε) + bias,   ε = 1e-5
 *
 * x, y, dx and dy are rows (nn/rows.h) of B signals, (R, C); gap rows are no samples and
 * count for nothing. mean, variance (C); weight, bias (C) as in PyTorch. */
#pragma once

#include "nn/shape.h"

/* mean, variance: overwritten with those of x; added up in double. */
void nn_batchnorm_measure (double *mean, double *variance, const nn_real *x,
                           const size_t *lengths, size_t n_signals, size_t n_channels);
/* y: overwritten, its gap rows with 0; may be x. In inference mean and variance are the
 * running ones. */
void nn_batchnorm_forward (nn_real *y, const nn_real *x, const double *mean,
                           const double *variance, const nn_real *weight,
                           const nn_real *bias, const size_t *lengths, size_t n_signals,
                           size_t n_channels);
/* Through the batch's own mean and variance, of which it needs those of x.
 * dx: overwritten, gap rows with 0; may be dy. dweight, dbias: accumulated. */
void nn_batchnorm_backward (nn_real *dx, nn_real *dweight, nn_real *dbias,
                            const nn_real *dy, const nn_real *x, const double *mean,
                            const double *variance, const nn_real *weight,
                            const size_t *lengths, size_t n_signals, size_t n_channels);
/* The running statistics move a tenth of the way (momentum 0.1) to those of a batch of
 * n_samples, with the unbiased variance, variance N / (N − 1); one sample has none, and
 * the running variance then stays. */
void nn_batchnorm_track (nn_real *running_mean, nn_real *running_variance,
                         const double *mean, const double *variance, size_t n_samples,
                         size_t n_channels);
