#include "nn/batch.h"
#include <glib.h>

static void
test_resize (void)
{
  g_auto (NnBatch) batch = {0};
  const size_t shapes[][3] = {{2, 3, 1}, {5, 7, 3}, {1, 1, 1}, {4, 9, 2}};
  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++) {
    const size_t *shape = shapes[i];
    size_t n = shape[0] * shape[1] * shape[2];
    nn_batch_resize (&batch, shape[0], shape[1], shape[2]);
    g_assert_cmpuint (batch.n_signals, ==, shape[0]);
    g_assert_cmpuint (batch.max_length, ==, shape[1]);
    g_assert_cmpuint (batch.n_channels, ==, shape[2]);
    for (size_t j = 0; j < n; j++) {
      g_assert_cmpfloat (batch.data[j], ==, 0);
      batch.data[j] = 7; /* to be zeroed next time */
    }
    for (size_t j = 0; j < shape[0]; j++) {
      g_assert_cmpuint (batch.lengths[j], ==, 0);
      batch.lengths[j] = 7;
    }
  }
}

static void
test_reuse (void)
{
  g_auto (NnBatch) batch = {0};
  nn_batch_resize (&batch, 4, 9, 2);
  const nn_real *data = batch.data;
  nn_batch_resize (&batch, 2, 9, 4);
  g_assert_true (batch.data == data);
}

static void
test_clear (void)
{
  NnBatch batch = {0};
  nn_batch_resize (&batch, 4, 9, 2);
  nn_batch_clear (&batch);
  g_assert_null (batch.data);
  g_assert_null (batch.lengths);
  g_assert_cmpuint (batch.n_data_allocated, ==, 0);
  nn_batch_clear (&batch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/batch/resize", test_resize);
  g_test_add_func ("/nn/batch/reuse", test_reuse);
  g_test_add_func ("/nn/batch/clear", test_clear);
  return g_test_run ();
}
