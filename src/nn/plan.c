#include "nn/plan.h"

static void
extend (NnBlock *block, size_t moment)
{
  block->last = MAX (block->last, moment);
}

/* The last moment at which layer i is at work. */
static size_t
end_of (const NnPass *pass, size_t n_layers, size_t i)
{
  return pass->training ? nn_plan_backward (n_layers, i) : i;
}

/* When the derivative by the output of layer i is used up: by the first layer below, from
 * i on, that does not hand on the same block. */
static size_t
end_of_gradient (const NnLayer *layers, size_t n_layers, size_t i)
{
  while (i > 0 && layers[i].kind->in_place)
    i--;
  return nn_plan_backward (n_layers, i);
}

/* What layer i alone uses. */
static void
plan_own (const NnPass *pass, NnLayer *layers, size_t n_layers, size_t i)
{
  NnLayer *layer = &layers[i];
  NnBlock *kept[] = {&layer->cells, &layer->gates, &layer->edge_h, &layer->edge_c};
  bool has_gradient = pass->training && !layer->kind->in_place && i > 0;
  nn_layer_measure (pass, layer);
  layer->output.first = layer->output.last = i;
  for (size_t j = 0; j < G_N_ELEMENTS (kept); j++) {
    kept[j]->first = i;
    kept[j]->last = end_of (pass, n_layers, i);
  }
  layer->forward_scratch.first = layer->forward_scratch.last = i;
  layer->backward_scratch.first = nn_plan_backward (n_layers, i);
  layer->backward_scratch.last = layer->backward_scratch.first;
  layer->gradient.n = has_gradient ? nn_block_size (layer->from->n_rows, layer->n_in) : 0;
  layer->gradient.first = nn_plan_backward (n_layers, i);
  layer->gradient.last = i > 0 ? end_of_gradient (layers, n_layers, i - 1) : 0;
}

static void
list (GPtrArray *blocks, NnBlock *block)
{
  block->data = NULL;
  if (block->n > 0)
    g_ptr_array_add (blocks, block);
}

static void
list_own (GPtrArray *blocks, NnLayer *layer)
{
  list (blocks, &layer->output);
  list (blocks, &layer->gradient);
  list (blocks, &layer->forward_scratch);
  list (blocks, &layer->backward_scratch);
  list (blocks, &layer->cells);
  list (blocks, &layer->gates);
  list (blocks, &layer->edge_h);
  list (blocks, &layer->edge_c);
}

void
nn_plan_blocks (GPtrArray *blocks, const NnPass *pass, NnLayer *layers, size_t n_layers,
                NnBlock *input, NnBlock *gradient)
{
  const NnLayer *last = &layers[n_layers - 1];
  input->n = nn_block_size (layers[0].from->n_rows, layers[0].n_in);
  input->first = input->last = 0;
  gradient->n = pass->training ? nn_block_size (last->to->n_rows, last->n_out) : 0;
  gradient->first = n_layers;
  gradient->last = end_of_gradient (layers, n_layers, n_layers - 1);

  NnBlock *x = input;
  for (size_t i = 0; i < n_layers; i++) {
    NnLayer *layer = &layers[i];
    plan_own (pass, layers, n_layers, i);
    extend (x, end_of (pass, n_layers, i));
    NnBlock *y = layer->kind->in_place ? x : &layer->output;
    if (layer->kind->reads_output)
      extend (y, end_of (pass, n_layers, i));
    if (layer->initial)
      extend (&layer->initial->cells, i);
    else if (layer->kind == &nn_layer_lstm) /* its final state is the embedding */
      extend (y, n_layers);
    x = y;
  }
  extend (input, n_layers); /* of which the loss is taken */
  extend (x, n_layers);

  g_ptr_array_set_size (blocks, 0);
  list (blocks, input);
  list (blocks, gradient);
  for (size_t i = 0; i < n_layers; i++)
    list_own (blocks, &layers[i]);
}
