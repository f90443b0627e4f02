/* Compiled once for each instruction set, NN_ISA. */
#include "nn/activation.h"
#include "nn/lstm-step.h"

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

/* A register, and how many rows' sums the registers hold besides the row of a panel. */
#if defined(__AVX512F__)
enum { BYTES = 64, GROUP_FORWARD = 6, GROUP_BACKWARD = 6 };
#elif defined(__AVX2__)
enum { BYTES = 32, GROUP_FORWARD = 2, GROUP_BACKWARD = 4 };
#elif defined(__aarch64__)
enum { BYTES = 16, GROUP_FORWARD = 5, GROUP_BACKWARD = 6 };
#else
enum { BYTES = 16, GROUP_FORWARD = 2, GROUP_BACKWARD = 4 };
#endif
enum { LANES = BYTES / sizeof (nn_real), GATES = 4, PAIR = 2 };

/* Panels come from the second-level cache: bytes to ask for ahead of their use. */
enum { PREFETCH = 1024 };

typedef nn_real Vector
    __attribute__ ((vector_size (BYTES), aligned (sizeof (nn_real)), may_alias));

/* sums (m, width) = a[i] (k) · panel (k, width). m and width are constants where this is
 * called, so that the sums live in registers. */
ALWAYS_INLINE void
multiply (Vector sums[][GATES], const nn_real *const *a, const size_t m,
          const nn_real *panel, const size_t width, size_t k)
{
  for (size_t i = 0; i < m; i++) {
    for (size_t v = 0; v < width; v++)
      sums[i][v] = (Vector){0};
  }
  for (size_t p = 0; p < k; p++) {
    const Vector *values = (const Vector *)(panel + p * width * LANES);
    for (size_t v = 0; v < width; v++)
      __builtin_prefetch ((const char *)(values + v) + PREFETCH);
    for (size_t i = 0; i < m; i++) {
      for (size_t v = 0; v < width; v++)
        sums[i][v] += a[i][p] * values[v];
    }
  }
}

static size_t
row_of_gates (size_t n_hidden)
{
  return (n_hidden + PAIR * LANES - 1) / (PAIR * LANES) * (PAIR * LANES) * GATES;
}

/* One block of one row. gates (4, LANES): a_t in, i f g o out. h, c: n ≤ LANES units. */
ALWAYS_INLINE void
cell_forward (nn_real *restrict h, nn_real *restrict c, nn_real *restrict gates,
              const nn_real *restrict c_before, size_t n)
{
  for (size_t j = 0; j < n; j++) {
    nn_real i = nn_sigmoid (gates[j]), f = nn_sigmoid (gates[LANES + j]);
    nn_real g = nn_tanh (gates[2 * LANES + j]), o = nn_sigmoid (gates[3 * LANES + j]);
    nn_real cell = f * c_before[j] + i * g;
    gates[j] = i;
    gates[LANES + j] = f;
    gates[2 * LANES + j] = g;
    gates[3 * LANES + j] = o;
    c[j] = cell;
    h[j] = o * nn_tanh (cell);
  }
}

ALWAYS_INLINE void
forward_group (const NnLstmRows *rows, const NnLstmPlace *places, const size_t m,
               const nn_real *panel, const nn_real *bias, size_t block, size_t gates_size)
{
  size_t n_hidden = rows->n_hidden, unit = block * LANES;
  const nn_real *before[GROUP_FORWARD];
  Vector sums[GROUP_FORWARD][GATES];
  for (size_t i = 0; i < m; i++)
    before[i] = rows->h + (places[i].row - 1) * n_hidden;
  multiply (sums, before, m, panel, GATES, n_hidden);
  for (size_t i = 0; i < m; i++) {
    nn_real *gates = rows->gates + places[i].gates * gates_size + block * GATES * LANES;
    nn_real *h = rows->h + places[i].row * n_hidden + unit;
    nn_real *c = rows->c + places[i].row * n_hidden + unit;
    for (size_t v = 0; v < GATES; v++) {
      Vector *a = (Vector *)gates + v;
      *a += sums[i][v] + *((const Vector *)bias + v);
    }
    if (unit + LANES <= n_hidden)
      cell_forward (h, c, gates, c - n_hidden, LANES);
    else
      cell_forward (h, c, gates, c - n_hidden, n_hidden > unit ? n_hidden - unit : 0);
  }
}

