#include "nn/adam.h"
#include "support/gradient-check.h"
#include <glib.h>
#include <math.h>

enum { N = 67 };

/* Algorithm 1 of the paper as it stands there, in double. */
static void
test_twin (void)
{
  NnRng rng;
  nn_rng_seed (&rng, 1);
  g_autofree nn_real *value = test_random (&rng, N), *m = test_filled (0, N),
                     *v = test_filled (0, N), *expected = g_new (nn_real, N);
  double theta[N], first[N] = {0}, second[N] = {0};
  for (size_t i = 0; i < N; i++)
    theta[i] = (double)value[i];
  for (uint64_t step = 1; step <= 50; step++) {
    g_autofree nn_real *gradient = test_random (&rng, N);
    nn_adam_step (value, m, v, gradient, N, 1e-2, step);
    for (size_t i = 0; i < N; i++) {
      double g = (double)gradient[i];
      first[i] = 0.9 * first[i] + (1 - 0.9) * g;
      second[i] = 0.999 * second[i] + (1 - 0.999) * g * g;
      double m_hat = first[i] / (1 - pow (0.9, (double)step));
      double v_hat = second[i] / (1 - pow (0.999, (double)step));
      theta[i] -= 1e-2 * m_hat / (sqrt (v_hat) + 1e-8);
      expected[i] = (nn_real)theta[i];
    }
    test_assert_close ("value", value, expected, N, 2 * TEST_TOLERANCE);
  }
}

/* The first step is the learning rate long, whatever the gradient's size; without a
 * gradient there is none. */
static void
test_first_step (void)
{
  nn_real value[] = {1, 1, 1, 1}, m[4] = {0}, v[4] = {0};
  nn_real gradient[] = {1e-3f, -1e-3f, 1e3f, 0};
  nn_real expected[] = {0.75f, 1.25f, 0.75f, 1};
  nn_adam_step (value, m, v, gradient, 4, 0.25, 1);
  test_assert_close ("value", value, expected, 4, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/adam/twin", test_twin);
  g_test_add_func ("/nn/adam/first-step", test_first_step);
  return g_test_run ();
}
