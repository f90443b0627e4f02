#include "nn/lstm.h"

#include "nn/gemm.h"
#include "nn/parallel.h"
#include "nn/rows.h"
#include <string.h>

enum {
  GATES = 4,
  PAIR = 2, /* blocks that go together: see nn/lstm-step.h */
  /* A segment's steps: enough rows for efficient products, few enough for the cache. */
  SEGMENT_ROWS = 1024,
  SEGMENT_STEPS_LEAST = 128,
  /* With fewer hidden units a step is too short to be shared out. */
  SHARED_FROM_HIDDEN = 128
};

/* One call of forward or backward, seen by all threads. */
typedef struct {
  const NnLstmStep *step;
  NnLstmRows rows;
  const nn_real *x, *weight_ih, *weight_hh, *bias_ih, *bias_hh;
  nn_real *dx, *dweight_ih, *dweight_hh, *dbias_ih, *dbias_hh, *dh, *dc;
  const size_t *lengths;
  size_t n_signals, n_in, n_rows, longest;
  size_t n_blocks;     /* U */
  size_t gates_size;   /* U · 4 · lanes: numbers in a row of gates */
  size_t n_steps;      /* of a segment */
  bool keep_gates;     /* else rows.gates holds one segment */
  NnLstmPlace *places; /* (threads, B) */
  const NnPoll *poll;
  bool stopped; /* written by thread 0 before a barrier */
  /* In scratch. Rows and columns of gates are in the order of nn/lstm-step.h. */
  nn_real *panels;
  nn_real *input_panels;  /* W_ih, where the instruction set has a product of its own */
  nn_real *input_weights; /* (gates, I): W_ih */
  nn_real *recurrent_weights; /* (gates, H): W_hh, to compute gates again */
  nn_real *bias;              /* (gates): b_ih + b_hh */
  nn_real *dinput_weights, *drecurrent_weights, *dbias;
} Layer;

size_t
nn_lstm_gates_size (size_t n_hidden)
{
  return nn_lstm_step_gates_size (n_hidden);
}

static size_t
find_longest (const size_t *lengths, size_t n_signals)
{
  size_t longest = 0;
  for (size_t b = 0; b < n_signals; b++)
    longest = lengths[b] > longest ? lengths[b] : longest;
  return longest;
}

static size_t
steps_of_segment (size_t n_signals)
{
  size_t n = SEGMENT_ROWS / n_signals;
  return n > SEGMENT_STEPS_LEAST ? n : SEGMENT_STEPS_LEAST;
}

/* Rows of gates that one segment needs. */
static size_t
rows_of_segment (const size_t *lengths, size_t n_signals)
{
  size_t n_steps = steps_of_segment (n_signals), n = 0;
  for (size_t b = 0; b < n_signals; b++)
    n += lengths[b] < n_steps ? lengths[b] : n_steps;
  return n;
}

size_t
nn_lstm_scratch_size (const size_t *lengths, size_t n_signals, size_t n_in,
                      size_t n_hidden, bool keep_gates)
{
  size_t gates = nn_lstm_gates_size (n_hidden);
  size_t n =
      gates * (gates / GATES) + 3 * gates * n_in + 2 * gates * n_hidden + 2 * gates;
  return n + (keep_gates ? 0 : gates * rows_of_segment (lengths, n_signals));
}

/* A segment of one signal: its rows in x, h and c, and in gates. */
typedef struct {
  size_t row, gates, n;
} Part;

/* The rows of signal b, whose gap row is gap, that belong to the segment from first on.
 * gates_used: rows of gates taken by the signals before it, which it adds to. */
static Part
part_of (const Layer *layer, size_t b, size_t gap, size_t first, size_t *gates_used)
{
  size_t length = layer->lengths[b], left = length > first ? length - first : 0;
  size_t longest = length < layer->n_steps ? length : layer->n_steps;
  Part part = {.row = gap + 1 + first,
               .gates = layer->keep_gates ? gap + 1 + first : *gates_used,
               .n = left < layer->n_steps ? left : layer->n_steps};
  *gates_used += longest;
  return part;
}

