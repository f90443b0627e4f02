#include "analysis/batch-order.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static void
check_permutation (const size_t *order, size_t n)
{
  g_autofree bool *seen = g_new0 (bool, n + 1);
  for (size_t i = 0; i < n; i++) {
    g_assert_cmpuint (order[i], <, n);
    g_assert_false (seen[order[i]]);
    seen[order[i]] = true;
  }
}

static size_t *
random_lengths (size_t n)
{
  NnRng rng;
  size_t *lengths = g_new (size_t, n);
  nn_rng_seed (&rng, 3);
  for (size_t i = 0; i < n; i++)
    lengths[i] = 1 + nn_rng_below (&rng, 1000);
  return lengths;
}

/* What is computed for nothing where a batch takes as long as its longest signal. */
static double
waste (const size_t *order, const size_t *lengths, size_t n, size_t batch_size)
{
  double used = 0, taken = 0;
  for (size_t first = 0; first < n; first += batch_size) {
    size_t longest = 0, m = MIN (batch_size, n - first);
    for (size_t i = 0; i < m; i++) {
      used += (double)lengths[order[first + i]];
      longest = MAX (longest, lengths[order[first + i]]);
    }
    taken += (double)(longest * m);
  }
  return 1 - used / taken;
}

static void
test_fixed (void)
{
  const size_t lengths[] = {5, 2, 9, 2, 1}, expected[] = {4, 1, 3, 0, 2};
  size_t order[5];
  analysis_batch_order (order, lengths, 5, 2, NULL);
  g_assert_cmpmem (order, sizeof order, expected, sizeof expected);
  analysis_batch_order (NULL, NULL, 0, 2, NULL);
}

static void
test_drawn (void)
{
  static const struct {
    size_t n, batch_size;
  } cases[] = {{0, 4}, {1, 4}, {3, 4}, {4, 4}, {5, 1}, {97, 4}, {1000, 8}, {130, 64}};
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const size_t n = cases[i].n, bytes = n * sizeof (size_t);
    g_autofree size_t *lengths = random_lengths (n);
    g_autofree size_t *first = g_new (size_t, n + 1), *second = g_new (size_t, n + 1);
    g_autofree size_t *again = g_new (size_t, n + 1);
    NnRng rng;
    nn_rng_seed (&rng, 7);
    analysis_batch_order (first, lengths, n, cases[i].batch_size, &rng);
    analysis_batch_order (second, lengths, n, cases[i].batch_size, &rng);
    nn_rng_seed (&rng, 7);
    analysis_batch_order (again, lengths, n, cases[i].batch_size, &rng);
    check_permutation (first, n);
    g_assert_cmpmem (first, bytes, again, bytes);
    if (n > 8)
      g_assert_cmpint (memcmp (first, second, bytes), !=, 0);
  }
}

/* Batches of like lengths, which are others in every pass, in no order of length. */
static void
test_alike (void)
{
  enum { N = 960, BATCH = 4 };
  g_autofree size_t *lengths = random_lengths (N);
  size_t order[N], plain[N], mates[2][N];
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < N; i++)
    plain[i] = i;
  for (size_t pass = 0; pass < 2; pass++) {
    analysis_batch_order (order, lengths, N, BATCH, &rng);
    g_assert_cmpfloat (waste (order, lengths, N, BATCH), <,
                       0.3 * waste (plain, lengths, N, BATCH));
    for (size_t i = 0; i < N; i++)
      mates[pass][order[i]] = order[i / BATCH * BATCH + (i + 1) % BATCH];
  }
  size_t n_same = 0, n_rising = 0;
  for (size_t i = 0; i < N; i++)
    n_same += mates[0][i] == mates[1][i];
  for (size_t i = BATCH; i < N; i += BATCH)
    n_rising += lengths[order[i]] > lengths[order[i - BATCH]];
  g_assert_cmpuint (n_same, <, N / 4);
  g_assert_cmpuint (n_rising, >, N / BATCH / 3);
  g_assert_cmpuint (n_rising, <, N / BATCH * 2 / 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/batch-order/fixed", test_fixed);
  g_test_add_func ("/analysis/batch-order/drawn", test_drawn);
  g_test_add_func ("/analysis/batch-order/alike", test_alike);
  return g_test_run ();
}
