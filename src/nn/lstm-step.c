#include "nn/lstm-step.h"

enum { GATES = 4, PAIR = 2, MOST_LANES = 64 / sizeof (nn_real) };

extern const NnLstmStep nn_lstm_step_baseline;
#ifdef NN_X86_64
extern const NnLstmStep nn_lstm_step_avx2, nn_lstm_step_avx512;
#endif

size_t
nn_lstm_step_all (const NnLstmStep *steps[NN_LSTM_STEP_MOST])
{
  size_t n = 0;
  steps[n++] = &nn_lstm_step_baseline;
#ifdef NN_X86_64
  /* What lstm-step-vector.c is compiled with: see meson.build. */
  bool avx2 = __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
  if (avx2)
    steps[n++] = &nn_lstm_step_avx2;
  if (avx2 && __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq"))
    steps[n++] = &nn_lstm_step_avx512;
#endif
  return n;
}

const NnLstmStep *
nn_lstm_step_best (void)
{
  const NnLstmStep *steps[NN_LSTM_STEP_MOST];
  return steps[nn_lstm_step_all (steps) - 1];
}

static size_t
round_up (size_t n, size_t multiple)
{
  return (n + multiple - 1) / multiple * multiple;
}

size_t
nn_lstm_step_n_blocks (const NnLstmStep *step, size_t n_hidden)
{
  return round_up (n_hidden, PAIR * step->lanes) / step->lanes;
}

size_t
nn_lstm_step_gates_size (size_t n_hidden)
{
  return GATES * round_up (n_hidden, PAIR * MOST_LANES);
}

size_t
nn_lstm_step_gate (const NnLstmStep *step, size_t unit, size_t gate)
{
  return (unit / step->lanes * GATES + gate) * step->lanes + unit % step->lanes;
}

void
nn_lstm_step_pack_forward (const NnLstmStep *step, nn_real *panels, const nn_real *weight,
                           size_t n_hidden, size_t n_columns, size_t first, size_t end)
{
  size_t lanes = step->lanes;
  panels += first * n_columns * GATES * lanes;
  for (size_t block = first; block < end; block++) {
    for (size_t k = 0; k < n_columns; k++) {
      for (size_t gate = 0; gate < GATES; gate++) {
        for (size_t lane = 0; lane < lanes; lane++) {
          size_t unit = block * lanes + lane;
          *panels++ =
              unit < n_hidden ? weight[(gate * n_hidden + unit) * n_columns + k] : 0;
        }
      }
    }
  }
}

void
nn_lstm_step_pack_backward (const NnLstmStep *step, nn_real *panels,
                            const nn_real *weight_hh, size_t n_hidden, size_t first,
                            size_t end)
{
  size_t lanes = step->lanes, n_blocks = nn_lstm_step_n_blocks (step, n_hidden);
  panels += first * lanes * n_blocks * GATES * lanes;
  for (size_t pair = first / PAIR; pair < end / PAIR; pair++) {
    for (size_t row = 0; row < n_blocks * GATES; row++) {
      for (size_t row_lane = 0; row_lane < lanes; row_lane++) {
        size_t unit = row / GATES * lanes + row_lane, gate = row % GATES;
        for (size_t lane = 0; lane < PAIR * lanes; lane++) {
          size_t to = pair * PAIR * lanes + lane;
          *panels++ = unit < n_hidden && to < n_hidden
                          ? weight_hh[(gate * n_hidden + unit) * n_hidden + to]
                          : 0;
        }
      }
    }
  }
}