/* Calls function for the part of every signal that has one in the segment. */
static void
for_each_part (const Layer *layer, size_t first, size_t thread, size_t n_threads,
               void (*function) (const Layer *, const Part *, size_t, size_t))
{
  size_t used = 0;
  for (size_t b = 0, gap = 0; b < layer->n_signals; gap += layer->lengths[b++] + 1) {
    Part part = part_of (layer, b, gap, first, &used);
    if (part.n > 0)
      function (layer, &part, thread, n_threads);
  }
}

/* The places of the signals that have sample t, of the segment that begins at first;
 * returns how many. */
static size_t
find_places (const Layer *layer, NnLstmPlace *places, size_t first, size_t t)
{
  size_t n = 0, used = 0;
  for (size_t b = 0, gap = 0; b < layer->n_signals; gap += layer->lengths[b++] + 1) {
    Part part = part_of (layer, b, gap, first, &used);
    if (t - first < part.n)
      places[n++] = (NnLstmPlace){
          .row = part.row + t - first, .gates = part.gates + t - first, .signal = b};
  }
  return n;
}

/* The blocks of a thread. */
static void
share_blocks (const Layer *layer, size_t *first, size_t *end, size_t thread,
              size_t n_threads)
{
  nn_parallel_share (first, end, layer->n_blocks, PAIR, thread, n_threads);
}

/* to (gates, n): the rows of a thread's blocks overwritten with those of weights (4H, n),
 * zeros where the blocks are filled up. */
static void
permute (const Layer *layer, nn_real *to, const nn_real *weights, size_t n, size_t first,
         size_t end)
{
  size_t lanes = layer->step->lanes, n_hidden = layer->rows.n_hidden;
  for (size_t unit = first * lanes; unit < end * lanes; unit++) {
    for (size_t q = 0; q < GATES; q++) {
      nn_real *row = to + nn_lstm_step_gate (layer->step, unit, q) * n;
      if (unit < n_hidden)
        memcpy (row, weights + (q * n_hidden + unit) * n, n * sizeof *row);
      else
        memset (row, 0, n * sizeof *row);
    }
  }
}

/* weights (4H, n) += from (gates, n), the other way round. */
static void
add_permuted (const Layer *layer, nn_real *weights, const nn_real *from, size_t n,
              size_t first, size_t end)
{
  size_t lanes = layer->step->lanes, n_hidden = layer->rows.n_hidden;
  for (size_t unit = first * lanes; unit < end * lanes && unit < n_hidden; unit++) {
    for (size_t q = 0; q < GATES; q++) {
      const nn_real *row = from + nn_lstm_step_gate (layer->step, unit, q) * n;
      nn_real *to = weights + (q * n_hidden + unit) * n;
      for (size_t i = 0; i < n; i++)
        to[i] += row[i];
    }
  }
}

/* What each thread prepares for its blocks. */
static void
prepare (const Layer *layer, size_t first, size_t end)
{
  size_t lanes = layer->step->lanes, n_hidden = layer->rows.n_hidden;
  if (layer->step->project)
    nn_lstm_step_pack_forward (layer->step, layer->input_panels, layer->weight_ih,
                               layer->rows.n_hidden, layer->n_in, first, end);
  permute (layer, layer->bias, layer->bias_ih, 1, first, end);
  for (size_t unit = first * lanes; unit < end * lanes && unit < n_hidden; unit++) {
    for (size_t q = 0; q < GATES; q++)
      layer->bias[nn_lstm_step_gate (layer->step, unit, q)] +=
          layer->bias_hh[q * n_hidden + unit];
  }
}

