#include "nn/layer.h"
#include "nn/rows.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <string.h>

/* One layer between random numbers. */
typedef struct {
  NnPass pass;
  NnLayer layer;
  NnArena arena;
  NnLevel from, to;
  nn_real *x, *weights, *work; /* work: a copy of x, as layers in place write over it */
  size_t n_x, n_y;
} Fixture;

static double
loss (void *user_data)
{
  Fixture *f = user_data;
  memcpy (f->work, f->x, f->n_x * sizeof *f->x);
  f->layer.kind->forward (&f->pass, &f->layer, f->work);
  if (f->layer.kind->in_place)
    g_assert_true (f->layer.y == f->work);
  return test_weighted_sum (f->layer.y, f->weights, f->n_y);
}

static void
set_lengths (Fixture *f, const TestLengths *lengths)
{
  size_t n = lengths->n_signals;
  f->pass.n_signals = n;
  f->from.lengths = g_new (size_t, n);
  f->to.lengths = g_new (size_t, n);
  for (size_t b = 0; b < n; b++) {
    size_t length = lengths->lengths[b] + 1;
    f->from.lengths[b] = length;
    f->to.lengths[b] = f->layer.kind->lengths == NN_LENGTHS_HALVED    ? length / 2
                       : f->layer.kind->lengths == NN_LENGTHS_DOUBLED ? length * 2
                                                                      : length;
  }
  f->from.n_rows = nn_rows_count (f->from.lengths, n);
  f->to.n_rows = nn_rows_count (f->to.lengths, n);
  f->layer.from = &f->from;
  f->layer.to = &f->to;
}

/* Memory that the layer has to itself all the time. */
static void
provide (Fixture *f)
{
  NnBlock *all[] = {&f->layer.output,          &f->layer.cells,
                    &f->layer.gates,           &f->layer.edge_h,
                    &f->layer.edge_c,          &f->layer.forward_scratch,
                    &f->layer.backward_scratch};
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  for (size_t i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (blocks, all[i]);
  nn_pass_prepare (&f->pass);
  nn_layer_measure (&f->pass, &f->layer);
  nn_arena_provide (&f->arena, blocks);
}

static void
check_gradients (Fixture *f)
{
  NnParams *params = f->pass.params;
  size_t n_edge = f->pass.n_signals * f->layer.n_out;
  g_autofree nn_real *dy = g_memdup2 (f->weights, f->n_y * sizeof *dy);
  g_autofree nn_real *dx = test_filled (7, f->n_x);
  loss (f);
  if (f->layer.kind == &nn_layer_lstm) { /* nothing reads its final states */
    memset (f->layer.edge_h.data, 0, n_edge * sizeof *dx);
    memset (f->layer.edge_c.data, 0, n_edge * sizeof *dx);
  }
  memset (params->gradient, 0, params->size * sizeof *params->gradient);
  if (f->layer.kind->in_place) {
    f->layer.kind->backward (&f->pass, &f->layer, dy, dy, f->work);
    memcpy (dx, dy, f->n_x * sizeof *dx);
  } else
    f->layer.kind->backward (&f->pass, &f->layer, dx, dy, f->work);
  for (size_t b = 0, row = 1; b < f->pass.n_signals; row += f->from.lengths[b++] + 1) {
    size_t first = row * f->layer.n_in;
    test_check_gradient_above ("x", f->x + first, dx + first,
                               f->from.lengths[b] * f->layer.n_in, loss, f, 1e-3);
  }
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    test_check_gradient_above (param->name, params->value + param->offset,
                               params->gradient + param->offset, param->size, loss, f,
                               1e-3);
  }
  /* Another layer's parameters, which come first, have nothing to do with it. */
  g_assert_cmpfloat (params->gradient[0], ==, 0);
}