/* CALL (m) for n places, in groups of at most most, as even as can be. */
#define IN_GROUPS(n, most, CALL)                                                         \
  for (size_t done = 0, left = (n), m; left > 0; done += m, left -= m) {                 \
    m = left / ((left + (most)-1) / (most));                                             \
    switch (m) {                                                                         \
    case 6:                                                                              \
      CALL (6);                                                                          \
      break;                                                                             \
    case 5:                                                                              \
      CALL (5);                                                                          \
      break;                                                                             \
    case 4:                                                                              \
      CALL (4);                                                                          \
      break;                                                                             \
    case 3:                                                                              \
      CALL (3);                                                                          \
      break;                                                                             \
    case 2:                                                                              \
      CALL (2);                                                                          \
      break;                                                                             \
    default:                                                                             \
      CALL (1);                                                                          \
      break;                                                                             \
    }                                                                                    \
  }

#if defined(__AVX512F__)
ALWAYS_INLINE void
project_group (nn_real *gates, const nn_real *x, const size_t m, size_t n_in,
               const nn_real *panel, size_t gates_size)
{
  const nn_real *row[GROUP_FORWARD];
  Vector sums[GROUP_FORWARD][GATES];
  for (size_t i = 0; i < m; i++)
    row[i] = x + i * n_in;
  multiply (sums, row, m, panel, GATES, n_in);
  for (size_t i = 0; i < m; i++) {
    for (size_t v = 0; v < GATES; v++)
      ((Vector *)(gates + i * gates_size))[v] = sums[i][v];
  }
}

static void
project (nn_real *gates, const nn_real *x, size_t n_rows, size_t n_hidden, size_t n_in,
         const nn_real *panels, size_t first, size_t end)
{
  size_t gates_size = row_of_gates (n_hidden);
  for (size_t block = first; block < end; block++) {
    const nn_real *panel = panels + block * n_in * GATES * LANES;
    nn_real *to = gates + block * GATES * LANES;
#define PROJECT(m)                                                                       \
  project_group (to + done * gates_size, x + done * n_in, m, n_in, panel, gates_size)
    IN_GROUPS (n_rows, GROUP_FORWARD, PROJECT)
#undef PROJECT
  }
}
#define PROJECT_FUNCTION project
#else
#define PROJECT_FUNCTION NULL
#endif

static void
forward (const NnLstmRows *rows, const NnLstmPlace *places, size_t n,
         const nn_real *panels, const nn_real *bias, size_t first, size_t end)
{
  size_t gates_size = row_of_gates (rows->n_hidden);
  for (size_t block = first; block < end; block++) {
    const nn_real *panel = panels + block * rows->n_hidden * GATES * LANES;
    const nn_real *block_bias = bias + block * GATES * LANES;
#define FORWARD(m)                                                                       \
  if ((m) <= GROUP_FORWARD)                                                              \
  forward_group (rows, places + done, m, panel, block_bias, block, gates_size)
    IN_GROUPS (n, GROUP_FORWARD, FORWARD)
#undef FORWARD
  }
}

static void
activate (nn_real *gates, size_t n_rows, size_t n_hidden, const nn_real *bias,
          size_t first, size_t end)
{
  size_t gates_size = row_of_gates (n_hidden), row = GATES * LANES;
  for (size_t r = 0; r < n_rows; r++) {
    for (size_t block = first; block < end; block++) {
      nn_real *a = gates + r * gates_size + block * row;
      const nn_real *b = bias + block * row;
      for (size_t j = 0; j < LANES; j++) {
        a[j] = nn_sigmoid (a[j] + b[j]);
        a[LANES + j] = nn_sigmoid (a[LANES + j] + b[LANES + j]);
        a[2 * LANES + j] = nn_tanh (a[2 * LANES + j] + b[2 * LANES + j]);
        a[3 * LANES + j] = nn_sigmoid (a[3 * LANES + j] + b[3 * LANES + j]);
      }
    }
  }
}

/* One block of one row. gates (4, LANES): i f g o in, da out. dc: of c_t in, of c_{t−1}
 * out. n ≤ LANES units. */