/* gates = x · W_ihᵀ, the columns of the thread's blocks. */
static void
project_input (const Layer *layer, const Part *part, size_t thread, size_t n_threads)
{
  size_t first, end, width = GATES * layer->step->lanes;
  share_blocks (layer, &first, &end, thread, n_threads);
  if (layer->step->project) {
    layer->step->project (layer->rows.gates + part->gates * layer->gates_size,
                          layer->x + part->row * layer->n_in, part->n,
                          layer->rows.n_hidden, layer->n_in, layer->input_panels, first,
                          end);
    return;
  }
  nn_gemm (layer->rows.gates + part->gates * layer->gates_size + first * width,
           layer->gates_size, layer->x + part->row * layer->n_in, layer->n_in, false,
           layer->input_weights + first * width * layer->n_in, layer->n_in, true, part->n,
           (end - first) * width, layer->n_in, 0);
}

/* At the beginning of a segment, when what the threads shared in the one before is no
 * longer needed: thread 0 asks whether to go on, and all know the answer. The barriers of
 * the segment's steps come before it is written again. */
static bool
is_stopped (Layer *layer, size_t thread)
{
  if (thread == 0 && !nn_poll (layer->poll))
    layer->stopped = true;
  nn_parallel_barrier ();
  return layer->stopped;
}

static void
forward_share (void *data, size_t thread, size_t n_threads)
{
  Layer *layer = data;
  const NnLstmStep *step = layer->step;
  NnLstmPlace *places = layer->places + thread * layer->n_signals;
  size_t first, end;
  share_blocks (layer, &first, &end, thread, n_threads);
  prepare (layer, first, end);
  if (!step->project)
    permute (layer, layer->input_weights, layer->weight_ih, layer->n_in, first, end);
  nn_lstm_step_pack_forward (step, layer->panels, layer->weight_hh, layer->rows.n_hidden,
                             layer->rows.n_hidden, first, end);
  for (size_t begin = 0; begin < layer->longest; begin += layer->n_steps) {
    if (is_stopped (layer, thread))
      return;
    if (end > first)
      for_each_part (layer, begin, thread, n_threads, project_input);
    size_t stop = begin + layer->n_steps;
    for (size_t t = begin; t < layer->longest && t < stop; t++) {
      size_t n = find_places (layer, places, begin, t);
      step->forward (&layer->rows, places, n, layer->panels, layer->bias, first, end);
      nn_parallel_barrier ();
    }
  }
}

/* Runs function in all threads, or in this one where sharing out would not pay. */
static void
run (Layer *layer, NnParallelFunc function)
{
  if (layer->rows.n_hidden >= SHARED_FROM_HIDDEN)
    nn_parallel_run (function, layer);
  else
    function (layer, 0, 1);
}

/* Hands out scratch. */
static nn_real *
take (nn_real **scratch, size_t n)
{
  nn_real *taken = *scratch;
  *scratch += n;
  return taken;
}

static void
set_up (Layer *layer, nn_real **scratch, nn_real *gates)
{
  size_t n_hidden = layer->rows.n_hidden;
  layer->step = nn_lstm_step_best ();
  layer->n_blocks = nn_lstm_step_n_blocks (layer->step, n_hidden);
  layer->gates_size = layer->n_blocks * GATES * layer->step->lanes;
  layer->n_rows = nn_rows_count (layer->lengths, layer->n_signals);
  layer->longest = find_longest (layer->lengths, layer->n_signals);
  layer->n_steps = steps_of_segment (layer->n_signals);
  layer->keep_gates = gates;
  layer->panels = take (scratch, layer->gates_size * layer->gates_size / GATES);
  layer->input_panels = take (scratch, layer->gates_size * layer->n_in);
  layer->input_weights = take (scratch, layer->gates_size * layer->n_in);
  layer->bias = take (scratch, layer->gates_size);
  layer->rows.gates =
      gates ? gates
            : take (scratch, layer->gates_size *
                                 rows_of_segment (layer->lengths, layer->n_signals));
}

