#include "nn/autoencoder.h"
#include "nn/parallel.h"
#include "support/gradient-check.h"
#include <glib.h>

/* The gradients of a batch large enough that the products are shared out. */
static nn_real *
run (size_t n_threads, size_t *size)
{
  const size_t lengths[] = {400, 250};
  NnConfig config = {NN_ARCHITECTURE_README, 3, {32, 64, 64}, 64, 1, 0, 0};
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
  const NnLoss l1 = {NN_LOSS_L1, 0};
  double loss;
  nn_autoencoder_backward (model, &batch, &l1, 0, &loss, NULL, NULL);
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

  static const char *const no_counts[] = {NULL, "", "0", "-1", "1025", "two", "2.5"};
  g_autofree char *before = g_strdup (g_getenv ("SAE_THREADS"));
  size_t n = g_get_num_processors ();
  for (size_t i = 0; i < G_N_ELEMENTS (no_counts); i++) {
    if (no_counts[i])
      g_setenv ("SAE_THREADS", no_counts[i], TRUE);
    else
      g_unsetenv ("SAE_THREADS");
    nn_parallel_set_threads (0);
    g_assert_cmpuint (nn_parallel_get_threads (), ==, n > 2 ? n - 1 : n);
  }
  g_setenv ("SAE_THREADS", "5", TRUE);
  nn_parallel_set_threads (0);
  g_assert_cmpuint (nn_parallel_get_threads (), ==, 5);
  nn_parallel_set_threads (2); /* told by the program */
  g_assert_cmpuint (nn_parallel_get_threads (), ==, 2);
  if (before)
    g_setenv ("SAE_THREADS", before, TRUE);
  else
    g_unsetenv ("SAE_THREADS");
}

enum { N_STEPS = 200, MOST_THREADS = 7 };

/* Every thread adds up what all wrote in the step before. */
typedef struct {
  size_t values[2][MOST_THREADS];
  size_t n_threads, n_inner;
} Steps;

static void
run_inner (void *data, size_t thread, size_t n_threads)
{
  g_assert_true (thread == 0 && n_threads == 1);
  nn_parallel_barrier (); /* of a team of one */
  ++*(size_t *)data;
}

static void
run_steps (void *data, size_t thread, size_t n_threads)
{
  Steps *steps = data;
  size_t n_inner = 0;
  if (thread == 0)
    steps->n_threads = n_threads;
  for (size_t step = 0; step < N_STEPS; step++) {
    size_t sum = 0;
    for (size_t i = 0; i < n_threads; i++)
      sum += steps->values[step % 2][i];
    steps->values[(step + 1) % 2][thread] = sum / n_threads + 1;
    nn_parallel_run (run_inner, &n_inner);
    nn_parallel_barrier ();
  }
  g_assert_cmpuint (n_inner, ==, N_STEPS);
}

static void
test_barrier (void)
{
  for (size_t n_threads = MOST_THREADS; n_threads > 0; n_threads--) {
    for (size_t repeat = 0; repeat < 3; repeat++) {
      Steps steps = {0};
      nn_parallel_set_threads (n_threads);
      nn_parallel_run (run_steps, &steps);
      g_assert_cmpuint (steps.n_threads, ==, n_threads);
      for (size_t i = 0; i < n_threads; i++)
        g_assert_cmpuint (steps.values[N_STEPS % 2][i], ==, N_STEPS);
    }
  }
}

static gpointer
run_from_thread (gpointer data)
{
  for (size_t repeat = 0; repeat < 20; repeat++) {
    Steps steps = {0};
    nn_parallel_run (run_steps, &steps);
    g_assert_cmpuint (steps.values[N_STEPS % 2][0], ==, N_STEPS);
  }
  return NULL;
}

/* Two jobs may use the engine at once: they take turns. */
static void
test_two_callers (void)
{
  nn_parallel_set_threads (2);
  GThread *other = g_thread_new ("other", run_from_thread, NULL);
  run_from_thread (NULL);
  g_thread_join (other);
}

/* Workers that went to sleep are woken. */
static void
test_sleep (void)
{
  nn_parallel_set_threads (2);
  for (size_t i = 0; i < 3; i++) {
    Steps steps = {0};
    nn_parallel_run (run_steps, &steps);
    g_usleep (20000);
  }
}

static void
test_share (void)
{
  for (size_t n = 0; n < 70; n += 3) {
    for (size_t n_threads = 1; n_threads < 6; n_threads++) {
      size_t next = 0;
      for (size_t thread = 0; thread < n_threads; thread++) {
        size_t first, end;
        nn_parallel_share (&first, &end, n, 8, thread, n_threads);
        g_assert_cmpuint (first, ==, next);
        g_assert_true (end >= first && (end % 8 == 0 || end == n));
        next = end;
      }
      g_assert_cmpuint (next, ==, n);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/parallel/same-count-same-bits", test_same_count_same_bits);
  g_test_add_func ("/nn/parallel/count", test_count);
  g_test_add_func ("/nn/parallel/barrier", test_barrier);
  g_test_add_func ("/nn/parallel/two-callers", test_two_callers);
  g_test_add_func ("/nn/parallel/sleep", test_sleep);
  g_test_add_func ("/nn/parallel/share", test_share);
  return g_test_run ();
}
