/* One LSTM layer (Hochreiter and Schmidhuber 1997, doi 10.1162/neco.1997.9.8.1735, with
 * the forget gate of Gers et al. 2000), as PyTorch's:
 *
 *   a_t = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh      (4H), gates in the order i, f, g, o
 *   i, f, o = sigmoid (a),  g = tanh (a)
 *   c_t = f c_{t−1} + i g,   h_t = o tanh (c_t)
 *
 * for each of B signals in rows (nn/rows.h) of its own length. I inputs, H hidden units.
 * weight_ih (4H, I), weight_hh (4H, H), bias_ih and bias_hh (4H).
 *
 * The hidden units are shared out among the engine's threads (nn/parallel.h), which meet
 * once a time step; the arithmetic of a step is in nn/lstm-step.h. Time is worked through
 * in segments, so that what a segment needs stays in the cache. */
#pragma once

#include "nn/lstm-step.h"
#include "nn/poll.h"

/* G, the nn_real in a row of gates. */
size_t nn_lstm_gates_size (size_t n_hidden);
/* nn_real of the scratch that both directions need; with keep_gates false that includes
 * the gates of one segment. */
size_t nn_lstm_scratch_size (const size_t *lengths, size_t n_signals, size_t n_in,
                             size_t n_hidden, bool keep_gates);

/* h, c (R, H): on entry the gap row before each signal holds its initial state and the
 * last gap row 0; the signals' rows are overwritten. gates (R, G): overwritten, for
 * nn_lstm_backward; NULL if they are not to be kept. places: scratch for B × the engine's
 * threads. x (R, I): its gap rows are finite. Nothing overlaps. FALSE as soon as poll,
 * which may be NULL, said to stop: the output is then of no use. */
bool nn_lstm_forward (nn_real *h, nn_real *c, nn_real *gates, nn_real *scratch,
                      NnLstmPlace *places, const nn_real *x, const nn_real *weight_ih,
                      const nn_real *weight_hh, const nn_real *bias_ih,
                      const nn_real *bias_hh, const size_t *lengths, size_t n_signals,
                      size_t n_in, size_t n_hidden, const NnPoll *poll);

/* dx (R, I): overwritten, gap rows with 0. dweight_ih, dweight_hh, dbias_ih, dbias_hh:
 * accumulated.
 * dh (R, H): on entry the derivative by each output, gap rows 0 (a derivative by the
 * final state belongs to the last row); on return the gap row before each signal holds
 * the derivative by its initial h, the rest is used up. dc (B, H): on entry the
 * derivative by the final c, on return by the initial one. gates: as forward left them,
 * used up; or NULL: they are computed again, by one product of matrices a segment, which
 * saves their memory for a quarter more arithmetic. h, c, x: as after forward. places,
 * poll and the return value: as for forward. Nothing overlaps. */
bool nn_lstm_backward (nn_real *dx, nn_real *dweight_ih, nn_real *dweight_hh,
                       nn_real *dbias_ih, nn_real *dbias_hh, nn_real *dh, nn_real *dc,
                       nn_real *gates, nn_real *scratch, NnLstmPlace *places,
                       const nn_real *x, const nn_real *h, const nn_real *c,
                       const nn_real *weight_ih, const nn_real *weight_hh,
                       const nn_real *bias_ih, const nn_real *bias_hh,
                       const size_t *lengths, size_t n_signals, size_t n_in,
                       size_t n_hidden, const NnPoll *poll);