bool
nn_lstm_forward (nn_real *h, nn_real *c, nn_real *gates, nn_real *scratch,
                 NnLstmPlace *places, const nn_real *x, const nn_real *weight_ih,
                 const nn_real *weight_hh, const nn_real *bias_ih, const nn_real *bias_hh,
                 const size_t *lengths, size_t n_signals, size_t n_in, size_t n_hidden,
                 const NnPoll *poll)
{
  Layer layer = {.rows = {.h = h, .c = c, .n_hidden = n_hidden},
                 .x = x,
                 .weight_ih = weight_ih,
                 .weight_hh = weight_hh,
                 .bias_ih = bias_ih,
                 .bias_hh = bias_hh,
                 .lengths = lengths,
                 .n_signals = n_signals,
                 .n_in = n_in,
                 .places = places,
                 .poll = poll};
  set_up (&layer, &scratch, gates);
  run (&layer, forward_share);
  return !layer.stopped;
}

/* gates = i, f, g, o of the columns of the thread's blocks, from x and h. */
static void
compute_again (const Layer *layer, const Part *part, size_t thread, size_t n_threads)
{
  size_t first, end, width = GATES * layer->step->lanes, n_hidden = layer->rows.n_hidden;
  share_blocks (layer, &first, &end, thread, n_threads);
  project_input (layer, part, thread, n_threads);
  nn_gemm (layer->rows.gates + part->gates * layer->gates_size + first * width,
           layer->gates_size, layer->rows.h + (part->row - 1) * n_hidden, n_hidden, false,
           layer->recurrent_weights + first * width * n_hidden, n_hidden, true, part->n,
           (end - first) * width, n_hidden, 1);
  layer->step->activate (layer->rows.gates + part->gates * layer->gates_size, part->n,
                         n_hidden, layer->bias, first, end);
}

/* With gates now da: dW_ih = daᵀ · x, dW_hh = Σ da_tᵀ h_{t−1}, where h_{t−1} is the row
 * before, db = Σ da: the rows of the thread's blocks. */
static void
add_weight_gradients (const Layer *layer, const Part *part, size_t thread,
                      size_t n_threads)
{
  size_t first, end, width = GATES * layer->step->lanes, n_hidden = layer->rows.n_hidden;
  share_blocks (layer, &first, &end, thread, n_threads);
  size_t m = (end - first) * width;
  const nn_real *da = layer->rows.gates + part->gates * layer->gates_size + first * width;
  nn_gemm (layer->dinput_weights + first * width * layer->n_in, layer->n_in, da,
           layer->gates_size, true, layer->x + part->row * layer->n_in, layer->n_in,
           false, m, layer->n_in, part->n, 1);
  nn_gemm (layer->drecurrent_weights + first * width * n_hidden, n_hidden, da,
           layer->gates_size, true, layer->rows.h + (part->row - 1) * n_hidden, n_hidden,
           false, m, n_hidden, part->n, 1);
  nn_add_column_sums (layer->dbias + first * width, da, layer->gates_size, part->n, m);
}

/* dx = da · W_ih, a share of the part's rows. */
static void
set_input_gradient (const Layer *layer, const Part *part, size_t thread, size_t n_threads)
{
  size_t first, end, n_in = layer->n_in;
  nn_parallel_share (&first, &end, part->n, 16, thread, n_threads);
  if (end > first)
    nn_gemm (layer->dx + (part->row + first) * n_in, n_in,
             layer->rows.gates + (part->gates + first) * layer->gates_size,
             layer->gates_size, false, layer->input_weights, n_in, false, end - first,
             n_in, layer->gates_size, 0);
}

static void
backward_segment (Layer *layer, size_t begin, size_t thread, size_t n_threads)
{
  const NnLstmStep *step = layer->step;
  NnLstmPlace *places = layer->places + thread * layer->n_signals;
  size_t first, end, stop = begin + layer->n_steps;
  share_blocks (layer, &first, &end, thread, n_threads);
  if (!layer->keep_gates && end > first)
    for_each_part (layer, begin, thread, n_threads, compute_again);
  for (size_t t = stop < layer->longest ? stop : layer->longest; t-- > begin;) {
    size_t n = find_places (layer, places, begin, t);
    step->backward (&layer->rows, places, n, layer->dc, layer->dh, first, end);
    nn_parallel_barrier ();
    step->backward_product (&layer->rows, places, n, layer->dh, layer->panels, first,
                            end);
  }
  if (end > first)
    for_each_part (layer, begin, thread, n_threads, add_weight_gradients);
  if (layer->dx)
    for_each_part (layer, begin, thread, n_threads, set_input_gradient);
}

