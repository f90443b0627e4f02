/* The arithmetic of one time step of an LSTM layer (nn/lstm.h), for the few rows of the
 * signals that have that step. Compiled for several instruction sets; all run in the
 * calling thread, and each row's result is the same, bit for bit, whatever the other
 * rows are.
 *
 * The hidden units are worked on in blocks of as many as a vector register has lanes, U
 * blocks in all, the last one filled up. A row of gates is (U, 4, lanes): for each block
 * its i, f, g and o. The gate of unit j and number q (0 … 3, in the order i, f, g, o) is
 * at nn_lstm_step_gate (step, j, q). */
#pragma once

#include "nn/shape.h"

/* The place of one signal at the step: its row in h and c (the row before holds the state
 * before), in gates and in dc. */
typedef struct {
  size_t row, gates, signal;
} NnLstmPlace;

/* Arrays of a layer. H hidden units. */
typedef struct {
  nn_real *h, *c; /* (…, H) */
  nn_real *gates; /* (…, U, 4, lanes) */
  size_t n_hidden;
} NnLstmRows;

typedef struct {
  const char *name; /* of the instruction set */
  size_t lanes;

  /* Blocks first … end − 1 of n_rows rows of gates overwritten with x (n_rows, n_in)
   * · W_ihᵀ, from panels of nn_lstm_step_pack_forward. NULL where nn_gemm is faster. */
  void (*project) (nn_real *gates, const nn_real *x, size_t n_rows, size_t n_hidden,
                   size_t n_in, const nn_real *panels, size_t first, size_t end);
  /* Blocks first … end − 1 of the rows at places (n): gates, on entry what the input adds
   * to a_t, becomes i, f, g, o; h and c are overwritten. panels: from
   * nn_lstm_step_pack_forward. bias (U, 4, lanes): b_ih + b_hh. */
  void (*forward) (const NnLstmRows *rows, const NnLstmPlace *places, size_t n,
                   const nn_real *panels, const nn_real *bias, size_t first, size_t end);
  /* Without h and c: gates, all of a_t but bias, becomes i, f, g, o, for the n_rows rows
   * of gates from the first on. */
  void (*activate) (nn_real *gates, size_t n_rows, size_t n_hidden, const nn_real *bias,
                    size_t first, size_t end);
  /* With d the derivative of the loss by what follows it:
   *   do = dh tanh (c),   dc += dh o (1 − tanh² c)
   *   di = dc g,  df = dc c_{t−1},  dg = dc i,  dc_{t−1} = dc f
   *   da_i = di i (1 − i),  da_f, da_o alike,  da_g = dg (1 − g²)
   * gates: i, f, g, o become da. dc (B, H): of c_t becomes of c_{t−1}. dh: as h. */
  void (*backward) (const NnLstmRows *rows, const NnLstmPlace *places, size_t n,
                    nn_real *dc, const nn_real *dh, size_t first, size_t end);
  /* dh_{t−1} += da_t · W_hh, for the units of blocks first … end − 1, first even. panels:
   * from nn_lstm_step_pack_backward. */
  void (*backward_product) (const NnLstmRows *rows, const NnLstmPlace *places, size_t n,
                            nn_real *dh, const nn_real *panels, size_t first, size_t end);
} NnLstmStep;

/* The fastest for this machine. */
const NnLstmStep *nn_lstm_step_best (void);
/* steps: overwritten with those that this machine can run, the slowest first; returns how
 * many. */
#define NN_LSTM_STEP_MOST 3
size_t nn_lstm_step_all (const NnLstmStep *steps[NN_LSTM_STEP_MOST]);

/* U, even. */
size_t nn_lstm_step_n_blocks (const NnLstmStep *step, size_t n_hidden);
/* nn_real in a row of gates, the most of any instruction set: for sizes. */
size_t nn_lstm_step_gates_size (size_t n_hidden);
size_t nn_lstm_step_gate (const NnLstmStep *step, size_t unit, size_t gate);

/* panels (U, N, 4, lanes): those of blocks first … end − 1 overwritten with weight
 * (4H, N), that is W_hh or W_ih, zeros where it fills up. */
void nn_lstm_step_pack_forward (const NnLstmStep *step, nn_real *panels,
                                const nn_real *weight, size_t n_hidden, size_t n_columns,
                                size_t first, size_t end);
/* panels (U / 2, 4 · U · lanes, 2, lanes): likewise; first and end are even. */
void nn_lstm_step_pack_backward (const NnLstmStep *step, nn_real *panels,
                                 const nn_real *weight_hh, size_t n_hidden, size_t first,
                                 size_t end);
