#include "nn/params.h"

#include <string.h>

NnParams *
nn_params_new (void)
{
  return g_new0 (NnParams, 1);
}

void
nn_params_free (NnParams *params)
{
  if (!params)
    return;
  for (size_t i = 0; i < params->n_params; i++)
    g_free (params->table[i].name);
  g_free (params->table);
  g_free (params->value);
  g_free (params->gradient);
  g_free (params->m);
  g_free (params->v);
  g_free (params);
}

size_t
nn_params_add (NnParams *params, const char *name, size_t n_dimensions,
               const size_t *shape, double bound)
{
  g_assert (n_dimensions <= NN_PARAM_MAX_DIMENSIONS && !params->value);
  NnParam param = {.name = g_strdup (name),
                   .n_dimensions = n_dimensions,
                   .offset = params->size,
                   .size = 1,
                   .bound = bound};
  for (size_t i = 0; i < n_dimensions; i++) {
    param.shape[i] = shape[i];
    param.size *= shape[i];
  }
  params->size += param.size;
  params->table = g_renew (NnParam, params->table, params->n_params + 1);
  params->table[params->n_params] = param;
  return params->n_params++;
}

void
nn_params_allocate (NnParams *params)
{
  g_assert (!params->value);
  params->value = g_new0 (nn_real, params->size);
  params->gradient = g_new0 (nn_real, params->size);
  params->m = g_new0 (nn_real, params->size);
  params->v = g_new0 (nn_real, params->size);
}

void
nn_params_initialize (NnParams *params, NnRng *rng)
{
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    for (size_t j = 0; j < param->size; j++)
      params->value[param->offset + j] =
          (nn_real)((2 * nn_rng_uniform (rng) - 1) * param->bound);
  }
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
