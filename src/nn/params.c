#include "nn/params.h"

#include <string.h>

NnParams *
nn_params_new (void)
{
  return g_new0 (NnParams, 1);
}

static void
free_table (NnParam *table, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g_free (table[i].name);
  g_free (table);
}

void
nn_params_free (NnParams *params)
{
  if (!params)
    return;
  free_table (params->table, params->n_params);
  g_free (params->value);
  g_free (params->gradient);
  g_free (params->m);
  g_free (params->v);
  free_table (params->buffer_table, params->n_buffers);
  g_free (params->buffer);
  for (size_t i = 0; i < params->n_counters; i++)
    g_free (params->counters[i].name);
  g_free (params->counters);
  g_free (params);
}

/* Appends to a table of n entries that takes size numbers; returns the new entry. */
static NnParam *
append (NnParam **table, size_t *n, size_t *size, const char *name, size_t n_dimensions,
        const size_t *shape)
{
  g_assert (n_dimensions <= NN_PARAM_MAX_DIMENSIONS);
  *table = g_renew (NnParam, *table, *n + 1);
  NnParam *param = &(*table)[(*n)++];
  *param = (NnParam){
      .name = g_strdup (name), .n_dimensions = n_dimensions, .offset = *size, .size = 1};
  for (size_t i = 0; i < n_dimensions; i++) {
    param->shape[i] = shape[i];
    param->size *= shape[i];
  }
  *size += param->size;
  return param;
}

size_t
nn_params_add (NnParams *params, const char *name, size_t n_dimensions,
               const size_t *shape, double center, double bound)
{
  g_assert (!params->value);
  NnParam *param = append (&params->table, &params->n_params, &params->size, name,
                           n_dimensions, shape);
  param->center = center;
  param->bound = bound;
  return params->n_params - 1;
}

size_t
nn_params_add_buffer (NnParams *params, const char *name, size_t size, double initial)
{
  g_assert (!params->value);
  append (&params->buffer_table, &params->n_buffers, &params->buffer_size, name, 1, &size)
      ->center = initial;
  return params->n_buffers - 1;
}

size_t
nn_params_add_counter (NnParams *params, const char *name)
{
  params->counters = g_renew (NnCounter, params->counters, params->n_counters + 1);
  params->counters[params->n_counters] = (NnCounter){g_strdup (name), 0};
  return params->n_counters++;
}

size_t
nn_params_measure (const NnParams *params)
{
  return 4 * params->size + params->buffer_size;
}

void
nn_params_allocate (NnParams *params)
{
  g_assert (!params->value);
  params->value = g_new0 (nn_real, params->size);
  params->gradient = g_new0 (nn_real, params->size);
  params->m = g_new0 (nn_real, params->size);
  params->v = g_new0 (nn_real, params->size);
  params->buffer = g_new (nn_real, params->buffer_size);
  for (size_t i = 0; i < params->n_buffers; i++) {
    const NnParam *buffer = &params->buffer_table[i];
    for (size_t j = 0; j < buffer->size; j++)
      params->buffer[buffer->offset + j] = (nn_real)buffer->center;
  }
}

void
nn_params_initialize (NnParams *params, NnRng *rng)
{
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    for (size_t j = 0; j < param->size; j++) {
      double draw = param->bound > 0 ? 2 * nn_rng_uniform (rng) - 1 : 0;
      params->value[param->offset + j] = (nn_real)(param->center + draw * param->bound);
    }
  }
}

NnSnapshot *
nn_snapshot_new (const NnParams *params)
{
  NnSnapshot *snapshot = g_new (NnSnapshot, 1);
  snapshot->value = g_new (nn_real, params->size);
  snapshot->buffer = g_new (nn_real, params->buffer_size);
  snapshot->counters = g_new (uint64_t, params->n_counters);
  nn_snapshot_take (snapshot, params);
  return snapshot;
}

void
nn_snapshot_free (NnSnapshot *snapshot)
{
  if (!snapshot)
    return;
  g_free (snapshot->value);
  g_free (snapshot->buffer);
  g_free (snapshot->counters);
  g_free (snapshot);
}

static void
swap_reals (nn_real *a, nn_real *b, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    nn_real kept = a[i];
    a[i] = b[i];
    b[i] = kept;
  }
}

void
nn_snapshot_swap (NnSnapshot *snapshot, NnParams *params)
{
  swap_reals (snapshot->value, params->value, params->size);
  swap_reals (snapshot->buffer, params->buffer, params->buffer_size);
  for (size_t i = 0; i < params->n_counters; i++) {
    uint64_t kept = snapshot->counters[i];
    snapshot->counters[i] = params->counters[i].value;
    params->counters[i].value = kept;
  }
}

static void
copy_reals (nn_real *to, const nn_real *from, size_t n)
{
  if (n > 0)
    memcpy (to, from, n * sizeof *to);
}

void
nn_snapshot_take (NnSnapshot *snapshot, const NnParams *params)
{
  copy_reals (snapshot->value, params->value, params->size);
  copy_reals (snapshot->buffer, params->buffer, params->buffer_size);
  for (size_t i = 0; i < params->n_counters; i++)
    snapshot->counters[i] = params->counters[i].value;
}

bool
nn_snapshot_equal (const NnSnapshot *snapshot, const NnParams *params)
{
  bool equal = true;
  for (size_t i = 0; i < params->size && equal; i++)
    equal = snapshot->value[i] == params->value[i];
  for (size_t i = 0; i < params->buffer_size && equal; i++)
    equal = snapshot->buffer[i] == params->buffer[i];
  return equal;
}

const NnParam *
nn_params_find (const NnParams *params, const char *name)
{
  for (size_t i = 0; i < params->n_params; i++) {
    if (g_str_equal (params->table[i].name, name))
      return &params->table[i];
  }
  return NULL;
}