static void
check (NnRng *rng, const NnLayerKind *kind, const TestLengths *lengths, bool same_width)
{
  size_t n_in = 1 + nn_rng_below (rng, 4);
  size_t n_out = same_width ? n_in : 1 + nn_rng_below (rng, 4);
  g_autoptr (NnParams) params = nn_params_new ();
  nn_params_add (params, "before", 1, (size_t[]){3}, 0, 1);
  nn_params_add_buffer (params, "before", 2, 0);
  nn_params_add_counter (params, "before");
  kind->add_params (params, "it", 0, n_in, n_out);
  nn_params_allocate (params);
  nn_params_initialize (params, rng);
  Fixture f = {.pass = {.params = params, .training = true, .dropout = 0.4, .seed = 5},
               .layer = {.kind = kind,
                         .number = 3,
                         .n_in = n_in,
                         .n_out = n_out,
                         .param = 1,
                         .buffer = 1,
                         .counter = 1}};
  set_lengths (&f, lengths);
  provide (&f);
  f.n_x = f.from.n_rows * n_in;
  f.n_y = f.to.n_rows * n_out;
  g_autofree nn_real *x = test_random (rng, f.n_x), *work = test_filled (0, f.n_x);
  g_autofree nn_real *weights = test_random (rng, f.n_y);
  nn_rows_set_gaps (x, NULL, f.from.lengths, f.pass.n_signals, n_in);
  nn_rows_set_gaps (weights, NULL, f.to.lengths, f.pass.n_signals, n_out);
  f.x = x;
  f.work = work;
  f.weights = weights;
  check_gradients (&f);

  loss (&f);
  nn_layer_track (&f.pass, &f.layer);
  if (kind == &nn_layer_batchnorm)
    g_assert_cmpuint (params->counters[1].value, ==, 1);
  g_assert_cmpuint (params->counters[0].value, ==, 0);
  g_assert_cmpfloat (params->buffer[0], ==, 0);
  nn_layer_clear (&f.layer);
  nn_pass_clear (&f.pass);
  nn_arena_clear (&f.arena);
  g_free (f.from.lengths);
  g_free (f.to.lengths);
}

static void
test_gradients (void)
{
  static const struct {
    const NnLayerKind *kind;
    bool same_width;
  } kinds[] = {
      {&nn_layer_conv1d, false}, {&nn_layer_batchnorm, true}, {&nn_layer_relu, true},
      {&nn_layer_dropout, true}, {&nn_layer_maxpool, true},   {&nn_layer_upsample, true},
      {&nn_layer_lstm, false},   {&nn_layer_expand, true},    {&nn_layer_linear, false}};
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < TEST_N_LENGTHS; i++) {
    for (size_t j = 0; j < G_N_ELEMENTS (kinds); j++)
      check (&rng, kinds[j].kind, &test_lengths[i], kinds[j].same_width);
  }
}

/* Inference takes the running statistics and drops nothing. */
static void
test_inference (void)
{
  const size_t length = 3;
  nn_real x[] = {0, 1, 2, 5, 0}, expected[] = {0, 0.5, 1, 2.5, 0};
  NnLevel level = {(size_t *)&length, 5};
  g_autoptr (NnParams) params = nn_params_new ();
  nn_layer_batchnorm.add_params (params, "it", 0, 1, 1);
  nn_params_allocate (params);
  NnRng rng;
  nn_rng_seed (&rng, 1);
  nn_params_initialize (params, &rng);
  g_assert_cmpfloat (params->value[0], ==, 1);
  g_assert_cmpfloat (params->value[1], ==, 0);
  g_assert_cmpfloat (params->buffer[1], ==, 1);
  params->buffer[1] = 4;
  NnPass pass = {.params = params, .n_signals = 1, .dropout = 0.9};
  NnLayer norm = {
      .kind = &nn_layer_batchnorm, .n_in = 1, .n_out = 1, .from = &level, .to = &level};
  NnLayer dropout = norm;
  dropout.kind = &nn_layer_dropout;
  nn_real y[5];
  nn_layer_measure (&pass, &norm);
  g_assert_cmpuint (norm.output.n, ==, 5);
  norm.output.data = y;
  norm.kind->forward (&pass, &norm, x);
  dropout.kind->forward (&pass, &dropout, norm.y);
  test_assert_close ("y", dropout.y, expected, 5, 1e-5);
  nn_layer_clear (&norm);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/layer/gradients", test_gradients);
  g_test_add_func ("/nn/layer/inference", test_inference);
  return g_test_run ();
}
