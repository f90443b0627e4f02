/* The layout of signals inside the engine: rows.
 *
 * A batch of B signals of lengths T₀ … T_{B−1} is a matrix (R, C), R = Σ T_b + B + 1: the
 * signals one after another, each only as long as it is, with one *gap row* before the
 * first, between neighbours and after the last. Padding to a common length does not
 * exist, so nothing can depend on it. A gap row is what a signal sees beyond its ends:
 * zeros for a convolution of kernel 3, the initial state for an LSTM. */
#pragma once

#include "nn/shape.h"

/* R of a batch. */
size_t nn_rows_count (const size_t *lengths, size_t n_signals);

/* rows (R, C): overwritten with the signals of padded (B, T, C); gap rows 0. */
void nn_rows_gather (nn_real *rows, const nn_real *padded, const size_t *lengths,
                     size_t n_signals, size_t max_length, size_t n_channels);
/* padded (B, T, C): overwritten with the signals of rows, 0 from each one's length on. */
void nn_rows_scatter (nn_real *padded, const nn_real *rows, const size_t *lengths,
                      size_t n_signals, size_t max_length, size_t n_channels);

/* The gap row before each signal: overwritten with before (B, C), or with 0 if before is
 * NULL; the one after the last signal with 0. */
void nn_rows_set_gaps (nn_real *rows, const nn_real *before, const size_t *lengths,
                       size_t n_signals, size_t n_channels);
/* before (B, C): overwritten with the gap row before each signal. */
void nn_rows_get_gaps (nn_real *before, const nn_real *rows, const size_t *lengths,
                       size_t n_signals, size_t n_channels);
/* last: overwritten with the last row of each signal; last of signal b begins at
 * last + b × stride. */
void nn_rows_get_last (nn_real *last, size_t stride, const nn_real *rows,
                       const size_t *lengths, size_t n_signals, size_t n_channels);
/* mean: overwritten with the mean of each signal's rows, that of signal b from
 * mean + b × stride on. */
void nn_rows_get_mean (nn_real *mean, size_t stride, const nn_real *rows,
                       const size_t *lengths, size_t n_signals, size_t n_channels);
/* The last row of each signal += last (B, C). */
void nn_rows_add_last (nn_real *rows, const nn_real *last, const size_t *lengths,
                       size_t n_signals, size_t n_channels);
