#include "nn/rng.h"
#include <glib.h>
#include <math.h>

/* The first outputs of splitmix64 from 0, and of xoshiro256** from the state 1, 2, 3, 4,
 * as the authors' C programs print them. */
static void
test_known_values (void)
{
  const uint64_t seeded[] = {
      G_GUINT64_CONSTANT (0xe220a8397b1dcdaf), G_GUINT64_CONSTANT (0x6e789e6aa1b965f4),
      G_GUINT64_CONSTANT (0x06c45d188009454f), G_GUINT64_CONSTANT (0xf88bb8a8724c81ec)};
  const uint64_t outputs[] = {11520, 0, 1509978240,
                              G_GUINT64_CONSTANT (1215971899390074240)};
  NnRng rng;
  nn_rng_seed (&rng, 0);
  for (size_t i = 0; i < 4; i++)
    g_assert_cmpuint (rng.state[i], ==, seeded[i]);
  rng = (NnRng){{1, 2, 3, 4}};
  for (size_t i = 0; i < 4; i++)
    g_assert_cmpuint (nn_rng_next (&rng), ==, outputs[i]);
}

/* Moments of n draws, each within five standard errors. */
static void
test_distributions (void)
{
  enum { N = 200000 };
  double uniform = 0, uniform2 = 0, normal = 0, normal2 = 0, normal4 = 0;
  NnRng rng;
  nn_rng_seed (&rng, 1);
  for (size_t i = 0; i < N; i++) {
    double u = nn_rng_uniform (&rng), z = nn_rng_normal (&rng);
    g_assert_true (u >= 0 && u < 1 && isfinite (z));
    uniform += u / N;
    uniform2 += u * u / N;
    normal += z / N;
    normal2 += z * z / N;
    normal4 += z * z * z * z / N;
  }
  double root = sqrt (N);
  g_assert_cmpfloat_with_epsilon (uniform, 0.5, 5 * sqrt (1.0 / 12) / root);
  g_assert_cmpfloat_with_epsilon (uniform2, 1.0 / 3, 5 * sqrt (4.0 / 45) / root);
  g_assert_cmpfloat_with_epsilon (normal, 0, 5 / root);
  g_assert_cmpfloat_with_epsilon (normal2, 1, 5 * sqrt (2) / root);
  g_assert_cmpfloat_with_epsilon (normal4, 3, 5 * sqrt (96) / root);
}

static void
test_below (void)
{
  enum { N = 7, DRAWS = 70000 };
  size_t counts[N] = {0};
  NnRng rng;
  nn_rng_seed (&rng, 2);
  for (size_t i = 0; i < DRAWS; i++) {
    size_t value = nn_rng_below (&rng, N);
    g_assert_cmpuint (value, <, N);
    counts[value]++;
  }
  for (size_t i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon ((double)counts[i], DRAWS / N, 5 * 100);
  for (size_t i = 0; i < 10; i++) {
    g_assert_cmpuint (nn_rng_below (&rng, 1), ==, 0);
    g_assert_cmpuint (nn_rng_below (&rng, SIZE_MAX / 2 + 2), <, SIZE_MAX / 2 + 2);
  }
}

/* Every one of the 6 orders of 3 comes up as often as the others. */
static void
test_shuffle (void)
{
  enum { DRAWS = 60000 };
  size_t counts[27] = {0}, n_seen = 0;
  NnRng rng;
  nn_rng_seed (&rng, 3);
  for (size_t i = 0; i < DRAWS; i++) {
    size_t order[] = {0, 1, 2};
    nn_rng_shuffle (&rng, order, 3);
    g_assert_cmpuint ((1u << order[0] | 1u << order[1] | 1u << order[2]), ==, 7);
    counts[order[0] * 9 + order[1] * 3 + order[2]]++;
  }
  for (size_t i = 0; i < G_N_ELEMENTS (counts); i++) {
    if (counts[i] == 0)
      continue;
    n_seen++;
    g_assert_cmpfloat_with_epsilon ((double)counts[i], DRAWS / 6, 5 * 100);
  }
  g_assert_cmpuint (n_seen, ==, 6);
}

static void
test_saved_state (void)
{
  NnRng rng, saved;
  nn_rng_seed (&rng, 4);
  nn_rng_normal (&rng);
  saved = rng;
  double next = nn_rng_normal (&rng);
  g_assert_cmpfloat (nn_rng_normal (&saved), ==, next);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/rng/known-values", test_known_values);
  g_test_add_func ("/nn/rng/distributions", test_distributions);
  g_test_add_func ("/nn/rng/below", test_below);
  g_test_add_func ("/nn/rng/shuffle", test_shuffle);
  g_test_add_func ("/nn/rng/saved-state", test_saved_state);
  return g_test_run ();
}
