#include "nn/params.h"
#include <glib.h>
#include <math.h>

static NnParams *
make (void)
{
  NnParams *params = nn_params_new ();
  g_assert_cmpuint (nn_params_add (params, "a.weight", 3, (size_t[]){4, 5, 3}, 0.5), ==,
                    0);
  g_assert_cmpuint (nn_params_add (params, "a.bias", 1, (size_t[]){4}, 0.25), ==, 1);
  g_assert_cmpuint (nn_params_add (params, "b.weight", 2, (size_t[]){7, 9}, 2), ==, 2);
  nn_params_allocate (params);
  return params;
}

static void
test_table (void)
{
  g_autoptr (NnParams) params = make ();
  g_assert_cmpuint (params->n_params, ==, 3);
  g_assert_cmpuint (params->size, ==, 60 + 4 + 63);
  const NnParam *bias = nn_params_find (params, "a.bias");
  g_assert_true (bias == &params->table[1]);
  g_assert_cmpuint (bias->offset, ==, 60);
  g_assert_cmpuint (bias->size, ==, 4);
  g_assert_cmpuint (params->table[2].offset, ==, 64);
  g_assert_cmpuint (params->table[2].shape[1], ==, 9);
  g_assert_null (nn_params_find (params, "b.bias"));
  for (size_t i = 0; i < params->size; i++) {
    g_assert_cmpfloat (params->value[i], ==, 0);
    g_assert_cmpfloat (params->gradient[i], ==, 0);
    g_assert_cmpfloat (params->m[i], ==, 0);
    g_assert_cmpfloat (params->v[i], ==, 0);
  }
}

static void
test_initialize (void)
{
  g_autoptr (NnParams) params = make ();
  NnRng rng;
  nn_rng_seed (&rng, 1);
  nn_params_initialize (params, &rng);
  for (size_t i = 0; i < params->n_params; i++) {
    const NnParam *param = &params->table[i];
    double largest = 0, smallest = 0;
    for (size_t j = param->offset; j < param->offset + param->size; j++) {
      largest = MAX (largest, (double)params->value[j]);
      smallest = MIN (smallest, (double)params->value[j]);
    }
    g_assert_true (largest <= param->bound && smallest >= -param->bound);
    if (param->size > 50)
      g_assert_true (largest > 0.8 * param->bound && smallest < -0.8 * param->bound);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/params/table", test_table);
  g_test_add_func ("/nn/params/initialize", test_initialize);
  return g_test_run ();
}