ALWAYS_INLINE void
cell_backward (nn_real *restrict gates, nn_real *restrict dc, const nn_real *restrict dh,
               const nn_real *restrict c, const nn_real *restrict c_before, size_t n)
{
  for (size_t j = 0; j < n; j++) {
    nn_real i = gates[j], f = gates[LANES + j];
    nn_real g = gates[2 * LANES + j], o = gates[3 * LANES + j];
    nn_real t = nn_tanh (c[j]), d = dc[j] + dh[j] * o * (1 - t * t);
    gates[j] = d * g * i * (1 - i);
    gates[LANES + j] = d * c_before[j] * f * (1 - f);
    gates[2 * LANES + j] = d * i * (1 - g * g);
    gates[3 * LANES + j] = dh[j] * t * o * (1 - o);
    dc[j] = d * f;
  }
}

static void
backward (const NnLstmRows *rows, const NnLstmPlace *places, size_t n, nn_real *dc,
          const nn_real *dh, size_t first, size_t end)
{
  size_t n_hidden = rows->n_hidden, gates_size = row_of_gates (n_hidden);
  for (size_t i = 0; i < n; i++) {
    size_t at = places[i].row * n_hidden;
    nn_real *row = rows->gates + places[i].gates * gates_size;
    for (size_t block = first; block < end; block++) {
      size_t unit = block * LANES, count = n_hidden > unit ? n_hidden - unit : 0;
      nn_real *gates = row + block * GATES * LANES;
      nn_real *dc_row = dc + places[i].signal * n_hidden + unit;
      const nn_real *c = rows->c + at + unit, *dh_row = dh + at + unit;
      if (count >= LANES) {
        cell_backward (gates, dc_row, dh_row, c, c - n_hidden, LANES);
        continue;
      }
      cell_backward (gates, dc_row, dh_row, c, c - n_hidden, count);
      for (size_t j = count; j < LANES; j++) {
        for (size_t q = 0; q < GATES; q++)
          gates[q * LANES + j] = 0;
      }
    }
  }
}

ALWAYS_INLINE void
backward_group (const NnLstmRows *rows, const NnLstmPlace *places, const size_t m,
                nn_real *dh, const nn_real *panel, size_t unit, size_t gates_size)
{
  size_t n_hidden = rows->n_hidden;
  const nn_real *da[GROUP_BACKWARD];
  Vector sums[GROUP_BACKWARD][GATES];
  for (size_t i = 0; i < m; i++)
    da[i] = rows->gates + places[i].gates * gates_size;
  multiply (sums, da, m, panel, PAIR, gates_size);
  for (size_t i = 0; i < m; i++) {
    nn_real *out = dh + (places[i].row - 1) * n_hidden + unit;
    if (unit + PAIR * LANES <= n_hidden) {
      ((Vector *)out)[0] += sums[i][0];
      ((Vector *)out)[1] += sums[i][1];
    } else {
      const nn_real *sum = (const nn_real *)sums[i];
      for (size_t j = 0; unit + j < n_hidden; j++)
        out[j] += sum[j];
    }
  }
}

static void
backward_product (const NnLstmRows *rows, const NnLstmPlace *places, size_t n,
                  nn_real *dh, const nn_real *panels, size_t first, size_t end)
{
  size_t gates_size = row_of_gates (rows->n_hidden);
  for (size_t block = first; block < end; block += PAIR) {
    const nn_real *panel = panels + block * LANES * gates_size;
#define BACKWARD(m)                                                                      \
  if ((m) <= GROUP_BACKWARD)                                                             \
  backward_group (rows, places + done, m, dh, panel, block * LANES, gates_size)
    IN_GROUPS (n, GROUP_BACKWARD, BACKWARD)
#undef BACKWARD
  }
}

#define NAME_OF(isa) nn_lstm_step_##isa
#define NAME(isa) NAME_OF (isa)
#define STRING_OF(isa) #isa
#define STRING(isa) STRING_OF (isa)
extern const NnLstmStep NAME (NN_ISA);
const NnLstmStep NAME (NN_ISA) = {
    .name = STRING (NN_ISA),
    .lanes = LANES,
    .project = PROJECT_FUNCTION,
    .forward = forward,
    .activate = activate,
    .backward = backward,
    .backward_product = backward_product,
};
