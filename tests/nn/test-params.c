#include "nn/params.h"
#include <glib.h>
#include <math.h>

static NnParams *
make (void)
{
  NnParams *params = nn_params_new ();
  g_assert_cmpuint (nn_params_add (params, "a.weight", 3, (size_t[]){4, 5, 3}, 0, 0.5),
                    ==, 0);
  g_assert_cmpuint (nn_params_add (params, "a.bias", 1, (size_t[]){4}, 1, 0.25), ==, 1);
  g_assert_cmpuint (nn_params_add (params, "b.weight", 2, (size_t[]){7, 9}, 0, 2), ==, 2);
  g_assert_cmpuint (nn_params_add (params, "c.weight", 1, (size_t[]){5}, 3, 0), ==, 3);
  g_assert_cmpuint (nn_params_add_buffer (params, "c.mean", 5, 0), ==, 0);
  g_assert_cmpuint (nn_params_add_buffer (params, "c.variance", 6, 1), ==, 1);
  g_assert_cmpuint (nn_params_add_counter (params, "c.count"), ==, 0);
  nn_params_allocate (params);
  return params;
}

static void
test_table (void)
{
  g_autoptr (NnParams) params = make ();
  g_assert_cmpuint (params->n_params, ==, 4);
  g_assert_cmpuint (params->size, ==, 60 + 4 + 63 + 5);
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

  g_assert_cmpuint (params->n_buffers, ==, 2);
  g_assert_cmpuint (params->buffer_size, ==, 11);
  g_assert_cmpstr (params->buffer_table[1].name, ==, "c.variance");
  g_assert_cmpuint (params->buffer_table[1].offset, ==, 5);
  for (size_t i = 0; i < 11; i++)
    g_assert_cmpfloat (params->buffer[i], ==, i < 5 ? 0 : 1);
  g_assert_cmpuint (params->n_counters, ==, 1);
  g_assert_cmpuint (params->counters[0].value, ==, 0);
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
    double largest = -INFINITY, smallest = INFINITY;
    for (size_t j = param->offset; j < param->offset + param->size; j++) {
      largest = MAX (largest, (double)params->value[j] - param->center);
      smallest = MIN (smallest, (double)params->value[j] - param->center);
    }
    g_assert_true (largest <= param->bound && smallest >= -param->bound);
    if (param->size > 50)
      g_assert_true (largest > 0.8 * param->bound && smallest < -0.8 * param->bound);
  }
}

static void
test_snapshot (void)
{
  g_autoptr (NnParams) params = make ();
  NnRng rng;
  nn_rng_seed (&rng, 1);
  nn_params_initialize (params, &rng);
  NnSnapshot *snapshot = nn_snapshot_new (params);
  nn_real first = params->value[0];
  g_assert_true (nn_snapshot_equal (snapshot, params));
  params->value[0] = 5;
  params->buffer[1] = 6;
  params->counters[0].value = 7;
  g_assert_false (nn_snapshot_equal (snapshot, params));
  nn_snapshot_swap (snapshot, params);
  g_assert_cmpfloat (params->value[0], ==, first);
  g_assert_cmpfloat (params->buffer[1], ==, 0);
  g_assert_cmpuint (params->counters[0].value, ==, 0);
  g_assert_cmpfloat (snapshot->value[0], ==, 5);
  nn_snapshot_swap (snapshot, params);
  g_assert_cmpfloat (params->buffer[1], ==, 6);
  g_assert_cmpuint (params->counters[0].value, ==, 7);
  nn_snapshot_take (snapshot, params);
  g_assert_true (nn_snapshot_equal (snapshot, params));
  params->buffer[1] = 0;
  g_assert_false (nn_snapshot_equal (snapshot, params));
  nn_snapshot_free (snapshot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/params/table", test_table);
  g_test_add_func ("/nn/params/initialize", test_initialize);
  g_test_add_func ("/nn/params/snapshot", test_snapshot);
  return g_test_run ();
}
