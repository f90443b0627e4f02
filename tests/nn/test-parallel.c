#include "nn/autoencoder.h"
#include "nn/parallel.h"
#include "support/gradient-check.h"
#include <glib.h>

/* The gradients of a batch large enough that the products are shared out. */
static nn_real *
run (size_t n_threads, size_t *size)
{
  const size_t lengths[] = {400, 250};
  NnConfig config = {NN_ARCHITECTURE_README, 3, {32, 64, 64}, 64, 1};
  g_auto (NnBatch) batch = {0};
  g_autoptr (NnAutoencoder) model = nn_autoencoder_new (&config, 1, NULL);
  NnParams *params = nn_autoencoder_get_params (model);
  NnRng rng;
  nn_rng_seed (&rng, 2);
  nn_batch_resize (&batch, 2, 400, 3);
  for (size_t b = 0; b < 2; b++) {
    batch.lengths[b] = lengths[b];
    for (size_t i = 0; i < lengths[b] * 3; i++)
      batch.data[b * 1200 + i] = (nn_real)nn_rng_normal (&rng);
  }
  nn_parallel_set_threads (n_threads);
  nn_autoencoder_backward (model, &batch, NULL);
  *size = params->size;
  return g_memdup2 (params->gradient, params->size * sizeof (nn_real));
}

static void
test_same_count_same_bits (void)
{
  size_t n;
  g_autofree nn_real *alone = run (1, &n);
  for (size_t n_threads = 1; n_threads <= 3; n_threads++) {
    g_autofree nn_real *first = run (n_threads, &n), *second = run (n_threads, &n);
    g_assert_cmpmem (first, n * sizeof *first, second, n * sizeof *second);
    test_assert_close ("gradient", first, alone, n, 1e-4);
  }
}

static void
test_count (void)
{
  nn_parallel_set_threads (3);
  g_assert_cmpuint (nn_parallel_get_threads (), ==, 3);
  nn_parallel_set_threads (0);
  g_assert_cmpuint (nn_parallel_get_threads (), ==, g_get_num_processors ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/parallel/same-count-same-bits", test_same_count_same_bits);
  g_test_add_func ("/nn/parallel/count", test_count);
  return g_test_run ();
}