static void
backward_share (void *data, size_t thread, size_t n_threads)
{
  Layer *layer = data;
  size_t first, end, width = GATES * layer->step->lanes, n_hidden = layer->rows.n_hidden;
  share_blocks (layer, &first, &end, thread, n_threads);
  if (!layer->keep_gates)
    prepare (layer, first, end);
  permute (layer, layer->input_weights, layer->weight_ih, layer->n_in, first, end);
  if (!layer->keep_gates)
    permute (layer, layer->recurrent_weights, layer->weight_hh, n_hidden, first, end);
  nn_lstm_step_pack_backward (layer->step, layer->panels, layer->weight_hh, n_hidden,
                              first, end);
  size_t at = first * width, n = (end - first) * width;
  memset (layer->dinput_weights + at * layer->n_in, 0,
          n * layer->n_in * sizeof (nn_real));
  memset (layer->drecurrent_weights + at * n_hidden, 0, n * n_hidden * sizeof (nn_real));
  memset (layer->dbias + at, 0, n * sizeof (nn_real));

  size_t n_segments = (layer->longest + layer->n_steps - 1) / layer->n_steps;
  for (size_t i = n_segments; i-- > 0 && !is_stopped (layer, thread);)
    backward_segment (layer, i * layer->n_steps, thread, n_threads);

  add_permuted (layer, layer->dweight_ih, layer->dinput_weights, layer->n_in, first, end);
  add_permuted (layer, layer->dweight_hh, layer->drecurrent_weights, n_hidden, first,
                end);
  add_permuted (layer, layer->dbias_ih, layer->dbias, 1, first, end);
  add_permuted (layer, layer->dbias_hh, layer->dbias, 1, first, end);
}

bool
nn_lstm_backward (nn_real *dx, nn_real *dweight_ih, nn_real *dweight_hh,
                  nn_real *dbias_ih, nn_real *dbias_hh, nn_real *dh, nn_real *dc,
                  nn_real *gates, nn_real *scratch, NnLstmPlace *places, const nn_real *x,
                  const nn_real *h, const nn_real *c, const nn_real *weight_ih,
                  const nn_real *weight_hh, const nn_real *bias_ih,
                  const nn_real *bias_hh, const size_t *lengths, size_t n_signals,
                  size_t n_in, size_t n_hidden, const NnPoll *poll)
{
  Layer layer = {.rows = {.h = (nn_real *)h, .c = (nn_real *)c, .n_hidden = n_hidden},
                 .x = x,
                 .weight_ih = weight_ih,
                 .weight_hh = weight_hh,
                 .bias_ih = bias_ih,
                 .bias_hh = bias_hh,
                 .dx = dx,
                 .dweight_ih = dweight_ih,
                 .dweight_hh = dweight_hh,
                 .dbias_ih = dbias_ih,
                 .dbias_hh = dbias_hh,
                 .dh = dh,
                 .dc = dc,
                 .lengths = lengths,
                 .n_signals = n_signals,
                 .n_in = n_in,
                 .places = places,
                 .poll = poll};
  set_up (&layer, &scratch, gates);
  layer.dinput_weights = take (&scratch, layer.gates_size * n_in);
  layer.drecurrent_weights = take (&scratch, layer.gates_size * n_hidden);
  layer.dbias = take (&scratch, layer.gates_size);
  if (!gates)
    layer.recurrent_weights = take (&scratch, layer.gates_size * n_hidden);
  run (&layer, backward_share);
  if (dx)
    nn_rows_set_gaps (dx, NULL, lengths, n_signals, n_in);
  return !layer.stopped;
}
